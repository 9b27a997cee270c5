"""Many treatments at once: reading and planning them for the agenda."""
