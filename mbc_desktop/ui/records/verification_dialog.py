"""Verification by two people in the window: where each current cycle stands, and the step that is now to be signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from mbc_desktop.records.cycle_content import current_cycle, cycles_of
from mbc_desktop.records.plans import note_view
from mbc_desktop.records.policy import courses_to_verify
from mbc_desktop.records.signatures import Cycle, state_of, waiting_cycles
from mbc_desktop.records.store_error import StoreError
from mbc_desktop.records.told import error_text
from mbc_desktop.records.verification import asked_for, refuse_releaser, refuse_verifier, release, submit, verify
from mbc_desktop.texts import plain_date
from mbc_desktop.ui.look.palettes import Tone
from mbc_desktop.ui.look.theme import GRID, larger, within_screen
from mbc_desktop.ui.records.blind_form import BlindForm
from mbc_desktop.ui.records.form_dialog import capital
from mbc_desktop.ui.records.given_text import given_in
from mbc_desktop.ui.records.release_sheet import ReleaseView
from mbc_desktop.ui.records.ward import Ward
from mbc_desktop.ui.widgets.announce import announce
from mbc_desktop.ui.widgets.line_edit import LineEdit

if TYPE_CHECKING:
    from mbc_desktop.planning.plan import Plan
    from mbc_desktop.ui.main_window import MainWindow

NEXT = {"draft": "submit", "computed": "verify", "difference": "verify", "verified": "release", "released": ""}


class VerificationDialog(QDialog):
    """The cycles at the left; at the right what the chosen one asks for, the password, and the one button of its step."""

    def __init__(self, window: MainWindow, ward: Ward, plan: Plan, patient: int, only: Cycle | None = None) -> None:
        super().__init__(window)
        self._window, self._ward, self._plan, self._patient = window, ward, plan, patient
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        say = window.words.say
        who = plan.request.patient
        self.setWindowTitle(f"{say('ui.records.verification')}: {who.family_name.upper()} {who.given_name}, {who.number}")
        self.identity = QLabel(f"{who.family_name.upper()} {who.given_name}    {plain_date(who.birth_date)}    {who.number}")
        self.identity.setFont(larger(self.font(), 2))
        self.cycles, self.told, self.answer = QListWidget(), QLabel(), QLabel()
        self.cycles.setAccessibleName(say("ui.records.verification"))
        self.password, self.sign = LineEdit(), QPushButton()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName(say("records.field.password"))
        self.form: BlindForm | None = None
        self._place = QVBoxLayout()
        self._only = only
        self.sheet: ReleaseView | None = None
        self._noted = False
        self.cycles.setVisible(only is None)
        self._known = (only,) if only is not None else self._cycles_to_sign()
        self._lay_out()
        self.cycles.currentRowChanged.connect(lambda _: self._show())
        self.sign.clicked.connect(self.do_step)
        self._fill()

    def do_step(self) -> None:
        """Signs the step that is due for the chosen cycle."""
        cycle, ward, say = self._chosen(), self._ward, self._window.words.say
        if cycle is None:
            return
        step, password = NEXT[state_of(ward.store, cycle)], self.password.text()
        self.password.clear()
        told, tone = "", None
        try:
            match step:
                case "submit":
                    submit(ward.store, ward.seat(), self._plan, cycle, password=password)
                case "verify":
                    entries = self.form.entries() if self.form is not None else {}
                    outcome = verify(ward.store, ward.seat(), self._plan, cycle, entries, password=password)
                    names = self._window.words.texts.listing(tuple(say(f"records.input.{one}") for one in outcome.differing))
                    told = say("ui.records.agreed") if outcome.agreed else say("ui.records.differs", names=names)
                    colours = self._window.desk.look.colours
                    tone = colours.agreed if outcome.agreed else colours.severities["stop"]
                case _:
                    release(ward.store, ward.seat(), self._plan, cycle, password=password)
        except StoreError as error:
            self._tell(error_text(error, self._window.words.texts))
            self.password.setFocus()
            return
        ward.refresh()
        if self._only is not None and (step == "release" or (step == "verify" and self._another_waits())):
            self.accept()
            return
        self._fill()
        if told:
            self._tell(told, tone)

    def _cycles_to_sign(self) -> tuple[Cycle, ...]:
        """Every cycle of the courses under the policy, from the first one that is not given."""
        found: list[Cycle] = []
        for course in courses_to_verify(self._ward.store, self._plan.request, self._ward.data.library):
            current = current_cycle(self._plan, course, self._plan.request.today) or 1
            later = [one for one in cycles_of(self._plan, course) if one >= current]
            found += [Cycle(patient=self._patient, course=course, cycle=one) for one in later]
        return tuple(found)

    def _fill(self) -> None:
        row = max(0, self.cycles.currentRow())
        with QSignalBlocker(self.cycles):
            self.cycles.clear()
            for cycle in self._known:
                state = state_of(self._ward.store, cycle)
                say, name = self._window.words.say, given_in(self._window.words, self._plan, cycle.course)
                self.cycles.addItem(say("ui.records.cycle_line", course=name, cycle=cycle.cycle, state=state))
            self.cycles.setCurrentRow(row if row < len(self._known) else 0)
        self._show()

    def _show(self) -> None:
        cycle, say = self._chosen(), self._window.words.say
        old, self.form, self.sheet = (self.form, self.sheet), None, None
        for part in old:
            if part is not None:
                # Hiding it moves the focus, which may choose a cycle again.
                part.hide()
                part.deleteLater()
        self._tell("")
        step = NEXT[state_of(self._ward.store, cycle)] if cycle is not None else ""
        self.told.setText("" if self._known else say("ui.records.nothing_to_verify"))
        if cycle is not None and step in ("verify", "release") and self._refused(cycle, step):
            step = ""
        if step == "submit":
            self.told.setText(say("ui.records.submit_hint"))
        elif step == "release" and cycle is not None:
            step = step if self._show_sheet(cycle) else ""
        elif step == "verify" and cycle is not None:
            names = asked_for(self._ward.store, self._plan, cycle)
            self.told.setText(say("ui.records.blind" if names else "ui.records.nothing_asked"))
            self.form = BlindForm(self._window.words, names)
            self._place.addWidget(self.form, 0, Qt.AlignmentFlag.AlignTop)
            for line in list(self.form.lines.values())[-1:]:
                QWidget.setTabOrder(line, self.password)
        self.sign.setText(say(f"ui.records.{step}") if step else say("ui.records.sign"))
        self.sign.setEnabled(bool(step))
        self.password.setEnabled(bool(step))
        first = next(iter(self.form.lines.values()), self.password) if self.form is not None else self.password
        first.setFocus()

    def _show_sheet(self, cycle: Cycle) -> bool:
        """Shows what is about to be released. From here on its values have been seen, and that is noted first."""
        ward, window = self._ward, self._window
        try:
            if not self._noted:
                note_view(ward.store, ward.seat(), self._patient)
        except StoreError as error:
            self._tell(error_text(error, window.words.texts))
            return False
        self._noted = True
        self.told.setText(window.words.say("ui.records.release_hint"))
        self.sheet = ReleaseView(self._plan, cycle.course, cycle.cycle, window.desk, ward.data.library)
        self.sheet.turn_from(self.password)
        self._place.addWidget(self.sheet, 1)
        QWidget.setTabOrder(self.sheet, self.password)
        return True

    def _another_waits(self) -> bool:
        """Whether another cycle of this patient is still to be verified: its values are not shown before that."""
        ward = self._ward
        waiting = waiting_cycles(ward.store, ward.seat())
        return any(one.patient.id == self._patient and one.state != "verified" for one in waiting)

    def _refused(self, cycle: Cycle, step: str) -> bool:
        """Says before anything is typed or shown why this person cannot take this step."""
        check = refuse_releaser if step == "release" else refuse_verifier
        try:
            check(self._ward.store, self._ward.seat(), self._plan, cycle)
        except StoreError as error:
            self._tell(error_text(error, self._window.words.texts))
            return True
        return False

    def _chosen(self) -> Cycle | None:
        row = self.cycles.currentRow()
        return self._known[row] if 0 <= row < len(self._known) else None

    def _tell(self, text: str, tone: Tone | None = None) -> None:
        """Says what came of it: two entries that agree in green, a stop in red."""
        palette = self.palette()
        if tone is not None:
            palette.setColor(QPalette.ColorRole.WindowText, QColor(tone.text))
            palette.setColor(QPalette.ColorRole.Window, QColor(tone.surface))
        self.answer.setPalette(palette)
        self.answer.setAutoFillBackground(tone is not None)
        self.answer.setContentsMargins(GRID, GRID, GRID, GRID)
        self.answer.setText(text)
        if text:
            announce(self.answer, text)

    def _lay_out(self) -> None:
        right, inside = QWidget(), QVBoxLayout()
        right.setLayout(inside)
        label = QLabel(capital(self._window.words.say("records.field.password")))
        label.setBuddy(self.password)
        for text in (self.told, self.answer):
            text.setWordWrap(True)
        bold = self.answer.font()
        bold.setBold(True)
        self.answer.setFont(bold)
        row = QHBoxLayout()
        for part in (label, self.password, self.sign):
            row.addWidget(part)
        inside.addWidget(self.told, 0, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(self._place, 1)
        inside.addWidget(self.answer)
        inside.addLayout(row)
        across = QHBoxLayout()
        across.setSpacing(2 * GRID)
        across.addWidget(self.cycles, 2)
        across.addWidget(right, 3)
        column = QVBoxLayout(self)
        column.setSpacing(GRID)
        column.addWidget(self.identity)
        column.addLayout(across, 1)
        within_screen(self, 120 * GRID, 74 * GRID)
