"""A dose that nobody recorded, and check-ups on days on which the patient is away."""

from __future__ import annotations

from mbc_desktop.planning.plan import Plan
from tests.planning.treatments import File, course, event, plan_of, treatment

# Zoledronic acid every 28 days from Monday 2 March: 2 and 30 March, 27 April.
AGENT = course("zoledronic-acid", "2026-03-02")


def recorded(number: int, on: str) -> File:
    return event("given", on, f"g{number}", drug="zoledronic-acid", number=number, given_on=on, amount="4", unit="mg")


def said(plan: Plan, code: str) -> list[dict[str, object]]:
    return [dict(item.values) for item in plan.findings if item.code == code]


def treated(*events: File, today: str) -> Plan:
    return plan_of(treatment(AGENT, today=today, days=90, events=list(events)))


def test_the_first_dose_without_a_word_is_said_once_its_day_is_over() -> None:
    both = (recorded(1, "2026-03-02"), recorded(2, "2026-03-30"))
    assert said(treated(*both, today="2026-04-27"), "dose-not-recorded") == []
    assert said(treated(*both, today="2026-04-28"), "dose-not-recorded") == [{"number": "3", "date": "2026-04-27"}]
    # Two that passed: the first is named. One that was given late counts for those before it.
    assert said(treated(recorded(1, "2026-03-02"), today="2026-04-28"), "dose-not-recorded") == [
        {"number": "2", "date": "2026-03-30"}
    ]
    assert said(treated(*both, recorded(3, "2026-04-28"), today="2026-04-28"), "dose-not-recorded") == []


def test_nothing_is_said_where_nobody_records_nor_of_a_dose_that_was_left_out() -> None:
    assert said(treated(today="2026-04-28"), "dose-not-recorded") == []
    omit = event("omit", "2026-03-30", "o", drug="zoledronic-acid", number=2, scope="this")
    assert said(treated(recorded(1, "2026-03-02"), omit, today="2026-04-20"), "dose-not-recorded") == []


def test_check_ups_of_tablets_on_a_day_of_absence_ask_for_another_day() -> None:
    # Palbociclib from 2 March: counts on 2, 16 and 30 March and 13 April.
    file = treatment(course("palbociclib-letrozole"), days=60, absences=[{"from": "2026-03-16", "until": "2026-03-29"}])
    assert said(plan_of(file), "checks-while-absent") == [{"date": "2026-03-16", "kinds": "blood_count"}]
    assert said(plan_of(file | {"absences": [{"from": "2026-03-17", "until": "2026-03-29"}]}), "checks-while-absent") == []


def test_the_check_ups_of_a_visit_move_with_it_and_are_not_said_twice() -> None:
    file = treatment(AGENT, days=60, absences=[{"from": "2026-03-30", "until": "2026-03-30"}])
    plan = plan_of(file)
    assert said(plan, "patient-absent")
    assert said(plan, "checks-while-absent") == []
