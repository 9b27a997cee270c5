"""Which of a course's events touch which of its administrations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from mbc_desktop.core.interval import Interval, read_interval
from mbc_desktop.planning.request import Event, EventKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """One administration or tablet period as events see it: which drug, its number in the course, its cycle, its due day."""

    drug: str
    number: int
    cycle: int
    due: date


class CourseEvents:
    """The events of one course, in the order in which they apply (by `on`, then file order), corrected ones left out."""

    def __init__(self, course: str, events: tuple[Event, ...]) -> None:
        voided = {event.event for event in events if event.kind == "correct"}
        mine = [event for event in events if event.course == course and event.id not in voided]
        self._events = tuple(sorted(mine, key=lambda event: event.on))

    def __bool__(self) -> bool:
        return bool(self._events)

    def about(self, occasion: Occasion, *kinds: EventKind) -> Iterator[Event]:
        """Events of these kinds that name this very occasion."""
        for event in self._events:
            if event.kind in kinds and _names(event, occasion):
                yield event

    def first_from(self, occasion: Occasion, kind: EventKind, used: set[str]) -> Iterator[Event]:
        """Events of a kind that name no occasion: they hit the first one due on or after the day they were entered, once."""
        for event in self._events:
            target = event.target
            unnamed = target.number is None and target.on is None and target.cycle is None
            fits = event.kind == kind and unnamed and target.drug in ("", occasion.drug) and occasion.due >= event.on
            if fits and event.id not in used:
                used.add(event.id)
                yield event

    def in_force(self, occasion: Occasion, kind: EventKind) -> Event | None:
        """The last event of a kind (dose_level, dose) that holds for this occasion: it names it, or it named an earlier
        one with a scope that reaches here."""
        found: Event | None = None
        for event in self._events:
            if event.kind == kind and event.target.drug in ("", occasion.drug) and _reaches(event, occasion):
                found = event
        return found

    def ceased_from(self, drug: str) -> date | None:
        """The first day on which a drug is no longer given: a cease or replace of it or of the whole course."""
        days = [
            event.day or event.on
            for event in self._events
            if event.kind in ("cease", "replace") and event.target.drug in ("", drug)
        ]
        return min(days, default=None)

    def held_on(self, drug: str, day: date) -> bool:
        """Whether a drug is on hold on that day: after a hold and before the resume that follows it."""
        held = False
        for event in self._events:
            if event.target.drug in ("", drug) and event.kind in ("hold", "resume") and (event.day or event.on) <= day:
                held = event.kind == "hold"
        return held

    def hold_periods(self, drug: str) -> tuple[tuple[date, date | None], ...]:
        """First day of each hold and the day of the resume that ends it (None = still on hold), in order of day."""
        marks = sorted(
            ((event.day or event.on, event.kind) for event in self._events
             if event.kind in ("hold", "resume") and event.target.drug in ("", drug)),
            key=lambda mark: mark[0],
        )  # fmt: skip
        periods: list[tuple[date, date | None]] = []
        for day, kind in marks:
            if kind == "hold" and (not periods or periods[-1][1] is not None):
                periods.append((day, None))
            elif kind == "resume" and periods and periods[-1][1] is None:
                periods[-1] = (periods[-1][0], day)
        return tuple(periods)

    def new_interval(self, drugs: tuple[str, ...], *, next_number: int, next_due: date) -> Interval | None:
        """The interval in force for the administration that comes next, when an event changed it."""
        found: Interval | None = None
        for event in self._events:
            if event.kind != "interval" or (event.target.drug and event.target.drug not in drugs):
                continue
            number = event.target.number
            if next_number >= number if number is not None else event.on < next_due:
                found = read_interval(event.every)
        return found

    def of_kind(self, kind: EventKind) -> tuple[Event, ...]:
        """All events of one kind."""
        return tuple(event for event in self._events if event.kind == kind)


def level_number(event: Event | None) -> int:
    """How many steps down the ladder a dose_level event says: "-1" and "1" are one step below the full dose."""
    return abs(int(event.level)) if event else 0


def omits(event: Event, occasion: Occasion, *, cycle_of: Mapping[int, int]) -> bool:
    """Whether an omit event that names an occasion reaches this one; `cycle_of` gives the cycles of the drug's earlier
    numbers."""
    target = event.target
    if target.drug not in ("", occasion.drug):
        return False
    if target.number is not None:
        if event.scope == "rest_of_treatment":
            return occasion.number >= target.number
        if event.scope == "rest_of_cycle" and occasion.number > target.number:
            return cycle_of.get(target.number) == occasion.cycle
        return occasion.number == target.number
    if target.on is not None:
        return occasion.due >= target.on if event.scope == "rest_of_treatment" else occasion.due == target.on
    return target.cycle is not None and target.cycle == occasion.cycle


def _names(event: Event, occasion: Occasion) -> bool:
    target = event.target
    if target.drug not in ("", occasion.drug):
        return False
    if target.number is not None:
        return target.number == occasion.number
    if target.on is not None:
        return target.on == occasion.due
    return target.cycle is not None and target.cycle == occasion.cycle


def _reaches(event: Event, occasion: Occasion) -> bool:
    target = event.target
    if _names(event, occasion):
        return True
    if event.scope == "rest_of_treatment":
        if target.number is not None:
            return occasion.number >= target.number
        if target.on is not None:
            return occasion.due >= target.on
        if target.cycle is not None:
            return occasion.cycle >= target.cycle
        return occasion.due >= event.on
    return False
