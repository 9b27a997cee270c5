"""Whole treatments: a file as a ward would write it, and beside it every date and dose of its plan, worked by hand."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mbc_desktop.planning.answers.plan_json import plan_json
from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.plan_treatment import plan_treatment
from tests.planning.treatments import library

TREATMENTS = sorted((Path(__file__).parent / "treatments").glob("*.mbc.json"))
Json = dict[str, Any]


def planned(path: Path) -> tuple[Plan, Json]:
    """The plan of a file, as records and as JSON."""
    request = read_treatment(path.read_text("utf-8"), today=date(2026, 1, 1), library=library())
    plan = plan_treatment(request, library())
    return plan, plan_json(plan)


def expected(path: Path) -> Json:
    """What was worked by hand."""
    found: Json = json.loads(path.with_name(path.name.replace(".mbc.json", ".expected.json")).read_bytes())
    return found


def amount(dose: Json | None) -> str | None:
    return f"{dose['amount']} {dose['unit']}" if dose else None


@pytest.mark.parametrize("path", TREATMENTS, ids=lambda path: path.name.split(".")[0])
def test_every_date_and_dose_is_as_worked_by_hand(path: Path) -> None:
    plan, found = planned(path)
    worked = expected(path)
    assert worked["arithmetic"]
    administrations = [
        [item["course"], item["drug"], item["number"], item["nominal"], item["date"], item["status"], amount(item["dose"])]
        for item in found["administrations"]
    ]
    assert sorted(administrations) == sorted(worked["administrations"])
    intakes = [
        [
            item["course"],
            item["drug"],
            item["from"],
            item["to"],
            *(item["rest"] or [None, None]),
            amount(item["dose"]),
            item["units"],
        ]
        for item in found["intakes"]
    ]
    assert intakes == worked["intakes"]
    fractions = [[item["course"], item["number"], item["of"], item["date"], amount(item["dose"])] for item in found["fractions"]]
    assert fractions == worked["fractions"]
    assert sorted(item.code for item in plan.findings if item.severity != "info") == sorted(worked["findings"])


@pytest.mark.parametrize("path", TREATMENTS, ids=lambda path: path.name.split(".")[0])
def test_what_is_taken_measured_and_visited_is_as_worked_by_hand(path: Path) -> None:
    _, found = planned(path)
    worked = expected(path)
    if "give" in worked:
        given = {
            item["drug"]: [[piece["count"], piece["form"], piece["strength"], piece["volume"]] for piece in item["give"]]
            for item in found["administrations"]
        }
        assert given == worked["give"]
    if "checks" in worked:
        assert sorted([item["kind"], item["date"]] for item in found["checks"]) == sorted(worked["checks"])
    if "visits" in worked:
        units = {item["unit"] for item in found["visits"]}
        visits = {unit: [item["date"] for item in found["visits"] if item["unit"] == unit] for unit in units}
        assert visits == worked["visits"]
    for id, values in worked.get("derived", {}).items():
        derived = next(item for item in found["derived"] if item["id"] == id)
        assert [derived["value"], derived["exact"]] == values


def test_there_are_treatments() -> None:
    assert len(TREATMENTS) >= 5
