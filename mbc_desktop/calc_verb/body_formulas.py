"""`calc`: units, age, body size, calcium."""

from __future__ import annotations

from decimal import Decimal

from mbc_desktop.calc_verb.inputs import Inputs, exactly_one
from mbc_desktop.calc_verb.outputs import Answer, Formula, Formulas, number_text
from mbc_desktop.core.decimals import CONTEXT
from mbc_desktop.core.quantity import CONVERSIONS, Quantity
from mbc_desktop.patient.age import completed_years
from mbc_desktop.patient.body import (
    BSA_FORMULAS,
    USUAL_FRACTION,
    adjusted_weight,
    body_mass_index,
    bsa_schlich,
    ideal_weight_devine,
)
from mbc_desktop.patient.calcium import (
    TUMOUR_HYPERCALCAEMIA_MG_DL,
    TUMOUR_HYPERCALCAEMIA_MMOL_L,
    corrected_calcium_mg,
    corrected_calcium_mmol,
    hypercalcaemia_grade_mg,
    hypercalcaemia_grade_mmol,
    hypocalcaemia_grade_ionised,
    hypocalcaemia_grade_mg,
    hypocalcaemia_grade_mmol,
)

_ROUNDED_CALCIUM_FACTOR = Decimal(4)
_CREATININE_FACTORS = {
    "88.4": (Decimal("88.4"), Decimal(1)),
    "88.42": (Decimal("88.42"), Decimal(1)),
    "molar mass 113.12": (Decimal(10000), Decimal("113.12")),
}
"""umol/L per mg/dL as numerator and denominator, so that dividing by it stays one division."""


def creatinine_factor(inputs: Inputs) -> tuple[Decimal, Decimal]:
    """The conversion factor that was asked for; 88.4 when the request names none."""
    if not inputs.has("factor"):
        return _CREATININE_FACTORS["88.4"]
    # The long form of the molar mass carries its own quotient in brackets.
    named = inputs.text("factor").split(" (")[0]
    if named not in _CREATININE_FACTORS:
        raise inputs.refuse("factor", "not-an-option", f"must be one of {', '.join(_CREATININE_FACTORS)}, not {named}")
    return _CREATININE_FACTORS[named]


def _unit_creatinine(inputs: Inputs) -> Answer:
    above, below = creatinine_factor(inputs)
    if exactly_one(inputs, "mg_per_dl", "umol_per_l") == "mg_per_dl":
        converted = CONTEXT.divide(CONTEXT.multiply(inputs.number("mg_per_dl", zero=True), above), below)
        return {"umol_per_l": number_text(converted)}
    converted = CONTEXT.divide(CONTEXT.multiply(inputs.number("umol_per_l", zero=True), below), above)
    return {"mg_per_dl": number_text(converted)}


def _unit_calcium(inputs: Inputs) -> Answer:
    factor = CONVERSIONS["calcium", "mmol/L", "mg/dL"]
    if exactly_one(inputs, "mmol_per_l", "mg_per_dl") == "mmol_per_l":
        amount = inputs.number("mmol_per_l", zero=True)
        exact, rounded = CONTEXT.multiply(amount, factor), CONTEXT.multiply(amount, _ROUNDED_CALCIUM_FACTOR)
        return {"mg_per_dl_exact": number_text(exact), "mg_per_dl_factor4": number_text(rounded)}
    amount = inputs.number("mg_per_dl", zero=True)
    exact, rounded = CONTEXT.divide(amount, factor), CONTEXT.divide(amount, _ROUNDED_CALCIUM_FACTOR)
    return {"mmol_per_l_exact": number_text(exact), "mmol_per_l_factor4": number_text(rounded)}


def _unit_albumin(inputs: Inputs) -> Answer:
    given = exactly_one(inputs, "g_per_dl", "g_per_l")
    unit, other, key = ("g/dL", "g/L", "g_per_l") if given == "g_per_dl" else ("g/L", "g/dL", "g_per_dl")
    return {key: number_text(Quantity(inputs.number(given, zero=True), unit).to(other, analyte="albumin").amount)}


def _age(inputs: Inputs) -> Answer:
    return {"age_years": completed_years(inputs.day("birth_date"), inputs.day("on_date"))}


def body_surface(inputs: Inputs, formula: str) -> Decimal:
    """The body surface (m2) of the weight and height in the request by the formula of that id; "dubois" is one word
    there. Schlich also asks for the sex."""
    if formula == "schlich":
        return bsa_schlich(weight_kg=inputs.number("weight_kg"), height_cm=inputs.number("height_cm"), sex=inputs.sex())
    chosen = BSA_FORMULAS["du_bois" if formula == "dubois" else formula]
    return chosen(weight_kg=inputs.number("weight_kg"), height_cm=inputs.number("height_cm"))


def surface_formula(inputs: Inputs, key: str) -> str:
    """The id of the surface formula that the request names."""
    return inputs.option(key, (*BSA_FORMULAS, "dubois", "schlich"))


def _bsa(inputs: Inputs) -> Answer:
    """The key `formula` already names the calculation, so the surface formula is either that name itself or `bsa_formula`
    beside "bsa"."""
    named = inputs.text("formula")
    formula = surface_formula(inputs, "bsa_formula") if named == "bsa" else named
    return {"bsa_m2": number_text(body_surface(inputs, formula))}


