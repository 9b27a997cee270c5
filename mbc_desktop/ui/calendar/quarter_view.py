"""Three months side by side: shapes and bands without words, to see the rhythm; tooltip and inspector have the words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from mbc_desktop.core.interval import add_months
from mbc_desktop.texts.texts import NO_BREAK_SPACE
from mbc_desktop.ui.calendar.day_items import DayContents, days_of
from mbc_desktop.ui.calendar.day_text import closed_text, short_month
from mbc_desktop.ui.calendar.month_grid import MonthGrid
from mbc_desktop.ui.calendar.month_paint import colour_of
from mbc_desktop.ui.calendar.plan_picture import PlanPicture
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.look.theme import GRID, scaled
from mbc_desktop.ui.override import override
from mbc_desktop.ui.widgets.marks import draw_item

MARK, BAND = 9, 4
COLUMNS, MOST_WEEKS = 3, 6
_PALE = ("omitted", "ceased", "held")


class QuarterView(PlanPicture):
    """The month of the selected day and the two that follow it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "views.quarter_name")
        self._first = desk.selection.day.replace(day=1)
        self._days: dict[date, DayContents] = {}

    @override
    def read_plan(self) -> None:
        first, last = self._first, add_months(self._first, COLUMNS)
        self._days = days_of(self.plan, first=first, last=last) if self.plan else {}

    @override
    def title(self) -> tuple[str, str]:
        """The first and the last month: "maart – mei 2026"."""
        texts, first, last = self._desk.words.texts, self.months[0], self.months[-1]
        same, short = first.year == last.year, short_month(texts, first)
        full = f"{texts.month_name(first.month) if same else texts.month(first)} – {texts.month(last)}"
        return full, f"{short.rpartition(' ')[0] if same else short} – {short_month(texts, last)}"

    @property
    def months(self) -> tuple[date, ...]:
        """The first days of the months shown."""
        return tuple(add_months(self._first, number) for number in range(COLUMNS))

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
        if not self._first <= day < add_months(self._first, COLUMNS):
            self._first = day.replace(day=1)
            self._stale = True
            self.title_changed.emit()
        super()._follow()

    def _grids(self) -> list[tuple[date, MonthGrid, QPoint]]:
        """The months with weeks of the same height: all rows stand beside one another, and the closed days have room below."""
        width, gutter = self.width() // COLUMNS, int(self._fit.width("52")) + GRID
        header = self._bold.line_height + GRID + self._fit.line_height + 4
        foot = max(len(self._closed_lines(month, width - 2 * GRID - gutter)) for month in self.months) * self._fit.line_height
        week, grids = max(0, self.height() - GRID - header - foot) // MOST_WEEKS, []
        for column, month in enumerate(self.months):
            grid = MonthGrid(month=month, width=width - 2 * GRID, height=0, gutter=gutter, header=header)
            grid = replace(grid, height=header + week * grid.weeks)
            grids.append((month, grid, QPoint(column * width + (GRID if column else 0), 0)))
        return grids

    def _month(self, painter: QPainter, month: date, grid: MonthGrid, lit: tuple[date, date] | None) -> None:
        texts, colours = self._desk.words.texts, self.colours
        painter.setPen(colour_of(colours.text))
        painter.setFont(self._bold.font)
        name = texts.month(month)
        painter.drawText(grid.gutter, int(self._bold.ascent) + 2, name[0].upper() + name[1:])
        painter.setFont(self._fit.font)
        painter.setPen(colour_of(colours.muted))
        names = {day: texts.weekday_short(day) for day in grid.days()[:7]}
        cut = any(self._fit.width(name) + GRID > grid.cell(day).width() for day, name in names.items())
        for day, name in names.items():
            top = grid.header - self._fit.line_height - 2
            painter.drawText(grid.cell(day).left() + 4, top + int(self._fit.ascent), name[:2] if cut else name)
        for number in range(grid.weeks):
            week = str(grid.days()[7 * number + 3].isocalendar().week)
            left = grid.gutter - 6 - self._fit.width(week)
            painter.drawText(QPointF(left, grid.week(number).top() + self._fit.ascent + 2), week)
        for number, line in enumerate(self._closed_lines(month, grid.width - grid.gutter)):
            painter.drawText(QPointF(grid.gutter, grid.height + 4 + number * self._fit.line_height + self._fit.ascent), line)
        for day in grid.days():
            if day.month == month.month:
                self._cell(painter, day, grid.cell(day), lit)

    def _closed(self, day: date) -> str:
        return closed_text(self._desk.words, day, self._days.get(day))

    def _closed_lines(self, month: date, width: int) -> tuple[str, ...]:
        """The closed days of a month by number and name, in as many lines as they need."""
        days = (month + timedelta(days=number) for number in range(31))
        named = [
            f"{day.day}{NO_BREAK_SPACE}{self._closed(day)}" for day in days if day.month == month.month and self._closed(day)
        ]
        return self._fit.wrap(" · ".join(named), width) if named else ()

    def _cell(self, painter: QPainter, day: date, rect: QRect, lit: tuple[date, date] | None) -> None:
        colours, contents = self.colours, self._days.get(day)
        closed = self._closed(day)
        inside = lit is not None and lit[0] <= day <= lit[1]
        ground = colours.window_lit if inside else colours.closed if closed or day.weekday() > 4 else colours.surface
        painter.fillRect(rect, colour_of(ground))
        if closed:
            painter.fillRect(rect, QBrush(colour_of(colours.hatch), Qt.BrushStyle.BDiagPattern))
        painter.setPen(QPen(colour_of(colours.line), 1))
        # On the line of the neighbour: two lines side by side look like a wall.
        painter.drawRect(rect.adjusted(-1, -1, -1, -1))
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
        colours, mark, high = self.colours, scaled(MARK), scaled(BAND)
        top = rect.bottom() - high - 2
        for band in contents.bands:
            edge = colour_of(colours.therapies[band.tone % len(colours.therapies)].edge)
            strip = QRectF(rect.left(), top, rect.width(), high)
            if band.idle:
                painter.setPen(QPen(edge, 1, Qt.PenStyle.DashLine))
                painter.drawLine(strip.bottomLeft(), strip.bottomRight())
            else:
                painter.fillRect(strip, edge)
            top -= high + 2
        step, first = mark + 2, rect.top() + self._fit.line_height + 3
        in_row = max(1, (rect.width() - 1) // step)
        room = in_row * max(1, (top - first + 3) // (mark + 3))
        shown = contents.items if len(contents.items) <= room else contents.items[: room - 1]
        if len(shown) < len(contents.items):
            # Nothing is left out unseen: how many more there are stands where the last shape would.
            last = QPointF(rect.left() + 2 + (room - 1) % in_row * step, first + (room - 1) // in_row * (mark + 3) + mark)
            painter.setPen(colour_of(colours.text))
            painter.setFont(self._bold.font)
            painter.drawText(last, f"+{len(contents.items) - len(shown)}")
        for number, item in enumerate(shown):
            left, line = rect.left() + 2 + number % in_row * step, first + number // in_row * (mark + 3)
            tone = colours.therapies[item.tone % len(colours.therapies)] if item.tone is not None else None
            colour = colour_of(colours.muted if tone is None or item.status in _PALE else tone.edge)
            place = QRectF(left, line, mark, mark)
            draw_item(painter, item.mark, item.status, place, colour, colours.severities["stop"])
