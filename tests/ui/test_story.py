"""The main job by real key presses: a new patient, fulvestrant with palbociclib, the calendar, the PDF."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mbc_desktop.ui.main_window import MainWindow


def press(window: MainWindow, keys: str) -> None:
    """Types into whatever has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClicks(widget, keys)


def key(window: MainWindow, name: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    widget = QApplication.focusWidget() or window
    QTest.keyClick(widget, name, modifier)


def tab(window: MainWindow, times: int = 1) -> None:
    for _ in range(times):
        key(window, Qt.Key.Key_Tab)


def focus(widget: QWidget) -> None:
    widget.setFocus()
    QApplication.processEvents()


def enter_patient(window: MainWindow) -> None:
    focus(window.plan_page.facts)
    for text in ("Voorbeeld", "Anna", "0012345", "4/5/1961"):
        press(window, text)
        tab(window)
    key(window, Qt.Key.Key_Down)  # female


def add_course(qtbot: QtBot, window: MainWindow, search: str, start: str) -> str:
    """Types into the search box, takes the first hit with Enter, types the start date; returns the course's id."""
    panel = window.plan_page.courses
    focus(panel.search)
    QTest.keyClicks(panel.search, search)
    qtbot.waitUntil(panel.search.popup.isVisible)
    QTest.keyClick(panel.search.popup, Qt.Key.Key_Return)
    course = window.desk.session.draft.courses[-1].id
    QTest.qWait(20)
    QTest.keyClicks(panel.card(course)._form.start.line, start)  # type: ignore[union-attr]
    return course


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


def test_the_calendar_goes_out_as_pdf_and_the_print_is_remembered(
    qtbot: QtBot, window: MainWindow, answers, tmp_path: Path
) -> None:
    enter_patient(window)
    add_course(qtbot, window, "faslodex", "16/03/2026")
    answers.path = tmp_path / "kalender.pdf"
    assert window.documents.export("patient_calendar")
    assert answers.path.read_bytes().startswith(b"%PDF-")
    entry = window.desk.session.draft.prints[0]
    plan = window.desk.session.plan
    assert plan is not None
    assert (entry.document, entry.fingerprint) == ("patient_calendar", plan.fingerprint)
