"""The numbers that doses are computed from: each from measured values by a published formula and the site's conventions."""

from __future__ import annotations

from decimal import Decimal

from mbc_desktop.core.decimals import CONTEXT, decimal_text
from mbc_desktop.dosing.liver_tests import LIVER_NUMBERS
from mbc_desktop.dosing.situation import Missing, Number, Situation
from mbc_desktop.patient.age import completed_years
from mbc_desktop.patient.body import (
    adjusted_weight,
    body_mass_index,
    bsa_formula,
    ideal_weight_devine,
)
from mbc_desktop.patient.calcium import corrected_calcium_mg, corrected_calcium_mmol
from mbc_desktop.patient.renal import canonical_clearance, ckd_epi_2009, cockcroft_gault

_FOUR_DECIMALS = Decimal("0.0001")

OBESE_ABOVE = Decimal(30)
"""Body mass index, kg/m2, from where the site's weight basis counts (decision A21)."""


def number(id: str, situation: Situation) -> Number | Missing:
    """The computed number of that id, or the facts it lacks. Any other id is looked up as a measured value of that kind."""
    match id:
        case "crcl_cockcroft_gault":
            return creatinine_clearance(situation)
        case "bsa":
            return body_surface(situation)
        case "bmi":
            return _body_mass(situation)
        case "corrected_calcium":
            return corrected_calcium(situation)
        case "egfr_ckd_epi_2009":
            return _estimated_filtration(situation)
        case "creatinine_mg_dl":
            return _creatinine(situation)
        case _ if id in LIVER_NUMBERS:
            return LIVER_NUMBERS[id](situation)
        case _:
            return _measured(id, situation)


def creatinine_clearance(situation: Situation) -> Number | Missing:
    """Cockcroft-Gault, mL/min, not indexed, rounded down to one decimal for every decision. Age is that on the day of the
    sample; the weight is the actual one unless the site decided otherwise (crcl_weight: actual, ideal, adjusted)."""
    weight, creatinine = situation.latest("weight"), situation.latest("creatinine")
    basis = situation.chosen.get("crcl_weight", "")
    height = situation.latest("height") if basis in ("ideal", "adjusted") else None
    lacking = [name for name, value in (("weight", weight), ("creatinine", creatinine)) if value is None]
    lacking += ["height"] if basis in ("ideal", "adjusted") and height is None else []
    lacking += [] if basis else ["crcl_weight"]
    if weight is None or creatinine is None or lacking:
        return Missing(tuple(lacking))
    sex = situation.patient.sex
    kilograms = weight.quantity.amount
    if height is not None:
        ideal = ideal_weight_devine(height_cm=height.quantity.amount, sex=sex)
        kilograms = ideal if basis == "ideal" else adjusted_weight(kilograms, ideal)
    age = completed_years(situation.patient.birth_date, creatinine.on)
    milligrams = creatinine.quantity.to("mg/dL", analyte="creatinine").amount
    exact = cockcroft_gault(age_years=age, weight_kg=kilograms, creatinine_mg_dl=milligrams, sex=sex)
    reported = "creatinine_mg_dl" if creatinine.quantity.unit == "mg/dL" else "creatinine_umol_l"
    return Number(
        id="crcl_cockcroft_gault",
        decides=canonical_clearance(exact),
        exact=exact,
        unit="mL/min",
        inputs=(
            ("age_years", str(age)),
            ("weight_kg", _kilograms(kilograms)),
            (reported, decimal_text(creatinine.quantity.amount)),
            ("sex", sex),
        ),
        used=tuple(measurement for measurement in (weight, creatinine, height) if measurement is not None),
        source="cockcroft_gault",
    )


def body_surface(situation: Situation) -> Number | Missing:
    """Body surface, m2, by the site's formula (bsa_formula), never rounded first unless the site chose a number of
    decimals (bsa_decimals). The site's cap is a later step of a dose."""
    weight, height = situation.latest("weight"), situation.latest("height")
    formula = bsa_formula(situation.chosen.get("bsa_formula", ""), sex=situation.patient.sex)
    lacking = [name for name, value in (("weight", weight), ("height", height), ("bsa_formula", formula)) if value is None]
    kilograms = weight_for_dose(situation)
    if weight is None or height is None or formula is None or isinstance(kilograms, Missing):
        return Missing(tuple(lacking))
    exact = formula(weight_kg=kilograms, height_cm=height.quantity.amount)
    decimals = situation.chosen.get("bsa_decimals", "unrounded")
    decides = CONTEXT.quantize(exact, Decimal(1).scaleb(-int(decimals))) if decimals.isdigit() else exact
    return Number(
        id="bsa",
        decides=decides,
        exact=exact,
        unit="m2",
        inputs=(
            ("formula", situation.chosen["bsa_formula"]),
            ("weight_kg", _kilograms(kilograms)),
            ("height_cm", decimal_text(height.quantity.amount)),
        ),
        used=(weight, height),
        source=f"bsa_{situation.chosen['bsa_formula']}",
    )


