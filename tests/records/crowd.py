"""Ten thousand patients with five years each, put into a store in bulk, with seals and links as the program makes them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from mbc_desktop import __version__
from mbc_desktop.patient.facts import Patient
from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.records.acts import SignedIn, canonical, link_hash, row_seal
from mbc_desktop.records.data_copies import PlanData
from mbc_desktop.records.patients import patient_columns
from mbc_desktop.records.store import Store
from mbc_desktop.records.treatment_rows import split
from tests.records.conftest import TODAY, TREATMENT

YEARS, EVERY_DAYS = 5, 21
VISITS = YEARS * 365 // EVERY_DAYS
START = TODAY - timedelta(days=YEARS * 365)
FAMILIES = (
    "Peeters", "Janssens", "Maes", "Jacobs", "Mertens", "Willems", "Claes", "Goossens", "Wouters", "De Smet", "Dubois", "Lambert",
)  # fmt: skip
GIVEN = (
    "Maria",
    "Anna",
    "Rita",
    "Monique",
    "Nicole",
    "Christiane",
    "Jacqueline",
    "Marie",
    "Godelieve",
    "Hilde",
    "Karin",
    "Ingrid",
)
AT_ONCE = 200

Row = dict[str, Any]


def patient_of(number: int, chance: Random) -> Patient:
    """An invented patient: a common name, a birth date, a number."""
    born = date(1930, 1, 1) + timedelta(days=chance.randrange(25000))
    family = f"Voorbeeld {chance.choice(FAMILIES)} {chance.choice('abcdefghijklmnopqrstuvwxyz')}{number % 97}"
    return Patient(
        family_name=family,
        given_name=chance.choice(GIVEN),
        number=f"{2000000 + number}",
        birth_date=born,
        sex="female",
    )


def fill(store: Store, who: SignedIn, data: PlanData, patients: int, chance: Random) -> None:
    """Adds the patients to a store that is open. Not crash-safe: it is a scaffold for measuring."""
    raw = store.raw
    raw.execute("PRAGMA synchronous = 0")
    raw.execute("PRAGMA cache_size = -200000")
    keys = {name: (raw.execute(f'SELECT max(id) FROM "{name}"').fetchone()[0] or 0) for name in _COLUMNS}  # noqa: S608
    head = store.head()
    seq, hash = head.seq, head.hash
    base = json.loads(split(read_treatment(TREATMENT, today=TODAY, library=data.library)).base)
    for first in range(0, patients, AT_ONCE):
        rows: dict[str, list[Row]] = {name: [] for name in _COLUMNS}
        links: list[tuple[int, str, str]] = []
        visits: list[tuple[str, str, int, str]] = []
        for number in range(first, min(first + AT_ONCE, patients)):
            for entry in _history(number, who, data, base, keys, rows, visits, chance):
                text = canonical(entry)
                seq, hash = seq + 1, link_hash(hash, text)
                links.append((seq, text.decode(), hash))
        raw.execute("BEGIN")
        for name, columns in _COLUMNS.items():
            marks = ", ".join("?" * len(columns))
            statement = f'INSERT INTO "{name}" ({", ".join(columns)}) VALUES ({marks})'  # noqa: S608
            raw.executemany(statement, ([row.get(column) for column in columns] for row in rows[name]))
        raw.executemany("INSERT INTO audit (seq, entry, hash) VALUES (?, ?, ?)", links)
        raw.executemany("INSERT INTO visit (on_day, unit, patient_id, listed) VALUES (?, ?, ?, ?)", visits)
        raw.execute("COMMIT")
    raw.execute("PRAGMA cache_size = -8000")
    raw.execute("PRAGMA synchronous = 3")


_COLUMNS: dict[str, tuple[str, ...]] = {
    "patient": ("id", "number", "family_name", "given_name", "birth_date", "sex", "folded", "version"),
    "base": ("id", "patient_id", "content"),
    "version": (
        "id", "patient_id", "number", "base_id", "day", "saved_at", "saved_by", "why", "fingerprint", "library", "site",
        "program",
    ),
    "measurement": ("id", "patient_id", "since", "until", "position", "kind", "value", "unit", "measured_on"),
    "event": ("id", "patient_id", "since", "until", "position", "event", "kind", "course", "happened_on", "content"),
    "print": ("id", "patient_id", "version", "fingerprint", "document", "made_on", "made_by", "request"),
}  # fmt: skip


def _history(
    number: int, who: SignedIn, data: PlanData, base: Row, keys: dict[str, int], rows: dict[str, list[Row]],
    visits: list[tuple[str, str, int, str]], chance: Random,
) -> Iterator[Row]:  # fmt: skip
    """The links of one patient: every three weeks a saving with a given dose and three values, and a view."""
    patient = patient_of(number, chance)
    content = json.loads(json.dumps(base))
    content["patient"] |= {
        "family_name": patient.family_name, "given_name": patient.given_name, "number": patient.number,
        "birth_date": patient.birth_date.isoformat(),
    }  # fmt: skip
    content["courses"][0] = {key: value for key, value in content["courses"][0].items() if key != "cycles"}
    start = START + timedelta(days=number % EVERY_DAYS)
    content["courses"][0]["start"] = start.isoformat()
    sealed: list[list[str | int]] = []

    def add(table: str, **values: Any) -> int:
        keys[table] += 1
        row = {"id": keys[table], **values}
        rows[table].append(row)
        sealed.append([table, keys[table], row_seal(row)])
        return keys[table]

    key = add("patient", **patient_columns(patient), version=VISITS)
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    base_key = add("base", patient_id=key, content=text)
    add("measurement", patient_id=key, since=1, position=0, kind="height", value="165", unit="cm", measured_on=start.isoformat())
    for visit in range(1, VISITS + 1):
        day = (start + timedelta(days=EVERY_DAYS * (visit - 1))).isoformat()
        at = f"{day}T09:00:00.000Z"
        _enter(add, key, visit, day, data, who, base_key, at, chance)
        visits.append((day, "day_hospital", key, f'["c1/docetaxel/{visit}"]'))
        common = {
            "v": 1,
            "at": at,
            "by": who.account,
            "person": who.person,
            "role": who.role,
            "program": __version__,
            "patient": key,
        }
        yield {
            **common,
            "action": "save_plan",
            "details": {"version": visit, "why": "", "fingerprint": "0" * 64},
            "rows": list(sealed),
        }
        sealed.clear()
        yield {**common, "action": "view_patient"}


def _enter(add: Any, key: int, visit: int, day: str, data: PlanData, who: SignedIn, base: int, at: str, chance: Random) -> None:
    weight, creatinine, neutrophils = chance.randrange(50, 90), chance.randrange(60, 120), chance.randrange(15, 60)
    for offset, (kind, value, unit) in enumerate(
        (
            ("weight", f"{weight}", "kg"),
            ("creatinine", f"{creatinine / 100:.2f}", "mg/dL"),
            ("neutrophils", f"{neutrophils / 10}", "10^9/L"),
        )
    ):
        position = 3 * (visit - 1) + offset + 1
        add("measurement", patient_id=key, since=visit, position=position, kind=kind, value=value, unit=unit, measured_on=day)
    given = {
        "id": f"e{visit}",
        "kind": "given",
        "course": "c1",
        "drug": "docetaxel",
        "number": visit,
        "given_on": day,
        "on": day,
        "by": "NV",
    }
    text = json.dumps(given, separators=(",", ":"))
    add(
        "event",
        patient_id=key,
        since=visit,
        position=visit - 1,
        event=f"e{visit}",
        kind="given",
        course="c1",
        happened_on=day,
        content=text,
    )
    if visit % 4 == 0:
        add(
            "print", patient_id=key, version=visit, fingerprint="0" * 64, document="patient_calendar", made_on=day,
            made_by="NV", request="",
        )  # fmt: skip
    add(
        "version", patient_id=key, number=visit, base_id=base, day=day, saved_at=at, saved_by=who.account, why="",
        fingerprint="0" * 64,
        library=data.library.fingerprint, site="", program=__version__,
    )  # fmt: skip


def store_size(path: Path) -> int:
    """Bytes of the file."""
    return path.stat().st_size
