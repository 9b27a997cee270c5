"""What the audit chain tells people: who looked at a patient, what asks for a second look, the newest acts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Row, Select, bindparam, func, select

from mbc_desktop.core.interval import add_months
from mbc_desktop.records.acts import SignedIn, require
from mbc_desktop.records.store import Store
from mbc_desktop.records.tables import ACCOUNT, AUDIT, PATIENT, PERSON

NOTABLE = (
    "take_emergency_access",
    "sign_in_refused",
    "manage_accounts",
    "change_settings",
    "change_passphrase",
    "restored",
    "export_record",
    "schema_changed",
)
MOST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """One link of the chain for people. `patient` is the number of the patient, "" for none."""

    seq: int
    at: str
    by: str
    role: str
    action: str
    patient: str
    details: tuple[tuple[str, str], ...]
    emergency: bool


def views_of(store: Store, who: SignedIn, patient: int) -> tuple[AuditLine, ...]:
    """Everybody who looked at, changed, printed or signed something of this patient, newest first."""
    require(store, who, "view_audit")
    return _lines(store, select(AUDIT).where(AUDIT.c.patient_id == patient))


def notable(store: Store, who: SignedIn) -> tuple[AuditLine, ...]:
    """Emergency access, refused sign-ins, changes of accounts and settings, restores and exports, newest first."""
    require(store, who, "view_audit")
    return _lines(store, select(AUDIT).where(AUDIT.c.action.in_(_as_it_is(NOTABLE))))


def unreleased_given(store: Store, who: SignedIn) -> tuple[AuditLine, ...]:
    """The savings that say that something was given though nobody had released it, newest first."""
    require(store, who, "view_audit")
    cycles = func.json_extract(AUDIT.c.entry, _as_it_is("$.details.given_unreleased"))
    return _lines(store, select(AUDIT).where(cycles.is_not(None)))


def _as_it_is(value: str | tuple[str, ...]) -> BindParameter[Any]:
    """A constant that stands in the statement as it stands in the index: only then is the index found."""
    return bindparam(None, value, expanding=isinstance(value, tuple), literal_execute=True)


LOOKS = ("view_patient", "view_history", "export_record", "print_document", "view_agenda", "take_emergency_access")


def looks_in_month(store: Store, who: SignedIn, month: date) -> tuple[AuditLine, ...]:
    """Everybody who looked at anything of a patient in the month of this day (UTC), newest first, all of them."""
    require(store, who, "view_audit")
    first, after = month.replace(day=1), add_months(month.replace(day=1), 1)
    low, high = (_first_link_from(store, day.isoformat()) for day in (first, after))
    return _lines(store, select(AUDIT).where(AUDIT.c.seq.between(low, high - 1), AUDIT.c.action.in_(LOOKS)), most=None)


def months_of(store: Store, who: SignedIn) -> tuple[date, ...]:
    """The months in which anything was written, newest first."""
    require(store, who, "view_audit")
    head, first = store.head().seq, _at(store, 1)
    if not head:
        return ()
    oldest, month = date.fromisoformat(first[:10]).replace(day=1), date.fromisoformat(_at(store, head)[:10]).replace(day=1)
    months = [month]
    while months[-1] > oldest:
        months.append(add_months(months[-1], -1))
    return tuple(months)


def _first_link_from(store: Store, moment: str) -> int:
    """The number of the first link that was written at a moment or later; the chain is in the order of time."""
    low, high = 1, store.head().seq + 1
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if _at(store, middle) < moment else (low, middle)
    return low


def _at(store: Store, seq: int) -> str:
    row = store.first(select(AUDIT.c.entry).where(AUDIT.c.seq == seq))
    return str(json.loads(row.entry)["at"]) if row is not None else ""


def newest(store: Store, who: SignedIn) -> tuple[AuditLine, ...]:
    """The newest acts of all."""
    require(store, who, "view_audit")
    return _lines(store, select(AUDIT))


def audit_of(store: Store, patient: int) -> tuple[AuditLine, ...]:
    """The links about one patient, oldest first, for whoever has already been let in."""
    return tuple(reversed(_lines(store, select(AUDIT).where(AUDIT.c.patient_id == patient), most=None)))


def _lines(store: Store, query: Select[Any], *, most: int | None = MOST) -> tuple[AuditLine, ...]:
    names = {
        row.id: row.name
        for row in store.rows(select(ACCOUNT.c.id, PERSON.c.name).join(PERSON, PERSON.c.id == ACCOUNT.c.person_id))
    }
    rows = store.rows(query.order_by(AUDIT.c.seq.desc()).limit(most))
    ids = {row.patient_id for row in rows if row.patient_id is not None}
    numbers = {row.id: row.number for row in store.rows(select(PATIENT.c.id, PATIENT.c.number).where(PATIENT.c.id.in_(ids)))}
    return tuple(_line(row, names, numbers) for row in rows)


def _line(row: Row[Any], names: dict[int, str], numbers: dict[int, str]) -> AuditLine:
    entry = json.loads(row.entry)
    return AuditLine(
        seq=row.seq,
        at=entry["at"],
        by=names.get(entry.get("by", 0), ""),
        role=entry.get("role", ""),
        action=entry["action"],
        patient=numbers.get(row.patient_id, ""),
        details=tuple((name, str(value)) for name, value in entry.get("details", {}).items()),
        emergency=bool(entry.get("emergency")),
    )
