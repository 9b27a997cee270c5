"""One date: day first or ISO, four-digit year, nothing guessed."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mbc_desktop.core.typed_date import read_calendar_date

SPELLINGS = (
    "{d}/{m}/{y:04}",
    "{d:02}/{m:02}/{y:04}",
    "{d}-{m}-{y:04}",
    "{d}.{m}.{y:04}",
    "{d:02}.{m:02}.{y:04}",
    "{y:04}-{m:02}-{d:02}",
)


@pytest.mark.parametrize("spelling", SPELLINGS)
@given(day=st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_spelling_of_every_day_is_that_day(spelling: str, day: date) -> None:
    assert read_calendar_date(spelling.format(d=day.day, m=day.month, y=day.year)).value == day


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "EMPTY"),
        ("4/3/2026\u200b", "CONTROL_CHAR"),
        ("\u0664/3/2026", "NON_ASCII_DIGIT"),
        ("4/3/26", "TWO_DIGIT_YEAR"),
        ("26-03-04", "TWO_DIGIT_YEAR"),
        ("4/3-2026", "DATE_FORMAT"),
        ("20260304", "DATE_FORMAT"),
        ("2026-3-4", "DATE_FORMAT"),
        ("3/2026", "DATE_FORMAT"),
        ("29/2/2026", "NO_SUCH_DATE"),
        ("3/14/2026", "NO_SUCH_DATE"),
        ("1/1/0000", "NO_SUCH_DATE"),
    ],
)
def test_each_reason(text: str, code: str) -> None:
    reading = read_calendar_date(text)
    assert (reading.verdict, reading.value, reading.reason) == ("reject", None, code)


def test_the_day_comes_before_the_month() -> None:
    assert read_calendar_date("03/04/2026").value == date(2026, 4, 3)


@given(st.text(alphabet="0123456789/-. \u0664", max_size=12) | st.text())
def test_only_a_day_month_and_four_digit_year_are_a_date(text: str) -> None:
    value = read_calendar_date(text).value
    if value is not None:
        figures = [int(part) for part in re.split(r"[/.-]", text.strip("\u00a0\u2007\u2009\u202f \t\r\n"))]
        assert sorted(figures) == sorted([value.day, value.month, value.year])
