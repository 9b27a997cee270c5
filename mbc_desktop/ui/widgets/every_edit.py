"""How often something is given: one of the usual intervals, or another one as a whole number of days, weeks or months."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mbc_desktop.patient.plausibility import FieldPolicy
from mbc_desktop.ui.desk import Look
from mbc_desktop.ui.look.theme import GRID
from mbc_desktop.ui.widgets.choice_box import ChoiceBox
from mbc_desktop.ui.widgets.quantity_edit import QuantityEdit
from mbc_desktop.ui.words import Words

OTHER = "other"
UNITS = ("days", "weeks", "months")


class EveryEdit(QWidget):
    """`changed` follows every choice and key. The number and its unit show themselves when the usual ones are not meant."""

    changed = Signal()

    def __init__(self, usual: Sequence[str], policy: FieldPolicy | None, words: Words, look: Look, *, label: str) -> None:
        super().__init__()
        self.box, self.unit = ChoiceBox(words), ChoiceBox(words)
        self.number = QuantityEdit(policy, words, look, label=label)
        options = [(every, words.texts.option(every)) for every in usual]
        self.box.offer_texts([("", words.say("ui.course.not_chosen")), *options, (OTHER, words.say("act.other_interval"))])
        self.unit.offer([("", "ui.course.not_chosen"), *((unit, f"act.interval_unit.{unit}") for unit in UNITS)])
        for box in (self.box, self.unit):
            words.put(box, box.setAccessibleName, label)
            box.chosen.connect(lambda _: self._tell())
        self.number.changed.connect(lambda _: self.changed.emit())
        self._other = QWidget()
        row = QHBoxLayout(self._other)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.number, 1)
        row.addWidget(self.unit, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self.box)
        column.addWidget(self._other)
        self.setFocusProxy(self.box)
        self._other.hide()

    def value(self) -> str:
        """The interval as a treatment file writes it ("35 days"); "" while it is not complete."""
        if self.box.value() != OTHER:
            return self.box.value()
        number, unit = self.number.value(), self.unit.value()
        return f"{int(number)} {unit}" if number is not None and unit else ""

    def show_value(self, every: str) -> None:
        """Shows an interval, the usual ones in the list."""
        usual = self.box.findData(every) >= 0
        self.box.show_value(every if usual else OTHER)
        if not usual:
            number, _, unit = every.partition(" ")
            self.number.show_text(number)
            self.unit.show_value(f"{unit.rstrip('s')}s")
        self._other.setVisible(not usual)

    def _tell(self) -> None:
        other = self.box.value() == OTHER
        if other and self._other.isHidden():
            self.number.setFocus()
        self._other.setVisible(other)
        self.changed.emit()
