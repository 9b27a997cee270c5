"""What a printed sheet was made of, and what has changed since."""
