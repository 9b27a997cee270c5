"""The second person's own values: empty lines, each with its unit, and under each what was understood. Nothing of the first entry
is handed to this form; it is made of names only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from mbc_desktop.core.decimals import decimal_text
from mbc_desktop.core.typed_date import read_calendar_date
from mbc_desktop.core.typed_number import read_plain_number
from mbc_desktop.ui.look.theme import GRID, scaled, smaller
from mbc_desktop.ui.records.form_dialog import capital
from mbc_desktop.ui.widgets.choice_box import ChoiceBox
from mbc_desktop.ui.widgets.line_edit import LineEdit
from mbc_desktop.ui.words import Words

UNITS = {
    "weight": ("kg",),
    "height": ("cm",),
    "creatinine": ("mg/dL", "umol/L"),
    "calcium": ("mmol/L", "mg/dL"),
    "fraction_dose": ("Gy",),
    "spinal_dose": ("mg",),
}
WHOLE = frozenset({"cycle", "fractions", "spinal_times"})
PLAIN = frozenset({"fraction_dose", "spinal_dose"})


class BlindForm(QWidget):
    """One line for each name that is asked for."""

    def __init__(self, words: Words, names: Sequence[str]) -> None:
        super().__init__()
        self._words = words
        self.lines: dict[str, QLineEdit] = {}
        self.units: dict[str, ChoiceBox] = {}
        self._echoes: dict[str, QLabel] = {}
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(GRID)
        for name in names:
            form.addRow(capital(words.say(f"records.input.{name}")), self._row(name))

    def entries(self) -> dict[str, str]:
        """What was entered, in the one way it is compared; "" for what cannot be read."""
        return {name: self._entry(name) for name in self.lines}

    def _row(self, name: str) -> QWidget:
        line, echo, row = LineEdit(), QLabel(), QWidget()
        line.setAccessibleName(self._words.say(f"records.input.{name}"))
        line.setMaximumWidth(scaled(20 * GRID))
        echo.setFont(smaller(self.font(), 1))
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(line)
        units = UNITS.get(name, ())
        if len(units) > 1:
            box = ChoiceBox(self._words)
            box.offer_texts([("", "?"), *((unit, self._words.texts.unit(unit)) for unit in units)])
            box.setAccessibleName(f"{line.accessibleName()}, ?")
            box.chosen.connect(lambda _: self._say(name))
            across.addWidget(box)
            self.units[name] = box
        elif units:
            across.addWidget(QLabel(self._words.texts.unit(units[0])))
        across.addWidget(echo, 1)
        line.textChanged.connect(lambda _: self._say(name))
        self.lines[name], self._echoes[name] = line, echo
        return row

    def _entry(self, name: str) -> str:
        text = self.lines[name].text()
        if name == "start":
            day = read_calendar_date(text).value
            return day.isoformat() if day is not None else ""
        number = read_plain_number(text, decimals=0 if name in WHOLE else 2).value
        if number is None:
            return ""
        if name in WHOLE or name in PLAIN:
            return decimal_text(number)
        unit = self.units[name].value() if name in self.units else UNITS[name][0]
        return f"{decimal_text(number)} {unit}" if unit else ""

    def _say(self, name: str) -> None:
        """Reads back what was understood, in the words of sheets."""
        entry, texts = self._entry(name), self._words.texts
        if name == "start" and entry:
            entry = texts.short_date(date.fromisoformat(entry))
        elif entry:
            number, _, unit = entry.partition(" ")
            entry = texts.amount(Decimal(number), unit) if unit else texts.number(Decimal(number))
        self._echoes[name].setText(entry)
