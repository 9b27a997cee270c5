"""The buttons under the list of patients: each stands there when this person may do it now."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mbc_desktop.records.permissions import Action, may
from mbc_desktop.records.store_error import StoreError
from mbc_desktop.ui.look.theme import GRID

if TYPE_CHECKING:
    from mbc_desktop.ui.main_window import MainWindow
    from mbc_desktop.ui.pages.patients_page import PatientsPage
    from mbc_desktop.ui.records.ward_commands import WardCommands

Button = tuple[str, Callable[[], object], Callable[[], bool]]
"""The key of its words, what it does, and whether it is wanted now."""


class WardButtons(QWidget):
    """Three rows: before records are open, about a patient, about the ward."""

    def __init__(self, window: MainWindow, commands: WardCommands, page: PatientsPage) -> None:
        super().__init__()
        self._window, self._commands = window, commands
        self._known: list[tuple[QPushButton, Callable[[], bool]]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        for row in self._rows(page):
            across = QHBoxLayout()
            across.setSpacing(GRID)
            for key, command, wanted in row:
                across.addWidget(self._button(key, command, wanted))
            across.addStretch(1)
            column.addLayout(across)

    def refresh(self) -> None:
        """Shows what can be done at this moment."""
        for button, wanted in self._known:
            button.setVisible(wanted())
        self._count_waiting()

    def take_keyboard(self) -> None:
        """Gives the keyboard to the first button that is there, when nothing else on this page has it."""
        first = next((button for button, wanted in self._known if wanted()), None)
        if first is not None:
            first.setFocus()

    def may(self, action: Action) -> bool:
        """Whether the role of who is signed in allows it."""
        ward = self._commands.ward
        return ward is not None and ward.who is not None and may(ward.who.role, action)

    def _button(self, key: str, command: Callable[[], object], wanted: Callable[[], bool]) -> QPushButton:
        button = QPushButton()
        self._window.words.put(button, button.setText, f"ui.records.{key}")
        button.clicked.connect(lambda: command())
        button.setObjectName(key)
        self._known.append((button, wanted))
        return button

    def _count_waiting(self) -> None:
        """How many wait for a second person stands on the button: whoever signs in to verify sees it first."""
        from mbc_desktop.records.signatures import waiting_cycles

        ward, button = self._commands.ward, self.findChild(QPushButton, "worklist")
        if ward is None or ward.who is None or not isinstance(button, QPushButton) or button.isHidden():
            return
        try:
            waiting = len(waiting_cycles(ward.store, ward.who))
        except StoreError:
            # What is wrong with the records is said where they are used.
            return
        say = self._window.words.say
        button.setText(say("ui.records.worklist_count", count=waiting) if waiting else say("ui.records.worklist"))

    def _signed_in(self) -> bool:
        return self._commands.ward is not None and self._commands.ward.who is not None

    def _damaged(self) -> bool:
        return self._commands.ward is not None and self._commands.ward.store.read_only == "damaged"

    def _open(self) -> bool:
        return self._commands.ward is not None and self._commands.ward.patient is not None

    def _rows(self, page: PatientsPage) -> tuple[tuple[Button, ...], ...]:
        commands = self._commands
        closed = lambda: commands.ward is None  # noqa: E731 - said twice below
        nobody = lambda: commands.ward is not None and commands.ward.who is None  # noqa: E731
        signing = lambda: self.may("verify_drugs") or self.may("verify_radiotherapy") or self.may("release_drugs")  # noqa: E731
        return (
            (
                ("create", commands.opening.create, closed),
                ("open", commands.opening.open, closed),
                ("sign_in", commands.sign_in, nobody),
            ),
            (
                ("open_patient", page.open_chosen, self._signed_in),
                ("new_patient", commands.patients.begin, lambda: self.may("save_plan")),
                ("worklist", page.worklist, signing),
                ("verification", page.verification, lambda: self.may("submit_plan")),
                ("history", page.history, lambda: self.may("view_history") and self._open()),
            ),
            (
                ("save_with_reason", commands.saving.with_reason, lambda: self.may("save_plan") and self._open()),
                ("export", commands.upkeep.export, lambda: self.may("export_record") and self._open()),
                ("backup_now", commands.upkeep.back_up, lambda: self.may("make_backup")),
                ("audit", page.audit, lambda: self.may("view_audit")),
            ),
            (
                ("restore", commands.restoring.restore, lambda: self.may("restore_backup") or self._damaged()),
                ("settings", page.settings, lambda: self.may("manage_accounts")),
                ("own_password", commands.own_password, self._signed_in),
                ("sign_out", commands.sign_out, self._signed_in),
            ),
        )
