"""Where the data that travel with the program lie: inside the installed package, or beside it in a checkout."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def find_schedules() -> Path:
    """The folder with the drugs, regimens and rules as shipped. Raises FileNotFoundError when the installation lacks it."""
    return _find("schedules")


def find_resources() -> Path:
    """The folder with texts, fonts and icons as shipped. Raises FileNotFoundError when the installation lacks it."""
    return _find("resources")


def cache_folder() -> Path:
    """Where this user's computer keeps what can be made again at any time. It need not exist."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "mbc_desktop"


def _find(name: str) -> Path:
    for folder in (_PACKAGE / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"the installation is incomplete: the folder {name} is missing")
