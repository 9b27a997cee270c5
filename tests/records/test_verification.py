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
from mbc_desktop.planning.request import Event, Measurement, Print, Request, Target
from mbc_desktop.records import history, people
from mbc_desktop.records.acts import SignedIn
from mbc_desktop.records.audit_chain import verify_chain
from mbc_desktop.records.permissions import ROLES
from mbc_desktop.records.plans import note_print, open_plan
from mbc_desktop.records.policy import course_needs
from mbc_desktop.records.release import release_state
from mbc_desktop.records.reports import unreleased_given
from mbc_desktop.records.settings import change_setting
from mbc_desktop.records.signatures import Cycle, state_of, waiting_cycles
from mbc_desktop.records.store import DEFAULTS
from mbc_desktop.records.store_error import StoreError
from mbc_desktop.records.verification import Outcome, asked_for, refuse_verifier, release, submit, verify
from mbc_desktop.records.whole_record import whole_record
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
        name = f"Voorbeeld {chr(97 + number) * 3}"
        treatment = replace(ward.request(), patient=replace(request, number=f"1000{number:03}", family_name=name))
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


LOOKS = {
    "opening": lambda ward, who, patient: open_plan(ward.store, who, patient, today=TODAY, library=ward.data.library),
    "history": lambda ward, who, patient: history.versions(ward.store, who, patient),
    "export": lambda ward, who, patient: whole_record(ward.store, who, patient),
    "print": lambda ward, who, patient: note_print(
        ward.store, who, patient, 1, Print(fingerprint="0" * 64, document="check_sheet", on=TODAY, by="VP")
    ),
}  # fmt: skip


@pytest.mark.parametrize("look", LOOKS)
def test_who_looked_at_the_values_is_not_blind_to_them(bench: Bench, look: str) -> None:
    """Every way on which the first values come before the eyes of the second person; the one for a signature shows none."""
    bench.submit()
    pharmacist = bench.ward["pharmacist"]
    open_plan(bench.ward.store, pharmacist, bench.patient, today=TODAY, library=bench.ward.data.library, blind=True)
    refuse_verifier(bench.ward.store, pharmacist, bench.plan, bench.cycle)
    LOOKS[look](bench.ward, pharmacist, bench.patient)
    for attempt in (
        lambda: refuse_verifier(bench.ward.store, pharmacist, bench.plan, bench.cycle),
        lambda: bench.verify(),
    ):
        with refused("seen_before"):
            attempt()
    assert bench.state == "computed"


def test_a_look_by_somebody_else_or_before_the_values_were_entered_blinds_nobody(bench: Bench) -> None:
    LOOKS["opening"](bench.ward, bench.ward["prescriber"], bench.patient)
    LOOKS["opening"](bench.ward, bench.ward["pharmacist"], bench.patient)
    # All that is asked is entered anew after the look: other weight, height, creatinine and start.
    newer = (measured("weight", "67", "kg"), measured("height", "164", "cm"), measured("creatinine", "0.9", "mg/dL"))
    course = replace(bench.request.courses[0], start=date(2026, 3, 17))
    bench.save(replace(bench.request, measurements=(*bench.request.measurements, *newer), courses=(course,)))
    bench.submit()
    entries = {"weight": "67 kg", "height": "164 cm", "creatinine": "0.9 mg/dL", "cycle": "1", "start": "2026-03-17"}
    assert bench.verify(entries).agreed


def test_one_value_that_was_seen_is_enough(bench: Bench) -> None:
    """The start is still the one that stood on the screen."""
    LOOKS["opening"](bench.ward, bench.ward["pharmacist"], bench.patient)
    newer = (measured("weight", "67", "kg"), measured("height", "164", "cm"), measured("creatinine", "0.9", "mg/dL"))
    bench.save(replace(bench.request, measurements=(*bench.request.measurements, *newer)))
    bench.submit()
    with refused("seen_before"):
        bench.verify({**RIGHT, "weight": "67 kg", "height": "164 cm", "creatinine": "0.9 mg/dL"})


def test_a_second_account_of_the_person_who_looked_is_not_blind_either(bench: Bench) -> None:
    new = people.NewAccount(
        staff_number="nr pharmacist", name="Voorbeeld pharmacist", login="apotheek-2", role="pharmacist", password=password("x")
    )
    people.add_account(bench.ward.store, bench.ward["administrator"], new, cost=CHEAP)
    bench.submit()
    LOOKS["opening"](bench.ward, seat(bench.ward.store, "apotheek-2", "x"), bench.patient)
    with refused("seen_before"):
        bench.verify()


