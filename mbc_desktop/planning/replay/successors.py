"""A regimen that takes the place of another one: the course that follows from an event "replace"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mbc_desktop.core.finding import Finding, finding
from mbc_desktop.planning.plan import Administration
from mbc_desktop.planning.replay.event_lookup import uncorrected
from mbc_desktop.planning.replay.planned_visits import part_of, timing_in
from mbc_desktop.planning.replay.visits import NOT_COMING
from mbc_desktop.planning.request import DrugCourse, Event, Request
from mbc_desktop.regimen.library import Library


def successor_id(event: Event) -> str:
    """The id of the course that an event "replace" starts: events about it name this."""
    return f"{event.course}.{event.id}"


def with_successors(request: Request, library: Library) -> Request:
    """The request with a course for every regimen that replaces another: from the day of the event on, with the answers that the
    old course gave. A course with that id which is in the request already stays as it is: so the prescriber can say more about
    it."""
    while True:
        courses = {course.id: course for course in request.courses}
        new = [
            DrugCourse(id=successor_id(event), regimen=event.regimen, start=event.day or event.on, choices=old.choices)
            for event in uncorrected(request.events)
            if event.kind == "replace"
            and isinstance(old := courses.get(event.course), DrugCourse)
            and event.regimen in library.regimens
            and successor_id(event) not in courses
        ]
        if not new:
            return request
        request = replace(request, courses=(*request.courses, *new))


def successor_findings(request: Request, administrations: list[Administration], library: Library) -> Iterator[Finding]:
    """A drug that both regimens give: its loading doses would be given again, or its interval is too short."""
    successors = {successor_id(event): event.course for event in uncorrected(request.events) if event.kind == "replace"}
    coming = [item for item in administrations if item.role == "treatment" and item.status not in NOT_COMING and item.date]
    for course, old in successors.items():
        for drug in dict.fromkeys(item.drug for item in coming if item.course == course):
            before = [item.date for item in coming if item.course == old and item.drug == drug and item.date]
            first = min((item for item in coming if item.course == course and item.drug == drug), key=lambda item: item.due)
            if not before or first.date is None:
                continue
            days, least = (first.date - max(before)).days, timing_in(part_of(first, library), first.phase, library).minimum_days
            if _loads(first, library):
                yield finding("successor-loads-again", "caution", course=course, drug=drug, last=max(before).isoformat())
            elif days < least:
                values = {"number": str(first.number), "due": first.due.isoformat(), "days": str(days)}
                yield finding("interval-short", "caution", course=course, drug=drug, **values)


def _loads(first: Administration, library: Library) -> bool:
    """Whether the first dose of a course is a loading dose: its drug has another phase after this one, or loads by rule."""
    part = part_of(first, library)
    phases = [phase.id for phase in part.phases if any(order.drug == first.drug for order in phase.orders)]
    orders = [order for phase in part.phases for order in phase.orders if order.drug == first.drug]
    return (len(phases) > 1 and phases[0] == first.phase) or any(order.cycles == (1, 1) or order.reload for order in orders)
