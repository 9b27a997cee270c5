"""What the store costs: opening, a patient, a search, a day's agenda, an act beside the same commit in plain SQLite."""

from __future__ import annotations

import re
import resource
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from statistics import median, quantiles

from mbc_desktop.records.acts import SignedIn, act
from mbc_desktop.records.audit_chain import verify_chain
from mbc_desktop.records.data_copies import PlanData
from mbc_desktop.records.header import Key
from mbc_desktop.records.patients import agenda, search_patients
from mbc_desktop.records.plans import open_plan
from mbc_desktop.records.store import Opening, Store, open_store
from mbc_desktop.records.tables import APPROVAL
from tests.records.conftest import TODAY, Hands
from tests.records.crowd import START, YEARS, fill
from tests.records.wards import NAME, copied, open_again

ROUNDS = 60


@dataclass(frozen=True, slots=True)
class Timed:
    """Milliseconds: the middle one and the 95th of a hundred."""

    middle: float
    slow: float

    def __str__(self) -> str:
        return f"{self.middle:.2f} (p95 {self.slow:.2f})"


def timed(work: Callable[[], object], rounds: int) -> Timed:
    """How long the work takes, over so many rounds."""
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        took.append((time.perf_counter() - began) * 1000)
    return Timed(median(took), quantiles(took, n=20)[-1])


def crowd_figures(
    base: Path, folder: Path, key: Key, nurse: SignedIn, data: PlanData, patients: int, chance: Random, *, walk: bool = True
) -> dict[str, str]:
    """The figures of a store with so many patients of five years."""
    copied(base, folder)
    store = open_again(folder, key)
    began = time.perf_counter()
    fill(store, nurse, data, patients, chance)
    store.close()
    made = {"patients": f"{patients:,}", "making it (s)": f"{time.perf_counter() - began:.0f}"}
    made["opening with a stored key (ms)"] = str(timed(lambda: _open_and_close(folder, key), 30))
    store = open_store(folder / NAME, key, Opening(check="later", clock=Hands()))
    began = time.perf_counter()
    assert store.check()
    made["quick check of the whole file (s)"] = f"{time.perf_counter() - began:.1f}"
    count = store.raw.execute("SELECT count(*) FROM patient").fetchone()[0]
    nurse.seen = store.now()
    made["open a patient (ms)"] = str(
        timed(lambda: open_plan(store, nurse, chance.randrange(2, count), today=TODAY, library=data.library), 100)
    )
    made["search as you type (ms)"] = str(timed(_typing(store, nurse, chance), 200))
    day = START + timedelta(days=21 * chance.randrange(YEARS * 17))
    made["agenda of a day (ms)"] = str(timed(lambda: agenda(store, nurse, day, day), 30))
    made["visits on that day"] = str(len(agenda(store, nurse, day, day)))
    if walk:
        began = time.perf_counter()
        report = verify_chain(store)
        took = time.perf_counter() - began
        made["links"] = f"{report.links:,}"
        made["verifying the whole chain with every row (s)"] = f"{took:.0f} ({report.links / took:,.0f} links a second)"
        made["faults"] = str(len(report.faults))
    made["database (MB)"] = f"{(folder / NAME).stat().st_size / 1e6:,.0f}"
    made["memory (MB)"] = f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}"
    store.close()
    return made


def _open_and_close(folder: Path, key: Key) -> None:
    open_store(folder / NAME, key, Opening(check="later", clock=Hands())).close()


def _typing(store: Store, nurse: SignedIn, chance: Random) -> Callable[[], object]:
    words = ("voorbeeld pee", "v", "janssens", "mar", "claes anna", "2001", "2009999", "de smet ing", "godelieve wou", "4/5/1961")

    def keystroke() -> object:
        word = chance.choice(words)
        return search_patients(store, nurse, word[: chance.randrange(1, len(word) + 1)])

    return keystroke


def act_figures(base: Path, folder: Path, key: Key, nurse: SignedIn) -> dict[str, str]:
    """An act with its audit row, and the same two rows in plain SQLite with the same settings, turn by turn."""
    copied(base, folder)
    store = open_again(folder, key)
    plain = sqlite3.connect(folder / "plain.db", isolation_level=None)
    for name, value in (
        ("journal_mode", "delete"),
        ("synchronous", 3),
        ("foreign_keys", 1),
        ("temp_store", 2),
        ("secure_delete", 1),
    ):
        plain.execute(f"PRAGMA {name} = {value}")
    for (statement,) in store.raw.execute("SELECT sql FROM sqlite_master WHERE name IN ('approval', 'audit', 'audit_patient')"):
        plain.execute(re.sub(r" STRICT| REFERENCES \w+\(id\)", "", statement))
    ours, theirs = [], []
    for _ in range(ROUNDS):
        nurse.seen = store.now()
        ours.append(_ms(lambda: _approve(store, nurse)))
        theirs.append(_ms(lambda: _approve_plainly(store, plain)))
    store.close()
    plain.close()
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    return {
        "act with its audit row (ms)": f"{median(ours):.2f}",
        "the same two rows in plain SQLite (ms)": f"{median(theirs):.2f}",
        "ratio of the middles": f"{median(ours) / median(theirs):.2f}",
        "middle of the ratios": f"{median(ratios):.2f}",
    }


_VALUES = {
    "patient_id": 1,
    "course": "c1",
    "cycle": 1,
    "kind": "computed",
    "at": "2026-03-16T09:00:00.000Z",
    "account_id": 2,
    "person_id": 2,
    "version": 1,
    "content": '{"lines": [' + ", ".join(['{"key": "docetaxel/1", "amount": "132 mg x1/1"}'] * 12) + "]}",
    "entries": "{}",
}


def _approve(store: Store, nurse: SignedIn) -> None:
    with act(store, nurse, "submit_plan", patient=1) as made:
        made.insert(APPROVAL, **_VALUES)


def _approve_plainly(store: Store, plain: sqlite3.Connection) -> None:
    plain.execute("BEGIN IMMEDIATE")
    marks = ", ".join("?" * len(_VALUES))
    plain.execute(f"INSERT INTO approval ({', '.join(_VALUES)}) VALUES ({marks})", tuple(_VALUES.values()))  # noqa: S608
    plain.execute("INSERT INTO audit (entry, hash) VALUES (?, ?)", _last_link(store))
    plain.execute("COMMIT")


def _last_link(store: Store) -> tuple[str, str]:
    row = store.raw.execute("SELECT entry, hash FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    return (row[0], row[1])


def _ms(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000
