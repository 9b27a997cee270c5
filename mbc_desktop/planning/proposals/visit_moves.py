"""Visits that a proposal puts on other days, and the events that do it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from mbc_desktop.core.record import dataclass
from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.plan_treatment import plan_treatment
from mbc_desktop.planning.replay.planned_visits import PlannedVisit, planned_visits
from mbc_desktop.planning.request import Event, EventKind, Reason, Request, Target
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import Site

BEHIND_THE_HORIZON = timedelta(days=60)
"""How far behind the horizon a visit is looked for that others took along."""

Clock = tuple[str, str]
VisitKey = tuple[str, str, int, int]
"""Course, part, cycle, day of the cycle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedVisit:
    """One visit on another day: what it gives, its due day, the day of the plan and the proposed one."""

    course: str
    drugs: tuple[tuple[str, int], ...]
    due: date
    before: date
    after: date

    @property
    def days(self) -> int:
        """By how many days it moves; negative is earlier."""
        return (self.after - self.before).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Who enters the events of a proposal, and why."""

    by: str
    reason: Reason


def key_of(visit: PlannedVisit) -> VisitKey:
    """What a visit is called in every plan of its course."""
    return visit.course, visit.part, visit.cycle, visit.day


def moved_to(visit: PlannedVisit, day: date) -> MovedVisit:
    """The visit on that day."""
    return MovedVisit(course=visit.course, drugs=visit.drugs, due=visit.due, before=visit.date or visit.due, after=day)


def person_moved(visit: PlannedVisit, request: Request) -> bool:
    """Whether a person chose the day of this visit: no proposal touches it."""
    names = {"", *(drug for drug, _ in visit.drugs)}
    return any(
        event.kind == "move" and event.course == visit.course and event.to == visit.date and event.target.drug in names
        for event in request.events
    )


def move_events(
    plan: Plan, wanted: dict[VisitKey, date], writer: Writer, library: Library, site: Site, *, before: tuple[Event, ...] = ()
) -> tuple[Event, ...]:
    """The events after which every visit of `wanted` falls on its day, behind the events `before`.

    Where the next interval counts from the real day, a visit that moves takes the later ones along, the last ones perhaps behind
    the horizon of the plan; so the visits of each clock are moved in their order, and only those that do not fall on their day by
    themselves."""
    events = list(before)
    horizon = plan.request.horizon + BEHIND_THE_HORIZON
    for _ in range(len(wanted)):
        request = replace(plan.request, events=(*plan.request.events, *events), horizon=horizon)
        now = plan_treatment(request, library, site) if events else plan
        found = list(_first_wrong(now, wanted, library))
        if not found:
            break
        for visit in found:
            for drug, number in visit.drugs:
                target = Target(drug=drug, number=number)
                events.append(event_of("move", visit.course, target, plan.request, events, writer, to=wanted[key_of(visit)]))
    return tuple(events)


def event_of(
    kind: EventKind,
    course: str,
    target: Target,
    request: Request,
    events: list[Event],
    writer: Writer,
    *,
    to: date | None = None,
    days: int | None = None,
) -> Event:
    """An event entered today, with a name that no other event has."""
    taken = {event.id for event in (*request.events, *events)}
    number = next(number for number in range(len(taken) + 1, 2 * len(taken) + 3) if f"e{number}" not in taken)
    return Event(
        id=f"e{number}", kind=kind, course=course, on=request.today, by=writer.by, target=target, reason=writer.reason, to=to,
        days=days, scope="rest_of_treatment" if kind == "delay" else "this",
    )  # fmt: skip


def _first_wrong(plan: Plan, wanted: dict[VisitKey, date], library: Library) -> Iterator[PlannedVisit]:
    """Of each clock the visits that are not on their day: only the first where it takes the later ones along."""
    stopped: set[Clock] = set()
    for visit in sorted(planned_visits(plan.administrations, library), key=lambda item: item.due):
        day = wanted.get(key_of(visit))
        if day is None or day == visit.date or visit.clock in stopped:
            continue
        if visit.timing.anchor == "actual":
            stopped.add(visit.clock)
        yield visit
