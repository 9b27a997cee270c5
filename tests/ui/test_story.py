"""The main job by real key presses: a new patient, fulvestrant with palbociclib, the calendar, the PDF."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.panels.drug_course_form import DrugCourseForm
from mbc_desktop.ui.panels.radiotherapy_form import RadiotherapyForm
from tests.ui.conftest import Answers
from tests.ui.driving import add_course, enter_patient, field, focus, key, press, retype


def test_new_patient_with_fulvestrant_and_palbociclib_sees_every_date(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    patient = window.desk.session.draft.patient
    assert (patient.family_name, patient.given_name, patient.number) == ("Voorbeeld", "Anna", "0012345")
    assert patient.birth_date == date(1961, 5, 4)
    assert patient.sex == "female"
    course = add_course(qtbot, window, "Ibrance Faslodex", "16/3/2026")
    plan = window.desk.session.plan
    assert plan is not None
    # Day 1, day 15 = 16 + 14 = 30 March, day 29 = 16 March + 28 = 13 April, then every 28 days: 11 May, 8 June.
    dates = [one.due for one in plan.administrations if one.course == course and one.drug == "fulvestrant"]
    assert dates[:5] == [date(2026, 3, 16), date(2026, 3, 30), date(2026, 4, 13), date(2026, 5, 11), date(2026, 6, 8)]
    # 21 days from 16 March end on 5 April, 7 days of rest on 12 April.
    first = next(one for one in plan.intakes if one.drug == "palbociclib")
    assert (first.first, first.last, first.rest) == (date(2026, 3, 16), date(2026, 4, 5), (date(2026, 4, 6), date(2026, 4, 12)))
    shown = window.plan_page.calendar.month_view.cells.days
    assert "fulvestrant" in [item.subject for item in shown[date(2026, 3, 30)].items]
    assert [band.subject for band in shown[date(2026, 3, 20)].bands] == ["palbociclib"]


def test_values_typed_from_field_to_field_give_the_dose_of_zoledronic_acid(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    focus(field(window, "group.body"))
    for text in ("12/3/2026", "68", "165", "12/3/2026", "0,85"):
        press(text)
        key(Qt.Key.Key_Tab)
    course = add_course(qtbot, window, "Zolendronaat", "18/3/2026")
    plan = window.desk.session.plan
    assert plan is not None
    # (140 - 64) x 68 x 0.85 / (72 x 0.85) = 76 x 68 / 72 = 71.77..., shown rounded down: above 60, so the full 4 mg.
    clearance = next(one for one in plan.derived if one.id == "crcl_cockcroft_gault")
    assert clearance.value == "71.7"
    given = next(one for one in plan.administrations if one.course == course)
    assert given.dose is not None
    assert given.dose.amount.text() == "4 mg"


def test_an_arrow_and_enter_lead_from_the_calendar_into_the_inspector(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    add_course(qtbot, window, "faslodex", "16/3/2026")
    month = window.plan_page.calendar.month_view
    focus(month)
    QTest.keyClick(month, Qt.Key.Key_Down)
    QTest.keyClick(month, Qt.Key.Key_Down)
    assert window.desk.selection.day == date(2026, 3, 30)
    QTest.keyClick(month, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert window.desk.selection.item == "c1/fulvestrant/2"
    assert "500" in window.plan_page.inspector.toPlainText()
    QTest.keyClick(month, Qt.Key.Key_Return)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    # The first entry of what can be done with it is chosen already: reading the calculation.
    QTest.keyClick(menu, Qt.Key.Key_Return)
    window.activateWindow()
    qtbot.waitUntil(window.plan_page.inspector.hasFocus)
    QTest.keyClick(window.plan_page.inspector, Qt.Key.Key_Escape)
    assert month.hasFocus()


def test_a_click_on_an_administration_shows_its_steps_and_lights_its_window(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    add_course(qtbot, window, "faslodex", "16/3/2026")
    month = window.plan_page.calendar.month_view
    place = month.cells.place_of("c1/fulvestrant/2").center()
    QTest.mouseClick(month, Qt.MouseButton.LeftButton, pos=place)
    assert window.desk.selection.item == "c1/fulvestrant/2"
    # Fulvestrant may move three days either way.
    assert month.lit == (date(2026, 3, 27), date(2026, 4, 2))


def test_the_calendar_goes_out_as_pdf_and_the_print_is_remembered(
    qtbot: QtBot, window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    enter_patient(window)
    add_course(qtbot, window, "faslodex", "16/03/2026")
    for document in ("patient_calendar", "check_sheet"):
        answers.path = tmp_path / f"{document}.pdf"
        assert window.documents.export(document)
        assert answers.path.read_bytes().startswith(b"%PDF-")
    plan = window.desk.session.plan
    assert plan is not None
    prints = window.desk.session.draft.prints
    assert [one.document for one in prints] == ["patient_calendar", "check_sheet"]
    assert {one.fingerprint for one in prints} == {plan.fingerprint}
    assert window.desk.session.dirty


def test_nothing_is_exported_without_a_plan_or_without_two_identifiers(
    qtbot: QtBot, window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    answers.path = tmp_path / "kalender.pdf"
    assert not window.documents.export("patient_calendar")
    enter_patient(window)
    add_course(qtbot, window, "faslodex", "16/03/2026")
    retype(field(window, "patient.number"), "")
    assert not window.documents.export("patient_calendar")
    assert len(answers.told) == 2
    assert not answers.path.exists()


def test_a_free_radiotherapy_course_shows_its_total(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    course = add_course(qtbot, window, "vrij schema", "4/5/2026")
    key(Qt.Key.Key_Tab)
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Tab)
    press("6")
    key(Qt.Key.Key_Tab)
    press("4")
    draft = window.desk.session.draft.courses[-1]
    assert (draft.id, draft.region, draft.fractions, str(draft.dose_gy)) == (course, "bone", 6, "4")
    plan = window.desk.session.plan
    assert plan is not None
    # Monday 4 to Friday 8 May are open, the sixth fraction falls on Monday 11 May.
    assert [one.date for one in plan.fractions][-1] == date(2026, 5, 11)
    form = window.plan_page.courses.card(course).form
    assert isinstance(form, RadiotherapyForm)
    assert "24" in form.total.text()


def test_a_running_treatment_is_taken_over_in_cycle_seven(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    course = add_course(qtbot, window, "faslodex", "16/3/2026")
    form = window.plan_page.courses.card(course).form
    assert isinstance(form, DrugCourseForm)
    form.take_over.click()
    retype(form.cycle, "7")
    retype(form.last_given, "16/2/2026")
    plan = window.desk.session.plan
    assert plan is not None
    given = [one for one in plan.administrations if one.course == course]
    # No loading again: maintenance every 28 days from the start, 16 March + 28 = 13 April.
    assert [one.due for one in given][:2] == [date(2026, 3, 16), date(2026, 4, 13)]
    assert given[0].cycle == 7
