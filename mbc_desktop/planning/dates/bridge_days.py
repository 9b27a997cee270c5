"""Days that a hospital may want to close beside the legal holidays. Neither kind closes anything by itself: the hospital
has to say so."""

from __future__ import annotations

from datetime import date, timedelta

from mbc_desktop.planning.dates.working_days import belgian_holidays

_ONE_DAY = timedelta(days=1)
_TUESDAY, _THURSDAY = 1, 3


def replacement_days(*, year: int, inactivity_days: frozenset[int]) -> dict[date, date]:
    """For each legal holiday on a usual day off (0 = Monday): the first working day after it that is no legal holiday, which
    the law applies when nothing else was agreed (law of 4 January 1974 and royal decree of 18 April 1974). It belongs to the
    employee, not to the hospital's calendar.

    Raises ValueError when every weekday is a day off."""
    if len(inactivity_days) >= 7:
        raise ValueError("a week needs at least one working day")
    holidays = belgian_holidays(year)
    found = {}
    for holiday in holidays:
        if holiday.weekday() in inactivity_days:
            day = holiday + _ONE_DAY
            while day.weekday() in inactivity_days or day in belgian_holidays(day.year):
                day += _ONE_DAY
            found[holiday] = day
    return found


def bridge_candidates(year: int) -> tuple[date, ...]:
    """The Mondays before a Tuesday holiday and the Fridays after a Thursday holiday in that year, sorted, that are no
    holidays themselves."""
    around = (holiday for near in (year, year + 1) for holiday in belgian_holidays(near))
    days = {
        day + _ONE_DAY * (1 if day.weekday() == _THURSDAY else -1) for day in around if day.weekday() in (_TUESDAY, _THURSDAY)
    }
    return tuple(sorted(day for day in days if day.year == year and day not in belgian_holidays(year)))
