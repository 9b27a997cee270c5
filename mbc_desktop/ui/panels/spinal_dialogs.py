"""Writing an order into the spinal fluid, and typing its dose again. Nothing is filled in, nothing is proposed, and whoever types
the dose again does not see what was written."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, get_args

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from mbc_desktop.patient.plausibility import FieldPolicy
from mbc_desktop.planning.intrathecal import IntrathecalDrug, IntrathecalOrder
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.entry.spinal_orders import has_typed, with_confirmation, with_new_order
from mbc_desktop.ui.look.theme import GRID, within_screen
from mbc_desktop.ui.widgets.days_edit import DaysEdit
from mbc_desktop.ui.widgets.field_set import Field, FieldSet
from mbc_desktop.ui.widgets.line_edit import LineEdit
from mbc_desktop.ui.widgets.quantity_edit import QuantityEdit

if TYPE_CHECKING:
    from mbc_desktop.ui.entry.draft import Draft


class _SpinalDialog(QDialog):
    """The frame of both: the warning on top, two buttons below; Enter in a field never writes anything."""

    changed = Signal()

    def __init__(self, desk: Desk, title: str, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._done = desk, False
        self.ok, cancel, warning = QPushButton(), QPushButton(), QLabel()
        warning.setWordWrap(True)
        font = warning.font()
        font.setBold(True)
        warning.setFont(font)
        desk.words.put(self, self.setWindowTitle, title)
        desk.words.put(warning, warning.setText, "ward.never_intrathecal")
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button, key in ((cancel, "act.cancel"), (self.ok, "act.apply")):
            desk.words.put(button, button.setText, key)
            button.setAutoDefault(False)
            buttons.addWidget(button)
        self.column = QVBoxLayout()
        self.column.setSpacing(GRID)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        whole.setSpacing(2 * GRID)
        whole.addWidget(warning)
        whole.addLayout(self.column)
        whole.addStretch(1)
        whole.addLayout(buttons)
        self.setTabOrder(self.ok, cancel)
        self.ok.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        self.changed.connect(self._enable)
        within_screen(self, 56 * GRID, 48 * GRID)

    def entered(self) -> Draft | None:
        """The treatment with what was entered; None while something is missing."""
        return None

    def accept(self) -> None:
        """Writes it into the treatment, as one step."""
        draft, session = self.entered(), self._desk.session
        if draft is not None and not self._done:
            self._done = True
            session.close_step()
            session.change(draft)
            super().accept()

    def _enable(self) -> None:
        self.ok.setEnabled(self.entered() is not None)


class OrderDialog(_SpinalDialog):
    """Drug, dose, every day by date, a note."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(desk, "spinal.add", window)
        words, fields = desk.words, desk.session.fields
        drugs = tuple((drug, words.say(f"ward.intrathecal_drug.{drug}")) for drug in get_args(IntrathecalDrug))
        what = (
            Field(name="drug", kind="choice", label="facts.field.drug", options=drugs),
            Field(name="dose", kind="quantity", label="spinal.dose", policy=dose_policy(desk)),
        )
        note = Field(name="note", kind="text", label="act.note", needed=False)
        self.fields, self.note = FieldSet(desk, what, {}), FieldSet(desk, (note,), {})
        self.days = DaysEdit(desk, fields.dates["calendar_day"] if fields else None, "spinal.days")
        for part in (self.fields, self.days, self.note):
            self.column.addWidget(part)
            part.changed.connect(self.changed)
        self._enable()
        first = self.fields.first()
        if first is not None:
            first.setFocus()

    def entered(self) -> Draft | None:
        """The treatment with one more order."""
        values, note, days = self.fields.values(), self.note.values(), self.days.value()
        edit = self.fields.widgets["dose"]
        dose = edit.value() if isinstance(edit, QuantityEdit) else None
        if values is None or note is None or not days or dose is None:
            return None
        drug = next(one for one in get_args(IntrathecalDrug) if one == values["drug"])
        return with_new_order(self._desk.session.draft, drug=drug, dose_mg=dose, dates=days, note=str(note.get("note", "")))


class ConfirmDialog(_SpinalDialog):
    """What is ordered without its dose, and the fields of the person who types the dose again."""

    def __init__(self, desk: Desk, order: IntrathecalOrder, window: QWidget) -> None:
        super().__init__(desk, "spinal.confirm", window)
        self._order = order
        words, patient = desk.words, desk.session.draft.patient
        days = words.texts.listing(tuple(words.texts.short_date(day) for day in order.dates))
        name = f"{patient.family_name.upper()} {patient.given_name} {patient.number}".strip()
        for text in (name, words.say("spinal.of", drug=words.say(f"ward.intrathecal_drug.{order.drug}"), days=days), order.note):
            if text:
                self.column.addWidget(_line(text))
        self.dose = QuantityEdit(dose_policy(desk), words, desk.look, label="spinal.dose_again")
        self.by = LineEdit(desk.session.signed_in)
        self.by.setReadOnly(bool(desk.session.signed_in))
        self.by.setMaxLength(12)
        self.objection = QLabel()
        self.objection.setWordWrap(True)
        for key, field in (("spinal.dose_again", self.dose), ("act.by", self.by)):
            label = QLabel()
            label.setBuddy(field)
            words.put(label, label.setText, key)
            self.column.addWidget(label)
            self.column.addWidget(field)
        words.put(self.by, self.by.setAccessibleName, "act.by")
        self.column.addWidget(self.objection)
        for sent in (self.dose.changed, self.dose.confirmed, self.by.textEdited):
            sent.connect(lambda _: self.changed.emit())
        self._enable()
        self.dose.setFocus()

    def entered(self) -> Draft | None:
        """The treatment with what this person typed."""
        session, by, dose = self._desk.session, self.by.text().strip(), self.dose.value()
        twice = has_typed(self._order, by)
        self.objection.setText(self._desk.words.say("spinal.twice", by=by) if by and twice else "")
        if not by or twice or dose is None:
            return None
        return with_confirmation(session.draft, self._order.id, by=by, on=session.today, dose_mg=dose)


def dose_policy(desk: Desk) -> FieldPolicy | None:
    """The field of a dose in mg, above zero. What is too much is said by the plan, which knows the drug."""
    fields = desk.session.fields
    if fields is None:
        return None
    return replace(fields.numbers["dose_override_mg"], soft=None, hard=(Decimal("0.1"), Decimal(1000)), doubts=(), mentions=())


def _line(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
