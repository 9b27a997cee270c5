"""Giving memory back while the program runs: a window stands open all day, and every page seen is a picture of some megabytes."""

from __future__ import annotations

import ctypes
import sys

from PySide6.QtGui import QPixmapCache

LARGE_BYTES = 256 * 1024
"""From this size on, a block goes back to the system as soon as it is free."""
PIXMAP_KIB = 2048
_M_MMAP_THRESHOLD = -3


def keep_no_holes() -> None:
    """Once, after the first paint. Qt keeps pictures of the ground of fields under keys that a field made anew never asks for
    again: few are enough. And the C library of Linux takes a large block that was freed for a sign that such blocks belong
    among the small ones, where holes are left that nobody fills; it stops that once it is told a size."""
    QPixmapCache.setCacheLimit(PIXMAP_KIB)
    _ask_the_c_library("mallopt", _M_MMAP_THRESHOLD, LARGE_BYTES)


def give_back_memory() -> None:
    """Has the C library of Linux return what went to large pictures; elsewhere the system sees to it."""
    _ask_the_c_library("malloc_trim", 0)


def _ask_the_c_library(name: str, *numbers: int) -> None:
    """Nothing where the system is another, or its C library knows no such thing."""
    call = getattr(ctypes.CDLL(None), name, None) if sys.platform.startswith("linux") else None
    if call is not None:
        call(*numbers)
