"""PySide6 must not lose references to None: version 6.12.0 does on Python 3.11, and the program aborts within minutes.

Every call that returns nothing gives its caller a reference to None. A binding that forgets to count it lets the count
fall by one for each call, until the interpreter stops with "none_dealloc". From Python 3.12 on None is not counted.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable

import pytest

CALLS = 2000
# The interpreter itself moves the count a little; a lost reference per call moves it by CALLS.
NOISE = 200

pytestmark = pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is not counted from Python 3.12 on")


def lost_references(call: Callable[[], object]) -> int:
    """By how many the count of references to None fell over CALLS calls."""
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        call()
    return before - sys.getrefcount(None)


def test_a_call_of_qt_that_returns_nothing_loses_no_reference() -> None:
    widgets = pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)
    application = widgets.QApplication.instance() or widgets.QApplication([])
    label = widgets.QLabel()
    assert lost_references(lambda: label.setText("fulvestrant 500 mg")) < NOISE
    assert application is not None


def test_a_lost_reference_is_noticed() -> None:
    forget = ctypes.pythonapi.Py_DecRef
    forget.argtypes, forget.restype = [ctypes.py_object], None
    keep = ctypes.pythonapi.Py_IncRef
    keep.argtypes, keep.restype = [ctypes.py_object], None
    # References to spare, so that the interpreter survives the loss; they are not taken back.
    for _ in range(2 * CALLS):
        keep(None)
    assert lost_references(lambda: forget(None)) >= CALLS - NOISE
