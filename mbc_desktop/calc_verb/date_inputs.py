"""`calc dates`: what several date rules read in the same way."""

from __future__ import annotations

from typing import get_args

from mbc_desktop.calc_verb.inputs import Inputs
from mbc_desktop.core.interval import Interval
from mbc_desktop.planning.dates.date_rules import Anchor, Movement, ShiftName
from mbc_desktop.planning.dates.working_days import OpenDays

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MOST_DAYS = 3660
MOST_TIMES = 520


def calendar_of(inputs: Inputs) -> OpenDays:
    """The unit's calendar; without one, weekends and legal holidays are closed and nothing else."""
    if not inputs.has("calendar"):
        return OpenDays()
    calendar = inputs.nested("calendar")
    return OpenDays(
        closed=frozenset(calendar.days("local_closures") if calendar.has("local_closures") else ()),
        extra=frozenset(calendar.days("extra_open_days") if calendar.has("extra_open_days") else ()),
        weekends_open=not calendar.flag("weekend_closed"),
        holidays_open=not calendar.flag("belgian_legal_holidays_closed"),
    )


def movement_of(inputs: Inputs) -> Movement:
    """Shift, window and calendar. A window belongs to the shift "window" and only to that one."""
    shift: ShiftName = inputs.option("shift", get_args(ShiftName))
    window = None
    if inputs.has("window"):
        edges = inputs.wholes("window", least=-31, most=31)
        if len(edges) != 2 or not edges[0] <= 0 <= edges[1]:
            raise inputs.refuse("window", "not-a-window", "a window is written [days before, days after], like [-3, 3]")
        window = (edges[0], edges[1])
    if (shift == "window") != (window is not None):
        raise inputs.refuse("window", "not-a-window", "a window goes with the shift window, and only with it")
    return Movement(shift=shift, calendar=calendar_of(inputs), window=window)


def anchor_of(inputs: Inputs) -> Anchor:
    """planned or actual; which of the two is a safety property, so it has no default."""
    anchor: Anchor = inputs.option("anchor", get_args(Anchor))
    return anchor


def days_of(inputs: Inputs, key: str, *, least: int = 1) -> int:
    """A number of days."""
    return inputs.whole(key, least=least, most=MOST_DAYS)


def times_of(inputs: Inputs, key: str, *, least: int = 1) -> int:
    """How many times."""
    return inputs.whole(key, least=least, most=MOST_TIMES)


def interval_of(inputs: Inputs, key: str) -> Interval:
    """An interval as {"days": 84} or {"months": 3}."""
    inner = inputs.nested(key)
    if inner.has("days"):
        return Interval(days_of(inner, "days"), "days")
    return Interval(inner.whole("months", least=1, most=120), "months")


def weekdays_of(inputs: Inputs, key: str) -> frozenset[int] | None:
    """Weekdays by their English abbreviation as numbers (0 = Monday); null is any day."""
    if not inputs.has(key):
        return None
    names = inputs.values(key)
    if not names or any(name not in WEEKDAYS for name in names):
        raise inputs.refuse(key, "not-a-weekday", f"weekdays are {', '.join(WEEKDAYS)}")
    return frozenset(WEEKDAYS.index(str(name)) for name in names)
