"""Doses that add up over a lifetime."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mbc_desktop.dosing.lifetime import doses_left, equivalent, left_under


def test_a_dose_of_one_milligram_counts() -> None:
    # 5 - 0 = 5 doses of 1; of 0.5 ten
    assert doses_left(limit=Decimal(5), so_far=Decimal(0), each=Decimal(1)) == 5
    assert doses_left(limit=Decimal(5), so_far=Decimal(0), each=Decimal("0.5")) == 10
    assert equivalent(Decimal(0), Decimal("0.8")) == 0
    assert equivalent(Decimal(300), Decimal(0)) == 0


def test_epirubicin_counts_for_eight_tenths() -> None:
    assert equivalent(Decimal(300), Decimal("0.8")) == 240


@pytest.mark.parametrize(("amount", "factor"), [("-1", "1"), ("1", "-0.8")])
def test_nothing_counts_below_zero(amount: str, factor: str) -> None:
    with pytest.raises(ValueError, match="not below zero"):
        equivalent(Decimal(amount), Decimal(factor))


@pytest.mark.parametrize(("so_far", "left"), [("240", "310"), ("550", "0"), ("551", "0")])
def test_what_is_left_is_never_below_zero(so_far: str, left: str) -> None:
    assert left_under(Decimal(550), Decimal(so_far)) == Decimal(left)


@pytest.mark.parametrize(("so_far", "each", "doses"), [("240", "60", 5), ("250", "60", 5), ("251", "60", 4), ("550", "60", 0)])
def test_the_limit_itself_may_be_reached(so_far: str, each: str, doses: int) -> None:
    # 550 - 250 = 300 = 5 x 60.
    assert doses_left(limit=Decimal(550), so_far=Decimal(so_far), each=Decimal(each)) == doses


@pytest.mark.parametrize("each", ["0", "-60"])
def test_a_dose_of_nothing_has_no_number(each: str) -> None:
    with pytest.raises(ValueError, match="above zero"):
        doses_left(limit=Decimal(550), so_far=Decimal(0), each=Decimal(each))
