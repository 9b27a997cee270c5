"""The store while it is open: made once, opened with its key, one writer at a time, read-only when it is damaged."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from typing import Any, Literal

from sqlalchemy import Connection, Executable, Row, select

from mbc_desktop.core.disk_reason import disk_reason
from mbc_desktop.records import connection as file
from mbc_desktop.records.header import (
    Cost,
    Head,
    Header,
    Key,
    checked,
    header_path,
    new_header,
    read_header,
    with_head,
    write_header,
)
from mbc_desktop.records.place import refuse_network
from mbc_desktop.records.schema import bring_up_to_date, is_older
from mbc_desktop.records.store_error import StoreError
from mbc_desktop.records.tables import SETTING
from mbc_desktop.records.writer_lock import WriterLock

Clock = Callable[[], datetime]
ReadOnly = Literal["", "asked", "checking", "damaged", "closed"]

RESERVE_COST = Cost()
DEFAULTS: dict[str, object] = {
    "idle_minutes": 5,
    "backup": {"folder": "", "every_hours": 24, "keep": 30},
    "policy": {"classes": ["cytotoxic"], "routes": ["intrathecal"], "radiotherapy": True, "regimens": []},
    "after_seeing": "refused",
}
"""The settings of a new store. `policy` names which treatments a second person must verify; `after_seeing` whether the blind
entry of somebody who has looked at the values before is refused or noted."""


def system_clock() -> datetime:
    """Now, with its time zone."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """A moment as the store writes it: UTC, to the millisecond, in an order that sorts."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03}Z"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """How a store is opened: to read only, and whether every page is checked now or later (by `Store.check`)."""

    read_only: bool = False
    check: Literal["now", "later"] = "now"
    clock: Clock = system_clock


