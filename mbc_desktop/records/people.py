"""People and their accounts: who they are, what they may, how they show that it is them. One human is one person, however many
accounts; passwords are kept by Argon2id."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, func, select

from mbc_desktop.core.typed_text import hidden_character, trim
from mbc_desktop.records.acts import Act, SignedIn, act, lock_when_idle, note
from mbc_desktop.records.header import Cost
from mbc_desktop.records.permissions import EMERGENCY_MINUTES, ROLES, SHORTEST_REASON, Role
from mbc_desktop.records.store import Store, stamp
from mbc_desktop.records.store_error import StoreError
from mbc_desktop.records.tables import ACCOUNT, EMERGENCY, PERSON

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST_PASSWORD = 10
FREE_TRIES = 4
LONGEST_WAIT = timedelta(minutes=15)
PASSWORD_COST = Cost()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """Somebody who may sign in. `staff_number` is what makes a person one person: the number of the hospital or the RIZIV."""

    staff_number: str
    name: str
    login: str
    role: Role
    password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account as the list of users shows it."""

    id: int
    person: int
    staff_number: str
    name: str
    login: str
    role: Role
    active: bool


def first_account(store: Store, new: NewAccount, *, cost: Cost = PASSWORD_COST) -> int:
    """The first administrator of a new store. Raises StoreError (not_first) once there is any account."""
    if new.role != "administrator" or store.first(select(func.count()).select_from(ACCOUNT)) != (0,):
        raise StoreError("not_first")
    check_account(new)
    with note(store, "store_created", first_account=new.login) as made:
        person = made.insert(PERSON, staff_number=trim(new.staff_number), name=trim(new.name))
        return _insert(made, person, new, password_by=person, must_change=0, cost=cost)


def add_account(store: Store, who: SignedIn, new: NewAccount, *, cost: Cost = PASSWORD_COST) -> int:
    """Another account; a person who is known by the staff number keeps the name. The password must be changed at the first
    signing in. Raises StoreError (login_taken, other_name, field_missing, password_short)."""
    check_account(new)
    if store.first(select(ACCOUNT.c.id).where(ACCOUNT.c.login == trim(new.login))) is not None:
        raise StoreError("login_taken", login=new.login)
    known = store.first(select(PERSON).where(PERSON.c.staff_number == trim(new.staff_number)))
    if known is not None and known.name != trim(new.name):
        raise StoreError("other_name", number=new.staff_number, name=known.name)
    with act(store, who, "manage_accounts", what="add", login=trim(new.login), role=new.role) as made:
        person = known.id if known else made.insert(PERSON, staff_number=trim(new.staff_number), name=trim(new.name))
        return _insert(made, person, new, password_by=who.person, must_change=1, cost=cost)


def change_account(store: Store, who: SignedIn, account: int, *, role: Role | None = None, active: bool | None = None) -> None:
    """Another role, or in and out of use. Raises StoreError (last_administrator, no_account)."""
    row = _account(store, account)
    changes: dict[str, Any] = ({"role": role} if role else {}) | ({"active": int(active)} if active is not None else {})
    loses = row.role == "administrator" and (changes.get("role", row.role) != "administrator" or changes.get("active") == 0)
    others = select(ACCOUNT.c.id).where(ACCOUNT.c.role == "administrator", ACCOUNT.c.active == 1, ACCOUNT.c.id != account)
    if loses and store.first(others) is None:
        raise StoreError("last_administrator")
    with act(store, who, "manage_accounts", what="change", login=row.login, **changes) as made:
        made.change(ACCOUNT, account, **changes)


def reset_password(store: Store, who: SignedIn, account: int, password: str, *, cost: Cost = PASSWORD_COST) -> None:
    """A new password for somebody who forgot it; that account can never verify what the resetting person made."""
    _long_enough(password)
    row = _account(store, account)
    with act(store, who, "manage_accounts", what="reset", login=row.login) as made:
        made.change(
            ACCOUNT,
            account,
            password_hash=_hasher(cost).hash(password),
            password_by=who.person,
            must_change=1,
            failures=0,
            wait_until=None,
        )


def change_password(store: Store, who: SignedIn, old: str, new: str, *, cost: Cost = PASSWORD_COST) -> None:
    """One's own password. Who set it before stays known: that person's work is still not verified by this account."""
    _long_enough(new)
    confirm(store, who, old)
    with act(store, who, "change_own_password") as made:
        made.change(ACCOUNT, who.account, password_hash=_hasher(cost).hash(new), must_change=0)
    who.must_change = False


def sign_in(store: Store, login: str, password: str) -> SignedIn:
    """Somebody at the store. Raises StoreError (not_known for a wrong login or password alike, wait after several wrong ones)."""
    row = store.first(
        select(ACCOUNT, PERSON.c.name).join(PERSON, PERSON.c.id == ACCOUNT.c.person_id).where(ACCOUNT.c.login == trim(login))
    )
    if row is None or not row.active:
        with note(store, "sign_in_refused"):
            pass
        raise StoreError("not_known")
    _try_password(store, row, password)
    with note(store, "signed_in", account=row.id) as made:
        if row.failures:
            made.change(ACCOUNT, row.id, failures=0, wait_until=None)
    return SignedIn(
        account=row.id,
        person=row.person_id,
        login=row.login,
        name=row.name,
        role=row.role,
        seen=store.now(),
        must_change=bool(row.must_change),
    )


