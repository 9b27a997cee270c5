"""Limits of typed values and dates: the data that are shipped, and each verdict on both sides of a limit."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mbc_desktop.core.decimals import decimal_text
from mbc_desktop.core.folders import find_schedules
from mbc_desktop.patient.date_plausibility import PlannedDatePolicy, judge_date, read_date
from mbc_desktop.patient.plausibility import Doubt, FieldPolicy, ageing, judge_number, read_dose_override, read_number
from mbc_desktop.regimen.fields_file import load_fields
from tests.typed_cases import SHARED, TODAY

FIELDS = load_fields(find_schedules())
HOLIDAY = date(2026, 4, 6)


def holidays(year: int) -> frozenset[date]:
    return frozenset({HOLIDAY} if year == 2026 else ())


def steps(low: str, high: str, step: str) -> list[Decimal]:
    """Every value from low to high."""
    first, width = Decimal(low), Decimal(step)
    return [first + width * number for number in range(int((Decimal(high) - first) / width) + 1)]


def accepted(policy: FieldPolicy, values: list[Decimal]) -> list[Decimal]:
    return [value for value in values if judge_number(value, policy).verdict == "accept"]


def test_the_limits_are_those_of_the_input_policy_where_it_is_present() -> None:
    if not SHARED.is_file():
        pytest.skip("the shared corpus does not lie beside this checkout")
    for id, policy in json.loads(SHARED.read_bytes())["field_policy"].items():
        ours = FIELDS.numbers[id]
        assert ours.hard is not None
        assert ours.soft is not None
        shown = {
            "unit": ours.unit,
            "dec": ours.decimals,
            "hard": [decimal_text(limit) for limit in ours.hard],
            "soft": [decimal_text(limit) for limit in ours.soft],
            "alt": [[decimal_text(other.low), decimal_text(other.high), other.code] for other in ours.other_units],
            "warn": [[decimal_text(doubt.low), decimal_text(doubt.high), doubt.code] for doubt in ours.doubts],
        }
        assert shown == {"alt": [], "warn": [], **policy}, id


@pytest.mark.parametrize(
    ("field", "low", "high", "step", "count"),
    [
        # Every value of the other unit's hard range, in the steps in which it is typed.
        ("creatinine_umol_l", "0.2", "15", "0.01", 1481),
        ("creatinine_mg_dl", "18", "1330", "1", 1313),
        ("albumin_g_dl", "10", "70", "0.1", 601),
        ("albumin_g_l", "1", "7", "0.01", 601),
        ("platelets", "2001", "100000", "1", 98000),
        ("rt_dose_per_fraction", "100", "2500", "1", 2401),
    ],
)
def test_a_value_of_the_other_unit_is_always_refused(field: str, low: str, high: str, step: str, count: int) -> None:
    values = steps(low, high, step)
    assert len(values) == count
    assert {judge_number(value, FIELDS.numbers[field]).verdict for value in values} == {"reject"}


@pytest.mark.parametrize(
    ("field", "low", "high", "asked"),
    [
        # 4.00 to 5.00 in steps of 0.01 are 101 values that are possible in both units.
        ("calcium_total_mmol_l", "4", "20", 101),
        ("calcium_total_mg_dl", "1", "5", 101),
    ],
)
def test_calcium_of_the_other_unit_is_refused_or_must_be_typed_again(field: str, low: str, high: str, asked: int) -> None:
    values = steps(low, high, "0.01")
    readings = [judge_number(value, FIELDS.numbers[field]) for value in values]
    assert accepted(FIELDS.numbers[field], values) == []
    assert [reading.reason for reading in readings if reading.verdict == "warn"] == ["UNIT_OVERLAP_REENTER"] * asked


def test_a_deep_neutropenia_typed_per_microlitre_is_asked_about_with_that_unit() -> None:
    for value in steps("11", "100", "1"):
        reading = judge_number(value, FIELDS.numbers["anc"])
        assert (reading.reason, reading.also) == ("ABOVE_SOFT_LIMIT", ("UNIT_SUSPECT_PER_UL",))
    for value in steps("101", "100000", "1"):
        assert judge_number(value, FIELDS.numbers["anc"]).reason == "UNIT_SUSPECT_PER_UL"


def test_metres_are_named_when_a_height_has_too_many_decimals() -> None:
    for typed in ("1,65", "1.650"):
        reading = read_number(typed, FIELDS.numbers["height"])
        assert reading.verdict == "reject"
        assert reading.also == ("UNIT_SUSPECT_M",)
        assert dict(reading.details)["other_unit"] == "m"
    assert read_number("165,55", FIELDS.numbers["height"]).also == ()


@pytest.mark.parametrize(("typed", "metres"), [("0,89", False), ("0,90", True), ("2,40", True), ("2,41", False)])
def test_metres_are_named_inside_their_own_range(typed: str, metres: bool) -> None:
    reading = read_number(typed, FIELDS.numbers["height"])
    assert (reading.verdict, reading.also) == ("reject", ("UNIT_SUSPECT_M",) if metres else ())
    assert dict(reading.details)["unit"] == "cm"


def test_an_indexed_filtration_is_told_to_be_no_clearance() -> None:
    reading = read_number("88 ml/min/1,73m2", FIELDS.numbers["measured_gfr"])
    assert (reading.reason, reading.also) == ("NOT_A_NUMBER", ("INDEXED_EGFR_NOT_A_CLEARANCE",))


def test_only_a_filtration_is_told_to_be_indexed() -> None:
    assert read_number("about 88", FIELDS.numbers["measured_gfr"]).also == ()
    assert read_number("88/1,73", FIELDS.numbers["weight"]).also == ()


@pytest.mark.parametrize(
    ("field", "value", "reason", "limit"),
    [
        ("weight", "24.9", "BELOW_HARD_LIMIT", "25"),
        ("height", "99.9", "BELOW_HARD_LIMIT", "100"),
        ("height", "230.1", "ABOVE_HARD_LIMIT", "230"),
        ("height", "139.9", "BELOW_SOFT_LIMIT", "140"),
        ("height", "140", None, ""),
        ("height", "195", None, ""),
        ("height", "195.1", "ABOVE_SOFT_LIMIT", "195"),
    ],
)
def test_a_limit_is_named_and_belongs_to_what_is_allowed(field: str, value: str, reason: str | None, limit: str) -> None:
    reading = judge_number(Decimal(value), FIELDS.numbers[field])
    assert reading.reason == reason
    named = {"value": Decimal(value), "limit": Decimal(limit or 0), "unit": FIELDS.numbers[field].unit}
    assert dict(reading.details) == (named if reason else {})


def test_a_doubt_without_another_unit_names_none() -> None:
    assert Doubt(low=Decimal(1), high=Decimal(2), code="SUSPECT_IONISED").unit == ""
    reading = read_number("1,2", FIELDS.numbers["calcium_total_mmol_l"])
    assert (reading.verdict, reading.reason) == ("warn", "SUSPECT_IONISED")
    assert dict(reading.details) == {"value": Decimal("1.2"), "other_unit": "", "unit": "mmol/L"}


@pytest.mark.parametrize(("value", "per_microlitre"), [("10.005", False), ("10.01", True), ("100", True)])
def test_counts_per_microlitre_are_mentioned_inside_their_own_range(value: str, per_microlitre: bool) -> None:
    reading = judge_number(Decimal(value), FIELDS.numbers["anc"])
    assert (reading.verdict, reading.reason) == ("warn", "ABOVE_SOFT_LIMIT")
    assert reading.also == (("UNIT_SUSPECT_PER_UL",) if per_microlitre else ())
    assert dict(reading.details).get("other_unit") == ("/uL" if per_microlitre else None)


@pytest.mark.parametrize(
    ("typed", "calculated", "reason", "percent"),
    [
        # of 80 mg: 25 % = 20; 95 % = 76; 105 % = 84; 110 % = 88
        ("19,99", "80", "BELOW_25_PCT_OF_CALCULATED", "25"),
        ("20", "80", "DIFFERS_MORE_THAN_5_PCT", "5"),
        ("75,99", "80", "DIFFERS_MORE_THAN_5_PCT", "5"),
        ("76", "80", None, ""),
        ("84", "80", None, ""),
        ("84,01", "80", "DIFFERS_MORE_THAN_5_PCT", "5"),
        ("88", "80", "DIFFERS_MORE_THAN_5_PCT", "5"),
        ("88,01", "80", "ABOVE_110_PCT_OF_CALCULATED", "110"),
        ("1", "1", None, ""),
    ],
)
def test_a_dose_typed_over_the_calculated_one(typed: str, calculated: str, reason: str | None, percent: str) -> None:
    policy, limits = FIELDS.numbers["dose_override_mg"], FIELDS.checks.dose_override
    reading = read_dose_override(typed, policy, calculated_mg=Decimal(calculated), limits=limits)
    assert reading.reason == reason
    if reason is None:
        assert (reading.verdict, reading.value) == ("accept", Decimal(typed))
    else:
        value = Decimal(typed.replace(",", "."))
        refused = "DIFFERS" not in reason
        assert (reading.verdict, reading.value) == (("reject", None) if refused else ("warn", value))
        named = {"value": value, "calculated": Decimal(calculated), "percent": Decimal(percent), "unit": "mg"}
        assert dict(reading.details) == named


@pytest.mark.parametrize("calculated", [None, Decimal(0), Decimal(-1)])
def test_a_typed_dose_needs_a_calculated_one(calculated: Decimal | None) -> None:
    policy, limits = FIELDS.numbers["dose_override_mg"], FIELDS.checks.dose_override
    reading = read_dose_override("80", policy, calculated_mg=calculated, limits=limits)
    assert (reading.verdict, reading.reason) == ("reject", "CALCULATED_DOSE_MISSING")
    unreadable = read_dose_override("80 ml", policy, calculated_mg=calculated, limits=limits)
    assert (unreadable.verdict, unreadable.reason) == ("reject", "UNIT_MISMATCH")


def test_a_reading_carries_the_unit_of_the_field_and_the_limit() -> None:
    reading = read_number("24,99", FIELDS.numbers["weight"])
    assert reading.unit == "kg"
    assert dict(reading.details) == {"value": Decimal("24.99"), "limit": Decimal(25), "unit": "kg"}


def test_a_number_of_a_file_is_judged_by_the_same_limits() -> None:
    assert judge_number(Decimal("24.99"), FIELDS.numbers["weight"]).reason == "BELOW_HARD_LIMIT"
    assert judge_number(Decimal("70.125"), FIELDS.numbers["weight"]).verdict == "accept"


@given(st.sampled_from(sorted(FIELDS.numbers)), st.decimals(min_value=0, max_value=3_000_000, places=2))
def test_no_value_outside_the_hard_limits_gets_through(field: str, value: Decimal) -> None:
    policy = FIELDS.numbers[field]
    reading = judge_number(value, policy)
    if policy.hard is not None:
        inside = policy.hard[0] <= value <= policy.hard[1]
        assert (reading.verdict != "reject") == inside
        assert (reading.value == value) == inside


@given(st.sampled_from(sorted(FIELDS.numbers)), st.decimals(min_value=0, max_value=3000, places=2))
def test_comma_and_point_give_the_same_reading(field: str, value: Decimal) -> None:
    text = decimal_text(value)
    assert read_number(text, FIELDS.numbers[field]) == read_number(text.replace(".", ","), FIELDS.numbers[field])


@pytest.mark.parametrize(
    ("field", "days", "verdict"),
    [
        ("creatinine_mg_dl", 0, "fresh"),
        ("creatinine_mg_dl", 7, "fresh"),
        ("creatinine_mg_dl", 8, "old"),
        ("creatinine_mg_dl", 90, "old"),
        ("creatinine_mg_dl", 91, "too_old"),
        ("creatinine_mg_dl", -1, "after_today"),
        ("weight", 28, "fresh"),
        ("weight", 29, "old"),
        ("weight", 180, "old"),
        ("weight", 181, "too_old"),
        ("height", 5000, "fresh"),
        ("height", -1, "after_today"),
    ],
)
def test_the_age_of_a_value(field: str, days: int, verdict: str) -> None:
    assert ageing(FIELDS.numbers[field], on=TODAY - timedelta(days=days), today=TODAY) == verdict


def test_laboratory_dates_are_judged_on_every_day() -> None:
    policy = FIELDS.dates["lab_date"]
    for days in range(-2, 96):
        reading = judge_date(TODAY - timedelta(days=days), policy=policy, today=TODAY, holidays=holidays)
        expected = "IN_FUTURE" if days < 0 else "STALE_OVER_90_DAYS" if days > 90 else "STALE_OVER_7_DAYS" if days > 7 else None
        assert reading.reason == expected, days
        refused = days < 0 or days > 90
        assert reading.verdict == ("reject" if refused else "warn" if days > 7 else "accept"), days
        assert dict(reading.details).get("limit") == (None if days < 8 else 90 if days > 90 else 7), days


def test_the_first_question_about_a_start_is_told_and_the_others_beside_it() -> None:
    # Saturday 2 May 2026 is 61 days after 2 March.
    reading = read_date("2/5/2026", policy=FIELDS.dates["start_date"], today=TODAY, holidays=holidays)
    assert (reading.reason, reading.also) == ("WEEKEND", ("MORE_THAN_60_DAYS_AHEAD",))


PLANNED = PlannedDatePolicy(
    kind="planned",
    open_days_only=True,
    ask_days_ahead=10,
    refuse_days_ahead=20,
    ask_days_ago=5,
    refuse_days_ago=15,
    source="proposal",
    grade="proposal",
)


@pytest.mark.parametrize(
    ("days", "reason", "also"),
    [
        # From Monday 2 March 2026.
        (4, None, ()),  # Friday 6 March
        (5, "WEEKEND", ()),
        (6, "WEEKEND", ()),
        (7, None, ()),
        (10, None, ()),  # Thursday 12 March
        (11, "MORE_THAN_10_DAYS_AHEAD", ()),
        (12, "WEEKEND", ("MORE_THAN_10_DAYS_AHEAD",)),
        (20, "WEEKEND", ("MORE_THAN_10_DAYS_AHEAD",)),
        (21, "TOO_FAR_FUTURE", ()),
        (-5, None, ()),  # Wednesday 25 February
        (-6, "MORE_THAN_5_DAYS_AGO", ()),
        (-15, "WEEKEND", ("MORE_THAN_5_DAYS_AGO",)),
        (-16, "TOO_FAR_PAST", ()),
    ],
)
def test_a_planned_day_on_both_sides_of_every_limit(days: int, reason: str | None, also: tuple[str, ...]) -> None:
    day = TODAY + timedelta(days=days)
    reading = judge_date(day, policy=PLANNED, today=TODAY, holidays=holidays)
    refused = reason in ("TOO_FAR_FUTURE", "TOO_FAR_PAST")
    assert (reading.reason, reading.also) == (reason, also)
    assert (reading.verdict, reading.value) == (("reject", None) if refused else ("warn" if reason else "accept", day))
    limit = 20 if days > 0 else 15
    assert dict(reading.details) == ({"day": day, "days": limit if refused else abs(days)} if reason else {})


def test_a_planned_day_without_limits_to_ask_about_is_not_asked_about() -> None:
    policy = replace(PLANNED, open_days_only=False, ask_days_ahead=None, ask_days_ago=None)
    for days in (20, 5, -15):
        assert judge_date(TODAY + timedelta(days=days), policy=policy, today=TODAY, holidays=holidays).verdict == "accept"


@pytest.mark.parametrize(
    ("born", "reason", "limit"),
    [
        ("2026-03-03", "IN_FUTURE", None),
        ("2026-03-02", "AGE_BELOW_18", 18),
        ("2008-03-03", "AGE_BELOW_18", 18),  # 18 tomorrow
        ("2008-03-02", "AGE_BELOW_25", 25),
        ("2001-03-03", "AGE_BELOW_25", 25),
        ("2001-03-02", None, None),
        ("1930-03-03", None, None),  # 96 tomorrow
        ("1930-03-02", "AGE_ABOVE_95", 95),
        ("1910-03-03", "AGE_ABOVE_95", 95),
        ("1910-03-02", "AGE_ABOVE_115", 115),
    ],
)
def test_a_birth_date_on_both_sides_of_every_age(born: str, reason: str | None, limit: int | None) -> None:
    day = date.fromisoformat(born)
    reading = judge_date(day, policy=FIELDS.dates["date_of_birth"], today=TODAY, holidays=holidays)
    refused = reason in ("IN_FUTURE", "AGE_BELOW_18", "AGE_ABOVE_115")
    assert (reading.verdict, reading.reason) == ("reject" if refused else "warn" if reason else "accept", reason)
    assert dict(reading.details).get("limit") == limit
    # Born in March, so the years differ by the age, or by one more before the birthday.
    age = TODAY.year - day.year - (day.day > TODAY.day)
    assert dict(reading.details).get("age") == (None if reason in (None, "IN_FUTURE") else age)


def test_the_caller_brings_the_holidays() -> None:
    policy = FIELDS.dates["start_date"]
    assert read_date("6/4/2026", policy=policy, today=TODAY, holidays=holidays).reason == "PUBLIC_HOLIDAY_BE"
    assert read_date("6/4/2026", policy=policy, today=TODAY, holidays=lambda year: ()).reason is None


def test_a_changed_limit_changes_the_code() -> None:
    policy = replace(FIELDS.dates["lab_date"], fresh_days=14)
    assert read_date("15/2/2026", policy=policy, today=TODAY, holidays=holidays).reason == "STALE_OVER_14_DAYS"
