"""Orders to the pharmacy, tablets that are fetched in time, a port that is flushed."""

from __future__ import annotations

import pytest

from mbc_desktop.planning.plan import Plan
from mbc_desktop.regimen.decision import Answer
from mbc_desktop.regimen.site import Site
from tests.planning.treatments import course, event, plan_of, treatment


def site(**answers: str) -> Site:
    return Site(answers=tuple(Answer(key=key, value=value, by="", on="") for key, value in answers.items()))


def tasks(plan: Plan, kind: str, drug: str = "") -> list[tuple[str, str]]:
    """The day of each task and the day it is for."""
    return [
        (item.date.isoformat(), item.before.isoformat()) for item in plan.tasks if item.kind == kind and drug in ("", item.drug)
    ]


@pytest.mark.parametrize(
    ("lead", "ordered"),
    [
        ("day of treatment", "2026-04-07"),
        ("1 open day before", "2026-04-03"),  # Tuesday after Easter: Monday is closed, so Friday
        ("2 open days before", "2026-04-02"),
        ("3 open days before", "2026-04-01"),
    ],
)
def test_the_pharmacy_gets_its_order_on_an_open_day_before(lead: str, ordered: str) -> None:
    file = treatment(course("zoledronic-acid", "2026-04-07"), today="2026-03-30", days=30)
    assert tasks(plan_of(file, site(pharmacy_order=lead)), "pharmacy_order") == [(ordered, "2026-04-07")]


def test_a_day_on_which_the_pharmacy_is_closed_is_no_day_to_order() -> None:
    closures = [{"from": "2026-04-03", "until": "2026-04-03", "unit": "pharmacy", "why": "inventaris"}]
    file = treatment(course("zoledronic-acid", "2026-04-07"), today="2026-03-30", days=30, closures=closures)
    assert tasks(plan_of(file), "pharmacy_order") == [("2026-04-02", "2026-04-07")]


def test_what_is_omitted_or_given_is_not_ordered() -> None:
    events = [
        event("given", "2026-03-30", drug="denosumab", number=1, given_on="2026-03-30", amount="120", unit="mg"),
        event("omit", "2026-03-30", id="e2", drug="denosumab", number=2),
    ]
    file = treatment(course("denosumab", "2026-03-30"), today="2026-03-30", days=70, events=events)
    # Doses of 30/3 (given), 27/4 (omitted), 25/5 (Whit Monday, so 26/5: ordered on Friday 22/5).
    assert tasks(plan_of(file), "pharmacy_order") == [("2026-05-22", "2026-05-26")]


def test_what_a_home_nurse_gives_is_not_prepared_by_the_hospital() -> None:
    file = treatment(course("denosumab", "2026-03-30", choices={"place_of_care": "home_nurse"}), today="2026-03-30", days=70)
    assert tasks(plan_of(file), "pharmacy_order") == []


def test_tablets_are_fetched_before_day_one_when_the_pharmacy_is_open() -> None:
    """Palbociclib from Tuesday 7 April, after Easter: fetched on Friday 3 April. Next cycle 5 May: Monday 4 May."""
    file = treatment(course("palbociclib-letrozole", "2026-04-07"), today="2026-03-30", days=60)
    assert tasks(plan_of(file), "tablet_pick_up", "palbociclib")[:2] == [
        ("2026-04-03", "2026-04-07"),
        ("2026-05-04", "2026-05-05"),
    ]


def test_tablets_are_fetched_on_a_visit_of_the_week_before() -> None:
    """Zoledronic acid on Wednesday 1 April, palbociclib from Tuesday 7 April: fetched on the visit, six days before."""
    courses = (course("palbociclib-letrozole", "2026-04-07"), course("zoledronic-acid", "2026-04-01", id="c2"))
    plan = plan_of(treatment(*courses, today="2026-03-30", days=30))
    assert tasks(plan, "tablet_pick_up", "palbociclib") == [("2026-04-01", "2026-04-07")]


def test_a_visit_eight_days_before_is_too_early() -> None:
    courses = (course("palbociclib-letrozole", "2026-04-09"), course("zoledronic-acid", "2026-04-01", id="c2"))
    plan = plan_of(treatment(*courses, today="2026-03-30", days=30))
    assert tasks(plan, "tablet_pick_up", "palbociclib") == [("2026-04-08", "2026-04-09")]


