"""The dose of one order for one patient: base, level, the lowest that any table allows, ceilings, one rounding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from tests.second_doses import body, kidneys, tablets
from tests.second_doses.exact import Value, above, downward, lowest, nearest, times
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


@dataclass(frozen=True)
class Answer:
    """Milligrams of one administration (None = no dose), how often a day, every how many days."""

    milligrams: Fraction | None
    exact: Value | None = None
    times: int | None = None
    every: int | None = None


NOTHING = Answer(None)


def dose(drug: str, ordered: Ordered, patient: Patient, choices: Mapping[str, str], *, level: int = 0) -> Answer:
    """What is given."""
    medicine = MEDICINES[drug]
    per_unit = _lowered(ordered.amount, medicine, level)
    measure = _measure(ordered.kind, patient, choices)
    rows = [_by_liver(drug, patient, choices), _by_kidney(drug, patient, choices)]
    if per_unit is None or measure is None or any(row is None or row.none for row in rows):
        return NOTHING
    exact = _base(ordered.kind, per_unit, measure, choices)
    for row in rows:
        assert row is not None
        exact = lowest(exact, *_allowed(row, ordered, measure, choices))
    percent = next((row.percent for row in rows if row and row.percent and row.of == ordered.amount), Fraction(100))
    ceilings = _ceilings(medicine, ordered, per_unit, patient, measure)
    exact = lowest(exact, *ceilings)
    milligrams = _rounded(drug, medicine, exact, ordered, percent, measure, choices)
    if milligrams is not None and medicine.step is not None and any(above(milligrams, most) for most in ceilings):
        # No rounding goes beyond a ceiling.
        milligrams = downward(exact, medicine.step)
    daily = next((row.times for row in rows if row and row.times), None)
    return Answer(milligrams, exact, daily, next((row.every for row in rows if row and row.every), None))


def _lowered(amount: Fraction, medicine: Medicine, level: int) -> Fraction | None:
    if level == 0:
        return amount
    ladder = medicine.levels
    at = (ladder.index(amount) if amount in ladder else 0) + level
    return ladder[at] if at < len(ladder) else None


def _measure(kind: str, patient: Patient, choices: Mapping[str, str]) -> Value | None:
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


def _filtered(patient: Patient, choices: Mapping[str, str]) -> Fraction | None:
    method, floor = choices["carboplatin_gfr"], choices["carboplatin_creatinine_floor"]
    if method == "measured":
        return patient.measured_filtration
    tall = patient.centimetres
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
    """In milligrams; those per kilogram are of today's weight, whatever weight the dose is computed on."""
    found: list[Value] = [Fraction(most) for of, most in medicine.most_mg.items() if of in (None, per_unit)]
    if medicine.most_per_unit is not None:
        assert patient.kilograms is not None
        if ordered.kind == "kg":
            found.append(medicine.most_per_unit * patient.kilograms)
        else:
            found.append(times(medicine.most_per_unit, measure))
    return found


def _rounded(
    drug: str, medicine: Medicine, exact: Value, ordered: Ordered, percent: Fraction, measure: Value, choices: Mapping[str, str]
) -> Fraction | None:
    if drug == "capecitabine":
        match choices["capecitabine_tablets"]:
            case "label table":
                return tablets.by_label(int(ordered.amount), int(percent), measure)
            case "solver":
                return tablets.capecitabine_solved(exact)
            case _:
                return tablets.capecitabine_large(exact)
    if drug == "vinorelbine-oral":
        return tablets.nearest_sum(exact, medicine.pieces)
    if medicine.step is None:
        assert isinstance(exact, Fraction)
        return exact
    return downward(exact, medicine.step) if medicine.down_only else nearest(exact, medicine.step)
