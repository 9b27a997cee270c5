"""Pages under one another on a grey ground, as wide as there is room or larger."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPalette, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.look.theme import GRID
from mbc_desktop.ui.override import override
from mbc_desktop.ui.widgets.page_picture import PagePicture, Picture, forget_unpacked

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
        self._pages: list[PagePicture] = []
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        self._column.setSpacing(2 * GRID)
        self._why = QLabel()
        self._why.setWordWrap(True)
        self._column.addWidget(self._why)
        self._area = QScrollArea()
        self._area.setWidget(inside)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        # It stands from the first moment, so that no page jumps aside.
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
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

    def say(self, key: str) -> None:
        """Takes every page away and says why there are none."""
        self._lay_out(0)
        forget_unpacked()
        self._why.setText(self._desk.words.say(key))
        self._why.show()
        self._said.clear()

    def say_drawing(self) -> None:
        """Says that it takes a while."""
        self._said.setText(self._desk.words.say("sheets.drawing"))

    def blank(self) -> None:
        """Leaves blank paper in the place of every page: what stood there is no longer true, and what comes is not drawn yet."""
        self._why.hide()
        for page in self._pages:
            page.show_picture(None)
        forget_unpacked()

    def lay_out(self, heights: tuple[float, ...], *, keep: bool) -> None:
        """Lays out pages of these heights, for a width of 1; with `keep` what stands on them stays until it is drawn anew."""
        self._why.hide()
        self._lay_out(len(heights))
        width = self.page_width()
        for number, (page, height) in enumerate(zip(self._pages, heights, strict=True), start=1):
            page.lay_out(QSize(width, round(width * height)), keep=keep)
            page.setAccessibleName(self._desk.words.say("sheets.page", number=number))
        self._said.setText(self._desk.words.say("sheets.pages", count=len(heights)))

    def show_page(self, number: int, picture: Picture) -> None:
        """Shows a page on its paper; the first is number 0."""
        self._pages[number].show_picture(picture)

    def _lay_out(self, count: int) -> None:
        while len(self._pages) > count:
            page = self._pages.pop()
            page.hide()
            page.deleteLater()
        while len(self._pages) < count:
            page = PagePicture()
            self._column.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
            self._pages.append(page)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
