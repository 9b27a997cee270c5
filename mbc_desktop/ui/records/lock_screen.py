"""The lock of an idle seat: nothing of a patient is to be seen until the same person gives the password, or leaves the seat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout
from shiboken6 import isValid

from mbc_desktop.records import people
from mbc_desktop.ui.look.theme import GRID, larger, scaled
from mbc_desktop.ui.override import override
from mbc_desktop.ui.records.ward import Ward
from mbc_desktop.ui.widgets.announce import announce
from mbc_desktop.ui.widgets.line_edit import LineEdit

if TYPE_CHECKING:
    from mbc_desktop.ui.main_window import MainWindow
    from mbc_desktop.ui.records.ward_commands import WardCommands


class LockScreen(QDialog):
    """Covers the window while it stands; Escape does not lift it."""

    def __init__(self, window: MainWindow, ward: Ward, commands: WardCommands) -> None:
        super().__init__(window)
        self._window, self._ward, self._commands = window, ward, commands
        self._hidden: list[QDialog] = []
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        say = window.words.say
        self.setWindowTitle(say("ui.records.unlock"))
        told = QLabel(say("ui.records.locked", name=ward.who.name if ward.who else ""))
        told.setWordWrap(True)
        told.setFont(larger(self.font(), 1))
        self.password, self.refusal = LineEdit(), QLabel()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName(say("records.field.password"))
        self.refusal.setWordWrap(True)
        self.ok, leave = QPushButton(say("ui.records.unlock")), QPushButton(say("ui.records.sign_out"))
        self.ok.setDefault(True)
        leave.setAutoDefault(False)
        self.ok.clicked.connect(self.unlock)
        leave.clicked.connect(self.leave)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(leave)
        buttons.addWidget(self.ok)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        column.setSpacing(2 * GRID)
        for part in (told, self.password, self.refusal):
            column.addWidget(part)
        column.addLayout(buttons)
        self.setMinimumWidth(scaled(56 * GRID))
        self._cover(True)

    def unlock(self) -> None:
        """Goes on where the person was."""
        who = self._ward.who
        if who is None:
            return
        refused = self._commands.refused(lambda: people.unlock(self._ward.store, who, self.password.text()))
        self.refusal.setText(refused)
        if refused:
            announce(self.password, refused)
            self.password.selectAll()
            return
        self._cover(False)
        self.accept()

    def leave(self) -> None:
        """Leaves the seat: what was not saved is kept as a draft in the records."""
        self._ward.sign_out()
        for dialog in self._still_there():
            # What stood open was about the patient of whoever is gone.
            dialog.reject()
        self._hidden.clear()
        self._cover(False)
        self.accept()

    @override
    def reject(self) -> None:
        """Only the password or leaving lifts it."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)

    def _cover(self, on: bool) -> None:
        inside = self._window.centralWidget()
        if inside is not None:
            inside.setVisible(not on)
        self._window.menuBar().setEnabled(not on)
        if on:
            # A dialog about a patient stands before the window, not in it.
            self._hidden = [one for one in self._window.findChildren(QDialog) if one is not self and one.isVisible()]
            for dialog in self._hidden:
                dialog.hide()
            return
        for dialog in self._still_there():
            dialog.show()
        self._hidden.clear()

    def _still_there(self) -> list[QDialog]:
        """A question that was hidden has been answered with its harmless answer, and is gone."""
        return [dialog for dialog in self._hidden if isValid(dialog)]
