"""Treatments in files of their own: a new one, one from the disk, those that were open last."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from mbc_desktop.ui.look.theme import GRID, larger
from mbc_desktop.ui.override import override

if TYPE_CHECKING:
    from mbc_desktop.ui.main_window import MainWindow

PATH = Qt.ItemDataRole.UserRole


class RecentFiles(QWidget):
    """Enter or a double click opens the file; whatever is opened or begun stands on the plan page."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window
        words = window.words
        heading, self.nothing = QLabel(), QLabel()
        heading.setFont(larger(self.font(), 1))
        self.nothing.setWordWrap(True)
        self.list, self.new, self.open = QListWidget(), QPushButton(), QPushButton()
        words.put(heading, heading.setText, "patient_files.heading")
        words.put(self.nothing, self.nothing.setText, "patient_files.nothing")
        words.put(self.list, self.list.setAccessibleName, "patient_files.recent")
        words.put(self.new, self.new.setText, "patient_files.new")
        words.put(self.open, self.open.setText, "patient_files.open")
        self.list.setWordWrap(True)
        self.list.setSpacing(2)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self.new)
        buttons.addWidget(self.open)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(heading)
        column.addLayout(buttons)
        column.addWidget(self.nothing)
        column.addWidget(self.list, 9)
        column.addStretch(1)
        self.new.clicked.connect(self._begin)
        self.open.clicked.connect(self._choose)
        self.list.itemActivated.connect(lambda item: window.open_file(Path(item.data(PATH))))
        words.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Lists what was open last, newest first."""
        self.list.clear()
        for path in self._window.preferences.recent:
            there = "" if path.exists() else f" ({self._window.words.say('patient_files.gone')})"
            item = QListWidgetItem(f"{path.name}{there}\n{path.parent}", self.list)
            item.setData(PATH, str(path))
        self.list.setVisible(self.list.count() > 0)
        self.nothing.setVisible(self.list.count() == 0)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _begin(self) -> None:
        if self._window.files.new():
            self._window.show_page("plan")
            self._window.plan_page.begin_anew()

    def _choose(self) -> None:
        session = self._window.desk.session
        before = session.path
        self._window.files.open()
        if session.path is not None and session.path != before:
            self._window.show_page("plan")
