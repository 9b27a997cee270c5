"""The whole course in one picture: a lane for each therapy, time from left to right, today, closed days, the selected window."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QWheelEvent

from mbc_desktop.core.interval import add_months
from mbc_desktop.ui.calendar.lanes import Lane, Point, Stretch, ends_of, lanes_of
from mbc_desktop.ui.calendar.month_paint import colour_of
from mbc_desktop.ui.calendar.plan_picture import PlanPicture
from mbc_desktop.ui.calendar.timeline_ground import TimelineGround, TimeScale, closed_names
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.override import override
from mbc_desktop.ui.theme import GRID
from mbc_desktop.ui.widgets.marks import draw_mark, draw_severity, draw_tick

MARK, LABEL = 11, 150
TALLEST = 52
ZOOMS = (0, 12, 6, 3, 1)
"""How many months are shown; 0 = the whole course."""
_PALE = ("omitted", "ceased", "held")


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
        if point.x() < LABEL:
            return None
        day = self._scale.day_at(point.x())
        for lane, rect in self._rows():
            if rect.contains(point):
                hit = next((one for one in lane.points if abs(self._scale.x(one.on) - point.x()) <= MARK / 2 + 1), None)
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
        ground.closed_days(closed_names(self._desk.words, self.plan, scale))
        ground.months(self._desk.words.texts.words("views.months_short"))
        lit = self.lit_window()
        for lane, rect in self._rows():
            self._lane(painter, lane, rect, lit)
        ground.lines(self._desk.session.today, self._desk.selection.day, self._desk.words.say("views.today"))

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
        foot = self._header() + len(self._lanes) * self._row_height() + 2 * self._bold.line_height + 2 * GRID
        return TimeScale(
            first=self._first,
            last=self._last,
            left=LABEL,
            right=self.width() - GRID,
            top=self._header(),
            bottom=min(self.height(), foot),
        )

    def _row_height(self) -> int:
        room = self.height() - self._header() - 2 * self._bold.line_height - 2 * GRID
        return min(TALLEST, room // max(1, len(self._lanes)))

    def _header(self) -> int:
        return self._bold.line_height + 2 * GRID

    def _rows(self) -> list[tuple[Lane, QRect]]:
        height = self._row_height()
        top = self._header()
        return [(lane, QRect(0, top + number * height, self.width(), height)) for number, lane in enumerate(self._lanes)]

    def _lane(self, painter: QPainter, lane: Lane, rect: QRect, lit: tuple[date, date] | None) -> None:
        colours, middle = self.colours, rect.center().y()
        tone = colours.therapies[lane.therapy.tone % len(colours.therapies)] if lane.therapy else colours.severities["info"]
        painter.setPen(QPen(colour_of(colours.line), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        chosen = self._desk.selection.item
        if lit is not None and any(point.item == chosen for point in lane.points):
            left, right = self._scale.x(lit[0]) - self._scale.day_width / 2, self._scale.x(lit[1]) + self._scale.day_width / 2
            painter.fillRect(QRectF(left, rect.top() + 1, right - left, rect.height() - 2), colour_of(colours.window_lit))
        for stretch in lane.stretches:
            self._stretch(painter, stretch, middle, tone.surface, tone.edge, chosen=stretch.item == chosen)
        for point in lane.points:
            self._point(painter, lane, point, middle, tone.edge, chosen=point.item == chosen)
        painter.fillRect(QRect(0, rect.top(), LABEL - GRID, rect.height() - 1), colour_of(colours.surface))
        draw_mark(painter, lane.mark, QRectF(GRID, middle - MARK / 2, MARK, MARK), colour_of(tone.edge))
        painter.setFont(self._fit.font)
        painter.setPen(colour_of(colours.text))
        lines = self._fit.wrap(self._name(lane), LABEL - MARK - 4 * GRID)[:3]
        top = middle - len(lines) * self._fit.line_height / 2
        for number, line in enumerate(lines):
            painter.drawText(QPointF(2 * GRID + MARK, top + number * self._fit.line_height + self._fit.ascent), line)

    def _name(self, lane: Lane) -> str:
        words = self._desk.words
        if lane.spinal:
            return words.say("spinal.lane")
        if lane.therapy is None:
            return words.say("views.checks")
        return words.drug(lane.therapy.subject) if lane.therapy.subject else words.say("ui.calendar.fraction")

    def _stretch(self, painter: QPainter, one: Stretch, middle: int, surface: str, edge: str, *, chosen: bool) -> None:
        left = max(float(LABEL), self._scale.x(one.first) - self._scale.day_width / 2)
        right = min(self._scale.x(one.last) + self._scale.day_width / 2, float(self.width() - GRID))
        if right <= left:
            return
        place = QRectF(left, middle - 8, right - left, 16)
        if one.rest:
            painter.setPen(QPen(colour_of(edge), 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(place.adjusted(0.5, 3.5, -0.5, -3.5))
            return
        painter.fillRect(place, colour_of(surface))
        painter.fillRect(QRectF(left, middle + 6, right - left, 2), colour_of(edge))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour_of(edge), 2 if chosen else 1))
        painter.drawRect(place)

    def _point(self, painter: QPainter, lane: Lane, one: Point, middle: int, edge: str, *, chosen: bool) -> None:
        if not self._first <= one.on <= self._last:
            return
        place = QRectF(self._scale.x(one.on) - MARK / 2, middle - MARK / 2, MARK, MARK)
        colour = colour_of(self.colours.muted if one.status in _PALE else edge)
        if one.status in ("withheld", "stopped"):
            stop = self.colours.severities["stop"]
            draw_severity(painter, "stop", place, colour_of(stop.edge), colour_of(stop.surface))
        elif one.status == "given":
            draw_tick(painter, place, colour)
        else:
            draw_mark(painter, lane.mark, place, colour)
        if chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour_of(self.colours.accent), 2))
            painter.drawRect(place.adjusted(-3, -3, 3, 3))
