"""BED and EQD2. The table of the guideline's courses is in tests/cases/calc/biological_dose.json."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mbc_desktop.planning.radiotherapy.biological_dose import biologically_effective_dose, equivalent_dose_2gy, total_dose

DOSES = some.decimals(min_value="0.5", max_value=20, places=1)


def test_ten_times_three_gray() -> None:
    # 30 x (1 + 3/10) = 39; 30 x (3 + 10) / (2 + 10) = 32.5; at alpha/beta 2: 30 x 2.5 = 75; 30 x 5 / 4 = 37.5
    ten, two = Decimal(10), Decimal(2)
    assert biologically_effective_dose(fractions=10, dose_gy=Decimal(3), alpha_beta_gy=ten) == 39
    assert equivalent_dose_2gy(fractions=10, dose_gy=Decimal(3), alpha_beta_gy=ten) == Decimal("32.5")
    assert biologically_effective_dose(fractions=10, dose_gy=Decimal(3), alpha_beta_gy=two) == 75
    assert equivalent_dose_2gy(fractions=10, dose_gy=Decimal(3), alpha_beta_gy=two) == Decimal("37.5")


def test_total_is_exact() -> None:
    # 18 x 2.33 = 41.94
    assert total_dose(fractions=18, dose_gy=Decimal("2.33")) == Decimal("41.94")


@given(fractions=some.integers(min_value=1, max_value=40), alpha_beta=some.decimals(min_value="0.5", max_value=20, places=1))
def test_two_gray_fractions_are_their_own_equivalent(fractions: int, alpha_beta: Decimal) -> None:
    assert equivalent_dose_2gy(fractions=fractions, dose_gy=Decimal(2), alpha_beta_gy=alpha_beta) == 2 * fractions


@given(fractions=some.integers(min_value=1, max_value=40), dose=DOSES)
def test_larger_fractions_weigh_more_in_late_tissue(fractions: int, dose: Decimal) -> None:
    late = biologically_effective_dose(fractions=fractions, dose_gy=dose, alpha_beta_gy=Decimal(2))
    assert late > biologically_effective_dose(fractions=fractions, dose_gy=dose, alpha_beta_gy=Decimal(10)) > fractions * dose


@pytest.mark.parametrize(("fractions", "dose", "alpha_beta"), [(0, "3", "10"), (10, "0", "10"), (10, "3", "0"), (10, "3", "-2")])
def test_nothing_is_computed_from_an_impossible_course(fractions: int, dose: str, alpha_beta: str) -> None:
    for formula in (biologically_effective_dose, equivalent_dose_2gy):
        with pytest.raises(ValueError, match="above zero"):
            formula(fractions=fractions, dose_gy=Decimal(dose), alpha_beta_gy=Decimal(alpha_beta))
