"""Blocks onto pages: fonts, lines, tables, months, PDF."""

from mbc_desktop.core.stand_in import stand_in

# No sheet holds a photograph: what reads them is two and a half megabytes, and takes a tenth of the time of the first sheet.
with stand_in("PIL.Image"):
    import reportlab.lib.utils  # noqa: F401
