"""Dragging an item of the calendar to another day."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication


class Drag:
    """What was taken hold of, where, and over which day it hangs; nothing is dragged before the mouse has gone far enough."""

    __slots__ = ("item", "moving", "origin", "over", "start")

    def __init__(self, item: str, start: QPoint, origin: date) -> None:
        self.item, self.start, self.origin = item, start, origin
        self.over: date | None = None
        self.moving = False

    def follow(self, point: QPoint, day: date | None) -> bool:
        """Follows the mouse; True while something is dragged."""
        if not self.moving:
            self.moving = (point - self.start).manhattanLength() >= QApplication.startDragDistance()
        if self.moving:
            self.over = day
        return self.moving

    def target(self) -> date | None:
        """The day on which it would be dropped; None where it came from, or outside the calendar."""
        return self.over if self.moving and self.over != self.origin else None
