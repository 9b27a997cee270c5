"""Saving and opening the treatment of a patient. Nothing is ever written over: each saving is a version, and what is no longer
true ends with the version that ended it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Row, Table, delete, func, insert, select

from mbc_desktop import __version__
from mbc_desktop.patient.facts import Patient
from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.planning.files.treatment_text import write_treatment
from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.request import Print, Request
from mbc_desktop.records.acts import Act, SignedIn, act, require
from mbc_desktop.records.data_copies import PlanData, keep_copies
from mbc_desktop.records.given import refuse_given_unreleased
from mbc_desktop.records.patients import patient_columns, refuse_lookalikes
from mbc_desktop.records.store import Store
from mbc_desktop.records.store_error import StoreError
from mbc_desktop.records.tables import BASE, EVENT, MEASUREMENT, PATIENT, PRINT, VERSION, VISIT
from mbc_desktop.records.treatment_rows import Json, Pieces, joined, split
from mbc_desktop.records.voiding import void_touched
from mbc_desktop.regimen.library import Library

MOST_REQUESTS = 12
"""How many of the latest prints carry the request they were made from when a treatment is opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A treatment out of the store: whose, which version, and the request."""

    patient: int
    version: int
    request: Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What a saving came to. `voided` are the cycles (course, number) whose approval it ended."""

    patient: int
    version: int
    voided: tuple[tuple[str, int], ...] = ()


def save_plan(
    store: Store,
    who: SignedIn,
    plan: Plan,
    data: PlanData,
    *,
    patient: int | None = None,
    version: int = 0,
    why: str = "",
    unlike: Sequence[int] = (),
) -> Saved:
    """Saves the request of a plan as the next version of a patient's treatment (a new patient without `patient`).

    `version` is the one that was opened; `unlike` are the look-alikes of whom this person has said that they are somebody else.
    Raises StoreError (changed_meanwhile) when somebody has saved since, (number_taken) for a new patient whose number is known,
    (another_patient) for a number and a name or birth date of somebody else, (lookalikes) for one who could be mistaken, and
    (given_unreleased) for what was given unreleased without `why`. The same request again makes no version."""
    pieces = split(plan.request)
    with act(store, who, "save_plan", patient=patient) as made:
        if patient is None:
            patient = _insert_patient(store, made, plan.request.patient)
        row = _unchanged(store, patient, version, plan.request.patient.number)
        renamed = _keep_identity(store, made, row, plan.request.patient)
        known = refuse_lookalikes(store, who, plan.request.patient, but=patient, unlike=unlike) if not version or renamed else []
        _keep_prints(store, made, patient, version, plan.request.prints)
        if not _differs(store, patient, version, pieces):
            return Saved(patient=patient, version=version)
        unreleased = refuse_given_unreleased(store, plan, data.library, patient=patient if version else None, why=why)
        keep_copies(store, made, data)
        number = version + 1
        _insert_version(store, made, plan, data, patient=patient, number=number, pieces=pieces, why=why, who=who)
        _keep_up(store, made, MEASUREMENT, patient, number, pieces.measurements)
        _keep_up(store, made, EVENT, patient, number, pieces.events)
        made.change(PATIENT, patient, version=number)
        _keep_visits(store, patient, plan)
        voided = void_touched(store, made, plan, patient=patient, version=number)
        said = {"given_unreleased": unreleased, "unlike": known}
        made.entry["details"] = {"version": number, "why": why, "fingerprint": plan.fingerprint}
        made.entry["details"] |= {name: value for name, value in said.items() if value}
    return Saved(patient=patient, version=number, voided=voided)


def note_print(store: Store, who: SignedIn, patient: int, version: int, entry: Print) -> None:
    """Writes down at once that a sheet left the program. Raises StoreError (not_allowed for who may not print)."""
    with act(store, who, "print_document", patient=patient, document=entry.document, fingerprint=entry.fingerprint) as made:
        _insert_print(made, patient, version, entry)


