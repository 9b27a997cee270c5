"""On which days the fractions of a radiotherapy course fall: one per open day, or spaced by calendar days."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Literal

from mbc_desktop.planning.dates.working_days import SEARCH_DAYS, OpenDays, later

_ONE_DAY = timedelta(days=1)

LostPatternDay = Literal["drop", "substitute"]


def daily_fractions(*, start: date, fractions: int, open_days: OpenDays, emergency: bool) -> tuple[date, ...]:
    """One fraction per open day from `start` on. The start itself is used only if it is open, except in an emergency (cord
    compression), when the first fraction is given on it and every later one needs an open day.

    Fewer dates than `fractions` come back when the unit stays closed for more than a year; the caller has to object."""
    dates: list[date] = []
    day: date | None = start
    if emergency and fractions:
        dates.append(start)
        day = start + _ONE_DAY
    while len(dates) < fractions and day is not None:
        found = later(day, open_days)
        if found is not None:
            dates.append(found)
        day = None if found is None else found + _ONE_DAY
    return tuple(dates)


def spaced_fractions(
    *,
    start: date,
    fractions: int,
    open_days: OpenDays,
    min_gap_days: int,
    weekdays: frozenset[int] | None,
    per_week: int | None,
    holiday: LostPatternDay,
    before: tuple[date, ...] = (),
) -> tuple[date, ...]:
    """Stereotactic courses: each fraction on the earliest open day that lies at least `min_gap_days` calendar days after
    the one before, falls on one of `weekdays` (0 = Monday; None = any) and keeps the cap `per_week` of fractions in one
    ISO week (None = no cap).

    A pattern day that is closed is lost (`holiday` = "drop"), or replaced ("substitute") by the next open day of the same
    ISO week that keeps the gap to the fraction before and does not cost the next pattern day its own gap. Spacing is by
    calendar days: hours are only compared between recorded times. Fewer dates than `fractions` come back when no
    admissible day is found within a year. `before` are the days of fractions that this course has had already; they count for
    the gap and for the week, and are not given back."""
    dates, fractions = list(before), fractions + len(before)
    weeks: Counter[tuple[int, int]] = Counter(_iso_week(day) for day in before)
    day = start
    lost: date | None = None
    idle = 0
    while len(dates) < fractions and idle <= SEARCH_DAYS:
        idle += 1
        if (not dates or (day - dates[-1]).days >= min_gap_days) and (per_week is None or weeks[_iso_week(day)] < per_week):
            in_pattern = weekdays is None or day.weekday() in weekdays
            spares_next = len(dates) == fractions - 1 or _next_pattern_day_keeps_gap(day, weekdays, min_gap_days, open_days)
            if not open_days.is_open(day):
                lost = day if in_pattern and holiday == "substitute" else lost
            elif in_pattern or (lost is not None and _iso_week(lost) == _iso_week(day) and spares_next):
                dates.append(day)
                weeks[_iso_week(day)] += 1
                lost, idle = None, 0
        day += _ONE_DAY
    return tuple(dates[len(before) :])


def overall_treatment_time(dates: tuple[date, ...]) -> int:
    """Days from the first fraction to the last, both counted; 0 without fractions."""
    return (dates[-1] - dates[0]).days + 1 if dates else 0


def _iso_week(day: date) -> tuple[int, int]:
    # The ISO year belongs to the key: 1 January 2027 is in week 53 of 2026.
    year, week, _ = day.isocalendar()
    return year, week


def _next_pattern_day_keeps_gap(day: date, weekdays: frozenset[int] | None, min_gap_days: int, open_days: OpenDays) -> bool:
    between = (day + timedelta(days=distance) for distance in range(1, min_gap_days))
    return not any((weekdays is None or other.weekday() in weekdays) and open_days.is_open(other) for other in between)
