"""`calc`: creatinine clearance and estimates of filtration."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from mbc_desktop.calc_verb.body_formulas import body_surface, creatinine_factor, surface_formula
from mbc_desktop.calc_verb.inputs import Inputs, exactly_one
from mbc_desktop.calc_verb.outputs import Answer, Formula, Formulas, number_text, one_decimal
from mbc_desktop.core.decimals import CONTEXT
from mbc_desktop.patient.body import adjusted_weight, ideal_weight_devine
from mbc_desktop.patient.renal import (
    canonical_clearance,
    ckd_epi_2009,
    ckd_epi_2021,
    cockcroft_gault,
    de_indexed,
    ekfc,
    indexed,
    mdrd_175,
)

_WEIGHT_RULE = re.compile(r"(?P<rule>actual|ideal|min\(ideal, actual\)|adjusted f=(?P<fraction>0?\.[0-9]{1,2}))( \([^)]*\))?")
_INDEXED_RULE = re.compile(r"actual, then indexed to 1\.73 m2 with (?P<formula>Mosteller|Du Bois|Haycock|Gehan-George|Boyd) BSA")
_MDRD_RACE_FACTOR = Decimal("1.212")
"""Printed with the MDRD formula and never used for a dose or a band; here only so that published values can be checked."""


def age_of(inputs: Inputs) -> int:
    """Completed years in the request."""
    return inputs.whole("age_years", least=0, most=139)


def creatinine_mg_dl(inputs: Inputs) -> Decimal:
    """Creatinine in mg/dL, or in umol/L with the factor that the request names."""
    if exactly_one(inputs, "scr_mg_per_dl", "scr_umol_per_l") == "scr_mg_per_dl":
        return inputs.number("scr_mg_per_dl")
    above, below = creatinine_factor(inputs)
    return CONTEXT.divide(CONTEXT.multiply(inputs.number("scr_umol_per_l"), below), above)


def clearance(inputs: Inputs, *, weight_kg: Decimal | None = None) -> Decimal:
    """Cockcroft-Gault with the weight of the request, or with another one."""
    weight = inputs.number("weight_kg")
    return cockcroft_gault(
        age_years=age_of(inputs),
        weight_kg=weight if weight_kg is None else weight_kg,
        creatinine_mg_dl=creatinine_mg_dl(inputs),
        sex=inputs.sex(),
    )


def _cockcroft_gault(inputs: Inputs) -> Answer:
    exact = clearance(inputs)
    return {"crcl_ml_per_min": number_text(exact), "canonical": one_decimal(canonical_clearance(exact))}


def _with_exact_constants(inputs: Inputs) -> Answer:
    exact = clearance(inputs)
    return {"exact": number_text(exact), "exact_canonical": one_decimal(canonical_clearance(exact))}


def _weight_variants(inputs: Inputs) -> Answer:
    rule = inputs.text("weight_rule")
    to_surface = _INDEXED_RULE.fullmatch(rule)
    if to_surface is not None:
        surface = body_surface(inputs, to_surface["formula"].lower().replace(" ", "_").replace("-", "_"))
        return {"crcl_per_1_73": number_text(indexed(absolute=clearance(inputs), bsa_m2=surface))}
    found = _WEIGHT_RULE.fullmatch(rule)
    if found is None:
        raise inputs.refuse("weight_rule", "not-an-option", 'must be "actual", "ideal", "min(ideal, actual)" or "adjusted f=0.4"')
    ideal = ideal_weight_devine(height_cm=inputs.number("height_cm"), sex=inputs.sex())
    weight = inputs.number("weight_kg")
    if found["rule"] == "ideal":
        weight = ideal
    elif found["rule"].startswith("min"):
        weight = min(ideal, weight)
    elif found["fraction"]:
        weight = adjusted_weight(weight, ideal, Decimal(found["fraction"]))
    return {"weight_used_kg": number_text(weight), "crcl_ml_per_min": number_text(clearance(inputs, weight_kg=weight))}


def _filtration(formula: Callable[..., Decimal]) -> Formula:
    def answer(inputs: Inputs) -> Answer:
        value = formula(creatinine_mg_dl=creatinine_mg_dl(inputs), age_years=age_of(inputs), sex=inputs.sex())
        return {"egfr": number_text(value)}

    return answer


def _mdrd(inputs: Inputs) -> Answer:
    value = mdrd_175(creatinine_mg_dl=creatinine_mg_dl(inputs), age_years=age_of(inputs), sex=inputs.sex())
    if inputs.has("black") and inputs.flag("black"):
        value = CONTEXT.multiply(value, _MDRD_RACE_FACTOR)
    return {"egfr": number_text(value)}


def _deindex(inputs: Inputs) -> Answer:
    if exactly_one(inputs, "bsa_m2", "bsa_formula") == "bsa_m2":
        surface = inputs.number("bsa_m2")
    else:
        surface = body_surface(inputs, surface_formula(inputs, "bsa_formula"))
    if exactly_one(inputs, "indexed", "absolute_ml_per_min") == "indexed":
        return {"absolute_ml_per_min": number_text(de_indexed(indexed=inputs.number("indexed"), bsa_m2=surface))}
    return {"indexed": number_text(indexed(absolute=inputs.number("absolute_ml_per_min"), bsa_m2=surface))}


FORMULAS: Formulas = {
    "crcl_cockcroft_gault": _cockcroft_gault,
    "crcl_cg_rounded_constants": _with_exact_constants,
    "crcl_cg_weight_variants": _weight_variants,
    "egfr_ckd_epi_2009": _filtration(ckd_epi_2009),
    "egfr_ckd_epi_2021": _filtration(ckd_epi_2021),
    "egfr_mdrd_175": _mdrd,
    "egfr_ekfc": _filtration(ekfc),
    "egfr_deindex": _deindex,
}
