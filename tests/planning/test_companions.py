"""Pertuzumab is given only beside trastuzumab: "if trastuzumab stops, pertuzumab stops" (American product information)."""

from __future__ import annotations

import pytest

from mbc_desktop.planning.plan import Plan
from tests.planning.treatments import TODAY, File, amount, course, event, given, later, plan_of, treatment, value

PAIR = "docetaxel-trastuzumab-pertuzumab"
UNDER_THE_SKIN = "docetaxel-trastuzumab-sc-pertuzumab"
HER2 = {"her2": "positive", "menopausal_status": "postmenopausal"}


def pair(*measured: File, regimen: str = PAIR, start: str = TODAY, events: tuple[File, ...] = (), days: int = 70) -> Plan:
    file = treatment(course(regimen, start), days=days, facts=HER2, events=list(events))
    file["measurements"] += measured
    return plan_of(file)


def states(plan: Plan, drug: str) -> list[str]:
    return [item.status for item in given(plan, drug)]


def said(plan: Plan) -> set[tuple[str, str]]:
    return {(item.severity, item.drug) for item in plan.findings if item.code == "waits-for-companion"}


@pytest.mark.parametrize(
    ("now", "trastuzumab", "pertuzumab"),
    [
        # Trastuzumab waits below 50 with a fall of 10 or more; pertuzumab by its own rule only at 45 or below.
        ("50", "planned", "planned"),
        ("49", "withheld", "withheld"),
        ("46", "withheld", "withheld"),
        ("45", "withheld", "withheld"),
    ],
)
def test_a_heart_that_holds_trastuzumab_holds_pertuzumab(now: str, trastuzumab: str, pertuzumab: str) -> None:
    started = later(TODAY, -21)
    first = [
        event("given", started, f"e{n}", drug=drug, number=1, given_on=started)
        for n, drug in enumerate(("trastuzumab", "pertuzumab"))
    ]
    hearts = (value("lvef_baseline", "60", "%", later(TODAY, -30)), value("lvef", now, "%", TODAY))
    plan = pair(*hearts, start=started, events=tuple(first))
    assert (states(plan, "trastuzumab")[1], states(plan, "pertuzumab")[1]) == (trastuzumab, pertuzumab)
    assert said(plan) == ({("stop", "pertuzumab")} if pertuzumab == "withheld" else set())
    gate = [item for item in given(plan, "pertuzumab")[1].gate if item.rule == "companion"]
    assert [(item.verdict, item.value) for item in gate] == [("wait", "trastuzumab")] * (pertuzumab == "withheld")
    assert given(plan, "docetaxel")[1].status == "planned"


@pytest.mark.parametrize(("regimen", "companion"), [(PAIR, "trastuzumab"), (UNDER_THE_SKIN, "trastuzumab-sc")])
def test_pertuzumab_stops_with_trastuzumab(regimen: str, companion: str) -> None:
    plan = pair(regimen=regimen, events=(event("cease", TODAY, drug=companion, **{"from": later(TODAY, 21)}),))
    assert states(plan, companion) == ["planned", "ceased", "ceased", "ceased"]
    assert states(plan, "pertuzumab") == ["planned", "ceased", "ceased", "ceased"]
    assert said(plan) == {("caution", "pertuzumab")}
    assert not [item for item in plan.findings if item.code == "reload-after-gap"]


def test_nothing_is_said_once_pertuzumab_was_stopped_too() -> None:
    stops = [event("cease", TODAY, f"e{n}", drug=drug, **{"from": TODAY}) for n, drug in enumerate(("trastuzumab", "pertuzumab"))]
    assert said(pair(events=tuple(stops))) == set()


def test_pertuzumab_is_left_out_with_trastuzumab_and_both_load_again() -> None:
    """21 + 21 = 42 days since the dose before: both loading doses again, 8 mg/kg x 68 kg = 544 mg and 840 mg."""
    plan = pair(events=(event("omit", TODAY, drug="trastuzumab", number=2, scope="this"),))
    assert states(plan, "pertuzumab")[:3] == ["planned", "omitted", "planned"]
    assert (amount(given(plan, "trastuzumab")[2]), amount(given(plan, "pertuzumab")[2])) == ("544 mg", "840 mg")


