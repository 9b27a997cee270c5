"""The field for a number with its unit. Comma and point are both the decimal mark, in every language."""

from __future__ import annotations

from decimal import Decimal

from mbc_desktop.patient.plausibility import FieldPolicy, read_number
from mbc_desktop.ui.desk import Look
from mbc_desktop.ui.override import override
from mbc_desktop.ui.widgets.reading_text import AnyReading
from mbc_desktop.ui.widgets.typed_edit import NOTHING, TypedEdit
from mbc_desktop.ui.words import Words


class QuantityEdit(TypedEdit):
    """A number by the limits of one field (None until the library has been read: the field then waits)."""

    def __init__(self, policy: FieldPolicy | None, words: Words, look: Look, *, label: str, echo_below: bool = False) -> None:
        self._policy = policy
        super().__init__(self._read_number, words, look, label=label, echo_below=echo_below)
        self.use_policy(policy)

    def use_policy(self, policy: FieldPolicy | None) -> None:
        """Goes by the limits of another field: the same quantity in another unit. The text stays and is read anew."""
        waited = self._policy is None
        self._policy = policy
        self.setEnabled(policy is not None)
        self.spellings = policy.spellings if policy is not None else ()
        self._say()
        if self.text():
            self.read_anew(tell=not waited)

    def value(self) -> Decimal | None:
        """The number in the unit of the field, when it may be stored; else None."""
        value = self.reading().value
        return value if isinstance(value, Decimal) and self.may_be_stored() else None

    def _read_number(self, text: str) -> AnyReading:
        return NOTHING if self._policy is None else read_number(text, self._policy)

    @override
    def _say(self) -> None:
        super()._say()
        unit = self._policy.unit if self._policy is not None else ""
        self.unit.setText(self._words.texts.unit(unit) if unit else "")
        self.unit.setVisible(bool(unit))
        name = self._words.say(self._label)
        self.line.setAccessibleName(f"{name}, {self.unit.text()}" if unit else name)