def test_a_ward_may_only_note_that_somebody_had_looked(bench: Bench) -> None:
    change_setting(bench.ward.store, bench.ward["administrator"], "after_seeing", "noted")
    bench.submit()
    LOOKS["opening"](bench.ward, bench.ward["pharmacist"], bench.patient)
    assert bench.verify().agreed
    row = bench.ward.store.raw.execute("SELECT entries FROM approval ORDER BY id DESC LIMIT 1").fetchone()
    assert json.loads(row[0])["seen"] is True


def test_what_waits_for_a_second_person_is_a_list_without_a_value(bench: Bench) -> None:
    ward = bench.ward
    assert waiting_cycles(ward.store, ward["pharmacist"]) == ()
    for step, state in ((bench.submit, "computed"), (bench.verify, "verified")):
        step()
        (line,) = waiting_cycles(ward.store, ward["pharmacist"])
        assert (line.cycle, line.state, line.starts) == (bench.cycle, state, TODAY)
        assert (line.patient.number, "docetaxel" in line.drugs) == ("0012345", True)
        assert not any(value in repr(line) for value in ("68", "165", "0.85", "134 mg"))
    release(ward.store, ward["prescriber"], bench.plan, bench.cycle, password=password("prescriber"))
    assert waiting_cycles(ward.store, ward["pharmacist"]) == ()


def test_a_difference_waits_until_a_third_person_agrees_and_a_voided_cycle_no_longer(bench: Bench) -> None:
    ward = bench.ward
    bench.submit()
    bench.verify({**RIGHT, "weight": "86 kg"})
    assert [line.state for line in waiting_cycles(ward.store, ward["pharmacist"])] == ["difference"]
    hire(ward.store, ward["administrator"], "pharmacist", "derde", "nr 3")
    bench.verify(who=seat(ward.store, "derde", "pharmacist"))
    assert [line.state for line in waiting_cycles(ward.store, ward["pharmacist"])] == ["verified"]
    bench.save(replace(bench.request, measurements=(*bench.request.measurements, measured("weight", "80", "kg"))))
    assert bench.voided == (("c1", 1),)
    assert waiting_cycles(ward.store, ward["pharmacist"]) == ()


def test_what_was_given_without_a_release_is_kept_only_with_a_reason(bench: Bench) -> None:
    """Not released: the saving is refused until somebody says why; then it stands in the chain, and is not asked again."""
    given = replace(bench.request, events=(event("given", given_on=TODAY, amount=Quantity(Decimal("134"), "mg")),))
    bench.submit()
    bench.verify()
    with refused("given_unreleased"):
        bench.save(given)
    saved = bench.ward.save("nurse", given, patient=bench.patient, version=1, why="spoed, arts ter plaatse akkoord")
    entry = bench.ward.store.raw.execute("SELECT entry FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    assert json.loads(entry[0])["details"]["given_unreleased"] == [["c1", 1]]
    bench.request, bench.version = given, saved.version
    bench.save(replace(given, measurements=(*given.measurements, measured("weight", "68", "kg"))))
    assert len(unreleased_given(bench.ward.store, bench.ward["pharmacist"])) == 1


def test_what_was_given_after_its_release_needs_no_reason(bench: Bench) -> None:
    bench.submit()
    bench.verify()
    release(bench.ward.store, bench.ward["prescriber"], bench.plan, bench.cycle, password=password("prescriber"))
    bench.save(replace(bench.request, events=(event("given", given_on=TODAY, amount=Quantity(Decimal("134"), "mg")),)))
    assert unreleased_given(bench.ward.store, bench.ward["pharmacist"]) == ()


def test_what_no_second_person_is_asked_for_is_given_without_a_reason(bench: Bench) -> None:
    nobody = {"classes": [], "routes": [], "radiotherapy": False, "regimens": []}
    change_setting(bench.ward.store, bench.ward["administrator"], "policy", nobody)
    bench.save(replace(bench.request, events=(event("given", given_on=TODAY, amount=Quantity(Decimal("134"), "mg")),)))


def test_a_patient_taken_over_with_doses_given_elsewhere_says_so_once(ward: Ward) -> None:
    given = replace(ward.request(), events=(event("given", given_on=TODAY, amount=Quantity(Decimal("134"), "mg")),))
    with refused("given_unreleased"):
        ward.save("nurse", given)
    assert ward.save("nurse", given, why="overgenomen uit het papieren dossier").version == 1


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


@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE account SET person_id = 3, role = 'pharmacist' WHERE login = 'nurse'",
        "UPDATE person SET name = 'Voorbeeld iemand anders' WHERE staff_number = 'nr nurse'",
        "UPDATE approval SET person_id = 3, account_id = 3 WHERE kind = 'computed'",
        "UPDATE version SET saved_by = 3",
    ],
)
def test_whoever_changes_the_file_to_verify_himself_is_shown_by_the_chain(bench: Bench, forgery: str) -> None:
    """Behind the program anybody with the passphrase can write anything: the seals of the rows say so."""
    bench.submit()
    bench.ward.store.raw.execute(forgery)
    assert {fault.kind for fault in verify_chain(bench.ward.store).faults} == {"row_changed"}


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


