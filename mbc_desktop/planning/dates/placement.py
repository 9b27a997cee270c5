"""On which real day an administration falls: the due day, or the open day the drug's own timing rule allows instead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import assert_never

from mbc_desktop.planning.dates.working_days import OpenDays
from mbc_desktop.regimen.dose_rules import Timing

FIRST_DAY_SEARCH = 7
"""A course that begins on closed days begins on the next open one, at most a week later."""


def place(due: date, timing: Timing, open_days: OpenDays, *, earliest: date, previous: date | None) -> date | None:
    """The first admissible open day in the order of the timing's shift direction, inside the window around `due`, not
    before `earliest`, and at least the minimum interval after `previous`. When no open day keeps the interval, the
    nearest one is taken, for a finding to say so. None when the window holds no open day."""
    first: date | None = None
    # Most doses fall on their due day.
    if due >= earliest and (previous is None or (due - previous).days >= timing.minimum_days) and open_days.is_open(due):
        return due
    for day in _candidates(due, timing, is_first=previous is None):
        if day < earliest or not open_days.is_open(day):
            continue
        if previous is None or (day - previous).days >= timing.minimum_days:
            return day
        first = first or day
    return first


def window(due: date, timing: Timing, *, earliest: date) -> tuple[date, date]:
    """First and last day of the allowed window around a due day; nothing before the course's start."""
    low, high = timing.window
    return max(due + timedelta(days=low), earliest), due + timedelta(days=high)


def _candidates(due: date, timing: Timing, *, is_first: bool) -> Iterator[date]:
    low, high = timing.window
    yield due
    if is_first:
        yield from (due + timedelta(days=days) for days in range(1, FIRST_DAY_SEARCH + 1))
        return
    match timing.shift:
        case "later":
            yield from (due + timedelta(days=days) for days in range(1, high + 1))
        case "earlier":
            yield from (due - timedelta(days=days) for days in range(1, -low + 1))
        case "nearest":
            for days in range(1, max(-low, high) + 1):
                if days <= high:
                    yield due + timedelta(days=days)
                if days <= -low:
                    yield due - timedelta(days=days)
        case "none":
            return
        case _:
            assert_never(timing.shift)
