"""A dose that nobody recorded, and check-ups on days on which the patient is away."""

from __future__ import annotations

import pytest

from mbc_desktop.planning.plan import Plan
from tests.planning.treatments import File, amount, codes, course, event, given, plan_of, treatment, value

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


def values(*measured: tuple[str, str, str, str]) -> list[File]:
    return [value(kind, amount, unit, on) for kind, amount, unit, on in measured]


def overdue(creatinine: str, *, recorded_first: bool = True) -> Plan:
    """Number 2 was due on Monday 30 March; the creatinine is of today, Thursday 2 April."""
    measured = values(
        ("weight", "68", "kg", "2026-03-02"), ("height", "165", "cm", "2026-03-02"), ("albumin", "40", "g/L", "2026-03-02"),
        ("calcium", "2.30", "mmol/L", "2026-03-02"), ("creatinine", "0.85", "mg/dL", "2026-03-02"),
        ("creatinine", creatinine, "mg/dL", "2026-04-02"),
    )  # fmt: skip
    events = [recorded(1, "2026-03-02")] if recorded_first else []
    return plan_of(treatment(AGENT, today="2026-04-02", days=60, measurements=measured, events=events))


@pytest.mark.parametrize(
    ("creatinine", "dose"),
    [
        # 65 years, 68 kg: 75 x 68 x 0.85 / (72 x 0.85) = 70.8 of its own day: 4 mg. Today by 0.60 it is higher, and 4 mg stand.
        ("0.60", "4 mg"),
        # 60.2083 / 1.10 = 54.7: 3.5 mg today, the lower of the two; / 1.30 = 46.3: 3.3 mg, a rise of 0.45.
        ("1.10", "3.5 mg"),
        ("1.30", "3.3 mg"),
        # A rise of 0.50 from 0.85 holds it back.
        ("1.35", None),
    ],
)
def test_an_overdue_dose_is_never_more_than_today_allows(creatinine: str, dose: str | None) -> None:
    plan = overdue(creatinine)
    second = given(plan, "zoledronic-acid")[1]
    assert (amount(second) if second.dose else None) == dose
    assert second.status == ("planned" if dose else "withheld")
    assert ("creatinine-risen" in codes(plan, "stop")) == (dose is None)
    assert said(plan, "dose-not-recorded") == [{"number": "2", "date": "2026-03-30"}]


def test_a_past_dose_where_nobody_records_stays_that_of_its_day() -> None:
    assert amount(given(overdue("1.35", recorded_first=False), "zoledronic-acid")[1]) == "4 mg"
