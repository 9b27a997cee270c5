"""How a laboratory report is laid out: which day its sample is of, whether columns are days, whether older values or limits have
columns of their own. What the head of the report does not say is not guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from mbc_desktop.core.record import dataclass
from mbc_desktop.core.typed_date import read_calendar_date
from mbc_desktop.ui.entry.regimen_search import fold

_DATE = re.compile(r"(?<!\d)(\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2})(?!\d)")
_SAMPLED = ("staal", "afname", "afgenomen", "prelevement", "preleve", "entnahme", "entnommen", "collected", "sample", "abnahme")
_BIRTH = ("geboren", "geboorte", "ne le", "nee le", "naissance", "geb", "birth", "dob")
_OLDER = ("vorig", "anterieur", "precedent", "vorwert", "vorbefund", "previous", "historiek")
_UNIT = ("eenheid", "eenheden", "unite", "einheit", "unit")
_RESULT = ("resulta", "ergebnis", "result", "waarde", "wert", "valeur")
_BETWEEN_DAYS = re.compile(r"[\s|;]*(?:\d{1,2}[:uh]\d{2}(?::\d{2})?)?[\s|;]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """`days` are the days that head columns of values, in their order: () where a line holds one sample, None for a day that
    cannot be read. `older` says where the column of earlier values stands ("after" or "before" the unit; "" where there is none),
    `limits` that the reference has two columns of its own."""

    days: tuple[date | None, ...] = ()
    older: str = ""
    limits: bool = False

    def newest(self) -> date | None:
        """The youngest of the days that head columns; None while one of them cannot be read."""
        return max((day for day in self.days if day is not None), default=None) if None not in self.days else None


def layout_of(text: str) -> Layout:
    """What the head of a report says about its columns."""
    days: tuple[date | None, ...] = ()
    older, limits = "", False
    for line in text.splitlines():
        folded = fold(line)
        days = days or _columns(line)
        unit = min((folded.find(word) for word in _UNIT if word in folded), default=-1)
        if unit >= 0:
            limits = limits or bool(re.search(r"\bmin\b.*\bmax\b", folded[unit:]))
        before = [folded.find(word) for word in _OLDER if word in folded]
        if before and not older and (unit >= 0 or any(word in folded for word in _RESULT)):
            older = "after" if 0 <= unit < min(before) else "before"
    return Layout(days=days, older=older, limits=limits)


def sample_day(text: str, *, today: date) -> date | None:
    """The day of the sample: the youngest that heads a column, else the one that is called so, else the only day in the report
    that is called nothing else."""
    columns = layout_of(text)
    if columns.days:
        newest = columns.newest()
        return newest if newest is not None and newest <= today else None
    called = [(label, day) for line in text.splitlines() for label, day in _days(line) if day <= today]
    named = {day for label, day in called if any(word in label for word in _SAMPLED)}
    others = {day for label, day in called if not any(word in label for word in (*_BIRTH, *_OLDER))}
    days = named or others
    return next(iter(days)) if len(days) == 1 else None


def _columns(line: str) -> tuple[date | None, ...]:
    """The days of a line in which two or more stand beside each other with nothing but an hour between them."""
    found = list(_DATE.finditer(line))
    gaps = [line[one.end() : other.start()] for one, other in pairwise(found)]
    if len(found) < 2 or not all(_BETWEEN_DAYS.fullmatch(gap) for gap in gaps):
        return ()
    return tuple(read_calendar_date(one[1]).value for one in found)


def _days(line: str) -> Iterator[tuple[str, date]]:
    """Each day with the words before it, back to the day before."""
    end = 0
    for one in _DATE.finditer(line):
        day = read_calendar_date(one[1]).value
        if day is not None:
            yield fold(line[end : one.start()]), day
        end = one.end()
