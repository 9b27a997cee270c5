"""The second step of a dose: down the drug's own ladder, or to a percentage of the standard dose."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from mbc_desktop.core.decimals import CONTEXT, decimal_text
from mbc_desktop.core.finding import finding
from mbc_desktop.core.quantity import Quantity
from mbc_desktop.dosing.dose import OtherConvention
from mbc_desktop.dosing.dose_work import HUNDRED, DoseLevel, DoseWork, NoDoseError, add_step
from mbc_desktop.dosing.escalation import KeptLow

NO_REDUCTION = "no_dose_reduction"
"""The standing note of a drug that is delayed or stopped, and never given at a lower dose."""


def lower_by_level(work: DoseWork, level: DoseLevel) -> None:
    """Brings the dose to the level that a person chose; the standard dose is what it is counted from, so that a level given twice
    is the level given once. Raises NoDoseError when the ladder has no such step."""
    if level.percent is not None:
        _to_percent(work, level.percent)
    elif level.steps:
        _down_the_ladder(work, level.steps)


def keep_low(work: DoseWork, kept: KeptLow | None) -> None:
    """Brings the dose to the one at which counts keep the drug, where it is not there or lower already."""
    if kept is None or work.at_level <= kept.per:
        return
    shown = (("standard", decimal_text(work.at_level)), ("now", decimal_text(kept.per)), ("unit", work.order.dose.unit))
    _keep(work, kept.per)
    add_step(work, "kept-low", kept.source, kept.grade, (*shown, *kept.values()))


def others_at_level(work: DoseWork) -> tuple[OtherConvention, ...]:
    """What the other conventions for filtration would have given (of the standard dose), at what level and adjustments left."""
    if work.per == work.standard:
        return work.others
    return tuple(replace(other, amount=Quantity(_part(other.amount.amount, work), other.amount.unit)) for other in work.others)


def _part(amount: Decimal, work: DoseWork) -> Decimal:
    return CONTEXT.divide(CONTEXT.multiply(amount, work.per), work.standard)


def _down_the_ladder(work: DoseWork, steps: int) -> None:
    ladder, unit = work.drug.levels, work.order.dose.unit
    amounts = ladder.amounts if ladder is not None and ladder.unit == unit else ()
    at = (amounts.index(work.standard) if work.standard in amounts else 0) + steps
    if ladder is None or at >= len(amounts):
        raise NoDoseError(finding("no-such-dose-level", "stop", drug=work.drug.id, level=str(-steps)))
    _keep(work, amounts[at])
    work.level_rule = "dose-level"
    amounts_shown = (("standard", decimal_text(work.standard)), ("now", decimal_text(work.at_level)), ("unit", unit))
    values = (("level", str(-steps)), *amounts_shown)
    add_step(work, "dose-level", ladder.source, ladder.grade, values)


def _to_percent(work: DoseWork, percent: Decimal) -> None:
    _keep(work, CONTEXT.divide(CONTEXT.multiply(work.standard, percent), HUNDRED))
    work.percent = min(work.percent, percent)
    work.level_rule = "dose-percent" if percent < HUNDRED else ""
    if work.level_rule and _has_no_lower_dose(work):
        work.findings.append(finding("no-lower-dose-published", "caution", drug=work.drug.id, percent=decimal_text(percent)))
    values = (("percent", decimal_text(percent)), ("standard", decimal_text(work.standard)), ("unit", work.order.dose.unit))
    add_step(work, "dose-percent", "prescriber", "protocol", values)


def _has_no_lower_dose(work: DoseWork) -> bool:
    """Whether the label says that the dose is never reduced, or a fixed dose has no ladder."""
    fixed = work.order.dose.kind == "fixed" and work.drug.levels is None
    return fixed or NO_REDUCTION in work.drug.advice


def _keep(work: DoseWork, per: Decimal) -> None:
    work.at_level = work.per = per
    work.amount = per if work.measure is None else CONTEXT.multiply(per, work.measure)
