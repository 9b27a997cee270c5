"""A proposal to bring all coming visits of one patient together: which visits move, how many visits that saves, and what it
costs. Shown, never done by itself; applying it enters its events."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.planned_visits import PlannedVisit, planned_visits
from mbc_desktop.planning.request import Absence, DrugCourse, Event, Request
from mbc_desktop.planning.visit_alignment import AlignedDose, AlignedTherapy, Alignment, align_visits
from mbc_desktop.planning.visit_moves import Clock, MovedVisit, Writer, key_of, move_events, moved_to, person_moved
from mbc_desktop.planning.visits import calendars
from mbc_desktop.planning.working_days import OpenDays
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import NO_SITE, Site


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignmentProposal:
    """The gain: visits of the plan before and after. The price: the visits that move and, all doses together, the days they lie
    away from their due days before and after. `events` are what applying it enters."""

    visits_before: int
    visits_after: int
    deviation_before: int
    deviation_after: int
    moves: tuple[MovedVisit, ...]
    events: tuple[Event, ...]

    @property
    def saved(self) -> int:
        """How many visits fewer."""
        return self.visits_before - self.visits_after


def propose_alignment(plan: Plan, library: Library, site: Site = NO_SITE, *, by: str = "") -> AlignmentProposal | None:
    """The best way to fewer visits after today, or None when no visit can be saved.

    Fewest visits, then least deviation from the due days, then earliest. Every dose stays inside its window on an open day on
    which the patient is not away; no interval becomes shorter than its minimum or longer than its maximum, nor, where it counts
    from the real day, shorter than it is due; cytotoxics never come earlier; a day that a person chose stays."""
    movable, coming = _visits(plan, library)
    before = {visit.date for visits in movable.values() for visit in visits if visit.date} - coming
    therapies = tuple(_therapy(visits, plan, library) for visits in movable.values())
    found = align_visits(therapies, days_at_hospital(plan.request, site), coming=frozenset(coming)) if len(before) > 1 else None
    if found is None or found.visits >= len(before):
        return None
    changed = _changed(movable, found)
    wanted = {key_of(visit): day for visit, day in changed}
    return AlignmentProposal(
        visits_before=len(before) + len(coming),
        visits_after=found.visits + len(coming),
        deviation_before=sum(_deviation(visit, visit.date) for visits in movable.values() for visit in visits),
        deviation_after=found.deviation_days,
        moves=tuple(moved_to(visit, day) for visit, day in changed),
        events=move_events(plan, _all_days(movable, found) | wanted, Writer(by=by, reason="organisation"), library, site),
    )


def _visits(plan: Plan, library: Library) -> tuple[dict[Clock, list[PlannedVisit]], set[date]]:
    """The coming visits that may move, by clock, and the coming days that stay as they are."""
    movable: defaultdict[Clock, list[PlannedVisit]] = defaultdict(list)
    coming: set[date] = set()
    # What a general practitioner or a home nurse gives needs no visit to the hospital.
    here = tuple(item for item in plan.administrations if item.place == "day_hospital")
    for visit in planned_visits(here, library):
        if visit.date is None or visit.given or visit.date <= plan.request.today:
            continue
        if person_moved(visit, plan.request) or is_away(visit.date, plan.request.absences):
            coming.add(visit.date)
        else:
            movable[visit.clock].append(visit)
    return {clock: sorted(visits, key=lambda item: item.due) for clock, visits in movable.items()}, coming


def is_away(day: date, absences: tuple[Absence, ...]) -> bool:
    """Whether the patient cannot come on that day."""
    return any(absence.first <= day <= absence.last for absence in absences)


def days_at_hospital(request: Request, site: Site) -> OpenDays:
    """The day hospital's open days on which the patient is not away."""
    hospital = calendars(request, site)["day_hospital"]
    away = {
        absence.first + timedelta(days=number)
        for absence in request.absences
        for number in range((absence.last - absence.first).days + 1)
    }
    return replace(hospital, closed=hospital.closed | away, extra=hospital.extra - away)


def _therapy(visits: list[PlannedVisit], plan: Plan, library: Library) -> AlignedTherapy:
    before = last_visit_before(visits[0], plan, library)
    doses: list[AlignedDose] = []
    for visit in visits:
        doses.append(aligned_dose(visit, before))
        before = visit
    previous = last_visit_before(visits[0], plan, library)
    last_given = next(
        course.last_given for course in plan.request.courses if isinstance(course, DrugCourse) and course.id == visits[0].course
    )
    return AlignedTherapy(name="/".join(visits[0].clock), doses=tuple(doses), previous=previous.date if previous else last_given)


def last_visit_before(visit: PlannedVisit, plan: Plan, library: Library) -> PlannedVisit | None:
    """The visit of the same clock that comes before this one; None for the first."""
    earlier = [
        item
        for item in planned_visits(plan.administrations, library)
        if item.clock == visit.clock and item.date and item.due < visit.due
    ]
    return max(earlier, key=lambda item: item.due, default=None)


def aligned_dose(visit: PlannedVisit, before: PlannedVisit | None) -> AlignedDose:
    """How the visit may move. What the plan does already is always allowed."""
    timing, day = visit.timing, visit.date or visit.due
    first, last = visit.window
    least, most = timing.minimum_days, timing.maximum_days
    if visit.cytotoxic:
        first = max(first, min(visit.due, day))
    if before is not None:
        real = (day - (before.date or before.due)).days
        if timing.anchor == "actual" and timing.window[0] == 0:
            least = max(least, (visit.due - before.due).days)
        least, most = min(least, real), None if most is None else max(most, real)
    return AlignedDose(nominal=visit.due, first=min(first, day), last=max(last, day), min_gap=least, max_gap=most)


def _changed(movable: dict[Clock, list[PlannedVisit]], found: Alignment) -> list[tuple[PlannedVisit, date]]:
    return [
        (visit, day)
        for visits, days in zip(movable.values(), found.dates, strict=True)
        for visit, day in zip(visits, days, strict=True)
        if visit.date != day
    ]


def _all_days(movable: dict[Clock, list[PlannedVisit]], found: Alignment) -> dict[tuple[str, str, int, int], date]:
    """Also the visits that stay: where a clock counts from the real day they would move along."""
    return {
        key_of(visit): day
        for visits, days in zip(movable.values(), found.dates, strict=True)
        for visit, day in zip(visits, days, strict=True)
    }


def _deviation(visit: PlannedVisit, day: date | None) -> int:
    return 0 if day is None else abs((day - visit.due).days)
