"""One plain number: the grammar, and that nothing outside it is ever understood."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mbc_desktop.core.decimals import decimal_text
from mbc_desktop.core.typed_number import fold_unit, read_plain_number
from mbc_desktop.core.typed_text import OUTER_BLANKS

# What an accepted text of a field in kg with two decimals looks like, written down a second time and independently.
ONE_NUMBER = re.compile(r"(0|[1-9][0-9]*)([.,][0-9]{1,2})?[ \u00a0\u2007\u2009\u202f]*([kK][gG])?")


def reason(text: str, decimals: int = 2) -> str | None:
    return read_plain_number(text, decimals=decimals, spellings=("kg",)).reason


@pytest.mark.parametrize("text", ["70,5", "70.5", " 70,5 ", "70,50", "70,5 kg", "70,5\u00a0KG", "70.5kg\n"])
def test_comma_and_point_are_the_same_mark(text: str) -> None:
    reading = read_plain_number(text, decimals=2, spellings=("kg",))
    assert (reading.verdict, reading.value) == ("accept", Decimal("70.5"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "EMPTY"),
        ("70\u200b", "CONTROL_CHAR"),
        ("7" * 33, "TOO_LONG"),
        ("<70", "COMPARATOR"),
        ("\u221270", "SIGN"),
        ("7e1", "EXPONENT"),
        ("\uff17\uff10", "NON_ASCII_DIGIT"),
        ("70 lb", "UNIT_MISMATCH"),
        ("zeventig", "NOT_A_NUMBER"),
        ("70_5", "UNDERSCORE"),
        ("7 0", "INNER_SPACE"),
        ("1.234,5", "MULTIPLE_SEPARATORS"),
        (",5", "NAKED_DECIMAL"),
        ("70,", "TRAILING_SEPARATOR"),
        ("70,500", "AMBIGUOUS_SEPARATOR"),
        ("70,5000", "TOO_MANY_DECIMALS"),
        ("070", "LEADING_ZERO"),
    ],
)
def test_each_reason_of_the_grammar(text: str, code: str) -> None:
    assert reason(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<\u0667", "COMPARATOR"),  # the comparator is what makes it no number
        ("-7 0", "SIGN"),
        ("0,127 g", "UNIT_MISMATCH"),  # another unit says more than three decimals
        ("1 070 kg", "INNER_SPACE"),
        ("07,", "TRAILING_SEPARATOR"),
    ],
)
def test_the_first_reason_in_the_order_of_the_docstring_is_told(text: str, code: str) -> None:
    assert reason(text) == code


def test_a_whole_number_field_refuses_a_mark_before_it_counts_decimals() -> None:
    assert reason("5,0", decimals=0) == "NOT_INTEGER"
    assert reason("5,000", decimals=0) == "AMBIGUOUS_SEPARATOR"


def test_a_unit_that_begins_with_a_digit_needs_a_blank_before_it() -> None:
    counts = ("10^9/L", "x10^9/L")
    assert read_plain_number("1,5 10^9/l", decimals=2, spellings=counts).value == Decimal("1.5")
    assert read_plain_number("1,5x10^9/L", decimals=2, spellings=counts).value == Decimal("1.5")
    assert read_plain_number("1510^9/L", decimals=2, spellings=counts).reason == "NOT_A_NUMBER"


def test_both_letters_mu_are_one_unit() -> None:
    assert fold_unit("\u00b5mol/L") == fold_unit("\u03bcMOL/l") == fold_unit("umol/L") == "umol/l"
    assert fold_unit("mmol/L") != fold_unit("umol/L")


def test_the_typed_unit_is_told_back() -> None:
    assert dict(read_plain_number("70 lb", decimals=2, spellings=("kg",)).details) == {"typed_unit": "lb"}


@given(st.text())
@example("70\u0000")
@example("7\u06600")
def test_no_text_outside_the_grammar_is_accepted(text: str) -> None:
    if read_plain_number(text, decimals=2, spellings=("kg",)).verdict == "accept":
        assert ONE_NUMBER.fullmatch(text.strip(OUTER_BLANKS))


@given(st.text(alphabet="0179.,_ -+eEkKgG\u00a0\u202f\u0667\uff10\u200b<", max_size=9))
def test_no_nearly_right_text_outside_the_grammar_is_accepted(text: str) -> None:
    accepted = read_plain_number(text, decimals=2, spellings=("kg",)).verdict == "accept"
    assert accepted == bool(ONE_NUMBER.fullmatch(text.strip(OUTER_BLANKS)))


@given(
    whole=st.integers(min_value=0, max_value=999_999),
    fraction=st.from_regex(r"\A([0-9]{1,2})?\Z"),
    mark=st.sampled_from(",."),
    unit=st.sampled_from(["", " kg", "kg", "\u00a0KG"]),
)
def test_an_accepted_text_prints_again_to_the_same_number(whole: int, fraction: str, mark: str, unit: str) -> None:
    typed = f"{whole}{mark}{fraction}" if fraction else str(whole)
    value = read_plain_number(f"{typed}{unit}", decimals=2, spellings=("kg",)).value
    assert value == Decimal(f"{whole}.{fraction or 0}")
    again = decimal_text(value)
    assert read_plain_number(again, decimals=2).value == value
    assert read_plain_number(again.replace(".", ","), decimals=2).value == value


@given(st.integers(min_value=1, max_value=9999), st.integers(min_value=0, max_value=999), st.sampled_from(",."))
def test_exactly_three_digits_after_a_mark_are_never_a_number(whole: int, fraction: int, mark: str) -> None:
    for decimals in (0, 1, 2, 3, 4):
        assert reason(f"{whole}{mark}{fraction:03}", decimals=decimals) == "AMBIGUOUS_SEPARATOR"
