"""The dose of one order for one patient: base, level, the lowest that any table allows, ceilings, one rounding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from tests.second_doses import bands, body, kidneys, tablets, vials
from tests.second_doses.exact import Value, at_least, downward, lowest, nearest, real, times
from tests.second_doses.interactions import BY_LIVER_TESTS, Liver, by_dpd, by_inhibitor
from tests.second_doses.medicines import AS_IT_WAS, MEDICINES, Medicine, Row
from tests.second_doses.schedules import Ordered


@dataclass(frozen=True)
class Patient:
    """What is known: kilograms, centimetres, completed years on the day of the sample, creatinine in mg/dL; None is not known."""

    woman: bool
    age: int
    kilograms: Fraction | None
    centimetres: Fraction | None
    creatinine: Fraction | None
    child_pugh: str | None = None
    measured_filtration: Fraction | None = None
    reference: Fraction | None = None
    liver: Liver = field(default_factory=Liver)
    inhibitor: str | None = None
    dpd_score: Fraction | None = None
    uracil: Fraction | None = None


@dataclass(frozen=True)
class Answer:
    """Milligrams of one administration (None = no dose), how often a day, every how many days."""

    milligrams: Fraction | None
    exact: Value | None = None
    times: int | None = None
    every: int | None = None


NOTHING = Answer(None)


def dose(
    drug: str,
    ordered: Ordered,
    patient: Patient,
    choices: Mapping[str, str],
    *,
    level: int | str = 0,
    kept: Fraction | None = None,
) -> Answer:
    """What is given; `level` is so many steps down the ladder, or a percentage of the standard dose ("75 %"); `kept` is the lower
    dose at which counts keep the drug."""
    medicine = MEDICINES[drug]
    per_unit = _lowered(ordered.amount, medicine, level)
    per_unit = per_unit if per_unit is None or kept is None else min(per_unit, kept)
    measure = _measure(ordered.kind, patient, choices, down_only=medicine.down_only)
    rows = _rows(drug, per_unit, patient, choices)
    if per_unit is None or measure is None or any(row is None or row.none for row in rows):
        return NOTHING
    exact = _base(ordered.kind, per_unit, measure, choices)
    for row in rows:
        assert row is not None
        exact = lowest(exact, *_allowed(row, ordered, measure, choices))
    percents = [row.percent for row in rows if row and row.percent and row.of in (None, ordered.amount)]
    percent = min(percents, default=Fraction(100))
    ceilings = _ceilings(medicine, ordered, per_unit, patient, measure)
    exact = lowest(exact, *ceilings)
    if drug == "capecitabine":
        milligrams = _capecitabine(exact, int(ordered.amount), int(percent), measure, choices)
    elif drug == "vinorelbine-oral" and choices["vinorelbine_capsules"] == "label table":
        milligrams = tablets.by_capsule_table(per_unit, measure) or _rounded(drug, exact, choices, ceilings)
    else:
        milligrams = _rounded(drug, exact, choices, ceilings)
    daily = next((row.times for row in rows if row and row.times), None)
    return Answer(milligrams, exact, daily, next((row.every for row in rows if row and row.every), None))


def _rows(drug: str, per_unit: Fraction | None, patient: Patient, choices: Mapping[str, str]) -> list[Row | None]:
    """What every table says; None where a table lacks a fact it needs."""
    tests = BY_LIVER_TESTS.get(drug)
    return [
        _by_liver(drug, patient, choices),
        _by_kidney(drug, patient, choices),
        tests(patient.liver) if tests else AS_IT_WAS,
        by_inhibitor(drug, patient.inhibitor, per_unit or Fraction(0)),
        by_dpd(patient.dpd_score, patient.uracil) if drug == "capecitabine" else AS_IT_WAS,
    ]


def _lowered(amount: Fraction, medicine: Medicine, level: int | str) -> Fraction | None:
    if isinstance(level, str):
        return amount * Fraction(level.removesuffix(" %")) / 100
    if level == 0:
        return amount
    ladder = medicine.levels
    at = (ladder.index(amount) if amount in ladder else 0) + level
    return ladder[at] if at < len(ladder) else None


def _measure(kind: str, patient: Patient, choices: Mapping[str, str], *, down_only: bool) -> Value | None:
    """Square metres, kilograms or mL/min that the amount is multiplied with; 1 for a fixed dose; None when a fact is missing."""
    if kind == "fixed":
        return Fraction(1)
    if kind == "auc":
        return _filtered(patient, choices)
    basis = choices["weight_basis"]
    if patient.kilograms is None or (patient.centimetres is None and (kind == "m2" or basis != "actual")):
        return None
    tall = patient.centimetres or Fraction(160)
    weight = body.weight_to_dose_on(
        patient.kilograms,
        tall,
        woman=patient.woman,
        reference=patient.reference,
        threshold=Fraction(choices["weight_change_threshold"]),
        basis=basis,
        down_only=down_only,
    )
    return weight if kind == "kg" else _surface(weight, tall, patient, choices)


def _surface(weight: Fraction, tall: Fraction, patient: Patient, choices: Mapping[str, str]) -> Value:
    return body.surface_to_dose_on(
        weight,
        tall,
        formula=choices["bsa_formula"],
        decimals=choices["bsa_decimals"],
        cap=choices["bsa_cap"],
        woman=patient.woman,
    )


def _estimated(patient: Patient, floor: Fraction | None) -> Value | None:
    """CKD-EPI 2021 of this patient's own surface (Mosteller), mL/min; creatinine counts as the floor at least."""
    if patient.kilograms is None or patient.centimetres is None or patient.creatinine is None:
        return None
    square_metres = body.surface("mosteller", patient.kilograms, patient.centimetres)
    return kidneys.absolute(
        kidneys.ckd_epi_2021(patient.age, max(patient.creatinine, floor or Fraction(0)), woman=patient.woman), square_metres
    )


