"""The row of buttons above the inspector: the two most usual things to do with what is selected, and a menu with the rest."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from mbc_desktop.planning.request import EventKind
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.item_commands import ItemCommands
from mbc_desktop.ui.look.theme import GRID
from mbc_desktop.ui.override import override

_FIRST: tuple[EventKind, ...] = ("given", "move", "delay", "hold")
_SHOWN = 2


class ItemActions(QWidget):
    """Follows the selection; nothing can be done with a day or a check, and then nothing is shown."""

    def __init__(self, desk: Desk, commands: ItemCommands) -> None:
        super().__init__()
        self._desk, self._commands = desk, commands
        self._buttons: dict[EventKind, QToolButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID, GRID, GRID, 0)
        row.setSpacing(GRID // 2)
        for kind in _FIRST:
            # Beside one another in a narrow column: a push button is never narrower than its style wants it.
            button = QToolButton()
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            desk.words.put(button, partial(_name, button), f"act.kind.{kind}")
            button.clicked.connect(lambda _=False, kind=kind: commands.begin(kind))
            row.addWidget(button)
            self._buttons[kind] = button
        self._more = QToolButton()
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        desk.words.put(self._more, self._more.setText, "act.more")
        self._more.clicked.connect(self._open_menu)
        row.addWidget(self._more)
        row.addStretch(1)
        for changed in (desk.session.changed, desk.selection.changed, desk.words.changed, desk.look.changed):
            changed.connect(self._show)
        self._show()

    def button(self, kind: EventKind) -> QToolButton:
        """The button of a kind."""
        return self._buttons[kind]

    def _show(self) -> None:
        # Above the sheet of a day or of the patient's numbers a button would not say what it is about.
        subject = self._commands.subject() if self._desk.selection.item else None
        kinds = [kind for kind in _FIRST if subject is not None and kind in subject.kinds][:_SHOWN]
        while len(kinds) > 1 and self._needed(kinds) > self._room():
            # No name is cut: what has no room is in the menu, like the rest.
            kinds.pop()
        for kind, button in self._buttons.items():
            button.setVisible(kind in kinds)
        self._more.setVisible(subject is not None)
        self.setVisible(subject is not None)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show()

    def _needed(self, kinds: list[EventKind]) -> int:
        shown = (*(self._buttons[kind] for kind in kinds), self._more)
        return 2 * GRID + sum(button.sizeHint().width() + GRID // 2 for button in shown)

    def _room(self) -> int:
        # While it is hidden it has no width of its own.
        parent = self.parentWidget()
        return parent.width() if parent is not None else self.width()

    def _open_menu(self) -> None:
        self._commands.pop_up(self._more.mapToGlobal(self._more.rect().bottomLeft()))


def _name(button: QToolButton, text: str) -> None:
    button.setText(f"{text}…")
