"""Who may do what is one table; who it is, is asked again at each signature; an idle seat locks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mbc_desktop.records import history, people, reports, settings
from mbc_desktop.records.acts import SignedIn, act, require
from mbc_desktop.records.backup import back_up
from mbc_desktop.records.drafts import keep_draft
from mbc_desktop.records.passphrase import change_passphrase
from mbc_desktop.records.patients import agenda, alike, recent_patients, search_patients
from mbc_desktop.records.permissions import ACTIONS, EMERGENCY_GRANTS, PERMISSIONS, ROLES, may
from mbc_desktop.records.plans import open_plan
from mbc_desktop.records.restore import restore
from mbc_desktop.records.signatures import Cycle
from mbc_desktop.records.store_error import StoreError
from mbc_desktop.records.verification import release, submit, verify
from mbc_desktop.records.whole_record import whole_record
from tests.records.conftest import CHEAP, PASSPHRASE, TODAY, Ward, hire, password, seat


def test_the_table_names_every_action_and_every_role_once() -> None:
    assert set(PERMISSIONS) == set(ACTIONS)
    assert all(roles <= set(ROLES) for roles in PERMISSIONS.values())
    assert may("pharmacist", "verify_drugs")
    assert not may("nurse", "verify_drugs")
    assert not may("administrator", "view_patient")
    assert not may("read_only", "save_plan")


@pytest.mark.parametrize("action", ACTIONS)
def test_every_role_can_do_exactly_what_the_table_says(ward: Ward, action: str) -> None:
    for role in ROLES:
        if role in PERMISSIONS[action]:
            with act(ward.store, ward[role], action):
                pass
        else:
            with pytest.raises(StoreError, match="not_allowed"), act(ward.store, ward[role], action):
                pass


WRONG = "not it"
Doing = Callable[[Ward, SignedIn, int], object]

DOINGS: dict[str, Doing] = {
    "search_patients": lambda ward, who, _: (
        search_patients(ward.store, who, "voorb"), recent_patients(ward.store, who),
        alike(ward.store, who, ward.request().patient),
    ),
    "view_patient": lambda ward, who, patient: open_plan(ward.store, who, patient, today=TODAY, library=ward.data.library),
    "view_history": lambda ward, who, patient: history.versions(ward.store, who, patient),
    "view_agenda": lambda ward, who, _: agenda(ward.store, who, TODAY, TODAY),
    "save_plan": lambda ward, who, patient: (
        ward.save(who.role, ward.request(), patient=patient, version=1), keep_draft(ward.store, who, patient, "{}"),
    ),
    "submit_plan": lambda ward, who, patient: submit(
        ward.store, who, ward.plan(ward.request()), Cycle(patient=patient, course="c1", cycle=1), password=WRONG
    ),
    "verify_drugs": lambda ward, who, patient: verify(
        ward.store, who, ward.plan(ward.request()), Cycle(patient=patient, course="c1", cycle=1), {}, password=WRONG
    ),
    "release_drugs": lambda ward, who, patient: release(
        ward.store, who, ward.plan(ward.request()), Cycle(patient=patient, course="c1", cycle=1), password=WRONG
    ),
    "export_record": lambda ward, who, patient: whole_record(ward.store, who, patient),
    "view_audit": lambda ward, who, patient: (
        reports.views_of(ward.store, who, patient), reports.notable(ward.store, who), reports.newest(ward.store, who),
    ),
    "make_backup": lambda ward, who, _: back_up(ward.store, who, ward.store.path.parent / "backups"),
    "manage_accounts": lambda ward, who, _: people.change_account(ward.store, who, 2, active=True),
    "change_settings": lambda ward, who, _: settings.change_setting(ward.store, who, "idle_minutes", 5),
    "change_passphrase": lambda ward, who, _: change_passphrase(ward.store, who, PASSPHRASE, PASSPHRASE, cost=CHEAP),
    "take_emergency_access": lambda ward, who, patient: people.take_emergency_access(
        ward.store, who, patient, "niemand bereikbaar"
    ),
    "change_own_password": lambda ward, who, _: people.change_password(
        ward.store, who, password(who.role), password(who.role), cost=CHEAP
    ),
}  # fmt: skip
"""What the program really calls for an action. Printing, the restore and radiotherapy have tests of their own."""


@pytest.mark.parametrize("action", DOINGS)
def test_the_functions_of_the_program_obey_the_table(ward: Ward, action: str) -> None:
    patient = ward.save("nurse", ward.request()).patient
    for role in ROLES:
        refused = ""
        try:
            DOINGS[action](ward, ward[role], patient)
        except StoreError as error:
            refused = error.code
        assert (refused == "not_allowed") == (role not in PERMISSIONS[action]), (action, role, refused)


@pytest.mark.parametrize("role", [role for role in ROLES if role != "administrator"])
def test_only_an_administrator_restores_a_sound_store(ward: Ward, role: str, tmp_path: Path) -> None:
    made = back_up(ward.store, ward["nurse"], tmp_path / "backups")
    with pytest.raises(StoreError, match="not_allowed"):
        restore(made.path, ward.store.path, ward.store.key, store=ward.store, who=ward[role])
    with pytest.raises(StoreError, match="not_allowed"):
        restore(made.path, ward.store.path, ward.store.key, store=ward.store)
    assert ward.store.read_only == ""


def test_an_idle_seat_locks_and_opens_with_its_own_password_only(ward: Ward) -> None:
    who = ward["nurse"]
    ward.clock.forward(minutes=4, seconds=59)
    require(ward.store, who, "search_patients")
    ward.clock.forward(seconds=1)
    for _ in range(2):
        with pytest.raises(StoreError, match="locked"):
            require(ward.store, who, "search_patients")
    who.touch(ward.clock())
    with pytest.raises(StoreError, match="locked"):
        people.confirm(ward.store, who, password("nurse"))
    with pytest.raises(StoreError, match="not_known"):
        people.unlock(ward.store, who, password("pharmacist"))
    people.unlock(ward.store, who, password("nurse"))
    require(ward.store, who, "search_patients")


def test_a_hand_on_the_seat_keeps_it_open(ward: Ward) -> None:
    who = ward["nurse"]
    for _ in range(5):
        ward.clock.forward(minutes=4)
        who.touch(ward.clock())
    require(ward.store, who, "search_patients")


def test_wrong_passwords_make_one_wait_longer_and_longer(ward: Ward) -> None:
    for _ in range(4):
        with pytest.raises(StoreError, match="not_known"):
            people.sign_in(ward.store, "nurse", "geraden")
    with pytest.raises(StoreError, match="wait"):
        people.sign_in(ward.store, "nurse", password("nurse"))
    ward.clock.forward(seconds=15)
    with pytest.raises(StoreError, match="not_known"):
        people.sign_in(ward.store, "nurse", "geraden")
    ward.clock.forward(seconds=29)
    with pytest.raises(StoreError, match="wait"):
        people.sign_in(ward.store, "nurse", password("nurse"))
    ward.clock.forward(seconds=1)
    assert people.sign_in(ward.store, "nurse", password("nurse")).role == "nurse"


def test_an_unknown_login_and_a_wrong_password_sound_the_same(ward: Ward) -> None:
    for login, typed in (("niemand", "x"), ("nurse", "x")):
        with pytest.raises(StoreError) as told:
            people.sign_in(ward.store, login, typed)
        assert (told.value.code, told.value.values) == ("not_known", {})


def test_an_account_out_of_use_signs_nothing(ward: Ward) -> None:
    people.change_account(ward.store, ward["administrator"], ward["nurse"].account, active=False)
    with pytest.raises(StoreError, match="not_known"):
        people.sign_in(ward.store, "nurse", password("nurse"))
    with pytest.raises(StoreError, match="no_account"):
        people.confirm(ward.store, ward["nurse"], password("nurse"))
    with pytest.raises(StoreError, match="not_allowed"):
        require(ward.store, ward["nurse"], "search_patients")


def test_another_role_holds_at_once(ward: Ward) -> None:
    people.change_account(ward.store, ward["administrator"], ward["pharmacist"].account, role="read_only")
    with pytest.raises(StoreError, match="not_allowed"):
        require(ward.store, ward["pharmacist"], "verify_drugs")


def test_the_last_administrator_stays(ward: Ward) -> None:
    who = ward["administrator"]
    for change in ({"active": False}, {"role": "nurse"}):
        with pytest.raises(StoreError, match="last_administrator"):
            people.change_account(ward.store, who, who.account, **change)


def test_a_password_that_another_gave_must_be_changed_first(ward: Ward) -> None:
    hire(ward.store, ward["administrator"], "nurse", "nieuw", "nr nieuw")
    who = people.sign_in(ward.store, "nieuw", password("nurse"))
    with pytest.raises(StoreError, match="must_change"):
        search_patients(ward.store, who, "voorb")
    people.change_password(ward.store, who, password("nurse"), "een eigen geheim", cost=CHEAP)
    assert search_patients(ward.store, who, "voorb") == ()


def test_one_human_is_one_person_however_many_accounts(ward: Ward) -> None:
    new = people.NewAccount(
        staff_number="nr nurse", name="Voorbeeld nurse", login="tweede", role="pharmacist", password=password("pharmacist")
    )
    people.add_account(ward.store, ward["administrator"], new, cost=CHEAP)
    assert seat(ward.store, "tweede", "pharmacist").person == ward["nurse"].person
    other = people.NewAccount(staff_number="nr nurse", name="Iemand anders", login="derde", role="nurse", password="x" * 10)
    with pytest.raises(StoreError, match="other_name"):
        people.add_account(ward.store, ward["administrator"], other, cost=CHEAP)
    with pytest.raises(StoreError, match="login_taken"):
        people.add_account(ward.store, ward["administrator"], new, cost=CHEAP)


def test_passwords_are_kept_by_argon2id_and_appear_nowhere(ward: Ward) -> None:
    rows = ward.store.raw.execute("SELECT password_hash FROM account").fetchall()
    assert all(row[0].startswith("$argon2id$") for row in rows)
    tables = [row[0] for row in ward.store.raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    queries = [f'SELECT * FROM "{table}"' for table in tables]  # noqa: S608 - the names are those of the schema
    everything = "\n".join(str(row) for query in queries for row in ward.store.raw.execute(query))
    assert not [role for role in ROLES if password(role) in everything]


def test_every_view_of_a_patient_is_noted_and_reported(ward: Ward) -> None:
    patient = ward.save("nurse", ward.request()).patient
    for role in ("pharmacist", "read_only"):
        open_plan(ward.store, ward[role], patient, today=TODAY, library=ward.data.library)
    history.versions(ward.store, ward["prescriber"], patient)
    lines = reports.views_of(ward.store, ward["administrator"], patient)
    assert [(line.action, line.by) for line in reversed(lines)] == [
        ("save_plan", "Voorbeeld nurse"),
        ("view_patient", "Voorbeeld pharmacist"),
        ("view_patient", "Voorbeeld read_only"),
        ("view_history", "Voorbeeld prescriber"),
    ]


def test_emergency_access_opens_one_patient_for_an_hour_and_stands_out(ward: Ward) -> None:
    patient = ward.save("nurse", ward.request()).patient
    who = ward["administrator"]
    with pytest.raises(StoreError, match="reason_short"):
        people.take_emergency_access(ward.store, who, patient, "spoed")
    people.take_emergency_access(ward.store, who, patient, "geen arts bereikbaar, spoed op de zaal")
    open_plan(ward.store, who, patient, today=TODAY, library=ward.data.library)
    with pytest.raises(StoreError, match="not_allowed"):
        open_plan(ward.store, who, patient + 1, today=TODAY, library=ward.data.library)
    assert {"submit_plan", "verify_drugs", "release_drugs", "manage_accounts"}.isdisjoint(EMERGENCY_GRANTS)
    assert reports.views_of(ward.store, who, patient)[0].emergency
    assert "take_emergency_access" in [line.action for line in reports.notable(ward.store, who)]
    ward.clock.forward(minutes=60)
    with pytest.raises(StoreError, match="not_allowed"):
        open_plan(ward.store, ward["administrator"], patient, today=TODAY, library=ward.data.library)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("idle_minutes", 0),
        ("idle_minutes", 61),
        ("idle_minutes", "5"),
        ("idle_minutes", True),
        ("policy", {}),
        ("policy", []),
        ("x", 1),
    ],
)
def test_a_setting_of_another_shape_is_refused(ward: Ward, name: str, value: object) -> None:
    with pytest.raises(StoreError, match="bad_setting"):
        settings.change_setting(ward.store, ward["administrator"], name, value)


def test_a_setting_holds_at_once_and_after_opening_again(ward: Ward) -> None:
    settings.change_setting(ward.store, ward["administrator"], "idle_minutes", 1)
    ward.clock.forward(minutes=1)
    with pytest.raises(StoreError, match="locked"):
        require(ward.store, ward.seats["nurse"], "search_patients")
