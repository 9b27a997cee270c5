"""The best plan around the days on which a patient is away: a proposal with its price, never done by itself."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from mbc_desktop.core.record import dataclass
from mbc_desktop.planning.dates.working_days import OpenDays, earlier, later
from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.plan_treatment import plan_treatment
from mbc_desktop.planning.proposals.alignment_proposal import aligned_dose, days_at_hospital, is_away
from mbc_desktop.planning.proposals.visit_alignment import AlignedDose, AlignedTherapy, align_visits
from mbc_desktop.planning.proposals.visit_moves import (
    Clock,
    MovedVisit,
    VisitKey,
    Writer,
    event_of,
    key_of,
    move_events,
    moved_to,
)
from mbc_desktop.planning.replay.planned_visits import PlannedVisit, planned_visits
from mbc_desktop.planning.request import Event, Target
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import NO_SITE, Site

How = Literal["moved", "moved_outside_window", "delayed", "omitted"]

_ONE_DAY = timedelta(days=1)
_MOST_VISITS = 60
"""An absence of two years meets no more visits of one clock that would have to be decided one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rearranged:
    """What becomes of one visit: moved inside its window, moved outside it, delayed together with all that follows it, or omitted
    (a day 8 or 15, which is never made up; `visit.after` is then its own day)."""

    visit: MovedVisit
    how: How


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceProposal:
    """What becomes of every visit that falls into an absence, and the events that do it. `fractions` are the radiotherapy
    fractions that fall into one: the radiation oncologist decides about those."""

    visits: tuple[Rearranged, ...]
    events: tuple[Event, ...]
    fractions: tuple[str, ...]


def plan_around_absences(plan: Plan, library: Library, site: Site = NO_SITE, *, by: str = "") -> AbsenceProposal | None:
    """The proposal for the absences of the plan's request, or None when nothing coming falls into one.

    Inside the window where there is an open day: together with other visits if possible, then nearest, by the same exact search
    as the alignment. Else a day 8 or later of a cycle is omitted; a depot that must not be late, or a dose that is nearer there,
    goes to the last day before the absence (never a cytotoxic, never below the minimum interval); everything else waits until
    after it, and what follows waits along."""
    fractions = tuple(
        item.id for item in plan.fractions if item.status == "planned" and is_away(item.date, plan.request.absences)
    )
    writer, now = Writer(by=by, reason="patient"), plan
    events: list[Event] = []
    done: list[Rearranged] = []
    hospital = days_at_hospital(plan.request, site)
    for _ in range(_MOST_VISITS):
        hit = next((visit for visit in _away(now, library) if not _has_day(visit, now, library, hospital)), None)
        if hit is None:
            break
        done.append(_outside(hit, now, library, hospital))
        _enter(done[-1], hit, plan, events, writer)
        now = plan_treatment(replace(plan.request, events=(*plan.request.events, *events)), library, site)
    wanted, moved = _inside(now, library, hospital)
    if not (done or moved or fractions):
        return None
    made = move_events(plan, wanted, writer, library, site, before=tuple(events))
    return AbsenceProposal(visits=(*done, *moved), events=made, fractions=fractions)


def _away(plan: Plan, library: Library) -> list[PlannedVisit]:
    """The coming visits that fall into an absence, by due day."""
    return sorted(
        (
            visit
            for visit in planned_visits(plan.administrations, library)
            if visit.date is not None
            and not visit.given
            and visit.date >= plan.request.today
            and is_away(visit.date, plan.request.absences)
        ),
        key=lambda visit: visit.due,
    )


def _neighbours(visit: PlannedVisit, plan: Plan, library: Library) -> tuple[PlannedVisit | None, PlannedVisit | None]:
    clock = sorted(
        (item for item in planned_visits(plan.administrations, library) if item.clock == visit.clock), key=lambda item: item.due
    )
    at = next(number for number, item in enumerate(clock) if key_of(item) == key_of(visit))
    return (clock[at - 1] if at else None), (clock[at + 1] if at + 1 < len(clock) else None)


