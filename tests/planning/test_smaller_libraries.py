"""A hospital may bring a whole library of its own, which lacks what the shipped one has: then that part of the plan is empty,
and all the rest is as it was. Nothing is made up for it."""

from __future__ import annotations

import json
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.planning.findings.approved_content import measures_of
from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.plan_treatment import plan_treatment
from mbc_desktop.planning.proposals.navigator import navigate
from mbc_desktop.regimen.library import Library
from tests.planning.treatments import File, codes, course, day, library, plan_of, request_of, treatment, value

DOCETAXEL = course("docetaxel", choices={"docetaxel_dose": "75", "g_csf": "pegfilgrastim the day after each cycle"})


def lacking(**parts: Any) -> Library:
    return replace(library(), **parts)


def without(name: str, *keys: str) -> Library:
    kept = {key: item for key, item in getattr(library(), name).items() if key not in keys}
    return lacking(**{name: MappingProxyType(kept)})


def planned(file: File, data: Library) -> Plan:
    return plan_treatment(request_of(file), data)


def visits(plan: Plan) -> list[tuple[str, str, str]]:
    return [(item.drug, str(item.date), item.dose.amount.text() if item.dose else "-") for item in plan.administrations]


def test_without_supportive_measures_there_are_none_and_the_treatment_is_the_same() -> None:
    file = treatment(DOCETAXEL, days=60)
    whole, small = plan_of(file), planned(file, lacking(support=None))
    assert {item.measure for item in whole.support} >= {"g_csf"}
    assert small.support == ()
    assert visits(small) == visits(whole) != []


def test_without_supportive_measures_an_approval_covers_the_regimen_and_its_drugs() -> None:
    assert {item.id for item in measures_of(library(), ("docetaxel",))} >= {"g_csf"}
    assert measures_of(lacking(support=None), ("docetaxel",)) == ()


def test_without_the_question_how_often_nobody_looks_at_the_response() -> None:
    file = treatment(course("fulvestrant", choices={"response_interval": "84 days"}), days=200)
    assert [str(item.date) for item in plan_of(file).checks if item.kind == "response"] == ["2026-05-26", "2026-08-17"]
    asked = file | {"courses": [course("fulvestrant")]}
    small = planned(asked, without("decisions", "response_interval"))
    assert [item for item in small.checks if item.kind == "response"] == []
    assert visits(small) == visits(plan_of(asked)) != []


def test_without_a_guideline_the_navigator_offers_nothing() -> None:
    request = request_of(treatment())
    assert navigate(request, library()) != ()
    assert navigate(request, lacking(guideline=None)) == ()


def test_without_limits_of_a_birth_date_every_one_is_read() -> None:
    """A patient of 15 years is refused by the shipped limits."""
    file = treatment()
    file["patient"] = file["patient"] | {"birth_date": "2010-06-01"}
    text = json.dumps(file)
    request = read_treatment(text, today=day("2026-03-02"), library=without("dates", "date_of_birth"))
    assert str(request.patient.birth_date) == "2010-06-01"


def heavier() -> File:
    """68 kg four weeks before, 150 (pounds) now."""
    file = treatment(DOCETAXEL, days=10)
    values = [item for item in file["measurements"] if item["kind"] != "weight"]
    file["measurements"] = [*values, value("weight", "68", "kg", "2026-02-02"), value("weight", "150", "kg", "2026-03-02")]
    return file


def test_without_limits_for_values_beside_one_another_none_is_doubted() -> None:
    assert "weight-like-pounds" in codes(plan_of(heavier()), "stop")
    assert "weight-like-pounds" not in codes(planned(heavier(), lacking(cross_limits=None)))


def test_weight_and_height_are_not_held_together_where_one_has_no_limits() -> None:
    """165 kg and 68 cm are weight and height exchanged."""
    file = treatment(DOCETAXEL, days=10)
    kept = [item for item in file["measurements"] if item["kind"] not in ("weight", "height")]
    file["measurements"] = [*kept, value("weight", "165", "kg", "2026-03-02"), value("height", "68", "cm", "2026-03-02")]
    fields = library().fields
    open_height = replace(fields["height"], hard=None, soft=None, other_units=(), doubts=(), mentions=())
    small = lacking(fields=MappingProxyType({**fields, "height": open_height}))
    request = read_treatment(json.dumps(file), today=day("2026-03-02"), library=small)
    assert "weight-and-height-exchanged" not in codes(plan_treatment(request, small))
    assert "weight-and-height-exchanged" in codes(plan_treatment(request, library()), "stop")
