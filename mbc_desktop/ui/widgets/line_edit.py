"""A line to type in, its text as far from the edge as that of a list to choose from, and clear of the ring of the keyboard."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

FROM_EDGE = 2


class LineEdit(QLineEdit):
    """Nothing else is its own."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextMargins(FROM_EDGE, 0, FROM_EDGE, 0)
