"""Body size: worked values and properties. More worked values are in tests/cases/calc."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mbc_desktop.patient.body import (
    BSA_FORMULAS,
    adjusted_weight,
    body_mass_index,
    bsa_boyd,
    bsa_formula,
    bsa_mosteller,
    ideal_weight_devine,
)

WEIGHTS = some.decimals(min_value=25, max_value=300, places=1)
HEIGHTS = some.decimals(min_value=100, max_value=230, places=1)


def near(found: Decimal, expected: str) -> bool:
    return abs(found - Decimal(expected)) <= Decimal("0.000001")


def test_mosteller_is_exact_where_the_root_is() -> None:
    # sqrt(180 x 80 / 3600) = sqrt(4) = 2
    assert bsa_mosteller(weight_kg=Decimal(80), height_cm=Decimal(180)) == 2


@pytest.mark.parametrize(
    ("formula", "surface"),
    [
        ("mosteller", "1.765408"),
        ("du_bois", "1.749277"),
        ("haycock", "1.776291"),
        ("gehan_george", "1.781566"),
        ("boyd", "1.789731"),
    ],
)
def test_five_formulas_for_165_cm_and_68_kg(formula: str, surface: str) -> None:
    # sqrt(165 x 68 / 3600);
    # 0.007184 x 68^0.425 x 165^0.725; 0.024265 x 68^0.5378 x 165^0.3964; 0.0235 x 68^0.51456 x 165^0.42246;
    # 0.0003207 x 165^0.3 x 68000^(0.7285 - 0.0188 x 4.832509)
    assert near(BSA_FORMULAS[formula](weight_kg=Decimal(68), height_cm=Decimal(165)), surface)


def test_schlich_knows_the_sex_and_the_others_do_not() -> None:
    # women 0.000975482 x 68^0.46 x 165^1.08 = 0.000975482 x 6.965529 x 248.245964; men 0.000579479 x 68^0.38 x 165^1.24
    for sex, surface in (("female", "1.686771"), ("male", "1.618345")):
        formula = bsa_formula("schlich", sex=sex)  # type: ignore[arg-type]
        assert formula is not None
        assert near(formula(weight_kg=Decimal(68), height_cm=Decimal(165)), surface)
    mosteller = bsa_formula("mosteller", sex="male")
    assert mosteller is not None
    assert mosteller(weight_kg=Decimal(80), height_cm=Decimal(180)) == 2
    assert bsa_formula("", sex="female") is None


def test_a_body_of_one_kilogram_is_still_a_body() -> None:
    # sqrt(36 x 1 / 3600) = 0.1
    assert bsa_mosteller(weight_kg=Decimal(1), height_cm=Decimal(36)) == Decimal("0.1")


def test_boyd_takes_the_weight_in_gram() -> None:
    # 158 cm, 54 kg: 0.0003207 x 158^0.3 x 54000^(0.7285 - 0.0188 x 4.732394) = 1.556713
    assert near(bsa_boyd(weight_kg=Decimal(54), height_cm=Decimal(158)), "1.556713")


@given(weight=WEIGHTS, height=HEIGHTS)
@pytest.mark.parametrize("formula", BSA_FORMULAS)
def test_more_weight_or_height_is_never_less_surface(formula: str, weight: Decimal, height: Decimal) -> None:
    surface = BSA_FORMULAS[formula](weight_kg=weight, height_cm=height)
    assert BSA_FORMULAS[formula](weight_kg=weight + 1, height_cm=height) > surface
    assert BSA_FORMULAS[formula](weight_kg=weight, height_cm=height + 1) > surface


def test_body_mass_index() -> None:
    # 56.25 / 1.5^2 = 25
    assert body_mass_index(weight_kg=Decimal("56.25"), height_cm=Decimal(150)) == 25


def test_ideal_weight_turns_at_60_inches() -> None:
    # 45.5 + 2.3 x 0 = 45.5; one inch more: 47.8; one inch less: 43.2
    assert ideal_weight_devine(height_cm=Decimal("152.4"), sex="female") == Decimal("45.5")
    assert ideal_weight_devine(height_cm=Decimal("154.94"), sex="female") == Decimal("47.8")
    assert ideal_weight_devine(height_cm=Decimal("149.86"), sex="female") == Decimal("43.2")
    assert ideal_weight_devine(height_cm=Decimal("152.4"), sex="male") == 50


def test_ideal_weight_that_vanishes_is_refused() -> None:
    # 45.5 + 2.3 x (102 / 2.54 - 60) = -0.1
    with pytest.raises(ValueError, match="gives nothing"):
        ideal_weight_devine(height_cm=Decimal(102), sex="female")
    # 45.5 + 2.3 x (103 - 152.4) / 2.54 = 45.5 - 44.732283
    assert near(ideal_weight_devine(height_cm=Decimal(103), sex="female"), "0.767717")


def test_adjusted_weight_lies_between_ideal_and_actual() -> None:
    # 40 + 0.4 x (50 - 40) = 44; 40 + 0.3 x 10 = 43; thinner than ideal: 50 + 0.4 x (40 - 50) = 46
    assert adjusted_weight(Decimal(50), Decimal(40)) == 44
    assert adjusted_weight(Decimal(50), Decimal(40), Decimal("0.3")) == 43
    assert adjusted_weight(Decimal(40), Decimal(50)) == 46


@pytest.mark.parametrize("formula", BSA_FORMULAS)
@pytest.mark.parametrize(("weight", "height"), [("0", "165"), ("68", "0"), ("-68", "165"), ("NaN", "165")])
def test_nothing_is_computed_from_an_impossible_body(formula: str, weight: str, height: str) -> None:
    with pytest.raises((ValueError, ArithmeticError)):
        BSA_FORMULAS[formula](weight_kg=Decimal(weight), height_cm=Decimal(height))


@pytest.mark.parametrize(("weight", "height"), [("0", "165"), ("68", "0"), ("68", "-165")])
def test_no_index_and_no_ideal_weight_of_an_impossible_body(weight: str, height: str) -> None:
    with pytest.raises(ValueError, match="must be above zero"):
        body_mass_index(weight_kg=Decimal(weight), height_cm=Decimal(height))
    with pytest.raises(ValueError, match="must be above zero"):
        adjusted_weight(Decimal(weight), Decimal(height))


def test_no_ideal_weight_without_a_height() -> None:
    with pytest.raises(ValueError, match="must be above zero, not 0"):
        ideal_weight_devine(height_cm=Decimal(0), sex="female")
