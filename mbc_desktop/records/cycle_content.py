"""What a second person signs for: the drugs, doses, routes and first day of one cycle. And what of it was touched since.

A change of drug, dose, route or day 1 voids a signature. That something was given, a blood sample's time or a note voids
nothing: a dose that was given is a fact, not an order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from mbc_desktop.core.decimals import decimal_text
from mbc_desktop.planning.intrathecal import IntrathecalDay
from mbc_desktop.planning.plan import Administration, Dose, Fraction, Plan, TakePeriod

Standing = Literal["coming", "given", "stopped"]
Touch = Literal["drug", "dose", "route", "day_1"]

_STOPPED = ("omitted", "ceased", "held")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One order line of a cycle. `key` is what it stays known by; `amount` is "" while the dose is withheld; `first` is the day
    the cycle begins, on the lines that begin it."""

    key: str
    drug: str
    route: str
    amount: str
    first: str
    standing: Standing

    def plain(self) -> dict[str, str]:
        """The line as data."""
        return {name: getattr(self, name) for name in self.__slots__}


def line_of(plain: dict[str, str]) -> Line:
    """A line from its data."""
    standing: Standing = "given" if plain["standing"] == "given" else "stopped" if plain["standing"] == "stopped" else "coming"
    return Line(
        key=plain["key"],
        drug=plain["drug"],
        route=plain["route"],
        amount=plain["amount"],
        first=plain["first"],
        standing=standing,
    )


def cycle_lines(plan: Plan, course: str, cycle: int) -> tuple[Line, ...]:
    """The lines of one cycle of a course, by key; radiotherapy is all of cycle 1, and so is an order for the
    spinal fluid. Empty when the plan has no such cycle."""
    given = [item for item in plan.administrations if (item.course, item.cycle) == (course, cycle)]
    taken = [item for item in plan.intakes if (item.course, item.cycle) == (course, cycle)]
    irradiated = [item for item in plan.fractions if item.course == course] if cycle == 1 else []
    spinal = [item for item in plan.intrathecal if item.order == course] if cycle == 1 else []
    lines = [*_given(given), *_taken(taken), *_irradiated(irradiated), *_spinal(spinal)]
    return tuple(sorted(lines, key=lambda line: line.key))


def cycles_of(plan: Plan, course: str) -> tuple[int, ...]:
    """The numbers of the cycles of a course that the plan has, in order."""
    every: list[Administration | TakePeriod] = [*plan.administrations, *plan.intakes]
    found = {item.cycle for item in every if item.course == course}
    found |= {1 for item in plan.fractions if item.course == course}
    found |= {1 for item in plan.intrathecal if item.order == course}
    return tuple(sorted(found))


def current_cycle(plan: Plan, course: str, today: date) -> int | None:
    """The first cycle in which something still has to be given today or later; else the last one; None without cycles."""
    last = None
    for cycle in cycles_of(plan, course):
        last = cycle
        if any(day >= today for day in _days_to_come(plan, course, cycle)):
            return cycle
    return last


def touched(approved: Iterable[Line], now: Iterable[Line]) -> tuple[Touch, ...]:
    """What changed between the lines that were signed for and the lines as they are; empty when the signature still holds."""
    before, after = {line.key: line for line in approved}, {line.key: line for line in now}
    found: dict[Touch, None] = {}
    for key, line in before.items():
        for touch in _line_touches(line, after.get(key)):
            found[touch] = None
    if any(line.standing == "coming" for key, line in after.items() if key not in before):
        found["drug"] = None
    return tuple(found)


def _line_touches(old: Line, new: Line | None) -> Iterator[Touch]:
    if new is None:
        if old.standing == "coming":
            yield "drug"
        return
    if new.standing == "given":
        return
    if (old.standing == "stopped") != (new.standing == "stopped") or old.drug != new.drug:
        yield "drug"
    if new.standing == "stopped":
        return
    if old.route != new.route:
        yield "route"
    if new.amount and new.amount != old.amount:
        yield "dose"
    if old.first != new.first:
        yield "day_1"


def _given(items: list[Administration]) -> Iterator[Line]:
    first_day: dict[str, int] = {}
    for item in items:
        if item.role == "treatment":
            first_day[item.part] = min(item.day, first_day.get(item.part, item.day))
    for item in items:
        begins = item.role == "treatment" and item.day == first_day[item.part]
        yield Line(
            key=f"{item.drug}/{item.number}",
            drug=item.drug,
            route=item.route,
            amount=_amount(item.dose),
            first=(item.date or item.due).isoformat() if begins else "",
            standing="given" if item.status == "given" else "stopped" if item.status in _STOPPED else "coming",
        )


def _taken(items: list[TakePeriod]) -> Iterator[Line]:
    pieces: dict[str, int] = {}
    for item in sorted(items, key=lambda one: one.first):
        piece = pieces[item.drug] = pieces.get(item.drug, 0) + 1
        yield Line(
            key=f"{item.drug}/tablets/{piece}",
            drug=item.drug,
            route="PO",
            amount=_amount(item.dose),
            # Premedication goes along with the day of what it prepares.
            first=item.first.isoformat() if piece == 1 and item.role == "treatment" else "",
            standing="stopped" if item.status in _STOPPED else "coming",
        )


def _irradiated(items: list[Fraction]) -> Iterator[Line]:
    for item in items:
        yield Line(
            key=f"fraction/{item.number}",
            drug=item.region,
            route="RT",
            amount=f"{item.dose.text()} of {item.of}",
            first=item.date.isoformat() if item.number == 1 else "",
            standing="given" if item.status == "given" else "coming",
        )


def _spinal(items: list[IntrathecalDay]) -> Iterator[Line]:
    """Every day is signed for: none of them follows from another."""
    for item in items:
        yield Line(
            key=f"intrathecal/{item.number}",
            drug=item.drug,
            route="intrathecal",
            amount=f"{item.dose.text()} of {item.of}" if item.dose is not None else "",
            first=item.date.isoformat(),
            standing="coming",
        )


def _amount(dose: Dose | None) -> str:
    return f"{decimal_text(dose.amount.amount)} {dose.amount.unit} x{dose.times}/{dose.every_days}" if dose else ""


def _days_to_come(plan: Plan, course: str, cycle: int) -> Iterator[date]:
    for item in plan.administrations:
        if (item.course, item.cycle) == (course, cycle) and item.status not in (*_STOPPED, "given"):
            yield item.date or item.due
    for period in plan.intakes:
        if (period.course, period.cycle) == (course, cycle) and period.status not in _STOPPED:
            yield period.last
    if cycle == 1:
        yield from (item.date for item in plan.fractions if item.course == course and item.status == "planned")
        yield from (item.date for item in plan.intrathecal if item.order == course)
