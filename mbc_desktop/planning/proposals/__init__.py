"""Ways that are shown and never taken by themselves."""
