"""Giving memory back while the program runs: a window stands open all day, and every page seen is a picture of some megabytes."""

from __future__ import annotations

import sys

from PySide6.QtGui import QPixmapCache

LARGE_BYTES = 256 * 1024
"""From this size on, a block goes back to the system as soon as it is free."""
PIXMAP_KIB = 2048
_M_MMAP_THRESHOLD = -3


def give_back_memory() -> None:
    """Once, after the first paint. Qt keeps pictures of the ground of fields under keys that a field made anew never asks for
    again: few are enough. And the C library of Linux takes a large block that was freed for a sign that such blocks belong
    among the small ones, where holes are left that nobody fills; it stops that once it is told a size."""
    QPixmapCache.setCacheLimit(PIXMAP_KIB)
    if sys.platform == "linux":
        import ctypes

        try:
            ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, LARGE_BYTES)
        except (OSError, AttributeError):
            # Another C library, which has no such habit.
            return
