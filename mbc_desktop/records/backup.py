"""Backups: a copy made while the store is in use, under the same key, believed only after it was opened and held against it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from mbc_desktop.records import connection as file
from mbc_desktop.records.acts import SignedIn, act, require
from mbc_desktop.records.header import Head, Header, Key, checked, header_path, read_header, with_head, write_header
from mbc_desktop.records.store import Store
from mbc_desktop.records.store_error import StoreError

ENDING = ".mbcbackup"
PAGES_AT_ONCE = 250
_STAMP = "%Y%m%d-%H%M%S"


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup that could be opened: where, of which store, made when, up to which link of the chain, with how many patients."""

    path: Path
    store: str
    made_at: datetime
    head: Head
    patients: int
    bytes: int

    def age(self, now: datetime) -> timedelta:
        """How long ago it was made."""
        return now - self.made_at


def back_up(store: Store, who: SignedIn, folder: Path) -> Backup:
    """Makes a backup in a folder and proves that it opens and holds the same. Raises StoreError (backup_failed)."""
    require(store, who, "make_backup")
    made = _copy(store, folder)
    with act(store, who, "make_backup", head=made.head.seq, bytes=made.bytes):
        pass
    store.witness()
    return made


def back_up_if_due(store: Store, who: SignedIn) -> Backup | None:
    """The backup of the schedule, when its time has come; older ones than the setting keeps are taken away. None when nothing was
    due or no folder is set."""
    setting = store.setting("backup")
    if not setting["folder"] or not backup_due(store):
        return None
    folder = Path(setting["folder"])
    made = back_up(store, who, folder)
    for old in sorted(_of(store.header.id, folder), key=lambda one: one.name, reverse=True)[max(1, int(setting["keep"])) :]:
        old.unlink(missing_ok=True)
        header_path(old).unlink(missing_ok=True)
    return made


def backup_due(store: Store) -> bool:
    """Whether the last backup in the folder of the schedule is older than the setting says, or there is none."""
    setting = store.setting("backup")
    made = [_made_at(path) for path in _of(store.header.id, Path(setting["folder"]))]
    return not made or store.now() - max(made) >= timedelta(hours=int(setting["every_hours"]))


def inspect_backup(path: Path, key: Key) -> Backup:
    """Opens a backup and reads every page of it. Raises StoreError (backup_damaged, wrong_passphrase, header_missing)."""
    header = read_header(path)
    checked(header, key)
    try:
        connection = file.connect(path, key, read_only=True)
    except StoreError:
        raise StoreError("backup_damaged", file=path.name) from None
    try:
        if not file.is_sound(connection):
            raise StoreError("backup_damaged", file=path.name)
        return _described(path, header, connection)
    except file.DATABASE_ERRORS:
        raise StoreError("backup_damaged", file=path.name) from None
    finally:
        connection.close()


def _described(path: Path, header: Header, connection: Any) -> Backup:
    row = connection.execute("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    return Backup(
        path=path,
        store=header.id,
        made_at=_made_at(path),
        head=Head(seq=row[0], hash=row[1]),
        patients=connection.execute("SELECT count(*) FROM patient").fetchone()[0],
        bytes=path.stat().st_size,
    )


def _copy(store: Store, folder: Path) -> Backup:
    name = f"{store.path.stem}-{store.header.id[:8]}-{store.now().astimezone(UTC).strftime(_STAMP)}{ENDING}"
    target, unfinished = folder / name, folder / f".{name}.unfinished"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        unfinished.touch(mode=0o600)
        before = store.head()
        _copy_pages(store, unfinished)
        _flush(unfinished)
        write_header(unfinished, store.header)
        found = inspect_backup(unfinished, store.key)
        # Work went on while it was copied: the copy ends with a link of this very chain, not before the one it began at.
        if found.head.seq < before.seq or not store.has_link(found.head):
            raise StoreError("backup_failed", file=target.name, reason="")
        write_header(target, with_head(store.header, found.head))
        os.replace(unfinished, target)
        _flush(folder)
        return inspect_backup(target, store.key)
    except (OSError, *file.DATABASE_ERRORS) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise StoreError("backup_failed", file=target.name, reason=reason or "") from error
    finally:
        for left in (unfinished, header_path(unfinished)):
            with suppress(OSError):
                left.unlink(missing_ok=True)


def _copy_pages(store: Store, target: Path) -> None:
    """Copies a few pages at a time, so that nobody waits for it: what this connection writes meanwhile goes into the copy too."""
    copy = file.connect(target, store.key)
    try:
        store.raw.backup(copy, pages=PAGES_AT_ONCE)
    finally:
        copy.close()


def _flush(path: Path) -> None:
    """Puts a file, or the names in a folder, on the disk; a folder only where the system can."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        if path.is_dir():
            return
        raise
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _of(store: str, folder: Path) -> Iterator[Path]:
    return (path for path in folder.glob(f"*-{store[:8]}-*{ENDING}") if not path.name.startswith("."))


def _made_at(path: Path) -> datetime:
    try:
        text = path.name.removeprefix(".").partition(ENDING)[0]
        return datetime.strptime("-".join(text.rsplit("-", 2)[-2:]), _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