def test_trastuzumab_goes_on_without_pertuzumab() -> None:
    plan = pair(events=(event("cease", TODAY, drug="pertuzumab", **{"from": TODAY}),))
    assert set(states(plan, "trastuzumab")) <= {"planned", "provisional"}
    assert said(plan) == set()


def test_a_trastuzumab_that_only_lacks_the_weight_holds_nothing_back() -> None:
    file = treatment(course(PAIR), days=3, facts=HER2)
    file["measurements"] = [item for item in file["measurements"] if item["kind"] != "weight"]
    plan = plan_of(file)
    assert (states(plan, "trastuzumab"), states(plan, "pertuzumab")) == (["withheld"], ["planned"])


def test_a_pertuzumab_that_was_given_stays_given() -> None:
    past = later(TODAY, -21)
    events = (
        event("omit", past, drug="trastuzumab", number=1, scope="this"),
        event("given", past, "e2", drug="pertuzumab", number=1, given_on=past, amount="840", unit="mg"),
    )
    plan = pair(start=past, events=events)
    assert states(plan, "pertuzumab")[0] == "given"


# ---- tablets that are given only beside a hormonal drug


def alone(*courses: File, events: tuple[File, ...] = (), days: int = 90) -> list[tuple[str, str]]:
    """Which drugs stand alone in a plan, and from which day on."""
    file = treatment(*courses, days=days, facts={"menopausal_status": "postmenopausal"}, events=list(events))
    found = [item for item in plan_of(file).findings if item.code == "without-partner"]
    assert {item.severity for item in found} <= {"caution"}
    return [(item.drug, dict(item.values)["date"]) for item in found]


def ceased(drug: str, day: str, *, id: str = "e1", course_id: str = "c1") -> File:
    return event("cease", TODAY, id, course=course_id, drug=drug, **{"from": day})


@pytest.mark.parametrize(
    ("regimen", "drug", "partner"),
    [
        ("palbociclib-letrozole", "palbociclib", "letrozole"),
        ("ribociclib-fulvestrant", "ribociclib", "fulvestrant"),
        ("abemaciclib-anastrozole", "abemaciclib", "anastrozole"),
        ("palbociclib-exemestane", "palbociclib", "exemestane"),
        ("alpelisib-fulvestrant", "alpelisib", "fulvestrant"),
        ("capivasertib-fulvestrant", "capivasertib", "fulvestrant"),
        ("everolimus-exemestane", "everolimus", "exemestane"),
    ],
)
def test_what_goes_on_when_its_partner_is_ceased_is_told(regimen: str, drug: str, partner: str) -> None:
    """Each leaflet gives the drug together with the other one; ceased from day 29 on, it stands alone from that day."""
    assert alone(course(regimen)) == []
    assert alone(course(regimen), events=(ceased(partner, later(TODAY, 28)),)) == [(drug, later(TODAY, 28))]


@pytest.mark.parametrize(("days", "said"), [(28, []), (29, [("palbociclib", later(TODAY, 28))])])
def test_both_may_end_on_one_day(days: int, said: list[tuple[str, str]]) -> None:
    ends = (ceased("letrozole", later(TODAY, 28)), ceased("palbociclib", later(TODAY, days), id="e2"))
    assert alone(course("palbociclib-letrozole"), events=ends) == said


def test_another_partner_may_take_over_in_a_course_of_its_own() -> None:
    lines = (course("palbociclib-letrozole"), course("fulvestrant", later(TODAY, 28), id="c2"))
    assert alone(*lines, events=(ceased("letrozole", later(TODAY, 28)),)) == []
    # Elacestrant is none of those that palbociclib is given with.
    lines = (course("palbociclib-letrozole"), course("elacestrant", later(TODAY, 28), id="c2"))
    assert alone(*lines, events=(ceased("letrozole", later(TODAY, 28)),)) == [("palbociclib", later(TODAY, 28))]
