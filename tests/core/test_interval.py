"""Intervals count from their anchor, and are written as the data files write them."""

from __future__ import annotations

from datetime import date

import pytest

from mbc_desktop.core.interval import Interval, add_months, read_interval


@pytest.mark.parametrize(
    ("text", "times", "expected"),
    [
        ("28 days", 1, date(2026, 2, 28)),
        ("4 weeks", 2, date(2026, 3, 28)),
        ("1 month", 1, date(2026, 2, 28)),
        ("1 month", 2, date(2026, 3, 31)),
        ("3 months", 1, date(2026, 4, 30)),
        ("12 months", 1, date(2027, 1, 31)),
    ],
)
def test_from_the_last_day_of_january(text: str, times: int, expected: date) -> None:
    assert read_interval(text).after(date(2026, 1, 31), times) == expected


def test_a_leap_day_comes_back_after_four_years() -> None:
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert add_months(date(2024, 2, 29), 48) == date(2028, 2, 29)


@pytest.mark.parametrize("text", ["1 day", "28 days", "1 week", "3 weeks", "1 month", "6 months"])
def test_it_is_written_as_it_was_read(text: str) -> None:
    assert read_interval(text).text() == text


@pytest.mark.parametrize("text", ["", "28", "0 days", "1.5 weeks", "-1 days", "monthly", "28 days ", "12345 days"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="an interval is written like"):
        read_interval(text)


def test_an_interval_is_at_least_one() -> None:
    with pytest.raises(ValueError, match="at least 1, not 0"):
        Interval(0, "days")
