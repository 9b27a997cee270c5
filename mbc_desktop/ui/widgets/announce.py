"""Telling a screen reader what a painted widget shows at this moment."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, text: str) -> None:
    """Gives the widget another description; Qt says so where somebody listens, and says nothing when it is the same."""
    widget.setAccessibleDescription(text)
