"""Bringing a patient's therapies together on as few days as possible: an exact search inside every dose's window.

The days are walked in order. What the least number of visits from any situation on would be, were there no intervals to keep, is
computed first; the search itself then follows the most promising situation (A*), so that it hardly ever looks at a second one.
Every cost is one whole number: visits, then days of deviation, then the dates themselves, so that the least is the best."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from heapq import heappop, heappush
from itertools import product

from mbc_desktop.core.record import dataclass
from mbc_desktop.planning.dates.working_days import OpenDays, later

_WIDEST_SUM_BITS = 24
"""Room for the days of deviation of all doses together, below the number of visits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignedDose:
    """One dose: its nominal day, the first and last day on which it may be given, and the least and greatest number of days after
    the dose before it (None = no limit). A first day that is the nominal one never moves it earlier, as cytotoxics ask."""

    nominal: date
    first: date
    last: date
    min_gap: int = 1
    max_gap: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignedTherapy:
    """One therapy to align: its doses in order, and the day of the dose before the first one (None = there was none)."""

    name: str
    doses: tuple[AlignedDose, ...]
    previous: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """The dates of every therapy in the given order, the number of distinct visit days and the total deviation from the
    nominal dates."""

    dates: tuple[tuple[date, ...], ...]
    visits: int
    deviation_days: int


def even_therapy(name: str, nominal: Sequence[date], *, window: tuple[int, int], min_gap: int) -> AlignedTherapy:
    """A therapy whose doses all have the same window (days before, days after) and the same least interval."""
    low, high = (timedelta(days=edge) for edge in window)
    doses = (AlignedDose(nominal=day, first=day + low, last=day + high, min_gap=min_gap) for day in nominal)
    return AlignedTherapy(name=name, doses=tuple(doses))


def align_visits(
    therapies: tuple[AlignedTherapy, ...], calendar: OpenDays, *, coming: frozenset[date] = frozenset()
) -> Alignment | None:
    """The best dates: fewest visit days, then the smallest sum of |date - nominal|, then the earliest dates in the given
    order.

    Every dose lies on an open day inside its window, at least `min_gap` days (never less than one) and at most `max_gap` days
    after the one before. On the days `coming` the patient comes anyway: they cost no visit. Exact. None when some dose has no
    such day."""
    search = _Search(therapies, calendar, coming)
    found = search.run()
    if found is None:
        return None
    dates = tuple(tuple(date.fromordinal(day) for day in days) for days in found)
    deviation = sum(
        abs((day - dose.nominal).days)
        for therapy, days in zip(therapies, dates, strict=True)
        for dose, day in zip(therapy.doses, days, strict=True)
    )
    used = {day for days in dates for day in days} - coming
    return Alignment(dates=dates, visits=len(used), deviation_days=deviation)


def separate_visits(therapies: tuple[AlignedTherapy, ...], calendar: OpenDays) -> int:
    """On how many days the patient would come if every dose moved to the next open day on its own."""
    return len({later(dose.nominal, calendar) for therapy in therapies for dose in therapy.doses})


_Counts = tuple[int, ...]
_Given = tuple[int, ...]
"""The positions of the therapies that are given on a day."""
_Bounds = tuple[tuple[int, int], ...]
"""For each therapy the first and last day its next dose may be given, after the one before it; (0, 0) when all are placed."""


