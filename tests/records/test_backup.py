"""Backups that were opened before they are believed, and a restore that says what would be missing and writes nothing over."""

from __future__ import annotations

import shutil
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest

from mbc_desktop.records.audit_chain import verify_chain
from mbc_desktop.records.backup import back_up, back_up_if_due, inspect_backup
from mbc_desktop.records.header import header_path, passphrase_key
from mbc_desktop.records.plans import note_view, open_plan
from mbc_desktop.records.restore import loss_of, restore
from mbc_desktop.records.settings import change_setting
from mbc_desktop.records.store import Opening, Store, create_store, open_store
from mbc_desktop.records.store_error import StoreError
from tests.records.conftest import CHEAP, PASSPHRASE, TODAY, Ward


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def test_a_backup_is_encrypted_and_opens_with_the_same_passphrase(ward: Ward, folder: Path) -> None:
    ward.save("nurse", ward.request())
    head = ward.store.head()
    made = back_up(ward.store, ward["nurse"], folder)
    assert (made.head, made.patients, made.store) == (head, 1, ward.store.header.id)
    assert b"Voorbeeld" not in made.path.read_bytes()
    assert inspect_backup(made.path, passphrase_key(made.path, PASSPHRASE)) == made
    assert sorted(path.name for path in folder.iterdir()) == [made.path.name, header_path(made.path).name]
    assert ward.store.head().seq == head.seq + 1


def test_the_store_goes_on_while_a_backup_stands(ward: Ward, folder: Path) -> None:
    back_up(ward.store, ward["nurse"], folder)
    ward.save("nurse", ward.request())
    assert verify_chain(ward.store).faults == ()


def test_backups_follow_the_schedule_and_old_ones_go(ward: Ward, folder: Path) -> None:
    assert back_up_if_due(ward.store, ward["nurse"]) is None
    setting = {"folder": str(folder), "every_hours": 24, "keep": 2}
    change_setting(ward.store, ward["administrator"], "backup", setting)
    made = []
    for _ in range(4):
        made.append(back_up_if_due(ward.store, ward["nurse"]))
        assert back_up_if_due(ward.store, ward["nurse"]) is None
        ward.clock.forward(hours=23, minutes=59, seconds=59)
        assert back_up_if_due(ward.store, ward["nurse"]) is None
        ward.clock.forward(seconds=1)
    assert all(made)
    kept = {path for path in folder.iterdir() if path.suffix == made[-1].path.suffix} if made[-1] else set()
    assert kept == {one.path for one in made[2:] if one}
    assert all(inspect_backup(path, ward.store.key).path == path for path in kept)


@pytest.mark.parametrize("place", [0.05, 0.5, 0.99])
def test_a_damaged_backup_is_not_believed(ward: Ward, folder: Path, place: float) -> None:
    made = back_up(ward.store, ward["nurse"], folder)
    content = bytearray(made.path.read_bytes())
    content[int(len(content) * place)] ^= 1
    made.path.write_bytes(bytes(content))
    with pytest.raises(StoreError, match="backup_damaged"):
        inspect_backup(made.path, ward.store.key)
    with pytest.raises(StoreError, match="backup_damaged"):
        restore(made.path, ward.store.path, ward.store.key, store=ward.store, who=ward["administrator"])
    assert ward.store.read_only == ""


def test_a_folder_that_cannot_be_written_is_one_clear_message(ward: Ward, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="backup_failed"):
        back_up(ward.store, ward["nurse"], tmp_path / "file")


def test_what_a_restore_would_lose_is_said_before(ward: Ward, folder: Path) -> None:
    made = back_up(ward.store, ward["nurse"], folder)
    ward.clock.forward(hours=30)
    patient = ward.save("nurse", ward.request()).patient
    open_plan(ward.store, ward["pharmacist"], patient, today=TODAY, library=ward.data.library)
    loss = loss_of(made, ward.store.path, ward.store, ward.clock())
    assert loss.age == timedelta(hours=30)
    assert dict(loss.by_action) == {"make_backup": 1, "save_plan": 1, "view_patient": 1}
    assert (loss.acts, loss.patients, loss.known) == (3, 1, True)


