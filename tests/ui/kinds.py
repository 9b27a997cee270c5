"""Every kind of widget that the program has, found in its code."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QWidget

import mbc_desktop.ui


def kinds(parent: type[QWidget]) -> Iterator[type[QWidget]]:
    """The program's own kinds below `parent` that are not only there for others to build on."""
    for found in pkgutil.walk_packages(mbc_desktop.ui.__path__, "mbc_desktop.ui."):
        importlib.import_module(found.name)
    yield from _below(parent)


def _below(parent: type[QWidget]) -> Iterator[type[QWidget]]:
    for kind in parent.__subclasses__():
        own = kind.__module__.startswith("mbc_desktop.ui")
        if own and not any(one.__module__.startswith("mbc_desktop.ui") for one in kind.__subclasses__()):
            yield kind
        yield from _below(kind)


def note_what_is_made(parent: type[QWidget]) -> set[str]:
    """The names of the kinds below `parent` of which one was made since; it fills itself. Looking at what stands on the screen
    would make Python objects of widgets that belong to Qt alone, and those outlive them."""
    made: set[str] = set()

    def noted(name: str, init: Callable[..., None]) -> Callable[..., None]:
        def make(self: QWidget, *given: object, **named: object) -> None:
            made.add(name)
            init(self, *given, **named)

        return make

    for kind in kinds(parent):
        kind.__init__ = noted(kind.__name__, kind.__init__)  # type: ignore[method-assign,misc]
    return made
