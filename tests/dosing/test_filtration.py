"""Carboplatin by exposure: which filtration stands in the formula, its cap and the floor under creatinine.

The woman of the cases: 65 years, 68 kg, 165 cm, creatinine 0.85 mg/dL: (140 - 65) x 68 x 0.85 / (72 x 0.85) = 75 x 68 / 72 =
70.8333 mL/min."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mbc_desktop.dosing.compute_dose import compute_dose
from mbc_desktop.dosing.dose import DoseAnswer
from mbc_desktop.regimen.dose_rules import ExposureDose
from tests.dosing.orders import CHOSEN, drug, form, order, situation, value

VIALS = (form("150", volume="15"), form("450", volume="45"))


def answer_for(
    auc: str, *, creatinine: str = "0.85", weight: str = "68", height: str = "165", gfr: str = "", **chosen: str
) -> DoseAnswer:
    values = [value("weight", weight, "kg"), value("height", height, "cm"), value("creatinine", creatinine, "mg/dL")]
    values += [value("measured_gfr", gfr, "mL/min")] if gfr else []
    wanted = order(ExposureDose(kind="auc", amount=Decimal(auc), unit="mg/mL.min"))
    return compute_dose(wanted, drug(forms=VIALS), situation(*values, chosen=CHOSEN | chosen))


def milligrams(answer: DoseAnswer) -> str:
    assert answer.dose is not None
    return answer.dose.amount.text()


def test_exposure_times_filtration_plus_25() -> None:
    """2 x (70.8333 + 25) = 191.667 mg; 10 mg/mL drawn up by 0.1 mL = steps of 1 mg: 192 mg."""
    answer = answer_for("2")
    assert milligrams(answer) == "192 mg"
    assert answer.dose is not None
    assert [step.rule for step in answer.dose.steps] == ["calvert", "round-to-drawable"]
    assert answer.findings == ()


@pytest.mark.parametrize(
    ("creatinine", "dose"),
    # AUC 5: 75 x 68 / 72 x 0.85 / creatinine. 0.85 x 70.8333 / 0.48 = 125.43, over the cap of 125: 5 x 150 = 750 mg.
    # 0.49 -> 122.87: 5 x 147.874 = 739.37 mg. 0.4 -> 150.52: capped, 750 mg.
    [("0.49", "739 mg"), ("0.48", "750 mg"), ("0.4", "750 mg")],
)
def test_filtration_counts_up_to_the_cap(creatinine: str, dose: str) -> None:
    assert milligrams(answer_for("5", creatinine=creatinine)) == dose


def test_without_a_cap_the_whole_filtration_counts() -> None:
    """0.85 x 70.8333 / 0.4 = 150.5208; 5 x 175.5208 = 877.604 mg."""
    assert milligrams(answer_for("5", creatinine="0.4", carboplatin_gfr_cap="none")) == "878 mg"


@pytest.mark.parametrize(("creatinine", "warned"), [("0.69", True), ("0.7", False), ("0.71", False)])
def test_below_the_floor_both_doses_are_shown(creatinine: str, warned: bool) -> None:
    codes = [found.code for found in answer_for("2", creatinine=creatinine).findings]
    assert codes == (["carboplatin-low-creatinine"] if warned else [])


def test_the_floor_is_obeyed_where_the_site_chose_it() -> None:
    """Creatinine 0.5 counts as 0.7: 60.2083 / 0.7 = 86.0119; 2 x 111.0119 = 222.02 mg. Without: 60.2083 / 0.5 = 120.4167;
    2 x 145.4167 = 290.83 mg."""
    floored = answer_for("2", creatinine="0.5", carboplatin_creatinine_floor="0.7")
    assert (milligrams(floored), floored.findings) == ("222 mg", ())
    plain = answer_for("2", creatinine="0.5")
    assert milligrams(plain) == "291 mg"
    assert dict(plain.findings[0].values)["with_floor"] == "222"


@pytest.mark.parametrize(
    ("weight", "method", "dose"),
    # Height 160: ideal 45.5 + 2.3 x (160 / 2.54 - 60) = 45.5 + 2.3 x 2.99213 = 52.3819 kg.
    # 63.9 kg: index 63.9 / 2.56 = 24.96, below 25: actual. 75 x 63.9 / 72 = 66.5625; 5 x 91.5625 = 457.81 mg.
    # 64 kg: index 25 exactly: 52.3819 + 0.4 x 11.6181 = 57.0291 kg; 75 x 57.0291 / 72 = 59.4053; 5 x 84.4053 = 422.03 mg.
    # 64 kg with "from 30": actual. 66.6667; 5 x 91.6667 = 458.33 mg.
    [
        ("63.9", "cockcroft_gault_adjusted_from_bmi_25", "458 mg"),
        ("64", "cockcroft_gault_adjusted_from_bmi_25", "422 mg"),
        ("64", "cockcroft_gault_adjusted_from_bmi_30", "458 mg"),
    ],
)
def test_adjusted_weight_from_the_chosen_body_mass_index_on(weight: str, method: str, dose: str) -> None:
    assert milligrams(answer_for("5", weight=weight, height="160", carboplatin_gfr=method)) == dose


def test_a_measured_filtration_is_taken_as_it_is() -> None:
    """5 x (60 + 25) = 425 mg; creatinine plays no part."""
    answer = answer_for("5", gfr="60", creatinine="0.5", carboplatin_gfr="measured")
    assert (milligrams(answer), answer.findings) == ("425 mg", ())


def test_a_missing_value_or_decision_is_named_and_gives_no_dose() -> None:
    missing = answer_for("5", carboplatin_gfr="measured")
    assert missing.dose is None
    assert dict(missing.findings[0].values)["facts"] == "measured_gfr"
    undecided = {key: answer for key, answer in CHOSEN.items() if key != "carboplatin_gfr_cap"}
    wanted = order(ExposureDose(kind="auc", amount=Decimal(5), unit="mg/mL.min"))
    open_question = compute_dose(wanted, drug(forms=VIALS), situation(value("weight", "68", "kg"), chosen=undecided))
    assert dict(open_question.findings[0].values)["facts"] == "carboplatin_gfr_cap"
