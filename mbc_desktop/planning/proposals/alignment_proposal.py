"""A proposal to bring all coming visits of one patient together: which visits move, how many visits that saves, and what it
costs. Shown, never done by itself; applying it enters its events."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

from mbc_desktop.core.record import dataclass
from mbc_desktop.planning.dates.working_days import OpenDays
from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.plan_treatment import plan_treatment
from mbc_desktop.planning.proposals.visit_alignment import AlignedDose, AlignedTherapy, align_visits
from mbc_desktop.planning.proposals.visit_moves import (
    Clock,
    MovedVisit,
    VisitKey,
    Writer,
    key_of,
    move_events,
    moved_to,
    person_moved,
)
from mbc_desktop.planning.replay.planned_visits import PlannedVisit, planned_visits
from mbc_desktop.planning.replay.visits import calendars
from mbc_desktop.planning.request import Absence, Event, Request
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
    from the real day, shorter than it is due; cytotoxics never come earlier; a day that a person chose stays. A course that would
    get a new objection (a loading dose again after a gap) keeps its days."""
    staying: frozenset[str] = frozenset()
    while True:
        found = _proposed(plan, library, site, by, staying)
        objected = frozenset() if found is None else _objected(plan, found, library, site)
        if not objected:
            return found
        if objected <= staying:
            return None
        staying |= objected


def _objected(plan: Plan, proposal: AlignmentProposal, library: Library, site: Site) -> frozenset[str]:
    """The courses about which the plan with the proposal says something that it did not say before, and that needs somebody."""
    request = replace(plan.request, events=(*plan.request.events, *proposal.events))
    said, now = (
        {(item.code, item.course, item.drug) for item in one.findings if item.severity in ("stop", "caution")}
        for one in (plan, plan_treatment(request, library, site))
    )
    return frozenset(course for _, course, _ in now - said)


def _proposed(plan: Plan, library: Library, site: Site, by: str, staying: frozenset[str]) -> AlignmentProposal | None:
    """The best way when the courses `staying` keep their days."""
    calendar = days_at_hospital(plan.request, site)
    coming = _coming(plan, library, calendar, staying)
    before = {visit.date for visit in coming.visits if visit.date} - coming.staying
    therapies = tuple(_therapy(visits, coming, plan, library) for visits in coming.by_clock.values())
    found = align_visits(therapies, calendar, coming=coming.staying) if len(before) > 1 else None
    if found is None or found.visits >= len(before):
        return None
    placed = [
        (visit, day)
        for visits, days in zip(coming.by_clock.values(), found.dates, strict=True)
        for visit, day in zip(visits, days, strict=True)
    ]
    # Also the visits that stay: where a clock counts from the real day they would move along.
    wanted = {key_of(visit): day for visit, day in placed}
    return AlignmentProposal(
        visits_before=len(before) + len(coming.staying),
        visits_after=found.visits + len(coming.staying),
        deviation_before=sum(abs((visit.date - visit.due).days) for visit in coming.visits if visit.date),
        deviation_after=found.deviation_days,
        moves=tuple(moved_to(visit, day) for visit, day in placed if visit.date != day),
        events=move_events(plan, wanted, Writer(by=by, reason="organisation"), library, site),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Coming:
    """The visits after today, by clock in the order of their due days, those among them that a person fixed, and the days on
    which the patient comes whatever is proposed."""

    by_clock: dict[Clock, list[PlannedVisit]]
    fixed: frozenset[VisitKey]
    staying: frozenset[date]

    @property
    def visits(self) -> list[PlannedVisit]:
        """All of them."""
        return [visit for visits in self.by_clock.values() for visit in visits]


def _coming(plan: Plan, library: Library, calendar: OpenDays, courses_staying: frozenset[str]) -> _Coming:
    by_clock: defaultdict[Clock, list[PlannedVisit]] = defaultdict(list)
    fixed: set[VisitKey] = set()
    staying: set[date] = set()
    # What a general practitioner or a home nurse gives needs no visit to the hospital.
    here = tuple(item for item in plan.administrations if item.place == "day_hospital")
    for visit in sorted(planned_visits(here, library), key=lambda item: item.due):
        if visit.date is None or visit.given or visit.date <= plan.request.today:
            continue
        kept = visit.course in courses_staying or person_moved(visit, plan.request)
        if kept or not calendar.is_open(visit.date):
            fixed.add(key_of(visit))
            staying.add(visit.date)
        if calendar.is_open(visit.date):
            by_clock[visit.clock].append(visit)
    return _Coming(by_clock=dict(by_clock), fixed=frozenset(fixed), staying=frozenset(staying))


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


def _therapy(visits: list[PlannedVisit], coming: _Coming, plan: Plan, library: Library) -> AlignedTherapy:
    """The visits of one clock as doses to align, none before tomorrow; one that a person fixed stays on its day, and keeps its
    distance to the others."""
    first = before = _last_visit_before(visits[0], plan, library)
    doses: list[AlignedDose] = []
    for visit in visits:
        dose = aligned_dose(visit, before)
        if visit.date and key_of(visit) in coming.fixed:
            dose = replace(dose, first=visit.date, last=visit.date)
        doses.append(replace(dose, first=max(dose.first, plan.request.today + timedelta(days=1))))
        before = visit
    last_given = next(getattr(course, "last_given", None) for course in plan.request.courses if course.id == visits[0].course)
    return AlignedTherapy(name="/".join(visits[0].clock), doses=tuple(doses), previous=first.date if first else last_given)


def _last_visit_before(visit: PlannedVisit, plan: Plan, library: Library) -> PlannedVisit | None:
    """The visit of the same clock that comes before this one; None for the first."""
    own = (item for item in plan.administrations if (item.course, item.part) == visit.clock)
    earlier = [item for item in planned_visits(own, library) if item.date and item.due < visit.due]
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
