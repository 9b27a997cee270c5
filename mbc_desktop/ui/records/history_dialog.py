"""The history of a patient in the window: every saving with who and why, and what differs between two days."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
)

from mbc_desktop.records.history import Version, compare_versions, entered_by, plan_of_version, versions
from mbc_desktop.records.store_error import StoreError
from mbc_desktop.records.told import error_text
from mbc_desktop.texts.difference_text import change_text, summary_text
from mbc_desktop.texts.entered_text import entered_text, part_text
from mbc_desktop.ui.calendar.day_items import days_of
from mbc_desktop.ui.calendar.day_text import day_sentence
from mbc_desktop.ui.look.theme import GRID, within_screen
from mbc_desktop.ui.records.moment_text import moment_text
from mbc_desktop.ui.records.ward import Ward

if TYPE_CHECKING:
    from mbc_desktop.planning.plan import Plan
    from mbc_desktop.ui.main_window import MainWindow


class HistoryDialog(QDialog):
    """The savings, newest first; one chosen shows what it entered, two chosen show what differs between their days."""

    def __init__(self, window: MainWindow, ward: Ward) -> None:
        super().__init__(window)
        self._window, self._ward = window, ward
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        say = window.words.say
        self.setWindowTitle(say("ui.records.history"))
        self.savings, self.text = QListWidget(), QPlainTextEdit()
        self.savings.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.savings.setAccessibleName(say("ui.records.history"))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(say("ui.records.compare"))
        self.plan, close = QPushButton(say("ui.records.plan_then")), QPushButton(say("ui.records.close"))
        self.plan.setAutoDefault(False)
        self.plan.clicked.connect(self.show_plan)
        close.clicked.connect(self.accept)
        patient = ward.patient or 0
        self._known = tuple(reversed(versions(ward.store, ward.seat(), patient)))
        for one in self._known:
            line = say("ui.records.version_line", day=one.day, number=one.number, by=one.by, role=one.role)
            self.savings.addItem(f"{line}\n{one.why}" if one.why else line)
        across = QHBoxLayout()
        across.setSpacing(2 * GRID)
        across.addWidget(self.savings, 2)
        across.addWidget(self.text, 3)
        column = QVBoxLayout(self)
        column.addWidget(QLabel(say("ui.records.history")))
        column.addLayout(across, 1)
        below = QHBoxLayout()
        below.addWidget(self.plan)
        below.addStretch(1)
        below.addWidget(close)
        column.addLayout(below)
        self.savings.itemSelectionChanged.connect(self._show)
        within_screen(self, 130 * GRID, 70 * GRID)
        self.savings.setCurrentRow(0)

    def show_plan(self) -> None:
        """The whole plan as it stood with the chosen saving, day by day, computed with the data of its own day."""
        row, words = self.savings.currentRow(), self._window.words
        if not 0 <= row < len(self._known):
            return
        version = self._known[row]
        try:
            then = plan_of_version(self._ward.store, self._ward.patient or 0, version, self._ward.data)
        except StoreError as error:
            self.text.setPlainText(error_text(error, words.texts))
            return
        days = days_of(then.plan, first=_first_day(then.plan), last=then.plan.request.horizon)
        lines = [words.say("ui.records.plan_of", day=version.day, number=version.number)]
        lines += [] if then.exact else [words.say("ui.records.not_exact")]
        lines += ["", *(f"{day_sentence(words, day, days[day])}\n" for day in sorted(days) if days[day].items)]
        self.text.setPlainText("\n".join(lines))

    def _show(self) -> None:
        rows = sorted(index.row() for index in self.savings.selectedIndexes())
        if not rows:
            return
        try:
            chosen = [self._known[row] for row in rows]
            self.text.setPlainText(self._compared(chosen[-1], chosen[0]) if len(chosen) > 1 else self._entered(chosen[0]))
        except StoreError as error:
            self.text.setPlainText(error_text(error, self._window.words.texts))

    def _entered(self, version: Version) -> str:
        patient, say = self._ward.patient or 0, self._window.words.say
        entered = entered_by(self._ward.store, patient, version.number)
        texts = self._window.words.texts
        lines = [f"+ {entered_text(row, texts)}" for row in entered.added]
        lines += [f"− {entered_text(row, texts)}" for row in entered.removed]
        lines += [f"± {part_text(part, texts)}" for part in entered.parts]
        return "\n".join([version.why, *lines]).strip() or say("ui.records.no_change")

    def _compared(self, older: Version, newer: Version) -> str:
        ward, words = self._ward, self._window.words
        found = compare_versions(ward.store, ward.patient or 0, older, newer, ward.data)
        lines = [summary_text(found.changes, older.day, words.texts)]
        if not (found.older.exact and found.newer.exact):
            lines.append(words.say("ui.records.not_exact"))
        lines += [change_text(change, ward.data.library, words.texts) for change in found.changes]
        lines += ["", *(f"{moment_text(one.saved_at)} {one.by}: {one.why}" for one in found.savings)]
        return "\n".join(lines)


def _first_day(plan: Plan) -> date:
    """The first day on which anything of the plan stands."""
    days = [visit.date for visit in plan.visits] + [period.first for period in plan.intakes]
    return min(days, default=plan.request.today)
