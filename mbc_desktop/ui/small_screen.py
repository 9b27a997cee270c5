"""A screen that is smaller than the pages need (type at 150 or 200 % on a ward screen): everything can be scrolled to."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from mbc_desktop.ui.theme import scaled

NEEDED = QSize(1092, 580)
"""What the largest page and the frame around it need at 100 per cent."""


def has_room(room: QSize) -> bool:
    """Whether the pages fit on a screen of this size with the letter of the moment."""
    return room.width() >= scaled(NEEDED.width()) and room.height() >= scaled(NEEDED.height())


def reachable(pages: QWidget) -> QScrollArea:
    """The pages within a frame that scrolls."""
    frame = QScrollArea()
    frame.setFrameShape(QFrame.Shape.NoFrame)
    frame.setWidgetResizable(True)
    frame.setWidget(pages)
    return frame
