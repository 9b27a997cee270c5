"""Telling a screen reader what a painted widget shows at this moment, and what happened elsewhere on the page."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

PAUSE_MS = 700
_WAITING = "to_be_announced"


def announce(widget: QWidget, text: str) -> None:
    """Gives the widget another description; Qt says so where somebody listens, and says nothing when it is the same."""
    if widget.property(_WAITING) is not None:
        widget.setProperty(_WAITING, None)
    widget.setAccessibleDescription(text)


def announce_in_pause(widget: QWidget, text: str) -> None:
    """The same, once nothing else came for a moment: nobody listens to every half of a number. At once where nobody listens."""
    if not QAccessible.isActive():
        announce(widget, text)
    elif text != widget.accessibleDescription():
        widget.setProperty(_WAITING, text)
        QTimer.singleShot(PAUSE_MS, partial(_announce_last, widget, text))


def tell(widget: QWidget, text: str) -> None:
    """Has something read out that the keyboard is not at, and that must not wait until it is."""
    if QAccessible.isActive() and text:
        event = QAccessibleAnnouncementEvent(widget, text)
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)


def _announce_last(widget: QWidget, text: str) -> None:
    if isValid(widget) and widget.property(_WAITING) == text:
        announce(widget, text)