def _dose(visit: PlannedVisit, plan: Plan, library: Library) -> AlignedDose:
    """The days on which the visit may be: after the one before it and, where that one stays, far enough from the one after it."""
    before, after = _neighbours(visit, plan, library)
    dose = aligned_dose(visit, before)
    first, last = max(dose.first, plan.request.today), dose.last
    if after is not None and after.date is not None and not is_away(after.date, plan.request.absences):
        last = min(last, after.date - timedelta(days=min(after.timing.minimum_days, (after.due - visit.due).days)))
    return replace(dose, first=first, last=max(last, first))


def _has_day(visit: PlannedVisit, plan: Plan, library: Library, hospital: OpenDays) -> bool:
    before, _ = _neighbours(visit, plan, library)
    dose = _dose(visit, plan, library)
    found = AlignedTherapy(name="", doses=(dose,), previous=_day_of(before, plan))
    return align_visits((found,), hospital) is not None


def _day_of(before: PlannedVisit | None, plan: Plan) -> date | None:
    """The day of the dose before, unless that one has to move too."""
    if before is None or before.date is None or (not before.given and is_away(before.date, plan.request.absences)):
        return None
    return before.date


def _outside(visit: PlannedVisit, plan: Plan, library: Library, hospital: OpenDays) -> Rearranged:
    """What is proposed when no day of the window is left."""
    before, _ = _neighbours(visit, plan, library)
    day = visit.date or visit.due
    away = next(absence for absence in plan.request.absences if absence.first <= day <= absence.last)
    if before is not None and before.cycle == visit.cycle and visit.cytotoxic:
        return Rearranged(visit=moved_to(visit, day), how="omitted")
    last_before = earlier(away.first - _ONE_DAY, hospital)
    first_after = later(away.last + _ONE_DAY, hospital)
    after = first_after or away.last + _ONE_DAY
    nearer = last_before is not None and (visit.due - last_before).days < (after - visit.due).days
    if (
        last_before is not None
        and last_before > plan.request.today
        and not visit.cytotoxic
        and (visit.timing.shift == "earlier" or nearer)
        and (before is None or before.date is None or (last_before - before.date).days >= visit.timing.minimum_days)
    ):
        return Rearranged(visit=moved_to(visit, last_before), how="moved_outside_window")
    return Rearranged(visit=moved_to(visit, after), how="delayed")


def _enter(made: Rearranged, visit: PlannedVisit, plan: Plan, events: list[Event], writer: Writer) -> None:
    """Adds the events: a delay moves the whole clock and is entered once, anything else for each drug of the visit."""
    days = (made.visit.after - visit.due).days
    for drug, number in visit.drugs[:1] if made.how == "delayed" else visit.drugs:
        target = Target(drug=drug, number=number)
        match made.how:
            case "delayed":
                events.append(event_of("delay", visit.course, target, plan.request, events, writer, days=days))
            case "omitted":
                events.append(event_of("omit", visit.course, target, plan.request, events, writer))
            case _:
                events.append(event_of("move", visit.course, target, plan.request, events, writer, to=made.visit.after))


def _inside(plan: Plan, library: Library, hospital: OpenDays) -> tuple[dict[VisitKey, date], list[Rearranged]]:
    """Where the visits that have a day in their window go: on a day on which the patient comes anyway, else the nearest one."""
    by_clock: defaultdict[Clock, list[PlannedVisit]] = defaultdict(list)
    for visit in _away(plan, library):
        by_clock[visit.clock].append(visit)
    coming = {
        visit.date
        for visit in planned_visits(plan.administrations, library)
        if visit.date and not is_away(visit.date, plan.request.absences)
    }
    therapies = tuple(
        AlignedTherapy(
            name="/".join(clock),
            doses=tuple(_dose(visit, plan, library) for visit in visits),
            previous=_day_of(_neighbours(visits[0], plan, library)[0], plan),
        )
        for clock, visits in by_clock.items()
    )
    found = align_visits(therapies, hospital, coming=frozenset(coming)) if therapies else None
    if found is None:
        return {}, []
    placed = [
        (visit, day)
        for visits, days in zip(by_clock.values(), found.dates, strict=True)
        for visit, day in zip(visits, days, strict=True)
    ]
    made = [Rearranged(visit=moved_to(visit, day), how="moved") for visit, day in placed]
    return {key_of(visit): day for visit, day in placed}, made
