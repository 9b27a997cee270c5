"""On which weekday a course had better start: how often each start of one week would meet a closed day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from mbc_desktop.core.finding import Finding, finding
from mbc_desktop.core.record import dataclass
from mbc_desktop.planning.beside.places import place_of_care
from mbc_desktop.planning.dates.working_days import OpenDays
from mbc_desktop.planning.replay.course_plan import CoursePlan
from mbc_desktop.planning.replay.course_replay import CourseReplay
from mbc_desktop.planning.replay.decisions import Answers, answers_for
from mbc_desktop.planning.replay.dose_desk import NO_DOSES
from mbc_desktop.planning.replay.planned_visits import PlannedVisit, planned_visits
from mbc_desktop.planning.replay.visits import calendars
from mbc_desktop.planning.request import NOTHING_KNOWN, DrugCourse, Request
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.regimen import as_decided
from mbc_desktop.regimen.site import NO_SITE, Site
from mbc_desktop.regimen.this_library import ThisLibrary

WEEK = 7
SAID_FROM = 3
"""So many closed days make a start worth a remark."""
WORTH = 2
"""So many fewer make another weekday worth proposing. Both numbers are proposals of this program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartDay:
    """A start on this day: how many visits are due on a closed day, on which days, how many of those find no open day in their
    window, and by how many days all visits together lie off their due days."""

    start: date
    closed: tuple[date, ...]
    without_day: int
    days_off: int


def start_days(request: Request, course: str, library: Library, site: Site = NO_SITE) -> tuple[StartDay, ...]:
    """Every open day of the week that begins with the course's own start, each as a start: the best first, and of equals the
    earliest. Empty for a course without visits. Raises KeyError for a course that the request does not have."""
    own = {item.id: item for item in request.courses if isinstance(item, DrugCourse)}[course]
    regimen = library.regimens[own.regimen]
    answers = answers_for(own.id, regimen, dict(own.choices), library=library, site=site)
    place, _ = place_of_care(own, regimen, answers.chosen, library)
    hospital = calendars(request, site)[place]
    week = tuple(own.start + timedelta(days=number) for number in range(WEEK))
    return _as_starts(week, request, own, answers, library=library, hospital=hospital)


def start_day_findings(
    request: Request,
    course: DrugCourse,
    answers: Answers,
    made: CoursePlan,
    *,
    library: Library,
    hospital: OpenDays,
) -> Iterator[Finding]:
    """A remark about a course that still has to start and would meet many closed days (`made` is its plan), where another weekday
    of the same week would meet clearly fewer."""
    if course.start < request.today or course.last_given is not None:
        return
    treated = [item for item in made.administrations if item.role == "treatment"]
    closed = {item.due for item in treated if not hospital.is_open(item.due)}
    if len(closed) < SAID_FROM or any(item.status == "given" for item in treated):
        return
    other = _promising(course.start, {item.due for item in treated}, len(closed), hospital)
    if other is None:
        return
    days = _as_starts((other,), request, course, answers, library=library, hospital=hospital)
    # Planning takes as long as the plan itself: what `made` says of the own start is not planned a second time.
    if any(event.course == course.id for event in request.events) or any(item.cycle < 1 for item in treated):
        days += _as_starts((course.start,), request, course, answers, library=library, hospital=hospital)
    elif hospital.is_open(course.start):
        days += (_start_day(course.start, planned_visits(made.administrations, library), hospital),)
    best = min(days, key=_rank, default=None)
    own = next((item for item in days if item.start == course.start), None)
    if own is not None and best is not None and len(own.closed) - len(best.closed) >= WORTH:
        yield finding(
            "start-day-meets-closed-days",
            "info",
            course=course.id,
            start=own.start.isoformat(),
            closed=str(len(own.closed)),
            best=best.start.isoformat(),
            best_closed=str(len(best.closed)),
        )


def _promising(start: date, due: set[date], closed: int, hospital: OpenDays) -> date | None:
    """The start of the week with which all days of the course, moved together, would meet fewest closed days, where those are
    clearly fewer than `closed`. It only says which start is worth planning: that takes as long as the plan itself, and a course
    that counts in months does not move quite as a whole."""
    starts = [day for day in (start + timedelta(days=number) for number in range(1, WEEK)) if hospital.is_open(day)]
    met = {other: sum(not hospital.is_open(day + (other - start)) for day in due) for other in starts}
    best = min(starts, key=lambda other: met[other], default=None)
    return best if best is not None and met[best] <= closed - WORTH else None


def _as_starts(
    starts: tuple[date, ...],
    request: Request,
    course: DrugCourse,
    answers: Answers,
    *,
    library: Library,
    hospital: OpenDays,
) -> tuple[StartDay, ...]:
    # Without facts, other courses and names: its visits do not follow from them, a key in a weight need not ask again, and what
    # is kept names nobody.
    bare = replace(
        request,
        patient=replace(request.patient, family_name="", given_name="", number=""),
        measurements=(),
        facts=NOTHING_KNOWN,
        history=(),
        courses=(),
        prints=(),
        intrathecal=(),
        intrahepatic=(),
    )
    chosen, kept = tuple(sorted(answers.chosen.items())), ThisLibrary(library)
    found = [_as_start(bare, replace(course, start=start), chosen, kept, hospital) for start in filter(hospital.is_open, starts)]
    return tuple(sorted(found, key=_rank))


@lru_cache(maxsize=16)
def _as_start(
    request: Request, course: DrugCourse, chosen: tuple[tuple[str, str], ...], kept: ThisLibrary, hospital: OpenDays
) -> StartDay:
    library, answers = kept.library, Answers(chosen=dict(chosen), choices=(), open=())
    regimen = as_decided(library.regimens[course.regimen], answers.chosen)
    # Tablets at home meet no closed day: a clock that gives nothing else need not be planned.
    visiting = tuple(part for part in regimen.parts if any(order.days for phase in part.phases for order in phase.orders))
    visited = replace(regimen, parts=visiting)
    replay = CourseReplay(request, course, visited, answers, library=library, open_days=hospital)
    # Without events: a start that is still open has none.
    return _start_day(course.start, planned_visits(replay.run(1, (), NO_DOSES).administrations, library), hospital)


def _rank(day: StartDay) -> tuple[int, int, int, date]:
    """The best start first."""
    return day.without_day, len(day.closed), day.days_off, day.start


def _start_day(start: date, visits: tuple[PlannedVisit, ...], hospital: OpenDays) -> StartDay:
    return StartDay(
        start=start,
        closed=tuple(sorted(visit.due for visit in visits if not hospital.is_open(visit.due))),
        without_day=sum(visit.date is None for visit in visits),
        days_off=sum(0 if visit.date is None else abs((visit.date - visit.due).days) for visit in visits),
    )
