"""The treatment while it is entered, as records: what follows from it, and what is kept out."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

from mbc_desktop.core.quantity import Quantity
from mbc_desktop.patient.facts import Measurement
from mbc_desktop.planning.intrathecal import Confirmation, IntrahepaticNote, IntrathecalOrder
from mbc_desktop.planning.request import DrugCourse, RadiotherapyCourse, Request
from mbc_desktop.ui.entry.course_draft import CourseDraft, next_course_id, with_choice
from mbc_desktop.ui.entry.draft import (
    Draft,
    PatientDraft,
    courses_left_out,
    draft_of_request,
    request_of_draft,
    with_broken,
    with_course,
    without_course,
)
from mbc_desktop.ui.entry.history import History
from mbc_desktop.ui.panels.measurement_entry import Entry, kept, latest, previous, shared_date

TODAY = date(2026, 3, 16)
PATIENT = PatientDraft(family_name="Voorbeeld", given_name="Anna", number="0012345", birth_date=date(1961, 5, 4), sex="female")


def weight(kilograms: str, on: date) -> Measurement:
    return Measurement(kind="weight", quantity=Quantity(Decimal(kilograms), "kg"), on=on)


def drug(start: date | None = date(2026, 3, 16), name: str = "c1") -> CourseDraft:
    return CourseDraft(id=name, kind="drug", subject="fulvestrant", start=start)


def test_there_is_no_request_without_birth_date_or_sex() -> None:
    assert request_of_draft(Draft(), today=TODAY) is None
    assert request_of_draft(Draft(patient=replace(PATIENT, sex=None)), today=TODAY) is None
    assert request_of_draft(Draft(patient=PATIENT), today=TODAY) is not None


def test_a_plan_looks_twelve_months_ahead_unless_somebody_chose() -> None:
    request = request_of_draft(Draft(patient=PATIENT), today=TODAY)
    assert request is not None
    assert request.horizon == date(2027, 3, 16)


def test_every_value_of_an_unreadable_kind_stays_out_of_the_plan_but_in_the_file() -> None:
    draft = Draft(patient=PATIENT, measurements=(weight("70", date(2026, 1, 5)), weight("68", date(2026, 3, 1))))
    draft = with_broken(draft, {"measurement.weight.value": "6o"})
    planned = request_of_draft(draft, today=TODAY)
    saved = request_of_draft(draft, today=TODAY, readable_only=False)
    assert planned is not None
    assert saved is not None
    assert planned.measurements == ()
    assert len(saved.measurements) == 2


def test_a_draft_holds_everything_that_a_treatment_file_can_say() -> None:
    """What the draft has no place for is lost when a file is opened and saved."""
    ours = {item.name for item in fields(Draft)}
    assert {item.name for item in fields(Request)} - ours == {"today"}
    course = {item.name for item in fields(CourseDraft)}
    assert {item.name for item in (*fields(DrugCourse), *fields(RadiotherapyCourse))} - course == {"regimen", "scheme"}


def test_orders_into_the_spinal_fluid_and_notes_outlive_opening_and_saving() -> None:
    order = IntrathecalOrder(
        id="i1", drug="methotrexate", dose_mg=Decimal(12), dates=(TODAY,),
        confirmed=(Confirmation(by="NV", on=TODAY, dose_mg=Decimal(12)),),
    )  # fmt: skip
    request = request_of_draft(Draft(patient=PATIENT), today=TODAY)
    assert request is not None
    request = replace(request, intrathecal=(order,), intrahepatic=(IntrahepaticNote(on=TODAY, note="Voorbeeld"),))
    for readable_only in (True, False):
        assert request_of_draft(draft_of_request(request), today=TODAY, readable_only=readable_only) == request


def test_a_course_with_an_unreadable_field_or_without_a_start_is_left_out() -> None:
    draft = Draft(patient=PATIENT, courses=(drug(), drug(None, "c2"), drug(name="c3")))
    draft = with_broken(draft, {"course.c3.start": "31/2/2026"})
    request = request_of_draft(draft, today=TODAY)
    assert request is not None
    assert [course.id for course in request.courses] == ["c1"]
    assert [course.id for course in courses_left_out(draft)] == ["c2", "c3"]


def test_a_free_radiotherapy_course_needs_region_fractions_and_dose() -> None:
    course = CourseDraft(id="c1", kind="radiotherapy", subject="free", start=TODAY)
    assert course.missing() == ("region", "fractions", "dose")
    whole = replace(course, region="bone", fractions=6, dose_gy=Decimal(4))
    assert whole.missing() == ()
    assert whole.course() is not None


def test_removing_a_course_takes_its_unreadable_fields_along() -> None:
    draft = with_broken(with_course(Draft(patient=PATIENT), drug()), {"course.c1.start": "x", "patient.number": "?"})
    assert without_course(draft, "c1").broken == (("patient.number", "?"),)


def test_a_request_comes_back_from_its_draft_unchanged() -> None:
    draft = Draft(patient=PATIENT, measurements=(weight("68", date(2026, 3, 1)),), courses=(drug(),))
    request = request_of_draft(draft, today=TODAY)
    assert request is not None
    assert request_of_draft(draft_of_request(request), today=TODAY) == request


def test_ids_are_used_again_only_when_free_and_a_choice_can_be_taken_back() -> None:
    assert next_course_id((drug(name="c1"), drug(name="c3"))) == "c2"
    chosen = with_choice(drug(), "maintenance_interval", "1 month")
    assert chosen.choices == (("maintenance_interval", "1 month"),)
    assert with_choice(chosen, "maintenance_interval", "").choices == ()


def test_keystrokes_of_one_field_are_undone_together() -> None:
    history = History("")
    for text in ("6", "68"):
        history.change(text, "weight")
    history.change("68, 165", "height")
    assert history.undo()
    assert history.present == "68"
    assert history.undo()
    assert history.present == ""
    assert not history.undo()
    assert history.redo()
    assert history.present == "68"
    history.change("70", "weight")
    assert not history.redo()


def test_a_new_day_adds_a_value_and_the_same_day_replaces_it() -> None:
    base = (weight("70", date(2026, 1, 5)), weight("68", date(2026, 3, 1)))
    added = kept(base, Entry(measurement=weight("67", date(2026, 3, 15)), broken={}))
    assert [str(one.quantity.amount) for one in added] == ["70", "68", "67"]
    replaced = kept(base, Entry(measurement=weight("67", date(2026, 3, 1)), broken={}))
    assert [str(one.quantity.amount) for one in replaced] == ["70", "67"]
    assert kept(base, Entry(measurement=None, broken={"value": "6o"})) == base


def test_the_latest_the_one_before_and_the_day_most_share() -> None:
    base = (weight("68", date(2026, 3, 1)), weight("70", date(2026, 1, 5)))
    assert latest(base) == base[0]
    assert previous(base, base[0]) == base[1]
    assert previous(base, base[1]) is None
    assert shared_date((*base, weight("69", date(2026, 1, 5)))) == date(2026, 1, 5)
    assert shared_date(()) is None
