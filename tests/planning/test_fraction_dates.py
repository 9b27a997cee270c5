"""Radiotherapy fractions on real days. More worked courses are in tests/cases/calc/dates.json."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as some

from mbc_desktop.planning.dates.working_days import OpenDays, open_days
from mbc_desktop.planning.radiotherapy.fraction_dates import (
    LostPatternDay,
    daily_fractions,
    overall_treatment_time,
    spaced_fractions,
)

STANDARD = OpenDays()
MON, TUE, WED, THU, FRI, SAT = range(6)
DAYS = some.dates(min_value=date(2020, 1, 1), max_value=date(2040, 12, 31))


def texts(dates: tuple[date, ...]) -> str:
    """Days and months, as one line."""
    return " ".join(day.strftime("%d/%m") for day in dates)


def stereotactic(
    start: date,
    fractions: int,
    pattern: set[int] | None,
    *,
    per_week: int | None = None,
    gap: int = 2,
    holiday: LostPatternDay = "drop",
    calendar: OpenDays = STANDARD,
) -> tuple[date, ...]:
    """A spaced course."""
    return spaced_fractions(
        start=start,
        fractions=fractions,
        open_days=calendar,
        min_gap_days=gap,
        weekdays=None if pattern is None else frozenset(pattern),
        per_week=per_week,
        holiday=holiday,
    )


def test_ten_fractions_over_easter_2026() -> None:
    dates = daily_fractions(start=date(2026, 3, 30), fractions=10, open_days=STANDARD, emergency=False)
    assert texts(dates) == "30/03 31/03 01/04 02/04 03/04 07/04 08/04 09/04 10/04 13/04"
    assert overall_treatment_time(dates) == 15


def test_start_on_a_closed_day_waits_except_in_an_emergency() -> None:
    saturday = date(2026, 10, 31)
    assert texts(daily_fractions(start=saturday, fractions=2, open_days=STANDARD, emergency=False)) == "02/11 03/11"
    assert texts(daily_fractions(start=saturday, fractions=2, open_days=STANDARD, emergency=True)) == "31/10 02/11"


@given(start=DAYS, fractions=some.integers(min_value=1, max_value=40))
def test_daily_course_has_every_fraction_on_its_own_open_day(start: date, fractions: int) -> None:
    dates = daily_fractions(start=start, fractions=fractions, open_days=STANDARD, emergency=False)
    assert len(set(dates)) == fractions
    assert all(STANDARD.is_open(day) for day in dates)
    between = {dates[0] + timedelta(days=number) for number in range(overall_treatment_time(dates))} - set(dates)
    assert not any(STANDARD.is_open(day) for day in between)


def test_pattern_day_on_easter_monday_is_lost_or_replaced() -> None:
    start = date(2026, 3, 30)
    assert texts(stereotactic(start, 5, {MON, THU}, per_week=2)) == "30/03 02/04 09/04 13/04 16/04"
    # Tuesday 7 April keeps two days to Thursday 9 April
    assert texts(stereotactic(start, 5, {MON, THU}, per_week=2, holiday="substitute")) == "30/03 02/04 07/04 09/04 13/04"


def test_replacement_may_not_cost_the_next_pattern_day() -> None:
    # Wednesday 11 November is closed; Thursday would be one day before Friday's fraction, so Friday it is
    start = date(2026, 11, 9)
    assert texts(stereotactic(start, 3, {MON, WED, FRI}, holiday="substitute")) == "09/11 13/11 16/11"
    # unless the course ends there
    assert texts(stereotactic(start, 2, {MON, WED, FRI}, holiday="substitute")) == "09/11 12/11"


def test_replacement_stays_inside_its_week() -> None:
    # Ascension Thursday 14 May and the Friday after it are closed: the week keeps one fraction
    calendar = open_days(closures={date(2026, 5, 15): "brugdag"})
    found = stereotactic(date(2026, 5, 11), 3, {MON, THU}, per_week=2, holiday="substitute", calendar=calendar)
    assert texts(found) == "11/05 18/05 21/05"


def test_weekly_cap_counts_by_iso_week_over_the_new_year() -> None:
    # 28 December 2026 to 3 January 2027 is one week, 2026-W53
    found = stereotactic(date(2026, 12, 28), 4, None, per_week=2)
    assert texts(found) == "28/12 30/12 04/01 06/01"


def test_first_fraction_waits_for_its_pattern_day() -> None:
    assert texts(stereotactic(date(2026, 9, 8), 2, {MON, THU})) == "10/09 14/09"


@given(start=DAYS, fractions=some.integers(min_value=1, max_value=12), gap=some.integers(min_value=1, max_value=4))
def test_spaced_course_keeps_gap_cap_and_open_days(start: date, fractions: int, gap: int) -> None:
    for holiday in ("drop", "substitute"):
        dates = stereotactic(start, fractions, {MON, WED, FRI}, per_week=3, gap=gap, holiday=holiday)
        assert len(dates) == fractions
        assert all(STANDARD.is_open(day) for day in dates)
        assert all((after - before).days >= gap for before, after in pairwise(dates))
        weeks = [day.isocalendar()[:2] for day in dates]
        assert max(weeks.count(week) for week in weeks) <= 3


def test_course_that_finds_no_day_comes_back_short() -> None:
    assert stereotactic(date(2026, 9, 7), 3, {SAT}) == ()
    closed = OpenDays(closed=frozenset(date(2026, 9, 8) + timedelta(days=number) for number in range(800)))
    assert daily_fractions(start=date(2026, 9, 7), fractions=3, open_days=closed, emergency=False) == (date(2026, 9, 7),)
    assert overall_treatment_time(()) == 0
