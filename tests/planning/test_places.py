"""Where the patient is treated and where blood is taken: a hospital closure touches only the hospital's own."""

from __future__ import annotations

import pytest

from mbc_desktop.planning.plan import Plan
from mbc_desktop.regimen.decision import Answer
from mbc_desktop.regimen.site import Site
from tests.planning.treatments import File, course, dates, given, plan_of, treatment

# Denosumab every 28 days from Monday 9 March 2026: 9/3, 6/4 (Easter Monday), 4/5, 1/6.
START = "2026-03-09"


def denosumab(place: str, **more: object) -> Plan:
    return plan_of(treatment(course("denosumab", START, choices={"place_of_care": place}), days=100, **more))


def hospital_closed(first: str, until: str, unit: str | None = None) -> list[File]:
    closure = {"from": first, "until": until, "why": "brugdag"}
    return [closure | ({"unit": unit} if unit else {})]


def test_the_day_hospital_moves_easter_monday_to_tuesday() -> None:
    assert dates(denosumab("day_hospital"), "denosumab")[:3] == ["2026-03-09", "2026-04-07", "2026-05-04"]


def test_a_general_practitioner_is_closed_on_easter_monday_too() -> None:
    plan = denosumab("general_practitioner")
    assert dates(plan, "denosumab")[:3] == ["2026-03-09", "2026-04-07", "2026-05-04"]
    assert {item.place for item in given(plan, "denosumab")} == {"general_practitioner"}
    assert {visit.unit for visit in plan.visits if any("denosumab/" in item for item in visit.items)} == {"general_practitioner"}


def test_a_home_nurse_comes_on_easter_monday() -> None:
    assert dates(denosumab("home_nurse"), "denosumab")[:3] == ["2026-03-09", "2026-04-06", "2026-05-04"]


@pytest.mark.parametrize(
    ("place", "unit", "second"),
    [
        ("day_hospital", None, "2026-05-05"),
        ("day_hospital", "day_hospital", "2026-05-05"),
        ("day_hospital", "radiotherapy", "2026-05-04"),
        ("general_practitioner", None, "2026-05-04"),
        ("general_practitioner", "general_practitioner", "2026-05-05"),
        ("home_nurse", None, "2026-05-04"),
        ("home_nurse", "home_nurse", "2026-05-05"),
    ],
)
def test_a_closure_touches_only_what_it_names_and_a_nameless_one_the_hospital(place: str, unit: str | None, second: str) -> None:
    plan = denosumab(place, closures=hospital_closed("2026-05-04", "2026-05-04", unit))
    assert dates(plan, "denosumab")[2] == second


def test_a_general_practitioner_gives_no_cytotoxic_drug() -> None:
    choices = {"place_of_care": "general_practitioner", "docetaxel_dose": "75"}
    plan = plan_of(treatment(course("docetaxel", START, choices=choices)))
    (found,) = [item for item in plan.findings if item.code == "place-not-possible"]
    assert (found.severity, found.drug, dict(found.values)["place"]) == ("caution", "docetaxel", "general_practitioner")
    assert {item.place for item in given(plan, "docetaxel")} == {"day_hospital"}


def test_an_infusion_stays_in_the_hospital() -> None:
    plan = plan_of(treatment(course("zoledronic-acid", START, choices={"place_of_care": "home_nurse"})))
    assert [item.drug for item in plan.findings if item.code == "place-not-possible"] == ["zoledronic-acid"]


def test_tablets_do_not_keep_an_injection_in_the_hospital() -> None:
    plan = plan_of(treatment(course("palbociclib-fulvestrant", START, choices={"place_of_care": "home_nurse"})))
    assert {item.place for item in given(plan, "fulvestrant")} == {"home_nurse"}


def test_blood_is_taken_where_the_course_says() -> None:
    plan = plan_of(
        treatment(course("palbociclib-letrozole", START, choices={"blood_sample_place": "general_practitioner"}), days=60)
    )
    counts = [item for item in plan.checks if item.kind == "blood_count"]
    assert counts
    assert {item.place for item in counts} == {"general_practitioner"}
    assert {visit.unit for visit in plan.visits if any("/blood_count/" in item for item in visit.items)} == {
        "general_practitioner"
    }


def test_a_check_without_blood_stays_in_the_hospital() -> None:
    plan = plan_of(treatment(course("ribociclib-letrozole", START, choices={"blood_sample_place": "home_nurse"}), days=60))
    assert {item.place for item in plan.checks if item.kind == "ecg"} == {"laboratory"}


def test_what_is_given_elsewhere_is_not_aligned_with_the_hospital() -> None:
    from mbc_desktop.planning.proposals.alignment_proposal import propose_alignment
    from tests.planning.treatments import library

    courses = (course("fulvestrant", "2026-03-10"), course("denosumab", START, id="c2"))
    elsewhere = course("denosumab", START, id="c2", choices={"place_of_care": "home_nurse"})
    assert propose_alignment(plan_of(treatment(*courses, days=150)), library()) is not None
    assert propose_alignment(plan_of(treatment(courses[0], elsewhere, days=150)), library()) is None


def site(**answers: str) -> Site:
    return Site(answers=tuple(Answer(key=key, value=value, by="", on="") for key, value in answers.items()))


def paclitaxel(start: str, answers: Site, **more: object) -> Plan:
    choices = {"paclitaxel_weekly_dose": "80", "paclitaxel_weekly_pattern": "3 of 4 weeks"}
    return plan_of(treatment(course("paclitaxel-weekly", start, choices=choices), days=120, **more), answers)


def counts(plan: Plan) -> list[str]:
    return [item.date.isoformat() for item in plan.checks if item.kind == "blood_count"]


def test_blood_is_taken_on_the_day_of_treatment_unless_the_hospital_wants_it_before() -> None:
    assert counts(paclitaxel("2026-04-07", site()))[:3] == ["2026-04-07", "2026-04-14", "2026-04-21"]


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        # Treatment on Tuesday 7 April, after Easter Monday. 24 h reach Monday, 72 h Saturday: nothing open, so the same day.
        ("24 hours", ["2026-04-07", "2026-04-13", "2026-04-20"]),
        ("72 hours", ["2026-04-07", "2026-04-13", "2026-04-20"]),
        # 96 h reach Friday 3 April at ten o'clock.
        ("96 hours", ["2026-04-03", "2026-04-13", "2026-04-20"]),
    ],
)
def test_a_sample_before_is_still_valid_at_the_treatment(hours: str, expected: list[str]) -> None:
    answers = site(blood_sample_day="day before", blood_count_validity=hours)
    assert counts(paclitaxel("2026-04-07", answers, today="2026-04-01"))[:3] == expected


def test_no_sample_lies_in_the_past() -> None:
    answers = site(blood_sample_day="day before")
    assert counts(paclitaxel("2026-04-14", answers, today="2026-04-14"))[0] == "2026-04-14"
