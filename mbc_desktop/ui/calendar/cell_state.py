"""What is to be said of one cell of the month beside its contents: closed, today, past, inside the lit window."""

from __future__ import annotations

from datetime import date

from mbc_desktop.core.record import dataclass
from mbc_desktop.ui.calendar.day_text import closed_text
from mbc_desktop.ui.calendar.month_cells import MonthCells
from mbc_desktop.ui.words import Words

SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class CellState:
    """The state of a cell; `more` says how many items found no room, `bare` that nothing stands in it."""

    day: date
    outside: bool
    closed: bool
    closed_text: str
    today: bool
    past: bool
    lit: bool
    more: str
    bare: bool


def cell_state(cells: MonthCells, words: Words, day: date, *, today: date, lit: tuple[date, date] | None, more: int) -> CellState:
    """The state of a day of the month that `cells` shows."""
    month = cells.grid.month
    contents = cells.days.get(day)
    closed = closed_text(words, day, contents, short=True)
    return CellState(
        day=day,
        outside=(day.year, day.month) != (month.year, month.month),
        closed=bool(closed) or day.weekday() >= SATURDAY,
        closed_text=closed,
        today=day == today,
        past=day < today,
        lit=lit is not None and lit[0] <= day <= lit[1],
        more=words.say("ui.calendar.more", count=more) if more else "",
        bare=contents is None or not (contents.bands or contents.items),
    )
