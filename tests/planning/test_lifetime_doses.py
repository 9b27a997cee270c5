"""Anthracyclines over a lifetime: equivalents, earlier treatment, an unknown history, and what is left before each dose."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from mbc_desktop.planning.plan import Plan
from tests.planning.treatments import codes, course, given, plan_of, treatment

DOXORUBICIN = course("doxorubicin-three-weekly", choices={"doxorubicin_dose": "60"})


def plan(*courses: dict[str, Any], days: int = 30, history: list[dict[str, Any]] | None = None, **facts: str | None) -> Plan:
    return plan_of(treatment(*(courses or (DOXORUBICIN,)), days=days, history=history or [], facts={"her2": "negative", **facts}))


def earlier(drug: str, amount: str | None) -> dict[str, Any]:
    line: dict[str, Any] = {"drug": drug, "until": "2021-06-30"}
    return line if amount is None else line | {"cumulative": amount, "unit": "mg/m2"}


def test_what_is_left_stands_before_each_dose() -> None:
    """300 of epirubicin count for 0.8 x 300 = 240; the limit without added risk is 550: 310 are left, five doses of 60."""
    first, second = plan(history=[earlier("epirubicin", "300")], cardiac_risk="no").lifetime[:2]
    assert (first.before, first.this, first.after, first.left, first.doses_left) == (240, 60, 300, 310, 5)
    assert (second.before, second.doses_left) == (300, 4)


@pytest.mark.parametrize(("risk", "limit"), [("no", 550), ("yes", 400), (None, 400)])
def test_the_lower_limit_holds_unless_nothing_else_harms_the_heart(risk: str | None, limit: int) -> None:
    assert plan(cardiac_risk=risk).lifetime[0].limit == limit


@pytest.mark.parametrize(
    ("history", "facts", "known"),
    [
        ([], {"earlier_anthracycline": None}, False),
        ([], {"earlier_anthracycline": "given"}, False),
        ([], {"earlier_anthracycline": "none"}, True),
        ([earlier("epirubicin", None)], {"earlier_anthracycline": "none"}, False),
        ([earlier("epirubicin", "0")], {"earlier_anthracycline": None}, True),
        ([earlier("letrozole", None)], {"earlier_anthracycline": "none"}, True),
    ],
)
def test_an_unknown_history_blocks(history: list[dict[str, Any]], facts: dict[str, str | None], known: bool) -> None:
    made = plan(history=history, **facts)
    assert ("anthracycline-history-unknown" in codes(made, "stop")) == (not known)
    assert all((item.dose is not None) == known for item in given(made, "doxorubicin"))


@pytest.mark.parametrize(("before", "given_now"), [("340", True), ("340.1", False), ("399.9", False), ("339.9", True)])
def test_the_limit_itself_may_be_reached_and_not_passed(before: str, given_now: bool) -> None:
    """Limit 400, dose 60: 340 + 60 = 400 is given, 340.1 + 60 is not."""
    made = plan(days=10, history=[earlier("doxorubicin", before)])
    assert (given(made, "doxorubicin")[0].dose is not None) == given_now
    assert ("lifetime-limit-reached" in codes(made, "stop")) == (not given_now)


def test_a_dose_far_ahead_over_the_limit_is_not_planned_and_only_told() -> None:
    """60 every three weeks under 400: six doses are 360, the seventh would be 420."""
    made = plan(days=180)
    doses = given(made, "doxorubicin")
    assert [item.dose is not None for item in doses[:7]] == [True] * 6 + [False]
    assert "lifetime-limit-reached" in codes(made, "info")
    assert not codes(made, "stop", "caution", "advice")


def test_epirubicin_has_a_limit_of_its_own_beside_the_common_one() -> None:
    """75 counts for 60; 900 of its own: twelve doses, but 550 / 60 = 9.17 binds first: nine."""
    line = plan(course("epirubicin-cyclophosphamide"), cardiac_risk="no").lifetime[0]
    assert (line.this, line.own_limit, line.own_after, line.doses_left) == (60, 900, 75, 9)
    assert line.own_limit is not None
    assert (line.own_limit - line.own_before) // Decimal(75) == 12
