"""Repeated administrations. More worked calendars are in tests/cases/calc/dates.json."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mbc_desktop.core.interval import Interval
from mbc_desktop.planning.dates.date_rules import (
    Anchor,
    MonthEnd,
    Movement,
    cycle_dates,
    deescalation_dates,
    fixed_interval_dates,
    intervals_between,
    late_after_loading,
    loading_then_maintenance,
    month_dates,
    month_lengths_from,
    next_two,
    oral_cycles,
)
from mbc_desktop.planning.dates.working_days import OpenDays

LATER = Movement(shift="later", calendar=OpenDays())
STAY = Movement(shift="none", calendar=OpenDays())
DAYS = some.dates(min_value=date(2020, 1, 1), max_value=date(2040, 12, 31))


def texts(days: tuple[date | None, ...]) -> str:
    """ISO dates without the year, as one line."""
    return " ".join("-" if day is None else day.strftime("%d/%m") for day in days)


@pytest.mark.parametrize(
    ("anchor", "dates"),
    [("planned", "09/03 07/04 04/05 01/06"), ("actual", "09/03 07/04 05/05 02/06")],
)
def test_easter_monday_moves_one_date_or_all_that_follow(anchor: Anchor, dates: str) -> None:
    days = fixed_interval_dates(start=date(2026, 3, 9), every_days=28, count=4, anchor=anchor, movement=LATER)
    assert texts(tuple(day.date for day in days)) == dates


def test_empty_window_keeps_the_nominal_grid() -> None:
    # Ascension 14 May 2026 with the days around it closed
    closed = OpenDays(closed=frozenset({date(2026, 5, 13), date(2026, 5, 15)}))
    movement = Movement(shift="window", window=(-1, 1), calendar=closed)
    days = fixed_interval_dates(start=date(2026, 5, 7), every_days=7, count=3, anchor="actual", movement=movement)
    assert texts(tuple(day.date for day in days)) == "07/05 - 21/05"
    assert intervals_between(tuple(day.date for day in days)) is None
    assert intervals_between((date(2026, 5, 7), date(2026, 5, 21))) == (14,)
    assert intervals_between(()) == ()


@given(start=DAYS, shift=some.integers(min_value=1, max_value=400), every=some.integers(min_value=1, max_value=90))
def test_without_closed_days_the_start_shifts_the_whole_plan(start: date, shift: int, every: int) -> None:
    moved = timedelta(days=shift)
    for anchor in ("planned", "actual"):
        first = fixed_interval_dates(start=start, every_days=every, count=8, anchor=anchor, movement=STAY)
        second = fixed_interval_dates(start=start + moved, every_days=every, count=8, anchor=anchor, movement=STAY)
        assert [day.nominal + moved for day in first] == [day.nominal for day in second]


@pytest.mark.parametrize(
    ("month_end", "dates"),
    [
        ("clamp_from_anchor", "31/01 28/02 31/03 30/04"),
        ("clamp_from_previous", "31/01 28/02 28/03 28/04"),
        ("skip_invalid", "31/01 31/03 31/05 31/07"),
        ("overflow_from_anchor", "31/01 03/03 31/03 01/05"),
        ("last_day_of_month", "31/01 28/02 31/03 30/04"),
    ],
)
def test_what_monthly_from_the_31st_can_mean(month_end: MonthEnd, dates: str) -> None:
    assert texts(month_dates(start=date(2026, 1, 31), every_months=1, count=4, month_end=month_end)) == dates


def test_last_day_of_month_stays_at_the_end_and_the_anchor_stays_at_its_day() -> None:
    start = date(2026, 2, 28)
    assert texts(month_dates(start=start, every_months=1, count=3, month_end="last_day_of_month")) == "28/02 31/03 30/04"
    assert texts(month_dates(start=start, every_months=1, count=3, month_end="clamp_from_anchor")) == "28/02 28/03 28/04"


def test_leap_day_every_year() -> None:
    start = date(2028, 2, 29)
    assert (
        texts(month_dates(start=start, every_months=12, count=5, month_end="clamp_from_anchor"))
        == "29/02 28/02 28/02 28/02 29/02"
    )
    found = month_dates(start=start, every_months=12, count=3, month_end="skip_invalid")
    assert [day.year for day in found] == [2028, 2032, 2036]


@given(start=DAYS, months=some.integers(min_value=1, max_value=12), times=some.integers(min_value=1, max_value=24))
def test_month_steps_from_the_anchor_never_leave_their_month(start: date, months: int, times: int) -> None:
    last = month_dates(start=start, every_months=months, count=times + 1, month_end="clamp_from_anchor")[-1]
    assert (last.year * 12 + last.month) - (start.year * 12 + start.month) == months * times
    assert last.day == start.day or (last + timedelta(days=1)).day == 1


def test_month_lengths_in_a_leap_year() -> None:
    assert month_lengths_from(year=2028, months=1)[:3] == (31, 29, 31)
    # 1 February to 1 May 2028: 29 + 31 + 30
    assert month_lengths_from(year=2028, months=3)[1] == 90


def test_third_loading_dose_falls_on_day_29() -> None:
    days = loading_then_maintenance(
        start=date(2026, 8, 31), loading_offsets=(0, 14, 28), maintenance=Interval(28, "days"), maintenance_doses=2
    )
    assert texts(days) == "31/08 14/09 28/09 26/10 23/11"


def test_monthly_maintenance_counts_from_the_third_loading_dose() -> None:
    days = loading_then_maintenance(
        start=date(2028, 1, 3), loading_offsets=(0, 14, 28), maintenance=Interval(1, "months"), maintenance_doses=3
    )
    assert texts(days) == "03/01 17/01 31/01 29/02 31/03 30/04"


def test_dose_on_the_cutoff_belongs_to_the_second_phase() -> None:
    # 24 months from 4 November 2024 = 4 November 2026, 730 days later: 730 / 28 = 26.07, so doses 0 to 26;
    # every 73 days: 730 / 73 = 10 exactly, so doses 0 to 9
    monthly = deescalation_dates(
        start=date(2024, 11, 4),
        first_interval_days=28,
        after_years=2,
        second=Interval(84, "days"),
        second_doses=1,
        movement=LATER,
    )
    assert (len(monthly.first_phase), monthly.first_phase[-1]) == (27, date(2026, 11, 2))
    on_the_day = deescalation_dates(
        start=date(2024, 11, 4),
        first_interval_days=73,
        after_years=2,
        second=Interval(84, "days"),
        second_doses=1,
        movement=LATER,
    )
    assert on_the_day.cutoff == date(2026, 11, 4)
    assert len(on_the_day.first_phase) == 10
    assert on_the_day.first_phase[-1] == date(2026, 11, 4) - timedelta(days=73)


def test_two_years_from_a_leap_day() -> None:
    found = deescalation_dates(
        start=date(2024, 2, 29),
        first_interval_days=28,
        after_years=2,
        second=Interval(3, "months"),
        second_doses=2,
        movement=LATER,
    )
    assert found.cutoff == date(2026, 2, 28)


def cycles(anchor: Anchor, *, omit: frozenset[tuple[int, int]] = frozenset(), delays: dict[int, int] | None = None) -> list[str]:
    """Days 1 and 8 every 21 days from Wednesday 14 October 2026; 11 November is closed."""
    days = cycle_dates(
        start=date(2026, 10, 14),
        cycle_days=21,
        days=(1, 8),
        cycles=3,
        anchor=anchor,
        omit=omit,
        delays=delays or {},
        movement=LATER,
    )
    return [f"{day.cycle}.{day.day} {texts((day.nominal, day.date))}" for day in days]


def test_delay_moves_its_cycle_and_all_later_ones_before_the_shift() -> None:
    # cycle 2: 14/10 + 21 + 7 = 11/11, closed: 12/11; its day 8 counts from 11/11 when planned, from 12/11 when actual
    assert cycles("planned", delays={2: 7}) == [
        "1.1 14/10 14/10", "1.8 21/10 21/10", "2.1 11/11 12/11", "2.8 18/11 18/11", "3.1 02/12 02/12", "3.8 09/12 09/12",
    ]  # fmt: skip
    assert cycles("actual", delays={2: 7}) == [
        "1.1 14/10 14/10", "1.8 21/10 21/10", "2.1 11/11 12/11", "2.8 19/11 19/11", "3.1 03/12 03/12", "3.8 10/12 10/12",
    ]  # fmt: skip


def test_omitted_day_disappears_and_nothing_moves() -> None:
    assert cycles("planned", omit=frozenset({(2, 8)}))[3] == "3.1 25/11 25/11"
    # an omitted day 1 leaves its nominal day as the anchor
    assert cycles("actual", omit=frozenset({(2, 1)}))[2:] == ["2.8 11/11 12/11", "3.1 25/11 25/11", "3.8 02/12 02/12"]


def test_day_before_day_one_is_never_lost() -> None:
    days = cycle_dates(
        start=date(2026, 9, 8), cycle_days=21, days=(0, 1), cycles=2, anchor="planned", omit=frozenset(), delays={}, movement=STAY
    )
    assert texts(tuple(day.date for day in days)) == "07/09 08/09 28/09 29/09"


def test_rest_days_follow_the_last_tablet() -> None:
    first, second = oral_cycles(start=date(2028, 2, 14), on_days=21, off_days=7, cycles=2)
    # 14 February + 20 days = 5 March 2028, a leap year
    assert (first.last_tablet, first.rest) == (date(2028, 3, 5), (date(2028, 3, 6), date(2028, 3, 12)))
    assert second.first_tablet == date(2028, 3, 13)
    assert oral_cycles(start=date(2028, 2, 14), on_days=28, off_days=0, cycles=1)[0].rest is None


@pytest.mark.parametrize(("days_late", "reload"), [(0, False), (7, False), (8, True)])
@pytest.mark.parametrize("keep", [False, True])
def test_more_than_a_week_late_repeats_the_loading(days_late: int, reload: bool, keep: bool) -> None:
    planned = date(2026, 7, 13)
    given_on = planned + timedelta(days=days_late)
    late = late_after_loading(start=date(2026, 6, 1), every_days=21, number=3, given=given_on, keep_previous_schedule=keep)
    assert (late.planned, late.days_late, late.reload) == (planned, days_late, reload)
    assert late.following == next_two(planned if keep and not reload else given_on, 21)


def test_window_goes_with_the_shift_of_that_name() -> None:
    with pytest.raises(ValueError, match="window"):
        Movement(shift="window", calendar=OpenDays())
    with pytest.raises(ValueError, match="window"):
        Movement(shift="later", calendar=OpenDays(), window=(-3, 3))
