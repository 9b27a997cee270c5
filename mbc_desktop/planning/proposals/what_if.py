"""What an event would do before it counts: the plan with it, held against the plan without it. Nothing is changed by asking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from mbc_desktop.core.finding import Finding
from mbc_desktop.core.record import dataclass
from mbc_desktop.planning.beside.tablets_left import TabletCount, tablets_left
from mbc_desktop.planning.comparison.plan_difference import Change, ChangeKind, plan_difference
from mbc_desktop.planning.dates.working_days import OpenDays, later
from mbc_desktop.planning.files.event_checks import check_events
from mbc_desktop.planning.plan import Administration, Plan
from mbc_desktop.planning.plan_treatment import plan_treatment
from mbc_desktop.planning.replay.visits import NOT_COMING, calendars
from mbc_desktop.planning.request import Absence, Event, Request
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import NO_SITE, Site

INTERVALS = frozenset({"interval-short", "interval-long", "fraction-gap-short", "fraction-gap-long", "fraction-gap-too-long"})
RELOADS = frozenset({"reload-after-gap", "reload-rules-differ", "loading-not-given-yet"})

_ARRIVALS: frozenset[ChangeKind] = frozenset({"added", "omitted", "held", "ceased"})


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftWindow:
    """A dose that no longer lies inside the window of the plan as it is: `window` is its first and last day, `day` the day it
    would have (None: no open day). Later doses that only move along are not named."""

    course: str
    drug: str
    number: int
    window: tuple[date, date]
    day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NextOpenDay:
    """A dose that would fall on a closed day, or on one on which the patient is away, or has no day at all: the day that was
    wanted and the next one on which the day hospital is open and the patient can come (None: not within a year)."""

    course: str
    drug: str
    number: int
    wanted: date
    open: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """What `events` would do. `changes` are every date and dose that differs; of the findings only those that the events bring:
    `intervals`, `reloads`, `objections` (all others), and `solved`, those that go away."""

    events: tuple[Event, ...]
    before: Plan
    after: Plan
    changes: tuple[Change, ...]
    windows: tuple[LeftWindow, ...]
    intervals: tuple[Finding, ...]
    reloads: tuple[Finding, ...]
    objections: tuple[Finding, ...]
    solved: tuple[Finding, ...]
    tablets: tuple[TabletCount, ...]
    open_days: tuple[NextOpenDay, ...]

    @property
    def request(self) -> Request:
        """The request with the events in it: applying them is taking this one over, undoing them is keeping the old one."""
        return self.after.request


def what_if(
    request: Request, events: tuple[Event, ...], library: Library, site: Site = NO_SITE, *, before: Plan | None = None
) -> WhatIf:
    """What these further events would do to the plan of the request. `before` is that plan, where it is at hand already.

    Raises TreatmentError when one of the events cannot be; its place is that of the event in the file with them."""
    wanted = replace(request, events=(*request.events, *events))
    check_events(wanted, library)
    old = before or plan_treatment(request, library, site)
    new = plan_treatment(wanted, library, site)
    known, now = set(old.findings), set(new.findings)
    brought = [item for item in new.findings if item not in known]
    said = INTERVALS | RELOADS
    return WhatIf(
        events=events,
        before=old,
        after=new,
        changes=_changes(old, new, library, site),
        windows=tuple(_windows(old, new, _spaced_anew(events))),
        intervals=tuple(item for item in brought if item.code in INTERVALS),
        reloads=tuple(item for item in brought if item.code in RELOADS),
        objections=tuple(item for item in brought if item.code not in said),
        solved=tuple(item for item in old.findings if item not in now),
        tablets=tablets_left(old, new),
        open_days=tuple(_open_days(old, new, calendars(request, site)["day_hospital"], request.absences)),
    )


def _changes(old: Plan, new: Plan, library: Library, site: Site) -> tuple[Change, ...]:
    """The difference, in which what only moves behind the horizon is moved, not gone."""
    found = plan_difference(old, new)
    if not any(change.kind == "removed" for change in found):
        return found
    horizon = new.request.horizon
    longer = plan_treatment(replace(new.request, horizon=horizon + timedelta(days=_furthest(old, new))), library, site)
    return tuple(
        change
        for change in plan_difference(old, longer)
        if not (change.on > horizon and change.kind in _ARRIVALS) and not _only_longer(change)
    )


def _furthest(old: Plan, new: Plan) -> int:
    """By how many days anything was put later, and a week for closed days."""
    due = {item.id: item.due for item in old.administrations}
    first = {(item.course, item.drug, item.cycle): item.first for item in old.intakes}
    moved = [(item.due - due[item.id]).days for item in new.administrations if item.id in due]
    moved += [(item.first - first[key]).days for item in new.intakes if (key := (item.course, item.drug, item.cycle)) in first]
    return max([0, *moved]) + 7


def _only_longer(change: Change) -> bool:
    """A period without an end reaches the horizon, wherever that lies."""
    before, after = change.before, change.after
    return (
        change.kind == "tablets_moved"
        and getattr(before, "open", False)
        and getattr(after, "open", False)
        and getattr(before, "first", None) == getattr(after, "first", None)
    )


def _spaced_anew(events: tuple[Event, ...]) -> frozenset[tuple[str, str]]:
    """The drugs (course, drug) that get another interval: what was chosen cannot be outside the window of what it replaces."""
    return frozenset((event.course, event.target.drug) for event in events if event.kind == "interval")


def _windows(old: Plan, new: Plan, spaced_anew: frozenset[tuple[str, str]]) -> Iterator[LeftWindow]:
    """Doses outside their old window whose distance to the dose before them changed; those of a drug with another interval are
    judged by their own window."""
    before = {item.id: item for item in old.administrations}
    moved: Counter[tuple[str, str]] = Counter()
    for item in sorted(_coming(new), key=lambda item: item.number):
        was = before.get(item.id)
        if was is None:
            continue
        key, days = (item.course, item.drug), (item.due - was.due).days
        alone = days != moved[key] or item.date is None or not _inside(item.date, item.window)
        stays = item.date is not None and (
            item.date == was.date or _inside(item.date, was.window) or (key in spaced_anew and _inside(item.date, item.window))
        )
        if alone and not stays:
            yield LeftWindow(course=item.course, drug=item.drug, number=item.number, window=was.window, day=item.date)
        moved[key] = days


def _inside(day: date, window: tuple[date, date]) -> bool:
    return window[0] <= day <= window[1]


def _coming(plan: Plan) -> Iterator[Administration]:
    return (item for item in plan.administrations if item.role == "treatment" and item.status not in NOT_COMING)


def _open_days(old: Plan, new: Plan, hospital: OpenDays, absences: tuple[Absence, ...]) -> Iterator[NextOpenDay]:
    before = {item.id: item.date for item in old.administrations}
    for item in _coming(new):
        if item.status == "given" or (item.id in before and before[item.id] == item.date):
            continue
        if item.date is None or not hospital.is_open(item.date) or _away_until(item.date, absences):
            wanted = item.date or item.due
            found = _next_open(wanted, hospital, absences)
            yield NextOpenDay(course=item.course, drug=item.drug, number=item.number, wanted=wanted, open=found)


def _next_open(day: date, hospital: OpenDays, absences: tuple[Absence, ...]) -> date | None:
    found = later(day, hospital)
    while found is not None and (until := _away_until(found, absences)) is not None:
        found = later(until + timedelta(days=1), hospital)
    return found


def _away_until(day: date, absences: tuple[Absence, ...]) -> date | None:
    return max((absence.last for absence in absences if absence.first <= day <= absence.last), default=None)
