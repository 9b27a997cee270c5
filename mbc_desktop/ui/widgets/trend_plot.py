"""A value in the course of time as a small line, with the limits that matter drawn across it; the words stand under it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from mbc_desktop.ui.desk import Look
from mbc_desktop.ui.look.theme import GRID, scaled, smaller
from mbc_desktop.ui.override import override
from mbc_desktop.ui.widgets.announce import announce

HEIGHT, DOT = 48, 5


class TrendPlot(QWidget):
    """Points by day, the newest one filled; limits as dashed lines."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.points: tuple[tuple[date, Decimal], ...] = ()
        self.limits: Mapping[Decimal, str] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_values(self, points: tuple[tuple[date, Decimal], ...], limits: Mapping[Decimal, str], said: str) -> None:
        """Shows these values in the order of their days, each limit with its number; `said` is the same in words."""
        self.points, self.limits = tuple(sorted(points)), limits
        self.setToolTip(said)
        announce(self, said)
        self.update()

    def place_of(self, day: date, value: Decimal) -> QPointF:
        """Where a value of a day lies."""
        values = [float(one) for one in (*(value for _, value in self.points), *self.limits)]
        lowest, highest = min(values), max(values)
        first, last = self.points[0][0], self.points[-1][0]
        across = (day - first).days / max(1, (last - first).days)
        up = (float(value) - lowest) / ((highest - lowest) or 1.0)
        area = self._area()
        return QPointF(area.left() + across * area.width(), area.bottom() - up * area.height())

    @override
    def sizeHint(self) -> QSize:
        return QSize(160, scaled(HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if len(self.points) < 2:
            return
        painter, colours = QPainter(self), self._look.colours
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(colours.severities["caution"].edge), 1, Qt.PenStyle.DashLine))
            for limit in self.limits:
                height = self.place_of(self.points[0][0], limit).y()
                painter.drawLine(QPointF(0, height), QPointF(self.width(), height))
            self._name_limits(painter)
            line = QPolygonF([self.place_of(day, value) for day, value in self.points])
            painter.setPen(QPen(QColor(colours.accent), 1.5))
            painter.drawPolyline(line)
            painter.setBrush(QColor(colours.surface))
            for place in line.toList()[:-1]:
                painter.drawEllipse(place, DOT / 2, DOT / 2)
            painter.setBrush(QColor(colours.accent))
            painter.drawEllipse(line.last(), DOT / 2 + 1, DOT / 2 + 1)
        finally:
            painter.end()

    def _name_limits(self, painter: QPainter) -> None:
        """The number of each limit at its line; of two that lie too close for that, the first."""
        painter.setFont(smaller(self.font(), 2))
        painter.setPen(QColor(self._look.colours.severities["caution"].text))
        room, taken = painter.fontMetrics().height(), list[float]()
        for limit, name in self.limits.items():
            line = self.place_of(self.points[0][0], limit).y()
            top = line - room if line >= room else line
            if all(abs(top - other) >= room for other in taken):
                taken.append(top)
                # In the middle: the oldest and the newest value stand at the ends.
                painter.drawText(QRectF(0, top, self.width(), room), Qt.AlignmentFlag.AlignCenter, name)

    def _area(self) -> QRectF:
        return QRectF(GRID, GRID // 2, self.width() - 2 * GRID, self.height() - GRID)
