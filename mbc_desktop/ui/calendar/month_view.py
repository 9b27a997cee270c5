"""The month on the screen: one painted widget, walked through with the keyboard, repainting only what changed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from mbc_desktop.core.interval import add_months
from mbc_desktop.ui.calendar.cell_state import cell_state
from mbc_desktop.ui.calendar.day_text import day_sentence
from mbc_desktop.ui.calendar.drag import Drag
from mbc_desktop.ui.calendar.month_cells import MonthCells
from mbc_desktop.ui.calendar.month_paint import MonthPainter
from mbc_desktop.ui.calendar.text_fit import TextFit
from mbc_desktop.ui.override import override
from mbc_desktop.ui.selection import Selection
from mbc_desktop.ui.theme import Colours, smaller
from mbc_desktop.ui.widgets.announce import announce
from mbc_desktop.ui.words import Words

if TYPE_CHECKING:
    from mbc_desktop.planning.plan import Plan

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_WHEEL_STEP = 120


class MonthView(QWidget):
    """Shows the month of the selected day. `entered` asks to go on with that day in the inspector, `menu_wanted` for what can be
    done with the selected item (at a place of the screen), `dropped` tells on which day that item was dropped."""

    entered = Signal()
    month_changed = Signal()
    menu_wanted = Signal(QPoint)
    dropped = Signal(date)

    def __init__(self, selection: Selection, words: Words, colours: Colours, *, today: date) -> None:
        super().__init__()
        self._selection, self._words, self._colours, self._today = selection, words, colours, today
        self._lit: tuple[date, date] | None = None
        self._wheel, self._marked = 0, (selection.day, selection.item)
        self._drag: Drag | None = None
        self._fit, self._bold = _letters(self.font())
        self.cells = MonthCells(selection.day, words, self._fit, number_height=self._bold.line_height + 6)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(QSize(7 * 64, 320))
        words.put(self, self.setAccessibleName, "ui.calendar.name")
        words.changed.connect(self.refresh)
        selection.changed.connect(self._follow)

    def show_plan(self, plan: Plan | None, *, today: date) -> None:
        """Shows another plan; only cells whose contents differ are painted again."""
        changed = self.cells.show_plan(plan)
        if today != self._today:
            changed += QRegion(self.rect())
        self._today = today
        self.update(changed)
        if not changed.isEmpty():
            self._describe()

    @property
    def lit(self) -> tuple[date, date] | None:
        """The window whose days are lit."""
        return self._lit

    def light_window(self, window: tuple[date, date] | None) -> None:
        """Lights the days inside the window of what is selected; None for no window."""
        if window != self._lit:
            self._lit = window
            self.update()

    def show_month(self, day: date) -> None:
        """Turns to the month of a day."""
        if (day.year, day.month) != (self.cells.grid.month.year, self.cells.grid.month.month):
            self.cells.show_month(day)
            self.update()
            self.month_changed.emit()

    def turn(self, months: int) -> None:
        """Goes some months on or back, on the same day of the month."""
        self._selection.select_day(add_months(self._selection.day, months))

    def go_today(self) -> None:
        """Goes to the present day."""
        self._selection.select_day(self._today)
        self.show_month(self._today)

    def use_colours(self, colours: Colours) -> None:
        """Paints in another theme."""
        self._colours = colours
        self.update()

    def refresh(self) -> None:
        """Lays everything out again and paints it: the words or the letter changed."""
        self.cells.forget_layout()
        self._describe()
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            self._paint(painter, event)
        finally:
            # A painter that outlives an error takes the whole program with it.
            painter.end()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._measure()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self._fit, self._bold = _letters(self.font())
            self.cells.use_letter(self._fit, number_height=self._bold.line_height + 6)
            self._measure()
        super().changeEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, jump = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if jump and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._select_next_item(1 if key == Qt.Key.Key_Down else -1)
        elif key in _STEPS:
            self._selection.select_day(self._selection.day + timedelta(days=_STEPS[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turn(1 if key == Qt.Key.Key_PageDown else -1)
        elif key == Qt.Key.Key_Home:
            self.go_today()
        elif key in _ENTER and not self._selection.item:
            self.entered.emit()
        elif key in (*_ENTER, Qt.Key.Key_Menu):
            self.menu_wanted.emit(self.mapToGlobal(self.cells.place_of(self._selection.item).bottomLeft()))
        elif key == Qt.Key.Key_Escape:
            self._escape()
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        day = self.cells.grid.day_at(point)
        if day is not None and event.button() == Qt.MouseButton.LeftButton:
            item, course = self.cells.item_at(point)
            self._selection.select_item(item, course, day)
            self._drag = Drag(item, point, day) if item else None

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        before = self._drag.over if self._drag else None
        if self._drag is not None and self._drag.follow(point, self.cells.grid.day_at(point)):
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._update_days(before, self._drag.over)

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
            self._selection.select_item(*self.cells.item_at(event.pos()), day)
        self.menu_wanted.emit(event.globalPos())

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
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

    def _paint(self, painter: QPainter, event: QPaintEvent) -> None:
        drawing = MonthPainter(painter, self._colours, self._fit, self._bold)
        grid, dirty = self.cells.grid, event.region()
        painter.fillRect(0, 0, self.width(), grid.header, QColor(self._colours.window))
        painter.fillRect(0, 0, grid.gutter, self.height(), QColor(self._colours.window))
        if event.rect().top() < grid.header:
            for day in self.cells.week_days(0):
                place = grid.cell(day)
                drawing.weekday(QRect(place.left(), 0, place.width(), grid.header), self._words.texts.weekday_short(day))
        for number in range(grid.weeks):
            if dirty.intersects(grid.week(number)):
                self._paint_week(drawing, number, event)

    def _paint_week(self, drawing: MonthPainter, number: int, event: QPaintEvent) -> None:
        layout, grid = self.cells.layout(number), self.cells.grid
        days = self.cells.week_days(number)
        week = grid.week(number)
        drawing.week_number(QRect(0, week.top(), grid.gutter, week.height()), days[3].isocalendar().week)
        changed = [day for day in days if event.region().intersects(grid.cell(day))]
        for day in changed:
            more = layout.more.get(day, 0)
            state = cell_state(self.cells, self._words, day, today=self._today, lit=self._lit, more=more)
            drawing.cell(grid.cell(day), state)
        over = self._drag.target() if self._drag else None
        for marked in (self._selection.day, over):
            if marked in changed:
                drawing.border(grid.cell(marked), focused=marked == over or self.hasFocus())
        for run in layout.runs:
            if event.region().intersects(run.rect):
                drawing.band(run, selected=run.band.id == self._selection.item)
        for day in changed:
            for pill in layout.pills.get(day, ()):
                drawing.pill(pill, selected=pill.item.id == self._selection.item)

    def _follow(self) -> None:
        grid = self.cells.grid
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
        over, self._drag = (self._drag.over if self._drag else None), None
        self.unsetCursor()
        self._update_days(over)

    def _update_days(self, *days: date | None) -> None:
        for day in days:
            if day is not None:
                self.update(self.cells.grid.cell(day))

    def _select_next_item(self, step: int) -> None:
        found = self.cells.item_after(self._selection.day, self._selection.item, step)
        if found is not None:
            self._selection.select_item(*found, self._selection.day)

    def _describe(self) -> None:
        day = self._selection.day
        announce(self, day_sentence(self._words, day, self.cells.days.get(day)))

    def _measure(self) -> None:
        gutter = int(self._fit.width("52")) + 12
        header = self._fit.line_height + 10
        self.cells.resize(width=self.width(), height=self.height(), gutter=gutter, header=header)
        self.update()


def _letters(font: QFont) -> tuple[TextFit, TextFit]:
    return TextFit(smaller(font, 1.4)), TextFit(smaller(font, 0.5, bold=True))
