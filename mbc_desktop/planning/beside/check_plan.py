"""Check-ups on real dates: each drug's monitoring calendar, put on the day of the visit it belongs to or on an open day
of the laboratory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Literal

from mbc_desktop.planning.beside.lead_times import sample_day
from mbc_desktop.planning.beside.places import BLOOD, sample_place
from mbc_desktop.planning.dates.working_days import OpenDays, earlier, later, nearest
from mbc_desktop.planning.plan import CheckUp
from mbc_desktop.planning.replay.course_plan import PlannedCycle
from mbc_desktop.planning.replay.event_lookup import CourseEvents, events_of
from mbc_desktop.planning.request import DrugCourse, Request
from mbc_desktop.regimen.dose_rules import Check
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.regimen import Regimen
from mbc_desktop.regimen.site import Unit

MOVES = {"later": later, "earlier": earlier, "nearest": nearest}


def plan_checks(
    request: Request,
    course: DrugCourse,
    regimen: Regimen,
    cycles: tuple[PlannedCycle, ...],
    chosen: Mapping[str, str],
    *,
    library: Library,
    units: Mapping[Unit, OpenDays],
) -> list[CheckUp]:
    """All check-ups of one course up to the horizon, each kind at most once a day; none for a drug that was ceased. Blood is
    taken on the day of the treatment, or before it where the hospital wants that and the result is still valid then."""
    made: dict[tuple[str, date], CheckUp] = {}
    place = sample_place(chosen)
    events = CourseEvents(events_of(course.id, request.events))
    rules: dict[tuple[str, str], list[tuple[str, Check, date]]] = {}
    for start in cycles:
        visits, phase = dict(start.visits), (start.part.id, start.phase.id)
        if phase not in rules:
            rules[phase] = [
                (drug, check, _last_day(drug, request, course, events))
                for drug, check in _rules(regimen, start, library)
                if _is_decided(check, chosen) and not _is_done(check, course, request)
            ]
        for drug, check, last in rules[phase]:
            if not _is_due(check, start.cycle):
                continue
            for day in check.days:
                nominal = start.due + timedelta(days=day - 1)
                own: Unit = place if check.kind in BLOOD else "laboratory"
                booked, move = _booked(check, day, start.cycle, rules[phase])
                there = start.due + timedelta(days=booked - 1)
                treated = visits.get(booked) or _open(there, move, units[own], course.start)
                real = _day_of_sample(check.kind, treated, chosen, units[own], request.today)
                if real is not None and real <= last and (check.kind, real) not in made:
                    made[check.kind, real] = CheckUp(
                        kind=check.kind, nominal=nominal, date=real, course=course.id, drug=drug, source=check.source,
                        grade=check.grade, place=own, note=check.note,
                    )  # fmt: skip
    return list(made.values())


def _booked(
    check: Check, day: int, cycle: int, rules: list[tuple[str, Check, date]]
) -> tuple[int, Literal["nearest", "later", "earlier"]]:
    """The day of the cycle on which a check is booked, and how it gives way to a closed day: what may be later goes along with
    the blood count of the next day ("about day 14" with day 15), so that nobody comes on two days running."""
    counts = (one for _, one, _ in rules if one.kind == "blood_count" and day + 1 in one.days and _is_due(one, cycle))
    count = next(counts, None) if check.move == "later" else None
    return (day, check.move) if count is None else (day + 1, count.move)


def _day_of_sample(kind: str, treated: date | None, chosen: Mapping[str, str], place: OpenDays, today: date) -> date | None:
    """The treatment day, or the day before it on which blood is taken; never a day that is over."""
    before = None if treated is None else sample_day(kind, treated, chosen, place)
    return before if before is not None and before >= today else treated


def _rules(regimen: Regimen, start: PlannedCycle, library: Library) -> Iterator[tuple[str, Check]]:
    """The checks of the drugs that the cycle's part gives, those of the part, and the regimen's own with its first part."""
    drugs = dict.fromkeys(order.drug for phase in start.part.phases for order in phase.orders if order.role == "treatment")
    for drug in drugs:
        active = any(order.drug == drug for order in start.phase.orders)
        for check in library.drugs[drug].checks:
            if active:
                yield drug, check
    for check in start.part.checks:
        yield "", check
    if start.part is regimen.parts[0]:
        for check in regimen.checks:
            yield "", check


def _is_due(check: Check, cycle: int) -> bool:
    first, last = check.cycles
    return cycle >= first and (last is None or cycle <= last) and (cycle - first) % check.every_cycles == 0


def _is_decided(check: Check, chosen: Mapping[str, str]) -> bool:
    return not check.decision or chosen.get(check.decision) == check.if_decided


def _last_day(drug: str, request: Request, course: DrugCourse, events: CourseEvents) -> date:
    """The last day on which a check for a drug ("" = the course) is wanted: the end of course and plan, or the day before the
    drug was ceased."""
    last, ceased = min(course.until or request.horizon, request.horizon), events.ceased_from(drug)
    return last if ceased is None else min(last, ceased - timedelta(days=1))


def _is_done(check: Check, course: DrugCourse, request: Request) -> bool:
    """A dental check before the first dose is not asked for again when it has been recorded, nor after treatment was
    taken over."""
    once_before_start = check.kind == "dental" and check.cycles[1] == 1
    return once_before_start and (request.facts.dental_check_on is not None or course.last_given is not None)


def _open(day: date, move: Literal["nearest", "later", "earlier"], laboratory: OpenDays, start: date) -> date | None:
    """The open day for a check; one that would come before the course's start comes on the first open day of the course."""
    found = MOVES[move](day, laboratory)
    return later(start, laboratory) if found is not None and found < start else found
