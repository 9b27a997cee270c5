"""One writer at a time: a lock of the operating system on a small file that also says whose it is. When its owner dies, even by
kill -9, the system gives the lock free; nothing has to be cleaned up."""

from __future__ import annotations

import getpass
import json
import os
import socket
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mbc_desktop.core.disk_reason import disk_reason
from mbc_desktop.records.store_error import StoreError

_LENGTH = 1024
_FAR_BYTE = 1 << 30
"""On Windows a locked byte cannot be read: this one lies behind everything that is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Who writes: computer, user of that computer, and since when."""

    host: str
    user: str
    since: str


def lock_path(store: Path) -> Path:
    """Where the lock of a store lies."""
    return store.with_name(store.name + ".lock")


class WriterLock:
    """Held from its making until `free`. Raises StoreError (busy) that names the owner when somebody else writes."""

    def __init__(self, store: Path, now: datetime) -> None:
        self._path = lock_path(store)
        try:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        except OSError as error:
            raise StoreError("not_written", file=self._path.name, reason=disk_reason(error)) from error
        if not _lock(self._file):
            os.close(self._file)
            owner = owner_of(store)
            raise StoreError("busy", host=owner.host, user=owner.user, since=owner.since)
        self._write(now)

    def free(self) -> None:
        """Lets others write. The file stays: taking it away would let two hold a lock each on a file of that name."""
        os.close(self._file)

    def _write(self, now: datetime) -> None:
        owner = {"host": socket.gethostname(), "user": _user(), "since": now.astimezone().strftime("%Y-%m-%d %H:%M")}
        try:
            # Always as long: cutting a file off first takes longer than opening the whole store.
            os.lseek(self._file, 0, os.SEEK_SET)
            os.write(self._file, json.dumps(owner).encode().ljust(_LENGTH))
        except OSError as error:
            os.close(self._file)
            raise StoreError("not_written", file=self._path.name, reason=disk_reason(error)) from error


def owner_of(store: Path) -> Owner:
    """Who wrote last, or writes now, as the lock file says; "?" for what it does not say."""
    try:
        content = json.loads(lock_path(store).read_text(encoding="utf-8"))
        return Owner(host=str(content["host"]), user=str(content["user"]), since=str(content["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Owner(host="?", user="?", since="?")


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "?"


def _lock(file: int) -> bool:
    """Takes the lock without waiting; False when somebody holds it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(file, _FAR_BYTE, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
