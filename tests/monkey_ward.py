"""Records of a ward with four users for the monkey, made cheaply: its secrets are secret to nobody."""

from __future__ import annotations

from pathlib import Path

import keyring
from keyring.backends.null import Keyring

from mbc_desktop.records import people, store
from tests.records.conftest import CHEAP, PASSPHRASE

SECRET = "een geheim van tien"  # noqa: S105 - of records that live as long as the monkey
USERS = (("ann", "nurse"), ("piet", "pharmacist"), ("arts", "prescriber"))

__all__ = ["PASSPHRASE", "SECRET", "make_ward"]


def make_ward(folder: Path) -> Path:
    """New records in this folder; the keyring of this machine is left alone."""
    people.PASSWORD_COST = CHEAP
    keyring.set_keyring(Keyring())
    path = folder / "afdeling.mbcdb"
    made = store.create_store(path, PASSPHRASE, cost=CHEAP)
    chief = people.NewAccount(staff_number="1", name="Voorbeeld Baas", login="baas", role="administrator", password=SECRET)
    people.first_account(made, chief, cost=CHEAP)
    seat = people.sign_in(made, "baas", SECRET)
    for login, role in USERS:
        new = people.NewAccount(staff_number=login, name=f"Voorbeeld {login}", login=login, role=role, password=SECRET)
        people.add_account(made, seat, new, cost=CHEAP)
    people.sign_out(made, seat)
    for login, _ in USERS:
        # Else each would have to choose another one first.
        person = people.sign_in(made, login, SECRET)
        people.change_password(made, person, SECRET, SECRET, cost=CHEAP)
        people.sign_out(made, person)
    made.close()
    return path