def _filtered(patient: Patient, choices: Mapping[str, str]) -> Value | None:
    method, floor = choices["carboplatin_gfr"], choices["carboplatin_creatinine_floor"]
    if method == "measured":
        return patient.measured_filtration
    tall = patient.centimetres
    if method == "ckd_epi_2021_absolute":
        return _estimated(patient, None if floor == "none" else Fraction(floor))
    if patient.kilograms is None or patient.creatinine is None or (tall is None and "adjusted" in method):
        return None
    return kidneys.filtration(
        method,
        patient.age,
        patient.kilograms,
        tall or Fraction(160),
        patient.creatinine,
        woman=patient.woman,
        floor=None if floor == "none" else Fraction(floor),
    )


def _base(kind: str, per_unit: Fraction, measure: Value, choices: Mapping[str, str]) -> Value:
    if kind != "auc":
        return times(per_unit, measure)
    cap = choices["carboplatin_gfr_cap"]
    return kidneys.calvert(per_unit, measure, None if cap == "none" else Fraction(cap))


def _by_liver(drug: str, patient: Patient, choices: Mapping[str, str]) -> Row:
    if drug == "fulvestrant" and patient.child_pugh == "B":
        return Row(milligrams=Fraction(choices["fulvestrant_child_pugh_b"]))
    return MEDICINES[drug].liver.get(patient.child_pugh or "", AS_IT_WAS)


