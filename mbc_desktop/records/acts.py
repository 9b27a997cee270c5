"""One act, one transaction: what changes, and the link of the audit chain that says who changed it, are saved together or not at
all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Literal

from sqlalchemy import Table, insert, select, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError

from mbc_desktop import __version__
from mbc_desktop.records.connection import DATABASE_ERRORS
from mbc_desktop.records.header import Head
from mbc_desktop.records.permissions import EMERGENCY_GRANTS, Action, Role, may
from mbc_desktop.records.store import Store, stamp
from mbc_desktop.records.store_error import StoreError
from mbc_desktop.records.tables import EMERGENCY, METADATA

CHAIN = b"mbc-audit-v1"
CLOCK_SLACK = timedelta(minutes=2)

Json = dict[str, Any]


@dataclass(slots=True, kw_only=True)
class SignedIn:
    """Who works at the store, and when a hand was last seen on it."""

    account: int
    person: int
    login: str
    name: str
    role: Role
    seen: datetime
    locked: bool = False
    must_change: bool = False

    def touch(self, now: datetime) -> None:
        """A hand was seen; a locked seat stays locked."""
        if not self.locked:
            self.seen = now


class Act:
    """What one act writes. Every row it writes is sealed in its link of the chain."""

    def __init__(self, store: Store, entry: Json) -> None:
        self._store, self.entry = store, entry
        self.at = str(entry["at"])
        self._rows: dict[tuple[str, int], str] = {}

    def insert(self, table: Table, **values: Any) -> int:
        """A new row; gives its key."""
        statement, columns = _insertion(table.name, tuple(values))
        key = int(self._store.raw.execute(statement, [values[name] for name in columns]).lastrowid)
        self._rows[table.name, key] = row_seal({"id": key, **values})
        return key

    def change(self, table: Table, key: int, **values: Any) -> None:
        """Other values in the row with this key."""
        self._store.connection.execute(update(table).where(table.c.id == key).values(**values))
        row = self._store.connection.execute(select(table).where(table.c.id == key)).one()
        self._rows[table.name, key] = row_seal(row._asdict())

    def sealed(self) -> list[list[str | int]]:
        """The rows written, with their seals, as the link holds them."""
        return [[table, key, seal] for (table, key), seal in self._rows.items()]


@lru_cache(maxsize=256)
def _insertion(table: str, columns: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The statement that puts these columns into a table, and their order in it. SQLAlchemy writes it once; an act must not cost
    more than the disk does."""
    made = insert(METADATA.tables[table]).compile(dialect=_DIALECT, column_keys=list(columns))
    return str(made), tuple(made.positiontup or ())


_DIALECT = sqlite.dialect(paramstyle="qmark")


def row_seal(row: Mapping[str, Any]) -> str:
    """The hash of a row's values by column name. NULL counts for nothing, so that a later schema may add columns."""
    plain = {name: hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else value for name, value in row.items()}
    return hashlib.sha256(canonical({name: value for name, value in plain.items() if value is not None})).hexdigest()


