"""Bringing a patient's therapies together on as few days as possible: an exact search inside every dose's window, offered
as a proposal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from mbc_desktop.planning.working_days import OpenDays, later

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignedTherapy:
    """One therapy to align: its nominal dates in order, the window (days before, days after) of each, and the least
    number of days between two of its doses. A window that starts at 0 never moves a dose earlier, as cytotoxics ask."""

    name: str
    nominal: tuple[date, ...]
    window: tuple[int, int]
    min_gap: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """The dates of every therapy in the given order, the number of distinct visit days and the total deviation from the
    nominal dates."""

    dates: tuple[tuple[date, ...], ...]
    visits: int
    deviation_days: int


# What is still open: for each therapy the doses already placed and the first day its next dose may be given (None when all
# are placed).
_State = tuple[tuple[int, date | None], ...]
# What it cost to get there, in the order in which solutions are compared: visits, deviation, dates of each therapy.
_Cost = tuple[int, int, tuple[tuple[date, ...], ...]]


def align_visits(therapies: tuple[AlignedTherapy, ...], calendar: OpenDays) -> Alignment | None:
    """The best dates: fewest visit days, then the smallest sum of |date - nominal|, then the earliest dates in the given
    order.

    Every dose lies on an open day inside its window and at least `min_gap` days (never less than one) after the one
    before. Exact: the days are walked once and of all ways to reach the same situation only the best is kept. None when
    some dose has no such day."""
    days = [day + timedelta(days=edge) for therapy in therapies for day in therapy.nominal for edge in therapy.window]
    start: _State = tuple((0, _first_day(therapy, 0, None)) for therapy in therapies)
    best: dict[_State, _Cost] = {start: (0, 0, tuple(() for _ in therapies))}
    day = min(days, default=date.min)
    while day <= max(days, default=date.min):
        if calendar.is_open(day):
            best = _after_day(day, best, therapies)
        day += _ONE_DAY
        best = {state: cost for state, cost in best.items() if not _too_late(day, state, therapies)}
    done = [cost for state, cost in best.items() if all(first is None for _, first in state)]
    if not done:
        return None
    visits, deviation, dates = min(done)
    return Alignment(dates=dates, visits=visits, deviation_days=deviation)


def separate_visits(therapies: tuple[AlignedTherapy, ...], calendar: OpenDays) -> int:
    """On how many days the patient would come if every dose moved to the next open day on its own."""
    return len({later(day, calendar) for therapy in therapies for day in therapy.nominal})


def _first_day(therapy: AlignedTherapy, placed: int, last: date | None) -> date | None:
    if placed == len(therapy.nominal):
        return None
    opens = therapy.nominal[placed] + timedelta(days=therapy.window[0])
    return opens if last is None else max(opens, last + timedelta(days=max(therapy.min_gap, 1)))


def _after_day(day: date, best: dict[_State, _Cost], therapies: tuple[AlignedTherapy, ...]) -> dict[_State, _Cost]:
    """Every situation at the end of `day`, whichever therapies are given on it, each with its least cost."""
    found: dict[_State, _Cost] = {}
    for state, cost in best.items():
        for given in _choices(day, state):
            reached, price = _give(day, state, cost, given, therapies)
            if reached not in found or price < found[reached]:
                found[reached] = price
    return found


def _choices(day: date, state: _State) -> Iterator[tuple[bool, ...]]:
    """Which therapies are given on `day`: every combination of those that may be."""
    return product(*((False, True) if first is not None and first <= day else (False,) for _, first in state))


def _give(
    day: date, state: _State, cost: _Cost, given: tuple[bool, ...], therapies: tuple[AlignedTherapy, ...]
) -> tuple[_State, _Cost]:
    visits, deviation, dates = cost
    reached: list[tuple[int, date | None]] = []
    placed_dates: list[tuple[date, ...]] = []
    for therapy, now, (placed, first), earlier_dates in zip(therapies, given, state, dates, strict=True):
        if now:
            deviation += abs((day - therapy.nominal[placed]).days)
            reached.append((placed + 1, _first_day(therapy, placed + 1, day)))
            placed_dates.append((*earlier_dates, day))
        else:
            reached.append((placed, first))
            placed_dates.append(earlier_dates)
    return tuple(reached), (visits + any(given), deviation, tuple(placed_dates))


def _too_late(day: date, state: _State, therapies: tuple[AlignedTherapy, ...]) -> bool:
    """Whether some window has closed before its dose was placed."""
    return any(
        first is not None and max(first, day) > therapy.nominal[placed] + timedelta(days=therapy.window[1])
        for therapy, (placed, first) in zip(therapies, state, strict=True)
    )
