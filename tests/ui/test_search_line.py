"""The arrows choose among the hits of a search while the keyboard stays in its line."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.pages.patients_page import PatientsPage
from mbc_desktop.ui.widgets.search_line import SearchLine


@pytest.mark.usefixtures("qapp")
def test_the_arrows_choose_among_the_hits_and_typing_goes_on(qtbot: QtBot) -> None:
    """Two patients of one name: Down did nothing, and Enter opened the first."""
    hits = QListWidget()
    line = SearchLine(hits)
    qtbot.addWidget(hits)
    qtbot.addWidget(line)
    hits.addItems(["Voorbeeld Anna 0012354", "Voorbeeld Anna 0012345"])
    hits.setCurrentRow(0)
    rows = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up):
        QTest.keyClick(line, key)
        rows.append(hits.currentRow())
    assert rows == [1, 1, 0, 0]
    QTest.keyClicks(line, "voor")
    assert line.text() == "voor"


@pytest.mark.usefixtures("qapp")
def test_arrows_over_no_hits_do_nothing(qtbot: QtBot) -> None:
    hits = QListWidget()
    line = SearchLine(hits)
    qtbot.addWidget(hits)
    qtbot.addWidget(line)
    QTest.keyClick(line, Qt.Key.Key_Down)
    assert hits.currentRow() == -1


def test_patients_are_searched_with_such_a_line(window: MainWindow) -> None:
    window.show_page("patients")
    page = window.findChild(PatientsPage)
    assert page is not None
    assert isinstance(page.search, SearchLine)
    page.found.addItems(["a", "b"])
    page.found.setCurrentRow(0)
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    assert page.found.currentRow() == 1
