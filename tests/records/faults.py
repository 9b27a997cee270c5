"""Every write, sync, truncation, deletion and rename of every way of saving fails in turn, once and for ever: what comes back is
one clear message or a record that is really there, and the store is whole afterwards."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from mbc_desktop.planning.plan import Plan
from mbc_desktop.records import people
from mbc_desktop.records.acts import SignedIn
from mbc_desktop.records.audit_chain import verify_chain
from mbc_desktop.records.backup import back_up, inspect_backup
from mbc_desktop.records.data_copies import PlanData
from mbc_desktop.records.drafts import drafts_of, keep_draft
from mbc_desktop.records.header import Key, passphrase_key
from mbc_desktop.records.passphrase import change_passphrase
from mbc_desktop.records.restore import restore
from mbc_desktop.records.store import Store, create_store
from mbc_desktop.records.store_error import StoreError
from tests.records.conftest import CHEAP, PASSPHRASE, Hands, password
from tests.records.disk import DISK, FULL, Watch
from tests.records.wards import FIRST, NAME, copied, open_again, save_next

OTHER_PASSPHRASE = "een heel andere zin"  # noqa: S105 - of a store that lives for one try
TELLING = {
    "not_saved", "saved_unsure", "not_written", "backup_failed", "damaged", "not_opened", "checking", "header_missing", "exists",
}  # fmt: skip


@dataclass(slots=True)
class Bench:
    """What a way of saving is tried with."""

    base: Path
    folder: Path
    key: Key
    nurse: SignedIn
    plan: Plan
    data: PlanData


@dataclass(slots=True)
class Tried:
    """What the tries of one way of saving came to."""

    operations: int = 0
    tries: int = 0
    told: Counter[str] = field(default_factory=Counter)
    saved_after_all: int = 0
    wrong: list[str] = field(default_factory=list)


def _save(bench: Bench) -> bool:
    store = open_again(bench.folder, bench.key)
    try:
        save_next(store, bench.nurse, bench.plan, bench.data, FIRST)
    finally:
        store.close()
    return True


def _draft(bench: Bench) -> bool:
    store = open_again(bench.folder, bench.key)
    try:
        keep_draft(store, bench.nurse, 1, "half")
    finally:
        store.close()
    return True


def _sign_in(bench: Bench) -> bool:
    store = open_again(bench.folder, bench.key)
    try:
        people.sign_in(store, "nurse", password("nurse"))
    finally:
        store.close()
    return True


def _create(bench: Bench) -> bool:
    shutil.rmtree(bench.folder)
    bench.folder.mkdir()
    create_store(bench.folder / NAME, PASSPHRASE, cost=CHEAP, clock=Hands()).close()
    return True


def _back_up(bench: Bench) -> bool:
    store = open_again(bench.folder, bench.key)
    try:
        back_up(store, bench.nurse, bench.folder / "backups")
    finally:
        store.close()
    return True


def _restore(bench: Bench) -> bool:
    backup = next((bench.base / "backups").glob("*.mbcbackup"))
    restored, _ = restore(backup, bench.folder / NAME, bench.key, clock=Hands())
    restored.close()
    return True


def _change_passphrase(bench: Bench) -> bool:
    store = open_again(bench.folder, bench.key)
    try:
        admin = replace(bench.nurse, account=1, person=1, role="administrator", seen=store.now())
        change_passphrase(store, admin, PASSPHRASE, OTHER_PASSPHRASE, cost=CHEAP)
    finally:
        store.close()
    return True


WAYS: dict[str, Callable[[Bench], bool]] = {
    "save": _save, "draft": _draft, "sign in": _sign_in, "create": _create, "back up": _back_up, "restore": _restore,
    "change passphrase": _change_passphrase,
}  # fmt: skip


def try_way(way: str, bench: Bench, *, step: int = 1) -> Tried:
    """Fails each operation of one way in turn (or every `step`th), by its own error and as a full disk, once and for ever."""
    tried = Tried()
    copied(bench.base, bench.folder)
    with _failing(0, False, 0) as watch:
        WAYS[way](bench)
        tried.operations = watch.count
    for number in range(1, tried.operations + 1, step):
        for for_ever in (False, True):
            for code in (0, FULL):
                tried.tries += 1
                wrong = _try_once(way, bench, number, for_ever, code, tried)
                if wrong:
                    tried.wrong.append(f"{way}, operation {number}, {'for ever' if for_ever else 'once'}, {code}: {wrong}")
    return tried


def _try_once(way: str, bench: Bench, number: int, for_ever: bool, code: int, tried: Tried) -> str:
    copied(bench.base, bench.folder)
    done, told = False, ""
    with _failing(number, for_ever, code) as watch:
        try:
            done = WAYS[way](bench)
        except StoreError as error:
            told = error.code
        except Exception as error:
            return f"not one clear message: {type(error).__name__} {error}"
        failed = watch.failed
    if told and told not in TELLING:
        return f"an unexpected message: {told}"
    tried.told[told or ("done" if failed else "not reached")] += 1
    return _examined(way, bench, done, told, tried)


def _examined(way: str, bench: Bench, done: bool, told: str, tried: Tried) -> str:
    """What the store holds afterwards, on a disk that works again."""
    # What an interrupted making leaves may be made again; a store that opens must be whole.
    if way == "create" and not done and not (bench.folder / NAME).exists():
        return ""
    try:
        store = open_again(bench.folder, bench.key if way != "create" else _own_key(bench))
    except StoreError as error:
        return "" if way == "create" and not done else f"does not open: {error}"
    try:
        if store.read_only == "damaged":
            return "damaged"
        report = verify_chain(store)
        if report.faults:
            return f"mismatch: {report.faults[0]}"
        there = _is_there(way, bench, store)
    finally:
        store.close()
    if done and not there:
        return "a silent loss"
    if there and not done and told != "saved_unsure":
        tried.saved_after_all += 1
    return ""


def _own_key(bench: Bench) -> Key:
    return passphrase_key(bench.folder / NAME, PASSPHRASE)


def _is_there(way: str, bench: Bench, store: Store) -> bool:
    match way:
        case "save":
            return bool(store.raw.execute("SELECT version FROM patient").fetchone()[0] == 2)
        case "draft":
            bench.nurse.seen = store.now()
            return bool(drafts_of(store, bench.nurse))
        case "sign in":
            return bool(store.raw.execute("SELECT count(*) FROM audit WHERE action = 'signed_in'").fetchone()[0] > 2)
        case "restore":
            return bool(store.raw.execute("SELECT count(*) FROM audit WHERE action = 'restored'").fetchone()[0])
        case "back up":
            found = list((bench.folder / "backups").glob("[!.]*.mbcbackup"))
            return bool(found) and inspect_backup(found[0], bench.key).head.seq > 0
        case "change passphrase":
            return _leads_to(bench, OTHER_PASSPHRASE)
        case _:
            return store.head().seq == 1


def _leads_to(bench: Bench, passphrase: str) -> bool:
    """Whether this passphrase opens the store; exactly one of the two must."""
    opens = []
    for one in (PASSPHRASE, OTHER_PASSPHRASE):
        try:
            opens += [one] if passphrase_key(bench.folder / NAME, one) == bench.key else []
        except StoreError:
            continue
    assert len(opens) == 1, opens
    return opens == [passphrase]


@contextmanager
def _failing(number: int, for_ever: bool, code: int) -> Iterator[Watch]:
    """The watched disk and the files that Python writes itself, counted together."""
    with DISK.watched() as watch:
        watch.fail_at, watch.for_ever, watch.code = number, for_ever, code

        def guarded(real: Callable[..., Any], reason: int) -> Callable[..., Any]:
            def call(*arguments: Any, **named: Any) -> Any:
                if watch.fails(1):
                    raise OSError(reason, os.strerror(reason))
                return real(*arguments, **named)

            return call

        real_open = os.open

        def opened(path: Any, flags: int, *rest: Any, **named: Any) -> int:
            if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) and watch.fails(1):
                raise OSError(errno.EACCES, os.strerror(errno.EACCES), str(path))
            return real_open(path, flags, *rest, **named)

        with (
            patch.object(os, "fsync", guarded(os.fsync, errno.EIO)),
            patch.object(os, "replace", guarded(os.replace, errno.EACCES)),
            patch.object(os, "write", guarded(os.write, errno.ENOSPC)),
            patch.object(os, "ftruncate", guarded(os.ftruncate, errno.EIO)),
            patch.object(os, "open", opened),
            patch.object(tempfile, "mkstemp", guarded(tempfile.mkstemp, errno.ENOSPC)),
            patch.object(shutil, "copyfile", guarded(shutil.copyfile, errno.ENOSPC)),
        ):
            yield watch
