"""The patients of a ward: search as you type, who was looked at last, a new one; and what belongs to the ward itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from mbc_desktop.records import patients
from mbc_desktop.records.patients import PatientLine
from mbc_desktop.records.store_error import StoreError
from mbc_desktop.records.told import error_text
from mbc_desktop.ui.look.theme import GRID, larger, scaled
from mbc_desktop.ui.panels.recent_files import RecentFiles
from mbc_desktop.ui.records.patient_text import patient_text
from mbc_desktop.ui.records.ward_buttons import WardButtons
from mbc_desktop.ui.records.ward_commands import WardCommands
from mbc_desktop.ui.widgets.columns_delegate import ColumnsDelegate
from mbc_desktop.ui.widgets.search_line import SearchLine

if TYPE_CHECKING:
    from mbc_desktop.ui.main_window import MainWindow

WIDTH = 760


class PatientsPage(QWidget):
    """Before records are open it says what they are for; then it asks who it is; then it finds patients."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window
        self.commands = WardCommands(window, self.refresh)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.found, self.told = QListWidget(), QLabel()
        self.search = SearchLine(self.found)
        self.status, self.banner = QLabel(), QLabel()
        self._lines: tuple[PatientLine, ...] = ()
        self._nobody = True
        self._buttons = WardButtons(window, self.commands, self)
        self._busy, self.files = QProgressBar(), RecentFiles(window)
        self._lay_out()
        self.search.textChanged.connect(lambda _: self._search())
        self.search.returnPressed.connect(self.open_chosen)
        self.found.itemActivated.connect(lambda _: self.open_chosen())
        window.words.changed.connect(self.refresh)
        remembered = self.commands.remembered()
        self.refresh()
        if remembered is not None:
            self.commands.opening.open(remembered)

    def refresh(self) -> None:
        """Shows what can be done at this moment."""
        ward, say = self.commands.ward, self._window.words.say
        who = ward.who if ward is not None else None
        said = self.commands.background.said
        self._buttons.refresh()
        self._buttons.setVisible(not said)
        self._busy.setVisible(bool(said))
        # Once somebody is signed in, patients come out of the records.
        self.files.setVisible(who is None and not said)
        for part in (self.search, self.found):
            part.setVisible(who is not None and not said)
        self.status.setText(say("ui.records.signed_in_as", name=who.name, role=who.role) if who is not None else "")
        self.status.setVisible(who is not None)
        damaged = ward is not None and ward.store.read_only == "damaged"
        emergency = ward.emergency if ward is not None else ""
        self.banner.setText(say("ui.records.damaged_banner") if damaged else emergency)
        self.banner.setVisible(bool(self.banner.text()))
        self.told.setText(say(f"ui.records.busy.{said}") if said else self._closed() if ward is None else "")
        if who is not None and self._nobody:
            # Whoever has just signed in looks for somebody next.
            self.search.setFocus()
        elif ward is not None and who is None and not said:
            self._buttons.take_keyboard()
        if who is None:
            # Names that were looked for, and found, go with whoever was allowed to.
            self._lines = ()
            self.found.clear()
            self.search.clear()
        self._nobody = who is None
        if who is not None and not said:
            self._search()

    def _closed(self) -> str:
        """What to do while no records are open: those of before are named, so that nobody begins new ones beside them."""
        known, say = self.commands.remembered(), self._window.words.say
        return say("ui.records.not_open", file=known.name) if known is not None else say("ui.records.none_open")

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
            self.told.setVisible(bool(self.told.text()))
        except StoreError as error:
            self._lines = ()
            sees_nobody = error.code == "not_allowed"
            self.told.setText(say("ui.records.no_search") if sees_nobody else error_text(error, self._window.words.texts))
        self.found.clear()
        for line in self._lines:
            self.found.addItem(QListWidgetItem(patient_text(line, self._window.words)))
        if self._lines:
            self.found.setCurrentRow(0)

    def open_chosen(self) -> None:
        """Opens the patient chosen in the list; who may not search types the number and says why."""
        row, ward = self.found.currentRow(), self.commands.ward
        if 0 <= row < len(self._lines):
            self.commands.patients.open(self._lines[row].id)
        elif ward is not None and not self._buttons.may("search_patients"):
            # Who may not search has to know the number, and says why.
            number = self.search.text()
            self.commands.tell_refusal(
                lambda: self.commands.patients.open(patients.patient_for_emergency(ward.store, ward.seat(), number))
            )

    def verification(self) -> None:
        """Of the patient chosen in the list, who is not opened for it: the second person sees no value before the own ones."""
        from mbc_desktop.ui.records.verification_dialog import VerificationDialog

        ward, row = self.commands.ward, self.found.currentRow()
        if ward is None or not 0 <= row < len(self._lines) or not self._window.files.may_leave():
            return
        patient = self._lines[row].id
        self._show_dialog(lambda: VerificationDialog(self._window, ward, ward.plan_of(patient), patient))

    def worklist(self) -> None:
        """What waits for a second person, over all patients."""
        from mbc_desktop.ui.records.worklist_dialog import WorklistDialog

        ward = self.commands.ward
        if ward is not None and self._window.files.may_leave():
            self._show_dialog(lambda: WorklistDialog(self._window, ward, self.commands.patients.open))

    def _show_dialog(self, make: Callable[[], QDialog]) -> None:
        """Opens it, or says why not; what it changed (who was looked at last, how many wait) stands here afterwards."""

        def show() -> None:
            dialog = make()
            dialog.finished.connect(self.refresh)
            dialog.open()

        self.commands.tell_refusal(show)

    def settings(self) -> None:
        """Users, policy, backups, passphrase, permissions."""
        from mbc_desktop.ui.records.ward_settings import WardSettings

        if self.commands.ward is not None:
            WardSettings(self._window, self.commands.ward, self.commands).open()

    def history(self) -> None:
        """The savings of the patient who is open."""
        from mbc_desktop.ui.records.history_dialog import HistoryDialog

        ward, say = self.commands.ward, self._window.words.say
        if ward is None or ward.patient is None:
            self._window.asking.tell(say("ui.records.history"), say("ui.records.no_plan"))
            return
        self.commands.tell_refusal(lambda: HistoryDialog(self._window, ward).open())

    def audit(self) -> None:
        """What was done, by whom, and whether the chain is whole."""
        from mbc_desktop.ui.records.audit_dialog import AuditDialog

        if self.commands.ward is not None:
            AuditDialog(self._window, self.commands.ward).open()

    def _lay_out(self) -> None:
        words = self._window.words
        heading = QLabel()
        heading.setFont(larger(self.font(), 4))
        words.put(heading, heading.setText, "ui.records.heading")
        words.put(self.search, self.search.setPlaceholderText, "ui.records.search")
        words.put(self.search, self.search.setAccessibleName, "ui.records.search")
        self.found.setItemDelegate(ColumnsDelegate(self.found))
        words.put(self.found, self.found.setAccessibleName, "ui.records.heading")
        for text in (self.told, self.banner, self.status):
            text.setWordWrap(True)
            text.setTextFormat(Qt.TextFormat.PlainText)
        inside = QWidget()
        inside.setMaximumWidth(scaled(WIDTH))
        column = QVBoxLayout(inside)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        for part in (heading, self.banner, self.status, self.search, self.told, self._busy):
            column.addWidget(part)
        column.addWidget(self.found, 1)
        column.addWidget(self._buttons)
        column.addWidget(self.files, 9)
        column.addStretch(0)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(inside, 4)
        outer.addStretch(1)
