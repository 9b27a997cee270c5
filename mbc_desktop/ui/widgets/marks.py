"""The shapes that carry a meaning beside every colour: one for each way of giving, one for each severity, one for each status."""

from __future__ import annotations

import math
from functools import cache, lru_cache
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from mbc_desktop.core.finding import Severity
from mbc_desktop.ui.calendar.day_items import Mark
from mbc_desktop.ui.look.palettes import Tone
from mbc_desktop.ui.widgets.fill import fill

StatusMark = Literal["given", "withheld", "stopped"]


@cache
def mark_path(mark: Mark) -> QPainterPath:
    """The shape in a unit square: lozenge (injection), drop (infusion), disc (tablet), star (radiation), frame (check)."""
    path = QPainterPath()
    match mark:
        case "injection":
            path.addPolygon(QPolygonF([QPointF(0.5, 0), QPointF(1, 0.5), QPointF(0.5, 1), QPointF(0, 0.5)]))
            path.closeSubpath()
        case "infusion":
            path.moveTo(0.5, 0)
            path.cubicTo(0.62, 0.3, 0.92, 0.42, 0.92, 0.66)
            path.cubicTo(0.92, 0.88, 0.74, 1, 0.5, 1)
            path.cubicTo(0.26, 1, 0.08, 0.88, 0.08, 0.66)
            path.cubicTo(0.08, 0.42, 0.38, 0.3, 0.5, 0)
        case "tablet":
            path.addEllipse(0.04, 0.04, 0.92, 0.92)
        case "radiation":
            path.addPolygon(_star())
            path.closeSubpath()
        case "check":
            path.addRect(0.1, 0.1, 0.8, 0.8)
    return path


@cache
def severity_path(severity: Severity) -> QPainterPath:
    """The shape in a unit square: octagon (stop), triangle (caution), rounded box (advice), circle (info)."""
    path = QPainterPath()
    match severity:
        case "stop":
            path.addPolygon(_regular(8, turn=math.pi / 8))
            path.closeSubpath()
        case "caution":
            path.addPolygon(QPolygonF([QPointF(0.5, 0.04), QPointF(1, 0.94), QPointF(0, 0.94)]))
            path.closeSubpath()
        case "advice":
            path.addRoundedRect(0.04, 0.12, 0.92, 0.76, 0.2, 0.2)
        case "info":
            path.addEllipse(0.04, 0.04, 0.92, 0.92)
    return path


def draw_mark(painter: QPainter, mark: Mark, place: QRectF, colour: QColor) -> None:
    """Draws the shape of a way of giving; a check is a frame, the others are filled."""
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(place.topLeft(), _mark_picture(mark, colour.rgba(), int(place.width()), ratio))


@lru_cache(maxsize=256)
def _mark_picture(mark: Mark, rgba: int, size: int, ratio: float) -> QPixmap:
    """The shape drawn once, for the many times it is shown."""
    pixmap = QPixmap(int(size * ratio), int(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(QColor(0, 0, 0, 0))
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size, size)
    colour = QColor.fromRgba(rgba)
    if mark == "check":
        painter.strokePath(mark_path(mark), QPen(colour, 0.14))
    else:
        painter.fillPath(mark_path(mark), colour)
    painter.end()
    return pixmap


def draw_item(painter: QPainter, mark: Mark, status: str, place: QRectF, colour: QColor, stop: Tone) -> None:
    """Draws what stands for an item: its shape, a tick once it is given, the sign of a stop where there is no dose."""
    if status in ("withheld", "stopped"):
        draw_severity(painter, "stop", place, QColor(stop.edge), QColor(stop.surface))
    elif status == "given":
        draw_tick(painter, place, colour)
    else:
        draw_mark(painter, mark, place, colour)


def draw_severity(painter: QPainter, severity: Severity, place: QRectF, colour: QColor, surface: QColor) -> None:
    """Draws the shape of a severity: a stop filled, the others outlined with their sign inside."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(place.topLeft())
    painter.scale(place.width(), place.height())
    if severity == "stop":
        painter.fillPath(severity_path(severity), colour)
        fill(painter, QRectF(0.22, 0.43, 0.56, 0.14), surface)
    else:
        painter.strokePath(severity_path(severity), QPen(colour, 0.1))
        _draw_sign(painter, severity, colour)
    painter.restore()


def draw_tick(painter: QPainter, place: QRectF, colour: QColor) -> None:
    """Draws the tick of what has been given."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(colour, max(1.4, place.width() * 0.16))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    left, top, size = place.left(), place.top(), place.width()
    painter.drawPolyline(
        QPolygonF([
            QPointF(left + 0.1 * size, top + 0.55 * size),
            QPointF(left + 0.4 * size, top + 0.85 * size),
            QPointF(left + 0.95 * size, top + 0.15 * size),
        ])
    )  # fmt: skip
    painter.restore()


def _draw_sign(painter: QPainter, severity: Severity, colour: QColor) -> None:
    if severity == "caution":
        fill(painter, QRectF(0.45, 0.38, 0.1, 0.26), colour)
        fill(painter, QRectF(0.45, 0.71, 0.1, 0.1), colour)
    elif severity == "advice":
        fill(painter, QRectF(0.24, 0.36, 0.52, 0.09), colour)
        fill(painter, QRectF(0.24, 0.56, 0.36, 0.09), colour)
    else:
        fill(painter, QRectF(0.44, 0.42, 0.12, 0.34), colour)
        fill(painter, QRectF(0.44, 0.22, 0.12, 0.12), colour)


def _regular(corners: int, turn: float) -> QPolygonF:
    angles = (turn + 2 * math.pi * corner / corners for corner in range(corners))
    return QPolygonF([QPointF(0.5 + 0.5 * math.cos(angle), 0.5 + 0.5 * math.sin(angle)) for angle in angles])


def _star() -> QPolygonF:
    points = []
    for corner in range(10):
        reach = 0.52 if corner % 2 == 0 else 0.24
        angle = -math.pi / 2 + math.pi * corner / 5
        points.append(QPointF(0.5 + reach * math.cos(angle), 0.52 + reach * math.sin(angle)))
    return QPolygonF(points)
