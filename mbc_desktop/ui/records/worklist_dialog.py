"""What waits for a second person, over all patients: the list of a pharmacist in the morning. No dose and no value stands in it,
so that whoever begins here has seen none."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from mbc_desktop.planning.files.treatment_error import TreatmentError
from mbc_desktop.records.signatures import Waiting, waiting_cycles
from mbc_desktop.records.store_error import StoreError
from mbc_desktop.records.told import error_text
from mbc_desktop.texts import plain_date
from mbc_desktop.ui.look.theme import GRID, within_screen
from mbc_desktop.ui.records.given_text import given_text
from mbc_desktop.ui.records.ward import Ward
from mbc_desktop.ui.widgets.announce import announce

if TYPE_CHECKING:
    from mbc_desktop.ui.main_window import MainWindow

COLUMNS = ("starts", "patient", "born", "number", "drugs", "cycle", "state")


class WorklistDialog(QDialog):
    """Enter signs the chosen cycle; what is done leaves the list, and the next one is chosen."""

    def __init__(self, window: MainWindow, ward: Ward, open_patient: Callable[[int], object]) -> None:
        super().__init__(window)
        self._window, self._ward, self._open_patient = window, ward, open_patient
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        say = window.words.say
        self.setWindowTitle(say("ui.records.worklist").removesuffix("…"))
        self.told, self.table = QLabel(), QTableWidget(0, len(COLUMNS))
        self.told.setWordWrap(True)
        self.table.setAccessibleName(self.windowTitle())
        self.table.setHorizontalHeaderLabels([say(f"ui.records.column.{name}") for name in COLUMNS])
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setSectionResizeMode(self.table.columnCount() - 1, QHeaderView.ResizeMode.Stretch)
        self.sign, close = QPushButton(say("ui.records.sign_chosen")), QPushButton(say("ui.records.close"))
        self.open_it = QPushButton(say("ui.records.open_to_correct"))
        self.open_it.setAutoDefault(False)
        self.open_it.clicked.connect(self.open_chosen)
        self.table.currentCellChanged.connect(lambda *_: self._enable())
        self.sign.setDefault(True)
        close.setAutoDefault(False)
        self.sign.clicked.connect(self.sign_chosen)
        self.table.cellDoubleClicked.connect(lambda *_: self.sign_chosen())
        close.clicked.connect(self.accept)
        below = QHBoxLayout()
        below.addWidget(self.open_it)
        below.addStretch(1)
        below.addWidget(close)
        below.addWidget(self.sign)
        column = QVBoxLayout(self)
        column.setSpacing(GRID)
        column.addWidget(self.told)
        column.addWidget(self.table, 1)
        column.addLayout(below)
        within_screen(self, 150 * GRID, 70 * GRID)
        self._known: tuple[Waiting, ...] = ()
        self.fill()

    def fill(self) -> None:
        """Reads the list again and keeps the place in it."""
        row = max(0, self.table.currentRow())
        self._known = waiting_cycles(self._ward.store, self._ward.seat())
        self.told.setText(self._window.words.say("ui.records.waiting_count", count=len(self._known)))
        self.table.setRowCount(len(self._known))
        for place, one in enumerate(self._known):
            for column, text in enumerate(self._texts(one)):
                self.table.setItem(place, column, QTableWidgetItem(text))
        self._enable()
        if self._known:
            self.table.setCurrentCell(min(row, len(self._known) - 1), 0)
            self.table.setFocus()

    def open_chosen(self) -> None:
        """Leaves the list for the patient, to correct what was read before a release."""
        one = self._chosen()
        if one is not None:
            self.accept()
            self._open_patient(one.patient.id)

    def sign_chosen(self) -> None:
        """Opens the signature of the chosen cycle, without opening the patient."""
        from mbc_desktop.ui.records.verification_dialog import VerificationDialog

        one, ward = self._chosen(), self._ward
        if one is None:
            return
        try:
            dialog = VerificationDialog(self._window, ward, ward.plan_of(one.patient.id), one.patient.id, only=one.cycle)
        except StoreError as error:
            self._tell(error_text(error, self._window.words.texts))
            return
        except TreatmentError as error:
            self._tell(error.text)
            return
        dialog.finished.connect(lambda _: self.fill())
        dialog.open()

    def _chosen(self) -> Waiting | None:
        row = self.table.currentRow()
        return self._known[row] if 0 <= row < len(self._known) else None

    def _enable(self) -> None:
        """A patient whose values are still to be entered blind is not opened from here: whoever looked could not verify."""
        one = self._chosen()
        self.sign.setEnabled(one is not None)
        self.open_it.setEnabled(one is not None and one.state == "verified")

    def _texts(self, one: Waiting) -> tuple[str, ...]:
        words = self._window.words
        return (
            words.texts.short_date(one.starts) if one.starts is not None else "",
            f"{one.patient.family_name.upper()} {one.patient.given_name}",
            plain_date(one.patient.birth_date),
            one.patient.number,
            " + ".join(given_text(words, given) for given in one.drugs),
            str(one.cycle.cycle),
            words.say(f"records.state.{one.state}"),
        )

    def _tell(self, text: str) -> None:
        self.told.setText(text)
        announce(self.told, text)
