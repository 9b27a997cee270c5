"""The treatment file and every typed text of it, to and from records."""