def open_plan(store: Store, who: SignedIn, patient: int, *, today: date, library: Library, blind: bool = False) -> Opened:
    """The newest version of a patient's treatment. The viewing is part of the chain; what cannot be noted is not shown, unless
    the store is damaged. `blind` = for a signature; no value of it is shown. Raises StoreError (no_patient, not_logged),
    TreatmentError for what the library no longer knows."""
    note_view(store, who, patient, blind=blind)
    row = store.first(select(PATIENT.c.version).where(PATIENT.c.id == patient))
    if row is None:
        raise StoreError("no_patient", patient=str(patient))
    request = request_of_version(store, patient, row.version, today=today, library=library, prints=True)
    return Opened(patient=patient, version=row.version, request=request)


def request_for_agenda(store: Store, who: SignedIn, patient: int, *, today: date, library: Library) -> Request:
    """A patient's treatment as it is saved, for an agenda whose viewing has been noted as one (`patients.agenda`); without
    the sheets that were made. Raises StoreError (no_patient), TreatmentError for what the library no longer knows."""
    require(store, who, "view_agenda")
    row = store.first(select(PATIENT.c.version).where(PATIENT.c.id == patient))
    if row is None:
        raise StoreError("no_patient", patient=str(patient))
    return request_of_version(store, patient, row.version, today=today, library=library)


def note_view(store: Store, who: SignedIn, patient: int, *, blind: bool = False) -> None:
    """Writes down that somebody looks at this patient, or signs without seeing a value."""
    if store.read_only == "damaged":
        require(store, who, "view_patient", patient=patient)
        return
    if store.read_only:
        raise StoreError("not_logged", file=store.path.name)
    with act(store, who, "view_patient", patient=patient, **({"blind": True} if blind else {})):
        pass


def request_of_version(
    store: Store, patient: int, version: int, *, today: date, library: Library, prints: bool = False
) -> Request:
    """The request as it was saved with that version, looked at on a day. Raises StoreError (no_version)."""
    pieces = pieces_of(store, patient, version)
    records = _prints(store, patient) if prints else []
    return read_treatment(joined(pieces, records), today=today, library=library, obey_today=False)


def pieces_of(store: Store, patient: int, version: int) -> Pieces:
    """The pieces of a version as they lie in the store. Raises StoreError (no_version)."""
    base = store.first(select(BASE.c.content).join(VERSION).where(VERSION.c.patient_id == patient, VERSION.c.number == version))
    if base is None:
        raise StoreError("no_version", version=str(version))
    measurements, events = (
        tuple(dict(row._mapping) for row in store.rows(_standing(table, patient, version))) for table in (MEASUREMENT, EVENT)
    )
    return Pieces(base=base.content, measurements=measurements, events=events)


def _standing(table: Table, patient: int, version: int) -> Any:
    return (
        select(table)
        .where(table.c.patient_id == patient, table.c.since <= version, func.coalesce(table.c.until, version + 1) > version)
        .order_by(table.c.position)
    )


def _unchanged(store: Store, patient: int, version: int, number: str) -> Row[Any]:
    row = store.connection.execute(select(PATIENT).where(PATIENT.c.id == patient)).first()
    if row is None or row.version != version:
        raise StoreError("changed_meanwhile", number=number)
    return row


def _insert_patient(store: Store, made: Act, who: Patient) -> int:
    if store.connection.execute(select(PATIENT.c.id).where(PATIENT.c.number == who.number)).first() is not None:
        raise StoreError("number_taken", number=who.number)
    key = made.insert(PATIENT, **patient_columns(who), version=0)
    made.entry["patient"] = key
    return key


def _keep_identity(store: Store, made: Act, row: Row[Any], who: Patient) -> bool:
    """Whether somebody is now called otherwise, or born on another day."""
    columns = patient_columns(who)
    renamed = (columns["folded"], columns["birth_date"]) != (row.folded, row.birth_date)
    if row.version and renamed and columns["number"] != row.number:
        # A slip is mended one at a time; a number and a name, or a number and a birth date, are those of somebody else.
        raise StoreError("another_patient", number=row.number)
    if all(row._mapping[name] == value for name, value in columns.items()):
        return False
    taken = select(PATIENT.c.id).where(PATIENT.c.number == who.number, PATIENT.c.id != row.id)
    if store.connection.execute(taken).first() is not None:
        raise StoreError("number_taken", number=who.number)
    made.change(PATIENT, row.id, **columns)
    return renamed


