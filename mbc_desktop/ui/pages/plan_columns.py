"""The three parts of the plan page beside one another, as far as the width goes. With a large letter on a small screen there are
two columns, or one: parts without a column of their own share the first, with buttons above. So no page scrolls sideways."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSplitter, QWidget

from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.look.theme import GRID
from mbc_desktop.ui.override import override
from mbc_desktop.ui.widgets.surface import Surface
from mbc_desktop.ui.widgets.view_switch import ViewSwitch

PARTS = ("facts", "calendar", "details")
SHARED = {3: ("facts",), 2: ("facts", "details"), 1: PARTS}
"""Which parts stand in the first column, by how many columns there are."""
STRETCH = 0, 3, 1
"""Most of what a larger screen adds goes to the calendar, some to what has to be read at the right."""


class PlanColumns(QWidget):
    """Facts, calendar and details. Nothing that is typed or chosen changes with their places; `arranged` follows a change."""

    arranged = Signal()

    def __init__(self, desk: Desk, facts: QWidget, calendar: QWidget, details: QWidget, widths: tuple[int, int, int]) -> None:
        super().__init__()
        self._parts = dict(zip(PARTS, (facts, calendar, details), strict=True))
        self._shown = PARTS[0]
        self.count = len(PARTS)
        self.switch = ViewSwitch(desk.words, desk.look, PARTS)
        self.switch.setContentsMargins(GRID, GRID, GRID, 0)
        self.switch.chosen.connect(self.show_part)
        self.switch.hide()
        self._first = Surface()
        self._first.column.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignLeft)
        self._first.column.addWidget(facts, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(GRID // 2)
        for place, part in enumerate((self._first, calendar, details)):
            self.splitter.addWidget(part)
            self.splitter.setStretchFactor(place, STRETCH[place])
        self.splitter.setSizes(list(widths))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.splitter)
        self._letter = self.font().pointSizeF()
        self._wanted: tuple[float, float] | None = None
        self.splitter.splitterMoved.connect(self._forget_widths)
        desk.look.changed.connect(self._share_width)

    @property
    def together(self) -> bool:
        """Whether all three stand beside one another."""
        return self.count == len(PARTS)

    @property
    def alone(self) -> bool:
        """Whether only one of the three is seen at a time."""
        return self.count == 1

    def show_part(self, name: str) -> None:
        """Brings a part into sight; one with a column of its own is there already."""
        shared = SHARED[self.count]
        if name in shared:
            self._shown = name
            self.switch.show_chosen(name)
            for other in shared:
                self._parts[other].setVisible(other == name)
            self.updateGeometry()

    @override
    def minimumSizeHint(self) -> QSize:
        # Room for the widest of the three is enough: the others then stand behind it.
        return QSize(max(self._least(name) for name in PARTS), max(self._height(name) for name in PARTS))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _height(self, name: str) -> int:
        """What a part needs now: nothing behind another one, and below the buttons somewhat more."""
        above = self.switch.sizeHint().height() if not self.together and name in SHARED[self.count] else 0
        return above + self._parts[name].minimumSizeHint().height() if not self._parts[name].isHidden() else 0

    def _least(self, name: str) -> int:
        part = self._parts[name]
        return max(part.minimumWidth(), part.minimumSizeHint().width())

    def _fitting(self) -> int:
        """How many columns have room."""
        facts, calendar, details = (self._least(name) for name in PARTS)
        handle, room = self.splitter.handleWidth(), self.width()
        if facts + calendar + details + 2 * handle <= room:
            return 3
        return 2 if max(facts, details) + calendar + handle <= room else 1

    def _arrange(self) -> None:
        count = self._fitting()
        if count == self.count:
            return
        self._remember_widths(self._letter)
        focused = QApplication.focusWidget()
        self.setUpdatesEnabled(False)
        self.count = count
        for name in PARTS:
            part = self._parts[name]
            if name in SHARED[count]:
                self._first.column.addWidget(part, 1)
            else:
                self.splitter.addWidget(part)
                part.show()
            if focused is not None and part.isAncestorOf(focused):
                self._shown = name
        for name in PARTS:
            self.switch.button(name).setVisible(name in SHARED[count])
        self.switch.setVisible(not self.together)
        self.show_part(self._shown if self._shown in SHARED[count] else PARTS[0])
        self._apply_widths()
        if focused is not None and focused.isVisible():
            focused.setFocus()
        self.setUpdatesEnabled(True)
        self.arranged.emit()

    def _share_width(self) -> None:
        """With a larger letter the sides become wider in proportion, as far as the calendar can spare it."""
        before, self._letter = self._letter, self.font().pointSizeF()
        if before == self._letter:
            return
        self._remember_widths(before)
        self._arrange()
        self._apply_widths()
        # Once more when the page has its own new width.
        QTimer.singleShot(0, self, self._apply_widths)

    def _remember_widths(self, letter: float) -> None:
        """As they stand, or as somebody moved them: at another size they are to be as wide in proportion."""
        if self._wanted is None and self.together:
            left, _, right = self.splitter.sizes()
            self._wanted = left / letter, right / letter

    def _apply_widths(self) -> None:
        whole = sum(self.splitter.sizes())
        if self.together and self._wanted is not None:
            left = max(round(self._wanted[0] * self._letter), self._least("facts"))
            room = whole - left - self._least("calendar")
            right = max(min(round(self._wanted[1] * self._letter), room), self._least("details"))
            self.splitter.setSizes([left, max(whole - left - right, self._least("calendar")), right])
        elif self.count > 1 and not self.together:
            left = max(self._least("facts"), self._least("details"))
            self.splitter.setSizes([left, whole - left])

    def _forget_widths(self) -> None:
        if self.together:
            self._wanted = None
