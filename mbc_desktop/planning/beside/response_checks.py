"""How often the response is looked at, with imaging and a tumour marker: counted from the first day of treatment of the tumour,
by the interval that the site chose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from mbc_desktop.core.interval import read_interval
from mbc_desktop.planning.dates.working_days import OpenDays, later
from mbc_desktop.planning.plan import CheckUp
from mbc_desktop.planning.replay.event_lookup import CourseEvents, events_of
from mbc_desktop.planning.request import DrugCourse, Request
from mbc_desktop.regimen.decision import Decision
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.regimen import drugs_of

DECISION = "response_interval"
NEVER = "none"
BONE = "5"
"""The chapter of supportive treatment: a bone agent alone is not judged by its response."""


def response_checks(request: Request, chosen: Mapping[str, str], *, library: Library, laboratory: OpenDays) -> list[CheckUp]:
    """One check for each interval up to the horizon. Courses that overlap share one series, by the choice of the one that begins
    it; after a gap a new one begins with the next course. None where `none` was chosen, or the library has no such decision."""
    decision = library.decisions.get(DECISION)
    if decision is None:
        return []
    made: list[CheckUp] = []
    for course, first, last in _series(request, library):
        own = next(dict(item.choices) for item in request.courses if item.id == course)
        answer = own.get(DECISION) or chosen.get(DECISION, NEVER)
        for day in _days(first, answer, min(last or request.horizon, request.horizon)):
            real = later(day, laboratory)
            if real is not None and real <= request.horizon:
                made.append(_check(course, day, real, decision))
    return made


def _check(course: str, nominal: date, real: date, decision: Decision) -> CheckUp:
    return CheckUp(
        kind="response", nominal=nominal, date=real, course=course, drug="", source=decision.source, grade=decision.grade
    )


def _series(request: Request, library: Library) -> Iterator[tuple[str, date, date | None]]:
    """The stretches of treatment of the tumour: the course that begins each, its first day, its last (None = goes on)."""
    spans = sorted(
        (course.start, course.id, _end(course, request, library))
        for course in request.courses
        if isinstance(course, DrugCourse) and library.regimens[course.regimen].section != BONE
    )
    current: tuple[str, date, date | None] | None = None
    for start, id, end in spans:
        if current is None or (current[2] is not None and start > current[2]):
            if current is not None:
                yield current
            current = (id, start, end)
        elif current[2] is not None:
            current = (current[0], current[1], None if end is None else max(end, current[2]))
    if current is not None:
        yield current


def _end(course: DrugCourse, request: Request, library: Library) -> date | None:
    """The last day of a course; once each of its drugs was ceased, the day before the last of them was."""
    events = CourseEvents(events_of(course.id, request.events))
    ceased = [events.ceased_from(drug) for drug in drugs_of(library.regimens[course.regimen])]
    days = [day for day in ceased if day is not None]
    over = max(days) - timedelta(days=1) if len(days) == len(ceased) else None
    return min((day for day in (course.until, over) if day is not None), default=None)


def _days(first: date, answer: str, last: date) -> Iterator[date]:
    if answer == NEVER:
        return
    every, count = read_interval(answer), 1
    while (day := every.after(first, times=count)) <= last:
        yield day
        count += 1
