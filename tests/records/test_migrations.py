"""A store of the first schema is taken forward whole or not at all: every record, seal and link stays as it was."""

from __future__ import annotations

import os
import shutil
import signal
import time
from pathlib import Path
from random import Random
from typing import Any

import pytest
from alembic import command
from sqlalchemy import event

from mbc_desktop.records import schema
from mbc_desktop.records.audit_chain import verify_chain
from mbc_desktop.records.data_copies import PlanData
from mbc_desktop.records.header import Key, header_path
from mbc_desktop.records.reports import notable, unreleased_given
from mbc_desktop.records.schema import NEWEST, schema_of
from mbc_desktop.records.signatures import Cycle, state_of
from mbc_desktop.records.store import Opening, Store, create_store, open_store
from mbc_desktop.records.store_error import StoreError
from tests.records.conftest import CHEAP, PASSPHRASE, Hands, Ward, hire, seat
from tests.records.crowd import fill
from tests.records.wards import NAME, copied

PATIENTS = 24
SIGNED = (
    ("computed", "verified", "released"),
    ("computed", "verified"),
    ("computed", "difference"),
    ("computed",),
    ("computed", "verified", "released", "voided"),
    ("computed", "difference", "voided"),
)
CONTENT = '{"inputs": {}, "lines": [{"drug": "docetaxel", "first": "2026-03-16"}, {"drug": "dexamethasone", "first": ""}]}'
KILLS = 8


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, data: PlanData) -> tuple[Path, Key]:
    """A closed store as the first schema made it: twenty-four patients of five years, and signatures of every kind."""
    folder = tmp_path_factory.mktemp("first")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "NEWEST", "0001")
        patch.setattr(schema, "_upgrade", lambda config: command.upgrade(config, "0001"))
        patch.setattr("mbc_desktop.records.people.PASSWORD_COST", CHEAP)
        store = create_store(folder / NAME, PASSPHRASE, cost=CHEAP, clock=Hands())
        hire(store, None, "administrator")
        admin = seat(store, "administrator", "administrator")
        hire(store, admin, "nurse")
        fill(store, seat(store, "nurse", "nurse"), data, PATIENTS, Random(76))  # noqa: S311 - chosen, not secret
        for patient in range(1, PATIENTS + 1):
            for kind in SIGNED[patient % len(SIGNED)]:
                store.raw.execute(
                    "INSERT INTO approval (patient_id, course, cycle, kind, at, account_id, person_id, version, content, entries)"
                    " VALUES (?, 'c1', 1, ?, '2026-03-16T09:00:00.000Z', 2, 2, 1, ?, '{}')",
                    (patient, kind, CONTENT if kind != "voided" else "{}"),
                )
        assert schema_of(store) == "0001"
        store.close()
    return folder, store.key


