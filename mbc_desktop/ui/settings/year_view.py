"""Twelve small months in one picture: weekends, holidays and the hospital's closed days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QBrush, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QToolTip, QWidget

from mbc_desktop.planning.dates.working_days import belgian_holidays
from mbc_desktop.texts.texts import NO_BREAK_SPACE
from mbc_desktop.ui.calendar.month_grid import MonthGrid
from mbc_desktop.ui.calendar.month_paint import colour_of
from mbc_desktop.ui.calendar.text_fit import TextFit
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.entry.record_kinds import closure_text
from mbc_desktop.ui.keeping.site_editing import SiteEditing
from mbc_desktop.ui.look.theme import GRID, scaled, smaller
from mbc_desktop.ui.override import override
from mbc_desktop.ui.widgets.announce import announce

MONTHS, MOST_COLUMNS, MOST_WEEKS, MOST_LINES = 12, 4, 6, 2
MONTH_WIDTH, MONTH_HEIGHT = 132, 126
"""What a month needs at 100 per cent: two digits a day, and a line for its closed days."""
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}


class YearView(QWidget):
    """`days_chosen` carries the first and the last day chosen with the mouse, or the day under the cursor with Enter."""

    days_chosen = Signal(date, date)
    draws_focus = True

    def __init__(self, desk: Desk, editing: SiteEditing) -> None:
        super().__init__()
        self._desk, self._editing = desk, editing
        self.shown = desk.session.today.year
        self.day = desk.session.today
        self._from: date | None = None
        self._fit = TextFit(smaller(self.font(), 2))
        self._bold = TextFit(smaller(self.font(), 1, bold=True))
        self._suit_height()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        desk.words.put(self, self.setAccessibleName, "setup.year_name")
        for changed in (editing.changed, desk.words.changed, desk.look.changed):
            changed.connect(self.update)

    def show_year(self, year: int) -> None:
        """Shows another year, the cursor on the same day of it."""
        self.shown = year
        self.day = date(year, self.day.month, min(self.day.day, 28))
        self.update()

    def closed(self, day: date) -> str:
        """Why a day is closed; "" for an open day."""
        lines = [closure_text(self._desk.words, one) for one in self._editing.site.closures if one.first <= day <= one.last]
        holiday = belgian_holidays(day.year).get(day)
        return "\n".join([*([self._desk.words.say(f"holiday.{holiday}")] if holiday else []), *lines])

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.fillRect(self.rect(), colour_of(self._desk.look.colours.surface))
            for grid, origin in self._grids():
                painter.save()
                painter.translate(origin)
                self._month(painter, grid)
                painter.restore()
        finally:
            painter.end()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._day_at(event.position().toPoint())
        if found is not None:
            self._from = self.day = found
            self.update()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self._day_at(event.position().toPoint())
        if found is not None and found != self.day:
            self.day = found
            self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        first, self._from = self._from, None
        if first is not None:
            self.update()
            self.days_chosen.emit(min(first, self.day), max(first, self.day))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.day += timedelta(days=_STEPS[key])
            self.shown = self.day.year
            announce(self, f"{self._desk.words.texts.long_date(self.day)} {self.closed(self.day)}".strip())
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.days_chosen.emit(self.day, self.day)
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self._fit, self._bold = TextFit(smaller(self.font(), 2)), TextFit(smaller(self.font(), 1, bold=True))
        super().changeEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            day = self._day_at(event.pos())
            text = "\n".join(filter(None, (self._desk.words.texts.long_date(day), self.closed(day)))) if day else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._suit_height()

    @property
    def _columns(self) -> int:
        """Four months beside one another, three or two where a large letter needs the room."""
        return next((count for count in (4, 3) if self.width() >= count * scaled(MONTH_WIDTH)), 2)

    def _suit_height(self) -> None:
        self.setMinimumSize(2 * scaled(MONTH_WIDTH), MONTHS // self._columns * scaled(MONTH_HEIGHT))

    def _day_at(self, point: QPoint) -> date | None:
        for grid, origin in self._grids():
            day = grid.day_at(point - origin)
            if day is not None and day.month == grid.month.month:
                return day
        return None

    def _grids(self) -> list[tuple[MonthGrid, QPoint]]:
        columns = self._columns
        width, height = self.width() // columns, self.height() * columns // MONTHS
        header, grids = self._header, []
        for number in range(MONTHS):
            row, column = divmod(number, columns)
            month = date(self.shown, number + 1, 1)
            week = (height - GRID - header - self._name_lines(height) * self._fit.line_height) // MOST_WEEKS
            grid = MonthGrid(month=month, width=width - 2 * GRID, height=0, gutter=0, header=header)
            grid = replace(grid, height=header + week * grid.weeks)
            grids.append((grid, QPoint(column * width, row * height)))
        return grids

    def _month(self, painter: QPainter, grid: MonthGrid) -> None:
        colours, name = self._desk.look.colours, self._desk.words.texts.month_name(grid.month.month)
        painter.setFont(self._bold.font)
        painter.setPen(colour_of(colours.text))
        painter.drawText(2, int(self._bold.ascent), name[0].upper() + name[1:])
        painter.setFont(self._fit.font)
        painter.setPen(colour_of(colours.muted))
        narrowest = grid.cell(grid.days()[6]).width()
        for day, weekday in zip(grid.days(), self._weekdays(narrowest), strict=False):
            place = QRect(
                grid.cell(day).left() - 2, self._bold.line_height + 2, grid.cell(day).width() + 4, self._fit.line_height
            )
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, weekday)
        for number, line in enumerate(self._names(grid)):
            painter.drawText(2, grid.height + 2 + int(self._fit.ascent) + number * self._fit.line_height, line)
        for day in grid.days():
            if day.month == grid.month.month:
                self._cell(painter, day, grid.cell(day))

    @property
    def _header(self) -> int:
        """The name of the month, and under it those of the weekdays."""
        return self._bold.line_height + self._fit.line_height + 4

    def _weekdays(self, width: int) -> tuple[str, ...]:
        """The names of the weekdays with a gap between them, or the first letters of each where they would touch."""
        names = self._desk.words.texts.words("date.weekdays_short")
        fitting = (count for count in (3, 2) if all(self._fit.width(name[:count]) + GRID // 2 <= width for name in names))
        most = next(fitting, 1)
        return tuple(name[:most] for name in names)

    def _name_lines(self, height: int) -> int:
        """Two lines for the names of closed days, one where the days themselves need the room."""
        needed = GRID + self._header + (MOST_WEEKS + MOST_LINES) * self._fit.line_height
        return MOST_LINES if height >= needed else 1

    def _names(self, grid: MonthGrid) -> tuple[str, ...]:
        """The closed days of a month by number and name, those of one closure together, in as many lines as have room."""
        named: dict[str, list[int]] = {}
        for day in grid.days():
            if day.month == grid.month.month and (name := self.closed(day)):
                named.setdefault(name.replace("\n", ", "), []).append(day.day)
        text = " · ".join(
            f"{days[0]}-{days[-1]}{NO_BREAK_SPACE}{name}" if len(days) > 1 else f"{days[0]}{NO_BREAK_SPACE}{name}"
            for name, days in named.items()
        )
        room = self._name_lines(self.height() * self._columns // MONTHS) + (MOST_WEEKS - grid.weeks) * (
            grid.week(0).height() // self._fit.line_height
        )
        return self._fit.wrap(text, grid.width)[:room] if text else ()

    def _cell(self, painter: QPainter, day: date, rect: QRect) -> None:
        colours = self._desk.look.colours
        first, last = min(self._from or self.day, self.day), max(self._from or self.day, self.day)
        chosen = self._from is not None and first <= day <= last
        closed = bool(self.closed(day))
        ground = colours.window_lit if chosen else colours.closed if closed or day.weekday() > 4 else colours.surface
        painter.fillRect(rect, colour_of(ground))
        if closed:
            painter.fillRect(rect, QBrush(colour_of(colours.hatch), Qt.BrushStyle.BDiagPattern))
        painter.setPen(colour_of(colours.text))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(day.day))
        if day == self.day:
            painter.setPen(QPen(colour_of(colours.accent), 2 if self.hasFocus() else 1))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
