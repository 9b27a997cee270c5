"""The picture of a month: what it shows, and painting the cells that changed. Keys and mouse come on top of it (month_view)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QWidget

from mbc_desktop.ui.calendar.cell_state import cell_state
from mbc_desktop.ui.calendar.day_text import chosen_sentence
from mbc_desktop.ui.calendar.month_cells import MonthCells
from mbc_desktop.ui.calendar.month_paint import MonthPainter
from mbc_desktop.ui.calendar.text_fit import TextFit
from mbc_desktop.ui.calendar.week_layout import Left
from mbc_desktop.ui.look.theme import Colours, scaled, smaller
from mbc_desktop.ui.override import override
from mbc_desktop.ui.selection import Selection
from mbc_desktop.ui.widgets.announce import announce
from mbc_desktop.ui.widgets.fill import fill
from mbc_desktop.ui.words import Words

if TYPE_CHECKING:
    from mbc_desktop.planning.plan import Plan

NUMBER_ROOM = 4
NOTHING_LEFT = Left((), 0)


class MonthPicture(QWidget):
    """Shows one month of one plan; only cells whose contents differ are painted again."""

    month_changed = Signal()
    draws_focus = True

    def __init__(self, selection: Selection, words: Words, colours: Colours, *, today: date) -> None:
        super().__init__()
        self._selection, self._words, self._colours, self._today = selection, words, colours, today
        self._lit: tuple[date, date] | None = None
        self._over: date | None = None
        self._fit, self._bold = _letters(self.font())
        self.cells = MonthCells(selection.day, words, self._fit, number_height=self._bold.line_height + NUMBER_ROOM)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(scaled(7 * 60), scaled(320))
        words.put(self, self.setAccessibleName, "ui.calendar.name")
        words.changed.connect(self.refresh)

    def show_plan(self, plan: Plan | None, *, today: date) -> None:
        """Shows another plan; only cells whose contents differ are painted again, and at once: what else follows from the plan
        comes after the calendar."""
        changed = self.cells.show_plan(plan)
        if today != self._today:
            changed += QRegion(self.rect())
        self._today = today
        if not changed.isEmpty():
            self.repaint(changed)
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
            self.cells.use_letter(self._fit, number_height=self._bold.line_height + NUMBER_ROOM)
            self._measure()
        super().changeEvent(event)

    def _paint(self, painter: QPainter, event: QPaintEvent) -> None:
        drawing = MonthPainter(painter, self._colours, self._fit, self._bold)
        grid, dirty = self.cells.grid, event.region()
        fill(painter, QRect(0, 0, self.width(), grid.header), QColor(self._colours.window))
        fill(painter, QRect(0, 0, grid.gutter, self.height()), QColor(self._colours.window))
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
            left = layout.more.get(day, NOTHING_LEFT)
            state = cell_state(self.cells, self._words, day, today=self._today, lit=self._lit, more=len(left.items))
            drawing.cell(grid.cell(day), state, left)
        for marked in (self._selection.day, self._over):
            if marked in changed:
                drawing.border(grid.cell(marked), focused=marked == self._over or self.hasFocus())
        for run in layout.runs:
            if event.region().intersects(run.rect):
                drawing.band(run, selected=run.band.id == self._selection.item)
        for day in changed:
            for pill in layout.pills.get(day, ()):
                drawing.pill(pill, selected=pill.item.id == self._selection.item)

    def _describe(self) -> None:
        day = self._selection.day
        announce(self, chosen_sentence(self._words, day, self.cells.days.get(day), self._selection.item))

    def _measure(self) -> None:
        gutter = int(self._fit.width("52")) + 12
        header = self._fit.line_height + 10
        self.cells.resize(width=self.width(), height=self.height(), gutter=gutter, header=header)
        self.update()


def _letters(font: QFont) -> tuple[TextFit, TextFit]:
    return TextFit(smaller(font, 1.4)), TextFit(smaller(font, 0.5, bold=True))