def weight_for_dose(situation: Situation, *, down_at_once: bool = False) -> Decimal | Missing:
    """Kilograms to dose on. The reference weight of the course while the newest weight differs from it by less than the site's
    threshold in per cent (weight_change_threshold), else the newest weight; of that the part that the site takes above a body
    mass index of 30 (weight_basis: actual, adjusted = ideal + 0.4 x excess, midpoint between actual and ideal). `down_at_once`: a
    weight below the reference counts at once, whatever the threshold."""
    weight, height = situation.latest("weight"), situation.latest("height")
    if weight is None:
        return Missing(("weight",))
    kilograms = weight.quantity.amount
    reference, threshold = situation.reference_weight_kg, situation.chosen.get("weight_change_threshold", "")
    if reference is not None and threshold:
        change = CONTEXT.divide(CONTEXT.multiply(abs(kilograms - reference), Decimal(100)), reference)
        near = change < Decimal(threshold.rstrip(" %")) and not (down_at_once and kilograms < reference)
        kilograms = reference if near else kilograms
    basis = situation.chosen.get("weight_basis", "actual")
    if basis == "actual":
        return kilograms
    if height is None:
        return Missing(("height",))
    tall = height.quantity.amount
    if body_mass_index(weight_kg=kilograms, height_cm=tall) <= OBESE_ABOVE:
        return kilograms
    ideal = ideal_weight_devine(height_cm=tall, sex=situation.patient.sex)
    return adjusted_weight(kilograms, ideal) if basis == "adjusted" else CONTEXT.divide(kilograms + ideal, Decimal(2))


def corrected_calcium(situation: Situation) -> Number | Missing:
    """Albumin-corrected calcium in the unit in which the laboratory reported calcium; never converted before it is
    compared."""
    calcium, albumin = situation.latest("calcium"), situation.latest("albumin")
    if calcium is None or albumin is None:
        return Missing(tuple(name for name, value in (("calcium", calcium), ("albumin", albumin)) if value is None))
    amount, unit = calcium.quantity.amount, calcium.quantity.unit
    if unit == "mmol/L":
        grams = albumin.quantity.to("g/L", analyte="albumin")
        exact = corrected_calcium_mmol(calcium_mmol_l=amount, albumin_g_l=grams.amount)
        inputs = (("calcium_mmol_l", decimal_text(amount)), ("albumin_g_l", decimal_text(grams.amount)))
    else:
        grams = albumin.quantity.to("g/dL", analyte="albumin")
        exact = corrected_calcium_mg(calcium_mg_dl=amount, albumin_g_dl=grams.amount)
        inputs = (("calcium_mg_dl", decimal_text(amount)), ("albumin_g_dl", decimal_text(grams.amount)))
    return Number(
        id="corrected_calcium",
        decides=exact,
        exact=exact,
        unit=unit,
        inputs=inputs,
        used=(calcium, albumin),
        source="corrected_calcium",
    )


def _kilograms(weight: Decimal) -> str:
    """A weight that was worked out is shown with four decimals; a measured one has fewer."""
    return decimal_text(CONTEXT.quantize(weight, _FOUR_DECIMALS))


def _body_mass(situation: Situation) -> Number | Missing:
    weight, height = situation.latest("weight"), situation.latest("height")
    if weight is None or height is None:
        return Missing(tuple(name for name, value in (("weight", weight), ("height", height)) if value is None))
    exact = body_mass_index(weight_kg=weight.quantity.amount, height_cm=height.quantity.amount)
    inputs = (("weight_kg", decimal_text(weight.quantity.amount)), ("height_cm", decimal_text(height.quantity.amount)))
    shown = CONTEXT.quantize(exact, Decimal("0.1"))
    return Number(id="bmi", decides=shown, exact=exact, unit="kg/m2", inputs=inputs, used=(weight, height), source="bmi")


def _estimated_filtration(situation: Situation) -> Number | Missing:
    creatinine = situation.latest("creatinine")
    if creatinine is None:
        return Missing(("creatinine",))
    age = completed_years(situation.patient.birth_date, creatinine.on)
    milligrams = creatinine.quantity.to("mg/dL", analyte="creatinine").amount
    exact = ckd_epi_2009(creatinine_mg_dl=milligrams, age_years=age, sex=situation.patient.sex)
    inputs = (("age_years", str(age)), ("creatinine_mg_dl", decimal_text(milligrams)), ("sex", situation.patient.sex))
    shown = CONTEXT.quantize(exact, Decimal(1))
    return Number(
        id="egfr_ckd_epi_2009",
        decides=shown,
        exact=exact,
        unit="mL/min/1.73m2",
        inputs=inputs,
        used=(creatinine,),
        source="ckd_epi_2009",
    )


def _creatinine(situation: Situation) -> Number | Missing:
    found = situation.latest("creatinine")
    if found is None:
        return Missing(("creatinine",))
    exact = found.quantity.to("mg/dL", analyte="creatinine").amount
    return Number(id="creatinine_mg_dl", decides=exact, exact=exact, unit="mg/dL", inputs=(), used=(found,), source="")


def _measured(kind: str, situation: Situation) -> Number | Missing:
    found = situation.latest(kind)
    if found is None:
        return Missing((kind,))
    amount = found.quantity.amount
    return Number(id=kind, decides=amount, exact=amount, unit=found.quantity.unit, inputs=(), used=(found,), source="")
