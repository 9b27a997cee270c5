"""The program's own pictures, drawn in the colour of the theme."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from mbc_desktop.core.folders import find_resources

_LARGEST = 64


@lru_cache(maxsize=64)
def icon(name: str, colour: str) -> QIcon:
    """The picture of that name with its lines in `colour` ("#rrggbb")."""
    svg = (find_resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8").replace("#000000", colour)
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    pixmap = QPixmap(QSize(_LARGEST, _LARGEST))
    pixmap.fill(QColor(0, 0, 0, 0))
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, _LARGEST, _LARGEST))
    painter.end()
    return QIcon(pixmap)
