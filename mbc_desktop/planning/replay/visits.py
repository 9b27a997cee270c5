"""What happens in one place on one day, merged over all therapies; and which days of the plan are closed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

from mbc_desktop.planning.dates.working_days import OpenDays, belgian_holidays
from mbc_desktop.planning.plan import Administration, CheckUp, ClosedDay, Fraction, Visit
from mbc_desktop.planning.request import Request
from mbc_desktop.regimen.site import HOSPITAL_UNITS, UNITS, Closure, ExtraOpenDay, Site, Unit

NOT_COMING = frozenset({"omitted", "ceased", "held"})


def merge_visits(
    administrations: tuple[Administration, ...], fractions: tuple[Fraction, ...], checks: tuple[CheckUp, ...]
) -> tuple[Visit, ...]:
    """One visit per place and day. A check that the laboratory would do joins the day hospital when the patient is there that
    day."""
    items: defaultdict[tuple[date, Unit], list[str]] = defaultdict(list)
    for administration in administrations:
        if administration.date is not None and administration.status not in NOT_COMING:
            items[administration.date, administration.place].append(administration.id)
    for fraction in fractions:
        items[fraction.date, "radiotherapy"].append(fraction.id)
    for check in checks:
        joins = check.place == "laboratory" and (check.date, "day_hospital") in items
        items[check.date, "day_hospital" if joins else check.place].append(check.id)
    ordered = sorted(items.items(), key=lambda item: (item[0][0], UNITS.index(item[0][1])))
    return tuple(Visit(date=day, unit=unit, items=tuple(names)) for (day, unit), names in ordered)


def calendars(request: Request, site: Site) -> dict[Unit, OpenDays]:
    """The open days of each place: weekends, legal holidays, the closures and extra open days of the site and of this
    request. A closure without a unit closes the hospital, and nothing outside it; a home nurse comes every day."""
    return dict(_calendars((*site.closures, *request.closures), (*site.extra_open_days, *request.extra_open_days)))


# The next plan nearly always has the same closed days, and an OpenDays remembers the days it was asked for.
@lru_cache(maxsize=4)
def _calendars(closures: tuple[Closure, ...], extra_open_days: tuple[ExtraOpenDay, ...]) -> Mapping[Unit, OpenDays]:
    made: dict[Unit, OpenDays] = {}
    for unit in UNITS:
        closed = {day: closure.why for closure in closures if _is_about(closure.unit, unit) for day in _days(closure)}
        extra = frozenset(item.on for item in extra_open_days if _is_about(item.unit, unit))
        always = unit == "home_nurse"
        made[unit] = OpenDays(
            closed=frozenset(closed),
            extra=extra,
            names=tuple(sorted(closed.items())),
            weekends_open=always,
            holidays_open=always,
        )
    return MappingProxyType(made)


def _is_about(named: Unit | None, unit: Unit) -> bool:
    return named == unit or (named is None and unit in HOSPITAL_UNITS)


def closed_days(units: dict[Unit, OpenDays], first: date, last: date) -> tuple[ClosedDay, ...]:
    """Every closed day that is more than a weekend, by unit; legal holidays for the hospital's own units only."""
    made: list[ClosedDay] = []
    for unit, calendar in units.items():
        own = unit in HOSPITAL_UNITS
        holidays = {day for year in range(first.year, last.year + 1) for day in belgian_holidays(year) if own}
        for day in sorted((holidays | calendar.closed) - calendar.extra):
            why = calendar.why_closed(day) if first <= day <= last else None
            if why is not None and why != "weekend":
                made.append(ClosedDay(date=day, unit=unit, why=why, holiday=day in holidays and day not in calendar.closed))
    return tuple(sorted(made, key=lambda item: (item.date, UNITS.index(item.unit))))


def _days(closure: Closure) -> list[date]:
    return [closure.first + timedelta(days=number) for number in range((closure.last - closure.first).days + 1)]
