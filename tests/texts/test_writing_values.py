"""How numbers, units and dates are written in each language."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from babel.core import Locale
from babel.dates import format_date

from mbc_desktop.core.quantity import Quantity
from mbc_desktop.planning.request import Language
from mbc_desktop.texts import load_texts, plain_date
from mbc_desktop.texts.texts import plural_category

LANGUAGES: tuple[Language, ...] = ("nl", "fr", "de", "en")
NARROW = "\u202f"
NO_BREAK = "\u00a0"


@pytest.mark.parametrize(
    ("value", "dutch", "english"),
    [
        ("0", "0", "0"),
        ("0.5", "0,5", "0.5"),
        ("5.0", "5", "5"),
        ("3.50", "3,5", "3.5"),
        ("999", "999", "999"),
        ("1000", f"1{NARROW}000", f"1{NARROW}000"),
        ("1600", f"1{NARROW}600", f"1{NARROW}600"),
        ("999.9", "999,9", "999.9"),
        ("1234567.89", f"1{NARROW}234{NARROW}567,89", f"1{NARROW}234{NARROW}567.89"),
        ("1E+3", f"1{NARROW}000", f"1{NARROW}000"),
        ("-3", "-3", "-3"),
    ],
)
def test_a_number_has_one_decimal_mark_and_narrow_spaces_from_a_thousand(value: str, dutch: str, english: str) -> None:
    assert load_texts("nl").number(Decimal(value)) == dutch
    assert load_texts("en").number(Decimal(value)) == english


def test_french_and_german_have_the_decimal_comma() -> None:
    assert [load_texts(language).number(Decimal("2.5")) for language in ("fr", "de")] == ["2,5", "2,5"]


def test_a_computed_value_is_written_with_six_decimals() -> None:
    # 75 x 1.7653... : the seventh decimal, 8, rounds the sixth up.
    assert load_texts("nl").computed("132.40091234567") == "132,400912"
    assert load_texts("nl").computed("132.40091280000") == "132,400913"
    assert load_texts("nl").computed("4.000") == "4"


@pytest.mark.parametrize(
    ("amount", "unit", "written"),
    [
        ("3.5", "mg", f"3,5{NO_BREAK}mg"),
        ("1600", "mg", f"1{NARROW}600{NO_BREAK}mg"),
        ("75", "umol/L", f"75{NO_BREAK}µmol/L"),
        ("1.5", "10^9/L", f"1,5{NO_BREAK}10⁹/L"),
        ("1.77", "m2", f"1,77{NO_BREAK}m²"),
        ("75", "mg/m2", f"75{NO_BREAK}mg per m²"),
        ("6", "mg/kg", f"6{NO_BREAK}mg per kg"),
        ("64", "years", f"64{NO_BREAK}jaar"),
        ("90", "mL/min/1.73m2", f"90{NO_BREAK}mL/min per 1,73 m²"),
    ],
)
def test_a_quantity_keeps_number_and_unit_on_one_line(amount: str, unit: str, written: str) -> None:
    assert load_texts("nl").quantity(Quantity(Decimal(amount), unit)) == written


def test_a_short_date_names_its_weekday() -> None:
    # 12 March 2026: 1 January 2026 is a Thursday, and 12 March is day 31 + 28 + 12 = 71 of the year: 70 days = 10 weeks later.
    day = date(2026, 3, 12)
    written = [load_texts(language).short_date(day) for language in LANGUAGES]
    assert written == [f"{name}{NO_BREAK}12/03/2026" for name in ("do", "jeu", "Do", "Thu")]


def test_a_long_date_is_written_out() -> None:
    day = date(2026, 3, 12)
    assert [load_texts(language).long_date(day) for language in LANGUAGES] == [
        "donderdag 12 maart 2026",
        "jeudi 12 mars 2026",
        "Donnerstag, 12. März 2026",
        "Thursday 12 March 2026",
    ]


def test_a_plain_date_has_two_digits_and_the_century() -> None:
    assert plain_date(date(2026, 3, 2)) == "02/03/2026"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_plural_is_that_of_the_common_locale_data(language: Language) -> None:
    locale = Locale.parse(language)
    counts = [*range(130), 999, 1000, 1001, 999_999, 1_000_000, 1_000_001, 2_000_000]
    written = [str(sign * count) for count in counts for sign in (1, -1)]
    written += ["0.0", "0.5", "0.99", "1.0", "1.00", "1.5", "1.99", "2.0", "2.5", "10.0", "1000000.0", "-0.5", "-1.0", "-1.5"]
    for count in map(Decimal, written):
        assert plural_category(language, count) == locale.plural_form(abs(count)), count


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_days_and_months_are_those_of_the_common_locale_data(language: Language) -> None:
    texts = load_texts(language)
    locale = Locale.parse(language)
    monday = date(2026, 3, 2)
    assert texts.words("date.weekdays") == tuple(
        format_date(monday + timedelta(days=day), "EEEE", locale=locale) for day in range(7)
    )
    assert texts.words("date.months") == tuple(format_date(date(2026, month, 1), "LLLL", locale=locale) for month in range(1, 13))
    short = tuple(format_date(monday + timedelta(days=day), "EEE", locale=locale).rstrip(".") for day in range(7))
    assert texts.words("date.weekdays_short") == short


def test_a_list_reads_as_a_sentence() -> None:
    texts = load_texts("nl")
    assert texts.listing(()) == ""
    assert texts.listing(("a",)) == "a"
    assert texts.listing(("a", "b", "c")) == "a, b en c"
    assert texts.listing(("a", "b", "c"), either=True) == "a, b of c"
