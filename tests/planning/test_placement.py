"""On which day a dose falls when its own is closed: the direction of the drug, its window, the least number of days. The week of
Monday 6 April 2026 (Easter Monday) with closures; due on Wednesday 8 April."""

from __future__ import annotations

from datetime import date
from typing import Literal

import pytest

from mbc_desktop.planning.dates.placement import place, window
from mbc_desktop.planning.dates.working_days import OpenDays
from mbc_desktop.regimen.dose_rules import Timing

WEDNESDAY = date(2026, 4, 8)
START = date(2026, 3, 2)
Shift = Literal["later", "earlier", "nearest", "none"]


def timing(shift: Shift, low: int, high: int, minimum: int = 1) -> Timing:
    return Timing(shift=shift, window=(low, high), anchor="planned", minimum_days=minimum, source="label_text", grade="label")


def april(*days: int) -> OpenDays:
    """These days of April closed, beside the weekends and Easter Monday."""
    return OpenDays(closed=frozenset(date(2026, 4, number) for number in days))


def placed(rule: Timing, calendar: OpenDays, *, previous: date | None = START) -> str:
    found = place(WEDNESDAY, rule, calendar, earliest=START, previous=previous)
    return "" if found is None else f"{found.day}"


@pytest.mark.parametrize(
    ("shift", "low", "high", "closed", "day"),
    [
        ("nearest", -3, 3, (), "8"),
        # A tie goes to the later day, 9 April; when that is closed too, to the 7th.
        ("nearest", -3, 3, (8,), "9"),
        ("nearest", -3, 3, (8, 9), "7"),
        # An uneven window: at most one day later, up to five days earlier. 10 April is nearer than 3 April, but lies outside.
        ("nearest", -5, 1, (7, 8, 9), "3"),
        ("nearest", -5, 1, (8,), "9"),
        # At most one day earlier, up to five days later: 7 April and then 10 April, never 3 April.
        ("nearest", -1, 5, (8, 9), "7"),
        ("nearest", -1, 5, (7, 8, 9), "10"),
        ("nearest", -1, 5, (7, 8, 9, 10, 13), ""),
        ("later", 0, 2, (8, 9), "10"),
        ("later", 0, 2, (8, 9, 10), ""),
        ("earlier", -2, 0, (8,), "7"),
        ("earlier", -5, 0, (7, 8), "3"),
        # A drug that may not move: its own day or none, and a person decides.
        ("none", 0, 0, (), "8"),
        ("none", -3, 3, (8,), ""),
    ],
)
def test_a_closed_day_moves_as_the_drug_may(shift: Shift, low: int, high: int, closed: tuple[int, ...], day: str) -> None:
    assert placed(timing(shift, low, high), april(*closed)) == day


def test_the_first_of_a_course_waits_for_an_open_day_even_where_the_drug_may_not_move() -> None:
    """At most a week: Thursday 9 April, or Wednesday 15 April as the last day of all."""
    assert placed(timing("none", 0, 0), april(8), previous=None) == "9"
    assert placed(timing("none", 0, 0), april(8, 9, 10, 13, 14), previous=None) == "15"
    assert placed(timing("none", 0, 0), april(8, 9, 10, 13, 14, 15), previous=None) == ""


@pytest.mark.parametrize(
    ("shift", "least", "day"),
    [
        # After Tuesday 31 March, with the 8th closed. Earlier: 7 April is 7 days later; where 8 are needed no day keeps
        # them, and the nearest stays for a finding to say so.
        ("earlier", 7, "7"),
        ("earlier", 8, "7"),
        # Nearest: 9 April is 9 days later, and goes first in any case.
        ("nearest", 9, "9"),
        # With the 9th closed too it is 7 April, unless only 10 April keeps the least number of days.
        ("nearest-two", 7, "7"),
        ("nearest-two", 8, "10"),
        ("nearest-two", 10, "10"),
        ("nearest-two", 11, "7"),
    ],
)
def test_the_least_number_of_days_is_kept_where_a_day_of_the_window_keeps_it(shift: str, least: int, day: str) -> None:
    closed = (8, 9) if shift == "nearest-two" else (8,)
    rule = timing("earlier" if shift == "earlier" else "nearest", -1, 2, least)
    assert placed(rule, april(*closed), previous=date(2026, 3, 31)) == day


def test_the_window_never_begins_before_the_course() -> None:
    assert window(WEDNESDAY, timing("nearest", -3, 3), earliest=START) == (date(2026, 4, 5), date(2026, 4, 11))
    assert window(WEDNESDAY, timing("nearest", -3, 3), earliest=date(2026, 4, 7)) == (date(2026, 4, 7), date(2026, 4, 11))
