"""What only a treatment file could say until now is entered and changed in the window, and looking loses nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mbc_desktop.core.quantity import UNITS, Quantity
from mbc_desktop.patient.facts import EarlierDrug
from mbc_desktop.planning.files.treatment_checks import is_radiotherapy_choice
from mbc_desktop.ui.entry.draft import with_course
from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.panels.more_sections import HORIZON, DaysSection, HistorySection
from mbc_desktop.ui.panels.radiotherapy_form import RadiotherapyForm
from mbc_desktop.ui.panels.record_list import RecordList
from mbc_desktop.ui.widgets.choice_box import ChoiceBox
from mbc_desktop.ui.widgets.quantity_edit import QuantityEdit
from mbc_desktop.ui.widgets.typed_edit import TypedEdit
from tests.ui.driving import add_course, enter_patient, retype

IRRADIATED = {
    "format": 1,
    "patient": {
        "family_name": "Voorbeeld", "given_name": "Anna", "number": "0012345", "birth_date": "1961-05-04", "sex": "female",
    },
    "history": [{"drug": "mitoxantrone", "cumulative": "60", "unit": "mg", "until": "2020-05-05"}],
    "courses": [
        {"id": "c1", "radiotherapy": "3x9", "start": "2026-03-16", "region": "spine", "level": "T8",
         "choices": {"days": "Mon Wed Fri", "cord_dmax_gy": "17.5", "min_gap_days": "9"}},
        {"id": "c2", "radiotherapy": "4x12", "start": "2026-03-16", "region": "lung", "choices": {"lung_location": "central"}},
        {"id": "c3", "radiotherapy": "10x3", "start": "2026-03-16", "region": "bone",
         "choices": {"nailing_on": "2026-03-02", "nailing_wait_days": "21"}},
    ],
}  # fmt: skip


def choose(box: ChoiceBox, value: str) -> None:
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def forms(window: MainWindow) -> dict[str, RadiotherapyForm]:
    for course in window.desk.session.draft.courses:
        window.desk.selection.select_course(course.id)
    return {form._id: form for form in window.plan_page.courses.findChildren(RadiotherapyForm)}


def choices(window: MainWindow, course: str = "c1") -> dict[str, str]:
    return dict(next(one.choices for one in window.desk.session.draft.courses if one.id == course))


def opened(window: MainWindow, tmp_path: Path, content: object = IRRADIATED) -> None:
    path = tmp_path / "bestraling.mbc.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    window.open_file(path)


def drugs_of(window: MainWindow) -> RecordList[object, object]:
    part = next(one for one in window.plan_page.facts.more if isinstance(one, HistorySection))
    if not part.built:
        part.heading.click()
    return part.drugs  # type: ignore[return-value]


def test_the_highest_dose_on_the_cord_is_entered_where_the_cord_is_near(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    add_course(qtbot, window, "3x9", "16/3/2026")
    form = forms(window)["c1"]
    assert form._cord.isHidden()
    choose(form.region, "brain")
    assert form._cord.isHidden()
    choose(form.region, "spine")
    assert not form._cord.isHidden()
    retype(form._cord, "20,3")
    assert choices(window)["cord_dmax_gy"] == "20.3"
    plan = window.desk.session.plan
    assert plan is not None
    # HyTEC: 20.3 Gy in three fractions is the limit and is not above it; a tenth more is.
    assert "cord-dmax-within-limit" in {one.code for one in plan.findings}
    retype(form._cord, "20,4")
    plan = window.desk.session.plan
    assert plan is not None
    assert "cord-dmax-above-limit" in {one.code for one in plan.findings}
    retype(form._cord, "0,5")
    assert window.desk.session.draft.text_of("course.c1.cord_dmax_gy") == "0,5"
    retype(form._cord, "")
    assert "cord_dmax_gy" not in choices(window)


def test_where_in_the_lung_a_lesion_lies_is_chosen(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    add_course(qtbot, window, "4x12", "16/3/2026")
    form = forms(window)["c1"]
    box = form._boxes["lung_location"]
    choose(form.region, "lung")
    assert not box.isHidden()
    codes = lambda: {one.code for one in window.desk.session.plan.findings}  # type: ignore[union-attr] # noqa: E731
    assert "lung-location-question" in codes()
    choose(box, "peripheral")
    assert choices(window)["lung_location"] == "peripheral"
    assert "lung-location-question" not in codes()
    choose(box, "central")
    assert "scheme-not-for-location" in codes()


def test_the_days_after_nailing_are_asked_with_its_day(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    add_course(qtbot, window, "10x3", "16/3/2026")
    form = forms(window)["c1"]
    choose(form.region, "bone")
    assert form._nailing_wait.isHidden()
    retype(form._nailing, "2/3/2026")
    assert not form._nailing_wait.isHidden()
    codes = lambda: {one.code for one in window.desk.session.plan.findings}  # type: ignore[union-attr] # noqa: E731
    # 2 March and 14 days is 16 March: not too early; with 15 days it is.
    assert "too-early-after-nailing" not in codes()
    retype(form._nailing_wait, "15")
    assert choices(window)["nailing_wait_days"] == "15"
    assert "too-early-after-nailing" in codes()
    retype(form._nailing_wait, "61")
    assert "nailing_wait_days" not in choices(window)


def test_a_file_of_radiotherapy_shows_all_it_says_and_keeps_it(window: MainWindow, tmp_path: Path) -> None:
    opened(window, tmp_path)
    shown = forms(window)
    assert (shown["c1"]._cord.text(), shown["c1"]._boxes["min_gap_days"].value()) == ("17,5", "9")
    assert shown["c2"]._boxes["lung_location"].value() == "central"
    assert shown["c3"]._nailing_wait.text() == "21"
    for number, course in enumerate(IRRADIATED["courses"]):  # type: ignore[arg-type]
        assert choices(window, f"c{number + 1}") == course["choices"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("days", "Mon Thu"), ("per_week", "2"), ("min_gap_days", "14"), ("holiday", "substitute"), ("emergency", "yes"),
        ("drug_sequence_confirmed", "yes"), ("technique", "conventional"), ("field", "bowel"), ("lung_location", "central"),
        ("cord_dmax_gy", "12.4"), ("nailing_on", "2026-03-02"), ("nailing_wait_days", "21"),
    ],
)  # fmt: skip
def test_every_choice_of_a_file_has_a_field_that_shows_it(window: MainWindow, tmp_path: Path, key: str, value: str) -> None:
    """One that is not named here fails in the next test."""
    daily = key in ("emergency", "nailing_on", "nailing_wait_days")
    scheme, region = ("10x3", "bone") if daily else ("4x12", "lung") if key == "lung_location" else ("3x9", "spine")
    course = {"id": "c1", "radiotherapy": scheme, "start": "2026-03-16", "region": region, "choices": {key: value}}
    opened(window, tmp_path, IRRADIATED | {"courses": [course]})
    form = forms(window)["c1"]
    if key in form._boxes:
        assert form._boxes[key].value() == value
    elif key == "days":
        assert [day for day, tick in form._days.items() if tick.isChecked()] == ["Mon", "Thu"]
    elif key == "field":
        assert [name for name, tick in form._inside._ticks.items() if tick.isChecked()] == ["bowel"]
    else:
        edit = {"cord_dmax_gy": form._cord, "nailing_on": getattr(form, "_nailing", None)} | (
            {"nailing_wait_days": form._nailing_wait} if daily else {}
        )
        shown = edit[key]
        assert isinstance(shown, TypedEdit)
        assert shown.text() == {"cord_dmax_gy": "12,4", "nailing_on": "02/03/2026", "nailing_wait_days": "21"}[key]
        assert isinstance(shown, QuantityEdit) or key == "nailing_on"


def test_no_choice_was_forgotten_above() -> None:
    source = is_radiotherapy_choice.__code__.co_consts
    known = {one for one in source if isinstance(one, str)} | {
        part for one in source if isinstance(one, tuple) for part in one if isinstance(part, str)
    }
    keys = {name for name in known if "_" in name or name in ("days", "holiday", "emergency", "technique", "field")}
    marked = test_every_choice_of_a_file_has_a_field_that_shows_it.pytestmark[0].args[1]  # type: ignore[attr-defined]
    assert keys == {key for key, _ in marked}


def test_an_earlier_drug_that_the_library_does_not_have_is_entered_by_name(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    add_course(qtbot, window, "epirubicine", "16/3/2026")
    records = drugs_of(window)
    records.add_button.click()
    fields = records.dialog.fields.widgets
    other, drug, amount = fields["other"], fields["drug"], fields["cumulative"]
    assert isinstance(other, TypedEdit)
    assert isinstance(drug, ChoiceBox)
    assert isinstance(amount, TypedEdit)
    assert not records.dialog.ok.isEnabled()
    retype(other, "mitoxantrone")
    assert records.dialog.ok.isEnabled()
    # Two names at once are no answer.
    choose(drug, "epirubicin")
    assert not records.dialog.ok.isEnabled()
    choose(drug, "")
    retype(amount, "60")
    QTest.mouseClick(records.dialog.ok, Qt.MouseButton.LeftButton)
    assert window.desk.session.draft.history == (EarlierDrug(drug="mitoxantrone", cumulative=Quantity(Decimal(60), "mg/m2")),)
    plan = window.desk.session.plan
    assert plan is not None
    # What it counts for is not known here: no dose, and the finding says what to do.
    assert "anthracycline-not-counted" in {one.code for one in plan.findings}


def test_a_name_and_a_unit_of_a_file_survive_being_looked_at(window: MainWindow, tmp_path: Path) -> None:
    opened(window, tmp_path)
    records = drugs_of(window)
    records._open(0)
    QTest.mouseClick(records.dialog.ok, Qt.MouseButton.LeftButton)
    kept = EarlierDrug(drug="mitoxantrone", until=date(2020, 5, 5), cumulative=Quantity(Decimal(60), "mg"))
    assert window.desk.session.draft.history == (kept,)


def test_the_last_day_of_the_plan_is_chosen_and_kept(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    enter_patient(window)
    add_course(qtbot, window, "faslodex", "16/3/2026")
    days = next(one for one in window.plan_page.facts.more if isinstance(one, DaysSection))
    days.heading.click()
    edit = days.fields[HORIZON]
    assert isinstance(edit, TypedEdit)
    retype(edit, "30/6/2026")
    plan = window.desk.session.plan
    assert plan is not None
    assert plan.request.horizon == date(2026, 6, 30)
    assert window.files._write(tmp_path / "bewaard.mbc.json")
    assert json.loads((tmp_path / "bewaard.mbc.json").read_text(encoding="utf-8"))["horizon"] == "2026-06-30"
    retype(edit, "")
    plan = window.desk.session.plan
    assert plan is not None
    assert plan.request.horizon == date(2027, 3, 16)


def test_a_sum_on_the_cord_names_the_irradiation_not_its_id(window: MainWindow, tmp_path: Path) -> None:
    earlier = {"radiotherapy": "10x3", "region": "spine", "level": "T8", "until": "2025-01-30"}
    opened(window, tmp_path, IRRADIATED | {"history": [earlier]})
    window.desk.selection.clear()
    shown = window.plan_page.inspector.toPlainText()
    # 17.5 Gy in three fractions: 5.83 Gy each.
    assert "5,83" in shown
    assert "3 × 9" in shown
    assert "c1" not in shown


def test_every_unit_that_is_offered_for_an_earlier_drug_is_one(window: MainWindow) -> None:
    enter_patient(window)
    records = drugs_of(window)
    records.add_button.click()
    box = records.dialog.fields.widgets["unit"]
    assert isinstance(box, ChoiceBox)
    offered = [box.itemData(row) for row in range(box.count()) if box.itemData(row)]
    assert offered
    assert set(offered) <= set(UNITS)
    records.dialog.reject()


def test_a_radiotherapy_course_is_pinned_to_its_scheme(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    course = add_course(qtbot, window, "10x3", "16/3/2026")
    form = window.plan_page.courses.card(course).form
    assert isinstance(form, RadiotherapyForm)
    form.region.setCurrentIndex(form.region.findData("bone"))
    form.region.chosen.emit("bone")
    form.pin.click()
    session, library = window.desk.session, window.desk.session.library
    assert library is not None
    (drafted,) = session.draft.courses
    assert drafted.pin is not None
    assert (drafted.pin.version, drafted.pin.sha256) == ("1", library.hashes["radiotherapy/10x3.toml"])
    assert session.plan is not None
    assert [one.code for one in session.plan.findings if one.code.startswith("library-")] == []
    # What the scheme was is not what it is: somebody has to look.
    other = replace(drafted, pin=replace(drafted.pin, sha256="0" * 64))
    session.change(with_course(session.draft, other), refill=True)
    assert session.plan is not None
    assert [one.code for one in session.plan.findings if one.code.startswith("library-")] == ["library-changed"]
    assert form.pin.isChecked()
    form.pin.click()
    assert session.draft.courses[0].pin is None
