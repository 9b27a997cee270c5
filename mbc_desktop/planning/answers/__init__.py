"""Plans and proposals as JSON."""
