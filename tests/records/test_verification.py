"""Two people: what the second enters blind, what a difference stops, what voids a signature, and that nobody verifies himself."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from mbc_desktop.core.quantity import Quantity
from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.request import Event, Measurement, Request, Target
from mbc_desktop.records import people
from mbc_desktop.records.acts import SignedIn
from mbc_desktop.records.audit_chain import verify_chain
from mbc_desktop.records.permissions import ROLES
from mbc_desktop.records.policy import course_needs
from mbc_desktop.records.release import release_state
from mbc_desktop.records.settings import change_setting
from mbc_desktop.records.store import DEFAULTS
from mbc_desktop.records.store_error import StoreError
from mbc_desktop.records.verification import Cycle, Outcome, asked_for, release, state_of, submit, verify
from tests.records.conftest import CHEAP, TODAY, Ward, hire, password, seat

RIGHT = {"weight": "68 kg", "height": "165 cm", "creatinine": "0.85 mg/dL", "cycle": "1", "start": "2026-03-16"}
RADIOTHERAPY = """{"format": 1, "language": "nl",
 "patient": {"family_name": "Voorbeeld", "given_name": "Bea", "number": "0012346", "birth_date": "1961-05-04", "sex": "female"},
 "courses": [{"id": "r1", "radiotherapy": "10x3", "start": "2026-03-30", "region": "bone", "choices": {"emergency": "no"}}]}"""


class Bench:
    """One patient's treatment on its way through the signatures."""

    def __init__(self, ward: Ward, request: Request, course: str = "c1") -> None:
        self.ward, self.request = ward, request
        saved = ward.save("nurse", request)
        self.patient, self.version = saved.patient, saved.version
        self.cycle = Cycle(patient=self.patient, course=course, cycle=1)
        self.voided: tuple[tuple[str, int], ...] = ()

    @property
    def plan(self) -> Plan:
        return self.ward.plan(self.request)

    @property
    def state(self) -> str:
        return state_of(self.ward.store, self.cycle)

    def save(self, request: Request, role: str = "nurse") -> None:
        saved = self.ward.save(role, request, patient=self.patient, version=self.version)
        self.request, self.version, self.voided = request, saved.version, saved.voided

    def submit(self, role: str = "nurse") -> None:
        submit(self.ward.store, self.ward[role], self.plan, self.cycle, password=password(role))

    def verify(self, entries: dict[str, str] = RIGHT, role: str = "pharmacist", who: SignedIn | None = None) -> Outcome:
        return verify(self.ward.store, who or self.ward[role], self.plan, self.cycle, entries, password=password(role))

    def release(self, role: str = "pharmacist") -> None:
        release(self.ward.store, self.ward[role], self.plan, self.cycle, password=password(role))

    def all_of_it(self) -> None:
        self.submit()
        assert self.verify().agreed
        self.release()
        assert self.state == "released"


@pytest.fixture
def bench(ward: Ward) -> Bench:
    return Bench(ward, ward.request())


def second_pharmacist(ward: Ward) -> SignedIn:
    hire(ward.store, ward["administrator"], "pharmacist", "apotheker2", "nr apotheker2")
    return seat(ward.store, "apotheker2", "pharmacist")


def refused(code: str) -> object:
    return pytest.raises(StoreError, match=f"^{code}")


def measured(kind: str, value: str, unit: str, on: date = TODAY) -> Measurement:
    return Measurement(kind=kind, quantity=Quantity(Decimal(value), unit), on=on)


def test_from_draft_to_released(bench: Bench) -> None:
    states = [bench.state]
    bench.submit()
    states.append(bench.state)
    assert bench.verify() == Outcome(agreed=True)
    states.append(bench.state)
    bench.release()
    states.append(bench.state)
    assert states == ["draft", "computed", "verified", "released"]
    assert verify_chain(bench.ward.store).faults == ()


def test_at_cycle_1_everything_critical_is_asked_and_no_value_is_told(bench: Bench) -> None:
    asked = asked_for(bench.ward.store, bench.plan, bench.cycle)
    assert asked == ("weight", "height", "creatinine", "cycle", "start")
    assert all(isinstance(name, str) and not any(sign.isdigit() for sign in name) for name in asked)


