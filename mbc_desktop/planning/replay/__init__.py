"""A course lived through: parts, cycles, occasions and events, one after the other."""
