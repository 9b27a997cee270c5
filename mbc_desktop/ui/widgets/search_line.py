"""The line above a list of what was found."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget

from mbc_desktop.ui.override import override
from mbc_desktop.ui.widgets.announce import announce
from mbc_desktop.ui.widgets.line_edit import LineEdit

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class SearchLine(LineEdit):
    """The arrows choose among the hits while one types: Enter opens what is marked, and nobody is opened unseen."""

    def __init__(self, hits: QListWidget) -> None:
        super().__init__()
        self._hits = hits

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or not self._hits.count():
            super().keyPressEvent(event)
            return
        row = min(max(self._hits.currentRow() + step, 0), self._hits.count() - 1)
        self._hits.setCurrentRow(row)
        announce(self, self._hits.item(row).text())
