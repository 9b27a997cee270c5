"""Why an unusual value is right: one of a few reasons, or the value typed once more with its unit where two are possible."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from mbc_desktop.core.typed_number import read_plain_number
from mbc_desktop.ui.look.theme import GRID
from mbc_desktop.ui.widgets.choice_box import ChoiceBox
from mbc_desktop.ui.widgets.line_edit import LineEdit
from mbc_desktop.ui.widgets.reading_text import AnyReading
from mbc_desktop.ui.words import Words

REASONS = ("measured_again", "known_for_patient", "checked_in_report", "agreed_with_prescriber")
TYPED_AGAIN = "typed_again_with_unit"
_TYPE_AGAIN_CODE = "UNIT_OVERLAP_REENTER"


class Confirmation(QWidget):
    """The small row under an unusual value. `given` carries the reason; another text asks anew."""

    given = Signal(str)

    def __init__(self, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self.reason = ""
        self._reading: AnyReading | None = None
        self._spellings: tuple[str, ...] = ()
        self.heading = QLabel(self)
        self.choice = ChoiceBox(words)
        self.again = LineEdit(parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 4)
        for part in (self.heading, self.choice, self.again):
            column.addWidget(part)
        self.choice.offer((("", "input.confirm.choose"), *((reason, f"input.confirm.{reason}") for reason in REASONS)))
        self.choice.chosen.connect(self._give)
        self.again.textEdited.connect(self._compare)
        words.changed.connect(self._say)
        self.hide()
        self._say()

    def ask_about(self, reading: AnyReading, *, given: str, spellings: tuple[str, ...]) -> None:
        """Turns to another reading, for which a reason may have been given before; `spellings` are those of the field's unit."""
        self._reading, self.reason, self._spellings = reading, given, spellings
        self.again.clear()
        self.choice.show_value(given)
        self._say()

    def take_keyboard(self) -> None:
        """Puts the keyboard where the reason is given."""
        (self.again if self._asks_again() else self.choice).setFocus()

    def _asks_again(self) -> bool:
        return self._reading is not None and self._reading.reason == _TYPE_AGAIN_CODE

    def _say(self) -> None:
        again = self._asks_again()
        heading = self._words.say("input.confirm.type_again" if again else "input.confirm.heading")
        self.heading.setText(heading)
        self.choice.setAccessibleName(heading)
        self.again.setAccessibleName(heading)
        self.choice.setVisible(not again)
        self.again.setVisible(again)

    def _give(self, reason: str) -> None:
        self.reason = reason
        self.given.emit(reason)

    def _compare(self, text: str) -> None:
        """The same number with the unit of the field confirms; without a unit it does not, for that is what left the doubt."""
        value = self._reading.value if self._reading is not None else None
        with_unit = read_plain_number(text, decimals=2, spellings=self._spellings).value
        without = read_plain_number(text, decimals=2).value
        reason = TYPED_AGAIN if isinstance(value, Decimal) and with_unit == value and without is None else ""
        if reason != self.reason:
            self._give(reason)
