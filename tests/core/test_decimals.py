"""One rounding, last, in the direction that is asked for; plain digits."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mbc_desktop.core.decimals import CONTEXT, decimal_text, to_step


@pytest.mark.parametrize(
    ("value", "text"),
    [("3.50", "3.5"), ("1E+3", "1000"), ("-0.0", "0"), ("0.000", "0"), ("100", "100"), ("-2.50", "-2.5"), ("1E-7", "0.0000001")],
)
def test_a_number_is_written_in_plain_digits(value: str, text: str) -> None:
    assert decimal_text(Decimal(value)) == text


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_never_written(value: str) -> None:
    with pytest.raises(ValueError, match="finite"):
        decimal_text(Decimal(value))


@pytest.mark.parametrize(
    ("value", "rounding", "expected"),
    [
        ("2.49", "half_up", "2"), ("2.5", "half_up", "3"), ("2.51", "half_up", "3"), ("2.99", "down", "2"), ("3", "down", "3"),
        ("2.01", "up", "3"), ("2", "up", "2"),
    ],
)  # fmt: skip
def test_half_goes_up_and_the_other_directions_are_what_they_say(value: str, rounding: str, expected: str) -> None:
    assert to_step(Decimal(value), step=Decimal(1), rounding=rounding) == Decimal(expected)


def test_a_step_need_not_be_one() -> None:
    # 2.1715 / 0.044 = 49.35: 49 steps are 2.156.
    assert to_step(Decimal("2.1715"), step=Decimal("0.044"), rounding="half_up") == Decimal("2.156")


def test_a_third_that_was_cut_off_is_still_half_a_step() -> None:
    # 75 x 23/15 = 115, which is 57.5 steps of 2: upward, though 34 digits of 23/15 fall short of it.
    surface = CONTEXT.divide(Decimal(23), Decimal(15))
    below = CONTEXT.multiply(Decimal(75), surface).next_minus(CONTEXT)
    assert to_step(below, step=Decimal(2), rounding="half_up") == 116


@pytest.mark.parametrize("step", ["0", "-0.1"])
def test_a_step_that_is_none_is_refused(step: str) -> None:
    with pytest.raises(ValueError, match="above zero"):
        to_step(Decimal(1), step=Decimal(step), rounding="half_up")
