"""The passphrase of a store: what it leads to, changing it, and being killed in the middle of that."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import time
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from mbc_desktop.records import header as headers
from mbc_desktop.records.backup import back_up, inspect_backup
from mbc_desktop.records.header import header_path, passphrase_key, read_header
from mbc_desktop.records.passphrase import change_passphrase
from mbc_desktop.records.restore import restore
from mbc_desktop.records.store import Opening, open_store
from mbc_desktop.records.store_error import StoreError
from tests.records.conftest import CHEAP, PASSPHRASE, Hands, Ward

OTHER = "een heel andere zin"
KILLS = 25


def test_another_passphrase_opens_the_same_file_and_the_old_one_no_longer(ward: Ward) -> None:
    before, key = ward.store.path.read_bytes(), ward.store.key
    change_passphrase(ward.store, ward["administrator"], PASSPHRASE, OTHER, cost=CHEAP)
    assert passphrase_key(ward.store.path, OTHER) == key
    with pytest.raises(StoreError, match="wrong_passphrase"):
        passphrase_key(ward.store.path, PASSPHRASE)
    # Only the link of the chain is new: not a page was encrypted again.
    assert len(ward.store.path.read_bytes()) == len(before)
    ward.store.close()
    opened = open_store(ward.store.path, passphrase_key(ward.store.path, OTHER), Opening(clock=ward.clock))
    assert opened.header.head == opened.head()
    opened.close()


@pytest.mark.parametrize(
    ("old", "new", "code"), [("niet de zin van hier", OTHER, "wrong_passphrase"), (PASSPHRASE, "elf tekens.", "passphrase_short")]
)
def test_a_refused_change_changes_and_notes_nothing(ward: Ward, old: str, new: str, code: str) -> None:
    before, head = header_path(ward.store.path).read_bytes(), ward.store.head()
    with pytest.raises(StoreError, match=code):
        change_passphrase(ward.store, ward["administrator"], old, new, cost=CHEAP)
    assert (header_path(ward.store.path).read_bytes(), ward.store.head()) == (before, head)


def test_no_two_maskings_share_a_salt(ward: Ward) -> None:
    salts = set()
    for _ in range(5):
        change_passphrase(ward.store, ward["administrator"], PASSPHRASE, PASSPHRASE, cost=CHEAP)
        salts.add((read_header(ward.store.path).salt, read_header(ward.store.path).masked))
    assert len({salt for salt, _ in salts}) == len({masked for _, masked in salts}) == 5


def test_a_header_of_the_first_format_opens_and_may_get_another_passphrase(ward: Ward) -> None:
    """There the key was what Argon2id made of the passphrase; it stays the key."""
    made = headers._derive(PASSPHRASE, "00" * 16, CHEAP)
    key = headers.Key(made)
    first = replace(ward.store.header, salt="00" * 16, masked="", check=headers._check(key))
    path = ward.store.path.with_name("eerste.mbcdb")
    headers.write_header(path, first)
    assert json.loads(header_path(path).read_text())["format"] == 1
    assert passphrase_key(path, PASSPHRASE) == key
    headers.write_header(path, headers.with_passphrase(first, key, OTHER, CHEAP))
    assert json.loads(header_path(path).read_text())["format"] == 2
    assert passphrase_key(path, OTHER) == key


@pytest.mark.parametrize("damage", ["masked", "salt", "check", "format", "argon2id"])
def test_a_header_that_was_damaged_opens_nothing(ward: Ward, damage: str) -> None:
    place = header_path(ward.store.path)
    content = json.loads(place.read_text())
    dear = {"memory_kib": 1 << 40, "passes": 1, "lanes": 1}
    content[damage] = {"argon2id": dear, "masked": "00", "salt": "xy", "check": "0" * 32, "format": 3}[damage]
    place.write_text(json.dumps(content))
    with pytest.raises(StoreError, match={"check": "wrong_passphrase", "format": "newer_schema"}.get(damage, "header_damaged")):
        passphrase_key(ward.store.path, PASSPHRASE)


def test_a_restored_backup_keeps_the_passphrase_of_today(ward: Ward, tmp_path: Path) -> None:
    made = back_up(ward.store, ward["administrator"], tmp_path / "backups")
    change_passphrase(ward.store, ward["administrator"], PASSPHRASE, OTHER, cost=CHEAP)
    assert inspect_backup(made.path, passphrase_key(made.path, PASSPHRASE)).store == ward.store.header.id
    restored, _ = restore(
        made.path, ward.store.path, ward.store.key, store=ward.store, who=ward["administrator"], clock=ward.clock
    )
    restored.close()
    assert passphrase_key(ward.store.path, OTHER) == ward.store.key


def test_a_damaged_header_comes_back_from_a_backup(ward: Ward, tmp_path: Path) -> None:
    made = back_up(ward.store, ward["administrator"], tmp_path / "backups")
    ward.store.close()
    header_path(ward.store.path).write_bytes(b"\x00" * 40)
    key = passphrase_key(made.path, PASSPHRASE)
    restored, _ = restore(made.path, ward.store.path, key, clock=ward.clock)
    restored.close()
    assert passphrase_key(ward.store.path, PASSPHRASE) == key


def test_killed_while_changing_one_of_the_two_opens_it(ward: Ward) -> None:
    """Twenty-five kills between 0 and 40 ms after the change began: the last passphrase that was acknowledged opens the store, or
    the next one does; the file is sound and the header never half."""
    chance, path, key = Random(8), ward.store.path, ward.store.key  # noqa: S311 - chosen, not secret
    seat = ward["administrator"]
    ward.store.close()
    known = 0
    for _ in range(KILLS):
        known = _kill_while_changing(path, key, seat, known, chance.uniform(0, 0.04))
        opened = open_store(path, key, Opening(clock=Hands()))
        assert opened.read_only == ""
        opened.close()


def _zin(number: int) -> str:
    return PASSPHRASE if number == 0 else f"de zin met nummer {number}"


def _kill_while_changing(path: Path, key: headers.Key, seat: object, known: int, after: float) -> int:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            store = open_store(path, key, Opening(check="later", clock=Hands()))
            store.read_only = ""
            for number in range(known, known + 1000):
                change_passphrase(store, seat, _zin(number), _zin(number + 1), cost=CHEAP)  # type: ignore[arg-type]
                os.write(writing, b"!")
        finally:
            os._exit(1)
    os.close(writing)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    done = 0
    while piece := os.read(reading, 4096):
        done += len(piece)
    os.close(reading)
    for number in (known + done, known + done + 1):
        with contextlib.suppress(StoreError):
            if passphrase_key(path, _zin(number)) == key:
                return number
    raise AssertionError("no passphrase opens the store")
