"""How `calc` writes its answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from mbc_desktop.calc_verb.inputs import Inputs
from mbc_desktop.core.decimals import CONTEXT, decimal_text

Answer = dict[str, object]
Formula = Callable[[Inputs], Answer]
Formulas = Mapping[str, Formula]

_DECIMALS = Decimal("1E-10")


def number_text(value: Decimal) -> str:
    """Plain digits: exact up to ten decimals, half up beyond them, without trailing zeros."""
    exponent = value.as_tuple().exponent
    exact = isinstance(exponent, int) and exponent >= -10
    return decimal_text(value if exact else value.quantize(_DECIMALS, context=CONTEXT))


def one_decimal(value: Decimal | None) -> str | None:
    """A value that is printed with one decimal, as on the label: 4.0; null stays null."""
    return None if value is None else str(value.quantize(Decimal("0.1")))


def plain(value: Decimal) -> int | str:
    """A JSON integer where the value is whole, else its digits as text."""
    return int(value) if value == value.to_integral_value() else number_text(value)


def day_text(day: date | None) -> str | None:
    """An ISO date, or null where no day was found."""
    return None if day is None else day.isoformat()


def day_texts(days: tuple[date | None, ...]) -> list[str | None]:
    """ISO dates, null where no day was found."""
    return [day_text(day) for day in days]
