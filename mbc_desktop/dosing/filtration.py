"""The glomerular filtration that stands in Calvert's formula, by the site's decisions: which clearance, a floor under creatinine,
a cap on the result."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from mbc_desktop.core.decimals import CONTEXT, decimal_text
from mbc_desktop.dosing.calvert import calvert_dose
from mbc_desktop.dosing.situation import Missing, Number, Situation, number
from mbc_desktop.patient.age import completed_years
from mbc_desktop.patient.body import adjusted_weight, body_mass_index, ideal_weight_devine
from mbc_desktop.patient.facts import Measurement
from mbc_desktop.patient.renal import cockcroft_gault

DECISIONS = ("carboplatin_gfr", "carboplatin_creatinine_floor", "carboplatin_gfr_cap")
CREATININE_FLOOR = Decimal("0.7")
"""mg/dL; below it the formula makes the kidneys of a frail patient look better than they are (NCCN carboplatin dosing)."""
ADJUSTED_FROM = {"cockcroft_gault_adjusted_from_bmi_25": Decimal(25), "cockcroft_gault_adjusted_from_bmi_30": Decimal(30)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """The dose (mg) for a target exposure with the filtration and the cap it rests on. `with_floor` is what a creatinine of at
    least 0.7 mg/dL would give, where it differs."""

    dose: Decimal
    filtration: Number
    cap: Decimal | None
    with_floor: Decimal | None


def exposure_dose(auc: Decimal, situation: Situation) -> Exposure | Missing:
    """Carboplatin, mg = AUC x (filtration + 25), filtration counted up to the site's cap; or the facts and decisions it
    lacks."""
    chosen = situation.chosen
    lacking = tuple(key for key in DECISIONS if key not in chosen)
    if lacking:
        return Missing(lacking)
    floor = None if chosen["carboplatin_creatinine_floor"] == "none" else Decimal(chosen["carboplatin_creatinine_floor"])
    found = filtration(situation, floor=floor)
    if isinstance(found, Missing):
        return found
    cap = None if chosen["carboplatin_gfr_cap"] == "none" else Decimal(chosen["carboplatin_gfr_cap"])
    dose = calvert_dose(auc=auc, filtration_ml_min=found.decides, cap_ml_min=cap)
    floored = filtration(situation, floor=CREATININE_FLOOR)
    other = calvert_dose(auc=auc, filtration_ml_min=floored.decides, cap_ml_min=cap) if isinstance(floored, Number) else dose
    return Exposure(dose=dose, filtration=found, cap=cap, with_floor=other if other != dose else None)


def filtration(situation: Situation, *, floor: Decimal | None) -> Number | Missing:
    """mL/min, not indexed and not rounded: the measured one, or Cockcroft-Gault on actual weight, or on adjusted weight from a
    body mass index of 25 or 30 on (decision carboplatin_gfr). Creatinine counts as at least `floor` mg/dL."""
    method = situation.chosen.get("carboplatin_gfr", "")
    if not method:
        return Missing(("carboplatin_gfr",))
    if method == "measured":
        return number("measured_gfr", situation)
    weight, creatinine = situation.latest("weight"), situation.latest("creatinine")
    adjusted_from = ADJUSTED_FROM.get(method)
    height = None if adjusted_from is None else situation.latest("height")
    lacking = [name for name, value in (("weight", weight), ("creatinine", creatinine)) if value is None]
    lacking += ["height"] if adjusted_from is not None and height is None else []
    if weight is None or creatinine is None or lacking:
        return Missing(tuple(lacking))
    kilograms = weight.quantity.amount
    if adjusted_from is not None and height is not None:
        kilograms = _adjusted(kilograms, height, adjusted_from, situation)
    return _cockcroft_gault(situation, creatinine, kilograms, floor, tuple(item for item in (weight, creatinine, height) if item))


def _adjusted(kilograms: Decimal, height: Measurement, adjusted_from: Decimal, situation: Situation) -> Decimal:
    centimetres = height.quantity.amount
    if body_mass_index(weight_kg=kilograms, height_cm=centimetres) < adjusted_from:
        return kilograms
    return adjusted_weight(kilograms, ideal_weight_devine(height_cm=centimetres, sex=situation.patient.sex))


def _cockcroft_gault(
    situation: Situation, creatinine: Measurement, kilograms: Decimal, floor: Decimal | None, used: tuple[Measurement, ...]
) -> Number:
    milligrams = creatinine.quantity.to("mg/dL", analyte="creatinine").amount
    counted = milligrams if floor is None else max(milligrams, floor)
    age = completed_years(situation.patient.birth_date, creatinine.on)
    exact = cockcroft_gault(age_years=age, weight_kg=kilograms, creatinine_mg_dl=counted, sex=situation.patient.sex)
    inputs = (
        ("age_years", str(age)),
        ("weight_kg", decimal_text(CONTEXT.quantize(kilograms, Decimal("0.0001")))),
        ("creatinine_mg_dl", decimal_text(CONTEXT.quantize(counted, Decimal("0.0001")))),
        ("sex", situation.patient.sex),
    )
    return Number(
        id="carboplatin_filtration", decides=exact, exact=exact, unit="mL/min", inputs=inputs, used=used, source="cockcroft_gault"
    )
