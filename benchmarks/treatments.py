"""The treatments that are planned, each different: the example patient with other values, dates and courses."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from benchmarks.measure import ROOT
from mbc_desktop.planning.dates.working_days import later, open_days

EXAMPLE = ROOT / "resources" / "example" / "voorbeeld.mbc.json"
TWO_YEARS = timedelta(days=730)


def example() -> dict[str, Any]:
    """The example treatment that comes with the program."""
    content: dict[str, Any] = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    return content


def two_years_of_four_courses(number: int, *, today: date, course_of_values: bool = False) -> str:
    """A treatment file: palbociclib and fulvestrant, zoledronic acid, goserelin, ten fractions of radiotherapy, planned two years
    ahead. `number` makes it different from every other. With `course_of_values` the window draws a plot under each value."""
    start = working_day(today + timedelta(days=1 + number % 5))
    courses = [
        {"id": "c1", "regimen": "palbociclib-fulvestrant", "start": start.isoformat()},
        {"id": "c2", "regimen": "zoledronic-acid", "start": start.isoformat()},
        {"id": "c3", "regimen": "goserelin", "start": start.isoformat()},
        {"id": "c4", "radiotherapy": "10x3", "start": (start + timedelta(days=28)).isoformat(), "region": "bone"},
    ]
    horizon = today + TWO_YEARS
    return file_of_courses(number, today=today, horizon=horizon, courses=courses, course_of_values=course_of_values)


def working_day(day: date) -> date:
    """The day itself, or the first one after it on which a Belgian day hospital is open: on another the window asks first."""
    return later(day, open_days()) or day


def one_of_a_thousand(number: int, *, today: date) -> str:
    """A treatment file of a year with one to four courses, one line of JSON."""
    start = (today - timedelta(days=number % 90)).isoformat()
    every = [
        {
            "id": "c1",
            "regimen": ("palbociclib-fulvestrant", "ribociclib-letrozole", "abemaciclib-anastrozole", "fulvestrant")[number % 4],
        },
        {"id": "c2", "regimen": ("zoledronic-acid", "denosumab")[number % 2]},
        {"id": "c3", "radiotherapy": ("10x3", "5x4", "1x8")[number % 3], "region": "bone"},
        {"id": "c4", "regimen": "goserelin"},
    ]
    courses = [{**course, "start": start} for course in every[: 1 + number % 4]]
    return file_of_courses(number, today=today, horizon=today + timedelta(days=365), courses=courses)


def file_of_courses(
    number: int, *, today: date, horizon: date, courses: list[dict[str, str]], course_of_values: bool = False
) -> str:
    """A treatment file of these courses with fresh values, which `number` makes different from every other."""
    values = (
        {"kind": "weight", "value": f"{55 + number % 40}.{number % 10}", "unit": "kg"},
        {"kind": "height", "value": str(155 + number % 30), "unit": "cm"},
        {"kind": "creatinine", "value": f"0.{60 + number % 37}", "unit": "mg/dL"},
        {"kind": "calcium", "value": f"2.{20 + number % 30}", "unit": "mmol/L", "low": "2.15", "high": "2.55"},
        {"kind": "albumin", "value": str(36 + number % 9), "unit": "g/L"},
    )
    days_ago = (57, 29, 1) if course_of_values else (1,)
    content = {
        **{key: value for key, value in example().items() if key in ("format", "facts")},
        "patient": {**example()["patient"], "number": f"{1000000 + number}"},
        "today": today.isoformat(),
        "language": "nl",
        "horizon": horizon.isoformat(),
        "measurements": [{**value, "on": (today - timedelta(days=ago)).isoformat()} for ago in days_ago for value in values],
        "courses": courses,
    }
    return json.dumps(content, ensure_ascii=False)
