"""Walking through the calendar with the keys, the same in every view: arrows by day and week, PageUp and PageDown by month, Home
to the present day, Ctrl with an arrow from item to item, Enter and the menu key to what can be done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from mbc_desktop.core.interval import add_months
from mbc_desktop.ui.calendar.day_items import DayContents
from mbc_desktop.ui.selection import Selection

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
_MONTHS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)

Outcome = Literal["walked", "enter", "menu", "escape", "no"]
ItemsOf = Callable[[date], tuple[tuple[str, str], ...]]


def walk(event: QKeyEvent, selection: Selection, *, today: date, items_of: ItemsOf) -> Outcome:
    """Moves the selection by a key; says what else the key asks for, "no" for a key that has no meaning here."""
    key, jump = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    if jump and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
        found = item_after(items_of(selection.day), selection.item, 1 if key == Qt.Key.Key_Down else -1)
        if found is not None:
            selection.select_item(*found, selection.day)
    elif key in _STEPS:
        selection.select_day(selection.day + timedelta(days=_STEPS[key]))
    elif key in _MONTHS:
        selection.select_day(add_months(selection.day, _MONTHS[key]))
    elif key == Qt.Key.Key_Home:
        selection.select_day(today)
    elif key in _ENTER:
        return "menu" if selection.item else "enter"
    elif key == Qt.Key.Key_Menu:
        return "menu"
    else:
        return "escape" if key == Qt.Key.Key_Escape else "no"
    return "walked"


def items_of_contents(contents: DayContents | None) -> tuple[tuple[str, str], ...]:
    """Id and course of everything on a day: bands first, then items."""
    if contents is None:
        return ()
    bands = ((band.id, band.course) for band in contents.bands)
    return (*bands, *((item.id, item.course) for item in contents.items))


def item_after(items: tuple[tuple[str, str], ...], item: str, step: int) -> tuple[str, str] | None:
    """Id and course of the next (`step` 1) or previous (-1) item of a day, round and round; None on an empty day."""
    if not items:
        return None
    ids = [one for one, _ in items]
    place = ids.index(item) + step if item in ids else (0 if step > 0 else -1)
    return items[place % len(items)]
