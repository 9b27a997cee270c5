"""Treatment files for tests: a patient with nothing wrong, built key by key as the file has it, read and planned as the program
does it.

The patient: woman, born 1 January 1961, 68 kg, 165 cm, creatinine 0.85 mg/dL, calcium 2.30 mmol/L (2.15 to 2.55), albumin 40 g/L,
all measured on `today`. Clearance on 2 March 2026 (65 years): (140 - 65) x 68 x 0.85 / (72 x 0.85) = 70.83 mL/min."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import Any

from mbc_desktop.core.folders import find_schedules
from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.planning.plan import Administration, Plan, TakePeriod
from mbc_desktop.planning.plan_treatment import plan_treatment
from mbc_desktop.planning.request import Request
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.loader import load_library
from mbc_desktop.regimen.site import NO_SITE, Site

File = dict[str, Any]

TODAY = "2026-03-02"
"""A Monday."""


@cache
def library() -> Library:
    """The library that is shipped, read once."""
    return load_library(find_schedules())


NOTHING_BEFORE = {"earlier_anthracycline": "none"}


def day(text: str) -> date:
    """A day as the file writes it."""
    return date.fromisoformat(text)


def later(text: str, days: int) -> str:
    """The day a number of days later, as the file writes it."""
    return (day(text) + timedelta(days=days)).isoformat()


def value(kind: str, amount: str, unit: str, on: str, **more: object) -> File:
    """One measurement."""
    return {"kind": kind, "value": amount, "unit": unit, "on": on, **more}


def healthy_values(on: str) -> list[File]:
    """Measurements with which every dose is released."""
    return [
        value("weight", "68", "kg", on),
        value("height", "165", "cm", on),
        value("creatinine", "0.85", "mg/dL", on),
        value("calcium", "2.30", "mmol/L", on, low="2.15", high="2.55"),
        value("albumin", "40", "g/L", on),
        value("dpyd_activity_score", "2", "points", on),
    ]


def treatment(*courses: File, today: str = TODAY, days: int = 365, **changes: Any) -> File:
    """A treatment file with these courses, `days` long, of a postmenopausal woman with fresh values; `changes` replace keys."""
    file: File = {
        "format": 1,
        "today": today,
        "language": "nl",
        "horizon": later(today, days),
        "patient": {
            "family_name": "Voorbeeld",
            "given_name": "Anna",
            "number": "0012345",
            "birth_date": "1961-01-01",
            "sex": "female",
        },
        "measurements": healthy_values(today),
        "facts": {"menopausal_status": "postmenopausal", "dental_check_on": later(today, -20)},
        "courses": list(courses),
    }
    made = file | changes
    # Nothing was given before, unless a test says otherwise; None leaves it unknown.
    made["facts"] = {key: value for key, value in (NOTHING_BEFORE | made["facts"]).items() if value is not None}
    return made


def course(regimen: str, start: str = TODAY, id: str = "c1", **more: object) -> File:
    """A drug course."""
    return {"id": id, "regimen": regimen, "start": start, **more}


def irradiation(scheme: str, start: str = TODAY, id: str = "r1", region: str = "bone", **more: object) -> File:
    """A radiotherapy course."""
    return {"id": id, "radiotherapy": scheme, "start": start, "region": region, **more}


def event(kind: str, on: str, id: str = "e1", course: str = "c1", **more: object) -> File:
    """Something that happened, entered on the day `on`."""
    return {"id": id, "kind": kind, "course": course, "on": on, "by": "NV", **more}


def every_day_open(first: str, days: int) -> list[File]:
    """Extra open days of every unit, so that nothing ever closes."""
    return [{"on": later(first, number)} for number in range(days + 1)]


def request_of(file: File) -> Request:
    """The request of a file."""
    return read_treatment(json.dumps(file), today=date(2026, 1, 1), library=library())


def plan_of(file: File, site: Site = NO_SITE) -> Plan:
    """The plan of a file."""
    return plan_treatment(request_of(file), library(), site)


def given(plan: Plan, drug: str, course: str = "") -> list[Administration]:
    """The administrations of a drug, in order of their number."""
    found = [item for item in plan.administrations if item.drug == drug and course in ("", item.course)]
    return sorted(found, key=lambda item: item.number)


def taken(plan: Plan, drug: str) -> list[TakePeriod]:
    """The tablet periods of a drug."""
    return [item for item in plan.intakes if item.drug == drug]


def nominal(plan: Plan, drug: str) -> list[str]:
    """The template's days of a drug."""
    return [item.nominal.isoformat() for item in given(plan, drug)]


def dates(plan: Plan, drug: str) -> list[str | None]:
    """The real days of a drug."""
    return [item.date.isoformat() if item.date else None for item in given(plan, drug)]


def checks(plan: Plan, kind: str) -> list[str]:
    """The days that the rules name for a check-up."""
    return [item.nominal.isoformat() for item in plan.checks if item.kind == kind]


def codes(plan: Plan, *severities: str) -> set[str]:
    """The codes of the findings and notes, of these severities (none given: all)."""
    return {item.code for item in (*plan.findings, *plan.notes) if not severities or item.severity in severities}


def amount(item: Administration | TakePeriod) -> str | None:
    """The dose as text, "3.5 mg"; None while there is none."""
    return item.dose.amount.text() if item.dose else None


def texts(days: Iterable[date]) -> list[str]:
    """Days as the file writes them."""
    return [item.isoformat() for item in days]
