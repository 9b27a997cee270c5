"""Which days are open: weekends, the ten Belgian legal holidays, a unit's own closures and extra open days; and where a
closed day moves to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

from dateutil.easter import easter

from mbc_desktop.core.record import dataclass

SEARCH_DAYS = 366
"""No search for an open day goes further: a unit that is closed for longer than a year has no next open day."""

_ONE_DAY = timedelta(days=1)

HOLIDAY_CODES = (
    "new_year", "easter_monday", "labour_day", "ascension", "whit_monday",
    "national_day", "assumption", "all_saints", "armistice", "christmas",
)  # fmt: skip
_AFTER_EASTER = {"easter_monday": 1, "ascension": 39, "whit_monday": 50}
_FIXED = {
    "new_year": (1, 1), "labour_day": (5, 1), "national_day": (7, 21), "assumption": (8, 15),
    "all_saints": (11, 1), "armistice": (11, 11), "christmas": (12, 25),
}  # fmt: skip


@lru_cache(maxsize=512)
def belgian_holidays(year: int) -> Mapping[date, str]:
    """The legal holidays of a year (1583 to 4099) by date, with their code; exactly ten, or nine when Ascension falls on
    1 May (2008).

    Easter Sunday and Whit Sunday, Good Friday, 11 July, 2 and 15 November and 26 December are not among them. A
    replacement day for a holiday on a Sunday belongs to employees and closes no unit unless the hospital says so. Source:
    law of 4 January 1974 on public holidays with the royal decree of 18 April 1974; movable days by the Gregorian
    computus."""
    easter_day = easter(year)
    days = {easter_day + timedelta(days=offset): code for code, offset in _AFTER_EASTER.items()}
    days |= {date(year, month, day): code for code, (month, day) in _FIXED.items()}
    return MappingProxyType(dict(sorted(days.items())))


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDays:
    """The calendar of one unit (day hospital, radiotherapy, laboratory, pharmacy): `closed` are its own closures, `extra`
    the days it works although it would be closed; extra wins over everything. `names` says why a closure is one. Without
    the two flags, weekends and legal holidays are closed."""

    closed: frozenset[date] = frozenset()
    extra: frozenset[date] = frozenset()
    names: tuple[tuple[date, str], ...] = ()
    weekends_open: bool = False
    holidays_open: bool = False
    # A plan asks for the same days tens of thousands of times. What is remembered follows from the fields above.
    _known: dict[date, bool] = field(default_factory=dict, init=False, compare=False, repr=False)

    def is_open(self, day: date) -> bool:
        """Whether the unit works on that day: extra open day, then closure, then weekend, then legal holiday."""
        known = self._known.get(day)
        if known is None:
            known = self._known[day] = self._works_on(day)
        return known

    def why_closed(self, day: date) -> str | None:
        """None when open; else the code of the legal holiday, the closure's own words ("closure" when it has none), or
        "weekend"."""
        if self.is_open(day):
            return None
        holiday = None if self.holidays_open else belgian_holidays(day.year).get(day)
        if holiday is not None:
            return holiday
        if day in self.closed:
            return dict(self.names).get(day) or "closure"
        return "weekend"

    def _works_on(self, day: date) -> bool:
        if day in self.extra:
            return True
        if day in self.closed or (not self.weekends_open and day.weekday() > 4):
            return False
        return self.holidays_open or day not in belgian_holidays(day.year)


def open_days(*, closures: Mapping[date, str] | None = None, extra: Iterable[date] = ()) -> OpenDays:
    """The calendar of a unit with these closures (day to its own words) and extra open days."""
    closed = closures or {}
    return OpenDays(closed=frozenset(closed), extra=frozenset(extra), names=tuple(sorted(closed.items())))


def later(day: date, calendar: OpenDays) -> date | None:
    """The first open day on or after `day`; None when there is none within SEARCH_DAYS."""
    return _walk(day, _ONE_DAY, calendar)


def earlier(day: date, calendar: OpenDays) -> date | None:
    """The last open day on or before `day`; None when there is none within SEARCH_DAYS."""
    return _walk(day, -_ONE_DAY, calendar)


def nearest(day: date, calendar: OpenDays) -> date | None:
    """The open day with the smallest distance; a tie goes to the later day."""
    return nearest_in_window(day, -SEARCH_DAYS, SEARCH_DAYS, calendar)


def nearest_tie_earlier(day: date, calendar: OpenDays) -> date | None:
    """The open day with the smallest distance; a tie goes to the earlier day."""
    for distance in range(SEARCH_DAYS + 1):
        for step in (-distance, distance):
            found = day + timedelta(days=step)
            if calendar.is_open(found):
                return found
    return None


def nearest_in_window(day: date, lo: int, hi: int, calendar: OpenDays, not_before: date | None = None) -> date | None:
    """The open day nearest to `day` inside [day + lo, day + hi] (days, lo at most 0, hi at least 0) and not before
    `not_before`; a tie goes to the later day. None when the window holds no open day: that is for a person, never a
    silent move."""
    if _fits(day, not_before, calendar):
        return day
    for distance in range(1, max(-lo, hi) + 1):
        for step in (distance, -distance):
            if lo <= step <= hi and _fits(found := day + timedelta(days=step), not_before, calendar):
                return found
    return None


def open_days_before(day: date, count: int, calendar: OpenDays) -> date | None:
    """The day `count` open days before `day` (which itself is not counted); None when there is none within SEARCH_DAYS of
    each step."""
    found: date | None = day
    for _ in range(count):
        found = None if found is None else earlier(found - _ONE_DAY, calendar)
    return found


Shift = Callable[[date, OpenDays], date | None]
SHIFTS: Mapping[str, Shift] = MappingProxyType(
    {
        "later": later,
        "earlier": earlier,
        "nearest": nearest,
        "nearest_tie_earlier": nearest_tie_earlier,
        "none": lambda day, _: day,
    }
)


def _walk(day: date, step: timedelta, calendar: OpenDays) -> date | None:
    for _ in range(SEARCH_DAYS + 1):
        if calendar.is_open(day):
            return day
        day += step
    return None


def _fits(day: date, not_before: date | None, calendar: OpenDays) -> bool:
    return (not_before is None or day >= not_before) and calendar.is_open(day)