@pytest.mark.parametrize(
    ("name", "entered", "agreed"),
    [
        ("weight", "68.0 kg", True), ("weight", "67.9 kg", False), ("weight", "68.1 kg", False), ("weight", "86 kg", False),
        ("height", "165 cm", True), ("height", "156 cm", False),
        # 0.85 mg/dL x 88.4 = 75.14 umol/L; the laboratory prints 75, and 75 / 88.4 = 0.848..., in two decimals 0.85.
        ("creatinine", "75 umol/L", True), ("creatinine", "75.14 umol/L", True),
        # 74.7 / 88.4 = 0.84502 (0.85); 74.6 / 88.4 = 0.84389 (0.84); 75.6 / 88.4 = 0.8552 (0.86); 75.5 / 88.4 = 0.85407 (0.85).
        ("creatinine", "74.7 umol/L", True), ("creatinine", "74.6 umol/L", False),
        ("creatinine", "75.5 umol/L", True), ("creatinine", "75.6 umol/L", False),
        ("creatinine", "0.58 mg/dL", False), ("creatinine", "0.85 umol/L", False),
        ("cycle", "1", True), ("cycle", "2", False),
        ("start", "2026-03-16", True), ("start", "2026-03-17", False),
    ],
)  # fmt: skip
def test_a_blind_entry_agrees_only_when_it_says_the_same(bench: Bench, name: str, entered: str, agreed: bool) -> None:
    bench.submit()
    outcome = bench.verify({**RIGHT, name: entered})
    assert outcome == Outcome(agreed=agreed, differing=() if agreed else (name,))
    assert bench.state == ("verified" if agreed else "difference")


@pytest.mark.parametrize("entries", [{}, {**RIGHT, "weight": ""}, {**RIGHT, "weight": "68"}, {**RIGHT, "start": "16/03/2026"}])
def test_an_entry_that_is_missing_or_unreadable_signs_nothing(bench: Bench, entries: dict[str, str]) -> None:
    bench.submit()
    with refused("entry_missing"):
        bench.verify(entries)
    assert bench.state == "computed"


def test_a_difference_stops_and_the_same_two_cannot_lift_it(bench: Bench) -> None:
    bench.submit()
    assert bench.verify({**RIGHT, "weight": "76 kg"}).differing == ("weight",)
    for _ in range(2):
        with refused("same_two"):
            bench.verify()
    with refused("wrong_step"):
        bench.release()
    # Not even by changing the first entry to what the second one typed, and submitting again.
    bench.save(replace(bench.request, measurements=(*bench.request.measurements, measured("weight", "76", "kg"))))
    bench.submit()
    assert bench.state == "difference"
    with refused("same_two"):
        bench.verify({**RIGHT, "weight": "76 kg"})
    third = second_pharmacist(bench.ward)
    assert bench.verify({**RIGHT, "weight": "76 kg"}, who=third).agreed
    assert bench.state == "verified"


def test_a_third_person_answers_a_difference_without_a_change(bench: Bench) -> None:
    bench.submit()
    bench.verify({**RIGHT, "weight": "86 kg"})
    third = second_pharmacist(bench.ward)
    assert not bench.verify({**RIGHT, "height": "156 cm"}, who=third).agreed
    with refused("same_two"):
        bench.verify(who=third)
    hire(bench.ward.store, bench.ward["administrator"], "pharmacist", "apotheker3", "nr apotheker3")
    assert bench.verify(who=seat(bench.ward.store, "apotheker3", "pharmacist")).agreed


@pytest.mark.parametrize("step", ["submit", "verify", "release"])
def test_each_signature_asks_for_the_password_anew(bench: Bench, step: str) -> None:
    ward = bench.ward
    if step != "submit":
        bench.submit()
    if step == "release":
        bench.verify()
    before = bench.state
    with refused("not_known"):
        if step == "submit":
            submit(ward.store, ward["nurse"], bench.plan, bench.cycle, password=password("pharmacist"))
        elif step == "verify":
            verify(ward.store, ward["pharmacist"], bench.plan, bench.cycle, RIGHT, password=password("nurse"))
        else:
            release(ward.store, ward["pharmacist"], bench.plan, bench.cycle, password="")
    assert bench.state == before


