"""Chapter 4: the first four cycles of every regimen, worked by hand in tests/cases/regimens/chemotherapy.

The patient is the one of `treatments`: 68 kg, 165 cm, creatinine 0.85 mg/dL, 65 years, and every course starts on Monday 2 March
2026 with every day open. Body surface by Mosteller: the root of 165 x 68 / 3600 = 3.116667 is 1.765408 m2. Clearance 75 x 68 / 72
= 70.8333 mL/min."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from mbc_desktop.planning.plan import Administration, Plan, TakePeriod
from mbc_desktop.regimen.decision import Answer
from mbc_desktop.regimen.site import Site
from tests.planning.endocrine_vectors import plain
from tests.planning.treatments import TODAY, amount, checks, codes, course, every_day_open, library, plan_of, taken, treatment

FOLDER = Path(__file__).parents[1] / "cases" / "regimens" / "chemotherapy"
CASES: list[dict[str, Any]] = [
    case for path in sorted(FOLDER.glob("*.toml")) for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]
DAYS = 168
CYCLES = 4


def plan_for(case: dict[str, Any]) -> Plan:
    made = course(case["regimen"], choices=case.get("choices", {}))
    facts = {"menopausal_status": "postmenopausal", "her2": case.get("her2", "positive")} | case.get("facts", {})
    opened = every_day_open(TODAY, DAYS)
    return plan_of(treatment(made, days=DAYS, extra_open_days=opened, facts=facts), site_of(case.get("site", {})))


def site_of(answers: dict[str, str]) -> Site:
    return Site(answers=tuple(Answer(key=key, value=value, by="NV", on=TODAY) for key, value in answers.items()))


def line(item: Administration) -> str:
    """Day, dose, minutes of infusion and of observation: "2026-03-02 840 mg 60+60"."""
    assert item.dose is not None, item
    chair = f" {item.dose.minutes}" if item.dose.minutes is not None else ""
    chair += f"+{item.dose.observe_minutes}" if item.dose.observe_minutes is not None else ""
    return f"{item.date} {amount(item)}{chair}"


def period(item: TakePeriod) -> str:
    """First and last day, dose at a time and times a day, pieces in all: "2026-03-01/2026-03-03 8 mg x2"."""
    assert item.dose is not None, item
    pieces = f" {plain(item.units)} pieces" if item.units is not None else ""
    last = "" if item.open else item.last.isoformat()
    return f"{item.first}/{last} {amount(item)} x{item.dose.times}{pieces}"


def first_cycles(plan: Plan, drug: str) -> list[str]:
    items = [item for item in plan.administrations if item.drug == drug and item.cycle <= CYCLES]
    return [line(item) for item in sorted(items, key=lambda item: (item.date or item.due, item.number))]


def case_id(case: dict[str, Any]) -> str:
    return " ".join([case["regimen"], *case.get("choices", {}).values(), *case.get("site", {}).values()])


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_the_first_four_cycles_are_those_worked_by_hand(case: dict[str, Any]) -> None:
    assert case["arithmetic"]
    plan = plan_for(case)
    assert {drug: first_cycles(plan, drug) for drug in case["given"]} == case["given"]
    assert {item.drug for item in plan.administrations} == set(case["given"])
    found = {drug: [period(item) for item in taken(plan, drug) if item.cycle <= CYCLES] for drug in case.get("taken", {})}
    assert found == case.get("taken", {})
    assert {item.drug for item in plan.intakes} == set(case.get("taken", {}))
    for kind, days in case.get("checks", {}).items():
        assert checks(plan, kind)[: len(days)] == days


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_a_normal_plan_has_no_finding_above_info(case: dict[str, Any]) -> None:
    assert codes(plan_for(case), "stop", "caution", "advice") == set(case.get("codes", []))


def test_every_regimen_of_chapter_4_has_worked_cases() -> None:
    chapter = {id for id, regimen in library().regimens.items() if regimen.section.startswith("4")}
    assert chapter == {case["regimen"] for case in CASES}
