"""Finding patients, and what happens on a day over all of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, false, func, select

from mbc_desktop.core.typed_date import read_calendar_date
from mbc_desktop.patient.facts import Patient
from mbc_desktop.patient.lookalikes import Identity, folded, lookalikes
from mbc_desktop.records.acts import SignedIn, act, require
from mbc_desktop.records.store import Store
from mbc_desktop.records.store_error import StoreError
from mbc_desktop.records.tables import AUDIT, PATIENT, VISIT
from mbc_desktop.regimen.site import Unit

LINE_COLUMNS = (PATIENT.c.id, PATIENT.c.number, PATIENT.c.family_name, PATIENT.c.given_name, PATIENT.c.birth_date, PATIENT.c.sex)
MOST_FOUND = 50
MOST_RECENT = 20
MOST_LOOKED_BACK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientLine:
    """A patient as a list shows one."""

    id: int
    number: str
    family_name: str
    given_name: str
    birth_date: date
    sex: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaLine:
    """What one patient comes for on one day in one unit: ids of administrations, fractions and checks of the plan."""

    on: date
    unit: Unit
    patient: PatientLine
    items: tuple[str, ...]


def patient_columns(who: Patient) -> dict[str, str]:
    """Who somebody is, by column; `folded` is what searching looks at."""
    return {
        "number": who.number,
        "family_name": who.family_name,
        "given_name": who.given_name,
        "birth_date": who.birth_date.isoformat(),
        "sex": who.sex,
        "folded": f"{folded(who.family_name)} {folded(who.given_name)}",
    }


def search_patients(store: Store, who: SignedIn, typed: str) -> tuple[PatientLine, ...]:
    """The patients whom every typed word fits: part of a name in any accents and order, the beginning of the number, or the birth
    date; by name, at most MOST_FOUND."""
    require(store, who, "search_patients")
    words = [_fits(word) for word in typed.split()]
    if not words:
        return ()
    query = select(PATIENT).where(*words).order_by(PATIENT.c.family_name, PATIENT.c.given_name).limit(MOST_FOUND)
    return tuple(_line(row) for row in store.rows(query))


def patient_with_number(store: Store, who: SignedIn, number: str) -> PatientLine:
    """The patient with exactly this number. Raises StoreError (no_patient)."""
    require(store, who, "search_patients")
    row = store.first(select(PATIENT).where(PATIENT.c.number == number))
    if row is None:
        raise StoreError("no_patient", patient=number)
    return _line(row)


def patient_for_emergency(store: Store, who: SignedIn, number: str) -> int:
    """The patient with exactly this number, for whoever may not search: the way to emergency access. Raises StoreError
    (no_patient)."""
    require(store, who, "take_emergency_access")
    row = store.first(select(PATIENT.c.id).where(PATIENT.c.number == number.strip()))
    if row is None:
        raise StoreError("no_patient", patient=number)
    return int(row.id)


def recent_patients(store: Store, who: SignedIn) -> tuple[PatientLine, ...]:
    """The patients whom this person looked at last, newest first."""
    require(store, who, "search_patients")
    looked = (
        select(AUDIT.c.patient_id)
        .where(AUDIT.c.patient_id.is_not(None), func.json_extract(AUDIT.c.entry, "$.by") == who.account)
        .order_by(AUDIT.c.seq.desc())
        .limit(MOST_LOOKED_BACK)
    )
    ids = list(dict.fromkeys(row.patient_id for row in store.rows(looked)))[:MOST_RECENT]
    rows = {row.id: _line(row) for row in store.rows(select(PATIENT).where(PATIENT.c.id.in_(ids)))}
    return tuple(rows[id] for id in ids if id in rows)


def alike(store: Store, who: SignedIn, patient: Patient, *, but: int | None = None) -> tuple[PatientLine, ...]:
    """The known patients for whom this one could be mistaken."""
    require(store, who, "search_patients")
    same_day = (PATIENT.c.birth_date == patient.birth_date.isoformat()) | (PATIENT.c.folded.in_(_both_orders(patient)))
    rows = [_line(row) for row in store.rows(select(PATIENT).where(same_day)) if row.id != but]
    others = {_identity(row): row for row in rows}
    found = lookalikes(
        Identity(family_name=patient.family_name, given_name=patient.given_name, birth_date=patient.birth_date), others
    )
    return tuple(others[one] for one in found)


def with_lookalikes(store: Store, who: SignedIn, patient: int) -> tuple[PatientLine, ...]:
    """A patient of the store, and the others for whom this one could be mistaken. Raises StoreError (no_patient)."""
    row = store.first(select(PATIENT).where(PATIENT.c.id == patient))
    if row is None:
        raise StoreError("no_patient", patient=str(patient))
    return (_line(row), *alike(store, who, patient_of(row), but=patient))


def refuse_lookalikes(store: Store, who: SignedIn, patient: Patient, *, but: int, unlike: Sequence[int]) -> list[int]:
    """The patients this one could be mistaken for, each of whom somebody has said is another one. Raises StoreError (lookalikes)
    for one of whom nobody has."""
    found = alike(store, who, patient, but=but)
    unsaid = [one for one in found if one.id not in unlike]
    if unsaid:
        names = "; ".join(
            f"{one.family_name.upper()} {one.given_name}, {one.birth_date:%d/%m/%Y}, {one.number}" for one in unsaid
        )
        raise StoreError("lookalikes", names=names)
    return [one.id for one in found]


def agenda(store: Store, who: SignedIn, first: date, last: date) -> tuple[AgendaLine, ...]:
    """Every visit from the first to the last day, by day, unit, name; looking is noted once. Raises StoreError (not_logged)."""
    if store.read_only in ("asked", "checking"):
        raise StoreError("not_logged", file=store.path.name)
    require(store, who, "view_agenda")
    if store.read_only != "damaged":
        with act(store, who, "view_agenda", first=first.isoformat(), last=last.isoformat()):
            pass
    query = (
        select(VISIT.c.on_day, VISIT.c.unit, VISIT.c.listed, *LINE_COLUMNS)
        .join(PATIENT)
        .where(VISIT.c.on_day.between(first.isoformat(), last.isoformat()))
        .order_by(VISIT.c.on_day, VISIT.c.unit, PATIENT.c.family_name, PATIENT.c.given_name)
    )
    # Read by place, not by name: on a day with ten thousand visits the names cost more than the database.
    return tuple(
        AgendaLine(on=date.fromisoformat(day), unit=unit, patient=placed_line(*line), items=tuple(json.loads(listed)))
        for day, unit, listed, *line in map(list, store.rows(query))
    )


def placed_line(id: int, number: str, family_name: str, given_name: str, birth_date: str, sex: str) -> PatientLine:
    """A line from its columns in the order of LINE_COLUMNS."""
    born = date.fromisoformat(birth_date)
    return PatientLine(id=id, number=number, family_name=family_name, given_name=given_name, birth_date=born, sex=sex)


def patient_of(row: Row[Any]) -> Patient:
    """Who a row is about, as a treatment names somebody."""
    return Patient(
        family_name=row.family_name, given_name=row.given_name, number=row.number,
        birth_date=date.fromisoformat(row.birth_date), sex=row.sex,
    )  # fmt: skip


def _line(row: Row[Any]) -> PatientLine:
    return PatientLine(
        id=row.id,
        number=row.number,
        family_name=row.family_name,
        given_name=row.given_name,
        birth_date=date.fromisoformat(row.birth_date),
        sex=row.sex,
    )


def _fits(word: str) -> ColumnElement[bool]:
    day = read_calendar_date(word).value
    if day is not None:
        return PATIENT.c.birth_date == day.isoformat()
    if any(sign.isdigit() for sign in word):
        return PATIENT.c.number.startswith(word, autoescape=True)
    letters = folded(word)
    return PATIENT.c.folded.contains(letters, autoescape=True) if letters else false()


def _both_orders(patient: Patient) -> Sequence[str]:
    family, given = folded(patient.family_name), folded(patient.given_name)
    return (f"{family} {given}", f"{given} {family}")


def _identity(line: PatientLine) -> Identity:
    return Identity(family_name=line.family_name, given_name=line.given_name, birth_date=line.birth_date)
