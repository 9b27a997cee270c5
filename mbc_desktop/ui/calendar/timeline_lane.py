"""One lane of the timeline: its name, bars for tablets, marks for what is given on a day, the dates under them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from mbc_desktop.ui.calendar.day_items import NOT_TAKEN
from mbc_desktop.ui.calendar.lanes import Lane, Point, Stretch
from mbc_desktop.ui.calendar.month_paint import colour_of
from mbc_desktop.ui.calendar.text_fit import TextFit
from mbc_desktop.ui.calendar.timeline_ground import TimeScale
from mbc_desktop.ui.look.theme import GRID, Colours, Tone, scaled
from mbc_desktop.ui.widgets.marks import draw_item, draw_mark

MARK, LABEL, BAR = 11, 150, 16
DENSE = 0.8
"""Marks nearer than this share of their size run together: they are drawn as one bar with a tick for each day."""
_PALE, _STOP = ("omitted", "ceased", "held"), ("withheld", "stopped")


class LanePainter:
    """Draws with one painter in the colours and letters of the moment; `chosen` is the id of the selected item."""

    def __init__(self, painter: QPainter, scale: TimeScale, colours: Colours, fit: TextFit, chosen: str) -> None:
        self._painter, self._scale, self._colours, self._fit, self._chosen = painter, scale, colours, fit, chosen
        self._mark = scaled(MARK)

    def ground(self, lane: Lane, rect: QRect, lit: tuple[date, date] | None) -> None:
        """What lies under all lines and marks; `lit` is the window of the selected item, lit where that item is."""
        painter, colours = self._painter, self._colours
        painter.setPen(QPen(colour_of(colours.line), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if lit is not None and any(point.item == self._chosen for point in lane.points):
            half = self._scale.day_width / 2
            left, right = self._scale.x(lit[0]) - half, self._scale.x(lit[1]) + half
            painter.fillRect(QRectF(left, rect.top() + 1, right - left, rect.height() - 2), colour_of(colours.window_lit))

    def lane(self, lane: Lane, rect: QRect, name: str) -> None:
        """Marks, bars and dates over the line of today: no line goes through a date."""
        painter, colours = self._painter, self._colours
        tones = colours.therapies
        tone = tones[lane.therapy.tone % len(tones)] if lane.therapy else colours.severities["info"]
        dated = rect.height() >= scaled(BAR) + 2 * self._fit.line_height
        middle = rect.center().y() - (self._fit.line_height // 2 if dated else 0)
        for stretch in lane.stretches:
            self._stretch(stretch, middle, tone)
        shown = [point for point in lane.points if self._scale.holds(point.on)]
        runs = _runs(shown, self._mark * DENSE / self._scale.day_width)
        for run in runs:
            self._run(run, lane, middle, tone)
        if dated:
            # Of days that run together only the first: where it has no room, the second is not to be taken for it.
            self._dates([*(one.first for one in lane.stretches if not one.rest), *(run[0].on for run in runs)], middle)
        painter.fillRect(QRect(0, rect.top(), scaled(LABEL) - GRID, rect.height() - 1), colour_of(colours.surface))
        draw_mark(painter, lane.mark, self._place(GRID + self._mark / 2, rect.center().y()), colour_of(tone.edge))
        self._name(name, rect.center().y())

    def _name(self, name: str, middle: int) -> None:
        self._painter.setFont(self._fit.font)
        self._painter.setPen(colour_of(self._colours.text))
        lines = self._fit.wrap(name, scaled(LABEL) - self._mark - 4 * GRID)[:3]
        top = middle - len(lines) * self._fit.line_height / 2 + self._fit.ascent
        for number, line in enumerate(lines):
            self._painter.drawText(QPointF(2 * GRID + self._mark, top + number * self._fit.line_height), line)

    def _stretch(self, one: Stretch, middle: int, tone: Tone) -> None:
        painter, half, high = self._painter, self._scale.day_width / 2, scaled(BAR)
        left = max(float(self._scale.left), self._scale.x(one.first) - half)
        right = min(self._scale.x(one.last) + half, float(self._scale.right))
        if right <= left:
            return
        place = QRectF(left, middle - high / 2, right - left, high)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if one.rest or one.status in NOT_TAKEN:
            painter.setPen(QPen(colour_of(tone.edge), 1, Qt.PenStyle.DashLine))
            painter.drawRect(place.adjusted(0.5, high / 4.5, -0.5, -high / 4.5))
            return
        painter.fillRect(place, colour_of(tone.surface))
        painter.fillRect(QRectF(left, place.bottom() - 2, right - left, 2), colour_of(tone.edge))
        painter.setPen(QPen(colour_of(tone.edge), 2 if one.item == self._chosen else 1))
        painter.drawRect(place)

    def _run(self, run: Sequence[Point], lane: Lane, middle: int, tone: Tone) -> None:
        if len(run) > 1:
            painter, half, high = self._painter, max(1.0, self._scale.day_width / 2), scaled(BAR)
            left, right = self._scale.x(run[0].on) - half, self._scale.x(run[-1].on) + half
            painter.fillRect(QRectF(left, middle - high / 2, right - left, high), colour_of(tone.surface))
            for one in run:
                place = QRectF(self._scale.x(one.on) - 1, middle - high / 2, 2, high)
                painter.fillRect(place, colour_of(self._colours.muted if one.status in _PALE else tone.edge))
        for one in (
            run if len(run) == 1 else [one for one in run if one.item == self._chosen or one.status in ("withheld", "stopped")]
        ):
            self._point(one, lane, middle, tone.edge)

    def _point(self, one: Point, lane: Lane, middle: int, edge: str) -> None:
        painter, place = self._painter, self._place(self._scale.x(one.on), middle)
        colour = colour_of(self._colours.muted if one.status in _PALE else edge)
        draw_item(painter, lane.mark, one.status, place, colour, self._colours.severities["stop"])
        if one.item == self._chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour_of(self._colours.accent), 2))
            painter.drawRect(place.adjusted(-3, -3, 3, 3))

    def _dates(self, days: Sequence[date], middle: int) -> None:
        """Day and month under what stands there, as many as have room."""
        painter, free = self._painter, float(scaled(LABEL))
        painter.setFont(self._fit.font)
        painter.setPen(colour_of(self._colours.muted))
        top = middle + scaled(BAR) / 2 + 3 + self._fit.ascent
        for day in sorted(set(days)):
            text = f"{day:%d/%m}"
            left = self._scale.x(day) - self._fit.width(text) / 2
            if self._scale.holds(day) and left >= free and left + self._fit.width(text) <= self._scale.right + GRID:
                ground = QRectF(left - 2, top - self._fit.ascent, self._fit.width(text) + 4, self._fit.line_height)
                painter.fillRect(ground, colour_of(self._colours.surface))
                painter.drawText(QPointF(left, top), text)
                free = left + self._fit.width(text) + GRID

    def _place(self, x: float, middle: int) -> QRectF:
        return QRectF(x - self._mark / 2, middle - self._mark / 2, self._mark, self._mark)


def _runs(points: Sequence[Point], most_days: float) -> list[list[Point]]:
    """Points in the order of their days; those that are not more than `most_days` apart stand together."""
    runs: list[list[Point]] = []
    for point in sorted(points, key=lambda one: one.on):
        if runs and 0 < (point.on - runs[-1][-1].on).days <= most_days:
            runs[-1].append(point)
        else:
            runs.append([point])
    return runs
