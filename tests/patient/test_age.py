"""Completed years."""

from __future__ import annotations

from datetime import date

import pytest

from mbc_desktop.patient.age import completed_years


@pytest.mark.parametrize(
    ("birth", "on", "years"),
    [
        (date(1958, 3, 2), date(2026, 3, 1), 67),  # the day before the birthday
        (date(1958, 3, 2), date(2026, 3, 2), 68),  # the birthday
        (date(1960, 2, 29), date(2026, 2, 28), 65),  # 29 February counts on 1 March of a common year
        (date(1960, 2, 29), date(2026, 3, 1), 66),
        (date(1960, 2, 29), date(2028, 2, 29), 68),
        (date(2008, 1, 5), date(2026, 1, 4), 17),
        (date(2008, 1, 5), date(2026, 1, 5), 18),
        (date(2026, 1, 5), date(2026, 1, 5), 0),
    ],
)
def test_age_turns_on_the_birthday(birth: date, on: date, years: int) -> None:
    assert completed_years(birth, on) == years


def test_day_before_the_birth_has_no_age() -> None:
    with pytest.raises(ValueError, match="before the birth"):
        completed_years(date(2026, 1, 5), date(2026, 1, 4))
