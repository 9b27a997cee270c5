"""Blocks onto pages: fonts, lines, tables, months, PDF."""
