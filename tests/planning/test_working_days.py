"""Belgian legal holidays, a unit's calendar, and where a closed day moves to."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as some

from mbc_desktop.planning.dates.working_days import (
    HOLIDAY_CODES,
    SEARCH_DAYS,
    SHIFTS,
    OpenDays,
    belgian_holidays,
    earlier,
    later,
    nearest,
    nearest_in_window,
    nearest_tie_earlier,
    open_days,
    open_days_before,
)

STANDARD = OpenDays()
GOOD_FRIDAY = date(2026, 4, 3)
EASTER = date(2026, 4, 5)
EASTER_MONDAY = date(2026, 4, 6)
TUESDAY_AFTER = date(2026, 4, 7)
DAYS = some.dates(min_value=date(2020, 1, 1), max_value=date(2040, 12, 31))


def test_the_ten_holidays_of_2026() -> None:
    # Easter 5 April: +1 = 6 April, +39 = 14 May, +50 = 25 May
    assert {day.isoformat(): name for day, name in belgian_holidays(2026).items()} == {
        "2026-01-01": "new_year",
        "2026-04-06": "easter_monday",
        "2026-05-01": "labour_day",
        "2026-05-14": "ascension",
        "2026-05-25": "whit_monday",
        "2026-07-21": "national_day",
        "2026-08-15": "assumption",
        "2026-11-01": "all_saints",
        "2026-11-11": "armistice",
        "2026-12-25": "christmas",
    }
    assert set(HOLIDAY_CODES) == set(belgian_holidays(2026).values())


def test_ascension_on_labour_day_leaves_nine_days() -> None:
    # Easter 2008 was 23 March: +39 = 1 May
    assert len(belgian_holidays(2008)) == 9
    assert date(2008, 5, 1) in belgian_holidays(2008)


@pytest.mark.parametrize("year", range(2000, 2100))
def test_a_second_opinion_on_every_year(year: int) -> None:
    # That library counts the Sundays of Easter and Pentecost too; they are no legal holidays and closed as Sundays anyway.
    easter_monday = next(day for day, name in belgian_holidays(year).items() if name == "easter_monday")
    sundays = {easter_monday - timedelta(days=1), easter_monday + timedelta(days=48)}
    assert set(holidays.country_holidays("BE", years=year)) - sundays == set(belgian_holidays(year)) - sundays


@pytest.mark.parametrize(
    ("day", "open_or_why"),
    [
        (GOOD_FRIDAY, None),
        (date(2026, 4, 4), "weekend"),
        (EASTER, "weekend"),
        (EASTER_MONDAY, "easter_monday"),
        (date(2026, 5, 15), None),  # the Friday after Ascension
        (date(2028, 7, 11), None),  # 11 July is no legal holiday
        (date(2026, 8, 15), "assumption"),  # a Saturday and a holiday: the holiday is the reason
        (date(2026, 11, 2), None),
        (date(2026, 12, 24), None),
    ],
)
def test_which_days_are_open(day: date, open_or_why: str | None) -> None:
    assert STANDARD.why_closed(day) == open_or_why
    assert STANDARD.is_open(day) is (open_or_why is None)


def test_closure_says_its_own_words_and_an_extra_day_wins() -> None:
    bridge = date(2026, 5, 15)
    calendar = open_days(closures={bridge: "brugdag", EASTER_MONDAY: "onderhoud"}, extra=[date(2026, 5, 16), date(2026, 5, 25)])
    assert calendar.why_closed(bridge) == "brugdag"
    assert calendar.why_closed(EASTER_MONDAY) == "easter_monday"
    assert calendar.is_open(date(2026, 5, 16))  # a Saturday
    assert calendar.is_open(date(2026, 5, 25))  # Whit Monday
    assert OpenDays(closed=frozenset({bridge})).why_closed(bridge) == "closure"
    assert open_days(closures={bridge: "brugdag"}, extra=[bridge]).is_open(bridge)


def test_what_is_remembered_is_no_part_of_the_calendar() -> None:
    asked = OpenDays()
    assert not asked.is_open(EASTER)
    assert asked == OpenDays()
    assert hash(asked) == hash(OpenDays())


def test_shifts_over_the_easter_weekend() -> None:
    assert later(EASTER, STANDARD) == TUESDAY_AFTER
    assert earlier(EASTER, STANDARD) == GOOD_FRIDAY
    # 5 April lies two days from both sides: the tie
    assert nearest(EASTER, STANDARD) == TUESDAY_AFTER
    assert nearest_tie_earlier(EASTER, STANDARD) == GOOD_FRIDAY
    # 4 April is one day from Good Friday, 6 April one day from Tuesday
    assert nearest(date(2026, 4, 4), STANDARD) == GOOD_FRIDAY
    assert nearest_tie_earlier(EASTER_MONDAY, STANDARD) == TUESDAY_AFTER


@given(day=DAYS)
@pytest.mark.parametrize("name", SHIFTS)
def test_an_open_day_never_moves_and_a_moved_day_is_open(name: str, day: date) -> None:
    moved = SHIFTS[name](day, STANDARD)
    assert moved is not None
    if name == "none" or STANDARD.is_open(day):
        assert moved == day
    else:
        assert STANDARD.is_open(moved)
        assert abs((moved - day).days) <= 4


def test_window_edges() -> None:
    # Ascension Thursday 14 May 2026; the Friday after it closed
    calendar = open_days(closures={date(2026, 5, 15): "brugdag"})
    ascension = date(2026, 5, 14)
    assert nearest_in_window(ascension, -1, 1, calendar) == date(2026, 5, 13)
    assert nearest_in_window(ascension, 0, 3, calendar) is None
    assert nearest_in_window(ascension, 0, 4, calendar) == date(2026, 5, 18)
    assert nearest_in_window(ascension, -1, 4, calendar, not_before=ascension) == date(2026, 5, 18)
    assert nearest_in_window(ascension, -1, 3, calendar, not_before=ascension) is None
    assert nearest_in_window(date(2026, 5, 13), -1, 1, calendar) == date(2026, 5, 13)


def test_a_day_before_the_start_is_never_chosen_even_when_open() -> None:
    monday = date(2026, 9, 7)
    assert nearest_in_window(monday, -3, 3, STANDARD, not_before=date(2026, 9, 8)) == date(2026, 9, 8)


def test_closed_for_longer_than_a_year_has_no_next_day() -> None:
    start = date(2026, 1, 1)
    always = OpenDays(closed=frozenset(start + timedelta(days=number) for number in range(-2 * SEARCH_DAYS, 2 * SEARCH_DAYS)))
    assert later(start, always) is None
    assert earlier(start, always) is None
    assert nearest(start, always) is None
    assert nearest_tie_earlier(start, always) is None
    assert open_days_before(start, 1, always) is None


def test_counting_open_days_back() -> None:
    assert open_days_before(TUESDAY_AFTER, 0, STANDARD) == TUESDAY_AFTER
    assert open_days_before(TUESDAY_AFTER, 1, STANDARD) == GOOD_FRIDAY
    assert open_days_before(TUESDAY_AFTER, 2, STANDARD) == date(2026, 4, 2)
