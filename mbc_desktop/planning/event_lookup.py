"""Which of a course's events touch which of its administrations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from mbc_desktop.core.interval import Interval, read_interval
from mbc_desktop.dosing.dose_work import FULL_DOSE, DoseLevel
from mbc_desktop.planning.occasion import Occasion
from mbc_desktop.planning.request import Event, EventKind

if TYPE_CHECKING:
    from mbc_desktop.planning.procedures import DrugPause

ENDING: tuple[EventKind, ...] = ("cease", "replace", "progression")
"""What ends a drug or a course from a day on."""


def events_of(course: str, events: tuple[Event, ...]) -> tuple[Event, ...]:
    """The events of one course in the order in which they apply (by `on`, then file order), corrected ones left out. A
    correction that was itself corrected no longer counts."""
    return tuple(event for event in uncorrected(events) if event.course == course)


def uncorrected(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """The events of all courses in the order in which they apply, corrected ones left out."""
    ordered = sorted(events, key=lambda event: event.on)
    void: set[str] = set()
    for event in reversed(ordered):
        if event.kind == "correct" and event.id not in void:
            void.add(event.event)
    return tuple(event for event in ordered if event.id not in void)


class CourseEvents:
    """The events of one course, as `events_of` gives them and `event_targets` has given them their numbers."""

    def __init__(
        self, events: tuple[Event, ...], *, ends_with: Mapping[str, str] | None = None, pauses: tuple[DrugPause, ...] = ()
    ) -> None:
        """`ends_with` names, for a drug that is never given beyond another one, that other drug; `pauses` are those for
        procedures."""
        self._events = events
        self._ends_with = ends_with or {}
        self._pauses = pauses
        self._cycles: dict[tuple[str, int], int] = {}

    def __bool__(self) -> bool:
        return bool(self._events or self._pauses)

    def meet(self, occasion: Occasion) -> None:
        """Remembers in which cycle an occasion lies, so that "the rest of the cycle" can be known."""
        self._cycles[occasion.drug, occasion.number] = occasion.cycle

    def about(self, occasion: Occasion, *kinds: EventKind) -> Iterator[Event]:
        """Events of these kinds that name this very occasion, or its whole cycle."""
        for event in self._events:
            if event.kind in kinds and _names(event, occasion):
                yield event

    def reaching(self, occasion: Occasion, *kinds: EventKind) -> Iterator[Event]:
        """Events of these kinds that name this occasion, or an earlier one with a scope that reaches here."""
        for event in self._events:
            if event.kind in kinds and (_names(event, occasion) or self._reaches(event, occasion)):
                yield event

    def in_force(self, occasion: Occasion, kind: EventKind, on: date) -> Event | None:
        """The last event of a kind (dose_level, dose) that holds for this occasion on a day of it."""
        found: Event | None = None
        for event in self.reaching(occasion, kind) if self._events else ():
            if event.day is None or event.day <= on:
                found = event
        return found

    def change_days(self, occasion: Occasion) -> tuple[date, ...]:
        """The days inside a tablet period on which another dose begins."""
        days = {event.day for event in self.reaching(occasion, "dose", "dose_level") if event.day is not None}
        return tuple(sorted(day for day in days if occasion.due < day <= occasion.last))

    def ceased_from(self, drug: str) -> date | None:
        """The first day on which a drug is no longer given: a cease, replace or progression of it, of the drug it ends with, or
        of the whole course."""
        if not self._events:
            return None
        drugs = ("", drug, self._ends_with.get(drug, drug))
        days = [event.day or event.on for event in self._events if event.kind in ENDING and event.target.drug in drugs]
        return min(days, default=None)

    def held_on(self, drug: str, day: date) -> bool:
        """Whether a drug is on hold on that day: after a hold and before the resume that follows it, or around a procedure."""
        if not self:
            return False
        return any(first <= day and (last is None or day < last) for first, last in self.hold_periods(drug))

    def hold_periods(self, drug: str) -> tuple[tuple[date, date | None], ...]:
        """First day of each hold and the day of the resume that ends it (None = still on hold), in order of day."""
        own = [pause for pause in self._pauses if pause.drug == drug]
        marks = [
            (event.day or event.on, event.kind)
            for event in self._events
            if event.kind in ("hold", "resume") and event.target.drug in ("", drug)
        ]
        # A wound that has to heal holds the drug like a person does: until a resume.
        marks += [(pause.first, "hold") for pause in own if pause.resumes is None]
        marks.sort(key=lambda mark: mark[0])
        periods: list[tuple[date, date | None]] = []
        for day, kind in marks:
            if kind == "hold" and (not periods or periods[-1][1] is not None):
                periods.append((day, None))
            elif kind == "resume" and periods and periods[-1][1] is None:
                periods[-1] = (periods[-1][0], day)
        periods += [(pause.first, pause.resumes) for pause in own if pause.resumes is not None]
        return tuple(sorted(periods, key=lambda period: period[0]))

    def new_interval(self, drugs: tuple[str, ...], *, next_number: int, next_cycle: int) -> Interval | None:
        """The interval in force for the administration that comes next, when an event changed it."""
        found: Interval | None = None
        for event in self._events:
            target = event.target
            if event.kind != "interval" or (target.drug and target.drug not in drugs):
                continue
            if (target.number is not None and next_number >= target.number) or (
                target.cycle is not None and next_cycle >= target.cycle
            ):
                found = read_interval(event.every)
        return found

    def of_kind(self, *kinds: EventKind) -> tuple[Event, ...]:
        """All events of these kinds."""
        return tuple(event for event in self._events if event.kind in kinds)

    def _reaches(self, event: Event, occasion: Occasion) -> bool:
        target = event.target
        if target.drug not in ("", occasion.drug) or event.scope == "this":
            return False
        if event.scope == "rest_of_treatment":
            return (target.number is not None and occasion.number >= target.number) or (
                target.cycle is not None and occasion.cycle >= target.cycle
            )
        return (
            target.number is not None
            and occasion.number > target.number
            and self._cycles.get((target.drug, target.number)) == occasion.cycle
        )


def level_of(event: Event | None) -> DoseLevel:
    """What a dose_level event says: "-1" and "1" are one step below the full dose, "75 %" is that part of the standard dose."""
    if event is None:
        return FULL_DOSE
    if event.level.endswith("%"):
        return DoseLevel(percent=Decimal(event.level.rstrip(" %")))
    return DoseLevel(steps=abs(int(event.level)))


def _names(event: Event, occasion: Occasion) -> bool:
    target = event.target
    if target.drug not in ("", occasion.drug):
        return False
    if target.number is not None:
        return target.number == occasion.number
    return target.cycle is not None and target.cycle == occasion.cycle
