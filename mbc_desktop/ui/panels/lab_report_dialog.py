"""Pasting a laboratory report: what was recognised stands beside the line it came from, and only what is ticked is taken."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from mbc_desktop.core.quantity import Quantity
from mbc_desktop.patient.facts import Measurement
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.entry.lab_layout import layout_of, sample_day
from mbc_desktop.ui.entry.lab_report import Found, Left, read_lines
from mbc_desktop.ui.entry.typed_state import date_text, typed_date
from mbc_desktop.ui.look.theme import GRID, scaled, within_screen
from mbc_desktop.ui.widgets.date_edit import DateEdit

READ_IN_REPORT = "checked_in_report"


class LabReportDialog(QDialog):
    """An unusual value is not ticked: ticking it says that it was checked in the report. A line that is not certain stands there
    too, with the reason, and cannot be ticked."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._read_lines: tuple[Found | Left, ...] = ()
        self.report, self.table = QPlainTextEdit(), QTableWidget(0, 3)
        dates = desk.session.fields.dates if desk.session.fields else {}
        self.day = DateEdit(
            dates.get("earlier_day"), desk.words, desk.look, label="lab.day", today=lambda: desk.session.today, echo_below=True
        )
        self.take, self._cancel = QPushButton(), QPushButton()
        self._lay_out()
        self.report.textChanged.connect(self._read)
        self.day.changed.connect(lambda _: self._enable())
        self.table.itemChanged.connect(lambda _: self._enable())
        self.take.setDefault(True)
        self.take.clicked.connect(self.accept)
        self._cancel.clicked.connect(self.reject)
        self._enable()
        self.report.setFocus()

    def chosen(self) -> tuple[Found, ...]:
        """What is ticked."""
        checked = Qt.CheckState.Checked
        return tuple(
            one for row, one in enumerate(self._read_lines) if isinstance(one, Found) and self._tick(row).checkState() == checked
        )

    def accept(self) -> None:
        """Adds what is ticked to the measurements, as one step."""
        day, session = typed_date(self.day).value, self._desk.session
        if day is None or not self.chosen():
            return
        by = session.signed_in or self._desk.preferences.user
        new = [_measurement(one, day, by) for one in self.chosen()]
        replaced = {(one.kind, one.on) for one in new}
        kept = tuple(one for one in session.draft.measurements if (one.kind, one.on) not in replaced)
        session.close_step()
        session.change(replace(session.draft, measurements=(*kept, *new)), refill=True)
        super().accept()

    def _tick(self, row: int) -> QTableWidgetItem:
        item = self.table.item(row, 0)
        if item is None:
            raise LookupError(row)
        return item

    def _read(self) -> None:
        fields, text = self._desk.session.fields, self.report.toPlainText()
        self._read_lines = read_lines(text, tuple(fields.numbers.values())) if fields else ()
        day = sample_day(text, today=self._desk.session.today)
        if day is not None:
            self.day.show_text(date_text(day))
        self.table.blockSignals(True)
        self.table.setRowCount(len(self._read_lines))
        for row, one in enumerate(self._read_lines):
            self._show(row, one)
        self.table.blockSignals(False)
        self._enable()

    def _show(self, row: int, one: Found | Left) -> None:
        words, own = self._desk.words, f"ui.field.{one.kind}"
        name = QTableWidgetItem(words.say(own if words.texts.has(own) else f"fact.{one.kind}"))
        read_only = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        name.setFlags(read_only)
        if isinstance(one, Found):
            name.setFlags(read_only | Qt.ItemFlag.ItemIsUserCheckable)
            name.setCheckState(Qt.CheckState.Checked if one.verdict == "accept" else Qt.CheckState.Unchecked)
            value = words.texts.amount(one.value, one.unit)
            said = words.say("lab.unusual", value=value) if one.verdict == "warn" else value
        else:
            said = words.say(f"lab.left.{one.why}")
        for column, item in enumerate((name, QTableWidgetItem(said), QTableWidgetItem(one.line))):
            if column:
                item.setFlags(read_only)
                # What is cut can be read in full.
                item.setToolTip(item.text())
            self.table.setItem(row, column, item)

    def _enable(self) -> None:
        count = len(self.chosen())
        self.take.setEnabled(count > 0 and typed_date(self.day).value is not None)
        words, samples = self._desk.words, len(layout_of(self.report.toPlainText()).days)
        said = [words.say("lab.found", count=sum(isinstance(one, Found) for one in self._read_lines))]
        said += [words.say("lab.newest", count=samples)] if samples else []
        self._said.setText(". ".join(said))

    def _lay_out(self) -> None:
        words, hint, name = self._desk.words, QLabel(), QLabel()
        self._said = QLabel()
        hint.setWordWrap(True)
        name.setBuddy(self.day)
        words.put(self, self.setWindowTitle, "lab.title")
        words.put(hint, hint.setText, "lab.hint")
        words.put(name, name.setText, "lab.day")
        words.put(self.report, self.report.setAccessibleName, "lab.report")
        words.put(self.table, self.table.setAccessibleName, "lab.title")
        words.put(self._cancel, self._cancel.setText, "act.cancel")
        words.put(self.take, self.take.setText, "lab.take")
        self.report.setTabChangesFocus(True)
        self.table.setHorizontalHeaderLabels([words.say(f"lab.column.{column}") for column in ("what", "value", "line")])
        self.table.verticalHeader().hide()
        self.table.setTabKeyNavigation(False)
        self.table.setColumnWidth(0, scaled(20 * GRID))
        self.table.setColumnWidth(1, scaled(24 * GRID))
        self.table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        day = QHBoxLayout()
        day.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        name.setContentsMargins(0, self.day.fontMetrics().height() // 4, 0, 0)
        day.addWidget(self.day, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self._said, 1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        for part in (hint, self.report, self.table):
            column.addWidget(part, 1 if part is not hint else 0)
        column.addLayout(day)
        column.addLayout(buttons)
        self.setTabOrder(self.take, self._cancel)
        within_screen(self, 100 * GRID, 76 * GRID)


def _measurement(one: Found, day: date, by: str) -> Measurement:
    unusual = one.verdict == "warn"
    return Measurement(
        kind=one.kind,
        quantity=Quantity(one.value, one.unit),
        on=day,
        low=one.low,
        high=one.high,
        confirmed_reason=READ_IN_REPORT if unusual else "",
        confirmed_by=by if unusual else "",
    )
