"""The title of the window: the file, else the number of the patient, with a mark for what is not saved yet."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.widgets.announce import PAUSE_MS


class WindowTitle(QTimer):
    """Follows the treatment. Where a screen reader listens it waits for a pause: half a number would be read out at every key."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self.setSingleShot(True)
        self.timeout.connect(self._show)
        for changed in (desk.session.changed, desk.words.changed):
            changed.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """Names the window, now or in a moment."""
        if QAccessible.isActive():
            self.start(PAUSE_MS)
        else:
            self._show()

    def _show(self) -> None:
        session, say = self._desk.session, self._desk.words.say
        number = session.draft.patient.number
        unnamed = say("ui.window.patient", number=number) if number else say("ui.window.untitled")
        name = session.path.name if session.path else unnamed
        self._window.setWindowTitle(f"{name}[*] - mbc_desktop")
        self._window.setWindowModified(session.dirty)
