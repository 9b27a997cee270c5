"""Which of a course's events touch which of its administrations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import TYPE_CHECKING, Literal

from mbc_desktop.core.interval import Interval, read_interval
from mbc_desktop.dosing.dose_work import FULL_DOSE, DoseLevel
from mbc_desktop.planning.replay.occasion import Occasion
from mbc_desktop.planning.request import Event, EventKind

if TYPE_CHECKING:
    from mbc_desktop.planning.replay.procedures import DrugPause

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


_Placed = tuple[int, Event]
_PLACE = itemgetter(0)


class CourseEvents:
    """The events of one course, as `events_of` gives them and `event_targets` has given them their numbers."""

    def __init__(
        self, events: tuple[Event, ...], *, ends_with: Mapping[str, str] | None = None, pauses: tuple[DrugPause, ...] = ()
    ) -> None:
        """`ends_with` names, for a drug that is never given beyond another one, that other drug; `pauses` are those for
        procedures."""
        self._ends_with = ends_with or {}
        self._pauses = pauses
        self._cycles: dict[tuple[str, int], int] = {}
        # Most events are about one occasion and are found by its name; `_wide` are the others. All with their place in the order.
        self._single: defaultdict[tuple[str, int], list[_Placed]] = defaultdict(list)
        self._wide: list[_Placed] = []
        self._kinds: defaultdict[EventKind, list[_Placed]] = defaultdict(list)
        self._count = 0
        self.add(events)

    def __bool__(self) -> bool:
        return bool(self._count or self._pauses)

    def add(self, events: Iterable[Event]) -> None:
        """Events that apply after all others."""
        for event in events:
            placed, target = (self._count, event), event.target
            alone = target.number is not None and target.drug and event.scope == "this"
            (self._single[target.drug, target.number or 0] if alone else self._wide).append(placed)
            self._kinds[event.kind].append(placed)
            self._count += 1

    def _candidates(self, occasion: Occasion) -> list[_Placed]:
        """The events that can be about an occasion, in their order."""
        single = self._single.get((occasion.drug, occasion.number), [])
        return sorted([*single, *self._wide], key=_PLACE) if single and self._wide else single or self._wide

    def meet(self, occasion: Occasion) -> None:
        """Remembers in which cycle an occasion lies, so that "the rest of the cycle" can be known."""
        self._cycles[occasion.drug, occasion.number] = occasion.cycle

    def about(self, occasion: Occasion, *kinds: EventKind) -> list[Event]:
        """Events of these kinds that name this very occasion, or its whole cycle."""
        return [event for _, event in self._candidates(occasion) if event.kind in kinds and _names(event, occasion)]

    def reaching(self, occasion: Occasion, *kinds: EventKind) -> list[Event]:
        """Events of these kinds that name this occasion, or an earlier one with a scope that reaches here."""
        return [
            event
            for _, event in self._candidates(occasion)
            if event.kind in kinds and (_names(event, occasion) or self._reaches(event, occasion))
        ]

    def in_force(self, occasion: Occasion, kind: EventKind, on: date) -> Event | None:
        """The last event of a kind (dose_level, dose) that holds for this occasion on a day of it."""
        found: Event | None = None
        for event in self.reaching(occasion, kind) if self._kinds.get(kind) else ():
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
        ending = self.of_kind(*ENDING) if self._count else ()
        if not ending:
            return None
        drugs = ("", drug, self._ends_with.get(drug, drug))
        days = [event.day or event.on for event in ending if event.target.drug in drugs]
        return min(days, default=None)

    def fate_of(self, occasion: Occasion, day: date) -> Literal["ceased", "omitted", "held"] | None:
        """Why an occasion that was not given is not given on its real day either; None when it is."""
        ceased = self.ceased_from(occasion.drug)
        if ceased is not None and occasion.due >= ceased:
            return "ceased"
        if self.reaching(occasion, "omit"):
            return "omitted"
        return "held" if self.held_on(occasion.drug, day) else None

    def held_on(self, drug: str, day: date) -> bool:
        """Whether a drug is on hold on that day: after a hold and before the resume that follows it, or around a procedure."""
        return any(first <= day and (last is None or day < last) for first, last in self.hold_periods(drug))

    def hold_periods(self, drug: str) -> tuple[tuple[date, date | None], ...]:
        """First day of each hold and the day of the resume that ends it (None = still on hold), in order of day."""
        own = [pause for pause in self._pauses if pause.drug == drug]
        if not own and "hold" not in self._kinds:
            return ()
        marks = [
            (event.day or event.on, event.kind) for event in self.of_kind("hold", "resume") if event.target.drug in ("", drug)
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
        for event in self.of_kind("interval"):
            target = event.target
            if target.drug and target.drug not in drugs:
                continue
            if (target.number is not None and next_number >= target.number) or (
                target.cycle is not None and next_cycle >= target.cycle
            ):
                found = read_interval(event.every)
        return found

    def of_kind(self, *kinds: EventKind) -> tuple[Event, ...]:
        """All events of these kinds, in their order."""
        found = [placed for kind in kinds for placed in self._kinds.get(kind, ())]
        return tuple(event for _, event in (sorted(found, key=_PLACE) if len(kinds) > 1 else found))

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
