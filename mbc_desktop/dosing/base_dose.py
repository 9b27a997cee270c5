"""The first step of a dose: the order's own amount, fixed, per m2, per kg or for an exposure, after the dose level."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Literal, assert_never

from mbc_desktop.core.decimals import CONTEXT, decimal_text
from mbc_desktop.core.finding import finding
from mbc_desktop.dosing.dose_work import DoseWork, NoDoseError, add_step, lacking
from mbc_desktop.dosing.filtration import exposure_dose
from mbc_desktop.dosing.situation import Missing, Number, Situation, number, weight_for_dose
from mbc_desktop.regimen.drug import Drug
from mbc_desktop.regimen.regimen import Order


def base_dose(order: Order, drug: Drug, situation: Situation, level: int) -> DoseWork:
    """The order's dose for this patient, `level` steps down the drug's ladder. Raises NoDoseError with the facts, the decision or
    the level that is lacking."""
    work = DoseWork(order, drug)
    dose = order.dose
    kind: Literal["fixed", "per_m2", "per_kg", "auc"]
    if dose.kind == "by_decision":
        amount, kind = decided(dose.decision, drug, situation), dose.per
        named: tuple[tuple[str, str], ...] = (("decision", dose.decision),)
    else:
        amount, kind, named = dose.amount, dose.kind, ()
    lowered = work.standard = _lowered(amount, dose.unit, drug, level)
    match kind:
        case "fixed":
            work.amount, work.unit = amount, dose.unit
            add_step(work, "fixed", order.source, order.grade, named)
            if level:
                work.amount = lowered
        case "per_m2":
            _per_surface(work, lowered, order, drug, situation, named)
        case "per_kg":
            _per_weight(work, lowered, order, drug, situation, named)
        case "auc":
            _per_exposure(work, lowered, order, drug, situation)
        case _:
            assert_never(kind)
    if level and drug.levels is not None:
        values = (("level", str(-level)), ("standard", decimal_text(amount)), ("now", decimal_text(lowered)), ("unit", dose.unit))
        add_step(work, "dose-level", drug.levels.source, drug.levels.grade, values)
    return work


def _lowered(amount: Decimal, unit: str, drug: Drug, level: int) -> Decimal:
    """The amount `level` steps down the drug's ladder from where the standard dose stands on it."""
    if level == 0:
        return amount
    ladder = drug.levels.amounts if drug.levels is not None and drug.levels.unit == unit else ()
    at = (ladder.index(amount) if amount in ladder else 0) + level
    if at >= len(ladder):
        raise NoDoseError(finding("no-such-dose-level", "stop", drug=drug.id, level=str(-level)))
    return ladder[at]


def _per_surface(
    work: DoseWork, per_m2: Decimal, order: Order, drug: Drug, situation: Situation, named: tuple[tuple[str, str], ...]
) -> None:
    surface = _needed("bsa", drug, order, situation)
    work.measure = surface.decides
    work.amount = CONTEXT.multiply(per_m2, surface.decides)
    work.used += surface.used
    values = (("per_m2", decimal_text(per_m2)), ("bsa_m2", decimal_text(surface.decides)), *surface.inputs, *named)
    add_step(work, "per-m2", order.source, order.grade, values)


def _per_weight(
    work: DoseWork, per_kg: Decimal, order: Order, drug: Drug, situation: Situation, named: tuple[tuple[str, str], ...]
) -> None:
    weight = situation.latest("weight")
    if weight is None:
        raise NoDoseError(lacking(Missing(("weight",)), drug, order.source))
    kilograms = weight_for_dose(situation)
    if isinstance(kilograms, Missing):
        raise NoDoseError(lacking(kilograms, drug, order.source))
    work.measure = kilograms
    work.amount = CONTEXT.multiply(per_kg, kilograms)
    work.used.append(weight)
    values = (("per_kg", decimal_text(per_kg)), ("weight_kg", decimal_text(kilograms)), *named)
    add_step(work, "per-kg", order.source, order.grade, values)


def _per_exposure(work: DoseWork, auc: Decimal, order: Order, drug: Drug, situation: Situation) -> None:
    exposure = exposure_dose(auc, situation)
    if isinstance(exposure, Missing):
        raise NoDoseError(lacking(exposure, drug, order.source))
    work.amount = exposure.dose
    work.used += exposure.filtration.used
    values = (
        ("auc", decimal_text(auc)),
        ("filtration_ml_min", decimal_text(exposure.filtration.decides)),
        ("counted_ml_min", decimal_text(min(exposure.filtration.decides, exposure.cap or exposure.filtration.decides))),
        ("method", situation.chosen["carboplatin_gfr"]),
        *exposure.filtration.inputs,
    )
    add_step(work, "calvert", order.source, order.grade, values)
    if exposure.with_floor is not None:
        amounts = {"amount": decimal_text(exposure.dose), "with_floor": decimal_text(exposure.with_floor)}
        work.findings.append(finding("carboplatin-low-creatinine", "caution", drug=drug.id, source="calvert_nccn", **amounts))


def _needed(id: str, drug: Drug, order: Order, situation: Situation) -> Number:
    found = number(id, situation)
    if isinstance(found, Missing):
        raise NoDoseError(lacking(found, drug, order.source))
    return found


def decided(key: str, drug: Drug, situation: Situation) -> Decimal:
    """The dose that a site decision gives. Raises NoDoseError when nobody decided, or decided something that is no dose."""
    chosen = situation.chosen.get(key)
    if chosen is None:
        raise NoDoseError(finding("decision-missing", "stop", drug=drug.id, decision=key))
    try:
        return Decimal(chosen.split(" ")[0])
    except InvalidOperation:
        raise NoDoseError(finding("decision-not-a-dose", "stop", drug=drug.id, decision=key, value=chosen)) from None