def test_no_pair_of_roles_lets_one_person_verify_or_release_alone(ward: Ward) -> None:
    """Every role that may submit, with every second account of the same person: no way through."""
    for number, (first, second) in enumerate(itertools.product(("nurse", "pharmacist", "prescriber", "radiotherapy"), ROLES)):
        login = f"tweede-{number}"
        new = people.NewAccount(
            staff_number=f"nr {first}", name=f"Voorbeeld {first}", login=login, role=second, password=password(second)
        )
        people.add_account(ward.store, ward["administrator"], new, cost=CHEAP)
        request = ward.request().patient
        treatment = replace(ward.request(), patient=replace(request, number=f"1000{number:03}"))
        patient = ward.save(first, treatment).patient
        cycle, plan = Cycle(patient=patient, course="c1", cycle=1), ward.plan(treatment)
        submit(ward.store, ward[first], plan, cycle, password=password(first))
        for who in (ward[first], seat(ward.store, login, second)):
            with pytest.raises(StoreError, match=r"not_allowed|self_verification"):
                verify(ward.store, who, plan, cycle, RIGHT, password=password(who.role))
        if first != "pharmacist":
            verify(ward.store, ward["pharmacist"], plan, cycle, RIGHT, password=password("pharmacist"))
            for who in (ward[first], seat(ward.store, login, second)):
                with pytest.raises(StoreError, match=r"not_allowed|self_verification"):
                    release(ward.store, who, plan, cycle, password=password(who.role))
        assert state_of(ward.store, cycle) != "released"


def test_who_saved_the_values_does_not_verify_them_though_another_submitted(bench: Bench) -> None:
    bench.save(replace(bench.request, measurements=(*bench.request.measurements, measured("weight", "67", "kg"))), "pharmacist")
    bench.submit("nurse")
    with refused("self_verification"):
        bench.verify({**RIGHT, "weight": "67 kg"})


def test_who_gave_an_account_its_password_is_not_verified_by_it(bench: Bench) -> None:
    ward = bench.ward
    hire(ward.store, ward["administrator"], "administrator", "beheer2", "nr prescriber2")
    admin = seat(ward.store, "beheer2", "administrator")
    new = people.NewAccount(
        staff_number="nr prescriber2",
        name="Voorbeeld nr prescriber2",
        login="arts2",
        role="prescriber",
        password=password("prescriber"),
    )
    people.add_account(ward.store, ward["administrator"], new, cost=CHEAP)
    doctor = seat(ward.store, "arts2", "prescriber")
    submit(ward.store, doctor, bench.plan, bench.cycle, password=password("prescriber"))
    people.reset_password(ward.store, admin, ward["pharmacist"].account, password("pharmacist"), cost=CHEAP)
    pharmacist = seat(ward.store, "pharmacist", "pharmacist")
    with refused("self_verification"):
        bench.verify(who=pharmacist)


def test_a_forged_seat_is_refused(bench: Bench) -> None:
    bench.submit()
    forged = replace(bench.ward["nurse"], role="pharmacist", person=bench.ward["pharmacist"].person)
    with refused("not_allowed"):
        bench.verify(role="nurse", who=forged)


def test_only_what_is_saved_is_signed(bench: Bench) -> None:
    bench.request = replace(bench.request, measurements=(*bench.request.measurements, measured("weight", "67", "kg")))
    with refused("not_saved_yet"):
        bench.submit()


def test_what_changed_after_submitting_is_submitted_again(bench: Bench) -> None:
    bench.submit()
    bench.save(replace(bench.request, measurements=(*bench.request.measurements, measured("creatinine", "0.9", "mg/dL"))))
    with refused("touched"):
        bench.verify()
    bench.submit()
    assert bench.verify({**RIGHT, "creatinine": "0.9 mg/dL"}).agreed


def test_a_cycle_without_a_dose_is_not_submitted(ward: Ward) -> None:
    bench = Bench(ward, replace(ward.request(), measurements=()))
    with refused("not_ready"):
        bench.submit()


