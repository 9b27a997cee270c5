"""A short form made from a list of fields: dates, numbers, texts, choices. Nothing is filled in that nobody said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal, Protocol, TypeVar, runtime_checkable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from mbc_desktop.core.quantity import Quantity
from mbc_desktop.core.record import dataclass
from mbc_desktop.core.typed_text import read_note
from mbc_desktop.patient.date_plausibility import DatePolicy
from mbc_desktop.patient.plausibility import FieldPolicy
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.entry.typed_state import date_text, number_text
from mbc_desktop.ui.look.theme import GRID
from mbc_desktop.ui.widgets.choice_box import ChoiceBox
from mbc_desktop.ui.widgets.date_edit import DateEdit
from mbc_desktop.ui.widgets.quantity_edit import QuantityEdit
from mbc_desktop.ui.widgets.text_edit import TextEdit

Values = Mapping[str, object]
_Edit = TypeVar("_Edit", DateEdit, QuantityEdit, TextEdit)
Kind = Literal["date", "whole", "quantity", "text", "choice", "regimen", "interval"]


@runtime_checkable
class Taking(Protocol):
    """A field out of another room that holds what was taken out of a list; "" for nothing."""

    def value(self) -> str:
        """What was taken."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field. `label` is the key of its name; `policy` judges dates and numbers, `options` are the values of a choice with
    their words. `needed` = the form is not complete without it."""

    name: str
    kind: Kind
    label: str
    needed: bool = True
    policy: DatePolicy | FieldPolicy | None = None
    options: tuple[tuple[str, str], ...] = ()


class FieldSet(QWidget):
    """The fields under one another. `changed` follows every key."""

    changed = Signal()

    def __init__(self, desk: Desk, fields: Sequence[Field], values: Values) -> None:
        super().__init__()
        self._desk = desk
        self._fields = tuple(fields)
        self.widgets: dict[str, QWidget] = {}
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setVerticalSpacing(GRID // 2)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        for field in self._fields:
            self._add(field, values.get(field.name))

    def values(self) -> dict[str, object] | None:
        """What was filled in, by name; None while a field that is needed cannot be read."""
        found: dict[str, object] = {}
        for field in self._fields:
            widget = self.widgets[field.name]
            value = _value(field, widget)
            if value is None and (field.needed or _unreadable(widget)):
                return None
            if value is not None:
                found[field.name] = value
        return found

    def first(self) -> QWidget | None:
        """The field to begin with."""
        return next(iter(self.widgets.values()), None)

    def _add(self, field: Field, value: object) -> None:
        widget = self._make(field, value)
        title = QLabel()
        title.setBuddy(widget)
        self._desk.words.put(title, title.setText, field.label)
        self._form.addRow(title, widget)
        self.widgets[field.name] = widget

    def _make(self, field: Field, value: object) -> QWidget:
        match field.kind:
            case "date":
                return self._date(field, value)
            case "whole" | "quantity":
                return self._number(field, value)
            case "text":
                return self._text(field, value)
            case "choice":
                return self._choice(field, value)
            case "regimen":
                return self._regimen(field, value)
            case "interval":
                return self._interval(field, value)

    def _date(self, field: Field, value: object) -> DateEdit:
        session = self._desk.session
        policy = field.policy if not isinstance(field.policy, FieldPolicy) else None
        edit = DateEdit(
            policy, self._desk.words, self._desk.look, label=field.label, today=lambda: session.today, echo_below=True
        )  # fmt: skip
        edit.show_text(date_text(value if isinstance(value, date) else None))
        return self._follow(edit)

    def _number(self, field: Field, value: object) -> QuantityEdit:
        policy = field.policy if isinstance(field.policy, FieldPolicy) else None
        edit = QuantityEdit(policy, self._desk.words, self._desk.look, label=field.label)
        shown = value.amount if isinstance(value, Quantity) else value
        edit.show_text(number_text(self._desk.words, shown if isinstance(shown, Decimal | int) else None))
        return self._follow(edit)

    def _text(self, field: Field, value: object) -> TextEdit:
        edit = TextEdit(read_note, self._desk.words, self._desk.look, label=field.label, kind="note")
        edit.show_text(value if isinstance(value, str) else "")
        return self._follow(edit)

    def _choice(self, field: Field, value: object) -> ChoiceBox:
        words = self._desk.words
        box = ChoiceBox(words)
        box.offer_texts([("", words.say("ui.course.not_chosen")), *field.options])
        box.show_value(value if isinstance(value, str) else "")
        words.put(box, box.setAccessibleName, field.label)
        box.chosen.connect(lambda _: self.changed.emit())
        return box

    def _regimen(self, field: Field, value: object) -> QWidget:
        # The search for regimens is not for every form.
        from mbc_desktop.ui.panels.regimen_field import RegimenField

        edit = RegimenField(self._desk, value if isinstance(value, str) else "")
        self._desk.words.put(edit, edit.setAccessibleName, field.label)
        edit.changed.connect(self.changed)
        return edit

    def _interval(self, field: Field, value: object) -> QWidget:
        from mbc_desktop.ui.widgets.every_edit import EveryEdit

        policy = field.policy if isinstance(field.policy, FieldPolicy) else None
        edit = EveryEdit([name for name, _ in field.options], policy, self._desk.words, self._desk.look, label=field.label)
        if isinstance(value, str):
            edit.show_value(value)
        edit.changed.connect(self.changed)
        return edit

    def _follow(self, edit: _Edit) -> _Edit:
        edit.changed.connect(lambda _: self.changed.emit())
        edit.confirmed.connect(lambda _: self.changed.emit())
        return edit


def _value(field: Field, widget: QWidget) -> object:
    match widget:
        case ChoiceBox():
            return widget.value() or None
        case DateEdit() | TextEdit():
            return widget.value() or None
        case QuantityEdit():
            number = widget.value()
            if number is None or field.kind == "whole":
                return None if number is None else int(number)
            unit = field.policy.unit if isinstance(field.policy, FieldPolicy) else ""
            return Quantity(number, unit) if unit else number
        case Taking():
            return widget.value() or None
        case _:
            return None


def _unreadable(widget: QWidget) -> bool:
    return isinstance(widget, DateEdit | TextEdit | QuantityEdit) and bool(widget.text().strip())