def canonical(content: object) -> bytes:
    """The one way in which the chain writes data: sorted keys, no blanks, UTF-8."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def link_hash(before: str, entry: bytes) -> str:
    """The hash of a link: of the one before it, and of its own stored bytes."""
    return hashlib.sha256(CHAIN + bytes.fromhex(before) + entry).hexdigest()


@contextmanager
def act(store: Store, who: SignedIn, action: Action, /, *, patient: int | None = None, **details: Any) -> Iterator[Act]:
    """An act of a person, saved when the block ends. Raises StoreError: locked, not_allowed, must_change, and those of `note`."""
    require(store, who, action, patient=patient)
    signed = {"by": who.account, "person": who.person, "role": who.role}
    with _transaction(store, action, patient, details, signed) as made:
        if not may(who.role, action):
            made.entry["emergency"] = True
        yield made


Note = Literal[
    "store_created", "schema_changed", "restored", "signed_in", "sign_in_refused", "locked", "unlocked", "signed_out"
]  # fmt: skip


@contextmanager
def note(store: Store, action: Note, /, *, account: int | None = None, **details: Any) -> Iterator[Act]:
    """What the store notes by itself. Raises StoreError: not_saved, saved_unsure, and those of `Store.refuse_writing`."""
    with _transaction(store, action, None, details, {} if account is None else {"by": account}) as made:
        yield made


def link_of_the_store(store: Store, action: Note, details: Json) -> None:
    """A link inside a transaction that is already open: for the steps of the schema alone."""
    _append(store, Act(store, {"v": 1, "at": stamp(store.now()), "action": action, "program": __version__, "details": details}))


def require(store: Store, who: SignedIn, action: Action, *, patient: int | None = None) -> None:
    """Raises StoreError when this person may not do this now: locked, must_change, not_allowed. The role is the one the account
    has at this moment."""
    found = store.raw.execute(_ROLE, (who.account, who.person)).fetchone()
    if found is None:
        raise StoreError("not_allowed", action=action, role=who.role)
    who.role = found[0]
    lock_when_idle(store, who)
    if who.locked:
        raise StoreError("locked", name=who.name)
    if who.must_change and action != "change_own_password":
        raise StoreError("must_change", name=who.name)
    if may(who.role, action):
        return
    if action not in EMERGENCY_GRANTS or patient is None or not has_emergency(store, who, patient):
        raise StoreError("not_allowed", action=action, role=who.role)


def lock_when_idle(store: Store, who: SignedIn) -> bool:
    """Locks the seat when no hand was seen for as long as the store's setting says; whether it is locked."""
    if not who.locked and store.now() - who.seen >= timedelta(minutes=int(store.setting("idle_minutes"))):
        who.locked = True
    return who.locked


def has_emergency(store: Store, who: SignedIn, patient: int) -> bool:
    """Whether this account has emergency access to this patient at this moment."""
    found = select(EMERGENCY.c.id).where(
        EMERGENCY.c.account_id == who.account, EMERGENCY.c.patient_id == patient, EMERGENCY.c.until > stamp(store.now())
    )
    return store.first(found) is not None


@contextmanager
def _transaction(store: Store, action: str, patient: int | None, details: Json, signed: Json) -> Iterator[Act]:
    with store.turn:
        store.refuse_writing()
        if store.raw.in_transaction:
            raise RuntimeError("an act inside an act")
        now = stamp(store.now())
        made = Act(store, {"v": 1, "at": now, "action": action, "program": __version__, **signed})
        if patient is not None:
            made.entry["patient"] = patient
        try:
            store.raw.execute("BEGIN IMMEDIATE")
            yield made
            made.entry |= {"details": details} if details else {}
            link = _append(store, made)
        except BaseException as error:
            _roll_back(store)
            raise _told(store, error) from error
        _commit(store, link)


def _append(store: Store, made: Act) -> Head:
    last = store.raw.execute(_LAST).fetchone()
    seq, before = (last[0] + 1, last[1]) if last else (1, "")
    rows = made.sealed()
    if rows:
        made.entry["rows"] = rows
    entry = canonical(made.entry)
    hash = link_hash(before, entry)
    store.raw.execute(_LINK, (seq, entry.decode(), hash))
    return Head(seq=seq, hash=hash)


_LAST = "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1"
_ROLE = "SELECT role FROM account WHERE id = ? AND person_id = ? AND active = 1"
_LINK = "INSERT INTO audit (seq, entry, hash) VALUES (?, ?, ?)"


def _commit(store: Store, link: Head) -> None:
    try:
        store.raw.execute("COMMIT")
        store.connection.commit()
    except BaseException as error:
        _roll_back(store)
        try:
            reached = store.head() == link
        except StoreError:
            reached = False
        if reached:
            raise StoreError("saved_unsure", file=store.path.name) from error
        raise _told(store, error) from error


def _roll_back(store: Store) -> None:
    try:
        store.connection.rollback()
        if store.raw.in_transaction:
            store.raw.rollback()
    except (DBAPIError, *DATABASE_ERRORS):
        # What could not be undone now is undone from the journal when the file is opened next.
        store.read_only = "damaged"


def _told(store: Store, error: BaseException) -> BaseException:
    original = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(original, DATABASE_ERRORS):
        return StoreError("not_saved", file=store.path.name, reason=str(original))
    return error
