"""Entering what happened: what an event is about, which kinds can be about it, and how it joins the treatment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from mbc_desktop.core.record import dataclass
from mbc_desktop.planning.request import WHOLE_COURSE, Event, EventKind, Target
from mbc_desktop.ui.entry.draft import Draft

if TYPE_CHECKING:
    from mbc_desktop.planning.plan import Plan
    from mbc_desktop.regimen.library import Library

FIELDS: Mapping[EventKind, tuple[str, ...]] = MappingProxyType(
    {
        "given": ("given_on", "amount", "batch"),
        "delay": ("days",),
        "omit": (),
        "move": ("to",),
        "hold": ("day",),
        "resume": ("day",),
        "cease": ("day",),
        "dose_level": ("level",),
        "dose": ("amount",),
        "interval": ("every",),
        "replace": ("regimen", "day"),
        "progression": ("day",),
        "procedure": ("what", "day"),
        "correct": (),
    }
)
"""What a person fills in for each kind, beside reason and note."""

NEEDED = frozenset({"given_on", "days", "to", "day", "level", "every", "regimen", "what"})
WITHOUT_NUMBER: tuple[EventKind, ...] = ("hold", "resume", "cease", "replace", "progression", "procedure", "interval")
_ADMINISTRATION: tuple[EventKind, ...] = ("given", "move", "delay", "omit")
_DOSED: tuple[EventKind, ...] = ("dose_level", "dose")
_STOPPING: tuple[EventKind, ...] = ("hold", "resume", "cease")
_COURSE: tuple[EventKind, ...] = ("replace", "progression", "procedure")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What an event is about: an item of the plan, or a whole course. `planned` is the item's day, None for a course."""

    course: str
    target: Target = WHOLE_COURSE
    planned: date | None = None
    kinds: tuple[EventKind, ...] = ()
    unit: str = "mg"


def subject_of_item(plan: Plan, library: Library, item: str) -> Subject | None:
    """What an event about that item of the plan would name; None for a check, or where there is no such item."""
    for given in plan.administrations:
        if given.id == item:
            target = Target(drug=given.drug, number=given.number)
            kinds = (*_ADMINISTRATION, *_doses(library, given.drug), "interval", *_STOPPING, *_COURSE)
            day = given.date or given.due
            return Subject(course=given.course, target=target, planned=day, kinds=kinds, unit=_unit(library, given.drug))
    for period in plan.intakes:
        if period.id == item:
            target = Target(drug=period.drug, cycle=period.cycle)
            kinds = ("delay", "omit", *_doses(library, period.drug), *_STOPPING, *_COURSE)
            unit = _unit(library, period.drug)
            return Subject(course=period.course, target=target, planned=period.first, kinds=kinds, unit=unit)
    for fraction in plan.fractions:
        if fraction.id == item:
            target = Target(fraction=fraction.number)
            kinds = (*_ADMINISTRATION, *_STOPPING, "procedure")
            return Subject(course=fraction.course, target=target, planned=fraction.date, kinds=kinds, unit="Gy")
    return None


def subject_of_course(draft: Draft, course: str) -> Subject | None:
    """What an event about a whole course would name."""
    known = next((one for one in draft.courses if one.id == course and one.course() is not None), None)
    if known is None:
        return None
    kinds = (*_STOPPING, *_COURSE) if known.kind == "drug" else (*_STOPPING, "procedure")
    return Subject(course=course, kinds=kinds)


def subject_of_event(event: Event, draft: Draft) -> Subject:
    """What an event that was entered is about, for entering it anew."""
    course = next((one for one in draft.courses if one.id == event.course), None)
    radiotherapy = course is not None and course.kind == "radiotherapy"
    unit = event.amount.unit if event.amount else "Gy" if radiotherapy else "mg"
    return Subject(course=event.course, target=event.target, kinds=(event.kind,), unit=unit)


def target_for(subject: Subject, kind: EventKind) -> Target:
    """The target as an event of that kind names it: a hold is about a drug, never about one administration of it."""
    if kind == "interval":
        return Target(drug=subject.target.drug, number=subject.target.number, cycle=subject.target.cycle)
    return Target(drug=subject.target.drug) if kind in WITHOUT_NUMBER and kind not in _COURSE else _of_course(subject, kind)


def _of_course(subject: Subject, kind: EventKind) -> Target:
    return WHOLE_COURSE if kind in _COURSE else subject.target


def next_event_id(events: tuple[Event, ...], beside: str = "") -> str:
    """The first of e1, e2 ... that no event has (and that is not `beside`)."""
    taken = {event.id for event in events} | {beside}
    return next(name for name in (f"e{number}" for number in range(1, len(events) + 3)) if name not in taken)


def with_event(draft: Draft, event: Event) -> Draft:
    """The draft to which this event has been added."""
    return replace(draft, events=(*draft.events, event))


def without_event(draft: Draft, event: str) -> Draft:
    """The draft without an event that was not saved yet, and without what corrects it."""
    return replace(draft, events=tuple(one for one in draft.events if event not in (one.id, one.event)))


def corrected(draft: Draft, wrong: Event, *, on: date, by: str, right: Event | None = None) -> Draft:
    """The draft in which an event no longer counts; `right` takes its place, or nothing does."""
    ids = next_event_id(draft.events, right.id if right else "")
    correction = Event(
        id=ids, kind="correct", course=wrong.course, on=on, by=by, event=wrong.id, by_event=right.id if right else ""
    )  # fmt: skip
    return replace(draft, events=(*draft.events, *((right,) if right else ()), correction))


def _doses(library: Library, drug: str) -> Iterator[EventKind]:
    known = library.drugs.get(drug)
    yield from _DOSED if known is not None and known.levels is not None else ("dose",)


def _unit(library: Library, drug: str) -> str:
    known = library.drugs.get(drug)
    return next((form.unit for form in known.forms), "mg") if known else "mg"
