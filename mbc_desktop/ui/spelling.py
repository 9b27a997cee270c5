"""This program calls Qt by Qt's own names."""

from __future__ import annotations

import linecache
import sys
from types import ModuleType

import PySide6  # noqa: F401 - brings the module that is asked for below


def keep_qt_spelling() -> None:
    """Tells PySide that no module asks for its other spellings (`from __feature__ import snake_case`).

    Otherwise it reads the source of every module that is imported, to see whether it might: a twentieth of the start, and memory
    that is kept for ever. Where this PySide has no such question, nothing is told."""
    feature: ModuleType | None = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        # "Uses PySide" stands for "has the spelling of Qt", unlike "has none of its own".
        setattr(feature, "_mod_uses_pyside", lambda module: True)  # noqa: B010 - the checker knows no such name
        # What it has read so far.
        linecache.clearcache()
