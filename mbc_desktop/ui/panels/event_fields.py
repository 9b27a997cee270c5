"""The fields of an event that follow from its kind: days, dates, amounts, levels. Nothing is filled in that nobody said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from mbc_desktop.core.decimals import decimal_text
from mbc_desktop.core.quantity import Quantity
from mbc_desktop.core.typed_text import read_note
from mbc_desktop.planning.request import EventKind
from mbc_desktop.regimen.library import Library
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.event_entry import FIELDS, Subject
from mbc_desktop.ui.labels import regimen_title
from mbc_desktop.ui.theme import GRID
from mbc_desktop.ui.typed_state import date_text, number_text
from mbc_desktop.ui.widgets.choice_box import ChoiceBox
from mbc_desktop.ui.widgets.date_edit import DateEdit
from mbc_desktop.ui.widgets.quantity_edit import QuantityEdit
from mbc_desktop.ui.widgets.text_edit import TextEdit

_DATES = {"given_on": "earlier_day", "to": "calendar_day", "day": "calendar_day"}
INTERVALS = ("21 days", "28 days", "1 month", "84 days", "3 months", "168 days", "6 months")
Values = Mapping[str, object]


class EventFields(QWidget):
    """One form for one kind. `changed` follows every key."""

    changed = Signal()

    def __init__(self, desk: Desk, library: Library, kind: EventKind, subject: Subject, values: Values) -> None:
        super().__init__()
        self._desk, self._library, self._kind, self._subject = desk, library, kind, subject
        self._widgets: dict[str, QWidget] = {}
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setVerticalSpacing(GRID)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        for name in FIELDS[kind]:
            self._add(name, values.get(name))

    def values(self) -> dict[str, object] | None:
        """What was filled in, by the names of an event's fields; None while a field that is needed cannot be read."""
        found: dict[str, object] = {}
        for name, widget in self._widgets.items():
            value = self._value(name, widget)
            if value is None and (self._needed(name) or self._unreadable(widget)):
                return None
            if value is not None:
                found[name] = value
        return found

    def first(self) -> QWidget | None:
        """The field to begin with."""
        return next(iter(self._widgets.values()), None)

    def _needed(self, name: str) -> bool:
        return name not in ("batch", "amount") or (name == "amount" and self._kind == "dose")

    def _add(self, name: str, value: object) -> None:
        label = f"act.field.{name}"
        widget = self._make(name, label, value)
        title = QLabel()
        title.setBuddy(widget)
        self._desk.words.put(title, title.setText, label)
        self._form.addRow(title, widget)
        self._widgets[name] = widget

    def _make(self, name: str, label: str, value: object) -> QWidget:
        if name in _DATES:
            return self._date(label, _DATES[name], value)
        if name == "days":
            return self._number("interval_days", label, value)
        if name == "amount":
            return self._number("dose_override_mg", label, value)
        if name in ("batch", "what"):
            return self._text(label, value)
        return self._choice(label, name, value)

    def _date(self, label: str, policy: str, value: object) -> DateEdit:
        dates = self._desk.session.fields.dates if self._desk.session.fields else {}
        edit = DateEdit(
            dates.get(policy), self._desk.words, self._desk.look, label=label, today=lambda: self._desk.session.today,
            echo_below=True,
        )  # fmt: skip
        edit.show_text(date_text(value if isinstance(value, date) else None))
        edit.changed.connect(lambda _: self.changed.emit())
        edit.confirmed.connect(lambda _: self.changed.emit())
        return edit

    def _number(self, policy: str, label: str, value: object) -> QuantityEdit:
        numbers = self._desk.session.fields.numbers if self._desk.session.fields else {}
        limits = numbers.get(policy)
        if limits is not None and policy == "dose_override_mg" and self._subject.unit != limits.unit:
            limits = replace(limits, unit=self._subject.unit, spellings=(self._subject.unit,))
        if limits is not None and policy == "interval_days":
            # How long something is put off is no interval: a few days are as usual as a few weeks.
            limits = replace(limits, soft=None)
        edit = QuantityEdit(limits, self._desk.words, self._desk.look, label=label)
        shown = value.amount if isinstance(value, Quantity) else value
        edit.show_text(number_text(self._desk.words, shown if isinstance(shown, Decimal | int) else None))
        edit.changed.connect(lambda _: self.changed.emit())
        edit.confirmed.connect(lambda _: self.changed.emit())
        return edit

    def _text(self, label: str, value: object) -> TextEdit:
        edit = TextEdit(read_note, self._desk.words, self._desk.look, label=label, kind="note")
        edit.show_text(value if isinstance(value, str) else "")
        edit.changed.connect(lambda _: self.changed.emit())
        return edit

    def _choice(self, label: str, name: str, value: object) -> ChoiceBox:
        words = self._desk.words
        box = ChoiceBox(words)
        box.offer_texts([("", words.say("ui.course.not_chosen")), *self._options(name)])
        box.show_value(value if isinstance(value, str) else "")
        words.put(box, box.setAccessibleName, label)
        box.chosen.connect(lambda _: self.changed.emit())
        return box

    def _options(self, name: str) -> list[tuple[str, str]]:
        words = self._desk.words
        if name == "every":
            return [(every, words.texts.option(every)) for every in INTERVALS]
        if name == "regimen":
            titles = [(one, regimen_title(words, self._library, one, brands=False)) for one in self._library.regimens]
            return sorted(titles, key=lambda pair: pair[1])
        drug = self._library.drugs.get(self._subject.target.drug)
        levels = drug.levels if drug is not None else None
        amounts = [words.texts.amount(amount, levels.unit) for amount in levels.amounts] if levels else []
        return [(f"-{step}", words.say("act.level_of", level=step, amount=amount)) for step, amount in enumerate(amounts)]

    def _value(self, name: str, widget: QWidget) -> object:
        match widget:
            case ChoiceBox():
                return widget.value() or None
            case DateEdit() | TextEdit():
                return widget.value() or None
            case QuantityEdit():
                number = widget.value()
                if number is None:
                    return None
                return int(decimal_text(number)) if name == "days" else Quantity(number, self._subject.unit)
            case _:
                return None

    @staticmethod
    def _unreadable(widget: QWidget) -> bool:
        return isinstance(widget, DateEdit | TextEdit | QuantityEdit) and bool(widget.text().strip())
