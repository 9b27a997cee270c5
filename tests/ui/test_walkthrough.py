"""The commonest jobs as docs/walkthrough.md tells them, done in the real window and counted: fields typed, and every other key or
click, each Tab and Enter too."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.panels.drug_course_form import DrugCourseForm
from mbc_desktop.ui.panels.lab_report_dialog import LabReportDialog
from mbc_desktop.ui.panels.radiotherapy_form import RadiotherapyForm
from mbc_desktop.ui.panels.regimen_field import RegimenField
from mbc_desktop.ui.paper.printing import Printed
from tests.ui.hands import Hands, told


@pytest.fixture
def hands(qtbot: QtBot, window: MainWindow) -> Hands:
    window.desk.preferences.user = "NV"
    window.plan_page.facts.setFocus()
    QApplication.processEvents()
    return Hands(qtbot, window)


def who(hands: Hands) -> None:
    """Names, number, birth date, sex; Enter goes on from each, and from the last to the search."""
    for text in ("Voorbeeld", "Anna", "0012345", "4/5/1961", "v"):
        hands.enter(text)
    assert hands.window.desk.session.draft.patient.sex == "female"


def what_is_needed(hands: Hands) -> None:
    """Enter leads from one to the next: sample, calcium and the laboratory's lower limit, menopause, dental check."""
    for text in ("12/3/2026", "2,31", "2,15", "post"):
        hands.enter(text)
    hands.type("10/2/2026")


def printed(hands: Hands) -> None:
    hands.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    # Enter in the printer's own dialog.
    hands.keys += 1


