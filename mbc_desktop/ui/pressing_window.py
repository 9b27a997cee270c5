"""A main window in which Enter presses the button that has the keyboard, as it does in every dialog."""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMainWindow, QPushButton, QToolButton

from mbc_desktop.ui.override import override


class PressingWindow(QMainWindow):
    """Takes the Enter that nothing inside wanted."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        from PySide6.QtCore import Qt  # late, because this name makes all of Qt's enumerations

        button = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(button, QPushButton | QToolButton):
            button.click()
            return
        super().keyPressEvent(event)
