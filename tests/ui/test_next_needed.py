"""Enter leads to the next thing that is still needed, never past something wrong; several courses begin on one day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mbc_desktop.ui.entry.needed_fields import needed_fields
from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.panels.drug_course_form import DrugCourseForm
from mbc_desktop.ui.panels.start_together import StartTogether
from mbc_desktop.ui.panels.window_keys import WindowKeys
from mbc_desktop.ui.widgets.typed_edit import TypedEdit
from tests.ui.driving import add_course, enter_patient, field, focus, key, press

ENTER = Qt.Key.Key_Return


def has_keyboard(window: MainWindow, name: str) -> bool:
    here = QApplication.focusWidget()
    return here is not None and (here is field(window, name) or field(window, name).isAncestorOf(here))


def add_together(qtbot: QtBot, window: MainWindow, search: str) -> StartTogether:
    """Several courses out of one search, the keyboard in the start date of the first."""
    panel = window.plan_page.courses
    focus(panel.search)
    QTest.keyClicks(panel.search, search)
    qtbot.waitUntil(panel.search.popup.isVisible)
    QTest.keyClick(panel.search.popup, ENTER)
    card = panel.card("c1")
    qtbot.waitUntil(lambda: QApplication.focusWidget() is card.start_line())
    window.activateWindow()
    QApplication.processEvents()
    card.focus_part("start")
    assert card.form is not None
    assert card.form.together is not None
    return card.form.together


def test_an_empty_treatment_asks_who_it_is_and_then_what_is_given(window: MainWindow) -> None:
    focus(window.plan_page.facts)
    for text, after in (("Voorbeeld", "patient.given_name"), ("Anna", "patient.number"), ("0012345", "patient.birth_date")):
        press(text)
        key(ENTER)
        assert has_keyboard(window, after)
    press("4/5/1961")
    key(ENTER)
    assert has_keyboard(window, "patient.sex")
    press("v")
    key(ENTER)
    assert QApplication.focusWidget() is window.plan_page.courses.search
    # Nothing is looked for, so Enter goes on to nothing: the box itself is all that is needed.
    assert needed_fields(window.desk.session).first == {"search"}


def test_enter_stays_with_what_cannot_be_read(window: MainWindow) -> None:
    focus(field(window, "patient.birth_date"))
    press("31/2/1961")
    key(ENTER)
    assert has_keyboard(window, "patient.birth_date")


def test_an_unusual_value_leads_to_its_reason_and_only_then_on(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    add_course(qtbot, window, "zometa", "16/3/2026")
    focus(field(window, "group.body"))
    press("12/3/2026")
    key(ENTER)
    assert has_keyboard(window, "measurement.weight")
    # 199 kg is possible and rare: it waits for a reason.
    press("199")
    weight = field(window, "measurement.weight")
    assert isinstance(weight, TypedEdit)
    assert weight.reading().verdict == "warn"
    key(ENTER)
    assert QApplication.focusWidget() is weight.confirmation.choice
    key(ENTER)
    assert QApplication.focusWidget() is weight.confirmation.choice
    key(Qt.Key.Key_Down)
    key(ENTER)
    assert weight.reason_given()
    assert has_keyboard(window, "measurement.height") or has_keyboard(window, "group.laboratory")


def test_the_day_of_a_value_is_asked_for_before_the_value(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    add_course(qtbot, window, "xgeva", "16/3/2026")
    key(ENTER)
    assert has_keyboard(window, "group.laboratory")
    press("12/3/2026")
    key(ENTER)
    assert has_keyboard(window, "measurement.calcium")


def test_what_is_left_empty_is_left_and_the_rest_comes_after(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    add_course(qtbot, window, "xgeva", "16/3/2026")
    key(ENTER)
    key(ENTER)
    key(ENTER)
    # Past the day and the calcium, which nobody knows yet, to the dental check; then to what would make the picture whole.
    assert has_keyboard(window, "facts.dental_check_on")
    key(ENTER)
    assert has_keyboard(window, "group.body")
    key(ENTER)
    key(ENTER)
    assert has_keyboard(window, "measurement.creatinine")
    key(ENTER)
    here = QApplication.focusWidget()
    assert here is not None
    assert window.plan_page.calendar.isAncestorOf(here)


def test_tab_keeps_to_the_order_of_the_form(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    add_course(qtbot, window, "xgeva", "16/3/2026")
    focus(field(window, "group.laboratory"))
    key(Qt.Key.Key_Tab)
    assert has_keyboard(window, "measurement.creatinine")


def test_a_medicine_that_resembles_another_is_asked_about(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    add_course(qtbot, window, "docetaxel", "16/3/2026")
    key(ENTER)
    form = window.plan_page.courses.card("c1").form
    assert isinstance(form, DrugCourseForm)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is form.look_alikes.first_open())


def test_courses_found_together_begin_on_one_day_in_one_step(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    together = add_together(qtbot, window, "faslodex xgeva")
    assert together.isChecked()
    assert "denosumab" in together.text()
    press("16/3/2026")
    session = window.desk.session
    assert [one.start for one in session.draft.courses] == [date(2026, 3, 16)] * 2
    session.undo()
    assert [one.start for one in session.draft.courses] == [None, None]
    session.undo()
    assert session.draft.courses == ()


def test_a_day_that_cannot_be_read_holds_for_none_of_them(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    add_together(qtbot, window, "faslodex xgeva")
    press("16/3/2026")
    press("7")
    assert [one.start for one in window.desk.session.draft.courses] == [None, None]


def test_a_day_of_its_own_takes_the_tick_away(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    together = add_together(qtbot, window, "faslodex xgeva")
    press("16/3/2026")
    session, panel = window.desk.session, window.plan_page.courses
    second = next(one for one in session.draft.courses if one.id == "c2")
    from mbc_desktop.ui.entry.draft import with_course

    session.change(with_course(session.draft, replace(second, start=date(2026, 3, 23))))
    assert not together.isChecked()
    form = panel.card("c1").form
    assert form is not None
    form.start.line.setText("17/3/2026")
    assert [one.start for one in session.draft.courses] == [date(2026, 3, 17), date(2026, 3, 23)]
    # Ticked again by hand, it holds for both at once.
    together.click()
    assert [one.start for one in session.draft.courses] == [date(2026, 3, 17)] * 2


def test_another_card_shows_the_day_that_came_with_the_first(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    add_together(qtbot, window, "faslodex xgeva")
    press("16/3/2026")
    panel = window.plan_page.courses
    panel._toggle("c2")
    panel._toggle("c1")
    first = panel.card("c1").form
    assert first is not None
    first.start.line.setText("17/3/2026")
    panel._toggle("c2")
    second = panel.card("c2").form
    assert second is not None
    assert second.start.text() == "17/3/2026" or second.start.value() == date(2026, 3, 17)


def test_another_patient_is_never_moved_by_the_tick_of_the_one_before(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    together = add_together(qtbot, window, "faslodex xgeva")
    press("16/3/2026")
    request = window.desk.session.request()
    assert request is not None
    window.desk.session.open(request, None)
    form = window.plan_page.courses.card("c1").form
    assert form is not None
    form.start.line.setText("17/3/2026")
    assert [one.start for one in window.desk.session.draft.courses] == [date(2026, 3, 17), date(2026, 3, 16)]
    assert together.isHidden()


@pytest.mark.parametrize(("letter", "window_has_it"), [("D", True), ("E", True), ("K", True), ("Z", True), ("C", False)])
def test_a_command_of_the_window_is_no_move_of_the_cursor(window: MainWindow, letter: str, window_has_it: bool) -> None:
    """A Linux desktop offers Ctrl+E, Ctrl+K and Ctrl+D to a line of text first, as end of line, delete to the end, delete."""
    search = window.plan_page.courses.search
    keys = search.findChild(WindowKeys)
    assert keys is not None
    assert window.plan_page.facts.findChild(WindowKeys) is not None
    asked = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key[f"Key_{letter}"], Qt.KeyboardModifier.ControlModifier)
    assert keys.eventFilter(search, asked) is window_has_it
