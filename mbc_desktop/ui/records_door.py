"""The way to the patients page: what the records need takes longer to load than a blink, so it is loaded beside the window."""

from __future__ import annotations

import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from mbc_desktop.ui.look.theme import GRID

if TYPE_CHECKING:
    from mbc_desktop.ui.main_window import MainWindow


def records_page(window: MainWindow, name: str) -> QWidget:
    """The page under this name, or a door that turns into it as soon as its modules are there."""
    return _made(window, name) if "mbc_desktop.ui.pages.patients_page" in sys.modules else RecordsDoor(window, name)


def _made(window: MainWindow, name: str) -> QWidget:
    from mbc_desktop.ui.pages.patients_page import PatientsPage

    page = PatientsPage(window)
    page.setObjectName(name)
    return page


class RecordsDoor(QWidget):
    """Says that it takes a moment; `opened` once the page stands in its place."""

    opened = Signal()
    _loaded = Signal()

    def __init__(self, window: MainWindow, name: str) -> None:
        super().__init__()
        self._window, self._name = window, name
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._told = QLabel(window.words.say("ui.records.busy.loading"))
        self._told.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._told, 0, Qt.AlignmentFlag.AlignTop)
        self._loaded.connect(self._open)
        threading.Thread(target=self._load, daemon=True).start()

    def _load(self) -> None:
        # Only what has no window in it: widgets are made in the window's own thread.
        import mbc_desktop.records.backup
        import mbc_desktop.records.critical_inputs
        import mbc_desktop.records.drafts
        import mbc_desktop.records.history
        import mbc_desktop.records.people
        import mbc_desktop.records.release
        import mbc_desktop.records.restore
        import mbc_desktop.records.told  # noqa: F401

        # The window may have been closed meanwhile, and nobody waits any more.
        with suppress(RuntimeError):
            self._loaded.emit()

    def _open(self) -> None:
        self._told.hide()
        self._column.addWidget(_made(self._window, self._name))
        self.opened.emit()
