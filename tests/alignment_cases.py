"""Small random cases of visits to align, and the answer by trying everything: what the search is held against."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import pairwise, product

from mbc_desktop.planning.dates.working_days import OpenDays, open_days
from mbc_desktop.planning.proposals.visit_alignment import AlignedDose, AlignedTherapy

Dates = tuple[tuple[date, ...], ...]
Case = tuple[tuple[AlignedTherapy, ...], OpenDays, frozenset[date]]
FIRST = date(2026, 3, 30)
"""A Monday; Good Friday, Easter Monday and their closures lie in the fortnight after it."""


def random_case(chance: random.Random) -> Case:
    """One to four therapies of one to three doses around Easter, with closed days, days on which the patient comes anyway, least
    and greatest intervals and an earlier dose."""
    therapies = tuple(_therapy(chance) for _ in range(chance.randint(1, 4)))
    span = [FIRST + timedelta(days=number) for number in range(-5, 45)]
    closed = dict.fromkeys(chance.sample(span, chance.randint(0, 6)), "")
    coming = frozenset(chance.sample(span, chance.choice((0, 0, 2))))
    return therapies, open_days(closures=closed, extra=chance.sample(span, chance.choice((0, 2)))), coming


def _therapy(chance: random.Random) -> AlignedTherapy:
    every = chance.randint(3, 12)
    start = FIRST + timedelta(days=chance.randint(0, 9))
    low, high = -chance.randint(0, 3), chance.randint(0, 4)
    doses = tuple(
        AlignedDose(
            nominal=start + timedelta(days=every * number),
            first=start + timedelta(days=every * number + low),
            last=start + timedelta(days=every * number + high),
            min_gap=chance.randint(0, every),
            max_gap=chance.choice((None, None, every, every + 2)),
        )
        for number in range(chance.randint(1, 3))
    )
    previous = chance.choice((None, start - timedelta(days=chance.randint(1, every))))
    return AlignedTherapy(name="x", doses=doses, previous=previous)


def everything(
    therapies: tuple[AlignedTherapy, ...], calendar: OpenDays, coming: frozenset[date]
) -> tuple[int, int, Dates] | None:
    """The best of every combination of open days inside the windows: visits, deviation, dates."""
    ways = [[(way, _deviation(therapy, way)) for way in _ways(therapy, calendar)] for therapy in therapies]
    return min(
        (
            (len({day for days, _ in picked for day in days} - coming), sum(off for _, off in picked), tuple(days for days, _ in
            picked)) for picked in product(*ways)
        ),
        default=None,
    )  # fmt: skip


def _ways(therapy: AlignedTherapy, calendar: OpenDays) -> list[tuple[date, ...]]:
    spans = (range((dose.last - dose.first).days + 1) for dose in therapy.doses)
    days = [
        [day for step in span if calendar.is_open(day := dose.first + timedelta(days=step))]
        for span, dose in zip(spans, therapy.doses, strict=True)
    ]
    return [way for way in product(*days) if _keeps_intervals(therapy, way)]


def _keeps_intervals(therapy: AlignedTherapy, way: tuple[date, ...]) -> bool:
    given = [therapy.previous, *way]
    return all(
        before is None or max(dose.min_gap, 1) <= (after - before).days <= (dose.max_gap or 999)
        for (before, after), dose in zip(pairwise(given), therapy.doses, strict=True)
        if after is not None
    )


def _deviation(therapy: AlignedTherapy, way: tuple[date, ...]) -> int:
    return sum(abs((day - dose.nominal).days) for day, dose in zip(way, therapy.doses, strict=True))