def unlock(store: Store, who: SignedIn, password: str) -> None:
    """Goes on after the lock, with the password of the same account. Raises StoreError (not_known, wait)."""
    _try_password(store, _account(store, who.account, in_use=True), password)
    with note(store, "unlocked", account=who.account):
        who.locked, who.seen = False, store.now()


def sign_out(store: Store, who: SignedIn) -> None:
    """Leaves the seat."""
    with note(store, "signed_out", account=who.account):
        who.locked = True


def confirm(store: Store, who: SignedIn, password: str) -> None:
    """The fresh credential of a signature: the password of who is signed in, at this moment. Raises StoreError (locked,
    not_known, wait)."""
    if lock_when_idle(store, who):
        raise StoreError("locked", name=who.name)
    _try_password(store, _account(store, who.account, in_use=True), password)


def accounts(store: Store) -> tuple[Account, ...]:
    """Every account, by login."""
    query = (
        select(ACCOUNT, PERSON.c.staff_number, PERSON.c.name)
        .join(PERSON, PERSON.c.id == ACCOUNT.c.person_id)
        .order_by(ACCOUNT.c.login)
    )
    return tuple(
        Account(
            id=row.id,
            person=row.person_id,
            staff_number=row.staff_number,
            name=row.name,
            login=row.login,
            role=row.role,
            active=bool(row.active),
        )
        for row in store.rows(query)
    )


def account_of(store: Store, login: str) -> int:
    """The account with this user name. Raises StoreError (no_account)."""
    row = store.first(select(ACCOUNT.c.id).where(ACCOUNT.c.login == trim(login)))
    if row is None:
        raise StoreError("no_account", account=login)
    return int(row.id)


def take_emergency_access(store: Store, who: SignedIn, patient: int, reason: str) -> datetime:
    """An hour with one patient whom the role does not open. Gives the end. Raises StoreError (reason_short)."""
    if len(trim(reason)) < SHORTEST_REASON:
        raise StoreError("reason_short", shortest=str(SHORTEST_REASON))
    end = store.now() + timedelta(minutes=EMERGENCY_MINUTES)
    with act(store, who, "take_emergency_access", patient=patient) as made:
        made.insert(EMERGENCY, account_id=who.account, patient_id=patient, reason=trim(reason), since=made.at, until=stamp(end))
    return end


def emergency_of(store: Store, who: SignedIn, patient: int) -> tuple[str, str] | None:
    """Until when, and why, this person has emergency access to a patient now; None without."""
    mine = (EMERGENCY.c.account_id == who.account, EMERGENCY.c.patient_id == patient, EMERGENCY.c.until > stamp(store.now()))
    row = store.first(select(EMERGENCY).where(*mine).order_by(EMERGENCY.c.until.desc()).limit(1))
    return (row.until, row.reason) if row is not None else None


def _try_password(store: Store, row: Row[Any], password: str) -> None:
    from argon2.exceptions import InvalidHashError, VerificationError

    if row.wait_until is not None and stamp(store.now()) < row.wait_until:
        raise StoreError("wait", until=row.wait_until)
    try:
        _hasher(PASSWORD_COST).verify(row.password_hash, password)
    except (VerificationError, InvalidHashError):
        failures = row.failures + 1
        wait = min(timedelta(seconds=15 * 2 ** (failures - FREE_TRIES)), LONGEST_WAIT) if failures >= FREE_TRIES else None
        with note(store, "sign_in_refused", account=row.id) as made:
            made.change(ACCOUNT, row.id, failures=failures, wait_until=stamp(store.now() + wait) if wait else None)
        raise StoreError("not_known") from None


def _insert(made: Act, person: int, new: NewAccount, *, password_by: int, must_change: int, cost: Cost) -> int:
    return made.insert(
        ACCOUNT,
        person_id=person,
        login=trim(new.login),
        role=new.role,
        password_hash=_hasher(cost).hash(new.password),
        password_by=password_by,
        must_change=must_change,
        active=1,
        failures=0,
    )


def _account(store: Store, account: int, *, in_use: bool = False) -> Row[Any]:
    row = store.first(select(ACCOUNT).where(ACCOUNT.c.id == account))
    if row is None or (in_use and not row.active):
        raise StoreError("no_account", account=str(account))
    return row


def check_account(new: NewAccount) -> None:
    """Raises StoreError (field_missing, password_short) for an account that cannot be made."""
    for name, text in (("staff_number", new.staff_number), ("name", new.name), ("login", new.login)):
        if not trim(text) or hidden_character(trim(text)):
            raise StoreError("field_missing", field=name)
    if new.role not in ROLES:
        raise StoreError("field_missing", field="role")
    _long_enough(new.password)


def _long_enough(password: str) -> None:
    if len(password) < SHORTEST_PASSWORD:
        raise StoreError("password_short", shortest=str(SHORTEST_PASSWORD))


def _hasher(cost: Cost) -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=cost.passes, memory_cost=cost.memory_kib, parallelism=cost.lanes)
