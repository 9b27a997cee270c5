"""The plan as it was on any day, who changed what and why, and what differs between two days."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, select

from mbc_desktop.planning.comparison.plan_difference import Change, plan_difference
from mbc_desktop.planning.files.treatment_error import TreatmentError
from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.plan_treatment import plan_treatment
from mbc_desktop.records.acts import SignedIn, act, require
from mbc_desktop.records.data_copies import PlanData, data_of
from mbc_desktop.records.plans import pieces_of, request_of_version
from mbc_desktop.records.store import Store
from mbc_desktop.records.store_error import StoreError
from mbc_desktop.records.tables import ACCOUNT, PERSON, VERSION
from mbc_desktop.records.treatment_rows import Json, Pieces


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One saving: the day it was computed for, when, by whom and why it was saved, and the fingerprint of its plan."""

    number: int
    day: date
    saved_at: str
    by: str
    role: str
    why: str
    fingerprint: str
    library: str
    site: str
    program: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanThen:
    """A plan computed again as of a day. `exact` = its fingerprint is the one that was saved; otherwise the program itself has
    changed since, and the plan is to be read with that in mind."""

    plan: Plan
    version: Version
    exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two days of one treatment: the plans, what differs between them, and the savings between."""

    older: PlanThen
    newer: PlanThen
    changes: tuple[Change, ...]
    savings: tuple[Version, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What one saving entered and took away: measured values and events as data, and the parts of the base that it changed."""

    added: tuple[Json, ...]
    removed: tuple[Json, ...]
    parts: tuple[str, ...]


def versions(store: Store, who: SignedIn, patient: int) -> tuple[Version, ...]:
    """Every saving of a patient's treatment, oldest first; looking at it is part of the chain."""
    if store.read_only in ("asked", "checking"):
        raise StoreError("not_logged", file=store.path.name)
    require(store, who, "view_history", patient=patient)
    if store.read_only != "damaged":
        with act(store, who, "view_history", patient=patient):
            pass
    return all_versions(store, patient)


def all_versions(store: Store, patient: int) -> tuple[Version, ...]:
    """The same for whoever has already been let in."""
    query = (
        select(VERSION, PERSON.c.name, ACCOUNT.c.role)
        .join(ACCOUNT, ACCOUNT.c.id == VERSION.c.saved_by)
        .join(PERSON, PERSON.c.id == ACCOUNT.c.person_id)
        .where(VERSION.c.patient_id == patient)
        .order_by(VERSION.c.number)
    )
    return tuple(_version(row) for row in store.rows(query))


def plan_of_version(store: Store, patient: int, version: Version, today: PlanData) -> PlanThen:
    """The plan of one saving, computed again. Raises StoreError (data_missing)."""
    data = data_of(store, version.library, version.site, today)
    try:
        request = request_of_version(store, patient, version.number, today=version.day, library=data.library)
        plan = plan_treatment(request, data.library, data.site)
    except TreatmentError as error:
        raise StoreError("data_missing", fingerprint=version.library[:12]) from error
    return PlanThen(plan=plan, version=version, exact=plan.fingerprint == version.fingerprint)


def compare_versions(store: Store, patient: int, old: Version, new: Version, today: PlanData) -> Comparison:
    """What differs between the plans of two savings, and who saved between them."""
    known = all_versions(store, patient)
    older, newer = plan_of_version(store, patient, old, today), plan_of_version(store, patient, new, today)
    between = tuple(version for version in known if old.number < version.number <= new.number)
    return Comparison(older=older, newer=newer, changes=plan_difference(older.plan, newer.plan), savings=between)


def entered_by(store: Store, patient: int, version: int) -> Entered:
    """What one saving entered and took away against the one before it."""
    after = pieces_of(store, patient, version)
    before = pieces_of(store, patient, version - 1) if version > 1 else Pieces(base="{}", measurements=(), events=())
    old, new = [_rows(before), _rows(after)]
    return Entered(
        added=tuple(row for row in new if row not in old),
        removed=tuple(row for row in old if row not in new),
        parts=_changed_parts(before.base, after.base),
    )


_PLACES = ("id", "patient_id", "since", "until", "position")


def _rows(pieces: Pieces) -> list[Json]:
    every = (*pieces.measurements, *pieces.events)
    return [{name: value for name, value in row.items() if name not in _PLACES} for row in every]


def _changed_parts(before: str, after: str) -> tuple[str, ...]:
    old, new = json.loads(before), json.loads(after)
    return tuple(name for name in dict.fromkeys((*old, *new)) if name != "format" and old.get(name) != new.get(name))


def _version(row: Row[Any]) -> Version:
    return Version(
        number=row.number,
        day=date.fromisoformat(row.day),
        saved_at=row.saved_at,
        by=row.name,
        role=row.role,
        why=row.why,
        fingerprint=row.fingerprint,
        library=row.library,
        site=row.site,
        program=row.program,
    )