def _by_kidney(drug: str, patient: Patient, choices: Mapping[str, str]) -> Row | None:
    medicine = MEDICINES[drug]
    if not medicine.kidney or (drug == "denosumab" and choices["bone_severe_renal"] == "give_after_confirmation"):
        return AS_IT_WAS
    basis = choices["crcl_weight"]
    known = (
        patient.kilograms is not None
        and patient.creatinine is not None
        and (basis == "actual" or patient.centimetres is not None)
    )
    if not known:
        return None if medicine.kidney_needed else AS_IT_WAS
    assert patient.kilograms is not None
    assert patient.creatinine is not None
    weight = kidneys.band_weight(patient.kilograms, patient.centimetres, woman=patient.woman, basis=basis)
    cleared = kidneys.canonical(kidneys.cockcroft_gault(patient.age, weight, patient.creatinine, woman=patient.woman))
    for edge, inclusive, row in medicine.kidney:
        if cleared > edge or (inclusive and cleared == edge):
            return row
    raise AssertionError(cleared)


def _allowed(row: Row, ordered: Ordered, measure: Value, choices: Mapping[str, str]) -> list[Value]:
    """What a row allows at most, if it says so; percentages are of the standard dose."""
    found: list[Value] = []
    if row.milligrams is not None:
        found.append(row.milligrams)
    if row.per_unit is not None:
        found.append(times(row.per_unit, measure))
    if row.percent is not None and row.of in (None, ordered.amount):
        found.append(times(row.percent / 100, _base(ordered.kind, ordered.amount, measure, choices)))
    return found


def _ceilings(medicine: Medicine, ordered: Ordered, per_unit: Fraction, patient: Patient, measure: Value) -> list[Value]:
    """In milligrams; those per kilogram are of today's weight, whatever weight the dose is computed on. A limit for one dose per
    square metre holds for what lies below it down to the next, and the highest for what lies above."""
    steps = [of for of in medicine.most_mg if of is not None]
    own = min((of for of in steps if of >= per_unit), default=max(steps, default=None))
    found: list[Value] = [Fraction(most) for of, most in medicine.most_mg.items() if of in (None, own)]
    if medicine.most_per_unit is not None:
        assert patient.kilograms is not None
        if ordered.kind == "kg":
            found.append(medicine.most_per_unit * patient.kilograms)
        else:
            found.append(times(medicine.most_per_unit, measure))
    return found


def _capecitabine(exact: Value, per_m2: int, percent: int, measure: Value, choices: Mapping[str, str]) -> Fraction | None:
    match choices["capecitabine_tablets"]:
        case "label table":
            return tablets.by_label(per_m2, percent, measure)
        case "solver":
            return tablets.capecitabine_solved(exact)
        case _:
            return tablets.capecitabine_large(exact)


def _rounded(drug: str, exact: Value, choices: Mapping[str, str], ceilings: list[Value]) -> Fraction | None:
    medicine = MEDICINES[drug]
    if drug == "vinorelbine-oral":
        return tablets.nearest_sum(exact, medicine.pieces, upward=False)
    if medicine.step is None:
        assert isinstance(exact, Fraction)
        return exact
    return _made_up(drug, medicine, exact, choices, ceilings)


def _made_up(drug: str, medicine: Medicine, exact: Value, choices: Mapping[str, str], ceilings: list[Value]) -> Fraction | None:
    """The pharmacy's rounding of a computed dose: a band of the printed table, refused beyond the site's limit of deviation;
    whole vials near enough; else the nearest step, downward where the site or a label's ceiling says so, and where the nearest
    would pass a ceiling."""
    assert medicine.step is not None
    policy = choices["rounding"]
    if policy == "nhs_band" and (found := bands.printed(drug, exact)) is not None:
        off = abs(real(found) - real(exact)) * 100
        return found if at_least(real(exact) * int(choices["band_deviation_limit"]), off) else None
    if policy.startswith("vial") and medicine.vials:
        whole = vials.whole_vials(exact, medicine.vials, Fraction(policy.split("_")[1]), down_only=medicine.down_only)
        if whole is not None and all(at_least(most, whole[0]) for most in ceilings):
            return whole[0]
    given = downward(exact, medicine.step) if medicine.down_only or policy == "down" else nearest(exact, medicine.step)
    return given if all(at_least(most, given) for most in ceilings) else downward(exact, medicine.step)
