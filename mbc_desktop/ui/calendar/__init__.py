"""The calendar of a plan on the screen: what stands on each day, how it is laid out, painted and walked through."""
