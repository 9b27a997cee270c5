"""The rail at the left: one button for each page that does something."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from mbc_desktop.ui.desk import Look
from mbc_desktop.ui.look.theme import GRID, scaled, smaller
from mbc_desktop.ui.override import override
from mbc_desktop.ui.widgets.fill import fill
from mbc_desktop.ui.widgets.icons import icon
from mbc_desktop.ui.words import Words

PICTURE = 24


class RailButton(QAbstractButton):
    """A picture over its name; the chosen one carries a bar and a lighter ground."""

    draws_focus = True

    def __init__(self, look: Look, picture: str) -> None:
        super().__init__()
        self._look, self._picture = look, picture
        self.setCheckable(True)
        # One of several, not one to be ticked: a screen reader says so.
        self.setAutoExclusive(True)
        self.setFont(smaller(self.font(), 1.5))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    @override
    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(
            max(scaled(9 * GRID), metrics.horizontalAdvance(self.text()) + GRID + 4),
            scaled(PICTURE) + metrics.height() + 3 * GRID,
        )

    @override
    def minimumSizeHint(self) -> QSize:
        # Where all six have no room, the names stay and the pictures go.
        return QSize(self.sizeHint().width(), self.fontMetrics().height() + GRID)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours = QPainter(self), self._look.colours
        chosen = self.isChecked()
        if chosen:
            fill(painter, self.rect(), QColor(colours.surface))
            fill(painter, QRectF(0, 0, 4, self.height()), QColor(colours.accent))
        colour = colours.accent if chosen else colours.muted
        metrics, size = self.fontMetrics(), scaled(PICTURE)
        room = self.height() - metrics.height() - GRID
        if room >= size:
            icon(self._picture, colour).paint(painter, (self.width() - size) // 2, (room - size) // 2, size, size)
        painter.setPen(QColor(colours.text if chosen else colours.muted))
        left = (self.width() - metrics.horizontalAdvance(self.text())) // 2
        painter.drawText(left, (room if room >= size else room // 2) + metrics.ascent(), self.text())
        if self.hasFocus():
            painter.setPen(QColor(colours.accent))
            painter.drawRect(self.rect().adjusted(5, 2, -3, -3))
        painter.end()


class Rail(QWidget):
    """The pages to choose from; `chosen` tells which one."""

    chosen = Signal(str)

    def __init__(self, look: Look, words: Words, pages: tuple[str, ...]) -> None:
        super().__init__()
        self._look = look
        self._buttons: dict[str, RailButton] = {}
        group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, GRID)
        column.setSpacing(0)
        for page in pages:
            button = RailButton(look, page)
            words.put(button, button.setText, f"shell.page.{page}")
            button.clicked.connect(lambda _=False, name=page: self.chosen.emit(name))
            group.addButton(button)
            column.addWidget(button)
            self._buttons[page] = button
        column.addStretch(1)
        self._buttons[pages[0]].setChecked(True)
        look.changed.connect(self.update)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._look.colours
        if colours.surface == colours.window:
            # Where its ground is that of the page, a line tells where it ends.
            painter = QPainter(self)
            painter.fillRect(self.width() - 1, 0, 1, self.height(), QColor(colours.line))
            painter.end()

    def show_chosen(self, page: str) -> None:
        """Marks a page as the one shown."""
        self._buttons[page].setChecked(True)
