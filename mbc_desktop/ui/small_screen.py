"""A screen that is smaller than the pages need (type at 150 or 200 % on a ward screen): everything can be scrolled to."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

NEEDED = QSize(1160, 580)
"""What the largest page and the frame around it need, in the points of the scaled screen."""


def reachable(pages: QWidget, room: QSize) -> QWidget:
    """The pages themselves where the screen has room for them, else within a frame that scrolls."""
    if room.width() >= NEEDED.width() and room.height() >= NEEDED.height():
        return pages
    frame = QScrollArea()
    frame.setFrameShape(QFrame.Shape.NoFrame)
    frame.setWidgetResizable(True)
    frame.setWidget(pages)
    return frame
