"""Pages under one another on a grey ground, as wide as there is room or larger."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPalette, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.override import override
from mbc_desktop.ui.theme import GRID
from mbc_desktop.ui.widgets.page_picture import PagePicture

SCROLL_BAR, WIDEST = 20, 1100
ZOOMS = (50, 75, 100, 150, 200, 300)
FITTING = ZOOMS.index(100)


class PageStrip(QWidget):
    """Ctrl with the wheel, or the two buttons, make the pages larger and smaller; `zoomed` asks for them in that size."""

    zoomed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._zoom = desk, FITTING
        inside = QWidget()
        inside.setBackgroundRole(QPalette.ColorRole.Window)
        self._pages = QVBoxLayout(inside)
        self._pages.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        self._pages.setSpacing(2 * GRID)
        self._area = QScrollArea()
        self._area.setWidget(inside)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        desk.words.put(self._area, self._area.setAccessibleName, "ui.document.preview")
        self._said = QLabel()
        bar = QHBoxLayout()
        bar.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        bar.addWidget(self._said, 1)
        for sign, step, key in (("−", -1, "sheets.smaller"), ("+", 1, "sheets.larger")):
            button = QToolButton()
            button.setText(sign)
            button.clicked.connect(lambda _=False, step=step: self.zoom(step))
            desk.words.put(button, button.setAccessibleName, key)
            desk.words.put(button, button.setToolTip, key)
            bar.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self._area, 1)

    def page_width(self) -> int:
        """As wide as there is room, so that nobody has to scroll sideways; times the zoom."""
        fitting = max(320, min(WIDEST, self._area.width() - SCROLL_BAR - 4 * GRID))
        return fitting * ZOOMS[self._zoom] // 100

    def zoom(self, step: int) -> None:
        """Shows the pages larger (1) or smaller (-1)."""
        self._zoom = max(0, min(len(ZOOMS) - 1, self._zoom + step))
        self.zoomed.emit()

    def clear(self) -> None:
        """Takes every page away."""
        self._said.clear()
        while (old := self._pages.takeAt(0)) is not None:
            if (page := old.widget()) is not None:
                page.hide()
                page.deleteLater()

    def add_page(self, image: QImage) -> None:
        """Adds a page under the others."""
        page = PagePicture(image)
        self._pages.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        count = self._pages.count()
        page.setAccessibleName(self._desk.words.say("sheets.page", number=count))
        self._said.setText(self._desk.words.say("sheets.pages", count=count))

    def say(self, key: str) -> None:
        """Says why there are no pages."""
        label = QLabel(self._desk.words.say(key))
        label.setWordWrap(True)
        self._pages.addWidget(label)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