class Store:
    """One open file. Only `acts.act` writes, and `drafts`."""

    def __init__(self, path: Path, key: Key, header: Header, opening: Opening, lock: WriterLock | None) -> None:
        self.path, self.key, self.header, self.now = path, key, header, opening.clock
        self.read_only: ReadOnly = "asked" if lock is None else "checking"
        self.turn = RLock()
        self._lock = lock
        self.raw: Any = file.connect(path, key, read_only=lock is None)
        self._connection: Connection | None = None
        self._settings: dict[str, object] | None = None

    @property
    def connection(self) -> Connection:
        """SQLAlchemy's connection, for acts and queries; made when it is first wanted, for opening must not wait for it."""
        if self._connection is None:
            self._connection = file.engine_on(self.raw).connect()
        return self._connection

    def rows(self, statement: Executable) -> Sequence[Row[Any]]:
        """What a query gives. Raises StoreError (damaged) when the file cannot be read there."""
        with self.turn:
            try:
                return self.connection.execute(statement).fetchall()
            except Exception as error:
                raise reading_error(self.path, error) from error
            finally:
                if not self.raw.in_transaction:
                    self.connection.rollback()

    def first(self, statement: Executable) -> Row[Any] | None:
        """The first row, or None."""
        found = self.rows(statement)
        return found[0] if found else None

    def head(self) -> Head:
        """The last link of the audit chain, as it stands in the file."""
        with self.turn:
            try:
                row = self.raw.execute("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
            except file.DATABASE_ERRORS as error:
                raise StoreError("damaged", file=self.path.name) from error
        return Head(seq=row[0], hash=row[1]) if row else Head(seq=0, hash="")

    def has_link(self, head: Head) -> bool:
        """Whether the chain has this link."""
        with self.turn:
            row = self.raw.execute("SELECT hash FROM audit WHERE seq = ?", (head.seq,)).fetchone()
        return (row[0] if row else "") == head.hash

    def setting(self, name: str) -> Any:
        """A setting of this store, or its default."""
        if self._settings is None:
            self._settings = {row.name: json.loads(row.value) for row in self.rows(select(SETTING))}
        return self._settings.get(name, DEFAULTS[name])

    def forget_settings(self) -> None:
        """Reads the settings again when one is next asked for."""
        self._settings = None

    def refuse_writing(self) -> None:
        """Raises StoreError when nothing may be written: read_only, checking, damaged, closed."""
        if self.read_only:
            raise StoreError("read_only" if self.read_only == "asked" else self.read_only, file=self.path.name)

    def check(self) -> bool:
        """Reads every page; a damaged store stays read-only. May run in a thread of its own."""
        if self.read_only not in ("checking", "asked"):
            return self.read_only == ""
        connection = file.connect(self.path, self.key, read_only=True)
        try:
            sound = file.is_sound(connection)
        finally:
            connection.close()
        if not sound:
            self.read_only = "damaged"
        elif self.read_only == "checking":
            self.read_only = ""
        return sound

    def witness(self) -> None:
        """Writes the head of the chain into the header, outside the file. A header that cannot be written costs only this."""
        head = self.head()
        if self._lock is not None and head.seq > self.header.head.seq:
            self.header = with_head(self.header, head)
            write_header(self.path, self.header)

    def close(self) -> None:
        """Closes the file and lets others write."""
        if self.read_only == "closed":
            return
        try:
            if not self.read_only:
                self.witness()
        except StoreError:
            # The head is a witness beside the file; the records themselves are safe without it.
            pass
        finally:
            self.read_only = "closed"
            if self._connection is not None:
                self._connection.close()
            self.raw.close()
            if self._lock is not None:
                self._lock.free()


def reading_error(path: Path, error: Exception) -> Exception:
    """The error as the store tells it: a file that cannot be read is damaged; anything else is a defect and stays what it is."""
    original = getattr(error, "orig", error)
    return StoreError("damaged", file=path.name) if isinstance(original, file.DATABASE_ERRORS) else error


def create_store(path: Path, passphrase: str, *, cost: Cost = RESERVE_COST, clock: Clock = system_clock) -> Store:
    """Makes a new store and opens it. Nothing that exists is ever written over. Raises StoreError (exists, network_place,
    passphrase_short, not_written, busy)."""
    refuse_network(path)
    lock = WriterLock(path, clock())
    try:
        _refuse_existing(path)
    except BaseException:
        lock.free()
        raise
    try:
        header, key = new_header(passphrase, cost)
        write_header(path, header)
        _make_file(path, key)
        store = Store(path, key, header, Opening(clock=clock), lock)
    except BaseException:
        lock.free()
        _take_away(path)
        raise
    _begin(store)
    return store


def _refuse_existing(path: Path) -> None:
    if path.exists() or path.with_name(path.name + "-journal").exists():
        raise StoreError("exists", file=path.name)
    # A header whose store never got its first link is what an interrupted making leaves; any other one misses its store.
    if header_path(path).exists() and read_header(path).head.seq > 0:
        raise StoreError("store_missing", file=path.name)


def _take_away(path: Path) -> None:
    path.unlink(missing_ok=True)
    header_path(path).unlink(missing_ok=True)


def open_store(path: Path, key: Key, opening: Opening | None = None) -> Store:
    """Opens an existing store. Raises StoreError (store_missing, header_missing, wrong_passphrase, network_place, busy, damaged,
    settings, newer_schema)."""
    opening = opening or Opening()
    refuse_network(path)
    header = read_header(path)
    checked(header, key)
    if not path.exists():
        raise StoreError("store_missing", file=path.name)
    lock = None if opening.read_only else WriterLock(path, opening.clock())
    try:
        store = Store(path, key, header, opening, lock)
    except BaseException:
        if lock is not None:
            lock.free()
        raise
    try:
        _make_usable(store, opening)
    except BaseException:
        store.close()
        raise
    return store


def _make_usable(store: Store, opening: Opening) -> None:
    # Nothing is taken forward that was not looked at.
    if opening.check == "now" or is_older(store):
        store.check()
    if store.read_only != "damaged":
        bring_up_to_date(store)


def _make_file(path: Path, key: Key) -> None:
    """An empty file that nobody else may read."""
    try:
        path.touch(mode=0o600, exist_ok=False)
    except OSError as error:
        raise StoreError("not_written", file=path.name, reason=disk_reason(error)) from error
    file.connect(path, key).close()


def _begin(store: Store) -> None:
    """Tables, settings and the first link of the chain; an unfinished store is taken away again."""
    from mbc_desktop.records.acts import note

    try:
        store.read_only = ""
        bring_up_to_date(store)
        with note(store, "store_created", store=store.header.id) as made:
            for name, value in DEFAULTS.items():
                made.insert(SETTING, name=name, value=json.dumps(value, sort_keys=True))
        store.witness()
    except BaseException:
        store.close()
        _take_away(store.path)
        raise
