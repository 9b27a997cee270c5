"""Keys that belong to the window also while the cursor is in a line of text: undo and redo are of the treatment, and a Linux
desktop would take the keys of three commands for moves of the cursor."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from mbc_desktop.ui.override import override

_CONTROL = Qt.Modifier.CTRL
_COMMANDS = frozenset(
    QKeyCombination(_CONTROL, key) for key in (Qt.Key.Key_D, Qt.Key.Key_E, Qt.Key.Key_K)
)  # fmt: skip
"""A date of its own, the calendar as PDF, a sheet that is checked."""


class WindowKeys(QObject):
    """Keeps a line of text from claiming them."""

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        undoes = event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
        if undoes or event.keyCombination() in _COMMANDS:
            event.ignore()
            return True
        return False


def leave_keys_to_window(part: QWidget) -> None:
    """Applies to `part` and every line of text inside it."""
    keys = WindowKeys(part)
    for line in (part, *part.findChildren(QLineEdit)):
        line.installEventFilter(keys)
