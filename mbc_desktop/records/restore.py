"""Bringing a store back from a backup: what would be missing is shown first; what lay there goes aside, never written over."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from mbc_desktop.core.disk_reason import disk_reason
from mbc_desktop.core.files import write_file_safely
from mbc_desktop.records.acts import SignedIn, note, require
from mbc_desktop.records.backup import Backup, inspect_backup
from mbc_desktop.records.header import Head, Header, Key, header_path, read_header, with_head, write_header
from mbc_desktop.records.store import Clock, Opening, Store, open_store, system_clock
from mbc_desktop.records.store_error import StoreError
from mbc_desktop.records.tables import AUDIT
from mbc_desktop.records.writer_lock import WriterLock


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What a restore would take away: how old the backup is; how many acts came after it (by action, where the present file can
    still be read), and how many patients they are about. `known` is false when only the header tells how many there were."""

    age: timedelta
    acts: int
    by_action: tuple[tuple[str, int], ...]
    patients: int
    known: bool


def loss_of(backup: Backup, target: Path, store: Store | None, now: datetime) -> Loss:
    """What would be missing after restoring this backup over `target`; `store` is the present store where it opens at all."""
    if store is not None:
        try:
            rows = store.rows(select(AUDIT.c.action, AUDIT.c.patient_id).where(AUDIT.c.seq > backup.head.seq))
            counts = Counter(str(row.action) for row in rows)
            patients = len({row.patient_id for row in rows if row.patient_id is not None})
            return Loss(age=backup.age(now), acts=len(rows), by_action=tuple(counts.most_common()), patients=patients, known=True)
        except StoreError:
            pass
    header = _header_of(target)
    acts = max(0, header.head.seq - backup.head.seq) if header is not None else 0
    return Loss(age=backup.age(now), acts=acts, by_action=(), patients=0, known=False)


def restore(
    backup: Path, target: Path, key: Key, *, store: Store | None = None, who: SignedIn | None = None, clock: Clock = system_clock
) -> tuple[Store, Path | None]:
    """Puts a backup in the place of a store and opens it; gives it with the place where the old file went.

    With an open and sound `store` an administrator must be signed in; a damaged one, or a missing one, is brought back by whoever
    has its passphrase. Raises StoreError (other_store, backup_damaged, not_written, and those of `require`)."""
    found = inspect_backup(backup, key)
    header = _header_of(target)
    if header is not None and header.id != found.store:
        raise StoreError("other_store", file=backup.name)
    if store is not None:
        if not store.read_only:
            if who is None:
                raise StoreError("not_allowed", action="restore_backup", role="")
            require(store, who, "restore_backup")
        store.close()
    lock = WriterLock(target, clock())
    try:
        left, aside = _exchange(backup, target, found, clock())
    finally:
        lock.free()
    restored = open_store(target, key, Opening(clock=clock))
    try:
        with note(restored, "restored", backup=found.head.seq, left=left.seq, left_hash=left.hash):
            pass
        restored.witness()
    except BaseException:
        restored.close()
        raise
    return restored, aside


def _header_of(target: Path) -> Header | None:
    """The header beside a store, where there is one that can be read: a restore brings back a damaged one too."""
    try:
        return read_header(target)
    except StoreError as error:
        if error.code == "newer_schema":
            raise
        return None


def _exchange(backup: Path, target: Path, found: Backup, now: datetime) -> tuple[Head, Path | None]:
    """The backup in the place of the store; what lay there goes aside with its header and its journal."""
    unfinished = target.with_name(f".{target.name}.restoring")
    mark = now.astimezone(UTC).strftime("%Y%m%d-%H%M%S")
    # The passphrase of today stays the passphrase, also of what comes back.
    old = _header_of(target) or read_header(backup)
    try:
        _copy(backup, unfinished)
        aside = _put_aside(target, mark)
        abandoned = old.abandoned if old.head.seq <= found.head.seq else (*old.abandoned, old.head)
        write_header(target, replace(with_head(old, found.head), abandoned=abandoned))
        os.replace(unfinished, target)
        # Writing anything beside it flushes the names of the folder too.
        write_file_safely(target.with_name(target.name + ".restored"), json.dumps({"at": mark, "from": backup.name}).encode())
    except OSError as error:
        raise StoreError("not_written", file=target.name, reason=disk_reason(error)) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return old.head, aside


def _put_aside(target: Path, mark: str) -> Path | None:
    """A copy of what lay there, with its journal. The journal itself must go: it would be played back into the restored file."""
    aside = target.with_name(f"{target.name}.aside-{mark}")
    for ending in ("-journal", ""):
        part = target.with_name(target.name + ending)
        if part.exists():
            _copy(part, aside.with_name(aside.name + ending))
    if header_path(target).exists():
        _copy(header_path(target), header_path(aside))
    target.with_name(target.name + "-journal").unlink(missing_ok=True)
    return aside if aside.exists() else None


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    os.chmod(target, 0o600)
    with open(target, "rb+") as file:
        os.fsync(file.fileno())
