"""Random treatment files: one course each, with closed days and events, from a seed."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.second_engine.civil import day_of, write

File = dict[str, Any]

REGIMENS = {
    "fulvestrant": ("fulvestrant", "maintenance_interval", ("28 days", "1 month")),
    "palbociclib-fulvestrant": ("fulvestrant", "maintenance_interval", ("28 days", "1 month")),
    "zoledronic-acid": ("zoledronic-acid", "zoledronic_interval", ("28 days", "21 days")),
    "denosumab": ("denosumab", "", ("28 days",)),
    "goserelin": ("goserelin", "", ("28 days",)),
    "docetaxel-trastuzumab-pertuzumab": ("docetaxel", "", ("21 days",)),
}
"""Regimen: the drug of its events, the decision that gives its length, and the lengths."""

SCHEMES = ("1x8", "5x4", "8x4", "10x3", "13x3", "free")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")


def random_file(random: Random) -> File:
    """A treatment file that the program accepts."""
    start = day_of(2024, 1, 1) + random.randrange(0, 2900)
    kind = random.choice([*REGIMENS, "palbociclib-letrozole", "radiotherapy", "radiotherapy"])
    today = start + random.choice((-10, 0, 40, 120))
    file: File = {
        "format": 1,
        "today": write(max(today, start) if kind in REGIMENS else start),
        "horizon": write(start + random.randrange(100, 600)),
        "patient": {
            "family_name": "Voorbeeld",
            "given_name": "Anna",
            "number": "0012345",
            "birth_date": write(day_of(random.randrange(1935, 1990), random.randrange(1, 13), random.randrange(1, 29))),
            "sex": random.choice(("female", "male")),
        },
        "facts": {"menopausal_status": "postmenopausal", "dental_check_on": write(start - 20)},
    }
    file["measurements"] = _measurements(random, file["today"])
    file["courses"] = [_radiotherapy(random, start) if kind == "radiotherapy" else _course(random, kind, start)]
    unit = "radiotherapy" if kind == "radiotherapy" else "day_hospital"
    file["closures"] = [_closed(random, start, unit) for _ in range(random.randrange(0, 6))]
    file["extra_open_days"] = [
        {"on": write(start + random.randrange(0, 400)), "unit": unit} for _ in range(random.randrange(0, 4))
    ]
    file["events"] = _events(random, kind, start, file["today"]) if kind in REGIMENS else []
    return file


def _measurements(random: Random, on: str) -> list[File]:
    creatinine = (
        {"kind": "creatinine", "value": f"{random.randrange(40, 250) / 100:.2f}", "unit": "mg/dL", "on": on}
        if random.random() < 0.5
        else {"kind": "creatinine", "value": str(random.randrange(36, 220)), "unit": "umol/L", "on": on}
    )
    weight, height = random.randrange(300, 1500), random.randrange(140, 196)
    # A body that can be, 13 to 65 kg/m2 (tenths of a kilogram, centimetres): the program asks about others.
    weight = min(max(weight, 130 * height * height // 10_000 + 1), 650 * height * height // 10_000)
    return [
        {"kind": "weight", "value": f"{weight / 10:.1f}", "unit": "kg", "on": on},
        {"kind": "height", "value": str(height), "unit": "cm", "on": on},
        creatinine,
    ]


def _course(random: Random, regimen: str, start: int) -> File:
    line: File = {"id": "c1", "regimen": regimen, "start": write(start)}
    _, decision, lengths = REGIMENS.get(regimen, ("", "", ("28 days",)))
    if decision:
        line["choices"] = {decision: random.choice(lengths)}
    return line


def _radiotherapy(random: Random, start: int) -> File:
    scheme = random.choice(SCHEMES)
    line: File = {"id": "c1", "radiotherapy": scheme, "start": write(start), "region": "bone", "choices": {}}
    if scheme == "free":
        line |= {"fractions": random.randrange(1, 13), "dose": random.choice(("3", "4", "7.5", "8"))}
    if scheme == "free" and random.random() < 0.8:
        line["choices"] = {"min_gap_days": str(random.randrange(1, 4)), "holiday": random.choice(("drop", "substitute"))}
        if random.random() < 0.6:
            line["choices"]["days"] = " ".join(sorted(random.sample(WEEKDAYS, random.randrange(1, 4)), key=WEEKDAYS.index))
        if random.random() < 0.6:
            line["choices"]["per_week"] = str(random.randrange(1, 4))
    elif random.random() < 0.3:
        line["choices"] = {"emergency": "yes"}
    return line


def _closed(random: Random, start: int, unit: str) -> File:
    first = start + random.randrange(0, 500)
    return {"from": write(first), "until": write(first + random.choice((0, 0, 0, 1, 4))), "unit": unit, "why": "closed"}


def _events(random: Random, regimen: str, start: int, today: str) -> list[File]:
    """Each number has at most one event, so that what it means needs no agreement about their order."""
    drug = REGIMENS[regimen][0]
    found: list[File] = []
    # Docetaxel ends after six cycles; what happens to docetaxel alone leaves the antibodies of its visit where they are.
    docetaxel = drug == "docetaxel"
    for number in sorted(random.sample(range(1, 7 if docetaxel else 9), random.randrange(0, 4))):
        event: File = {"id": f"e{number}", "course": "c1", "drug": drug, "number": number, "on": today, "by": "NV"}
        match "delay" if docetaxel else random.choice(("delay", "omit", "given", "interval")):
            case "delay":
                event |= {"kind": "delay", "days": random.randrange(1, 15), "scope": "rest_of_treatment"}
            case "omit":
                event |= {"kind": "omit"}
            case "given":
                given = write(start + 14 * (number - 1) + random.randrange(0, 30))
                event |= {"kind": "given", "given_on": min(given, today)}
            case "interval":
                event |= {"kind": "interval", "every": random.choice(("84 days", "3 months", "6 months", "12 weeks"))}
        found.append(event)
    return found
