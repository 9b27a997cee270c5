"""What is saved is what comes back; every saving is a version; the agenda and the search find it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from mbc_desktop.core.quantity import Quantity
from mbc_desktop.planning.comparison.prints import print_of
from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.planning.request import Event, Measurement, Target
from mbc_desktop.records.audit_chain import verify_chain
from mbc_desktop.records.drafts import NEW_PATIENT, drafts_of, drop_draft, keep_draft
from mbc_desktop.records.history import compare_versions, entered_by, plan_of_version, versions
from mbc_desktop.records.patients import agenda, alike, recent_patients, search_patients
from mbc_desktop.records.plans import open_plan, request_of_version
from mbc_desktop.records.store_error import StoreError
from tests.records.conftest import TODAY, Ward

CASES = sorted((Path(__file__).parents[1] / "cases" / "treatments").glob("*.mbc.json"))


def weighed(value: str, on: date) -> Measurement:
    return Measurement(kind="weight", quantity=Quantity(Decimal(value), "kg"), on=on)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_every_worked_treatment_comes_back_as_it_was_saved(ward: Ward, path: Path) -> None:
    request = read_treatment(path.read_text(encoding="utf-8"), today=TODAY, library=ward.data.library)
    saved = ward.save("nurse", request)
    opened = open_plan(ward.store, ward["nurse"], saved.patient, today=request.today, library=ward.data.library)
    assert opened.request == request
    assert verify_chain(ward.store).faults == ()


def test_a_value_added_corrected_and_taken_away_leaves_every_version_as_it_was(ward: Ward) -> None:
    first = ward.request()
    second = replace(first, measurements=(*first.measurements, weighed("67.5", TODAY)))
    third = replace(second, measurements=(*first.measurements, weighed("67", TODAY)))
    fourth = replace(third, measurements=first.measurements[1:])
    saved = ward.save("nurse", first)
    for version, request in enumerate((second, third, fourth), 1):
        ward.save("nurse", request, patient=saved.patient, version=version)
    for version, request in enumerate((first, second, third, fourth), 1):
        known = request_of_version(ward.store, saved.patient, version, today=TODAY, library=ward.data.library)
        assert known == request
    assert verify_chain(ward.store).faults == ()


def test_the_same_treatment_again_makes_no_version(ward: Ward) -> None:
    saved = ward.save("nurse", ward.request())
    assert ward.save("nurse", ward.request(), patient=saved.patient, version=1).version == 1


def test_somebody_who_saved_meanwhile_is_not_overwritten(ward: Ward) -> None:
    request = ward.request()
    saved = ward.save("nurse", request)
    newer = replace(request, measurements=(*request.measurements, weighed("67", TODAY)))
    ward.save("pharmacist", newer, patient=saved.patient, version=1)
    with pytest.raises(StoreError, match="changed_meanwhile"):
        ward.save("nurse", replace(request, measurements=()), patient=saved.patient, version=1)
    assert open_plan(ward.store, ward["nurse"], saved.patient, today=TODAY, library=ward.data.library).request == newer


def test_a_number_belongs_to_one_patient(ward: Ward) -> None:
    ward.save("nurse", ward.request())
    with pytest.raises(StoreError, match="number_taken"):
        ward.save("nurse", ward.request())


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({"number": "0099999", "given_name": "Berta"}, True),
        ({"number": "0099999", "birth_date": date(1970, 1, 1)}, True),
        ({"number": "0099999"}, False),
        ({"given_name": "Anneke", "birth_date": date(1961, 5, 5)}, False),
    ],
)
def test_a_number_and_a_name_or_a_birth_date_are_never_changed_at_once(
    ward: Ward, changed: dict[str, object], refused: bool
) -> None:
    request = ward.request()
    saved = ward.save("nurse", request)
    other = replace(request, patient=replace(request.patient, **changed))  # type: ignore[arg-type]
    if refused:
        with pytest.raises(StoreError, match="another_patient"):
            ward.save("nurse", other, patient=saved.patient, version=1)
        assert [one.number for one in versions(ward.store, ward["nurse"], saved.patient)] == [1]
    else:
        assert ward.save("nurse", other, patient=saved.patient, version=1).version == 2


def test_a_print_is_kept_and_comes_back(ward: Ward) -> None:
    request = ward.request()
    saved = ward.save("nurse", request)
    entry = print_of(ward.plan(request), "patient_calendar", by="V")
    ward.save("nurse", replace(request, prints=(entry,)), patient=saved.patient, version=1)
    opened = open_plan(ward.store, ward["nurse"], saved.patient, today=TODAY, library=ward.data.library)
    assert opened.request.prints == (entry,)
    assert opened.version == 1


@pytest.mark.parametrize("typed", ["voorb", "VOORB ann", "anna voorbeeld", "oorbéé", "001234", "4/5/1961", "1961-05-04"])
def test_a_patient_is_found_as_somebody_types(ward: Ward, typed: str) -> None:
    ward.save("nurse", ward.request())
    assert [line.number for line in search_patients(ward.store, ward["nurse"], typed)] == ["0012345"]


@pytest.mark.parametrize("typed", ["", "  ", "voorbeeld bert", "%", "_", "12345", "5/4/1961"])
def test_nobody_is_found_who_does_not_fit(ward: Ward, typed: str) -> None:
    ward.save("nurse", ward.request())
    assert search_patients(ward.store, ward["nurse"], typed) == ()


def test_patients_who_could_be_mistaken_are_named(ward: Ward) -> None:
    ward.save("nurse", ward.request())
    other = replace(ward.request().patient, number="0099999", given_name="Ana")
    assert [line.number for line in alike(ward.store, ward["nurse"], other)] == ["0012345"]
    assert alike(ward.store, ward["nurse"], replace(other, given_name="Bea")) == ()


def test_recent_patients_are_those_of_this_person(ward: Ward) -> None:
    saved = ward.save("nurse", ward.request())
    assert recent_patients(ward.store, ward["pharmacist"]) == ()
    open_plan(ward.store, ward["pharmacist"], saved.patient, today=TODAY, library=ward.data.library)
    assert [line.id for line in recent_patients(ward.store, ward["pharmacist"])] == [saved.patient]


def test_the_agenda_shows_the_visits_of_the_plan_and_follows_it(ward: Ward) -> None:
    request = ward.request()
    saved = ward.save("nurse", request)
    expected = [(visit.date, visit.unit, visit.items) for visit in ward.plan(request).visits]
    found = agenda(ward.store, ward["nurse"], TODAY, TODAY + timedelta(days=400))
    assert [(line.on, line.unit, line.items) for line in found] == expected
    delay = Event(
        id="e1", kind="delay", course="c1", on=TODAY, by="V", days=7, scope="rest_of_treatment", reason="toxicity",
        target=Target(drug="docetaxel", number=2),
    )  # fmt: skip
    later = replace(request, events=(delay,))
    ward.save("nurse", later, patient=saved.patient, version=1, why="neutropenia")
    expected = [(visit.date, visit.unit, visit.items) for visit in ward.plan(later).visits]
    found = agenda(ward.store, ward["nurse"], TODAY, TODAY + timedelta(days=400))
    assert [(line.on, line.unit, line.items) for line in found] == expected


def test_the_plan_of_any_day_and_what_changed_since(ward: Ward) -> None:
    first = ward.request()
    saved = ward.save("nurse", first)
    ward.clock.forward(days=3)
    later = ward.request(today=date(2026, 3, 19))
    delayed = replace(
        later,
        events=(
            Event(
                id="e1", kind="delay", course="c1", on=date(2026, 3, 19), by="V", days=7, scope="rest_of_treatment",
                reason="organisation", target=Target(drug="docetaxel", number=2),
            ),
        ),
    )  # fmt: skip
    ward.save("pharmacist", delayed, patient=saved.patient, version=1, why="zaal dicht")
    known = versions(ward.store, ward["nurse"], saved.patient)
    assert [(one.by, one.why) for one in known] == [("Voorbeeld nurse", ""), ("Voorbeeld pharmacist", "zaal dicht")]
    assert [one.day for one in known] == [TODAY, date(2026, 3, 19)]
    then = plan_of_version(ward.store, saved.patient, known[0], ward.data)
    assert then.exact
    assert then.plan == ward.plan(first)
    compared = compare_versions(ward.store, saved.patient, *known, ward.data)
    assert [one.number for one in compared.savings] == [2]
    # Cycle 2 was due on 6 April 2026, Easter Monday, so given on the 7th; seven days later is 13 April.
    moved = [change for change in compared.changes if change.drug == "docetaxel" and change.number == 2]
    assert [(change.kind, change.after) for change in moved] == [("date_moved", date(2026, 4, 13))]
    entered = entered_by(ward.store, saved.patient, 2)
    assert [row["kind"] for row in entered.added] == ["delay"]
    assert (entered.removed, entered.parts) == ((), ())


def test_an_older_library_comes_back_out_of_the_store(ward: Ward, tmp_path: Path) -> None:
    import shutil

    from mbc_desktop.records.data_copies import PlanData
    from mbc_desktop.regimen.loader import load_library

    folder = tmp_path / "schedules"
    shutil.copytree(ward.data.folder, folder)
    drug = folder / "drugs" / "docetaxel.toml"
    drug.write_text(drug.read_text(encoding="utf-8") + "# of another day\n", encoding="utf-8")
    request = ward.request()
    saved = ward.save("nurse", request)
    other = PlanData(library=load_library(folder), folder=folder)
    assert other.library.fingerprint != ward.data.library.fingerprint
    then = plan_of_version(ward.store, saved.patient, versions(ward.store, ward["nurse"], saved.patient)[-1], other)
    assert then.exact
    assert then.plan == ward.plan(request)


def test_a_draft_waits_for_the_person_who_was_entering_it(ward: Ward) -> None:
    keep_draft(ward.store, ward["nurse"], NEW_PATIENT, '{"half": "a treatment"}')
    keep_draft(ward.store, ward["nurse"], NEW_PATIENT, '{"half": "another"}')
    assert [kept.content for kept in drafts_of(ward.store, ward["nurse"])] == ['{"half": "another"}']
    assert drafts_of(ward.store, ward["pharmacist"]) == ()
    drop_draft(ward.store, ward["nurse"], NEW_PATIENT)
    assert drafts_of(ward.store, ward["nurse"]) == ()
