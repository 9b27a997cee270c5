"""A version of the data that has ended: nothing new starts by it, what runs asks whether it may go on. The library is the
shipped one with the first days and last days of these tests."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

import pytest

from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.plan_treatment import plan_treatment
from mbc_desktop.regimen.library import Library
from tests.planning.treatments import File, course, day, irradiation, library, treatment

LAST = day("2026-03-20")
"""The last day on which the version holds."""


def with_change(kind: str, id: str, **changes: Any) -> Library:
    """The library with one file otherwise."""
    items = dict(getattr(library(), kind))
    items[id] = replace(items[id], **changes)
    return replace(library(), **{kind: MappingProxyType(items)})


def planned(library: Library, *courses: File, today: str = "2026-03-02") -> Plan:
    file = treatment(*courses, today=today, days=60)
    request = read_treatment(json.dumps(file), today=date(2026, 1, 1), library=library)
    return plan_treatment(request, library)


def said(plan: Plan) -> list[tuple[str, str, str]]:
    return [(item.code, item.severity, item.drug) for item in plan.findings if item.code.startswith("version-ended")]


@pytest.mark.parametrize(("start", "refused"), [("2026-03-19", False), ("2026-03-20", False), ("2026-03-21", True)])
def test_nothing_starts_after_the_last_day_of_a_version(start: str, refused: bool) -> None:
    plan = planned(with_change("regimens", "docetaxel", valid_until=LAST), docetaxel(start))
    assert said(plan) == ([("version-ended-before-start", "stop", "docetaxel")] if refused else [])
    assert {item.dose is None for item in plan.administrations if item.drug == "docetaxel"} == {refused}


@pytest.mark.parametrize(("today", "asked"), [("2026-03-20", False), ("2026-03-21", True)])
def test_a_treatment_that_runs_asks_whether_it_may_go_on(today: str, asked: bool) -> None:
    plan = planned(with_change("regimens", "docetaxel", valid_until=LAST), docetaxel("2026-03-02"), today=today)
    assert said(plan) == ([("version-ended", "caution", "")] if asked else [])
    assert any(item.dose is not None for item in plan.administrations if item.drug == "docetaxel")


def test_a_treatment_taken_over_had_begun_before() -> None:
    taken_over = docetaxel("2026-03-23") | {"cycle": 2, "last_given": "2026-03-02"}
    plan = planned(with_change("regimens", "docetaxel", valid_until=LAST), taken_over, today="2026-03-23")
    assert said(plan) == [("version-ended", "caution", "")]


@pytest.mark.parametrize(
    ("start", "found"),
    [("2026-03-01", [("version-ended", "caution", "")]), ("2026-03-02", [("version-ended-before-start", "stop", "docetaxel")])],
)
def test_a_version_that_another_has_replaced(start: str, found: list[tuple[str, str, str]]) -> None:
    assert said(planned(with_change("regimens", "docetaxel", status="superseded"), docetaxel(start))) == found


def test_the_file_of_one_drug_holds_back_that_drug() -> None:
    changed = with_change("drugs", "cyclophosphamide", valid_until=day("2026-03-01"))
    plan = planned(changed, course("epirubicin-cyclophosphamide"))
    assert said(plan) == [("version-ended-before-start", "stop", "cyclophosphamide")]
    doses = {item.drug: item.dose is None for item in plan.administrations if item.cycle == 1}
    assert (doses["cyclophosphamide"], doses["epirubicin"]) == (True, False)


def test_a_radiotherapy_scheme_that_has_ended() -> None:
    plan = planned(with_change("radiotherapy", "10x3", valid_until=LAST), irradiation("10x3", "2026-03-23"))
    assert said(plan) == [("version-ended-before-start", "stop", "")]


@pytest.mark.parametrize(("start", "pointed_out"), [("2026-03-04", True), ("2026-03-05", False)])
def test_a_course_from_before_the_first_day_of_its_version_is_pointed_out(start: str, pointed_out: bool) -> None:
    changed = with_change("regimens", "docetaxel", valid_from=day("2026-03-05"))
    changed = replace(
        changed, drugs=MappingProxyType({id: replace(drug, valid_from=day("2026-01-01")) for id, drug in changed.drugs.items()})
    )
    plan = planned(changed, docetaxel(start))
    assert ("began-before-version" in {item.code for item in plan.notes}) == pointed_out
    assert said(plan) == []


def docetaxel(start: str) -> File:
    return course("docetaxel", start, choices={"docetaxel_dose": "75"})
