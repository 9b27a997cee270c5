"""The glomerular filtration that stands in Calvert's formula, by the site's decisions: which clearance, a floor under creatinine,
a cap on the result."""

from __future__ import annotations

from decimal import Decimal

from mbc_desktop.core.decimals import CONTEXT, decimal_text
from mbc_desktop.core.quantity import Quantity
from mbc_desktop.core.record import dataclass
from mbc_desktop.dosing.calvert import USUAL_CAP_ML_MIN, calvert_dose
from mbc_desktop.dosing.dose import OtherConvention
from mbc_desktop.dosing.patient_numbers import number
from mbc_desktop.dosing.situation import Missing, Number, Situation
from mbc_desktop.patient.age import completed_years
from mbc_desktop.patient.body import adjusted_weight, body_mass_index, bsa_mosteller, ideal_weight_devine
from mbc_desktop.patient.facts import Measurement
from mbc_desktop.patient.renal import ckd_epi_2021, cockcroft_gault, de_indexed

DECISIONS = ("carboplatin_gfr", "carboplatin_creatinine_floor", "carboplatin_gfr_cap")
CREATININE_FLOOR = Decimal("0.7")
"""mg/dL; below it the formula makes the kidneys of a frail patient look better than they are (NCCN carboplatin dosing)."""
ADJUSTED_FROM = {"cockcroft_gault_adjusted_from_bmi_25": Decimal(25), "cockcroft_gault_adjusted_from_bmi_30": Decimal(30)}
ABSOLUTE_ESTIMATE = "ckd_epi_2021_absolute"
METHODS = ("cockcroft_gault_actual", *ADJUSTED_FROM, ABSOLUTE_ESTIMATE, "measured")
"""The answers to the site decision carboplatin_gfr."""


_PLUS = Decimal(25)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """What a target exposure is multiplied by (`measure` = filtration + 25, without the cap) and the filtration it rests on.
    `capped` is the dose (mg) with the site's cap, `with_floor` what a creatinine of at least 0.7 mg/dL would give, where it
    differs; `others` what every other convention would have given."""

    measure: Decimal
    filtration: Number
    capped: Decimal
    with_floor: Decimal | None
    others: tuple[OtherConvention, ...]


def exposure(auc: Decimal, situation: Situation) -> Exposure | Missing:
    """Carboplatin by Calvert: mg = AUC x (filtration + 25); or the facts and decisions that are lacking."""
    chosen = situation.chosen
    lacking = tuple(key for key in DECISIONS if key not in chosen)
    if lacking:
        return Missing(lacking)
    method, floor, cap = chosen["carboplatin_gfr"], _number(chosen["carboplatin_creatinine_floor"]), filtration_cap(situation)
    found = filtration(situation, floor=floor)
    if isinstance(found, Missing):
        return found
    dose = calvert_dose(auc=auc, filtration_ml_min=found.decides, cap_ml_min=cap)
    floored = filtration(situation, floor=CREATININE_FLOOR)
    other = calvert_dose(auc=auc, filtration_ml_min=floored.decides, cap_ml_min=cap) if isinstance(floored, Number) else dose
    return Exposure(
        measure=CONTEXT.add(found.decides, _PLUS),
        filtration=found,
        capped=dose,
        with_floor=other if other != dose else None,
        others=_others(auc, situation, method=method, floor=floor, cap=cap),
    )


def filtration_cap(situation: Situation) -> Decimal | None:
    """mL/min from which a higher filtration gives no higher dose; None = the site wants no cap."""
    return _number(situation.chosen["carboplatin_gfr_cap"])


def _number(answer: str) -> Decimal | None:
    return None if answer == "none" else Decimal(answer)


def _others(
    auc: Decimal, situation: Situation, *, method: str, floor: Decimal | None, cap: Decimal | None
) -> tuple[OtherConvention, ...]:
    """The dose by every other method, by the other floor and by the other cap, one change at a time; a method whose facts are
    lacking is left out."""
    varied = [(other, floor, cap, (("carboplatin_gfr", other),)) for other in METHODS if other != method]
    other_floor, other_cap = (CREATININE_FLOOR if floor is None else None), (USUAL_CAP_ML_MIN if cap is None else None)
    varied.append((method, other_floor, cap, (("carboplatin_creatinine_floor", _text(other_floor)),)))
    varied.append((method, floor, other_cap, (("carboplatin_gfr_cap", _text(other_cap)),)))
    found: list[OtherConvention] = []
    for name, lowest, highest, conventions in varied:
        estimate = filtration(situation, floor=lowest, method=name)
        if isinstance(estimate, Number):
            dose = calvert_dose(auc=auc, filtration_ml_min=estimate.decides, cap_ml_min=highest)
            found.append(OtherConvention(conventions=conventions, amount=Quantity(dose, "mg")))
    return tuple(found)


def _text(value: Decimal | None) -> str:
    return "none" if value is None else decimal_text(value)


def filtration(situation: Situation, *, floor: Decimal | None, method: str = "") -> Number | Missing:
    """mL/min, not indexed and not rounded, by `method` or the site's own (decision carboplatin_gfr): the measured one;
    Cockcroft-Gault on actual weight, or on adjusted weight from a body mass index of 25 or 30 on; CKD-EPI 2021 made absolute by
    the patient's own body surface. Creatinine counts as at least `floor` mg/dL."""
    method = method or situation.chosen.get("carboplatin_gfr", "")
    if not method:
        return Missing(("carboplatin_gfr",))
    if method == "measured":
        return number("measured_gfr", situation)
    if method == ABSOLUTE_ESTIMATE:
        return _absolute_estimate(situation, floor)
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


def _absolute_estimate(situation: Situation, floor: Decimal | None) -> Number | Missing:
    """CKD-EPI 2021 x body surface (Mosteller) / 1.73: an estimate per 1.73 m2 is no clearance until it is made absolute."""
    weight, height, creatinine = (situation.latest(kind) for kind in ("weight", "height", "creatinine"))
    if weight is None or height is None or creatinine is None:
        known = {"weight": weight, "height": height, "creatinine": creatinine}
        return Missing(tuple(kind for kind, value in known.items() if value is None))
    age, sex = completed_years(situation.patient.birth_date, creatinine.on), situation.patient.sex
    milligrams = creatinine.quantity.to("mg/dL", analyte="creatinine").amount
    counted = milligrams if floor is None else max(milligrams, floor)
    surface = bsa_mosteller(weight_kg=weight.quantity.amount, height_cm=height.quantity.amount)
    indexed = ckd_epi_2021(creatinine_mg_dl=counted, age_years=age, sex=sex)
    exact = de_indexed(indexed=indexed, bsa_m2=surface)
    inputs = (
        ("age_years", str(age)),
        ("weight_kg", decimal_text(weight.quantity.amount)),
        ("height_cm", decimal_text(height.quantity.amount)),
        ("creatinine_mg_dl", decimal_text(CONTEXT.quantize(counted, Decimal("0.0001")))),
        ("sex", sex),
    )
    return Number(
        id="calvert_filtration", decides=exact, exact=exact, unit="mL/min", inputs=inputs,
        used=(weight, height, creatinine), source="ckd_epi_2021",
    )  # fmt: skip


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
        id="calvert_filtration", decides=exact, exact=exact, unit="mL/min", inputs=inputs, used=used, source="cockcroft_gault"
    )
