"""Procedures, progression and replaced regimens: what they do to the drugs of a patient."""

from __future__ import annotations

import pytest

from mbc_desktop.planning.files.treatment_error import TreatmentError
from mbc_desktop.planning.plan import Plan
from tests.planning.treatments import (
    TODAY,
    File,
    codes,
    course,
    dates,
    event,
    given,
    irradiation,
    plan_of,
    request_of,
    taken,
    treatment,
)


def procedure(what: str, on: str, id: str = "p1", course: str = "c1") -> File:
    """A procedure that is planned, entered today."""
    return event("procedure", TODAY, id, course, what=what, **{"from": on})


def coming(plan: Plan, drug: str) -> list[str]:
    """The days on which the drug is really given."""
    return [item.date.isoformat() for item in given(plan, drug) if item.date and item.status != "held"]


def bevacizumab(*events: File) -> Plan:
    """Paclitaxel on days 1, 8, 15 and bevacizumab on days 1 and 15 of 28 days, from Monday 2 March 2026."""
    return plan_of(treatment(course("paclitaxel-bevacizumab"), days=80, events=list(events)))


def test_without_a_procedure_bevacizumab_is_given_every_two_weeks() -> None:
    assert coming(bevacizumab(), "bevacizumab") == [
        "2026-03-02", "2026-03-16", "2026-03-30", "2026-04-13", "2026-04-27", "2026-05-11"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("on", "left"),
    [
        # 28 days before 13 April is 16 March: given; 28 days after it is 11 May: given again.
        ("2026-04-13", ["2026-03-02", "2026-03-16", "2026-05-11"]),
        # A day earlier, 16 March is only 27 days before; 11 May is 29 days after.
        ("2026-04-12", ["2026-03-02", "2026-05-11"]),
        # A day later, 16 March is 29 days before; 11 May only 27 days after.
        ("2026-04-14", ["2026-03-02", "2026-03-16"]),
    ],
)
def test_bevacizumab_pauses_28_days_before_and_after_surgery(on: str, left: list[str]) -> None:
    plan = bevacizumab(procedure("surgery", on))
    assert coming(plan, "bevacizumab") == left
    # Paclitaxel goes on.
    assert len(coming(plan, "paclitaxel")) == len(coming(bevacizumab(), "paclitaxel"))
    assert "procedure-pauses-drug" in codes(plan, "advice")


def test_a_port_asks_for_more_than_seven_days_before_and_seven_after() -> None:
    # More than seven days after the last dose: Tuesday 7 April is eight days after 30 March, 6 April only seven.
    # The next at least seven days after it: 13 April is seven days after 6 April.
    assert "2026-03-30" in coming(bevacizumab(procedure("port", "2026-04-07")), "bevacizumab")
    assert "2026-03-30" not in coming(bevacizumab(procedure("port", "2026-04-06")), "bevacizumab")
    assert "2026-04-13" in coming(bevacizumab(procedure("port", "2026-04-06")), "bevacizumab")
    assert "2026-04-13" not in coming(bevacizumab(procedure("port placement", "2026-04-07")), "bevacizumab")
    assert "2026-03-30" not in coming(bevacizumab(procedure("port_placement", "2026-04-05")), "bevacizumab")


def test_a_dose_given_too_shortly_before_is_said() -> None:
    done = event("given", TODAY, "g1", drug="bevacizumab", number=1, given_on=TODAY)
    plan = bevacizumab(done, procedure("surgery", "2026-03-29"))
    (said,) = [dict(item.values) for item in plan.findings if item.code == "procedure-soon-after-dose"]
    assert (said["days"], said["limit"]) == ("27", "28")
    assert "procedure-soon-after-dose" not in codes(bevacizumab(done, procedure("surgery", "2026-03-30")))


@pytest.mark.parametrize("regimen", ["denosumab", "zoledronic-acid", "ibandronic-acid-iv", "pamidronate"])
def test_a_bone_agent_waits_until_the_wound_of_a_tooth_has_healed(regimen: str) -> None:
    file = treatment(course(regimen), days=130)
    pulled = procedure("dental extraction", "2026-03-20")
    plan = plan_of(file | {"events": [pulled]})
    # 2 and 30 March, 27 April, 25 May (Whit Monday), 22 June: only the one before the extraction.
    assert coming(plan, regimen) == ["2026-03-02"]
    (said,) = [item for item in plan.findings if item.code == "procedure-until-healed"]
    # The dose of 2 March is the last one before 20 March.
    assert (said.severity, dict(said.values)["last"]) == ("advice", "2026-03-02")
    healed = event("resume", TODAY, "r1", **{"from": "2026-04-20"})
    again = plan_of(file | {"events": [pulled, healed]})
    assert coming(again, regimen) == ["2026-03-02", "2026-04-27", "2026-05-26", "2026-06-22"]
    assert "procedure-until-healed" not in codes(again)


def test_everolimus_pauses_a_week_before_and_two_weeks_after_and_exemestane_goes_on() -> None:
    plan = plan_of(treatment(course("everolimus-exemestane"), days=60, events=[procedure("surgery", "2026-03-31")]))
    # Last tablet on 24 March (7 days before), first one again on 14 April (14 days after).
    pieces = [(item.first.isoformat(), item.last.isoformat(), item.status) for item in taken(plan, "everolimus")]
    assert ("2026-03-25", "2026-04-13", "held") in pieces
    assert {item.status for item in taken(plan, "exemestane")} == {"planned"}
    assert "unconfirmed-number" in codes(plan, "info")


