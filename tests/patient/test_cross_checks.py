"""Fields held side by side: swapped fields, mistaken units, changes, schemes; and patients who look alike."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mbc_desktop.core.folders import find_schedules
from mbc_desktop.dosing.filtration import METHODS
from mbc_desktop.patient.cross_checks import (
    Objection,
    check_body,
    check_creatinine_change,
    check_radiotherapy,
    check_weight_change,
)
from mbc_desktop.patient.lookalikes import Identity, lookalikes
from mbc_desktop.patient.national_number import read_national_number
from mbc_desktop.patient.plausibility import read_number
from mbc_desktop.regimen.fields_file import load_fields

FIELDS = load_fields(find_schedules())
CHECKS = FIELDS.checks
BONE = frozenset({(1, Decimal(8)), (5, Decimal(4)), (8, Decimal(4)), (10, Decimal(3)), (13, Decimal(3))})


def told(objection: Objection | None) -> tuple[str, str | None]:
    return ("accept", None) if objection is None else (objection.verdict, objection.reason)


def body(weight: str, height: str) -> tuple[str, str | None]:
    readings = {"weight": read_number(weight, FIELDS.numbers["weight"]), "height": read_number(height, FIELDS.numbers["height"])}
    for field, reading in readings.items():
        if reading.verdict == "reject":
            return "reject", f"FIELD_{field.upper()}_{reading.reason}"
    kilograms, centimetres = readings["weight"].value, readings["height"].value
    hard = {name: FIELDS.numbers[name].hard for name in ("weight", "height")}
    assert kilograms is not None
    assert centimetres is not None
    assert hard["weight"] is not None
    assert hard["height"] is not None
    return told(
        check_body(weight_kg=kilograms, height_cm=centimetres, weight=hard["weight"], height=hard["height"], limits=CHECKS.body)
    )


@pytest.mark.parametrize(
    ("weight", "height", "verdict", "reason"),
    [
        ("70", "165", "accept", None),
        ("165", "70", "reject", "FIELD_HEIGHT_BELOW_HARD_LIMIT"),
        ("7", "165", "reject", "FIELD_WEIGHT_BELOW_HARD_LIMIT"),
        ("165", "120", "reject", "BMI_ABOVE_80_SWAPPED"),  # 165 / 1.2^2 = 114.6; 120 kg and 165 cm could be true
        ("290", "190", "reject", "BMI_ABOVE_80"),  # 290 / 1.9^2 = 80.3; nobody is 290 cm tall
        ("31", "170", "reject", "BMI_BELOW_11"),  # 31 / 1.7^2 = 10.73
        ("31,79", "170", "warn", "BMI_BELOW_16"),  # 11 * 1.7^2 = 31.79, exactly on the limit
        ("31,78", "170", "reject", "BMI_BELOW_11"),
        ("46,24", "170", "accept", None),  # 16 * 1.7^2 = 46.24
        ("46,23", "170", "warn", "BMI_BELOW_16"),
        ("130,05", "170", "accept", None),  # 45 * 1.7^2 = 130.05
        ("130,06", "170", "warn", "BMI_ABOVE_45"),
        ("180", "150", "warn", "BMI_ABOVE_45"),  # 80 * 1.5^2 = 180
        ("180,01", "150", "reject", "BMI_ABOVE_80_SWAPPED"),
    ],
)
def test_weight_against_height(weight: str, height: str, verdict: str, reason: str | None) -> None:
    assert body(weight, height) == (verdict, reason)


@pytest.mark.parametrize(
    ("weight", "height", "reason"),
    [
        # 165 kg and 120 cm: 165 / 1.2^2 = 114.6. Exchanged they could be true while 120 kg and 165 cm lie inside both limits.
        (("120", "150"), ("100", "165"), "BMI_ABOVE_80_SWAPPED"),
        (("100", "120"), ("165", "200"), "BMI_ABOVE_80_SWAPPED"),
        (("120.1", "150"), ("100", "165"), "BMI_ABOVE_80"),
        (("100", "119.9"), ("165", "200"), "BMI_ABOVE_80"),
        (("120", "150"), ("165.1", "200"), "BMI_ABOVE_80"),
        (("120", "150"), ("100", "164.9"), "BMI_ABOVE_80"),
    ],
)
def test_exchanged_values_are_named_only_where_they_could_be_true(
    weight: tuple[str, str], height: tuple[str, str], reason: str
) -> None:
    hard = {"weight": (Decimal(weight[0]), Decimal(weight[1])), "height": (Decimal(height[0]), Decimal(height[1]))}
    said = check_body(weight_kg=Decimal(165), height_cm=Decimal(120), limits=CHECKS.body, **hard)
    assert told(said) == ("reject", reason)


def test_every_objection_carries_the_values_of_its_sentence() -> None:
    kg, cm = Decimal(31), Decimal(170)
    anything = (Decimal(0), Decimal(999))
    thin = check_body(weight_kg=kg, height_cm=cm, weight=anything, height=anything, limits=CHECKS.body)
    assert thin is not None
    assert thin.details == (("weight", kg), ("height", cm))
    for now, percent in (("54", 10), ("45", 25)):  # 60 - 10 % = 54; 60 - 25 % = 45
        change = check_weight_change(previous_kg=Decimal(60), weight_kg=Decimal(now), limits=CHECKS.weight_change)
        assert change is not None
        assert change.details == (("previous", Decimal(60)), ("value", Decimal(now)), ("percent", Decimal(percent)))
    rise = check_creatinine_change(previous=Decimal("0.8"), creatinine=Decimal("1.2"), limits=CHECKS.creatinine)
    assert rise is not None
    assert rise.details == (("previous", Decimal("0.8")), ("value", Decimal("1.2")), ("percent", Decimal(50)))
    scheme = check_radiotherapy(fractions=4, dose_gy=Decimal(5), known_schemes=BONE)
    assert scheme is not None
    assert scheme.details == (("fractions", 4), ("dose", Decimal(5)), ("total", Decimal(20)))


def test_weight_and_height_exchanged_are_always_refused() -> None:
    grid = [(weight, height) for weight in range(40, 131) for height in range(140, 196)]
    assert len(grid) == 5096
    assert {body(str(height), str(weight))[0] for weight, height in grid} == {"reject"}


@pytest.mark.parametrize(
    ("previous", "weight", "verdict", "reason"),
    [
        ("70", "70", "accept", None),
        ("70", "73.49", "accept", None),
        ("70", "73.5", "warn", "WEIGHT_CHANGE_5_PCT"),  # 70 * 1.05 = 73.5
        ("70", "66.5", "warn", "WEIGHT_CHANGE_5_PCT"),
        ("70", "66.51", "accept", None),
        ("70", "76.99", "warn", "WEIGHT_CHANGE_5_PCT"),
        ("70", "77", "warn", "WEIGHT_CHANGE_10_PCT"),
        ("70", "87.49", "warn", "WEIGHT_CHANGE_10_PCT"),
        ("70", "87.5", "reject", "WEIGHT_CHANGE_25_PCT"),  # 70 * 1.25 = 87.5
        ("70", "52.5", "reject", "WEIGHT_CHANGE_25_PCT"),
        ("70", "31.8", "reject", "LB_KG_RATIO"),  # 70 / 31.8 = 2.201
        ("70", "154.3", "reject", "LB_KG_RATIO"),  # 154.3 / 70 = 2.204
        # 2.2046 * 0.97 = 2.138462 and 2.2046 * 1.03 = 2.270738
        ("100", "213.8462", "reject", "LB_KG_RATIO"),  # the edge itself
        ("100", "213.8461", "reject", "WEIGHT_CHANGE_25_PCT"),
        ("100", "227.0738", "reject", "LB_KG_RATIO"),
        ("100", "227.0739", "reject", "WEIGHT_CHANGE_25_PCT"),
        ("100", "213.85", "reject", "LB_KG_RATIO"),
        ("100", "213.84", "reject", "WEIGHT_CHANGE_25_PCT"),
        ("100", "227.07", "reject", "LB_KG_RATIO"),
        ("100", "227.08", "reject", "WEIGHT_CHANGE_25_PCT"),
    ],
)
def test_weight_against_the_previous_weight(previous: str, weight: str, verdict: str, reason: str | None) -> None:
    said = check_weight_change(previous_kg=Decimal(previous), weight_kg=Decimal(weight), limits=CHECKS.weight_change)
    assert told(said) == (verdict, reason)


@given(
    previous=st.decimals(min_value=30, max_value=130, places=1),
    permille=st.integers(min_value=2140, max_value=2270),
    up=st.booleans(),
)
def test_a_weight_in_pounds_is_always_refused(previous: Decimal, permille: int, up: bool) -> None:
    ratio = Decimal(permille) / 1000
    weight = previous * ratio if up else previous / ratio
    said = check_weight_change(previous_kg=previous, weight_kg=weight, limits=CHECKS.weight_change)
    assert told(said) == ("reject", "LB_KG_RATIO")


@given(previous=st.decimals(min_value=30, max_value=200, places=1), percent=st.integers(min_value=-20, max_value=20))
def test_a_true_change_of_weight_is_never_called_pounds(previous: Decimal, percent: int) -> None:
    weight = previous * (100 + percent) / 100
    said = check_weight_change(previous_kg=previous, weight_kg=weight, limits=CHECKS.weight_change)
    assert said is None or said.reason in ("WEIGHT_CHANGE_5_PCT", "WEIGHT_CHANGE_10_PCT")


@pytest.mark.parametrize(
    ("previous", "creatinine", "reason"),
    [
        ("0.85", "1.30", "CREATININE_CHANGE_50_PCT"),
        ("0.8", "1.2", "CREATININE_CHANGE_50_PCT"),
        ("0.8", "1.19", None),
        ("1.6", "0.8", "CREATININE_CHANGE_50_PCT"),
        ("1.6", "0.81", None),
    ],
)
def test_creatinine_against_the_previous_one(previous: str, creatinine: str, reason: str | None) -> None:
    said = check_creatinine_change(previous=Decimal(previous), creatinine=Decimal(creatinine), limits=CHECKS.creatinine)
    assert told(said) == ("warn" if reason else "accept", reason)


def test_an_indexed_filtration_is_no_clearance_unless_it_can_be_de_indexed() -> None:
    """Typed with its 1.73 m2 it is refused and named; the patient's own surface makes it absolute: decision A22."""
    typed = read_number("95 mL/min/1,73m2", FIELDS.numbers["measured_gfr"])
    assert (typed.verdict, typed.also) == ("reject", ("INDEXED_EGFR_NOT_A_CLEARANCE",))
    assert read_number("95", FIELDS.numbers["measured_gfr"]).value == 95
    assert "ckd_epi_2021_absolute" in METHODS


