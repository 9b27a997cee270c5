"""Radiotherapy: one fraction per open day, or spaced over chosen weekdays with a weekly cap."""

from __future__ import annotations

from tests.second_engine.belgium import Doors
from tests.second_engine.civil import week, weekday


def daily(start: int, count: int, doors: Doors, *, emergency: bool) -> list[int]:
    """The first open day on or after the start, then open day by open day; in an emergency the first one on the start itself."""
    days = [start] if emergency else []
    day = start + 1 if emergency else start
    while len(days) < count:
        if doors.open(day):
            days.append(day)
        day += 1
    return days


def spaced(
    start: int, count: int, doors: Doors, *, gap: int, weekdays: frozenset[int] | None, cap: int | None, substitute: bool
) -> list[int]:
    """Day by day: a day is taken when it keeps the gap and the cap, is open, and is one of the weekdays, or stands in for one
    of the same week that was closed (only when asked for, and only when the next pattern day keeps its gap to it)."""
    days: list[int] = []
    day = start
    waiting: int | None = None
    while len(days) < count:
        room = (not days or day - days[-1] >= gap) and (cap is None or sum(week(other) == week(day) for other in days) < cap)
        wanted = weekdays is None or weekday(day) in weekdays
        if room and not doors.open(day):
            waiting = week(day) if wanted and substitute else waiting
        elif room and wanted:
            days.append(day)
            waiting = None
        elif room and waiting == week(day):
            following = [day + step for step in range(1, gap)]
            free = not any((weekdays is None or weekday(other) in weekdays) and doors.open(other) for other in following)
            if free or len(days) == count - 1:
                days.append(day)
                waiting = None
        day += 1
    return days
