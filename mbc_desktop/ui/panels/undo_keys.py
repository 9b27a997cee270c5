"""Undo belongs to the treatment, not to a single line of text: the window's own command gets the keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from mbc_desktop.ui.override import override


class UndoKeys(QObject):
    """Keeps a line of text from claiming the keys of undo and redo."""

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        undoes = event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
        if undoes:
            event.ignore()
        return undoes


def leave_undo_to_window(part: QWidget) -> None:
    """Applies to every line of text inside `part`."""
    keys = UndoKeys(part)
    for line in part.findChildren(QLineEdit):
        line.installEventFilter(keys)
