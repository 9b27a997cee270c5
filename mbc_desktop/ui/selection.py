"""What is selected in the window: a day, and perhaps one item of the plan or one course. Views tell it and follow it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, Signal


class Selection(QObject):
    """The selected day with the selected item's id ("" = none) and course ("" = none)."""

    changed = Signal()

    def __init__(self, day: date) -> None:
        super().__init__()
        self.day = day
        self.item = ""
        self.course = ""

    def select_day(self, day: date) -> None:
        """Selects a day and nothing on it."""
        self._set(day, "", "")

    def select_item(self, item: str, course: str, day: date) -> None:
        """Selects one item of the plan."""
        self._set(day, item, course)

    def select_course(self, course: str) -> None:
        """Selects a course; the day stays."""
        self._set(self.day, "", course)

    def clear(self) -> None:
        """Selects nothing; the day stays."""
        self._set(self.day, "", "")

    def _set(self, day: date, item: str, course: str) -> None:
        if (day, item, course) != (self.day, self.item, self.course):
            self.day, self.item, self.course = day, item, course
            self.changed.emit()
