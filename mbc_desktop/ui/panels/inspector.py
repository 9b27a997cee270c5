"""The right side of the plan page: the selected item with its derivation, or the selected day with the derived numbers."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTextBrowser

from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.look.theme import GRID
from mbc_desktop.ui.override import override
from mbc_desktop.ui.panels.day_sheet import day_sheet


class Inspector(QTextBrowser):
    """Follows session and selection. `left` asks to go back to the calendar."""

    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._html = ""
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Coming and going with the length of what is told, it would wrap every line anew.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.document().setDocumentMargin(1.5 * GRID)
        self.anchorClicked.connect(self._select)
        desk.words.put(self, self.setAccessibleName, "ui.inspector.name")
        for changed in (desk.session.changed, desk.selection.changed, desk.words.changed, desk.look.changed):
            changed.connect(self._show)
        self._show()

    @override
    def sizeHint(self) -> QSize:
        return QSize(300, 320)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _show(self) -> None:
        html = self._make()
        if html != self._html:
            self._html = html
            place = self.verticalScrollBar().value()
            self.setHtml(html)
            self.verticalScrollBar().setValue(place)

    def _make(self) -> str:
        desk, plan, library = self._desk, self._desk.session.plan, self._desk.session.library
        if plan is not None and desk.selection.item and library is not None:
            # Loaded with the first item, not with the window.
            from mbc_desktop.ui.panels.item_sheets import ItemSheets

            sheets = ItemSheets(plan, library, desk.session.site, desk.words, desk.look.colours)
            if sheet := sheets.of(desk.selection.item):
                return sheet
        return day_sheet(plan, desk.selection.day, desk.words, desk.look.colours)

    def _select(self, url: QUrl) -> None:
        item = url.toString()
        self._desk.selection.select_item(item, item.partition("/")[0], self._desk.selection.day)
