"""The patients of a ward: search as you type, who was looked at last, a new one; and what belongs to the ward itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from mbc_desktop.records import patients
from mbc_desktop.records.patients import PatientLine
from mbc_desktop.records.permissions import Action, may
from mbc_desktop.records.store_error import StoreError
from mbc_desktop.records.told import error_text
from mbc_desktop.ui.records.patient_text import patient_text
from mbc_desktop.ui.records.ward_commands import WardCommands
from mbc_desktop.ui.theme import GRID, larger

if TYPE_CHECKING:
    from mbc_desktop.ui.main_window import MainWindow

WIDTH = 760

Button = tuple[str, Callable[[], object], Callable[[], bool]]
"""The key of its words, what it does, and whether it is wanted now."""


class PatientsPage(QWidget):
    """Before records are open it says what they are for; then it asks who it is; then it finds patients."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window
        self.commands = WardCommands(window, self.refresh)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.search, self.found, self.told = QLineEdit(), QListWidget(), QLabel()
        self.status, self.banner = QLabel(), QLabel()
        self._lines: tuple[PatientLine, ...] = ()
        self._buttons: list[tuple[QPushButton, Callable[[], bool]]] = []
        self._lay_out()
        self.search.textChanged.connect(lambda _: self._search())
        self.search.returnPressed.connect(self._open_chosen)
        self.found.itemActivated.connect(lambda _: self._open_chosen())
        window.words.changed.connect(self.refresh)
        remembered = self.commands.remembered()
        self.refresh()
        if remembered is not None:
            self.commands.opening.open(remembered)

    def refresh(self) -> None:
        """Shows what can be done at this moment."""
        ward, say = self.commands.ward, self._window.words.say
        who = ward.who if ward is not None else None
        for button, wanted in self._buttons:
            button.setVisible(wanted())
        for part in (self.search, self.found):
            part.setVisible(who is not None)
        self.status.setText(say("ui.records.signed_in_as", name=who.name, role=who.role) if who is not None else "")
        damaged = ward is not None and ward.store.read_only == "damaged"
        emergency = ward.emergency if ward is not None else ""
        self.banner.setText(say("ui.records.damaged_banner") if damaged else emergency)
        self.banner.setVisible(bool(self.banner.text()))
        self.told.setText(say("ui.records.none_open") if ward is None else "")
        if who is not None:
            self._search()

    def _search(self) -> None:
        ward, say = self.commands.ward, self._window.words.say
        if ward is None or ward.who is None:
            return
        typed = self.search.text().strip()
        try:
            seat = ward.seat()
            self._lines = (
                patients.search_patients(ward.store, seat, typed) if typed else patients.recent_patients(ward.store, seat)
            )
            empty = say("ui.records.nobody_found" if typed else "ui.records.type_to_search")
            self.told.setText((say("ui.records.recent") if self._lines and not typed else "") if self._lines else empty)
        except StoreError as error:
            self._lines = ()
            self.told.setText(error_text(error, self._window.words.texts))
        self.found.clear()
        for line in self._lines:
            self.found.addItem(QListWidgetItem(patient_text(line, self._window.words)))
        if self._lines:
            self.found.setCurrentRow(0)

    def _open_chosen(self) -> None:
        row, ward = self.found.currentRow(), self.commands.ward
        if 0 <= row < len(self._lines):
            self.commands.open_patient(self._lines[row].id)
        elif ward is not None and not self._may("search_patients"):
            # Who may not search has to know the number, and says why.
            number = self.search.text()
            self.commands.tell_refusal(
                lambda: self.commands.open_patient(patients.patient_for_emergency(ward.store, ward.seat(), number))
            )

    def _signed_in(self) -> bool:
        return self.commands.ward is not None and self.commands.ward.who is not None

    def _may(self, action: Action) -> bool:
        ward = self.commands.ward
        return ward is not None and ward.who is not None and may(ward.who.role, action)

    def _verification(self) -> None:
        """Of the patient chosen in the list, who is not opened for it: the second person sees no value before the own ones."""
        from mbc_desktop.ui.records.verification_dialog import VerificationDialog

        ward, row = self.commands.ward, self.found.currentRow()
        if ward is None or not 0 <= row < len(self._lines) or not self._window.files.may_leave():
            return
        patient = self._lines[row].id
        self.commands.tell_refusal(lambda: VerificationDialog(self._window, ward, ward.plan_of(patient), patient).open())

    def _history(self) -> None:
        from mbc_desktop.ui.records.history_dialog import HistoryDialog

        ward, say = self.commands.ward, self._window.words.say
        if ward is None or ward.patient is None:
            self._window.asking.tell(say("ui.records.history"), say("ui.records.no_plan"))
            return
        self.commands.tell_refusal(lambda: HistoryDialog(self._window, ward).open())

    def _audit(self) -> None:
        from mbc_desktop.ui.records.audit_dialog import AuditDialog

        if self.commands.ward is not None:
            AuditDialog(self._window, self.commands.ward).open()

    def _button(self, key: str, command: Callable[[], object], wanted: Callable[[], bool]) -> QPushButton:
        button = QPushButton()
        self._window.words.put(button, button.setText, f"ui.records.{key}")
        button.clicked.connect(lambda: command())
        self._buttons.append((button, wanted))
        return button

    def _lay_out(self) -> None:
        words = self._window.words
        heading = QLabel()
        heading.setFont(larger(self.font(), 4))
        words.put(heading, heading.setText, "ui.records.heading")
        words.put(self.search, self.search.setPlaceholderText, "ui.records.search")
        words.put(self.search, self.search.setAccessibleName, "ui.records.search")
        words.put(self.found, self.found.setAccessibleName, "ui.records.heading")
        for text in (self.told, self.banner, self.status):
            text.setWordWrap(True)
            text.setTextFormat(Qt.TextFormat.PlainText)
        inside = QWidget()
        inside.setMaximumWidth(WIDTH)
        column = QVBoxLayout(inside)
        column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        column.setSpacing(2 * GRID)
        for part in (heading, self.banner, self.status, self.search, self.told):
            column.addWidget(part)
        column.addWidget(self.found, 1)
        for row in self._rows():
            across = QHBoxLayout()
            across.setSpacing(GRID)
            for key, command, wanted in row:
                across.addWidget(self._button(key, command, wanted))
            across.addStretch(1)
            column.addLayout(across)
        column.addStretch(0)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(inside, 4)
        outer.addStretch(1)

    def _rows(self) -> tuple[tuple[Button, ...], ...]:
        """The buttons under the list: before records are open, about a patient, about the ward."""
        commands = self.commands
        closed = lambda: commands.ward is None  # noqa: E731 - said twice below
        nobody = lambda: commands.ward is not None and commands.ward.who is None  # noqa: E731
        return (
            (
                ("create", commands.opening.create, closed),
                ("open", commands.opening.open, closed),
                ("sign_in", commands.sign_in, nobody),
            ),
            (
                ("open_patient", self._open_chosen, self._signed_in),
                ("new_patient", commands.new_patient, lambda: self._may("save_plan")),
                ("verification", self._verification, lambda: self._may("submit_plan")),
                ("history", self._history, lambda: self._may("view_history")),
                ("export", commands.upkeep.export, lambda: self._may("export_record")),
            ),
            (
                ("backup_now", commands.upkeep.back_up, lambda: self._may("make_backup")),
                ("restore", commands.upkeep.restore, lambda: self._may("restore_backup")),
                ("audit", self._audit, lambda: self._may("view_audit")),
                ("add_user", commands.upkeep.add_user, lambda: self._may("manage_accounts")),
                ("sign_out", commands.sign_out, self._signed_in),
            ),
        )
