"""The first step of a dose: the order's full amount, fixed, per m2, per kg or for an exposure."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Literal, assert_never

from mbc_desktop.core.decimals import CONTEXT, decimal_text
from mbc_desktop.core.finding import finding
from mbc_desktop.dosing.dose_work import DoseWork, NoDoseError, add_step, lacking
from mbc_desktop.dosing.filtration import DECISIONS as FILTRATION_DECISIONS
from mbc_desktop.dosing.filtration import exposure
from mbc_desktop.dosing.limits import rounds_down
from mbc_desktop.dosing.patient_numbers import body_surface, weight_for_dose
from mbc_desktop.dosing.situation import Missing, Situation
from mbc_desktop.regimen.drug import Drug

SURFACE_DECISIONS = ("bsa_formula", "bsa_decimals", "bsa_cap", "weight_basis", "weight_change_threshold")
WEIGHT_DECISIONS = ("weight_basis", "weight_change_threshold")

Named = tuple[tuple[str, str], ...]


def base_dose(work: DoseWork) -> None:
    """The order's full dose for this patient. Raises NoDoseError with the facts or the decision that is lacking."""
    order, dose = work.order, work.order.dose
    kind: Literal["fixed", "per_m2", "per_kg", "auc"]
    named: Named = ()
    if dose.kind == "by_decision":
        amount, kind, named = decided(dose.decision, work.drug, work.situation), dose.per, (("decision", dose.decision),)
        work.chosen(dose.decision)
    else:
        amount, kind = dose.amount, dose.kind
    work.standard = work.at_level = work.per = amount
    match kind:
        case "fixed":
            work.amount, work.unit = amount, dose.unit
            add_step(work, "fixed", order.source, order.grade, named)
        case "per_m2":
            _per_surface(work, named)
        case "per_kg":
            _per_weight(work, named)
        case "auc":
            _per_exposure(work)
        case _:
            assert_never(kind)


def _per_surface(work: DoseWork, named: Named) -> None:
    order = work.order
    surface = body_surface(work.situation)
    if isinstance(surface, Missing):
        raise NoDoseError(lacking(surface, work.drug, order.source))
    work.measure = surface.decides
    work.amount = CONTEXT.multiply(work.standard, surface.decides)
    work.used += surface.used
    work.chosen(*SURFACE_DECISIONS)
    values = (("per_m2", decimal_text(work.standard)), ("bsa_m2", decimal_text(surface.decides)), *surface.inputs, *named)
    add_step(work, "per-m2", order.source, order.grade, values)


def _per_weight(work: DoseWork, named: Named) -> None:
    order = work.order
    # No reference weight that a course keeps lifts a dose that is only rounded down above today's weight, at any level.
    kilograms = weight_for_dose(work.situation, down_at_once=rounds_down(work.drug))
    if isinstance(kilograms, Missing):
        raise NoDoseError(lacking(kilograms, work.drug, order.source))
    work.measure = kilograms
    work.amount = CONTEXT.multiply(work.standard, kilograms)
    work.used += [item for item in (work.situation.latest("weight"),) if item is not None]
    work.chosen(*WEIGHT_DECISIONS)
    values = (
        ("per_kg", decimal_text(work.standard)),
        ("weight_kg", decimal_text(CONTEXT.quantize(kilograms, Decimal("0.0001")))),
        *named,
    )
    add_step(work, "per-kg", order.source, order.grade, values)


def _per_exposure(work: DoseWork) -> None:
    order = work.order
    found = exposure(work.standard, work.situation)
    if isinstance(found, Missing):
        raise NoDoseError(lacking(found, work.drug, order.source))
    work.measure = found.measure
    work.amount = CONTEXT.multiply(work.standard, found.measure)
    work.used += found.filtration.used
    work.others = found.others
    work.chosen(*FILTRATION_DECISIONS)
    values = (
        ("auc", decimal_text(work.standard)),
        ("filtration_ml_min", decimal_text(found.filtration.decides)),
        ("method", work.situation.chosen["carboplatin_gfr"]),
        *found.filtration.inputs,
    )
    add_step(work, "calvert", order.source, order.grade, values)
    if found.with_floor is not None:
        both = {"amount": found.capped, "with_floor": found.with_floor}
        amounts = {name: decimal_text(CONTEXT.quantize(dose, Decimal("0.1"))) for name, dose in both.items()}
        caution = finding("exposure-by-low-creatinine", "caution", drug=work.drug.id, source="calvert_nccn", **amounts)
        work.findings.append(caution)


def decided(key: str, drug: Drug, situation: Situation) -> Decimal:
    """The dose that a site decision gives. Raises NoDoseError when nobody decided, or decided something that is no dose."""
    chosen = situation.chosen.get(key)
    if chosen is None:
        raise NoDoseError(finding("decision-missing", "stop", drug=drug.id, decision=key))
    try:
        return Decimal(chosen.split(" ")[0])
    except InvalidOperation:
        raise NoDoseError(finding("decision-not-a-dose", "stop", drug=drug.id, decision=key, value=chosen)) from None
