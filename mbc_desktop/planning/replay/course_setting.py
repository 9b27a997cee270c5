"""What the visits of a course are replayed with, and one visit before it is given a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mbc_desktop.core.record import dataclass
from mbc_desktop.planning.dates.working_days import OpenDays
from mbc_desktop.planning.replay.dose_desk import Desk
from mbc_desktop.planning.replay.event_lookup import CourseEvents
from mbc_desktop.planning.request import DrugCourse, Request
from mbc_desktop.regimen.dose_rules import Timing
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.regimen import Order
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
    """One visit: its day of the cycle, the template's day, the due day after lasting delays, and where it is placed."""

    day: int
    nominal: date
    due: date
    timing: Timing
    earliest: date
    previous: date | None
    placed: date | None


def in_cycle(order: Order, cycle: int) -> bool:
    """Whether an order belongs to a cycle, by the part's own cycle numbers."""
    first, last = order.cycles
    return cycle >= first and (last is None or cycle <= last)