SPINAL = """{"format": 1, "language": "nl",
 "patient": {"family_name": "Voorbeeld", "given_name": "Cleo", "number": "0012347", "birth_date": "1958-01-09", "sex": "female"},
 "intrathecal": [{"id": "i1", "drug": "methotrexate", "dose": "12", "unit": "mg", "dates": ["2026-03-16", "2026-03-19"],
  "confirmed": [{"by": "NV", "on": "2026-03-16", "dose": "12"}, {"by": "PB", "on": "2026-03-16", "dose": "12"}]}]}"""


def test_what_goes_into_the_spinal_fluid_is_verified_too(ward: Ward) -> None:
    bench = Bench(ward, ward.request(SPINAL), course="i1")
    state = release_state(ward.store, bench.plan, bench.patient, ward.data.library)
    assert (state.standing, state.waiting) == ("not_released", (("i1", 1),))
    assert asked_for(ward.store, bench.plan, bench.cycle) == ("spinal_dose", "spinal_times", "start")
    right = {"spinal_dose": "12.0", "spinal_times": "2", "start": "2026-03-16"}
    bench.submit()
    with refused("entry_missing"):
        bench.verify({**right, "spinal_dose": ""})
    assert bench.verify(right).agreed
    assert waiting_cycles(ward.store, ward["pharmacist"])[0].drugs == ("methotrexate",)
    release(ward.store, ward["prescriber"], bench.plan, bench.cycle, password=password("prescriber"))
    assert release_state(ward.store, bench.plan, bench.patient, ward.data.library).standing == "released"
    # Another second day is another treatment: each day is written out.
    (order,) = bench.request.intrathecal
    bench.save(replace(bench.request, intrathecal=(replace(order, dates=(date(2026, 3, 16), date(2026, 3, 20))),)))
    assert bench.voided == (("i1", 1),)


@pytest.mark.parametrize(("name", "entered"), [("spinal_dose", "12.1"), ("spinal_times", "3"), ("start", "2026-03-17")])
def test_a_difference_in_what_goes_into_the_spinal_fluid_stops(ward: Ward, name: str, entered: str) -> None:
    bench = Bench(ward, ward.request(SPINAL), course="i1")
    bench.submit()
    right = {"spinal_dose": "12", "spinal_times": "2", "start": "2026-03-16"}
    assert bench.verify({**right, name: entered}).differing == (name,)
    assert bench.state == "difference"


def test_who_saw_the_dose_for_the_spinal_fluid_is_not_blind(ward: Ward) -> None:
    bench = Bench(ward, ward.request(SPINAL), course="i1")
    LOOKS["opening"](ward, ward["pharmacist"], bench.patient)
    bench.submit()
    with refused("seen_before"):
        bench.verify({"spinal_dose": "12", "spinal_times": "2", "start": "2026-03-16"})


def test_a_policy_without_the_spinal_fluid_asks_for_nobody(ward: Ward) -> None:
    change_setting(ward.store, ward["administrator"], "policy", {**DEFAULTS["policy"], "routes": []})  # type: ignore[dict-item]
    bench = Bench(ward, ward.request(SPINAL), course="i1")
    assert release_state(ward.store, bench.plan, bench.patient, ward.data.library).standing == "not_needed"


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
