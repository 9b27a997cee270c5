"""What somebody was entering when the program stopped: kept in the store, never on the disk in the clear. A draft is no act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DBAPIError

from mbc_desktop.records.acts import SignedIn, require
from mbc_desktop.records.store import Store, stamp
from mbc_desktop.records.store_error import StoreError
from mbc_desktop.records.tables import DRAFT

NEW_PATIENT = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A draft: of which patient (NEW_PATIENT for a new one), its text, and when it was kept."""

    patient: int
    content: str
    at: str


def keep_draft(store: Store, who: SignedIn, patient: int, content: str) -> None:
    """Keeps what is being entered, in place of this person's last draft about this patient. Raises StoreError (not_saved)."""
    require(store, who, "save_plan", patient=patient)
    values = {"account_id": who.account, "patient_id": patient, "content": content, "at": stamp(store.now())}
    statement = insert(DRAFT).values(**values)
    newer = {"content": statement.excluded.content, "at": statement.excluded.at}
    _write(store, lambda: statement.on_conflict_do_update(index_elements=["account_id", "patient_id"], set_=newer))


def drop_draft(store: Store, who: SignedIn, patient: int) -> None:
    """Forgets a draft: it was saved, or is not wanted. Raises StoreError (not_saved)."""
    mine = (DRAFT.c.account_id == who.account, DRAFT.c.patient_id == patient)
    _write(store, lambda: delete(DRAFT).where(*mine))


def drafts_of(store: Store, who: SignedIn) -> tuple[Kept, ...]:
    """The drafts of this person, newest first."""
    require(store, who, "search_patients")
    rows = store.rows(select(DRAFT).where(DRAFT.c.account_id == who.account).order_by(DRAFT.c.at.desc()))
    return tuple(Kept(patient=row.patient_id, content=row.content, at=row.at) for row in rows)


def _write(store: Store, statement: Callable[[], Any]) -> None:
    with store.turn:
        store.refuse_writing()
        try:
            store.connection.exec_driver_sql("BEGIN IMMEDIATE")
            store.connection.execute(statement())
            store.connection.commit()
        except DBAPIError as error:
            store.connection.rollback()
            raise StoreError("not_saved", file=store.path.name, reason=str(error.orig)) from error
