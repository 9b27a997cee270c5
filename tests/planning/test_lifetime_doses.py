"""Anthracyclines over a lifetime: equivalents, earlier treatment, an unknown history, and what is left before each dose."""

from __future__ import annotations

from typing import Any

import pytest

from mbc_desktop.planning.plan import Plan
from tests.planning.treatments import TODAY, codes, course, event, given, later, plan_of, treatment

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


@pytest.mark.parametrize(
    ("history", "risk", "fitting"),
    [
        # Epirubicin alone, nothing else that harms the heart: 900 / 75 = 12 under its own limit, though 550 / 60 = 9.17 are nine.
        ([], "no", ("own", 12, 9, 12)),
        # (900 - 450) / 75 = 6; 450 counts for 360, (550 - 360) / 60 = 3.17.
        ([earlier("epirubicin", "450")], "no", ("own", 6, 3, 6)),
        # With a risk to the heart, or none recorded, the common limit of 400 holds as well: 400 / 60 = 6.67.
        ([], "yes", ("common", 6, 6, 12)),
        ([], None, ("common", 6, 6, 12)),
        # After another anthracycline both hold: (550 - 60) / 60 = 8.17, and 900 / 75 = 12 of its own.
        ([earlier("doxorubicin", "60")], "no", ("common", 8, 8, 12)),
        # Nothing was given of it: epirubicin is still alone.
        ([earlier("doxorubicin", "0")], "no", ("own", 12, 9, 12)),
    ],
)
def test_epirubicin_has_a_limit_of_its_own_beside_the_common_one(
    history: list[dict[str, Any]], risk: str | None, fitting: tuple[str, int, int, int]
) -> None:
    line = plan(course("epirubicin-cyclophosphamide"), history=history, cardiac_risk=risk, earlier_anthracycline="none").lifetime[
        0
    ]
    assert (line.binds, line.doses_left, line.doses_left_common, line.doses_left_own) == fitting
    assert (line.this, line.own_this, line.own_limit) == (60, 75, 900)


@pytest.mark.parametrize(("before", "given_now"), [("824.9", True), ("825", True), ("825.1", False)])
def test_the_own_limit_may_be_reached_and_not_passed(before: str, given_now: bool) -> None:
    """825 + 75 = 900."""
    made = plan(course("epirubicin-cyclophosphamide"), days=10, history=[earlier("epirubicin", before)], cardiac_risk="no")
    assert (given(made, "epirubicin")[0].dose is not None) == given_now
    over = [item for item in made.findings if item.code == "lifetime-limit-reached"]
    assert [dict(item.values)["limit"] for item in over] == ([] if given_now else ["900"])


def test_without_a_limit_of_its_own_only_the_common_one_is_told() -> None:
    line = plan(cardiac_risk="no", earlier_anthracycline="none").lifetime[0]
    assert (line.binds, line.doses_left, line.doses_left_common, line.doses_left_own) == ("common", 9, 9, None)


@pytest.mark.parametrize(
    "name", ["mitoxantrone", "Mitoxantron", "daunorubicine", "Novantrone", "idarubicin", "pixantrone", "Zavedos"]
)
@pytest.mark.parametrize("stated", ["none", "given"])
def test_an_earlier_anthracycline_that_the_library_does_not_hold_blocks(name: str, stated: str) -> None:
    known = [earlier("epirubicin", "100")] if stated == "given" else []
    made = plan(history=[earlier(name, "40"), *known], earlier_anthracycline=stated)
    assert "anthracycline-not-counted" in codes(made, "stop")
    assert all(item.dose is None for item in given(made, "doxorubicin"))
    assert not made.lifetime


def test_an_earlier_drug_that_nobody_knows_is_asked_about() -> None:
    """Vinblastine is no anthracycline: somebody says so, and the plan is calm again."""
    history = [earlier("vinblastine", None), earlier("epirubicin", "100")]
    asked = plan(history=history, earlier_anthracycline="given")
    assert "earlier-drug-not-known" in codes(asked, "caution")
    assert given(asked, "doxorubicin")[0].dose is not None
    calm = plan(history=[earlier("vinblastine", None)], earlier_anthracycline="none")
    assert "earlier-drug-not-known" not in codes(calm)


@pytest.mark.parametrize(
    ("history", "known"), [([], False), ([earlier("epirubicin", "100")], False), ([earlier("doxorubicin", "180")], True)]
)
def test_a_course_taken_over_needs_what_was_given_before(history: list[dict[str, Any]], known: bool) -> None:
    """Three cycles of 60 were given elsewhere: 180 of doxorubicin. A recorded "none" does not speak of them."""
    course_on = DOXORUBICIN | {"cycle": 4, "last_given": "2026-02-23"}
    made = plan(course_on, history=history, earlier_anthracycline="none", cardiac_risk="no")
    assert ("anthracycline-before-taken-over" in codes(made, "stop")) == (not known)
    assert (given(made, "doxorubicin")[0].dose is not None) == known
    assert [line.before for line in made.lifetime[:1]] == ([180] if known else [])


def test_a_dose_given_without_a_known_amount_blocks_the_next() -> None:
    """Without a height nobody knows how many mg per m2 the 100 mg were."""
    start = later(TODAY, -21)
    gave = event("given", start, "g1", drug="doxorubicin", number=1, given_on=start, amount="100", unit="mg")
    file = treatment(
        DOXORUBICIN | {"start": start}, days=10, events=[gave], facts={"her2": "negative", "earlier_anthracycline": "none"}
    )
    file["measurements"] = [item for item in file["measurements"] if item["kind"] != "height"]
    made = plan_of(file)
    assert "lifetime-amount-unknown" in codes(made, "stop")
    assert [item.dose is not None for item in given(made, "doxorubicin")][:2] == [True, False]


def test_what_stays_of_the_regimen_after_the_last_anthracycline_is_said() -> None:
    """75 of epirubicin count for 60: six doses are 360 under 400, the seventh is not given; cyclophosphamide stays from
    that day on."""
    made = plan(course("epirubicin-cyclophosphamide"), days=180)
    (said,) = [dict(item.values) for item in made.findings if item.code == "lifetime-partner-goes-on"]
    assert said["others"] == "cyclophosphamide"
    assert said["date"] == (given(made, "epirubicin")[6].date or given(made, "epirubicin")[6].due).isoformat()
    assert "lifetime-partner-goes-on" in codes(made, "info")
    # Nothing is said while the whole regimen goes on, nor where the anthracycline stands alone.
    assert "lifetime-partner-goes-on" not in codes(plan(course("epirubicin-cyclophosphamide"), days=60))
    assert "lifetime-partner-goes-on" not in codes(plan(days=180))


def test_a_partner_that_is_due_alone_is_a_caution() -> None:
    made = plan(course("epirubicin-cyclophosphamide"), days=10, history=[earlier("doxorubicin", "380")])
    assert "lifetime-partner-goes-on" in codes(made, "caution")
