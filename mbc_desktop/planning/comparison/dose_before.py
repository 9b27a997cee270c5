"""What a dose was the time before: the same drug of the same course, given or planned, with a dose of its own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from mbc_desktop.core.decimals import CONTEXT
from mbc_desktop.core.quantity import Quantity
from mbc_desktop.core.record import dataclass
from mbc_desktop.dosing.dose import Dose
from mbc_desktop.planning.plan import Administration, Plan, TakePeriod

_STOPPED = ("omitted", "held", "ceased")
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseBefore:
    """The dose before, and when. `percent` is by how much the present one differs from it (one decimal, more is positive; None
    where the two have another unit, or are given another number of times)."""

    on: date
    amount: Quantity
    percent: Decimal | None


def dose_before(plan: Plan, item: Administration | TakePeriod) -> DoseBefore | None:
    """The dose of the administration (of the period of tablets) before this one; None for the first one, and while a dose is
    withheld. What was omitted or stopped gave nothing and is passed over."""
    if item.dose is None:
        return None
    if isinstance(item, TakePeriod):
        earlier = [
            (one.first, one.dose) for one in plan.intakes
            if _same(one, item) and one.first < item.first and one.status not in _STOPPED
        ]  # fmt: skip
    else:
        earlier = [
            (one.date or one.due, one.dose) for one in plan.administrations
            if _same(one, item) and one.number < item.number and one.status not in _STOPPED
        ]  # fmt: skip
    with_dose = [(on, dose) for on, dose in earlier if dose is not None]
    if not with_dose:
        return None
    on, dose = max(with_dose, key=lambda pair: pair[0])
    return DoseBefore(on=on, amount=dose.amount, percent=_percent(dose, item.dose))


def _same(one: Administration | TakePeriod, other: Administration | TakePeriod) -> bool:
    return (one.course, one.drug, one.role) == (other.course, other.drug, other.role)


def _percent(before: Dose, now: Dose) -> Decimal | None:
    same_way = (before.amount.unit, before.times, before.every_days) == (now.amount.unit, now.times, now.every_days)
    if not same_way or not before.amount.amount:
        return None
    change = CONTEXT.multiply(CONTEXT.subtract(now.amount.amount, before.amount.amount), Decimal(100))
    return CONTEXT.quantize(CONTEXT.divide(change, before.amount.amount), _TENTH)
