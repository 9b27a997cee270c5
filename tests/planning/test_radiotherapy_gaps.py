"""Drugs around radiotherapy."""

from __future__ import annotations

from datetime import date

import pytest

from mbc_desktop.planning.dates.working_days import OpenDays
from mbc_desktop.planning.radiotherapy.radiotherapy_gaps import free_days_beside, gap_around, hold_around, skip_cycles

FIRST, LAST = date(2026, 9, 14), date(2026, 9, 18)


def test_hold_of_seven_days_on_both_sides() -> None:
    hold = hold_around(first_fraction=FIRST, last_fraction=LAST, before_days=7, after_days=7)
    # 14 - 7 = 7 September; 18 + 7 = 25 September; 8 to 24 September are 17 days
    assert (hold.last_dose, hold.resume, hold.dose_free_days) == (date(2026, 9, 7), date(2026, 9, 25), 17)


def test_more_than_seven_days_means_eight() -> None:
    gap = gap_around(first_fraction=FIRST, last_fraction=LAST, more_than_days=7, calendar=OpenDays())
    # 14 - 8 = Sunday 6 September, outward to Friday 4; 18 + 8 = Saturday 26 September, outward to Monday 28
    assert (gap.latest_before, gap.latest_open_before) == (date(2026, 9, 6), date(2026, 9, 4))
    assert (gap.earliest_after, gap.earliest_open_after) == (date(2026, 9, 26), date(2026, 9, 28))


PLANNED = tuple(date(2026, month, day) for month, day in ((8, 18), (9, 1), (9, 15), (9, 29), (10, 13)))


@pytest.mark.parametrize(
    ("first", "last_dose", "skipped"),
    [
        (date(2026, 9, 21), date(2026, 9, 1), [date(2026, 9, 15)]),  # 15 September is 6 days before
        (date(2026, 9, 22), date(2026, 9, 1), [date(2026, 9, 15)]),  # 7 days before, but one cycle is always skipped
        (date(2026, 9, 15), date(2026, 9, 1), [date(2026, 9, 15)]),  # a dose on the first fraction's day
        (date(2026, 9, 7), date(2026, 8, 18), [date(2026, 9, 1), date(2026, 9, 15)]),
    ],
)
def test_at_least_one_cycle_is_skipped(first: date, last_dose: date, skipped: list[date]) -> None:
    found = skip_cycles(
        planned=PLANNED, first_fraction=first, last_fraction=date(2026, 9, 25), before_days=7, least_skipped=1, after_days=7
    )
    assert (found.last_dose, list(found.skipped)) == (last_dose, skipped)
    # 29 September is within the 7 days after 25 September
    assert (found.earliest_resume, found.next_allowed) == (date(2026, 10, 2), date(2026, 10, 13))


def test_course_before_every_dose_or_after_all_of_them() -> None:
    early = skip_cycles(
        planned=PLANNED,
        first_fraction=date(2026, 7, 1),
        last_fraction=date(2026, 7, 3),
        before_days=7,
        least_skipped=1,
        after_days=7,
    )
    assert (early.last_dose, early.skipped, early.next_allowed) == (None, (), PLANNED[0])
    late = skip_cycles(
        planned=PLANNED,
        first_fraction=date(2026, 11, 2),
        last_fraction=date(2026, 11, 6),
        before_days=7,
        least_skipped=0,
        after_days=7,
    )
    assert (late.last_dose, late.skipped, late.next_allowed) == (PLANNED[-1], (), None)


def test_nearest_days_without_a_fraction() -> None:
    fractions = frozenset({date(2026, 9, 14), date(2026, 9, 16), date(2026, 9, 18)})
    # Monday 14: Tuesday is one day on, Friday three days back; Friday 18: Thursday is one day back, Monday three days on
    assert free_days_beside(day=FIRST, fractions=fractions, calendar=OpenDays()) == (date(2026, 9, 15), date(2026, 9, 11))
    assert free_days_beside(day=LAST, fractions=fractions, calendar=OpenDays()) == (date(2026, 9, 17), date(2026, 9, 21))
    assert free_days_beside(day=date(2026, 9, 16), fractions=fractions, calendar=OpenDays())[0] == date(2026, 9, 17)
    assert free_days_beside(day=date(2026, 9, 15), fractions=fractions, calendar=OpenDays()) == ()
