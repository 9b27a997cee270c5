"""The audit in the window: what asks for a second look, everything, or one patient; and the walk over the chain."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QTableWidget, QTableWidgetItem, QVBoxLayout

from mbc_desktop.records import reports
from mbc_desktop.records.audit_chain import verify_chain
from mbc_desktop.records.reports import AuditLine
from mbc_desktop.records.store_error import StoreError
from mbc_desktop.records.told import chain_lines, error_text
from mbc_desktop.ui.records.ward import Ward
from mbc_desktop.ui.theme import GRID
from mbc_desktop.ui.widgets.announce import announce

if TYPE_CHECKING:
    from mbc_desktop.ui.main_window import MainWindow

COLUMNS = ("when", "who", "what", "number", "why")


class AuditDialog(QDialog):
    """Three lists of links, newest first, and the check with a code from paper."""

    def __init__(self, window: MainWindow, ward: Ward) -> None:
        super().__init__(window)
        self._window, self._ward = window, ward
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        say = window.words.say
        self.setWindowTitle(say("ui.records.audit"))
        self.table, self.code, self.answer = QTableWidget(0, 4), QLineEdit(), QLabel()
        self.table.setAccessibleName(say("ui.records.audit"))
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setStretchLastSection(True)
        heads = [say("records.sheet.when"), say("records.sheet.who"), say("records.sheet.what"), say("ui.field.number")]
        self.table.setHorizontalHeaderLabels(heads)
        self.code.setPlaceholderText(say("ui.records.paper_code"))
        self.code.setAccessibleName(say("ui.records.paper_code"))
        self.answer.setWordWrap(True)
        self.check = QPushButton(say("ui.records.check_chain"))
        self.check.clicked.connect(self.check_chain)
        self._lay_out()
        self._show(lambda: reports.notable(ward.store, ward.seat()))

    def check_chain(self) -> None:
        """Walks the chain and says what it found."""
        texts, typed = self._window.words.texts, self.code.text().strip()
        try:
            report = verify_chain(self._ward.store, on_paper=[typed] if typed else [])
            told = "\n".join(chain_lines(report, texts)[:12])
        except StoreError as error:
            told = error_text(error, texts)
        self.answer.setText(told)
        announce(self.answer, told)

    def _show(self, lines: Callable[[], tuple[AuditLine, ...]]) -> None:
        texts = self._window.words.texts
        try:
            found = lines()
        except StoreError as error:
            self.answer.setText(error_text(error, texts))
            return
        self.table.setRowCount(len(found))
        for row, line in enumerate(found):
            role = f", {texts.word(f'records.role.{line.role}')}" if line.role else ""
            what = texts.word(f"records.action.{line.action}")
            what += f" ({texts.word('records.sheet.emergency')})" if line.emergency else ""
            for column, text in enumerate((line.at[:16].replace("T", " "), f"{line.by}{role}", what, line.patient)):
                self.table.setItem(row, column, QTableWidgetItem(text))
        self.table.resizeColumnsToContents()

    def _lay_out(self) -> None:
        say, ward = self._window.words.say, self._ward
        lists = QHBoxLayout()
        ways: list[tuple[str, Callable[[], tuple[AuditLine, ...]]]] = [
            ("notable", lambda: reports.notable(ward.store, ward.seat())),
            ("everything", lambda: reports.newest(ward.store, ward.seat())),
        ]
        if ward.patient is not None:
            patient = ward.patient
            ways.append(("this_patient", lambda: reports.views_of(ward.store, ward.seat(), patient)))
        for name, way in ways:
            button = QPushButton(say(f"ui.records.{name}"))
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, one=way: self._show(one))
            lists.addWidget(button)
        lists.addStretch(1)
        below = QHBoxLayout()
        below.addWidget(self.code, 1)
        below.addWidget(self.check)
        column = QVBoxLayout(self)
        column.setSpacing(GRID)
        column.addLayout(lists)
        column.addWidget(self.table, 1)
        column.addLayout(below)
        column.addWidget(self.answer)
        self.resize(130 * GRID, 75 * GRID)
