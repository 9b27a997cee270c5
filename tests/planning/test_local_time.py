"""Hours between recorded times, checked against the time zone data of the system."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mbc_desktop.planning.dates.local_time import clock_hours, draw_days, elapsed_hours, summer_time, utc_offset
from mbc_desktop.planning.dates.working_days import OpenDays

try:
    BRUSSELS = ZoneInfo("Europe/Brussels")
except ZoneInfoNotFoundError:
    BRUSSELS = None


def at(text: str) -> datetime:
    """A clock reading."""
    return datetime.fromisoformat(text)


def test_spring_change_takes_an_hour() -> None:
    start, end = at("2026-03-28T10:00"), at("2026-03-30T10:00")
    assert (elapsed_hours(start, end), clock_hours(start, end)) == (Decimal(47), Decimal(48))


def test_autumn_change_gives_an_hour() -> None:
    start, end = at("2026-10-23T09:00"), at("2026-10-26T09:00")
    assert (elapsed_hours(start, end), clock_hours(start, end)) == (Decimal(73), Decimal(72))


def test_half_hours_are_exact() -> None:
    assert elapsed_hours(at("2026-09-07T08:15"), at("2026-09-07T09:45")) == Decimal("1.5")


@pytest.mark.parametrize("year", [2024, 2026, 2029, 2032, 2035])
def test_summer_time_runs_between_two_last_sundays(year: int) -> None:
    begins, ends = summer_time(year)
    for day in (begins, ends):
        assert day.weekday() == 6
        assert (day + timedelta(days=7)).month == day.month + 1


def test_the_hour_that_happens_twice() -> None:
    # 25 October 2026, 02:30: first in summer time, then in winter time
    assert utc_offset(at("2026-10-25T02:30")) == timedelta(hours=2)
    assert utc_offset(at("2026-10-25T02:30").replace(fold=1)) == timedelta(hours=1)
    assert utc_offset(at("2026-10-25T03:00")) == timedelta(hours=1)


@pytest.mark.skipif(BRUSSELS is None, reason="this system has no time zone data")
@given(local=some.datetimes(min_value=datetime(1996, 1, 1), max_value=datetime(2037, 12, 31)), fold=some.integers(0, 1))  # noqa: DTZ001
def test_offset_agrees_with_the_system(local: datetime, fold: int) -> None:
    aware = local.replace(tzinfo=BRUSSELS, fold=fold)
    exists = aware.astimezone(UTC).astimezone(BRUSSELS).replace(tzinfo=None) == local
    if exists:
        assert utc_offset(local.replace(fold=fold)) == aware.utcoffset()


@pytest.mark.skipif(BRUSSELS is None, reason="this system has no time zone data")
@pytest.mark.parametrize("year", range(1996, 2038))
def test_both_changes_agree_with_the_system(year: int) -> None:
    for change in summer_time(year):
        for minutes in (-61, -1, 0, 59, 61):
            local = change + timedelta(minutes=minutes)
            aware = local.replace(tzinfo=BRUSSELS)
            if aware.astimezone(UTC).astimezone(BRUSSELS).replace(tzinfo=None) == local:
                assert utc_offset(local) == aware.utcoffset()


def drawn(treatment: str, hours: int) -> list[str]:
    """The possible draw days of a laboratory open from 8 to 17."""
    days = draw_days(treatment=at(treatment), valid_hours=hours, opens=8, closes=17, calendar=OpenDays())
    return [day.isoformat() for day in days]


def test_result_valid_for_a_day() -> None:
    assert drawn("2026-09-09T10:00", 24) == ["2026-09-08", "2026-09-09"]
    # valid from 17:01 the day before: the laboratory has just closed
    assert drawn("2026-09-09T17:01", 24) == ["2026-09-09"]
    # treated before the laboratory opens
    assert drawn("2026-09-09T07:59", 24) == ["2026-09-08"]


def test_result_valid_for_three_days_over_the_spring_change_is_valid_an_hour_earlier_on_the_clock() -> None:
    # Monday 30 March 2026, 18:00 summer time, minus 72 real hours = Friday 27 March, 17:00 winter time: the last minute
    assert drawn("2026-03-30T18:00", 72) == ["2026-03-27", "2026-03-30"]
    assert drawn("2026-03-30T18:01", 72) == ["2026-03-30"]


def test_draw_days_skip_closed_days() -> None:
    assert drawn("2026-04-07T10:00", 72) == ["2026-04-07"]
    assert drawn("2026-04-07T10:00", 96) == ["2026-04-03", "2026-04-07"]
    assert date(2026, 4, 6) not in draw_days(
        treatment=at("2026-04-07T10:00"), valid_hours=96, opens=8, closes=17, calendar=OpenDays()
    )