@pytest.mark.parametrize(
    ("fractions", "dose", "verdict", "reason"),
    [
        (5, "4", "accept", None),
        (4, "5", "warn", "SCHEME_NOT_IN_GUIDELINE"),
        (10, "8", "reject", "SCHEME_NOT_IN_GUIDELINE_80GY"),
        (13, "3.01", "reject", "SCHEME_NOT_IN_GUIDELINE_39GY"),  # 39 Gy is the highest total for bone
        (3, "13", "warn", "SCHEME_NOT_IN_GUIDELINE"),
    ],
)
def test_fractions_dose_and_total(fractions: int, dose: str, verdict: str, reason: str | None) -> None:
    assert told(check_radiotherapy(fractions=fractions, dose_gy=Decimal(dose), known_schemes=BONE)) == (verdict, reason)


def test_only_the_listed_schemes_pass_without_a_question() -> None:
    passed = {
        (fractions, half * Decimal("0.5"))
        for fractions in range(1, 41)
        for half in range(1, 51)
        if check_radiotherapy(fractions=fractions, dose_gy=half * Decimal("0.5"), known_schemes=BONE) is None
    }
    assert passed == BONE


def test_the_serial_of_the_national_number_tells_the_sex() -> None:
    # 223 is odd: issued as male.
    assert read_national_number("93.05.18-223.61", sex="female").reason == "INSZ_SEX_PARITY"
    assert read_national_number("93.05.18-223.61", sex="male").reason is None


def person(family: str, given_name: str, born: str) -> Identity:
    return Identity(family_name=family, given_name=given_name, birth_date=date.fromisoformat(born))


@pytest.mark.parametrize(
    ("family", "given_name", "born", "alike"),
    [
        ("Peeters", "An", "1958-04-13", True),  # digits of the date exchanged
        ("PEETERS", "an", "1990-01-01", True),
        ("Péeters", "Ân", "1958-03-14", True),
        ("An", "Peeters", "1958-03-14", True),
        ("P\u0435eters", "An", "1990-01-01", True),  # a Cyrillic letter that looks the same
        ("Peters", "An", "1958-03-14", True),
        ("Petters", "An", "1958-03-14", True),
        ("Petesr", "An", "1958-03-14", False),
        ("Peetesr", "An", "1958-03-14", True),  # two neighbours exchanged
        ("Peters", "An", "1958-03-15", False),
        ("Peeters", "Els", "1958-03-14", False),
        ("Janssens", "An", "1958-03-14", False),
    ],
)
def test_patients_who_look_alike(family: str, given_name: str, born: str, alike: bool) -> None:
    other = person(family, given_name, born)
    assert (lookalikes(person("Peeters", "An", "1958-03-14"), [other]) == (other,)) is alike
