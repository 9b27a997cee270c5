"""The audit in the window: what asks for a second look, everything, or one patient; and the walk over the chain."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from mbc_desktop.core.disk_reason import disk_reason
from mbc_desktop.core.files import write_file_safely
from mbc_desktop.records import reports
from mbc_desktop.records.audit_chain import ChainReport, verify_chain
from mbc_desktop.records.reports import AuditLine
from mbc_desktop.records.store import Opening, open_store
from mbc_desktop.records.store_error import StoreError
from mbc_desktop.records.told import chain_lines, error_text
from mbc_desktop.ui.look.theme import GRID, within_screen
from mbc_desktop.ui.records.background import Background
from mbc_desktop.ui.records.form_dialog import capital
from mbc_desktop.ui.records.moment_text import moment_text
from mbc_desktop.ui.records.table_text import table_text
from mbc_desktop.ui.records.ward import Ward
from mbc_desktop.ui.widgets.announce import announce
from mbc_desktop.ui.widgets.choice_box import ChoiceBox
from mbc_desktop.ui.widgets.line_edit import LineEdit

if TYPE_CHECKING:
    from mbc_desktop.ui.main_window import MainWindow

MOST = 500
"""How many lines the window shows; the file has all of them."""


class AuditDialog(QDialog):
    """Three lists of links, newest first, and the check with a code from paper."""

    def __init__(self, window: MainWindow, ward: Ward) -> None:
        super().__init__(window)
        self._window, self._ward = window, ward
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        say = window.words.say
        self.setWindowTitle(say("ui.records.audit"))
        self.table, self.code, self.answer = QTableWidget(0, 4), LineEdit(), QLabel()
        self.table.setAccessibleName(say("ui.records.audit"))
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setSectionResizeMode(self.table.columnCount() - 1, QHeaderView.ResizeMode.Stretch)
        self.table.setHorizontalHeaderLabels(self._heads())
        self.months, self.save = ChoiceBox(window.words), QPushButton(say("ui.records.save_list"))
        self.months.setAccessibleName(say("ui.records.looks"))
        self.months.chosen.connect(lambda _: self.show_month())
        self.save.setAutoDefault(False)
        self.save.clicked.connect(self.save_list)
        self._background = Background(self)
        self._lines: tuple[AuditLine, ...] = ()
        self._offer_months()
        self.code.setPlaceholderText(say("ui.records.paper_code"))
        self.code.setAccessibleName(say("ui.records.paper_code"))
        self.answer.setWordWrap(True)
        self.check = QPushButton(say("ui.records.check_chain"))
        self.check.clicked.connect(self.check_chain)
        self._lay_out()
        self._show(lambda: reports.notable(ward.store, ward.seat()))

    def _offer_months(self) -> None:
        try:
            months = reports.months_of(self._ward.store, self._ward.seat())
        except StoreError:
            # The list below says what is wrong.
            months = ()
        self.months.offer_texts([("", "–"), *((one.isoformat(), f"{one:%m/%Y}") for one in months)])

    def check_chain(self) -> None:
        """Walks the chain beside the window, on a connection of its own, and says what it found."""
        texts, typed, store = self._window.words.texts, self.code.text().strip(), self._ward.store

        def work() -> ChainReport:
            other = open_store(store.path, store.key, Opening(read_only=True, check="later", clock=store.now))
            try:
                return verify_chain(other, on_paper=[typed] if typed else [])
            finally:
                other.close()

        def refused(error: StoreError) -> None:
            self._tell(error_text(error, texts))

        self._tell(texts.word("ui.records.busy.walking"))
        self._background.run("walking", work, lambda report: self._tell("\n".join(chain_lines(report, texts)[:12])), refused)

    def show_month(self) -> None:
        """Who looked at what in the chosen month."""
        if self.months.value():
            month = date.fromisoformat(self.months.value())
            self._show(lambda: reports.looks_in_month(self._ward.store, self._ward.seat(), month))

    def save_list(self) -> None:
        """Writes the whole list that is shown as a table for a spreadsheet."""
        say = self._window.words.say
        proposal = Path(f"{say('ui.records.audit')}.csv")
        path = self._window.asking.file_to_write(say("ui.records.save_list"), "CSV (*.csv)", proposal, ".csv")
        if path is None:
            return
        rows = [[self._heads()[column] for column in range(4)], *(list(self._texts(line)) for line in self._lines)]
        try:
            write_file_safely(path, table_text(rows).encode("utf-8-sig"))
        except OSError as error:
            values = {"file": path.name, "reason": disk_reason(error)}
            self._tell(error_text(StoreError("not_written", **values), self._window.words.texts))
            return
        self._tell(say("records.verb.exported", file=path.name))

    def _tell(self, told: str) -> None:
        self.answer.setText(told)
        announce(self.answer, told)

    def _show(self, lines: Callable[[], tuple[AuditLine, ...]]) -> None:
        texts = self._window.words.texts
        try:
            found = lines()
        except StoreError as error:
            self.answer.setText(error_text(error, texts))
            return
        self._lines, shown = found, found[:MOST]
        self.table.setRowCount(len(shown))
        for row, line in enumerate(shown):
            for column, text in enumerate(self._texts(line)):
                self.table.setItem(row, column, QTableWidgetItem(text))
        counted = {"shown": len(shown), "count": len(found)}
        self.answer.setText(self._window.words.say("ui.records.lines_shown", **counted))

    def _texts(self, line: AuditLine) -> tuple[str, str, str, str]:
        texts = self._window.words.texts
        role = f", {texts.word(f'records.role.{line.role}')}" if line.role else ""
        what = texts.word(f"records.action.{line.action}")
        what += f" ({texts.word('records.sheet.emergency')})" if line.emergency else ""
        what += f" ({texts.word('records.sheet.blind')})" if dict(line.details).get("blind") else ""
        return moment_text(line.at), f"{line.by}{role}", what, line.patient

    def _heads(self) -> list[str]:
        say = self._window.words.say
        return [*(capital(say(f"records.sheet.{name}")) for name in ("when", "who", "what")), say("ui.field.number")]

    def _lay_out(self) -> None:
        say, ward = self._window.words.say, self._ward
        lists = QHBoxLayout()
        ways: list[tuple[str, Callable[[], tuple[AuditLine, ...]]]] = [
            ("notable", lambda: reports.notable(ward.store, ward.seat())),
            ("given_unreleased", lambda: reports.unreleased_given(ward.store, ward.seat())),
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
        label = QLabel(say("ui.records.looks"))
        label.setBuddy(self.months)
        lists.addWidget(label)
        lists.addWidget(self.months)
        lists.addWidget(self.save)
        below = QHBoxLayout()
        below.addWidget(self.code, 1)
        below.addWidget(self.check)
        column = QVBoxLayout(self)
        column.setSpacing(GRID)
        column.addLayout(lists)
        column.addWidget(self.table, 1)
        column.addLayout(below)
        column.addWidget(self.answer)
        within_screen(self, 130 * GRID, 75 * GRID)
