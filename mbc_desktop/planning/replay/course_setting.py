"""What the visits of a course are replayed with, and one visit before it is given a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mbc_desktop.core.record import dataclass
from mbc_desktop.planning.dates.working_days import OpenDays
from mbc_desktop.planning.replay.dose_desk import Desk
from mbc_desktop.planning.replay.event_lookup import CourseEvents
from mbc_desktop.planning.replay.planned_visits import leader_in, timing_in
from mbc_desktop.planning.request import DrugCourse, Request
from mbc_desktop.regimen.dose_rules import Timing
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.regimen import Order, Part, Phase
from mbc_desktop.regimen.site import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseSetting:
    """What every part of a course is replayed with."""

    request: Request
    course: DrugCourse
    regimen: str
    library: Library
    desk: Desk
    place: Unit
    open_days: OpenDays
    events: CourseEvents
    chosen: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DueVisit:
    """One visit: its day of the cycle, the template's day, the due day after lasting delays with the window around it, and where
    it is placed."""

    day: int
    nominal: date
    due: date
    timing: Timing
    earliest: date
    previous: date | None
    placed: date | None
    window: tuple[date, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseVisits:
    """What the visits of one phase have in common: the drug that leads the clock with its timing rule, and the days of the cycle
    on which something is given, with the orders of each in their sequence."""

    leader: str
    timing: Timing
    days: tuple[tuple[int, tuple[Order, ...]], ...]


def phase_visits(part: Part, phase: Phase, library: Library) -> PhaseVisits:
    """The visits of a phase by its template."""
    orders = sorted(phase.orders, key=lambda order: order.sequence)
    days = sorted({day for order in orders for day in order.days})
    return PhaseVisits(
        leader=leader_in(part, phase.id),
        timing=timing_in(part, phase.id, library),
        days=tuple((day, tuple(order for order in orders if day in order.days)) for day in days),
    )


def in_cycle(order: Order, cycle: int) -> bool:
    """Whether an order belongs to a cycle, by the part's own cycle numbers."""
    first, last = order.cycles
    return cycle >= first and (last is None or cycle <= last)
