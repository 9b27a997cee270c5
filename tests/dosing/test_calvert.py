"""Carboplatin by target exposure; more worked doses are in tests/cases/calc/chemotherapy.json."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mbc_desktop.dosing.calvert import USUAL_CAP_ML_MIN, calvert_dose


@pytest.mark.parametrize(
    ("filtration", "dose"),
    [("124.9", "749.5"), ("125", "750"), ("125.1", "750"), ("0", "125")],  # 5 x (124.9 + 25); 5 x 150; capped; 5 x 25
)
def test_cap_of_125(filtration: str, dose: str) -> None:
    assert calvert_dose(auc=Decimal(5), filtration_ml_min=Decimal(filtration), cap_ml_min=USUAL_CAP_ML_MIN) == Decimal(dose)


@pytest.mark.parametrize(("auc", "most"), [(6, 900), (5, 750), (4, 600), (2, 300)])
def test_highest_dose_under_the_usual_cap(auc: int, most: int) -> None:
    assert calvert_dose(auc=Decimal(auc), filtration_ml_min=Decimal(400), cap_ml_min=USUAL_CAP_ML_MIN) == most


def test_the_smallest_exposure_and_the_smallest_cap() -> None:
    # 1 x (75 + 25); 0.5 x (75 + 25); 5 x (1 + 25); 5 x (0.5 + 25)
    assert calvert_dose(auc=Decimal(1), filtration_ml_min=Decimal(75), cap_ml_min=None) == 100
    assert calvert_dose(auc=Decimal("0.5"), filtration_ml_min=Decimal(75), cap_ml_min=None) == 50
    assert calvert_dose(auc=Decimal(5), filtration_ml_min=Decimal(75), cap_ml_min=Decimal(1)) == 130
    assert calvert_dose(auc=Decimal(5), filtration_ml_min=Decimal(75), cap_ml_min=Decimal("0.5")) == Decimal("127.5")


@pytest.mark.parametrize(("auc", "filtration", "cap"), [("0", "90", "125"), ("5", "-1", "125"), ("5", "90", "0")])
def test_impossible_values_have_no_dose(auc: str, filtration: str, cap: str) -> None:
    with pytest.raises(ValueError, match="negative"):
        calvert_dose(auc=Decimal(auc), filtration_ml_min=Decimal(filtration), cap_ml_min=Decimal(cap))