class _Search:
    """One search. Days are ordinals; a situation is the day, how many doses of each therapy have been placed, and the days
    between which the next ones may fall."""

    def __init__(self, therapies: tuple[AlignedTherapy, ...], calendar: OpenDays, coming: frozenset[date]) -> None:
        self._doses = [
            [(dose.first.toordinal(), dose.last.toordinal(), max(dose.min_gap, 1), dose.max_gap) for dose in therapy.doses]
            for therapy in therapies
        ]
        self._previous = [therapy.previous.toordinal() if therapy.previous else None for therapy in therapies]
        inside = {day for doses in self._doses for first, last, _, _ in doses for day in range(first, last + 1)}
        self._days = [day for day in sorted(inside) if calendar.is_open(date.fromordinal(day))]
        self._coming = {day.toordinal() for day in coming}
        self._price = self._prices(therapies)
        self._ends = tuple(len(doses) for doses in self._doses)
        self._least: list[dict[_Counts, int]] = []

    def run(self) -> list[list[int]] | None:
        """The days of every therapy, or None."""
        self._least = self._least_from()
        start: _Counts = (0,) * len(self._doses)
        if self._least[0].get(start) is None:
            return None
        bounds = tuple(self._bounds(at, 0, previous) for at, previous in enumerate(self._previous))
        return self._follow(start, bounds)

    def _prices(self, therapies: tuple[AlignedTherapy, ...]) -> list[list[dict[int, int]]]:
        """What each dose costs on each of its days: deviation, and below it the day itself, earlier therapies and doses first."""
        width = max((last - first for doses in self._doses for first, last, _, _ in doses), default=0).bit_length()
        slot = width * sum(len(doses) for doses in self._doses)
        self._day_bits = slot
        self._visit = 1 << (slot + _WIDEST_SUM_BITS)
        prices: list[list[dict[int, int]]] = []
        for therapy, doses in zip(therapies, self._doses, strict=True):
            prices.append([])
            for dose, (first, last, _, _) in zip(therapy.doses, doses, strict=True):
                slot -= width
                nominal = dose.nominal.toordinal()
                prices[-1].append(
                    {day: (abs(day - nominal) << self._day_bits) + ((day - first) << slot) for day in range(first, last + 1)}
                )
        return prices

    def _bounds(self, at: int, count: int, previous: int | None) -> tuple[int, int]:
        if count == len(self._doses[at]):
            return 0, 0
        first, last, least, most = self._doses[at][count]
        if previous is not None:
            first = max(first, previous + least)
            last = last if most is None else min(last, previous + most)
        return first, last

    def _choices(self, day: int, closing: int, counts: _Counts, bounds: _Bounds | None) -> Iterator[tuple[_Given, int]]:
        """What may be given on a day, each with its cost: whatever has no other open day before `closing` must be."""
        options: list[tuple[tuple[int, ...], ...]] = []
        for at, count in enumerate(counts):
            if count == self._ends[at]:
                continue
            first, last = self._doses[at][count][:2] if bounds is None else bounds[at]
            if first <= day <= last:
                options.append(((at,),) if last < closing else ((), (at,)))
            elif last < closing:
                return
        visit = 0 if day in self._coming else self._visit
        for picked in product(*options):
            given = tuple(at for one in picked for at in one)
            cost = sum([self._price[at][counts[at]][day] for at in given])
            yield given, cost + visit if given else cost

    def _least_from(self) -> list[dict[_Counts, int]]:
        """By day and number of doses placed, the least that the rest can cost when no interval has to be kept; a situation that
        cannot end well is left out."""
        reached: list[dict[_Counts, list[tuple[_Counts, int]]]] = []
        now: set[_Counts] = {(0,) * len(self._doses)}
        for at, day in enumerate(self._days):
            steps: dict[_Counts, list[tuple[_Counts, int]]] = {}
            for counts in now:
                steps[counts] = [
                    (_with(counts, given), cost) for given, cost in self._choices(day, self._closing(at), counts, None)
                ]
            reached.append(steps)
            now = {counts for follows in steps.values() for counts, _ in follows}
        least: list[dict[_Counts, int]] = [{self._ends: 0}]
        for steps in reversed(reached):
            after = least[-1]
            here = {
                counts: min((cost + after[then] for then, cost in follows if then in after), default=-1)
                for counts, follows in steps.items()
            }
            least.append({counts: cost for counts, cost in here.items() if cost >= 0})
        return least[::-1]

    def _closing(self, at: int) -> int:
        """The next day on which anything can be given."""
        return self._days[at + 1] if at + 1 < len(self._days) else 1 << 30

    def _follow(self, start: _Counts, bounds: _Bounds) -> list[list[int]] | None:
        """The most promising situation first; the first one that is complete is the best of all."""
        heap: list[tuple[int, int, int]] = [(self._least[0][start], 0, 0)]
        nodes: list[tuple[_Counts, _Bounds, int, int, _Given, int]] = [(start, bounds, 0, -1, (), 0)]
        best: dict[tuple[int, _Counts, _Bounds], int] = {}
        while heap:
            _, at, node = heappop(heap)
            counts, bounds, spent, _, _, _ = nodes[node]
            if at == len(self._days):
                return self._way(nodes, node)
            if best.get((at, counts, bounds), spent) < spent:
                continue
            day, least = self._days[at], self._least[at + 1]
            for given, cost in self._choices(day, self._closing(at), counts, bounds):
                then = _with(counts, given) if given else counts
                rest = least.get(then)
                if rest is None:
                    continue
                after = self._after(bounds, then, given, day) if given else bounds
                total, key = spent + cost, (at + 1, then, after)
                if key not in best or total < best[key]:
                    best[key] = total
                    nodes.append((then, after, total, node, given, day))
                    heappush(heap, (total + rest, at + 1, len(nodes) - 1))
        return None

    def _after(self, bounds: _Bounds, counts: _Counts, given: _Given, day: int) -> _Bounds:
        made = list(bounds)
        for at in given:
            made[at] = self._bounds(at, counts[at], day)
        return tuple(made)

    def _way(self, nodes: list[tuple[_Counts, _Bounds, int, int, _Given, int]], node: int) -> list[list[int]]:
        days: list[list[int]] = [[] for _ in self._doses]
        while node >= 0:
            _, _, _, before, given, day = nodes[node]
            for at in given:
                days[at].append(day)
            node = before
        return [list(reversed(each)) for each in days]


def _with(counts: _Counts, given: _Given) -> _Counts:
    made = list(counts)
    for at in given:
        made[at] += 1
    return tuple(made)
