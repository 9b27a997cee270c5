"""One clock of a regimen: on which day each cycle starts by the template, and on which day it is due after what happened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from mbc_desktop.core.interval import Interval, read_interval
from mbc_desktop.core.record import dataclass
from mbc_desktop.regimen.regimen import Part, Phase


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Cycles of one length counted from one anchor: cycle `cycle` starts on `anchor`."""

    anchor: date
    cycle: int
    every: Interval | None

    def start_of(self, cycle: int) -> date:
        """The first day of a cycle of this run, always counted from the anchor."""
        return self.anchor if self.every is None else self.every.after(self.anchor, cycle - self.cycle)


class Clock:
    """Walks through the cycles of one part. `phase` is the one that this cycle belongs to (None beyond the last), `nominal` the
    template's first day of this cycle, which never hears of events, `due` its first day after events."""

    def __init__(self, part: Part, *, start: date, first_cycle: int, chosen: Mapping[str, str]) -> None:
        self._part = part
        self._chosen = chosen
        self._override: Interval | None = None
        self.cycle = first_cycle
        self.phase = phase_of(part, first_cycle)
        every = self._length(self.phase) if self.phase else None
        self._nominal = self._due = Run(anchor=start, cycle=first_cycle, every=every)
        self.nominal = self.due = start

    def copy(self) -> Clock:
        """The same clock at the same cycle, that goes on by itself."""
        made = object.__new__(Clock)
        made.__dict__.update(self.__dict__)
        return made

    @property
    def every(self) -> Interval | None:
        """The interval now in force; None when nothing repeats."""
        return self._due.every

    def next_due(self) -> date | None:
        """The day the next cycle would start by the present interval; None when nothing repeats."""
        return None if self._due.every is None else self._due.start_of(self.cycle + 1)

    def advance(self) -> bool:
        """Goes to the next cycle; false when the part is over."""
        if self.phase is None or (self._due.every is None and self._override is None):
            return False
        self.cycle += 1
        self.nominal = self._nominal.start_of(self.cycle)
        self.due = self.nominal if self._due is self._nominal else self._due.start_of(self.cycle)
        self.phase = phase_of(self._part, self.cycle)
        return self.phase is not None

    def enter_phase(self) -> None:
        """Takes over the cycle length of the phase just entered, counted on from this cycle."""
        if self.phase is None or self._override is not None:
            return
        every = self._length(self.phase)
        if every != self._due.every:
            self._count_from_here(every)

    def delay(self, days: int) -> None:
        """Moves this and every later cycle by a number of days (negative = earlier); the template stays."""
        self.due += timedelta(days=days)
        self._due = Run(anchor=self.due, cycle=self.cycle, every=self._due.every)

    def change_interval(self, every: Interval) -> None:
        """From this cycle on, later cycles follow at this interval (de-escalation and back)."""
        self._override = every
        self._count_from_here(every)

    def _count_from_here(self, every: Interval | None) -> None:
        same = self._due is self._nominal
        self._nominal = Run(anchor=self.nominal, cycle=self.cycle, every=every)
        self._due = self._nominal if same else Run(anchor=self.due, cycle=self.cycle, every=every)

    def _length(self, phase: Phase) -> Interval | None:
        if isinstance(phase.every, str):
            return read_interval(self._chosen[phase.every])
        return phase.every


def phase_of(part: Part, cycle: int) -> Phase | None:
    """The phase that a cycle number (1 = first) of a part belongs to; None beyond the last phase."""
    passed = 0
    for phase in part.phases:
        if phase.cycles is None or cycle <= passed + phase.cycles:
            return phase
        passed += phase.cycles
    return None


def first_cycle_of(part: Part, phase_id: str) -> int | None:
    """The number of the first cycle of a phase; None when the part has no such phase."""
    passed = 0
    for phase in part.phases:
        if phase.id == phase_id:
            return passed + 1
        passed += phase.cycles or 0
    return None
