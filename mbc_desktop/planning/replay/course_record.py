"""What the replay of a course has written down so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from mbc_desktop.core.finding import Finding
from mbc_desktop.planning.plan import Administration, TakePeriod
from mbc_desktop.planning.replay.course_plan import CoursePlan, PlannedCycle
from mbc_desktop.planning.replay.occasion import Occasion
from mbc_desktop.planning.replay.visits import NOT_COMING
from mbc_desktop.regimen.regimen import Part, Phase


class OpenCycle:
    """A cycle while it is being planned: `due` is its day 1 after events; `visits` gives the real day of each visit by day of
    the cycle; `cancelled` = the patient does not come for its first visit."""

    def __init__(self, *, part: Part, phase: Phase, cycle: int, nominal: date, due: date) -> None:
        self.part = part
        self.phase = phase
        self.cycle = cycle
        self.nominal = nominal
        self.due = due
        self.visits: dict[int, date] = {}
        self.cancelled = False

    @property
    def visit(self) -> date | None:
        """The real day of the first visit."""
        return next(iter(self.visits.values()), None)

    def planned(self) -> PlannedCycle:
        """The cycle as the plan keeps it."""
        return PlannedCycle(
            part=self.part,
            phase=self.phase,
            cycle=self.cycle,
            nominal=self.nominal,
            due=self.due,
            visits=tuple(self.visits.items()),
        )


class CourseRecord:
    """Administrations, tablet periods, cycles, occasions and findings of one course, in the order in which they were planned."""

    def __init__(self, course: str, last_given: date | None) -> None:
        self._course = course
        self._last_given = last_given
        self._counts: Counter[str] = Counter()
        self._come: set[str] = set()
        self._recorded: set[str] = set()
        self._last: dict[str, date] = {}
        self._last_coming: dict[str, date] = {}
        self._administrations: list[Administration] = []
        self._intakes: list[TakePeriod] = []
        self._cycles: list[PlannedCycle] = []
        self._occasions: list[Occasion] = []
        self._findings: list[Finding] = []
        self._lengths: tuple[int, ...] = ()

    @property
    def occasions(self) -> list[Occasion]:
        """The occasions so far."""
        return self._occasions

    def mark(self) -> CourseRecord:
        """What it takes to come back to here: the counters, and how long the lists are."""
        kept = object.__new__(CourseRecord)
        kept.__dict__.update(self.__dict__)
        kept._counts, kept._come, kept._recorded = Counter(self._counts), set(self._come), set(self._recorded)
        kept._last, kept._last_coming = dict(self._last), dict(self._last_coming)
        kept._lengths = self._lengths_now()
        return kept

    def back_to(self, mark: CourseRecord) -> None:
        """Takes back everything since the mark; a rest that was made longer since then stays so."""
        self._counts, self._come, self._recorded = Counter(mark._counts), set(mark._come), set(mark._recorded)
        self._last, self._last_coming = dict(mark._last), dict(mark._last_coming)
        lists: tuple[list[object], ...] = (self._administrations, self._intakes, self._cycles, self._occasions, self._findings)  # type: ignore[assignment]
        for items, length in zip(lists, mark._lengths, strict=True):
            del items[length:]

    def _lengths_now(self) -> tuple[int, ...]:
        lists = (self._administrations, self._intakes, self._cycles, self._occasions, self._findings)
        return tuple(len(items) for items in lists)

    def plan(self) -> CoursePlan:
        """All of it, frozen."""
        return CoursePlan(
            administrations=tuple(self._administrations),
            intakes=tuple(self._intakes),
            cycles=tuple(self._cycles),
            occasions=tuple(self._occasions),
            findings=tuple(self._findings),
        )

    def count(self, drug: str) -> int:
        """How many times the drug has been planned in this course."""
        return self._counts[drug]

    def last(self, *drugs: str) -> date | None:
        """The latest real day of any of these drugs, or the day given before this course was taken over."""
        days = [self._last[drug] for drug in drugs if drug in self._last]
        return max(days) if days else self._last_given

    def last_coming(self, drug: str) -> date | None:
        """The latest real day on which the drug is really given: not omitted, ceased or held."""
        return self._last_coming.get(drug, self._last_given)

    def has_come(self, drug: str) -> bool:
        """Whether any administration of the drug is given or planned, with or without a day."""
        return drug in self._come

    def is_recorded(self, drug: str) -> bool:
        """Whether an earlier dose of the drug was recorded as given, so that a later one without a word is overdue."""
        return drug in self._recorded

    def number(self, drug: str) -> int:
        """The next number of a drug, now taken."""
        self._counts[drug] += 1
        return self._counts[drug]

    def meet(self, occasion: Occasion) -> None:
        """Keeps an occasion."""
        self._occasions.append(occasion)

    def add(self, made: Administration, found: tuple[Finding, ...], *, kept: bool) -> None:
        """Keeps an administration, what is said about it, and its day; of one beyond the plan (not `kept`) only the day."""
        if kept:
            self._administrations.append(made)
            self.note(found)
        if made.status not in NOT_COMING:
            self._come.add(made.drug)
        if made.status == "given":
            self._recorded.add(made.drug)
        if made.date is not None and made.role == "treatment":
            self._last[made.drug] = made.date
            if made.status not in NOT_COMING:
                self._last_coming[made.drug] = made.date

    def add_intakes(self, periods: list[TakePeriod]) -> None:
        """Keeps tablet periods."""
        self._intakes += periods

    def taken(self, drug: str) -> Iterator[TakePeriod]:
        """The tablet periods of a drug so far that were or will be taken: not omitted, ceased, held or withheld."""
        return (item for item in self._intakes if item.drug == drug and item.dose is not None)

    def extend_rest(self, drug: str, until: date) -> None:
        """The rest of a drug's last tablet period lasts until that day: the next period begins later than it was to."""
        for at in range(len(self._intakes) - 1, -1, -1):
            period = self._intakes[at]
            if period.drug == drug:
                begins = period.last + timedelta(days=1)
                if begins <= until and not period.open:
                    self._intakes[at] = replace(period, rest=(begins, until))
                return

    def close(self, cycle: OpenCycle) -> None:
        """Keeps a planned cycle."""
        self._cycles.append(cycle.planned())

    def note(self, found: tuple[Finding, ...]) -> None:
        """Keeps findings, as findings of this course."""
        if found:
            self._findings += [replace(item, course=self._course) for item in found]
