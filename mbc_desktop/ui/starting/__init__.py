"""From the start of the program to a window that can be used."""
