"""Tablets at home that a patient no longer takes: which drug, from which day, and until when if it comes back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from mbc_desktop.core.record import dataclass
from mbc_desktop.planning.plan import Plan, TakePeriod

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeStop:
    """A drug that was taken at home and is not any more from `first` on; `last` is the day before it begins again (None = it does
    not in this plan)."""

    drug: str
    first: date
    last: date | None


STOP_DAYS = 7
"""On how many days a drug that does not come back is named as no longer taken."""


def days_named(stop: HomeStop, horizon: date) -> tuple[date, date]:
    """The days on which a calendar names it, first to last inclusive: all days until it begins again, or its first week
    inside the plan."""
    week = min(stop.first + _ONE_DAY * (STOP_DAYS - 1), horizon)
    return stop.first, stop.last or week


def home_stops(plan: Plan) -> tuple[HomeStop, ...]:
    """Every end of a drug at home inside the plan, and every stretch between two courses of it, by day.

    A rest and a hold are no end: they stand in the plan with their days. The end of the plan is no end of the treatment."""
    by_drug: defaultdict[str, list[TakePeriod]] = defaultdict(list)
    for period in plan.intakes:
        if period.role == "treatment":
            by_drug[period.drug].append(period)
    stops = [stop for periods in by_drug.values() for stop in _stops(periods, plan.request.horizon)]
    return tuple(sorted(stops, key=lambda stop: (stop.first, stop.drug)))


def _stops(periods: list[TakePeriod], horizon: date) -> Iterator[HomeStop]:
    drug = periods[0].drug
    covered = date.min
    for period in sorted(periods, key=lambda item: item.first):
        if covered != date.min and period.first > covered + _ONE_DAY:
            yield HomeStop(drug=drug, first=covered + _ONE_DAY, last=period.first - _ONE_DAY)
        covered = max(covered, period.until)
    if covered < horizon:
        yield HomeStop(drug=drug, first=covered + _ONE_DAY, last=None)
