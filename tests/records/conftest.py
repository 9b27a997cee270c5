"""A ward on a temporary disk: a store that opens quickly, six people, a patient with chemotherapy."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from mbc_desktop.core.folders import find_schedules
from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.plan_treatment import plan_treatment
from mbc_desktop.planning.request import Request
from mbc_desktop.records import people
from mbc_desktop.records.acts import SignedIn
from mbc_desktop.records.data_copies import PlanData
from mbc_desktop.records.header import Cost, header_path, passphrase_key
from mbc_desktop.records.permissions import ROLES, Role
from mbc_desktop.records.plans import Saved, save_plan
from mbc_desktop.records.store import Opening, Store, create_store, open_store
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.loader import load_library

TODAY = date(2026, 3, 16)
PASSPHRASE = "vier woorden op een rij"  # noqa: S105 - of a store that lives for one test
CHEAP = Cost(memory_kib=8, passes=1, lanes=1)
"""Argon2id with the least it takes: the tests sign in hundreds of times."""

TREATMENT = """{"format": 1, "language": "nl",
 "patient": {"family_name": "Voorbeeld", "given_name": "Anna", "number": "0012345", "birth_date": "1961-05-04", "sex": "female"},
 "measurements": [
  {"kind": "weight", "value": "68", "unit": "kg", "on": "2026-03-14"},
  {"kind": "height", "value": "165", "unit": "cm", "on": "2026-03-14"},
  {"kind": "creatinine", "value": "0.85", "unit": "mg/dL", "on": "2026-03-13"},
  {"kind": "neutrophils", "value": "3.2", "unit": "10^9/L", "on": "2026-03-15"},
  {"kind": "platelets", "value": "210", "unit": "10^9/L", "on": "2026-03-15"}],
 "facts": {"menopausal_status": "postmenopausal", "er": "positive", "her2": "negative"},
 "courses": [{"id": "c1", "regimen": "docetaxel", "start": "2026-03-16", "cycles": 4,
  "choices": {"docetaxel_dose": "75"}}]}"""


@dataclass(slots=True)
class Hands:
    """A clock that stands still until it is moved."""

    now: datetime = datetime(2026, 3, 16, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **time: int) -> None:
        self.now += timedelta(**time)


@dataclass(slots=True)
class Ward:
    """An open store with one person of each role, signed in."""

    store: Store
    clock: Hands
    data: PlanData
    seats: dict[str, SignedIn] = field(default_factory=dict)

    def __getitem__(self, role: str) -> SignedIn:
        seat = self.seats[role]
        seat.seen = self.clock()
        return seat

    def plan(self, request: Request) -> Plan:
        return plan_treatment(request, self.data.library, self.data.site)

    def request(self, text: str = TREATMENT, today: date = TODAY) -> Request:
        return read_treatment(text, today=today, library=self.data.library)

    def save(self, role: str, request: Request, *, patient: int | None = None, version: int = 0, why: str = "") -> Saved:
        return save_plan(self.store, self[role], self.plan(request), self.data, patient=patient, version=version, why=why)


def password(role: str) -> str:
    return f"geheim van {role}"


def hire(store: Store, admin: SignedIn | None, role: Role, login: str = "", staff_number: str = "") -> None:
    """An account of its own person, or of the person with that staff number."""
    new = people.NewAccount(
        staff_number=staff_number or f"nr {role}", name=f"Voorbeeld {staff_number or role}", login=login or role, role=role,
        password=password(role),
    )  # fmt: skip
    if admin is None:
        people.first_account(store, new, cost=CHEAP)
    else:
        people.add_account(store, admin, new, cost=CHEAP)


def seat(store: Store, login: str, role: str) -> SignedIn:
    """Signs in, and changes the password of the administrator for one's own, which here is the same."""
    who = people.sign_in(store, login, password(role))
    if who.must_change:
        people.change_password(store, who, password(role), password(role), cost=CHEAP)
    return who


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "PASSWORD_COST", CHEAP)


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library(find_schedules())


@pytest.fixture(scope="session")
def data(library: Library) -> PlanData:
    return PlanData(library=library, folder=find_schedules())


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, SignedIn]]:
    """A closed store with one person of each role, made once and copied for each test."""
    path = tmp_path_factory.mktemp("founded") / "afdeling.mbcdb"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(people, "PASSWORD_COST", CHEAP)
        store = create_store(path, PASSPHRASE, cost=CHEAP, clock=Hands())
        hire(store, None, "administrator")
        seats = {"administrator": seat(store, "administrator", "administrator")}
        for role in ROLES:
            if role != "administrator":
                hire(store, seats["administrator"], role)
                seats[role] = seat(store, role, role)
        store.close()
    return path, seats


@pytest.fixture
def store(tmp_path: Path, clock: Hands) -> Iterator[Store]:
    """A new and empty store."""
    made = create_store(tmp_path / "afdeling.mbcdb", PASSPHRASE, cost=CHEAP, clock=clock)
    yield made
    made.close()


@pytest.fixture
def ward(tmp_path: Path, clock: Hands, data: PlanData, founded: tuple[Path, dict[str, SignedIn]]) -> Iterator[Ward]:
    """A store with its people."""
    path, seats = founded
    for part in (path, header_path(path)):
        shutil.copy(part, tmp_path / part.name)
    place = tmp_path / path.name
    opened = open_store(place, passphrase_key(place, PASSPHRASE), Opening(clock=clock))
    yield Ward(opened, clock, data, {role: copy.copy(who) for role, who in seats.items()})
    opened.close()