def event(kind: str, **fields: object) -> Event:
    filled: dict[str, object] = {
        "id": f"e-{kind}",
        "course": "c1",
        "on": TODAY,
        "by": "V",
        "target": Target(drug="docetaxel", number=1),
    }
    return Event(kind=kind, **(filled | fields))  # type: ignore[arg-type]


VOIDS = [
    ("dose level", [event("dose_level", level="1", scope="rest_of_treatment", reason="toxicity")], True),
    ("typed dose", [event("dose", amount=Quantity(Decimal("120"), "mg"), scope="this", reason="prescriber")], True),
    ("day 1 later", [event("delay", days=7, scope="rest_of_treatment", reason="organisation")], True),
    ("moved", [event("move", to=date(2026, 3, 17), reason="organisation")], True),
    ("omitted", [event("omit", scope="this", reason="toxicity")], True),
    ("ceased", [event("cease", day=TODAY, target=Target(), reason="progression")], True),
    ("given", [event("given", given_on=TODAY, amount=Quantity(Decimal("134"), "mg"))], False),
    ("given otherwise", [event("given", given_on=TODAY, amount=Quantity(Decimal("130"), "mg"))], False),
    ("given later", [event("given", given_on=date(2026, 3, 18), on=date(2026, 3, 18))], False),
    (
        "the next one later",
        [event("delay", days=7, scope="this", reason="patient", target=Target(drug="docetaxel", number=2))],
        False,
    ),
]


@pytest.mark.parametrize(("events", "voids"), [(events, voids) for _, events, voids in VOIDS], ids=[name for name, *_ in VOIDS])
def test_what_voids_a_release_is_drug_dose_route_and_day_1(bench: Bench, events: list[Event], voids: bool) -> None:
    bench.all_of_it()
    late = any(one.on > TODAY for one in events)
    bench.request = replace(bench.request, today=date(2026, 3, 18)) if late else bench.request
    bench.save(replace(bench.request, events=tuple(events)))
    assert (bench.state == "draft") == voids
    assert bench.voided == ((("c1", 1),) if voids else ())


def test_a_note_an_absence_and_a_value_that_changes_no_dose_void_nothing(bench: Bench) -> None:
    bench.all_of_it()
    noted = event("given", given_on=TODAY, note="linkerarm")
    bench.save(replace(bench.request, events=(noted,)))
    bench.save(replace(bench.request, events=(replace(noted, note="rechterarm"),)))
    bench.save(replace(bench.request, measurements=(*bench.request.measurements, measured("calcium", "2.3", "mmol/L"))))
    assert bench.state == "released"


def test_a_value_that_changes_the_dose_voids_a_released_cycle(bench: Bench) -> None:
    bench.all_of_it()
    bench.save(replace(bench.request, measurements=(*bench.request.measurements, measured("weight", "80", "kg"))))
    assert bench.state == "draft"
    row = bench.ward.store.raw.execute("SELECT entries FROM approval WHERE kind = 'voided'").fetchone()
    assert json.loads(row[0]) == {"touched": ["dose"], "was": "released"}


def test_another_route_or_another_drug_voids(bench: Bench) -> None:
    bench.all_of_it()
    course = replace(bench.request.courses[0], regimen="vinorelbine-iv", choices=())
    bench.save(replace(bench.request, courses=(course,)))
    assert bench.state == "draft"


def test_later_cycles_ask_only_for_what_changed(bench: Bench) -> None:
    bench.all_of_it()
    bench.cycle = replace(bench.cycle, cycle=2)
    assert asked_for(bench.ward.store, bench.plan, bench.cycle) == ()
    later = date(2026, 4, 3)
    bench.ward.clock.forward(days=18)
    fresh = (measured("neutrophils", "2.5", "10^9/L", later), measured("platelets", "200", "10^9/L", later))
    values = (*bench.request.measurements, measured("weight", "66", "kg", later), *fresh)
    given = event("given", given_on=TODAY)
    bench.save(replace(bench.request, today=later, horizon=date(2027, 4, 3), measurements=values, events=(given,)))
    assert asked_for(bench.ward.store, bench.plan, bench.cycle) == ("weight",)
    bench.submit()
    assert not bench.verify({"weight": "68 kg"}).agreed


