"""Hypothesis strategies: treatments with a few courses, closed days and events, all of which the program accepts."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as some

from tests.planning.treatments import TODAY, File, course, event, irradiation, later, treatment

DRUG_OF = {
    "fulvestrant": "fulvestrant",
    "palbociclib-fulvestrant": "fulvestrant",
    "zoledronic-acid": "zoledronic-acid",
    "denosumab": "denosumab",
    "goserelin": "goserelin",
    "ibandronic-acid-iv": "ibandronic-acid-iv",
    "docetaxel-trastuzumab-pertuzumab": "docetaxel",
}
"""Regimens with visits, and the drug by which their events are named."""

TABLETS = {"palbociclib-letrozole": "palbociclib", "ribociclib-letrozole": "ribociclib", "letrozole": "letrozole"}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

offsets = some.integers(min_value=-40, max_value=60)
closed_offsets = some.lists(some.integers(min_value=-30, max_value=200), max_size=12, unique=True)


def shifted(value: Any, days: int, key: str = "") -> Any:
    """The same file with every day in it, but the birth date, a number of days later."""
    if isinstance(value, dict):
        return {name: shifted(item, days, name) for name, item in value.items()}
    if isinstance(value, list):
        return [shifted(item, days) for item in value]
    if isinstance(value, str) and _DAY.fullmatch(value) and key != "birth_date":
        return later(value, days)
    return value


@some.composite
def courses(draw: some.DrawFn, *, least: int = 1) -> list[File]:
    """One to four courses, each regimen at most once, radiotherapy among them or not."""
    regimens = draw(some.lists(some.sampled_from(sorted(DRUG_OF) + sorted(TABLETS)), min_size=least, max_size=3, unique=True))
    made = [course(regimen, later(TODAY, draw(offsets)), id=f"c{number}") for number, regimen in enumerate(regimens, 1)]
    if draw(some.booleans()):
        made.append(irradiation(draw(some.sampled_from(("10x3", "5x4", "5x7", "1x8"))), later(TODAY, draw(offsets)), id="r1"))
    return made


@some.composite
def events(draw: some.DrawFn, made: list[File]) -> list[File]:
    """Events about these courses: named by number, by nothing, or about the whole drug."""
    found: list[File] = []
    for line in made:
        regimen = line.get("regimen")
        drug = DRUG_OF.get(regimen or "") or TABLETS.get(regimen or "")
        if drug is None:
            continue
        for _ in range(draw(some.integers(min_value=0, max_value=2))):
            found.append(draw(one_event(f"e{len(found) + 1}", line["id"], drug, tablets=regimen in TABLETS)))
    return found


@some.composite
def one_event(draw: some.DrawFn, id: str, course_id: str, drug: str, *, tablets: bool) -> File:
    """One event about a drug, entered in the weeks before today."""
    on = later(TODAY, -draw(some.integers(min_value=0, max_value=30)))
    scope = draw(some.sampled_from(("this", "rest_of_cycle", "rest_of_treatment")))
    target: File = {"drug": drug, "number": draw(some.integers(min_value=1, max_value=6))}
    if draw(some.booleans()):
        del target["number"]
    kind = draw(some.sampled_from(("delay", "omit", "hold", "cease") if tablets else ("delay", "omit", "move", "hold", "cease")))
    match kind:
        case "delay":
            return event(kind, on, id, course_id, **target, scope=scope, days=draw(some.integers(min_value=1, max_value=14)))
        case "omit":
            return event(kind, on, id, course_id, **target, scope=scope)
        case "move":
            return event(kind, on, id, course_id, **target, to=later(TODAY, draw(some.integers(min_value=61, max_value=120))))
        case _:
            return event(
                kind, on, id, course_id, drug=drug, **{"from": later(on, draw(some.integers(min_value=0, max_value=40)))}
            )


@some.composite
def treatments(draw: some.DrawFn, *, with_events: bool = True, days: int = 200) -> File:
    """A whole treatment file."""
    made = draw(courses())
    closures = [
        {
            "from": later(TODAY, offset),
            "until": later(TODAY, offset),
            "unit": draw(some.sampled_from(("day_hospital", "radiotherapy"))),
        }
        for offset in draw(closed_offsets)
    ]
    happened = draw(events(made)) if with_events else []
    return treatment(*made, days=days, closures=closures, events=happened)


def open_every_day(file: File, days: int) -> File:
    """The file in a hospital that never closes."""
    first = date.fromisoformat(TODAY) - timedelta(days=120)
    open_days = [{"on": (first + timedelta(days=number)).isoformat()} for number in range(days)]
    return file | {"closures": [], "extra_open_days": open_days}
