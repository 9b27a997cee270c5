"""A worked case as a treatment file: the patient of the references, the course, what was measured and what happened."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.plan_treatment import plan_treatment
from mbc_desktop.regimen.decision import Answer
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import Site

Given = Mapping[str, Any]

CASES = Path(__file__).parents[1] / "cases" / "worked"
TODAY = "2026-03-02"
"""A Monday, the first day of a case that names none."""
DAYS = 168
LIMITS = {
    ("calcium", "mmol/L"): {"low": "2.15", "high": "2.55"},
    ("calcium", "mg/dL"): {"low": "8.6", "high": "10.2"},
}
"""What the laboratory of the cases calls normal."""


@cache
def patients() -> dict[str, Given]:
    """The patients of the references and of the other tests, by the name the cases use."""
    return tomllib.loads((CASES / "patients.toml").read_text(encoding="utf-8"))


def later(day: str, days: int) -> str:
    """The day a number of days later."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def plan_of(given: Given, library: Library) -> Plan:
    """The plan of a case."""
    file = treatment_file(given)
    _offered(file["courses"], library)
    request = read_treatment(json.dumps(file), today=date.fromisoformat(file["today"]), library=library)
    return plan_treatment(request, library, site_of(given, library))


def _offered(courses: list[dict[str, Any]], library: Library) -> None:
    """Raises ValueError for fractions a week that the form does not offer."""
    for course in courses:
        chosen = course.get("choices", {}).get("per_week")
        options = library.radiotherapy[course["radiotherapy"]].per_week_options if "radiotherapy" in course else ()
        if chosen and options and int(chosen) not in options:
            raise ValueError(f"{course['radiotherapy']} does not offer {chosen} fractions a week")


def site_of(given: Given, library: Library) -> Site:
    """A hospital that has given the case's answers. Raises ValueError for an answer that the library does not offer."""
    answers = dict(given.get("site", {})).items()
    for key, value in answers:
        if library.decisions[key].options and value not in library.decisions[key].options:
            raise ValueError(f"{key} does not offer {value}")
    return Site(answers=tuple(Answer(key=key, value=value, by="NV", on=TODAY) for key, value in answers))


def treatment_file(given: Given) -> dict[str, Any]:
    """The case as the program reads it. Every day is open unless the case counts `holidays` or names days that are `closed`."""
    today = given.get("today", TODAY)
    days = given.get("days", DAYS)
    person = patients()[given.get("patient", "standard")]
    file: dict[str, Any] = {
        "format": 1,
        "today": today,
        "language": "nl",
        "horizon": later(given.get("start", today), days),
        "patient": {"family_name": "Voorbeeld", "given_name": "Anna", "number": "1", **_who(person)},
        "measurements": _measured(person, given, today),
        "facts": _facts(given, today),
        "history": list(given.get("history", ())),
        "courses": _courses(given, today),
        "events": [
            {"id": f"e{number}", "course": "c1", "on": today, "by": "NV", **event}
            for number, event in enumerate(given.get("events", ()), 1)
        ],
        "closures": [{"from": day, "until": day} for day in given.get("closed", ())],
    }
    if not given.get("holidays", False):
        closed = set(given.get("closed", ()))
        every_day = (later(today, number) for number in range(-60, days + 60))
        file["extra_open_days"] = [{"on": day} for day in every_day if day not in closed]
    return file


def _facts(given: Given, today: str) -> dict[str, Any]:
    """Facts with which nothing is objected to, and the case's own; "" = not known."""
    known = {
        "menopausal_status": "postmenopausal",
        "her2": "positive",
        "dental_check_on": later(today, -20),
        "earlier_anthracycline": "none",
    }
    return {key: value for key, value in {**known, **given.get("facts", {})}.items() if value}


def _who(person: Given) -> dict[str, Any]:
    return {key: person[key] for key in ("birth_date", "sex")}


def _measured(person: Given, given: Given, today: str) -> list[dict[str, Any]]:
    """What is known of the patient, the case's own values in their place: [kind, value, unit], [kind, value, unit, day], or with
    the names of the file. An unusual value counts as confirmed."""
    own = [_value(item, today) for item in given.get("values", ())]
    kept = [_value(item, today) for item in person["values"] if item[0] not in {item["kind"] for item in own}]
    return [*kept, *own]


def _value(item: Any, today: str) -> dict[str, Any]:
    named = dict(item) if isinstance(item, Mapping) else dict(zip(("kind", "value", "unit", "on"), item, strict=False))
    limits = LIMITS.get((named["kind"], named["unit"]), {})
    return {"on": today, "confirmed": {"reason": "worked case", "by": "NV"}, **limits, **named}


def _courses(given: Given, today: str) -> list[dict[str, Any]]:
    """The one course of the case, or those it lists."""
    if "courses" in given:
        return [{"id": f"c{number}", "start": today, **course} for number, course in enumerate(given["courses"], 1)]
    keys = (
        "regimen",
        "radiotherapy",
        "region",
        "choices",
        "cycle",
        "cycles",
        "phase",
        "last_given",
        "fractions",
        "dose",
        "reference_weight",
    )
    course = {key: given[key] for key in keys if key in given}
    if "last_given_ago" in given:
        course["last_given"] = later(given.get("start", today), -given["last_given_ago"])
    return [{"id": "c1", "start": given.get("start", today), **course}]
