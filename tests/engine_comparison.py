"""The same treatment through the program and through the second engine: every difference, in words."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from typing import Any

from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.planning.plan import Administration, Plan
from mbc_desktop.planning.plan_treatment import plan_treatment
from tests.planning.treatments import library
from tests.second_engine import amounts, beams, civil, orders
from tests.second_engine.belgium import Doors
from tests.second_engine.random_orders import REGIMENS, WEEKDAYS
from tests.second_engine.visits import Happened, Visit, visits

File = dict[str, Any]
CYCLE = 28
RELOAD_DAYS = 42


def differences(file: File) -> list[str]:
    """What the two engines do not agree on."""
    plan = plan_treatment(read_treatment(json.dumps(file), today=date(2026, 1, 1), library=library()), library())
    line = file["courses"][0]
    if "radiotherapy" in line:
        return _radiotherapy(plan, file, line)
    found = _tablets(plan, file, line) if line["regimen"].startswith("palbociclib") else []
    return found + (_visits(plan, file, line) if line["regimen"] in REGIMENS else [])


def doors_of(file: File) -> Doors:
    """The closed and extra open days of a file."""
    shut = {day for item in file["closures"] for day in range(civil.parse(item["from"]), civil.parse(item["until"]) + 1)}
    return Doors(frozenset(shut), frozenset(civil.parse(item["on"]) for item in file["extra_open_days"]))


def _radiotherapy(plan: Plan, file: File, line: File) -> list[str]:
    choices, start, doors = line["choices"], civil.parse(line["start"]), doors_of(file)
    count = line.get("fractions") or int(line["radiotherapy"].split("x")[0])
    if "min_gap_days" in choices:
        days = choices.get("days")
        wanted = beams.spaced(
            start,
            count,
            doors,
            gap=int(choices["min_gap_days"]),
            weekdays=frozenset(WEEKDAYS.index(day) for day in days.split()) if days else None,
            cap=int(choices["per_week"]) if "per_week" in choices else None,
            substitute=choices["holiday"] == "substitute",
        )
    else:
        wanted = beams.daily(start, count, doors, emergency=choices.get("emergency") == "yes")
    found = [item.date.isoformat() for item in plan.fractions]
    return (
        []
        if found == [civil.write(day) for day in wanted]
        else [f"fractions: {found} is not {[civil.write(day) for day in wanted]}"]
    )


def _tablets(plan: Plan, file: File, line: File) -> list[str]:
    """Days 1 to 21 of every 28, then seven days of rest; one tablet a day."""
    start, horizon = civil.parse(line["start"]), civil.parse(file["horizon"])
    wanted = [tuple(civil.write(first + step) for step in (0, 20, 21, 27)) for first in range(start, horizon + 1, CYCLE)]
    found = [
        (item.first.isoformat(), item.last.isoformat(), *(day.isoformat() for day in item.rest or ()))
        for item in plan.intakes
        if item.drug == "palbociclib"
    ]
    counts = {str(item.units) for item in plan.intakes if item.drug == "palbociclib" and item.dose}
    return ([] if found == wanted else [f"tablets: {found} is not {wanted}"]) + ([] if counts <= {"21"} else [f"count: {counts}"])


def _happened(file: File) -> Happened:
    happened = Happened()
    for event in file["events"]:
        number = event["number"]
        match event["kind"]:
            case "delay":
                happened.delays[number] = event["days"]
            case "omit":
                happened.omitted.add(number)
            case "given":
                happened.given[number] = civil.parse(event["given_on"])
            case "interval":
                happened.lengths[number] = orders.LENGTHS[event["every"]]
    return happened


def _visits(plan: Plan, file: File, line: File) -> list[str]:
    regimen = line["regimen"]
    drug, decision, lengths = REGIMENS[regimen]
    length = orders.LENGTHS[line.get("choices", {}).get(decision, lengths[0])]
    wanted = visits(
        orders.template(regimen, length),
        civil.parse(line["start"]),
        civil.parse(file["horizon"]),
        doors_of(file),
        _happened(file),
    )
    found: list[str] = []
    led = drug if regimen != "docetaxel-trastuzumab-pertuzumab" else "trastuzumab"
    ours = sorted((item for item in plan.administrations if item.drug == led), key=lambda item: item.number)
    if len(ours) != len(wanted):
        found.append(f"{led}: {len(ours)} visits, not {len(wanted)}")
    for item, visit in zip(ours, wanted, strict=False):
        found += _one(item, visit, drug)
    again = _reloaded(wanted) if led == "trastuzumab" else set()
    return found + [text for item in plan.administrations for text in _dose(item, file, loading=item.number in again)]


def _reloaded(wanted: list[Visit]) -> set[int]:
    """The first visit, and those six weeks or more after the one before, take the loading doses of both antibodies."""
    again, last = {1}, None
    for visit in wanted:
        if visit.day is not None:
            again |= {visit.number} if last is not None and visit.day - last >= RELOAD_DAYS else set()
            last = visit.day
    return again


def _one(item: Administration, visit: Visit, drug: str) -> list[str]:
    theirs = (visit.number, visit.cycle, civil.write(visit.nominal), civil.write(visit.due))
    ours = (item.number, item.cycle, item.nominal.isoformat(), item.due.isoformat())
    day = None if visit.day is None else civil.write(visit.day)
    our_day = item.date.isoformat() if item.date else None
    # The events of a regimen of several drugs name the one that leads; the others of the same visit go on.
    state = visit.state
    our_state = item.status if item.status in ("given", "omitted") else "coming"
    if item.drug != drug:
        day, state = our_day, our_state
    if (ours, our_day, our_state) == (theirs, day, state):
        return []
    return [f"{item.drug}: {ours} {our_day} {our_state} is not {theirs} {day} {state}"]


def _value(file: File, kind: str) -> tuple[Fraction, str]:
    item = next(item for item in file["measurements"] if item["kind"] == kind)
    return Fraction(item["value"]), item["unit"]


def _dose(item: Administration, file: File, *, loading: bool) -> list[str]:
    """Only what has a dose, or must not have one because of the kidneys, is compared."""
    if item.status in ("omitted", "ceased", "held") or item.drug not in (
        "zoledronic-acid",
        "docetaxel",
        "trastuzumab",
        "pertuzumab",
        "fulvestrant",
    ):
        return []
    wanted = _milligrams(item, file, loading=loading)
    found = Fraction(item.dose.amount.amount) if item.dose else None
    texts = [] if found == wanted else [f"{item.id}: {found} mg is not {wanted} mg"]
    if item.drug == "zoledronic-acid" and item.dose and wanted is not None and item.dose.give[0].volume_ml is not None:
        volume = Fraction(item.dose.give[0].volume_ml)
        texts += (
            [] if volume == amounts.concentrate(wanted) else [f"{item.id}: {volume} mL is not {amounts.concentrate(wanted)} mL"]
        )
    return texts


def _milligrams(item: Administration, file: File, *, loading: bool) -> Fraction | None:
    kilograms, centimetres = _value(file, "weight")[0], _value(file, "height")[0]
    match item.drug:
        case "fulvestrant":
            return Fraction(500)
        case "pertuzumab":
            return Fraction(840 if loading else 420)
        case "trastuzumab":
            return amounts.by_weight(Fraction(8 if loading else 6), kilograms)
        case "docetaxel":
            return amounts.by_surface(Fraction(75), kilograms=kilograms, centimetres=centimetres, step=amounts.DOCETAXEL_STEP)
    creatinine, unit = _value(file, "creatinine")
    born, sampled = (civil.civil(civil.parse(text)) for text in (file["patient"]["birth_date"], file["today"]))
    age = sampled[0] - born[0] - (sampled[1:] < born[1:])
    cleared = amounts.clearance(
        age=age,
        kilograms=kilograms,
        micromol=creatinine if unit == "umol/L" else creatinine * Fraction(884, 10),
        woman=file["patient"]["sex"] == "female",
    )
    return amounts.zoledronic_acid(cleared)