def test_a_procedure_is_of_the_patient_whatever_course_it_was_entered_in() -> None:
    file = treatment(course("denosumab"), course("fulvestrant", id="c2"), days=60)
    plan = plan_of(file | {"events": [procedure("dental extraction", "2026-03-20", course="c2")]})
    assert coming(plan, "denosumab") == ["2026-03-02"]
    assert coming(plan, "fulvestrant") == ["2026-03-02", "2026-03-16", "2026-03-30", "2026-04-27"]


def test_a_procedure_without_a_rule_asks_somebody_to_decide() -> None:
    plan = plan_of(treatment(course("denosumab"), days=60, events=[procedure("tattoo", "2026-03-20")]))
    assert "procedure-without-rule" in codes(plan, "caution")
    assert len(coming(plan, "denosumab")) == 3


def test_a_corrected_procedure_pauses_nothing() -> None:
    wrong = procedure("surgery", "2026-04-13")
    plan = bevacizumab(wrong, event("correct", TODAY, "k1", event="p1"))
    assert coming(plan, "bevacizumab") == coming(bevacizumab(), "bevacizumab")


def test_progression_ends_its_course_and_the_bone_agent_goes_on() -> None:
    file = treatment(course("palbociclib-fulvestrant"), course("denosumab", id="c2"), days=100)
    seen = event("progression", TODAY, reason="progression", **{"from": "2026-03-30"})
    plan = plan_of(file | {"events": [seen]})
    assert [item.status for item in given(plan, "fulvestrant")][:3] == ["planned", "planned", "ceased"]
    assert max(item.last.isoformat() for item in taken(plan, "palbociclib")) < "2026-03-30"
    assert {item.status for item in given(plan, "denosumab")} == {"planned"}
    assert "progression-what-next" in codes(plan, "advice")


def test_progression_needs_its_day() -> None:
    with pytest.raises(TreatmentError, match=r"events\[0\]\.from"):
        request_of(treatment(course("fulvestrant"), events=[event("progression", TODAY)]))
    with pytest.raises(TreatmentError, match=r"events\[0\]\.kind"):
        request_of(treatment(irradiation("10x3"), events=[event("progression", TODAY, course="r1", **{"from": TODAY})]))


def replaced(*events: File, old: str = "palbociclib-letrozole", new: str = "palbociclib-fulvestrant") -> Plan:
    change = event("replace", TODAY, "e1", regimen=new, reason="progression", **{"from": "2026-03-30"})
    return plan_of(treatment(course(old), days=120, events=[change, *events]))


def test_a_regimen_that_is_replaced_ends_and_the_new_one_begins_that_day() -> None:
    plan = replaced()
    assert dates(plan, "fulvestrant") == ["2026-03-30", "2026-04-13", "2026-04-27", "2026-05-26", "2026-06-22"]
    assert {item.course for item in given(plan, "fulvestrant")} == {"c1.e1"}
    assert max(item.last.isoformat() for item in taken(plan, "letrozole")) == "2026-03-29"


def test_the_new_regimen_has_events_of_its_own() -> None:
    plan = replaced(event("omit", TODAY, "e2", "c1.e1", drug="fulvestrant", number=2))
    assert [item.status for item in given(plan, "fulvestrant")][:3] == ["planned", "omitted", "planned"]


def test_a_regimen_can_be_replaced_again() -> None:
    again = event("replace", TODAY, "e2", "c1.e1", regimen="eribulin", **{"from": "2026-05-11"})
    plan = replaced(again)
    assert dates(plan, "fulvestrant")[:3] == ["2026-03-30", "2026-04-13", "2026-04-27"]
    assert [item.status for item in given(plan, "fulvestrant")][3:] == ["ceased", "ceased"]
    assert dates(plan, "eribulin")[0] == "2026-05-11"


def test_a_corrected_replacement_never_was() -> None:
    plan = replaced(event("correct", TODAY, "k1", event="e1"))
    assert given(plan, "fulvestrant") == []
    assert max(item.last.isoformat() for item in taken(plan, "letrozole")) == "2026-06-30"


def test_a_drug_of_both_regimens_would_load_again_and_that_is_said() -> None:
    plan = replaced(old="palbociclib-fulvestrant", new="abemaciclib-fulvestrant")
    assert "successor-loads-again" in codes(plan, "caution")
    # The prescriber says where it stands by entering the new course under its name.
    taken_over = course("abemaciclib-fulvestrant", "2026-03-30", "c1.e1", phase="maintenance")
    change = event("replace", TODAY, "e1", regimen="abemaciclib-fulvestrant", **{"from": "2026-03-30"})
    plan = plan_of(treatment(course("palbociclib-fulvestrant"), taken_over, days=120, events=[change]))
    assert "successor-loads-again" not in codes(plan)
    # 16 March was the last of the old one: 14 days are less than 25.
    assert "interval-short" in codes(plan, "caution")


@pytest.mark.parametrize(("begins", "short"), [("2026-04-09", True), ("2026-04-10", False), ("2026-04-13", False)])
def test_the_days_between_the_last_dose_of_the_old_and_the_first_of_the_new_regimen_are_judged(begins: str, short: bool) -> None:
    """16 March + 25 is Friday 10 April; the new course enters with a maintenance dose, so it loads nothing again."""
    taken_over = course("abemaciclib-fulvestrant", begins, "c1.e1", phase="maintenance")
    change = event("replace", TODAY, "e1", regimen="abemaciclib-fulvestrant", **{"from": "2026-03-30"})
    plan = plan_of(treatment(course("palbociclib-fulvestrant"), taken_over, days=60, events=[change]))
    said = [item for item in plan.findings if item.code == "interval-short" and item.course == "c1.e1"]
    assert [dict(item.values)["days"] for item in said] == (["24"] if short else [])
    assert "successor-loads-again" not in codes(plan)
