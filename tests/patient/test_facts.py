"""What nobody said stays unsaid."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from mbc_desktop.core.quantity import Quantity
from mbc_desktop.patient.facts import EarlierDrug, EarlierRadiotherapy, Measurement


def test_a_measurement_is_confirmed_by_nobody_until_somebody_does() -> None:
    plain = Measurement(kind="weight", quantity=Quantity(Decimal(68), "kg"), on=date(2026, 3, 2))
    assert (plain.confirmed_reason, plain.confirmed_by, plain.low, plain.high) == ("", "", None, None)


def test_an_earlier_treatment_says_only_what_is_known() -> None:
    assert EarlierDrug(drug="epirubicin").setting == ""
    assert EarlierRadiotherapy(fractions=5, dose_gy=Decimal(4), region="spine").level == ""
