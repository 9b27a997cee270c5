"""The plan as lanes: for each therapy its points and stretches in time, then the checks; still as codes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from mbc_desktop.ui.calendar.day_items import Mark, Therapy, stop_bands, therapies_of

if TYPE_CHECKING:
    from mbc_desktop.planning.plan import Plan, TakePeriod


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Something that happens on one day."""

    item: str
    course: str
    on: date
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Days with tablets, or (`rest`) without, first to last inclusive."""

    item: str
    course: str
    first: date
    last: date
    status: str
    rest: bool = False


@dataclass(slots=True)
class Lane:
    """One line of the timeline; `therapy` is None for the checks, and (`spinal`) for what goes into the spinal fluid."""

    mark: Mark
    therapy: Therapy | None
    spinal: bool = False
    points: list[Point] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)


def lanes_of(plan: Plan) -> tuple[Lane, ...]:
    """One lane for each therapy in the order of the legend, then one for the spinal fluid and one for the checks, if any."""
    lanes = {(one.course, one.subject): Lane(mark=one.mark, therapy=one) for one in therapies_of(plan)}
    for given in plan.administrations:
        lane = lanes.get((given.course, given.drug))
        if lane is not None:
            day = given.date or given.due
            lane.points.append(Point(item=given.id, course=given.course, on=day, status=given.status))
    for period in plan.intakes:
        lane = lanes.get((period.course, period.drug))
        if lane is not None:
            lane.stretches.append(_stretch(period, (period.first, period.last), rest=False))
            if period.rest is not None:
                lane.stretches.append(_stretch(period, period.rest, rest=True))
    for stop in stop_bands(plan):
        point = Point(item=stop.id, course=stop.course, on=stop.first, status="stopped")
        lanes[stop.course, stop.subject].points.append(point)
    for fraction in plan.fractions:
        point = Point(item=fraction.id, course=fraction.course, on=fraction.date, status=fraction.status)
        lanes[fraction.course, ""].points.append(point)
    spinal = Lane(mark="injection", therapy=None, spinal=True)
    spinal.points += [Point(item=one.id, course=one.order, on=one.date, status=one.status) for one in plan.intrathecal]
    checks = Lane(mark="check", therapy=None)
    checks.points += [Point(item=one.id, course=one.course, on=one.date, status="planned") for one in plan.checks]
    return (*lanes.values(), *(lane for lane in (spinal, checks) if lane.points))


def day_to_show(plan: Plan, today: date) -> date:
    """The day to begin with: today while something goes on or is still to come, else the last day on which anything stands."""
    days = [point.on for lane in lanes_of(plan) for point in lane.points]
    days += [stretch.last for lane in lanes_of(plan) for stretch in lane.stretches if not stretch.rest]
    return today if not days or max(days) >= today else max(days)


def _stretch(period: TakePeriod, span: tuple[date, date], *, rest: bool) -> Stretch:
    return Stretch(
        item=period.id, course=period.course, first=span[0], last=span[1], status=period.status, rest=rest
    )  # fmt: skip


def ends_of(lanes: tuple[Lane, ...], today: date) -> tuple[date, date]:
    """The first and the last day on which anything stands, today among them."""
    days = [today]
    for lane in lanes:
        days += [point.on for point in lane.points]
        days += [day for stretch in lane.stretches for day in (stretch.first, stretch.last)]
    return min(days), max(days)