def test_a_restore_puts_the_old_file_aside_and_says_so_in_the_chain(ward: Ward, folder: Path) -> None:
    first = ward.save("nurse", ward.request()).patient
    made = back_up(ward.store, ward["nurse"], folder)
    open_plan(ward.store, ward["nurse"], first, today=TODAY, library=ward.data.library)
    left = ward.store.head()
    path, key = ward.store.path, ward.store.key
    restored, aside = restore(made.path, path, key, store=ward.store, who=ward["administrator"], clock=ward.clock)
    try:
        assert restored.head().seq == made.head.seq + 1
        assert restored.header.abandoned == (left,)
        assert verify_chain(restored).faults == ()
        assert aside is not None
        old = open_store(aside, key, Opening(read_only=True, clock=ward.clock))
        assert old.head() == left
        old.close()
    finally:
        restored.close()


def test_a_damaged_store_comes_back_with_the_passphrase_alone(ward: Ward, folder: Path) -> None:
    ward.save("nurse", ward.request())
    made = back_up(ward.store, ward["nurse"], folder)
    path, key = ward.store.path, ward.store.key
    ward.store.close()
    path.write_bytes(b"\0" * path.stat().st_size)
    with pytest.raises(StoreError, match="damaged"):
        open_store(path, key)
    loss = loss_of(made, path, None, ward.clock())
    assert (loss.known, loss.acts) == (False, 1)
    restored, aside = restore(made.path, path, key, clock=ward.clock)
    try:
        assert restored.head().seq == made.head.seq + 1
        assert aside is not None
        assert aside.read_bytes() == b"\0" * aside.stat().st_size
    finally:
        restored.close()


def test_a_store_that_is_gone_comes_back(ward: Ward, folder: Path) -> None:
    made = back_up(ward.store, ward["nurse"], folder)
    path, key = ward.store.path, ward.store.key
    ward.store.close()
    path.unlink()
    header_path(path).unlink()
    restored, aside = restore(made.path, path, key, clock=ward.clock)
    assert aside is None
    restored.close()


def test_the_backup_of_another_store_is_refused(ward: Ward, folder: Path, tmp_path: Path) -> None:
    other = create_store(tmp_path / "andere.mbcdb", PASSPHRASE, cost=CHEAP, clock=ward.clock)
    path, key = other.path, other.key
    other.close()
    made = back_up(ward.store, ward["nurse"], folder)
    with pytest.raises(StoreError, match=r"wrong_passphrase|other_store"):
        restore(made.path, path, key)
    with pytest.raises(StoreError, match="other_store"):
        restore(made.path, path, ward.store.key)


def test_a_restore_that_cannot_write_leaves_the_store_as_it_was(
    ward: Ward, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = back_up(ward.store, ward["nurse"], folder)
    path, key = ward.store.path, ward.store.key

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("mbc_desktop.records.restore.shutil.copyfile", full)
    with pytest.raises(StoreError, match="not_written"):
        restore(made.path, path, key, store=ward.store, who=ward["administrator"])
    open_store(path, key, Opening(clock=ward.clock)).close()


def test_saving_goes_on_while_a_backup_is_made(ward: Ward, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody saves between the pages: nobody waits for the copy, and the copy is one moment of the store, whole."""
    saved = ward.save("nurse", ward.request())
    monkeypatch.setattr("mbc_desktop.records.backup.PAGES_AT_ONCE", 1)
    nurse, waited, stop = ward["nurse"], [], threading.Event()

    def work() -> None:
        while not stop.is_set():
            began = time.perf_counter()
            note_view(ward.store, nurse, saved.patient)
            waited.append(time.perf_counter() - began)

    worker = threading.Thread(target=work)
    worker.start()
    try:
        made = back_up(ward.store, ward["pharmacist"], tmp_path / "backups")
    finally:
        stop.set()
        worker.join()
    assert waited
    assert made.head.seq > 1
    assert ward.store.has_link(made.head)
    copy = open_backup(made.path, tmp_path / "copy", ward)
    assert verify_chain(copy).faults == ()
    copy.close()


def open_backup(backup: Path, folder: Path, ward: Ward) -> Store:
    """The backup as a store of its own."""
    folder.mkdir()
    for part in (backup, header_path(backup)):
        shutil.copy(part, folder / part.name)
    return open_store(folder / backup.name, ward.store.key, Opening(clock=ward.clock))
