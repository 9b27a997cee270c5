"""A group of fields under a heading that can be folded away: names left, fields right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.look.theme import GRID, scaled, smaller

LABEL_WIDTH = 112


class Section(QWidget):
    """One heading with its fields, in the order in which they are walked through."""

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__()
        self._desk = desk
        self.heading = QToolButton()
        self.heading.setAutoRaise(True)
        # One walks from field to field; folding is for the mouse.
        self.heading.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.heading.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.heading.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        font = self.heading.font()
        font.setBold(True)
        self.heading.setFont(font)
        self.body = QWidget()
        self._grid = QGridLayout(self.body)
        self._grid.setContentsMargins(GRID, 0, 0, GRID)
        self._grid.setHorizontalSpacing(GRID)
        self._grid.setVerticalSpacing(GRID // 2)
        self._grid.setColumnMinimumWidth(0, scaled(LABEL_WIDTH))
        self._grid.setColumnStretch(1, 1)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self.heading)
        column.addWidget(self.body)
        desk.words.put(self.heading, self.heading.setText, title)
        self.heading.clicked.connect(lambda: self._fold(self.body.isHidden()))
        desk.look.changed.connect(self._paint)
        self._fold(True)
        self._paint()

    def add_beside_heading(self, button: QToolButton) -> None:
        """Puts what can be done with the whole section at the end of its heading."""
        button.setAutoRaise(True)
        # Its key is that of the menu; one walks from field to field.
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout()
        self._column.removeWidget(self.heading)
        row.addWidget(self.heading, 1)
        row.addWidget(button)
        self._column.insertLayout(0, row)

    def add(self, label: str, field: QWidget) -> QLabel:
        """Adds a field with the key of its name; returns the name's label."""
        name = QLabel()
        name.setWordWrap(True)
        name.setFont(smaller(name.font(), 0.5))
        name.setFixedWidth(scaled(LABEL_WIDTH))
        name.setBuddy(field)
        self._desk.words.put(name, name.setText, label)
        row = self._grid.rowCount()
        self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(field, row, 1)
        # The name stands beside the first line of its field, however much is said below that.
        name.setContentsMargins(0, (field.fontMetrics().height()) // 4, 0, 0)
        return name

    def add_wide(self, widget: QWidget) -> None:
        """Adds something that takes the whole width."""
        self._grid.addWidget(widget, self._grid.rowCount(), 0, 1, 2)

    def _fold(self, shown: bool) -> None:
        self.body.setVisible(shown)
        self.heading.setArrowType(Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow)

    def _paint(self) -> None:
        self._grid.setColumnMinimumWidth(0, scaled(LABEL_WIDTH))
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.ButtonText, QColor(self._desk.look.colours.accent))
        self.heading.setPalette(palette)
