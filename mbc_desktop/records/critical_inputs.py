"""The values a second person enters again without seeing the first ones, and how the two are compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from mbc_desktop.core.decimals import CONTEXT, decimal_text
from mbc_desktop.core.quantity import Quantity, can_convert
from mbc_desktop.patient.facts import Measurement
from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.request import RadiotherapyCourse

MEASURED = ("weight", "height", "creatinine", "calcium")


@dataclass(frozen=True, slots=True, kw_only=True)
class CriticalInput:
    """One value. `text` is "68 kg" for a measured value, digits for a number, an ISO day for a start date."""

    name: str
    text: str


def critical_inputs(plan: Plan, course: str, cycle: int) -> tuple[CriticalInput, ...]:
    """The critical inputs of one cycle of a course as they stand in the plan's request."""
    return tuple(CriticalInput(name=name, text=text) for name, text in _inputs(plan, course, cycle))


def agrees(first: CriticalInput, second: str) -> bool:
    """Whether the second entry says the same: the same number, or in another unit the same to the decimals of the first."""
    if first.name == "start":
        return first.text == second
    if first.name not in MEASURED:
        return _number(first.text) == _number(second)
    one, other = _quantity(first.text), _quantity(second)
    if one is None or other is None:
        return False
    if one.unit == other.unit:
        return one.amount == other.amount
    if not can_convert(first.name, other.unit, one.unit):
        return False
    return CONTEXT.quantize(other.to(one.unit, analyte=first.name).amount, one.amount) == one.amount


def readable(name: str, text: str) -> bool:
    """Whether an entry can be compared at all."""
    if name == "start":
        try:
            return date.fromisoformat(text).isoformat() == text
        except ValueError:
            return False
    return _quantity(text) is not None if name in MEASURED else _number(text) is not None


def changed_inputs(now: tuple[CriticalInput, ...], before: Mapping[str, str]) -> tuple[str, ...]:
    """The names of those that are not as they were at the last release; the number of the cycle always goes up."""
    return tuple(item.name for item in now if item.name != "cycle" and before.get(item.name) != item.text)


def _inputs(plan: Plan, course: str, cycle: int) -> Iterator[tuple[str, str]]:
    order = next((item for item in plan.request.intrathecal if item.id == course), None)
    if order is not None:
        yield "spinal_dose", decimal_text(order.dose_mg)
        yield "spinal_times", str(len(order.dates))
        yield "start", min(order.dates).isoformat()
        return
    found = next(item for item in plan.request.courses if item.id == course)
    if isinstance(found, RadiotherapyCourse):
        fractions = [item for item in plan.fractions if item.course == course]
        yield "start", found.start.isoformat()
        if fractions:
            yield "fractions", str(fractions[0].of)
            yield "fraction_dose", decimal_text(fractions[0].dose.amount)
        return
    for kind in MEASURED:
        latest = latest_of(plan.request.measurements, kind)
        if latest is not None:
            yield kind, latest.quantity.text()
    yield "cycle", str(cycle)
    yield "start", found.start.isoformat()


def latest_of(measurements: tuple[Measurement, ...], kind: str) -> Measurement | None:
    """The value of one kind that counts: the newest."""
    # Of one day the value entered last, as the engine takes it.
    of_kind = sorted((item for item in measurements if item.kind == kind), key=lambda item: item.on)
    return of_kind[-1] if of_kind else None


def _quantity(text: str) -> Quantity | None:
    number, _, unit = text.partition(" ")
    amount = _number(number)
    try:
        return Quantity(amount, unit) if amount is not None else None
    except ValueError:
        return None


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
