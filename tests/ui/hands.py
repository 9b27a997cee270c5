"""What a person's hands do in the window, counted: fields typed, and every key or click beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mbc_desktop.ui.main_window import MainWindow

PAGE = Path("docs/walkthrough.md")


@dataclass(slots=True)
class Hands:
    """A Tab and an Enter are keys like any other."""

    qtbot: QtBot
    window: MainWindow
    fields: int = 0
    keys: int = 0

    def type(self, text: str) -> None:
        """A field, into whatever has the keyboard."""
        QTest.keyClicks(self._where(), text)
        self.fields += 1

    def enter(self, text: str) -> None:
        """A field and the Enter that leaves it."""
        self.type(text)
        self.press(Qt.Key.Key_Return)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, times: int = 1) -> None:
        """A key, perhaps more than once."""
        for _ in range(times):
            QTest.keyClick(self._where(), key, modifier)
            QApplication.processEvents()
            self.keys += 1

    def click(self, target: QWidget, place: QPoint | None = None) -> None:
        """A click of the mouse."""
        QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=place or target.rect().center())
        QApplication.processEvents()
        self.keys += 1

    def search(self, text: str) -> None:
        """What is looked for in the box that has the keyboard, and Enter; the keyboard is then in the start date."""
        box, before = self.window.plan_page.courses.search, len(self.window.desk.session.draft.courses)
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is box)
        self.type(text)
        self.qtbot.waitUntil(box.popup.isVisible)
        QTest.keyClick(box.popup, Qt.Key.Key_Return)
        self.keys += 1
        card = self.window.plan_page.courses.card(self.window.desk.session.draft.courses[before].id)
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is card.start_line())
        # Without a window manager nobody gives the keyboard back to the window when the list of hits has closed.
        self.window.activateWindow()
        QApplication.processEvents()
        card.focus_part("start")

    def done(self) -> tuple[int, int]:
        """Fields and keys so far."""
        return self.fields, self.keys

    def _where(self) -> QWidget:
        return QApplication.focusWidget() or self.window


def told(job: int) -> tuple[int, int]:
    """What the page says of a job: fields, keys and clicks."""
    (line,) = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith(f"| {job}. ")]
    fields, keys = (int(cell) for cell in re.findall(r"\| *(\d+) *(?=\|)", line))
    return fields, keys