def contents(store: Store) -> dict[str, list[Any]]:
    """Every row of every table of the first schema, without the link of the change itself."""
    tables = [row[0] for row in store.raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    return {
        name: store.raw.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall()  # noqa: S608 - names of our own tables
        for name in tables
        if name not in ("alembic_version", "waiting", "audit")
    } | {"audit": store.raw.execute("SELECT seq, entry, hash FROM audit WHERE action <> 'schema_changed'").fetchall()}


def raw_contents(folder: Path, key: Key) -> tuple[str, dict[str, list[Any]]]:
    """The same of a file, opened without taking it forward."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mbc_desktop.records.store.bring_up_to_date", lambda store: None)
        patch.setattr("mbc_desktop.records.store.is_older", lambda store: False)
        store = open_store(folder / NAME, key, Opening(clock=Hands()))
    assert store.read_only == ""
    found = schema_of(store), contents(store)
    store.close()
    return found


def test_no_value_changes_and_the_chain_says_that_the_schema_did(first: tuple[Path, Key], tmp_path: Path) -> None:
    folder, key = first
    before = raw_contents(copied(folder, tmp_path / "before"), key)
    store = open_store(copied(folder, tmp_path / "w") / NAME, key, Opening(clock=Hands()))
    assert (before[0], schema_of(store)) == ("0001", NEWEST)
    assert contents(store) == before[1]
    changed = store.raw.execute("SELECT entry FROM audit WHERE action = 'schema_changed'").fetchall()
    assert len(changed) == 1
    assert '"from":"0001","to":"0002"' in changed[0][0]
    # The signatures of this test were put in beside the chain: they, and nothing else, are unknown to it.
    assert {fault.what.split()[0] for fault in verify_chain(store).faults} == {"approval"}
    store.close()
    beside = tmp_path / "w" / f"{NAME}.before-{NEWEST}"
    shutil.copy(beside, tmp_path / "before" / NAME)
    assert raw_contents(tmp_path / "before", key) == before


def test_what_waits_is_what_the_signatures_say(first: tuple[Path, Key], tmp_path: Path) -> None:
    folder, key = first
    store = open_store(copied(folder, tmp_path) / NAME, key, Opening(clock=Hands()))
    waits = {row[0]: row[1:] for row in store.raw.execute("SELECT patient_id, state, starts, drugs FROM waiting")}
    for patient in range(1, PATIENTS + 1):
        state = state_of(store, Cycle(patient=patient, course="c1", cycle=1))
        if state in ("released", "draft"):
            assert patient not in waits
        else:
            assert waits[patient] == (state, "2026-03-16", '["docetaxel"]')
    assert len(waits) == PATIENTS * 4 // 6
    store.close()


def test_killed_at_any_moment_it_is_the_old_store_or_the_new_one(first: tuple[Path, Key], tmp_path: Path) -> None:
    folder, key = first
    before = raw_contents(copied(folder, tmp_path / "before"), key)[1]
    began = time.monotonic()
    open_store(copied(folder, tmp_path / "timed") / NAME, key, Opening(clock=Hands())).close()
    whole, found, chance = time.monotonic() - began, set(), Random(76)  # noqa: S311 - chosen, not secret
    for _ in range(KILLS):
        copied(folder, tmp_path / "w")
        _open_and_be_killed(tmp_path / "w" / NAME, key, chance.uniform(0, 1.3 * whole))
        step, now = raw_contents(tmp_path / "w", key)
        found.add(step)
        assert now == before
        store = open_store(tmp_path / "w" / NAME, key, Opening(clock=Hands()))
        assert contents(store) == before
        assert store.raw.execute("SELECT count(*) FROM waiting").fetchone() == (PATIENTS * 4 // 6,)
        store.close()
    assert found <= {"0001", NEWEST}


def _open_and_be_killed(path: Path, key: Key, after: float) -> None:
    child = os.fork()
    if child == 0:
        try:
            open_store(path, key, Opening(clock=Hands()))
            time.sleep(10)
        finally:
            os._exit(1)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def test_a_step_that_fails_leaves_the_store_of_before(
    first: tuple[Path, Key], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, key = first
    copied(folder, tmp_path)
    before = raw_contents(tmp_path, key)

    def broken(store: Store, found: str) -> None:
        store.connection.exec_driver_sql("INSERT INTO person (staff_number, name) VALUES ('', '')")

    monkeypatch.setattr(schema, "_link", broken)
    with pytest.raises(StoreError, match="not_saved"):
        open_store(tmp_path / NAME, key, Opening(clock=Hands()))
    assert raw_contents(tmp_path, key) == before


def test_a_damaged_store_is_not_taken_forward(first: tuple[Path, Key], tmp_path: Path) -> None:
    folder, key = first
    path = copied(folder, tmp_path) / NAME
    with open(path, "r+b") as handle:
        handle.seek(path.stat().st_size // 2)
        handle.write(b"\0" * 512)
    damaged = path.read_bytes()
    store = open_store(path, key, Opening(check="later", clock=Hands()))
    assert store.read_only == "damaged"
    store.close()
    assert path.read_bytes() == damaged
    assert header_path(path).exists()


def test_the_lists_for_a_review_read_an_index_and_not_the_whole_chain(ward: Ward) -> None:
    plans: list[str] = []

    def explain(_: Any, cursor: Any, statement: str, parameters: Any, *__: Any) -> None:
        if "FROM audit" in statement:
            plans.extend(row[3] for row in ward.store.raw.execute(f"EXPLAIN QUERY PLAN {statement}", parameters))

    event.listen(ward.store.connection, "before_cursor_execute", explain)
    notable(ward.store, ward["administrator"])
    unreleased_given(ward.store, ward["administrator"])
    assert [line for line in plans if "audit_notable" in line]
    assert [line for line in plans if "audit_given" in line]
