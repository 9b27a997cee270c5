"""The text of a sheet on the clipboard: for a while, and no longer than the window is open."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

KEPT_MS = 120_000
"""Long enough to paste it; a clipboard is read by every program and by whoever sits down next."""


class CopiedText(QObject):
    """Takes its own text away again; what somebody copied since stays."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._text = ""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(KEPT_MS)
        self._soon.timeout.connect(self.take_away)

    def put(self, text: str) -> None:
        """Puts a text onto the clipboard."""
        self._text = text
        QGuiApplication.clipboard().setText(text)
        self._soon.start()

    def take_away(self) -> None:
        """Empties the clipboard where that text still lies there."""
        clipboard = QGuiApplication.clipboard()
        if self._text and clipboard.text() == self._text:
            clipboard.clear()
        self._text = ""
        self._soon.stop()