def test_tablets_in_two_stretches_of_one_cycle_are_fetched_once() -> None:
    choices = {"capecitabine_pattern": "14 on 7 off", "capecitabine_first_dose": "evening of day 1"}
    plan = plan_of(treatment(course("capecitabine", "2026-04-07", choices=choices), today="2026-03-30", days=20))
    assert tasks(plan, "tablet_pick_up", "capecitabine") == [("2026-04-03", "2026-04-07")]


def test_what_begins_today_has_no_task_in_the_past() -> None:
    plan = plan_of(treatment(course("palbociclib-letrozole", "2026-04-07"), today="2026-04-07", days=20))
    assert tasks(plan, "tablet_pick_up") == []


PORT = {"menopausal_status": "postmenopausal", "dental_check_on": "2026-02-10", "port_placed_on": "2026-03-02"}


def test_nothing_is_flushed_until_the_hospital_has_said_how_often() -> None:
    file = treatment(course("letrozole"), days=200, facts=PORT)
    assert tasks(plan_of(file), "port_flush") == []


def test_an_unused_port_is_flushed_by_the_hospitals_interval() -> None:
    """Placed on Monday 2 March: 42 days later Monday 13 April, then Whit Monday 25 May, so Friday 22 May, then 3 July."""
    file = treatment(course("letrozole"), days=130, facts=PORT)
    assert [day for day, _ in tasks(plan_of(file, site(port_flush="42 days")), "port_flush")] == [
        "2026-04-13",
        "2026-05-22",
        "2026-07-03",
    ]


def test_a_port_that_infusions_use_needs_no_flush() -> None:
    file = treatment(course("zoledronic-acid"), days=200, facts=PORT)
    assert tasks(plan_of(file, site(port_flush="42 days")), "port_flush") == []


def test_a_flush_goes_with_a_visit_of_the_week_before() -> None:
    """Denosumab under the skin on 10 March and 7 April does not use the port; due 13 April, so on the visit of 7 April."""
    file = treatment(course("denosumab", "2026-03-10"), days=50, facts=PORT)
    assert [day for day, _ in tasks(plan_of(file, site(port_flush="42 days")), "port_flush")] == ["2026-04-07"]


def test_without_a_port_there_is_nothing_to_flush() -> None:
    assert tasks(plan_of(treatment(course("letrozole"), days=200), site(port_flush="42 days")), "port_flush") == []


@pytest.mark.parametrize(
    ("closed_from", "closed_until", "flushed"),
    [
        # Due on 13 April. Closed up to 12 April: on the day itself. Closed until Thursday 16 April: on Friday 17, and again
        # 42 days later, Friday 29 May, then Friday 10 July.
        ("2026-03-03", "2026-04-12", ["2026-04-13", "2026-05-22", "2026-07-03"]),
        ("2026-03-03", "2026-04-16", ["2026-04-17", "2026-05-29", "2026-07-10"]),
        # One open day is left before: then it is that one, Tuesday 3 March.
        ("2026-03-04", "2026-04-16", ["2026-03-03", "2026-04-17", "2026-05-29", "2026-07-10"]),
    ],
)
def test_a_port_is_flushed_after_a_closure_that_lasts_the_whole_interval(
    closed_from: str, closed_until: str, flushed: list[str]
) -> None:
    shut = [{"from": closed_from, "until": closed_until, "unit": "day_hospital", "why": "verbouwing"}]
    file = treatment(course("letrozole"), days=135, facts=PORT, closures=shut)
    assert [day for day, _ in tasks(plan_of(file, site(port_flush="42 days")), "port_flush")] == flushed


def test_a_hospital_that_stays_closed_flushes_nothing() -> None:
    shut = [{"from": "2026-03-03", "until": "2028-03-01", "unit": "day_hospital", "why": "verbouwing"}]
    file = treatment(course("letrozole"), days=135, facts=PORT, closures=shut)
    assert tasks(plan_of(file, site(port_flush="42 days")), "port_flush") == []


def test_a_pharmacy_that_has_been_closed_for_a_year_gives_no_day_to_fetch_tablets() -> None:
    """Palbociclib from Tuesday 7 April and again from 5 May; the pharmacy opens on 4 May: only the second has a day before it."""
    shut = [{"from": "2025-03-01", "until": "2026-05-03", "unit": "pharmacy", "why": "verbouwing"}]
    file = treatment(course("palbociclib-letrozole", "2026-04-07"), today="2026-03-30", days=45, closures=shut)
    assert tasks(plan_of(file), "tablet_pick_up", "palbociclib") == [("2026-05-04", "2026-05-05")]