def test_a_new_patient_with_three_drugs_to_the_printed_calendar(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    sheets: list[bytes] = []
    monkeypatch.setattr(
        "mbc_desktop.ui.paper.printing.ask_and_print", lambda contents, *_: sheets.extend(contents) or Printed(1, 1)
    )
    who(hands)
    hands.search("kisqali faslodex xgeva")
    hands.enter("16/3/2026")
    what_is_needed(hands)
    printed(hands)
    assert len(sheets) == 1
    plan = hands.window.desk.session.plan
    assert plan is not None
    assert {one.drug for one in (*plan.administrations, *plan.intakes) if one.role == "treatment"} == {
        "fulvestrant", "ribociclib", "denosumab",
    }  # fmt: skip
    assert {one.start for one in hands.window.desk.session.draft.courses} == {date(2026, 3, 16)}
    # Nothing holds the plan any more, and no check waits for a fact: every dose that is due is released.
    assert [one.code for one in plan.findings if one.severity in ("stop", "caution")] == []
    assert hands.done() == told(1)
    assert hands.fields <= 12
    assert hands.keys <= 15


def test_taking_over_in_cycle_seven_needs_at_most_five_more(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mbc_desktop.ui.paper.printing.ask_and_print", lambda *_: Printed(1, 1))
    who(hands)
    hands.search("kisqali faslodex xgeva")
    hands.type("16/3/2026")
    form = hands.window.plan_page.courses.card("c1").form
    assert isinstance(form, DrugCourseForm)
    hands.press(Qt.Key.Key_O, Qt.KeyboardModifier.AltModifier)
    hands.qtbot.waitUntil(lambda: QApplication.focusWidget() is form.cycle.line)
    hands.enter("7")
    hands.qtbot.waitUntil(lambda: QApplication.focusWidget() is form.last_given.line)
    hands.enter("16/2/2026")
    what_is_needed(hands)
    printed(hands)
    plan = hands.window.desk.session.plan
    assert plan is not None
    assert min(one.cycle for one in plan.administrations if one.drug == "fulvestrant") == 7
    assert hands.done() == told(2)
    assert hands.keys <= told(1)[1] + 5


def with_fulvestrant(hands: Hands) -> None:
    """A treatment to go on with; what it takes to enter it is another job."""
    who(hands)
    hands.search("faslodex")
    hands.type("16/3/2026")
    hands.fields = hands.keys = 0


def test_an_injection_noted_as_given(hands: Hands) -> None:
    with_fulvestrant(hands)
    page = hands.window.plan_page
    month = page.calendar.month_view
    hands.click(month, month.cells.place_of("c1/fulvestrant/1").center())
    hands.click(page.item_actions.button("given"))
    QTest.keyClick(page.commands.dialog, Qt.Key.Key_Return)
    hands.keys += 1
    plan = hands.window.desk.session.plan
    assert plan is not None
    assert plan.administrations[0].status == "given"
    assert hands.done() == told(3)


def test_a_cycle_put_off_by_dragging(hands: Hands) -> None:
    with_fulvestrant(hands)
    page = hands.window.plan_page
    month = page.calendar.month_view
    start, end = month.cells.place_of("c1/fulvestrant/2").center(), month.cells.grid.cell(date(2026, 4, 2)).center()
    QTest.mousePress(month, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(month, (start + end) / 2)
    QTest.mouseMove(month, end)
    QTest.mouseRelease(month, Qt.MouseButton.LeftButton, pos=end)
    hands.keys += 1
    dialog = page.commands.dialog
    # The list of scopes: a click into it, two steps down to the rest of the treatment.
    hands.click(dialog.scope)
    popup = dialog.scope.view()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(popup, key)
        hands.keys += 1
    QApplication.processEvents()
    assert dialog.scope.value() == "rest_of_treatment"
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    hands.keys += 1
    event = hands.window.desk.session.draft.events[-1]
    assert (event.kind, event.days, event.scope) == ("delay", 3, "rest_of_treatment")
    assert hands.done() == told(4)


def test_values_out_of_a_pasted_report(hands: Hands) -> None:
    with_fulvestrant(hands)
    QGuiApplication.clipboard().setText("Staal van 12/03/2026\nCreatinine 0,85 mg/dL\nCalcium 2,31 mmol/L")
    hands.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    dialog = hands.window.findChild(LabReportDialog)
    assert dialog is not None
    QTest.keyClick(dialog.report, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    hands.keys += 1
    hands.click(dialog.take)
    assert {one.kind for one in hands.window.desk.session.draft.measurements} == {"creatinine", "calcium"}
    assert not isinstance(QApplication.focusWidget(), QLineEdit) or dialog.isHidden()
    assert hands.done() == told(5)


def test_an_irradiation_added_on_its_region(hands: Hands) -> None:
    who(hands)
    hands.fields = hands.keys = 0
    hands.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    hands.search("10x3")
    # Enter leads to what is still missing: the region.
    hands.enter("16/3/2026")
    form = hands.window.plan_page.courses.card("c1").form
    assert isinstance(form, RadiotherapyForm)
    hands.qtbot.waitUntil(lambda: QApplication.focusWidget() is form.region)
    hands.press(Qt.Key.Key_Down)
    plan = hands.window.desk.session.plan
    assert plan is not None
    assert len(plan.fractions) == 10
    assert hands.done() == told(7)


def test_a_drug_into_a_vein_replaced_by_the_one_under_the_skin(hands: Hands) -> None:
    who(hands)
    hands.search("herceptin 3 weken")
    hands.type("2/3/2026")
    hands.fields = hands.keys = 0
    page = hands.window.plan_page
    month = page.calendar.month_view
    hands.click(month, month.cells.place_of("c1/trastuzumab/2").center())
    hands.press(Qt.Key.Key_Return)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    (entry,) = [action for action in menu.actions() if action.text() == "Vervangen door een ander schema…"]
    menu.close()
    entry.trigger()
    hands.keys += 1
    dialog = page.commands.dialog
    found = dialog.fields.widgets["regimen"]
    assert isinstance(found, RegimenField)
    hands.qtbot.waitUntil(lambda: QApplication.focusWidget() is found)
    hands.type("herceptin sc")
    hands.qtbot.waitUntil(found.popup.isVisible)
    QTest.keyClick(found.popup, Qt.Key.Key_Return)
    hands.keys += 1
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    hands.keys += 1
    assert [one.kind for one in hands.window.desk.session.draft.events] == ["replace"]
    assert hands.done() == told(8)
