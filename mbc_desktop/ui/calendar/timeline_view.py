"""The whole course in one picture: a lane for each therapy, time from left to right, today, closed days, the selected window."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QWheelEvent

from mbc_desktop.core.interval import add_months
from mbc_desktop.ui.calendar.lanes import Lane, ends_of, lanes_of
from mbc_desktop.ui.calendar.month_paint import colour_of
from mbc_desktop.ui.calendar.plan_picture import PlanPicture
from mbc_desktop.ui.calendar.timeline_ground import NAME_LINES, TimelineGround, TimeScale, closed_names
from mbc_desktop.ui.calendar.timeline_lane import LABEL, MARK, LanePainter
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.look.theme import GRID, scaled
from mbc_desktop.ui.override import override

TALLEST = 160
"""A lane that is taller than this no longer reads as a line."""
ZOOMS = (0, 12, 6, 3, 1)
"""How many months are shown; 0 = the whole course."""


class TimelineView(PlanPicture):
    """Zooms with Ctrl and the wheel or with plus and minus; follows the selected day out of the picture."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "views.timeline_name")
        self._lanes: tuple[Lane, ...] = ()
        self._zoom = 0
        self._first, self._last = desk.session.today, add_months(desk.session.today, 12)

    @property
    def span(self) -> tuple[date, date]:
        """The first and the last day shown."""
        return self._first, self._last

    @override
    def title(self) -> tuple[str, str]:
        return self._desk.words.say("views.timeline_name"), self._desk.words.say("views.timeline")

    def zoom(self, step: int) -> None:
        """Shows less time (1) or more (-1) around the selected day."""
        self._zoom = max(0, min(len(ZOOMS) - 1, self._zoom + step))
        self._frame()
        self.update()

    def turn(self, months: int) -> None:
        """Goes to the same day of another month."""
        self._desk.selection.select_day(add_months(self._desk.selection.day, months))

    @override
    def read_plan(self) -> None:
        self._lanes = lanes_of(self.plan) if self.plan else ()
        self._frame()

    @override
    def at(self, point: QPoint) -> tuple[str, str, date] | None:
        if point.x() < scaled(LABEL):
            return None
        day = self._scale.day_at(point.x())
        for lane, rect in self._rows():
            if rect.contains(point):
                hit = next((one for one in lane.points if abs(self._scale.x(one.on) - point.x()) <= scaled(MARK) / 2 + 1), None)
                if hit is not None:
                    return hit.item, hit.course, hit.on
                band = next((one for one in lane.stretches if one.first <= day <= one.last), None)
                return (band.item, band.course, day) if band else ("", "", day)
        return "", "", day

    @override
    def paint(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), colour_of(self.colours.surface))
        scale = self._scale
        ground = TimelineGround(painter, scale, self.colours, self._fit, self._bold)
        closed = closed_names(self._desk.words, self.plan, scale)
        ground.closed_days(closed)
        ground.months(self._desk.words.texts.words("views.months_short"))
        lit, lanes = self.lit_window(), LanePainter(painter, scale, self.colours, self._fit, self._desk.selection.item)
        for lane, rect in self._rows():
            lanes.ground(lane, rect, lit)
        ground.names(closed)
        ground.lines(self._desk.session.today, self._desk.selection.day, self._desk.words.say("views.today"))
        for lane, rect in self._rows():
            lanes.lane(lane, rect, self._name(lane))

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            self.turn(-1 if event.angleDelta().y() > 0 else 1)

    @override
    def _follow(self) -> None:
        if not self._first <= self._desk.selection.day <= self._last:
            self._frame()
        super()._follow()

    def _frame(self) -> None:
        """Chooses the days to show: everything, or some months around the selected day."""
        first, last = ends_of(self._lanes, self._desk.session.today)
        months, day = ZOOMS[self._zoom], self._desk.selection.day
        if months:
            half = timedelta(days=months * 15)
            first, last = day - half, day + half
        self._first, self._last = min(first, day), max(last, day, first + timedelta(days=28))

    @property
    def _scale(self) -> TimeScale:
        # The names of closed days and the word for today stand right under the last lane.
        foot = self._header() + len(self._lanes) * self._row_height() + self._foot()
        return TimeScale(
            first=self._first,
            last=self._last,
            left=scaled(LABEL) + 2 * GRID,
            right=self.width() - GRID,
            top=self._header(),
            bottom=min(self.height(), foot),
        )

    def _row_height(self) -> int:
        room = self.height() - self._header() - self._foot()
        return min(scaled(TALLEST), room // max(1, len(self._lanes)))

    def _header(self) -> int:
        return self._bold.line_height + 2 * GRID

    def _foot(self) -> int:
        return NAME_LINES * self._fit.line_height + self._bold.line_height + 2 * GRID

    def _rows(self) -> list[tuple[Lane, QRect]]:
        height = self._row_height()
        top = self._header()
        return [(lane, QRect(0, top + number * height, self.width(), height)) for number, lane in enumerate(self._lanes)]

    def _name(self, lane: Lane) -> str:
        words = self._desk.words
        if lane.spinal:
            return words.say("spinal.lane")
        if lane.therapy is None:
            return words.say("views.checks")
        return words.drug(lane.therapy.subject) if lane.therapy.subject else words.say("ui.calendar.fraction")
