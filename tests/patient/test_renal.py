"""Kidney function: band edges, knots and properties. More worked values are in tests/cases/calc."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mbc_desktop.core.quantity import Quantity
from mbc_desktop.patient.body import Sex
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

AGES = some.integers(min_value=18, max_value=120)
WEIGHTS = some.decimals(min_value=25, max_value=300, places=1)
CREATININES = some.decimals(min_value="0.1", max_value=15, places=2)
SEXES = some.sampled_from(["female", "male"])


def woman_of_68(weight: str) -> Decimal:
    """Creatinine 0.85 mg/dL: (140 - 68) x kg x 0.85 / (72 x 0.85) = kg, so that every edge can be hit exactly."""
    return cockcroft_gault(age_years=68, weight_kg=Decimal(weight), creatinine_mg_dl=Decimal("0.85"), sex="female")


@pytest.mark.parametrize(
    ("weight", "shown"),
    [
        ("29.99", "29.9"), ("30", "30.0"), ("39.99", "39.9"), ("40", "40.0"), ("49.99", "49.9"), ("50", "50.0"),
        ("59.99", "59.9"), ("60", "60.0"), ("60.09", "60.0"), ("60.1", "60.1"),
    ],
)  # fmt: skip
def test_clearance_is_exact_on_the_edge_and_rounded_down(weight: str, shown: str) -> None:
    exact = woman_of_68(weight)
    assert exact == Decimal(weight)
    assert str(canonical_clearance(exact)) == shown


@given(
    tenths=some.integers(min_value=250, max_value=3000),
    micromoles=some.integers(min_value=15, max_value=1326),
    age=AGES,
    sex=SEXES,
)
def test_clearance_from_micromoles_is_shown_as_exact_fractions_say(tenths: int, micromoles: int, age: int, sex: Sex) -> None:
    weight = Decimal(tenths) / 10
    milligrams = Quantity(Decimal(micromoles), "umol/L").to("mg/dL", analyte="creatinine").amount
    shown = canonical_clearance(cockcroft_gault(age_years=age, weight_kg=weight, creatinine_mg_dl=milligrams, sex=sex))
    exact = (
        Fraction(140 - age)
        * Fraction(tenths, 10)
        * Fraction(884, 10)
        / (72 * micromoles)
        * (Fraction(85, 100) if sex == "female" else 1)
    )
    assert shown == Decimal(exact * 10 // 1) / 10


@given(age=AGES, weight=WEIGHTS, creatinine=CREATININES, sex=SEXES)
def test_clearance_falls_with_age_and_creatinine_and_rises_with_weight(
    age: int, weight: Decimal, creatinine: Decimal, sex: Sex
) -> None:
    now = cockcroft_gault(age_years=age, weight_kg=weight, creatinine_mg_dl=creatinine, sex=sex)
    assert cockcroft_gault(age_years=age + 1, weight_kg=weight, creatinine_mg_dl=creatinine, sex=sex) < now
    assert cockcroft_gault(age_years=age, weight_kg=weight, creatinine_mg_dl=creatinine + 1, sex=sex) < now
    assert cockcroft_gault(age_years=age, weight_kg=weight + 1, creatinine_mg_dl=creatinine, sex=sex) > now


def test_canonical_clearance_never_rounds_up() -> None:
    # The last of 34 digits is noise of a division; a real difference is never lifted.
    assert canonical_clearance(Decimal("44.19999999999999999999999999999999999")) == Decimal("44.2")
    assert canonical_clearance(Decimal("49.999999")) == Decimal("49.9")
    assert canonical_clearance(Decimal(0)) == 0


@pytest.mark.parametrize(("age", "weight", "creatinine"), [(140, "60", "1"), (-1, "60", "1"), (68, "0", "1"), (68, "60", "0")])
def test_clearance_is_refused_for_impossible_values(age: int, weight: str, creatinine: str) -> None:
    with pytest.raises(ValueError, match=r"must be above zero|under 140"):
        cockcroft_gault(age_years=age, weight_kg=Decimal(weight), creatinine_mg_dl=Decimal(creatinine), sex="female")


def test_clearance_at_both_ends_of_the_ages() -> None:
    # (140 - 139) x 60 x 1 / (72 x 1) = 0.8333...; (140 - 0) x 60 / 72 = 116.6666...
    last, first = (
        cockcroft_gault(age_years=age, weight_kg=Decimal(60), creatinine_mg_dl=Decimal(1), sex="male") for age in (139, 0)
    )
    assert abs(last - Decimal("0.833333")) < Decimal("0.000001")
    assert abs(first - Decimal("116.666667")) < Decimal("0.000001")


@pytest.mark.parametrize("formula", [ckd_epi_2009, ckd_epi_2021, mdrd_175, ekfc])
def test_no_estimate_from_no_creatinine(formula: Callable[..., Decimal]) -> None:
    with pytest.raises(ValueError, match="must be above zero"):
        formula(creatinine_mg_dl=Decimal(0), age_years=60, sex="female")


def test_no_indexing_by_no_surface() -> None:
    with pytest.raises(ValueError, match="must be above zero"):
        de_indexed(indexed=Decimal(60), bsa_m2=Decimal(0))
    with pytest.raises(ValueError, match="must be above zero"):
        indexed(absolute=Decimal(60), bsa_m2=Decimal(0))


@pytest.mark.parametrize(
    ("formula", "sex", "knot", "age", "value"),
    [
        # at the knot the spline is 1: 141 x 0.993^18 x 1.018 = 143.538 x 0.881229; 142 x 0.9938^18 = 142 x 0.894079; 107.3 x 1
        (ckd_epi_2009, "female", "0.7", 18, "126.489"),
        (ckd_epi_2021, "male", "0.9", 18, "126.959"),
        (ekfc, "female", "0.70", 40, "107.3"),
        (ekfc, "male", "0.90", 40, "107.3"),
    ],
)
def test_estimate_at_the_knot_of_the_spline(formula: Callable[..., Decimal], sex: Sex, knot: str, age: int, value: str) -> None:
    at = formula(creatinine_mg_dl=Decimal(knot), age_years=age, sex=sex)
    assert abs(at - Decimal(value)) < Decimal("0.002")
    just_below = formula(creatinine_mg_dl=Decimal(knot) - Decimal("0.000001"), age_years=age, sex=sex)
    assert Decimal(0) < just_below - at < Decimal("0.001")


@pytest.mark.parametrize(
    ("sex", "creatinine", "age", "values"),
    # CKD-EPI 2009 and 2021, MDRD, EKFC, worked in binary fractions with the formulas of the papers; below and above the knots.
    # The first: 141 x (0.5 / 0.7)^-0.329 x 0.993^30 x 1.018; 142 x (0.5 / 0.7)^-0.241 x 0.9938^30 x 1.012; 175 x 0.5^-1.154 x
    # 30^-0.203 x 0.742; 107.3 x (0.5 / 0.7)^-0.322. At 60 the last is x 0.990^20.
    [
        ("female", "0.5", 30, ("129.8735", "129.3170", "144.8688", "119.5785")),
        ("female", "0.5", 60, ("105.1957", "107.3063", "125.8537", "97.8041")),
        ("female", "1.4", 30, ("50.2920", "51.9042", "44.1524", "48.9591")),
        ("female", "1.4", 60, ("40.7358", "43.0698", "38.3571", "40.0440")),
        ("male", "0.5", 30, ("145.4165", "140.7182", "195.2410", "129.6574")),
        ("male", "0.5", 60, ("117.7853", "116.7670", "169.6141", "106.0477")),
        ("male", "1.4", 30, ("66.9433", "69.3419", "59.5046", "65.0707")),
        ("male", "1.4", 60, ("54.2231", "57.5394", "51.6942", "53.2218")),
    ],
)
def test_the_four_estimates(sex: Sex, creatinine: str, age: int, values: tuple[str, ...]) -> None:
    formulas = (ckd_epi_2009, ckd_epi_2021, mdrd_175, ekfc)
    found = [formula(creatinine_mg_dl=Decimal(creatinine), age_years=age, sex=sex) for formula in formulas]
    assert tuple(str(value.quantize(Decimal("0.0001"))) for value in found) == values


@pytest.mark.parametrize("formula", [ckd_epi_2009, ckd_epi_2021, mdrd_175, ekfc])
@given(age=AGES, creatinine=CREATININES, sex=SEXES)
def test_estimates_fall_with_creatinine(formula: Callable[..., Decimal], age: int, creatinine: Decimal, sex: Sex) -> None:
    now = formula(creatinine_mg_dl=creatinine, age_years=age, sex=sex)
    assert formula(creatinine_mg_dl=creatinine + Decimal("0.01"), age_years=age, sex=sex) < now


@pytest.mark.parametrize("formula", [ckd_epi_2009, ckd_epi_2021, mdrd_175, ekfc])
def test_estimates_are_for_adults(formula: Callable[..., Decimal]) -> None:
    with pytest.raises(ValueError, match="adults"):
        formula(creatinine_mg_dl=Decimal(1), age_years=17, sex="female")


def test_de_indexing_multiplies_by_the_surface() -> None:
    # 60 x 1.50 / 1.73 = 90 / 1.73 = 52.0231...; back: x 1.73 / 1.50 = 60
    absolute = de_indexed(indexed=Decimal(60), bsa_m2=Decimal("1.50"))
    assert abs(absolute - Decimal("52.023121")) < Decimal("0.000001")
    assert abs(indexed(absolute=absolute, bsa_m2=Decimal("1.50")) - 60) < Decimal("1E-30")
