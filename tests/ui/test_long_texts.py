"""No word is cut off where it has a place of its own: names of pages, buttons and labels in every language, on a ward screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.texts import complete_languages
from mbc_desktop.ui.main_window import PAGES, MainWindow
from mbc_desktop.ui.widgets.rail import RailButton


def cut_off(window: MainWindow) -> list[str]:
    """The texts that need more room than they have."""
    QApplication.processEvents()
    found = []
    for button in (*window.findChildren(QPushButton), *window.findChildren(QToolButton), *window.findChildren(RailButton)):
        pictured = isinstance(button, QToolButton) and not button.icon().isNull()
        if button.isVisible() and button.text() and not pictured and not (isinstance(button, QPushButton) and button.isFlat()):
            needed = button.fontMetrics().horizontalAdvance(button.text().replace("&", ""))
            if needed > button.width():
                found.append(f"button: {button.text()}")
    for label in window.findChildren(QLabel):
        if label.isVisible() and label.text() and label.textFormat() != Qt.TextFormat.RichText:
            if label.wordWrap():
                # Of a text that wraps, no single word may be wider than its place.
                widest = max((label.fontMetrics().horizontalAdvance(word) for word in label.text().split()), default=0)
            else:
                widest = max((label.fontMetrics().horizontalAdvance(line) for line in label.text().splitlines()), default=0)
            if widest > label.width() + 1:
                found.append(f"label: {label.text()}")
    return found


@pytest.mark.parametrize("language", complete_languages())
def test_nothing_is_cut_off_on_a_ward_screen(qtbot: QtBot, window: MainWindow, language: str) -> None:
    session, library = window.desk.session, window.desk.session.library
    assert library is not None
    text = Path("resources/example/voorbeeld.mbc.json").read_text(encoding="utf-8")
    session.open(read_treatment(text, today=session.today, library=library, obey_today=False), None)
    window.use_language(next(one for one in complete_languages() if one == language))
    session.open(read_treatment(text, today=session.today, library=library, obey_today=False), None)
    poor = {}
    for page in PAGES:
        window.show_page(page)
        if found := cut_off(window):
            poor[page] = found
    assert poor == {}
    banner = window.findChildren(QLabel)
    assert banner
