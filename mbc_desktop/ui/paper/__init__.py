"""Sheets out of the window: preview, printer, clipboard, and a sheet that is checked."""
