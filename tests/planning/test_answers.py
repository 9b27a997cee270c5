"""Previews, proposals and what stands apart as data: every kind of difference has its codes, days and amounts, and no prose.
Worked on fulvestrant (Monday 23 February 2026: 23/02, 09/03, 23/03, 20/04) and palbociclib, looked at on Monday 2 March."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from mbc_desktop.planning.answers.plan_json import plan_json
from mbc_desktop.planning.answers.proposal_json import absence_json, alignment_json, radiotherapy_json, what_if_json
from mbc_desktop.planning.comparison.plan_difference import plan_difference
from mbc_desktop.planning.proposals.absence_proposal import plan_around_absences
from mbc_desktop.planning.proposals.alignment_proposal import propose_alignment
from mbc_desktop.planning.radiotherapy.radiotherapy_proposal import radiotherapy_proposals
from tests.planning.test_what_if import preview
from tests.planning.treatments import TODAY, File, course, event, irradiation, library, plan_of, treatment

START = "2026-02-23"


def what_if(file: File, *events: File) -> Any:
    """The preview as somebody reads it who has only the text."""
    return json.loads(json.dumps(what_if_json(preview(file, *events))))


def changes(found: Any, kind: str) -> list[tuple[Any, Any]]:
    return [(item["before"], item["after"]) for item in found["changes"] if item["kind"] == kind]


def test_a_dose_that_leaves_its_window_and_a_closed_day_come_with_their_days() -> None:
    """Number 4 from 20 April (17 to 23) to Easter Monday 6 April: the next open day is the 7th."""
    found = what_if(
        treatment(course("fulvestrant", START), days=60),
        event("move", TODAY, drug="fulvestrant", number=4, to="2026-04-06"),
    )
    about = {"course": "c1", "drug": "fulvestrant", "number": 4}
    assert changes(found, "date_moved") == [("2026-04-20", "2026-04-06")]
    assert found["windows"] == [about | {"window": ["2026-04-17", "2026-04-23"], "date": "2026-04-06"}]
    assert found["open_days"] == [about | {"wanted": "2026-04-06", "open": "2026-04-07"}]


def test_tablets_on_hold_are_a_period_that_became_shorter_and_tablets_left_over() -> None:
    """21 tablets from 23 February to 15 March; on hold from 2 March: 7 are taken, 14 are left."""
    file = treatment(course("palbociclib-letrozole", START), days=30)
    found = what_if(file, event("hold", TODAY, drug="palbociclib", **{"from": TODAY}))
    before = {"from": "2026-02-23", "to": "2026-03-15", "open": False}
    assert (before, before | {"to": "2026-03-01"}) in changes(found, "tablets_moved")
    assert found["tablets"] == [
        {
            "course": "c1", "drug": "palbociclib", "cycle": 1, "count": "14", "form": "tablet",
            "strength": {"amount": "125", "unit": "mg"}, "lacking": False,
        }
    ]  # fmt: skip


def test_a_lower_level_gives_the_dose_before_and_after() -> None:
    """125 mg once a day becomes 100 mg from the cycle of 23 March on."""
    file = treatment(course("palbociclib-letrozole", START), days=30)
    lower = event("dose_level", TODAY, drug="palbociclib", number=2, level="-1", scope="rest_of_treatment")
    before = {"amount": "125", "unit": "mg", "times": 1, "every_days": 1}
    assert changes(what_if(file, lower), "dose_changed") == [(before, before | {"amount": "100"})]


def test_what_is_omitted_stands_beside_nothing() -> None:
    file = treatment(course("fulvestrant", START), days=30)
    found = what_if(file, event("omit", TODAY, drug="fulvestrant", number=2))
    assert changes(found, "omitted") == [({"amount": "500", "unit": "mg", "times": 1, "every_days": 1}, None)]


def test_a_fraction_that_is_not_given_any_more_has_its_day_only() -> None:
    """5 x 4 Gy on 9 to 13 March, ceased from the 13th."""
    file = treatment(irradiation("5x4", "2026-03-09"), days=30)
    found = what_if(file, event("cease", TODAY, course="r1", **{"from": "2026-03-13"}))
    assert [(item["kind"], item["number"], item["before"]) for item in found["changes"] if item["subject"] == "fraction"] == [
        ("removed", 5, "2026-03-13")
    ]


def test_another_number_and_size_of_fractions_are_a_number_and_an_amount() -> None:
    """5 x 4 Gy becomes 4 x 5 Gy; a preview takes whatever differs between two plans."""
    file = treatment(irradiation("free", "2026-03-09", fractions=5, dose="4"), days=30)
    newer = plan_of(file | {"courses": [irradiation("free", "2026-03-09", fractions=4, dose="5")]})
    shown = replace(preview(file), changes=plan_difference(plan_of(file), newer))
    found = json.loads(json.dumps(what_if_json(shown)))
    assert changes(found, "number_changed") == [(5, 4)]
    assert changes(found, "dose_changed") == [({"amount": "4", "unit": "Gy"}, {"amount": "5", "unit": "Gy"})] * 4
    assert changes(found, "removed") == [("2026-03-13", None)]


def test_no_proposal_is_null_and_not_an_empty_one() -> None:
    plan = plan_of(treatment(course("fulvestrant", START), days=60))
    assert alignment_json(propose_alignment(plan, library())) is None
    assert absence_json(plan_around_absences(plan, library())) is None
    assert radiotherapy_json(radiotherapy_proposals(plan, by="NV")) == []


def test_a_plan_around_an_absence_names_its_visits_and_the_fractions_that_nobody_moves() -> None:
    """Number 4 of fulvestrant is due on Monday 20 April, away on the 20th and 21st: Wednesday 22. The fraction of the 21st is for
    the radiation oncologist."""
    away = [{"from": "2026-04-20", "until": "2026-04-21"}]
    plan = plan_of(treatment(course("fulvestrant", START), irradiation("1x8", "2026-04-21"), days=60, absences=away))
    found: Any = absence_json(plan_around_absences(plan, library(), by="NV"))
    assert found["visits"] == [
        {
            "how": "moved", "course": "c1", "drugs": [{"drug": "fulvestrant", "number": 4}],
            "due": "2026-04-20", "before": "2026-04-20", "after": "2026-04-22",
        }
    ]  # fmt: skip
    assert found["fractions"] == ["r1/fraction/1"]
    assert [(item["kind"], item["to"]) for item in found["events"]] == [("move", "2026-04-22")]


def test_an_intrathecal_day_has_its_dose_only_once_two_persons_typed_it() -> None:
    by = [{"by": "NV", "on": TODAY, "dose": "12"}, {"by": "PB", "on": TODAY, "dose": "12"}]
    order = {"id": "i1", "drug": "methotrexate", "dose": "12", "unit": "mg", "dates": [TODAY, "2026-03-06"], "confirmed": by}
    found: Any = plan_json(plan_of(treatment(intrathecal=[order])))
    day = {"order": "i1", "drug": "methotrexate", "of": 2, "note": ""}
    released = day | {"dose": {"amount": "12", "unit": "mg"}, "status": "planned", "confirmed_by": ["NV", "PB"]}
    assert found["intrathecal"] == [
        released | {"number": 1, "date": "2026-03-02"},
        released | {"number": 2, "date": "2026-03-06"},
    ]
    alone: Any = plan_json(plan_of(treatment(intrathecal=[order | {"confirmed": by[:1]}])))
    assert alone["intrathecal"][0] == day | {
        "number": 1, "date": "2026-03-02", "dose": None, "status": "withheld", "confirmed_by": ["NV"]
    }  # fmt: skip