def _differs(store: Store, patient: int, version: int, pieces: Pieces) -> bool:
    if version == 0:
        return True
    base = select(BASE.c.content).join(VERSION).where(VERSION.c.patient_id == patient, VERSION.c.number == version)
    if store.connection.execute(base).scalar() != pieces.base:
        return True
    for table, items in ((MEASUREMENT, pieces.measurements), (EVENT, pieces.events)):
        rows = store.connection.execute(_current(table, patient)).fetchall()
        if len(rows) != len(items) or any(not _same(row, item) for row, item in zip(rows, items, strict=True)):
            return True
    return False


def _insert_version(
    store: Store, made: Act, plan: Plan, data: PlanData, *, patient: int, number: int, pieces: Pieces, why: str, who: SignedIn
) -> None:
    last = select(BASE.c.id, BASE.c.content).where(BASE.c.patient_id == patient).order_by(BASE.c.id.desc()).limit(1)
    row = store.connection.execute(last).first()
    base = row.id if row and row.content == pieces.base else made.insert(BASE, patient_id=patient, content=pieces.base)
    made.insert(
        VERSION,
        patient_id=patient,
        number=number,
        base_id=base,
        day=plan.request.today.isoformat(),
        saved_at=made.at,
        saved_by=who.account,
        why=why,
        fingerprint=plan.fingerprint,
        library=plan.library_fingerprint,
        site=data.site_fingerprint,
        program=__version__,
    )


def _current(table: Table, patient: int) -> Any:
    return select(table).where(table.c.patient_id == patient, table.c.until.is_(None)).order_by(table.c.position)


def _same(row: Row[Any], item: Json) -> bool:
    return all(row._mapping[name] == value for name, value in item.items())


def _keep_up(store: Store, made: Act, table: Table, patient: int, version: int, items: Sequence[Json]) -> None:
    """Rows that stayed where they were stay; from the first difference on, the old ones end and the new ones begin."""
    rows = store.connection.execute(_current(table, patient)).fetchall()
    stayed = next(
        (place for place, (row, item) in enumerate(zip(rows, items, strict=False)) if not _same(row, item)),
        min(len(rows), len(items)),
    )
    for row in rows[stayed:]:
        made.change(table, row.id, until=version)
    for position, item in enumerate(items[stayed:], stayed):
        made.insert(table, patient_id=patient, since=version, position=position, **item)


def _keep_prints(store: Store, made: Act, patient: int, version: int, prints: Iterable[Print]) -> None:
    known = store.connection.execute(select(func.count()).select_from(PRINT).where(PRINT.c.patient_id == patient)).scalar_one()
    for entry in tuple(prints)[known:]:
        _insert_print(made, patient, version, entry)


def _insert_print(made: Act, patient: int, version: int, entry: Print) -> None:
    made.insert(
        PRINT,
        patient_id=patient,
        version=version,
        fingerprint=entry.fingerprint,
        document=entry.document,
        made_on=entry.on.isoformat(),
        made_by=entry.by,
        request=entry.request,
    )


def _prints(store: Store, patient: int) -> list[Json]:
    rows = store.rows(select(PRINT).where(PRINT.c.patient_id == patient).order_by(PRINT.c.id))
    return [
        {"fingerprint": row.fingerprint, "document": row.document, "on": row.made_on, "by": row.made_by}
        | ({"request": row.request} if row.request and place >= len(rows) - MOST_REQUESTS else {})
        for place, row in enumerate(rows)
    ]


def _keep_visits(store: Store, patient: int, plan: Plan) -> None:
    """The agenda's own copy of the days: it follows from the plan, so the chain does not seal it."""
    mine = VISIT.c.patient_id == patient
    before = {(row.on_day, row.unit): row.listed for row in store.connection.execute(select(VISIT).where(mine))}
    after = {(one.date.isoformat(), str(one.unit)): json.dumps(one.items, separators=(",", ":")) for one in plan.visits}
    for day, unit in [key for key, items in before.items() if after.get(key) != items]:
        store.connection.execute(delete(VISIT).where(mine, VISIT.c.on_day == day, VISIT.c.unit == unit))
    fresh = [
        {"on_day": day, "unit": unit, "patient_id": patient, "listed": items}
        for (day, unit), items in after.items()
        if before.get((day, unit)) != items
    ]
    if fresh:
        store.connection.execute(insert(VISIT), fresh)


def request_text(request: Request) -> str:
    """The request as a treatment file without its prints, for a draft."""
    return write_treatment(replace(request, prints=()))
