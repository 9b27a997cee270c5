"""The audit chain: its head as it is printed on paper, and the walk that shows whether anything was changed, taken out, put in,
exchanged or cut off."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Row, Table, select

from mbc_desktop.planning.comparison.fingerprint import printed_code, read_code
from mbc_desktop.records.acts import link_hash, row_seal
from mbc_desktop.records.header import Head
from mbc_desktop.records.store import Store
from mbc_desktop.records.store_error import StoreError
from mbc_desktop.records.tables import AUDIT, SEALED

FaultKind = Literal["link", "gap", "head", "row_changed", "row_missing", "row_unknown", "unreadable"]
MOST_FAULTS = 100
AT_ONCE = 5000

Seals = dict[str, dict[int, bytes]]
"""Table -> key -> the seal that the last link about this row holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is not as it was written. `seq` is the link it was found at (0: none), `what` the row or the head."""

    kind: FaultKind
    seq: int
    what: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainReport:
    """What the walk found: how many links there are, the head, and the faults (none: nothing was touched)."""

    links: int
    head: Head
    faults: tuple[Fault, ...]


def head_code(head: Head) -> str:
    """The head as it stands on paper: the number of the link, and a code with a check letter. "" for an empty chain."""
    return f"{head.seq}-{printed_code(head.hash)}" if head.seq else ""


def read_head_code(text: str) -> tuple[int, str] | None:
    """A typed head code as number and code; None when it is not complete or its check letter does not agree."""
    number, _, rest = text.strip().partition("-")
    code = read_code(rest)
    return (int(number), code) if number.isascii() and number.isdigit() and code is not None else None


def verify_chain(store: Store, *, on_paper: Iterable[str] = ()) -> ChainReport:
    """Walks the whole chain, then holds every sealed row against its seal. `on_paper` are head codes from sheets.

    Raises StoreError (bad_head_code) for a code that cannot be one."""
    known = [(head.seq, printed_code(head.hash), "header") for head in (store.header.head,) if head.seq]
    for typed in on_paper:
        code = read_head_code(typed)
        if code is None:
            raise StoreError("bad_head_code", text=typed)
        known.append((*code, typed))
    seals: Seals = {table.name: {} for table in SEALED}
    faults: list[Fault] = []
    hashes: dict[int, str] = {}
    wanted = {seq for seq, _, _ in known}
    head = Head(seq=0, hash="")
    try:
        for row in _links(store):
            faults += _link_faults(row, head)
            head = Head(seq=row.seq, hash=row.hash)
            if row.seq in wanted:
                hashes[row.seq] = row.hash
            _collect(row.entry, seals)
            if len(faults) > MOST_FAULTS:
                break
        faults += [Fault(kind="head", seq=seq, what=what) for seq, code, what in known if not _is(hashes.get(seq), code)]
        faults += _row_faults(store, seals)
    except StoreError:
        faults.append(Fault(kind="unreadable", seq=head.seq + 1))
    return ChainReport(links=head.seq, head=head, faults=tuple(faults[:MOST_FAULTS]))


def _is(hash: str | None, code: str) -> bool:
    return hash is not None and printed_code(hash) == code


def _links(store: Store) -> Iterator[Row[Any]]:
    """Every link in order, a few thousand at a time."""
    last = 0
    while rows := store.rows(
        select(AUDIT.c.seq, AUDIT.c.entry, AUDIT.c.hash).where(AUDIT.c.seq > last).order_by(AUDIT.c.seq).limit(AT_ONCE)
    ):
        yield from rows
        last = rows[-1].seq


def _link_faults(row: Row[Any], before: Head) -> Iterator[Fault]:
    if row.seq != before.seq + 1:
        yield Fault(kind="gap", seq=row.seq)
    if link_hash(before.hash, row.entry.encode()) != row.hash:
        yield Fault(kind="link", seq=row.seq)


def _collect(entry: str, seals: Seals) -> None:
    try:
        for table, key, seal in json.loads(entry).get("rows", ()):
            seals[table][key] = bytes.fromhex(seal)
    except (ValueError, AttributeError, KeyError, TypeError):
        # Not what the chain writes: the link's hash has said so already.
        return


def _row_faults(store: Store, seals: Seals) -> Iterator[Fault]:
    for table in SEALED:
        known = seals[table.name]
        for row in _table_rows(store, table):
            seal = known.pop(row.id, None)
            if seal is None:
                yield Fault(kind="row_unknown", seq=0, what=f"{table.name} {row.id}")
            elif seal.hex() != row_seal(row._asdict()):
                yield Fault(kind="row_changed", seq=0, what=f"{table.name} {row.id}")
        yield from (Fault(kind="row_missing", seq=0, what=f"{table.name} {key}") for key in known)


def _table_rows(store: Store, table: Table) -> Iterator[Row[Any]]:
    """Every row of a table, a few thousand at a time."""
    last = 0
    while rows := store.rows(select(table).where(table.c.id > last).order_by(table.c.id).limit(AT_ONCE)):
        yield from rows
        last = rows[-1].id
