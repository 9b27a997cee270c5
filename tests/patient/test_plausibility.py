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
from mbc_desktop.patient.date_plausibility import judge_date, read_date
from mbc_desktop.patient.plausibility import FieldPolicy, ageing, judge_number, read_number
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


def test_an_indexed_filtration_is_told_to_be_no_clearance() -> None:
    reading = read_number("88 ml/min/1,73m2", FIELDS.numbers["measured_gfr"])
    assert (reading.reason, reading.also) == ("NOT_A_NUMBER", ("INDEXED_EGFR_NOT_A_CLEARANCE",))


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
        assert (reading.verdict == "reject") == (days < 0 or days > 90)


def test_the_first_question_about_a_start_is_told_and_the_others_beside_it() -> None:
    # Saturday 2 May 2026 is 61 days after 2 March.
    reading = read_date("2/5/2026", policy=FIELDS.dates["start_date"], today=TODAY, holidays=holidays)
    assert (reading.reason, reading.also) == ("WEEKEND", ("MORE_THAN_60_DAYS_AHEAD",))


def test_the_caller_brings_the_holidays() -> None:
    policy = FIELDS.dates["start_date"]
    assert read_date("6/4/2026", policy=policy, today=TODAY, holidays=holidays).reason == "PUBLIC_HOLIDAY_BE"
    assert read_date("6/4/2026", policy=policy, today=TODAY, holidays=lambda year: ()).reason is None


def test_a_changed_limit_changes_the_code() -> None:
    policy = replace(FIELDS.dates["lab_date"], fresh_days=14)
    assert read_date("15/2/2026", policy=policy, today=TODAY, holidays=holidays).reason == "STALE_OVER_14_DAYS"