def _ideal(inputs: Inputs) -> Answer:
    return {"ibw_kg": number_text(ideal_weight_devine(height_cm=inputs.number("height_cm"), sex=inputs.sex()))}


def _adjusted(inputs: Inputs) -> Answer:
    if exactly_one(inputs, "ibw_kg", "height_cm") == "ibw_kg":
        ideal = inputs.number("ibw_kg")
    else:
        ideal = ideal_weight_devine(height_cm=inputs.number("height_cm"), sex=inputs.sex())
    fraction = inputs.number("f") if inputs.has("f") else USUAL_FRACTION
    return {"adjusted_kg": number_text(adjusted_weight(inputs.number("weight_kg"), ideal, fraction))}


def _bmi(inputs: Inputs) -> Answer:
    return {"bmi": number_text(body_mass_index(weight_kg=inputs.number("weight_kg"), height_cm=inputs.number("height_cm")))}


def _corrected_mmol(inputs: Inputs) -> Answer:
    corrected = corrected_calcium_mmol(
        calcium_mmol_l=inputs.number("ca_mmol_per_l"), albumin_g_l=inputs.number("albumin_g_per_l")
    )
    return {"corrected_mmol_per_l": number_text(corrected), "tih_flag_ge_3_0": corrected >= TUMOUR_HYPERCALCAEMIA_MMOL_L}


def _corrected_mg(inputs: Inputs) -> Answer:
    corrected = corrected_calcium_mg(calcium_mg_dl=inputs.number("ca_mg_per_dl"), albumin_g_dl=inputs.number("albumin_g_per_dl"))
    return {"corrected_mg_per_dl": number_text(corrected), "tih_flag_ge_12_0": corrected >= TUMOUR_HYPERCALCAEMIA_MG_DL}


def _corrected_both_ways(inputs: Inputs) -> Answer:
    """The same patient through both formulas, to show why a calcium is never converted before it is compared."""
    albumin = inputs.number("albumin_g_per_l")
    decilitre = CONTEXT.divide(albumin, Decimal(10))
    if exactly_one(inputs, "ca_mmol_per_l", "ca_mg_per_dl") == "ca_mg_per_dl":
        correct = corrected_calcium_mg(calcium_mg_dl=inputs.number("ca_mg_per_dl"), albumin_g_dl=decilitre)
        return {"correct_mg_per_dl": number_text(correct)}
    calcium = inputs.number("ca_mmol_per_l")
    factor = CONVERSIONS["calcium", "mmol/L", "mg/dL"]
    direct = corrected_calcium_mmol(calcium_mmol_l=calcium, albumin_g_l=albumin)
    converted = corrected_calcium_mg(calcium_mg_dl=CONTEXT.multiply(calcium, factor), albumin_g_dl=decilitre)
    back = CONTEXT.divide(converted, factor)
    return {
        "mmol_formula": number_text(direct),
        "mgdl_formula_mg_per_dl": number_text(converted),
        "mgdl_formula_back_in_mmol": number_text(back),
        "difference_mmol": number_text(CONTEXT.subtract(direct, back)),
    }


def _grade_mmol_low(inputs: Inputs) -> Answer:
    return {
        "grade": hypocalcaemia_grade_mmol(
            corrected_mmol_l=inputs.number("corrected_mmol_per_l"), lower_limit=inputs.number("lln")
        )
    }


def _grade_mg_low(inputs: Inputs) -> Answer:
    return {
        "grade": hypocalcaemia_grade_mg(corrected_mg_dl=inputs.number("corrected_mg_per_dl"), lower_limit=inputs.number("lln"))
    }


def _grade_ionised_low(inputs: Inputs) -> Answer:
    return {
        "grade": hypocalcaemia_grade_ionised(ionised_mmol_l=inputs.number("ionised_mmol_per_l"), lower_limit=inputs.number("lln"))
    }


def _grade_mmol_high(inputs: Inputs) -> Answer:
    return {
        "grade": hypercalcaemia_grade_mmol(
            corrected_mmol_l=inputs.number("corrected_mmol_per_l"), upper_limit=inputs.number("uln")
        )
    }


def _grade_mg_high(inputs: Inputs) -> Answer:
    return {
        "grade": hypercalcaemia_grade_mg(corrected_mg_dl=inputs.number("corrected_mg_per_dl"), upper_limit=inputs.number("uln"))
    }


_GRADES: dict[str, Formula] = {
    "ctcae_v5_hypocalcaemia_mmol": _grade_mmol_low,
    "ctcae_v5_hypocalcaemia_mgdl": _grade_mg_low,
    "ctcae_v5_hypocalcaemia_ionised": _grade_ionised_low,
    "ctcae_v5_hypercalcaemia_mmol": _grade_mmol_high,
    "ctcae_v5_hypercalcaemia_mgdl": _grade_mg_high,
}

FORMULAS: Formulas = {
    "unit_creatinine": _unit_creatinine,
    "unit_calcium": _unit_calcium,
    "unit_albumin": _unit_albumin,
    "age_completed_years": _age,
    "bsa": _bsa,
    **dict.fromkeys((*BSA_FORMULAS, "dubois", "schlich"), _bsa),
    "ibw_devine": _ideal,
    "adjusted_weight": _adjusted,
    "bmi": _bmi,
    "corrected_calcium_mmol": _corrected_mmol,
    "corrected_calcium_mgdl": _corrected_mg,
    "corrected_calcium_discrepancy": _corrected_both_ways,
    **_GRADES,
}
