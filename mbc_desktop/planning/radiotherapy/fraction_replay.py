"""The fractions of one radiotherapy course as a replay of its pattern and what happened: given, moved, delayed, missed, held."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from mbc_desktop.core.quantity import Quantity
from mbc_desktop.core.record import dataclass
from mbc_desktop.planning.dates.working_days import SEARCH_DAYS, OpenDays
from mbc_desktop.planning.radiotherapy.fraction_dates import LostPatternDay, daily_fractions, spaced_fractions
from mbc_desktop.planning.replay.event_lookup import CourseEvents
from mbc_desktop.planning.request import Event

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """How fractions follow each other: one per open day, or spaced by calendar days on some weekdays with a weekly cap.
    `emergency`: the first one is given on the start itself, open or not."""

    spaced: bool
    emergency: bool = False
    min_gap_days: int = 1
    weekdays: frozenset[int] | None = None
    per_week: int | None = None
    holiday: LostPatternDay = "drop"

    def dates(self, *, start: date, count: int, open_days: OpenDays, before: tuple[date, ...] = ()) -> tuple[date, ...]:
        """The days of the next `count` fractions, none before `start`; `before` are the days of those placed already."""
        if not self.spaced:
            return daily_fractions(start=start, fractions=count, open_days=open_days, emergency=self.emergency and not before)
        return spaced_fractions(
            start=start,
            fractions=count,
            open_days=open_days,
            min_gap_days=self.min_gap_days,
            weekdays=self.weekdays,
            per_week=self.per_week,
            holiday=self.holiday,
            before=before,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedFraction:
    """One fraction: its number, its day, whether it was given, and the dose that was recorded (None = as prescribed)."""

    number: int
    date: date
    given: bool
    amount: Quantity | None = None


class FractionReplay:
    """Replays one course. Fractions keep the order of their numbers: one that is given late, moved or delayed takes the later
    ones along, for the next interval counts from the real day."""

    def __init__(self, *, start: date, count: int, pattern: Pattern, open_days: OpenDays) -> None:
        self._start = start
        self._count = count
        self._pattern = pattern
        self._open_days = open_days
        self._fixed: dict[int, date] = {}
        self._earliest: dict[int, date] = {}
        self._missed: set[date] = set()
        self._given: dict[int, Quantity | None] = {}

    def run(self, events: CourseEvents) -> tuple[PlacedFraction, ...]:
        """The fractions after these events; fewer than the course has when no day is found for the rest."""
        self._missed = _held_days(events)
        dates = self._place()
        for event in events.of_kind("given", "move", "delay", "omit"):
            number = self._number(event, dates)
            if number is not None:
                self._apply(event, number, dates)
                dates = self._place()
        return tuple(
            PlacedFraction(number=number, date=day, given=number in self._given, amount=self._given.get(number))
            for number, day in enumerate(dates, 1)
        )

    def _number(self, event: Event, dates: tuple[date, ...]) -> int | None:
        """The fraction an event names, else the one of the day it names, else the next one not given."""
        if event.target.fraction is not None:
            return event.target.fraction if event.target.fraction <= len(dates) else None
        wanted, exact = (event.on, False) if event.target.on is None else (event.target.on, True)
        for number, day in enumerate(dates, 1):
            if day == wanted or (not exact and day > wanted and number not in self._given):
                return number
        return None

    def _apply(self, event: Event, number: int, dates: tuple[date, ...]) -> None:
        planned = dates[number - 1]
        if event.kind == "given" and event.given_on is not None:
            self._fixed[number] = event.given_on
            self._given[number] = event.amount
        elif number in self._given:
            return
        elif event.kind == "move" and event.to is not None:
            self._fixed[number] = event.to
        elif event.kind == "delay" and event.days is not None:
            self._fixed.pop(number, None)
            self._earliest[number] = planned + timedelta(days=event.days)
        elif event.kind == "omit":
            self._fixed.pop(number, None)
            self._missed.add(planned)

    def _place(self) -> tuple[date, ...]:
        missed = frozenset(self._missed)
        open_days = replace(self._open_days, closed=self._open_days.closed | missed, extra=self._open_days.extra - missed)
        placed: list[date] = []
        start = self._start
        while len(placed) < self._count:
            number = len(placed) + 1
            if number in self._fixed:
                placed.append(self._fixed[number])
            else:
                start = max(start, self._earliest.get(number, start), placed[-1] + _ONE_DAY if placed else start)
                stretch = self._stretch(number, start, tuple(placed), open_days)
                if not stretch:
                    break
                placed += stretch
        return tuple(placed)

    def _stretch(self, number: int, start: date, before: tuple[date, ...], open_days: OpenDays) -> list[date]:
        """The fractions from `number` on, up to the next one that has a day of its own or may not come so early."""
        made: list[date] = []
        for day in self._pattern.dates(start=start, count=self._count - number + 1, open_days=open_days, before=before):
            at = number + len(made)
            if made and (at in self._fixed or day < self._earliest.get(at, day)):
                break
            made.append(day)
        return made


def _held_days(events: CourseEvents) -> set[date]:
    """The days on which the course stands still; a hold without an end leaves no day at all."""
    days: set[date] = set()
    for first, resumed in events.hold_periods(""):
        last = first + timedelta(days=2 * SEARCH_DAYS) if resumed is None else resumed - _ONE_DAY
        days |= {first + timedelta(days=number) for number in range((last - first).days + 1)}
    return days
