"""Three months side by side: shapes and bands without words, to see the rhythm; tooltip and inspector have the words."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from mbc_desktop.core.interval import add_months
from mbc_desktop.ui.calendar.day_items import DayContents, days_of
from mbc_desktop.ui.calendar.day_text import closed_text
from mbc_desktop.ui.calendar.month_grid import MonthGrid
from mbc_desktop.ui.calendar.month_paint import colour_of
from mbc_desktop.ui.calendar.plan_picture import PlanPicture
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.override import override
from mbc_desktop.ui.theme import GRID
from mbc_desktop.ui.widgets.marks import draw_mark, draw_severity, draw_tick

MARK = 9
BAND = 4
ROWS, COLUMNS = 1, 3
_PALE = ("omitted", "ceased", "held")


class QuarterView(PlanPicture):
    """The month of the selected day and the two that follow it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "views.quarter_name")
        self._first = desk.selection.day.replace(day=1)
        self._days: dict[date, DayContents] = {}

    @override
    def read_plan(self) -> None:
        first, last = self._first, add_months(self._first, ROWS * COLUMNS)
        self._days = days_of(self.plan, first=first, last=last) if self.plan else {}

    @property
    def months(self) -> tuple[date, ...]:
        """The first days of the months shown."""
        return tuple(add_months(self._first, number) for number in range(ROWS * COLUMNS))

    def turn(self, months: int) -> None:
        """Shows other months, the selected day with them."""
        self._desk.selection.select_day(add_months(self._desk.selection.day, months))

    @override
    def at(self, point: QPoint) -> tuple[str, str, date] | None:
        for month, grid, origin in self._grids():
            day = grid.day_at(point - origin)
            if day is not None and (day.year, day.month) == (month.year, month.month):
                return "", "", day
        return None

    @override
    def paint(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), colour_of(self.colours.window))
        lit = self.lit_window()
        for month, grid, origin in self._grids():
            painter.save()
            painter.translate(origin)
            self._month(painter, month, grid, lit)
            painter.restore()

    @override
    def _follow(self) -> None:
        day = self._desk.selection.day
        if not self._first <= day < add_months(self._first, ROWS * COLUMNS):
            self._first = day.replace(day=1)
            self._stale = True
        super()._follow()

    def _grids(self) -> list[tuple[date, MonthGrid, QPoint]]:
        width, height = self.width() // COLUMNS, self.height() // ROWS
        title, grids = self._bold.line_height + GRID, []
        for number, month in enumerate(self.months):
            row, column = divmod(number, COLUMNS)
            header = title + self._fit.line_height + 4
            grid = MonthGrid(month=month, width=width - 2 * GRID, height=height - GRID, gutter=0, header=header)
            grids.append((month, grid, QPoint(column * width + (GRID if column else 0), row * height)))
        return grids

    def _month(self, painter: QPainter, month: date, grid: MonthGrid, lit: tuple[date, date] | None) -> None:
        texts, colours = self._desk.words.texts, self.colours
        painter.setPen(colour_of(colours.text))
        painter.setFont(self._bold.font)
        name = texts.month(month)
        painter.drawText(4, int(self._bold.ascent) + 2, name[0].upper() + name[1:])
        painter.setFont(self._fit.font)
        painter.setPen(colour_of(colours.muted))
        for day in grid.days()[:7]:
            place = grid.cell(day)
            top = grid.header - self._fit.line_height - 2
            painter.drawText(place.left() + 4, top + int(self._fit.ascent), texts.weekday_short(day))
        for day in grid.days():
            if day.month == month.month:
                self._cell(painter, day, grid.cell(day), lit)

    def _cell(self, painter: QPainter, day: date, rect: QRect, lit: tuple[date, date] | None) -> None:
        colours, contents = self.colours, self._days.get(day)
        closed = closed_text(self._desk.words, day, contents)
        inside = lit is not None and lit[0] <= day <= lit[1]
        ground = colours.window_lit if inside else colours.closed if closed or day.weekday() > 4 else colours.surface
        painter.fillRect(rect, colour_of(ground))
        if closed:
            painter.fillRect(rect, QBrush(colour_of(colours.hatch), Qt.BrushStyle.BDiagPattern))
        painter.setPen(QPen(colour_of(colours.line), 1))
        painter.drawRect(rect.adjusted(0, 0, -1, -1))
        today = day == self._desk.session.today
        painter.setFont(self._bold.font if today else self._fit.font)
        painter.setPen(colour_of(colours.accent if today else colours.text))
        painter.drawText(rect.left() + 4, rect.top() + int(self._fit.ascent) + 2, str(day.day))
        if contents is not None:
            self._contents(painter, contents, rect)
        if day == self._desk.selection.day:
            painter.setPen(QPen(colour_of(colours.accent), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))

    def _contents(self, painter: QPainter, contents: DayContents, rect: QRect) -> None:
        colours, top = self.colours, rect.bottom() - BAND - 2
        for band in contents.bands:
            edge = colour_of(colours.therapies[band.tone % len(colours.therapies)].edge)
            strip = QRectF(rect.left(), top, rect.width(), BAND)
            if band.rest:
                painter.setPen(QPen(edge, 1, Qt.PenStyle.DashLine))
                painter.drawLine(strip.bottomLeft(), strip.bottomRight())
            else:
                painter.fillRect(strip, edge)
            top -= BAND + 2
        left, line = rect.left() + 4, rect.top() + self._fit.line_height + 3
        for item in contents.items:
            if left + MARK > rect.right():
                left, line = rect.left() + 4, line + MARK + 3
            if line + MARK > top:
                break
            tone = colours.therapies[item.tone % len(colours.therapies)] if item.tone is not None else None
            colour = colour_of(colours.muted if tone is None or item.status in _PALE else tone.edge)
            place = QRectF(left, line, MARK, MARK)
            if item.status == "withheld":
                stop = colours.severities["stop"]
                draw_severity(painter, "stop", place, colour_of(stop.edge), colour_of(stop.surface))
            elif item.status == "given":
                draw_tick(painter, place, colour)
            else:
                draw_mark(painter, item.mark, place, colour)
            left += MARK + 3
