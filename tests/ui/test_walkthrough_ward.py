"""Job 6 of docs/walkthrough.md: a cycle verified blind and released, out of the waiting list, by keys alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.pages.patients_page import PatientsPage
from mbc_desktop.ui.records.verification_dialog import VerificationDialog
from mbc_desktop.ui.records.worklist_dialog import WorklistDialog
from tests.ui.hands import Hands, told
from tests.ui.test_patients_page import SECRET, _cheap, enter, hire, page, seat, sign, verification

__all__ = ["_cheap", "page"]


def test_a_cycle_verified_and_released_out_of_the_list(page: PatientsPage, window: MainWindow, qtbot: QtBot) -> None:
    for login, role in (("ann", "nurse"), ("piet", "pharmacist")):
        hire(page, login, role)
    seat(page, "ann")
    enter(page, window)
    verification(page)
    offered = window.findChildren(VerificationDialog)[-1]
    sign(offered)
    offered.reject()
    seat(page, "piet")
    page.worklist()
    worklist = window.findChildren(WorklistDialog)[-1]
    worklist.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is worklist.table)
    hands = Hands(qtbot, window)
    hands.press(Qt.Key.Key_Return)
    dialog = window.findChildren(VerificationDialog)[-1]
    assert dialog is not offered
    assert dialog.form is not None
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.form.lines["weight"])  # type: ignore[union-attr]
    for name, text in (("weight", "68"), ("height", "165"), ("creatinine", "0,85"), ("cycle", "1"), ("start", "16/3/2026")):
        assert QApplication.focusWidget() is dialog.form.lines[name]
        hands.type(text)
        if name == "creatinine":
            hands.press(Qt.Key.Key_Tab)
            hands.press(Qt.Key.Key_Down)
        hands.press(Qt.Key.Key_Tab)
    # The next field is the password; typed once for the comparison, once for the release under the doses.
    hands.enter(SECRET)
    assert worklist.table.rowCount() == 1
    hands.enter(SECRET)
    assert worklist.table.rowCount() == 0
    assert hands.done() == told(6)