def test_an_unchanged_cycle_is_confirmed_by_a_second_person_with_a_signature(bench: Bench) -> None:
    bench.all_of_it()
    bench.cycle = replace(bench.cycle, cycle=2)
    bench.submit()
    with refused("self_verification"):
        _nurse_as_pharmacist(bench)
    assert bench.verify({}).agreed
    bench.release()
    assert bench.state == "released"


def _nurse_as_pharmacist(bench: Bench) -> None:
    new = people.NewAccount(
        staff_number="nr nurse", name="Voorbeeld nurse", login="ook", role="pharmacist", password=password("pharmacist")
    )
    people.add_account(bench.ward.store, bench.ward["administrator"], new, cost=CHEAP)
    bench.verify({}, who=seat(bench.ward.store, "ook", "pharmacist"))


def test_radiotherapy_is_verified_by_radiotherapy_and_nobody_else(ward: Ward) -> None:
    bench = Bench(ward, ward.request(RADIOTHERAPY), course="r1")
    assert asked_for(ward.store, bench.plan, bench.cycle) == ("start", "fractions", "fraction_dose")
    right = {"start": "2026-03-30", "fractions": "10", "fraction_dose": "3"}
    bench.submit("prescriber")
    for role in ("pharmacist", "nurse", "prescriber", "administrator", "read_only"):
        with refused("not_allowed"):
            bench.verify(right, role)
    assert bench.verify({**right, "fraction_dose": "3.0"}, "radiotherapy").agreed
    with refused("not_allowed"):
        bench.release("pharmacist")
    bench.release("radiotherapy")
    assert bench.state == "released"


def test_a_clock_set_back_signs_nothing(bench: Bench) -> None:
    bench.ward.clock.forward(minutes=-3)
    with refused("clock_back"):
        bench.submit()


def test_sheets_say_what_the_store_knows(bench: Bench) -> None:
    ward, library = bench.ward, bench.ward.data.library
    assert release_state(ward.store, bench.plan, None, library).standing == "not_released"
    waiting = release_state(ward.store, bench.plan, bench.patient, library)
    assert (waiting.standing, waiting.waiting) == ("not_released", (("c1", 1),))
    bench.all_of_it()
    done = release_state(ward.store, bench.plan, bench.patient, library)
    assert (done.standing, done.verified_by) == ("released", ("Voorbeeld pharmacist",))
    assert done.audit_head.startswith(f"{ward.store.head().seq}-")
    heavier = replace(bench.request, measurements=(*bench.request.measurements, measured("weight", "80", "kg")))
    assert release_state(ward.store, ward.plan(heavier), bench.patient, library).standing == "not_released"


def test_the_policy_names_what_needs_a_second_person(ward: Ward) -> None:
    library, policy = ward.data.library, DEFAULTS["policy"]
    assert isinstance(policy, dict)
    docetaxel = ward.request().courses[0]
    fulvestrant = replace(docetaxel, regimen="fulvestrant", choices=())
    radiotherapy = ward.request(RADIOTHERAPY).courses[0]
    assert course_needs(docetaxel, library, policy)
    assert course_needs(radiotherapy, library, policy)
    assert not course_needs(fulvestrant, library, policy)
    assert course_needs(fulvestrant, library, {**policy, "regimens": ["fulvestrant"]})
    assert course_needs(fulvestrant, library, {**policy, "routes": ["IM"]})
    assert course_needs(fulvestrant, library, {**policy, "classes": ["endocrine"]})
    assert not course_needs(radiotherapy, library, {**policy, "radiotherapy": False})
    request = replace(ward.request(), courses=(fulvestrant,))
    assert release_state(ward.store, ward.plan(request), None, library).standing == "not_needed"
    change_setting(ward.store, ward["administrator"], "policy", {**policy, "regimens": ["fulvestrant"]})
    assert release_state(ward.store, ward.plan(request), None, library).standing == "not_released"
