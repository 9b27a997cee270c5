"""A number never loses its unit, and changes it only where somebody asks and a factor exists."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mbc_desktop.core.quantity import Quantity, can_convert


@pytest.mark.parametrize(
    ("analyte", "amount", "unit", "other", "expected"),
    [
        ("creatinine", "0.85", "mg/dL", "umol/L", "75.14"),  # 0.85 x 88.4
        ("creatinine", "88.4", "umol/L", "mg/dL", "1"),
        ("calcium", "2.5", "mmol/L", "mg/dL", "10.0195"),  # 2.5 x 4.0078
        ("albumin", "40", "g/L", "g/dL", "4"),
        ("neutrophils", "1.5", "10^9/L", "/uL", "1500"),
        ("creatinine", "0.85", "mg/dL", "mg/dL", "0.85"),
    ],
)
def test_by_the_factor_and_back(analyte: str, amount: str, unit: str, other: str, expected: str) -> None:
    there = Quantity(Decimal(amount), unit).to(other, analyte=analyte)
    assert there == Quantity(Decimal(expected), other)
    assert there.to(unit, analyte=analyte).amount == Decimal(amount)
    assert can_convert(analyte, unit, other)


@pytest.mark.parametrize(("analyte", "unit", "other"), [("albumin", "mg/dL", "umol/L"), ("creatinine", "kg", "cm")])
def test_no_factor_no_conversion(analyte: str, unit: str, other: str) -> None:
    assert not can_convert(analyte, unit, other)
    with pytest.raises(ValueError, match=f"no conversion of {analyte} from {unit} to {other}"):
        Quantity(Decimal(1), unit).to(other, analyte=analyte)


@pytest.mark.parametrize(("amount", "unit", "said"), [("NaN", "mg", "not a finite number"), ("1", "mcg", "unknown unit: mcg")])
def test_no_quantity_without_a_number_and_a_known_unit(amount: str, unit: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Quantity(Decimal(amount), unit)


def test_it_is_written_with_its_unit() -> None:
    assert Quantity(Decimal("3.50"), "mg").text() == "3.5 mg"
