"""What a typed field gives to the treatment: its value, or (when it cannot be read) the text that is kept in its place."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from mbc_desktop.core.decimals import decimal_text
from mbc_desktop.core.record import dataclass
from mbc_desktop.texts import plain_date
from mbc_desktop.ui.widgets.date_edit import DateEdit
from mbc_desktop.ui.widgets.quantity_edit import QuantityEdit
from mbc_desktop.ui.widgets.text_edit import TextEdit
from mbc_desktop.ui.words import Words

Value = TypeVar("Value", Decimal, date, str)

# What was stored once has been looked at by a person; it is not asked about again when a file is opened or a step undone.
CONFIRMED_BEFORE = "known_for_patient"


@dataclass(frozen=True, slots=True)
class Typed(Generic[Value]):
    """The value, or None; `broken` is the text that cannot be used, None when there is nothing wrong."""

    value: Value | None
    broken: str | None


def typed_number(edit: QuantityEdit) -> Typed[Decimal]:
    """The state of a number field."""
    value = edit.value()
    return Typed(value, None if value is not None or not edit.text().strip() else edit.text())


def typed_date(edit: DateEdit) -> Typed[date]:
    """The state of a date field."""
    value = edit.value()
    return Typed(value, None if value is not None or not edit.text().strip() else edit.text())


def typed_text(edit: TextEdit) -> Typed[str]:
    """The state of a text field."""
    value = edit.value()
    return Typed(value, None if value is not None or not edit.text().strip() else edit.text())


def number_text(words: Words, value: Decimal | int | None) -> str:
    """A number as one would type it: no grouping, the decimal mark of the language."""
    return "" if value is None else decimal_text(Decimal(value)).replace(".", words.say("language.decimal_mark"))


def date_text(value: date | None) -> str:
    """A date as one would type it."""
    return "" if value is None else plain_date(value)
