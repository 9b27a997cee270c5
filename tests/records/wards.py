"""Wards for the proofs: a store with its people outside of pytest, and treatments that are planned before the clock runs."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from mbc_desktop.core.folders import find_schedules
from mbc_desktop.core.quantity import Quantity
from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.plan_treatment import plan_treatment
from mbc_desktop.planning.request import Measurement, Request
from mbc_desktop.records import people
from mbc_desktop.records.acts import SignedIn
from mbc_desktop.records.data_copies import PlanData
from mbc_desktop.records.header import Head, Key, header_path
from mbc_desktop.records.plans import Saved, save_plan
from mbc_desktop.records.store import Opening, Store, create_store, open_store
from mbc_desktop.regimen.loader import load_library
from tests.records.conftest import CHEAP, PASSPHRASE, TODAY, TREATMENT, Hands, hire, seat

NAME = "afdeling.mbcdb"


def plan_data() -> PlanData:
    """The shipped library."""
    return PlanData(library=load_library(find_schedules()), folder=find_schedules())


def founded(folder: Path, data: PlanData) -> tuple[Key, SignedIn]:
    """A closed store in this folder with an administrator, a nurse, who is given back signed in, and one saved patient."""
    people.PASSWORD_COST = CHEAP
    store = create_store(folder / NAME, PASSPHRASE, cost=CHEAP, clock=Hands())
    hire(store, None, "administrator")
    admin = seat(store, "administrator", "administrator")
    hire(store, admin, "nurse")
    nurse = seat(store, "nurse", "nurse")
    save_next(store, nurse, growing_plans(data, 1)[0], data, None)
    store.close()
    return store.key, nurse


def open_again(folder: Path, key: Key, *, read_only: bool = False) -> Store:
    """Opens the store in a folder with a clock that stands still."""
    return open_store(folder / NAME, key, Opening(read_only=read_only, clock=Hands()))


def copied(source: Path, target: Path) -> Path:
    """A fresh copy of a closed store in another folder."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for part in (source / NAME, header_path(source / NAME)):
        shutil.copy(part, target / part.name)
    return target


def growing_plans(data: PlanData, count: int, *, number: str = "0012345") -> list[Plan]:
    """Plans of one patient, each with one more weight than the one before: every saving is another version."""
    request = read_treatment(TREATMENT, today=TODAY, library=data.library)
    request = replace(request, patient=replace(request.patient, number=number))
    return [plan_treatment(_weighed(request, times), data.library) for times in range(count)]


def _weighed(request: Request, times: int) -> Request:
    weights = tuple(
        Measurement(kind="weight", quantity=Quantity(Decimal(60 + one % 20), "kg"), on=_day(one)) for one in range(times)
    )
    return replace(request, measurements=(*request.measurements, *weights))


def _day(number: int) -> date:
    return TODAY - timedelta(days=200 - number)


FIRST = Saved(patient=1, version=1)
"""What the founding of a ward saved."""


def save_next(store: Store, who: SignedIn, plan: Plan, data: PlanData, last: Saved | None) -> Saved:
    """Saves the plan as the next version of the patient of the last saving."""
    who.seen = store.now()
    return save_plan(store, who, plan, data, patient=last.patient if last else None, version=last.version if last else 0)


def link(store: Store, seq: int) -> Head | None:
    """The link with this number, if the chain has it."""
    row = store.raw.execute("SELECT seq, hash FROM audit WHERE seq = ?", (seq,)).fetchone()
    return Head(seq=row[0], hash=row[1]) if row else None
