"""The month on the screen: one painted widget, walked through with the keyboard, repainting only what changed."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip

from mbc_desktop.core.interval import add_months
from mbc_desktop.ui.calendar.day_text import day_sentence
from mbc_desktop.ui.calendar.drag import Drag
from mbc_desktop.ui.calendar.month_picture import MonthPicture
from mbc_desktop.ui.calendar.walking import walk
from mbc_desktop.ui.look.theme import Colours
from mbc_desktop.ui.override import override
from mbc_desktop.ui.selection import Selection
from mbc_desktop.ui.words import Words

_WHEEL_STEP = 120


class MonthView(MonthPicture):
    """Shows the month of the selected day. `entered` asks to go on with that day in the inspector, `menu_wanted` for what can be
    done with the selected item (at a place of the screen), `dropped` tells on which day that item was dropped."""

    entered = Signal()
    menu_wanted = Signal(QPoint)
    dropped = Signal(date)

    def __init__(self, selection: Selection, words: Words, colours: Colours, *, today: date) -> None:
        super().__init__(selection, words, colours, today=today)
        self._wheel, self._marked = 0, (selection.day, selection.item)
        self._drag: Drag | None = None
        self._turning = True
        selection.changed.connect(self._follow)

    def turn(self, months: int) -> None:
        """Goes some months on or back, on the same day of the month."""
        self._selection.select_day(add_months(self._selection.day, months))

    def go_today(self) -> None:
        """Goes to the present day."""
        self._selection.select_day(self._today)
        self.show_month(self._today)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        match walk(event, self._selection, today=self._today, items_of=self.cells.items_of):
            case "enter":
                self.entered.emit()
            case "menu":
                self.menu_wanted.emit(self.mapToGlobal(self.cells.place_of(self._selection.item).bottomLeft()))
            case "escape":
                self._escape()
            case "no":
                super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        day = self.cells.grid.day_at(point)
        if day is not None and event.button() == Qt.MouseButton.LeftButton:
            item, course = self.cells.item_at(point)
            self._select(item, course, day)
            self._drag = Drag(item, point, day) if item else None

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if self._drag is not None and self._drag.follow(point, self.cells.grid.day_at(point)):
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._hang_over(self._drag.target())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        target = self._drag.target() if self._drag else None
        self._let_go()
        if target is not None:
            self.dropped.emit(target)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        day = self.cells.grid.day_at(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Mouse and day is not None:
            self._select(*self.cells.item_at(event.pos()), day)
        self.menu_wanted.emit(event.globalPos())

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        # A click and right after it a drag are no double click to the hand that makes them.
        self.mousePressEvent(event)
        self.entered.emit()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        self._wheel += event.angleDelta().y()
        while abs(self._wheel) >= _WHEEL_STEP:
            step = 1 if self._wheel > 0 else -1
            self._wheel -= step * _WHEEL_STEP
            self.show_month(add_months(self.cells.grid.month, -step))
        event.accept()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update(self.cells.grid.cell(self._selection.day))

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update(self.cells.grid.cell(self._selection.day))

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            day = self.cells.grid.day_at(event.pos())
            text = day_sentence(self._words, day, self.cells.days.get(day)) if day else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def _select(self, item: str, course: str, day: date) -> None:
        """Selects what lies under the mouse. A day of the month before or after stays where it was clicked."""
        self._turning = False
        self._selection.select_item(item, course, day)
        self._turning = True

    def _follow(self) -> None:
        grid = self.cells.grid
        if self._turning:
            self.show_month(self._selection.day)
        for day, item in (self._marked, (self._selection.day, self._selection.item)):
            self.update(grid.cell(day))
            self.update(self.cells.place_of(item).adjusted(-2, -2, 2, 2) if item else QRect())
        self._marked = (self._selection.day, self._selection.item)
        self._describe()

    def _escape(self) -> None:
        if self._drag is not None and self._drag.moving:
            self._let_go()
        else:
            self._selection.clear()

    def _let_go(self) -> None:
        self._drag = None
        self.unsetCursor()
        self._hang_over(None)

    def _hang_over(self, day: date | None) -> None:
        """Frames the day on which the dragged item would fall."""
        for changed in (self._over, day):
            if changed is not None:
                self.update(self.cells.grid.cell(changed))
        self._over = day
