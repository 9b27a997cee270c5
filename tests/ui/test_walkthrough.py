"""The five commonest jobs as docs/walkthrough.md tells them, done in the real window and counted: fields typed, the Tab that
leaves each of them, every other key or click."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.panels.drug_course_form import DrugCourseForm
from mbc_desktop.ui.panels.lab_report_dialog import LabReportDialog
from mbc_desktop.ui.printing import Printed

PAGE = Path("docs/walkthrough.md")


@dataclass(slots=True)
class Hands:
    """What a person does, counted."""

    qtbot: QtBot
    window: MainWindow
    fields: int = 0
    leaving: int = 0
    others: int = 0

    def type(self, text: str, *, leave: bool = False) -> None:
        """A field, and perhaps the Tab that leaves it."""
        QTest.keyClicks(self._where(), text)
        self.fields += 1
        if leave:
            QTest.keyClick(self._where(), Qt.Key.Key_Tab)
            self.leaving += 1

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, times: int = 1) -> None:
        """Any other key."""
        for _ in range(times):
            QTest.keyClick(self._where(), key, modifier)
            QApplication.processEvents()
            self.others += 1

    def click(self, target: QWidget, place: object = None) -> None:
        """A click of the mouse."""
        if place is None:
            QTest.mouseClick(target, Qt.MouseButton.LeftButton)
        else:
            QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=place)  # type: ignore[call-overload]
        QApplication.processEvents()
        self.others += 1

    def regimen(self, search: str, start: str) -> None:
        """Ctrl+F, what is looked for, Enter, the start date."""
        self.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        box = self.window.plan_page.courses.search
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is box)
        self.type(search)
        self.qtbot.waitUntil(box.popup.isVisible)
        QTest.keyClick(box.popup, Qt.Key.Key_Return)
        self.others += 1
        card = self.window.plan_page.courses.card(self.window.desk.session.draft.courses[-1].id)
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is card.start_line())
        self.window.activateWindow()
        QApplication.processEvents()
        card.focus_start()
        self.type(start)

    def _where(self) -> QWidget:
        return QApplication.focusWidget() or self.window


def told(job: int) -> tuple[int, int, int]:
    """What the page says of a job: fields, Tabs that leave them, other keys and clicks."""
    (line,) = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith(f"| {job}. ")]
    fields, leaving, others = (int(cell) for cell in re.findall(r"\| *(\d+) *(?=\|)", line))
    return fields, leaving, others


@pytest.fixture
def hands(qtbot: QtBot, window: MainWindow) -> Hands:
    window.desk.preferences.user = "NV"
    window.plan_page.facts.setFocus()
    QApplication.processEvents()
    return Hands(qtbot, window)


def new_patient(hands: Hands) -> None:
    for text in ("Voorbeeld", "Anna", "0012345", "4/5/1961"):
        hands.type(text, leave=True)
    hands.press(Qt.Key.Key_Down)
    # Past the day of the body, weight and height, which these drugs do not need, to the sample.
    hands.press(Qt.Key.Key_Tab, times=4)
    hands.type("12/3/2026", leave=True)
    hands.type("0,85", leave=True)
    hands.press(Qt.Key.Key_Tab)
    hands.type("2,31")
    hands.regimen("kisqali faslodex", "16/3/2026")
    hands.regimen("xgeva", "16/3/2026")
    # What is missing stands in the findings; a click on it leads to its field, where the first letters choose.
    findings = hands.window.plan_page.findings.list
    hands.click(findings.viewport(), findings.visualItemRect(findings.item(0)).center())
    assert QApplication.focusWidget() is hands.window.plan_page.facts.field("facts.menopausal_status")
    hands.type("post")


def test_a_new_patient_with_three_drugs_to_the_printed_calendar(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    printed: list[bytes] = []
    monkeypatch.setattr("mbc_desktop.ui.printing.ask_and_print", lambda contents, *_: printed.extend(contents) or Printed(1, 1))
    new_patient(hands)
    hands.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    # Enter in the printer's own dialog.
    hands.others += 1
    assert len(printed) == 1
    plan = hands.window.desk.session.plan
    assert plan is not None
    assert {one.drug for one in (*plan.administrations, *plan.intakes) if one.role == "treatment"} == {
        "fulvestrant", "ribociclib", "denosumab",
    }  # fmt: skip
    # Nothing stops the plan any more: every dose that is due is released.
    assert [one.code for one in plan.findings if one.severity == "stop"] == []
    assert (hands.fields, hands.leaving, hands.others) == told(1)
    assert hands.fields <= 12
    assert hands.others <= 15


def test_taking_over_in_cycle_seven_needs_at_most_five_more(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mbc_desktop.ui.printing.ask_and_print", lambda *_: Printed(1, 1))
    new_patient(hands)
    courses = hands.window.plan_page.courses
    hands.click(courses.card("c1")._arrow)
    form = courses.card("c1").form
    assert isinstance(form, DrugCourseForm)
    hands.click(form.take_over)
    for edit, text in ((form.cycle, "7"), (form.last_given, "16/2/2026")):
        hands.click(edit.line)
        hands.type(text)
    hands.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    hands.others += 1
    plan = hands.window.desk.session.plan
    assert plan is not None
    assert min(one.cycle for one in plan.administrations if one.drug == "fulvestrant") == 7
    assert (hands.fields, hands.leaving, hands.others) == told(2)
    assert hands.others <= told(1)[2] + 5


def with_fulvestrant(hands: Hands) -> None:
    """A treatment to go on with; what it takes to enter it is another job."""
    for text in ("Voorbeeld", "Anna", "0012345", "4/5/1961"):
        hands.type(text, leave=True)
    hands.press(Qt.Key.Key_Down)
    hands.regimen("faslodex", "16/3/2026")
    hands.fields = hands.leaving = hands.others = 0


def test_an_injection_noted_as_given(hands: Hands) -> None:
    with_fulvestrant(hands)
    page = hands.window.plan_page
    month = page.calendar.month_view
    hands.click(month, month.cells.place_of("c1/fulvestrant/1").center())
    hands.click(page.item_actions.button("given"))
    QTest.keyClick(page.commands.dialog, Qt.Key.Key_Return)
    hands.others += 1
    plan = hands.window.desk.session.plan
    assert plan is not None
    assert plan.administrations[0].status == "given"
    assert (hands.fields, hands.leaving, hands.others) == told(3)


def test_a_cycle_put_off_by_dragging(hands: Hands) -> None:
    with_fulvestrant(hands)
    page = hands.window.plan_page
    month = page.calendar.month_view
    start, end = month.cells.place_of("c1/fulvestrant/2").center(), month.cells.grid.cell(date(2026, 4, 2)).center()
    QTest.mousePress(month, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(month, (start + end) / 2)
    QTest.mouseMove(month, end)
    QTest.mouseRelease(month, Qt.MouseButton.LeftButton, pos=end)
    hands.others += 1
    dialog = page.commands.dialog
    # The list of scopes: a click into it, two steps down to the rest of the treatment.
    hands.click(dialog.scope)
    popup = dialog.scope.view()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(popup, key)
        hands.others += 1
    QApplication.processEvents()
    assert dialog.scope.value() == "rest_of_treatment"
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    hands.others += 1
    event = hands.window.desk.session.draft.events[-1]
    assert (event.kind, event.days, event.scope) == ("delay", 3, "rest_of_treatment")
    assert (hands.fields, hands.leaving, hands.others) == told(4)


def test_values_out_of_a_pasted_report(hands: Hands) -> None:
    with_fulvestrant(hands)
    QGuiApplication.clipboard().setText("Staal van 12/03/2026\nCreatinine 0,85 mg/dL\nCalcium 2,31 mmol/L")
    hands.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    dialog = hands.window.findChild(LabReportDialog)
    assert dialog is not None
    QTest.keyClick(dialog.report, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    hands.others += 1
    hands.click(dialog.take)
    assert {one.kind for one in hands.window.desk.session.draft.measurements} == {"creatinine", "calcium"}
    assert not isinstance(QApplication.focusWidget(), QLineEdit) or dialog.isHidden()
    assert (hands.fields, hands.leaving, hands.others) == told(5)
