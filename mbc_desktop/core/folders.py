"""Where the data that travel with the program lie: inside the installed package, or beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def find_schedules() -> Path:
    """The folder with the drugs, regimens and rules as shipped. Raises FileNotFoundError when the installation lacks it."""
    return _find("schedules")


def find_resources() -> Path:
    """The folder with texts, fonts and icons as shipped. Raises FileNotFoundError when the installation lacks it."""
    return _find("resources")


def _find(name: str) -> Path:
    for folder in (_PACKAGE / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"the installation is incomplete: the folder {name} is missing")
