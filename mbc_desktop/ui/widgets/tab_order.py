"""The way of the Tab key: parts of a page in the order in which one works, whatever was built first."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def walk_through(*parts: QWidget) -> None:
    """Tab goes from part to part, and inside each as it was laid out."""
    found = [one for part in parts for one in (part, *part.findChildren(QWidget))]
    # The list of a choice is a window of its own.
    inside = [one for one in found if one.window() is parts[0].window() and one.focusProxy() is None]
    walked = [one for one in inside if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    for before, after in pairwise(walked):
        QWidget.setTabOrder(before, after)
