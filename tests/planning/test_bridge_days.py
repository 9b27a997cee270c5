"""Replacement days and bridge days, which close nothing by themselves."""

from __future__ import annotations

from datetime import date

import pytest

from mbc_desktop.planning.dates.bridge_days import bridge_candidates, replacement_days

WEEKEND = frozenset({5, 6})


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2026, "15/08>17/08 01/11>02/11"),  # Saturday, Sunday
        (2027, "01/05>03/05 15/08>16/08 25/12>27/12"),  # Saturday, Sunday, Saturday
        (2028, "01/01>03/01 11/11>13/11"),  # both Saturdays
    ],
)
def test_default_replacement_is_the_next_working_day(year: int, days: str) -> None:
    found = replacement_days(year=year, inactivity_days=WEEKEND)
    assert " ".join(f"{holiday:%d/%m}>{day:%d/%m}" for holiday, day in found.items()) == days


def test_replacement_skips_a_holiday() -> None:
    # With Sunday and Monday off, Easter Monday is replaced by Tuesday
    assert replacement_days(year=2026, inactivity_days=frozenset({6, 0}))[date(2026, 4, 6)] == date(2026, 4, 7)
    with pytest.raises(ValueError, match="working day"):
        replacement_days(year=2026, inactivity_days=frozenset(range(7)))


@pytest.mark.parametrize(
    ("year", "days"),
    [(2026, "02/01 15/05 20/07"), (2027, "07/05 12/11"), (2028, "26/05 14/08"), (2029, "30/04 11/05 02/11 24/12 31/12")],
)
def test_bridge_candidates(year: int, days: str) -> None:
    # 2029: Tuesday 1 May, Thursday 10 May, Thursday 1 November, Tuesday 25 December, Tuesday 1 January 2030
    assert " ".join(f"{day:%d/%m}" for day in bridge_candidates(year)) == days
