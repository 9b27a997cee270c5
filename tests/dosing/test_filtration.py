"""Carboplatin by exposure: which filtration stands in the formula, its cap and the floor under creatinine.

The woman of the cases: 65 years, 68 kg, 165 cm, creatinine 0.85 mg/dL: (140 - 65) x 68 x 0.85 / (72 x 0.85) = 75 x 68 / 72 =
70.8333 mL/min."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mbc_desktop.dosing.compute_dose import compute_dose
from mbc_desktop.dosing.dose import DoseAnswer
from mbc_desktop.dosing.filtration import Exposure, exposure, filtration
from mbc_desktop.dosing.situation import Missing, Number
from mbc_desktop.patient.facts import Measurement
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


def whole(method: str, *values: Measurement, floor: str | None = None) -> Number | Missing:
    return filtration(situation(*values), floor=None if floor is None else Decimal(floor), method=method)


KG72, MG85 = value("weight", "72", "kg"), value("creatinine", "0.85", "mg/dL")
CM160 = value("height", "160", "cm")


def inputs(weight: str, creatinine: str, *more: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return (("age_years", "65"), ("weight_kg", weight), *more, ("creatinine_mg_dl", creatinine), ("sex", "female"))


@pytest.mark.parametrize(("creatinine", "unit"), [("0.85", "mg/dL"), ("75.14", "umol/L")])
def test_filtration_by_the_actual_weight_whole(creatinine: str, unit: str) -> None:
    """(140 - 65) x 72 x 0.85 / (72 x 0.85) = 75 mL/min, not rounded down; 75.14 umol/L are 0.85 mg/dL."""
    seen = value("creatinine", creatinine, unit)
    assert whole("cockcroft_gault_actual", KG72, seen) == Number(
        id="calvert_filtration", decides=Decimal(75), exact=Decimal(75), unit="mL/min", inputs=inputs("72", "0.85"),
        used=(KG72, seen), source="cockcroft_gault",
    )  # fmt: skip


def test_filtration_by_the_adjusted_weight_names_four_decimals() -> None:
    """160 cm: ideal 45.5 + 2.3 x (160 - 152.4) / 2.54 = 52.381890; 72 kg (index 28.1): + 0.4 x 19.618110 = 60.229134 kg; 81
    umol/L / 88.4 = 0.916290 mg/dL; 75 x 60.229134 x 0.85 / (72 x 0.916290) = 58.1998."""
    seen = value("creatinine", "81", "umol/L")
    found = whole("cockcroft_gault_adjusted_from_bmi_25", KG72, seen, CM160)
    assert isinstance(found, Number)
    assert (found.inputs, found.used) == (inputs("60.2291", "0.9163"), (KG72, seen, CM160))
    assert found.exact.quantize(Decimal("0.001")) == Decimal("58.200")
    thin = whole("cockcroft_gault_adjusted_from_bmi_30", KG72, seen, CM160)
    assert isinstance(thin, Number)
    assert thin.inputs == inputs("72", "0.9163")


def test_an_estimate_made_absolute_whole() -> None:
    """At the knot of 0.7 mg/dL: 142 x 0.9938^65 x 1.012 = 95.9187 per 1.73 m2; of 2 m2 (80 kg, 180 cm): 110.8887 mL/min."""
    values = (value("weight", "80", "kg"), value("height", "180", "cm"), value("creatinine", "0.7", "mg/dL"))
    found = whole("ckd_epi_2021_absolute", *values)
    assert isinstance(found, Number)
    shown = inputs("80", "0.7", ("height_cm", "180"))
    assert found == Number(
        id="calvert_filtration", decides=found.exact, exact=found.exact, unit="mL/min", inputs=shown, used=values,
        source="ckd_epi_2021",
    )  # fmt: skip
    assert found.exact.quantize(Decimal("0.001")) == Decimal("110.889")
    in_micromoles = whole("ckd_epi_2021_absolute", *values[:2], value("creatinine", "81", "umol/L"))
    assert isinstance(in_micromoles, Number)
    assert dict(in_micromoles.inputs)["creatinine_mg_dl"] == "0.9163"
    floored = whole("ckd_epi_2021_absolute", *values[:2], value("creatinine", "0.6", "mg/dL"), floor="0.7")
    assert isinstance(floored, Number)
    assert (floored.exact, floored.inputs) == (found.exact, shown)


@pytest.mark.parametrize(
    ("method", "values", "facts"),
    [
        ("cockcroft_gault_actual", (), ("weight", "creatinine")),
        ("cockcroft_gault_actual", (KG72,), ("creatinine",)),
        ("cockcroft_gault_actual", (MG85,), ("weight",)),
        ("cockcroft_gault_adjusted_from_bmi_25", (KG72, MG85), ("height",)),
        ("cockcroft_gault_adjusted_from_bmi_30", (MG85,), ("weight", "height")),
        ("ckd_epi_2021_absolute", (), ("weight", "height", "creatinine")),
        ("ckd_epi_2021_absolute", (KG72, MG85), ("height",)),
        ("ckd_epi_2021_absolute", (KG72, CM160), ("creatinine",)),
        ("ckd_epi_2021_absolute", (CM160, MG85), ("weight",)),
        ("measured", (KG72, MG85), ("measured_gfr",)),
    ],
)
def test_what_a_filtration_lacks_is_named(method: str, values: tuple[Measurement, ...], facts: tuple[str, ...]) -> None:
    assert whole(method, *values) == Missing(facts)


def test_every_other_convention_of_an_exposure() -> None:
    """AUC 5, woman of 65, 72 kg, 160 cm, 0.5 mg/dL: filtration 75 x 0.85 / 0.5 = 127.5, capped at 125.

    Adjusted from 25 (60.229134 kg): 106.655758, + 25, x 5 = 658.28. From 30 (index 28.1): the actual weight, 750. Floor 0.7:
    91.071429, 580.36. Without a cap: 762.50. Estimate of 0.5: 142 x (0.5 / 0.7)^-0.241 x 0.9938^65 x 1.012 x 1.788854 / 1.73 =
    107.560 mL/min, 662.80. A measured one is not known."""
    values = (KG72, CM160, value("creatinine", "0.5", "mg/dL"))
    found = exposure(Decimal(5), situation(*values))
    assert isinstance(found, Exposure)
    assert (found.measure, found.filtration.decides, found.capped) == (Decimal("152.5"), Decimal("127.5"), 750)
    lines = [(item.conventions, str(item.amount.amount.quantize(Decimal("0.01"))), item.amount.unit) for item in found.others]
    assert lines == [
        ((("carboplatin_gfr", "cockcroft_gault_adjusted_from_bmi_25"),), "658.28", "mg"),
        ((("carboplatin_gfr", "cockcroft_gault_adjusted_from_bmi_30"),), "750.00", "mg"),
        ((("carboplatin_gfr", "ckd_epi_2021_absolute"),), "662.80", "mg"),
        ((("carboplatin_creatinine_floor", "0.7"),), "580.36", "mg"),
        ((("carboplatin_gfr_cap", "none"),), "762.50", "mg"),
    ]
    assert found.with_floor is not None
    assert found.with_floor.quantize(Decimal("0.01")) == Decimal("580.36")


def test_the_other_convention_of_a_floor_and_of_no_cap_is_none_and_125() -> None:
    chosen = CHOSEN | {"carboplatin_creatinine_floor": "0.7", "carboplatin_gfr_cap": "none"}
    found = exposure(Decimal(5), situation(KG72, value("creatinine", "0.5", "mg/dL"), chosen=chosen))
    assert isinstance(found, Exposure)
    # Floored: 91.071429 (580.36). Without the floor 127.5, + 25, x 5 = 762.50; with a cap of 125 the floored one is the same.
    assert found.with_floor is None
    assert [(item.conventions, str(item.amount.amount.quantize(Decimal("0.01")))) for item in found.others] == [
        ((("carboplatin_creatinine_floor", "none"),), "762.50"),
        ((("carboplatin_gfr_cap", "125"),), "580.36"),
    ]


@pytest.mark.parametrize("without", ["carboplatin_gfr", "carboplatin_creatinine_floor", "carboplatin_gfr_cap"])
def test_a_decision_that_is_open_is_named(without: str) -> None:
    chosen = {key: text for key, text in CHOSEN.items() if key != without}
    assert exposure(Decimal(5), situation(KG72, MG85, chosen=chosen)) == Missing((without,))
    assert exposure(Decimal(5), situation(KG72)) == Missing(("creatinine",))


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
    assert codes == (["exposure-by-low-creatinine"] if warned else [])


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
    # 64 kg with "from 30": actual. 66.6667; 5 x 91.6667 = 458.33 mg. 76.7 kg: index 29.96: 79.8958; 524.48. 76.8 kg: index 30
    # exactly: 52.3819 + 0.4 x 24.4181 = 62.1491 kg; 64.7387; 448.69.
    [
        ("63.9", "cockcroft_gault_adjusted_from_bmi_25", "458 mg"),
        ("64", "cockcroft_gault_adjusted_from_bmi_25", "422 mg"),
        ("64", "cockcroft_gault_adjusted_from_bmi_30", "458 mg"),
        ("76.7", "cockcroft_gault_adjusted_from_bmi_30", "524 mg"),
        ("76.8", "cockcroft_gault_adjusted_from_bmi_30", "449 mg"),
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
