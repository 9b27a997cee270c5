"""Tablets that a patient has at home already: how many are left over, or lacking, when a plan changes in the middle of a
cycle."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal

from mbc_desktop.core.quantity import Quantity
from mbc_desktop.core.record import dataclass
from mbc_desktop.planning.plan import Plan, TakePeriod

Cycle = tuple[str, str, str, int]
"""Course, drug, part, number of the cycle."""
Piece = tuple[str, Decimal, str]
"""Form, strength, unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TabletCount:
    """Pieces of one strength of one cycle: `count` of them are left over, or lacking where `lacking`."""

    course: str
    drug: str
    cycle: int
    count: Decimal
    form: str
    strength: Quantity
    lacking: bool


def tablets_left(older: Plan, newer: Plan) -> tuple[TabletCount, ...]:
    """Of every cycle that has begun by the newer plan's today, what the older plan took more (left over) or less (lacking), by
    strength. Tablets without end are counted in no cycle; of later cycles nothing has been fetched yet."""
    begun = {cycle for cycle, first in _first_days(older).items() if first <= newer.request.today}
    had, needs = _pieces(older, begun), _pieces(newer, begun)
    made: list[TabletCount] = []
    for cycle, piece in sorted({*had, *needs}):
        count = had[cycle, piece] - needs[cycle, piece]
        if count:
            course, drug, _, number = cycle
            form, strength, unit = piece
            made.append(
                TabletCount(
                    course=course,
                    drug=drug,
                    cycle=number,
                    count=abs(count),
                    form=form,
                    strength=Quantity(strength, unit),
                    lacking=count < 0,
                )
            )
    return tuple(made)


def _first_days(plan: Plan) -> dict[Cycle, date]:
    first: dict[Cycle, date] = {}
    for period in plan.intakes:
        if not period.open:
            cycle = _cycle(period)
            first[cycle] = min(first.get(cycle, period.first), period.first)
    return first


def _pieces(plan: Plan, cycles: set[Cycle]) -> defaultdict[tuple[Cycle, Piece], Decimal]:
    counted: defaultdict[tuple[Cycle, Piece], Decimal] = defaultdict(Decimal)
    for period in plan.intakes:
        if period.dose is None or _cycle(period) not in cycles:
            continue
        days = -(-((period.last - period.first).days + 1) // period.dose.every_days)
        for item in period.dose.give:
            counted[_cycle(period), (item.form, item.strength, item.unit)] += item.count * period.dose.times * days
    return counted


def _cycle(period: TakePeriod) -> Cycle:
    return period.course, period.drug, period.part, period.cycle
