"""The boundary of `calc`: a JSON object read key by key, strictly. A key that nobody asked for is refused, and nothing is
filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from mbc_desktop.patient.body import Sex

Choice = TypeVar("Choice", bound=str)

_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,8})(\.[0-9]{1,12})?")
_DAY = re.compile(r"(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}")
_MINUTE = re.compile(r"((?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2})T([01][0-9]|2[0-3]):([0-5][0-9])")
_LARGEST = Decimal(10**9)
_FINEST = -12
_SEX: Mapping[str, Sex] = {"F": "female", "M": "male", "female": "female", "male": "male"}


class InputError(Exception):
    """A request that cannot be answered: the key it is about ("" = the whole request), a code, and one plain sentence."""

    def __init__(self, place: str, code: str, text: str) -> None:
        super().__init__(text)
        self.place = place
        self.code = code
        self.text = text


class Inputs:
    """One object of a request. Every reader marks its key as known; `finish` refuses the others."""

    def __init__(self, given: Mapping[str, object], at: str = "") -> None:
        self._given = given
        self._at = at
        self._known: set[str] = set()
        self._nested: list[Inputs] = []

    def place(self, key: str) -> str:
        """The key with the path to it."""
        return f"{self._at}.{key}" if self._at else key

    def refuse(self, key: str, code: str, text: str) -> InputError:
        """The error about a key of this object, to be raised by the caller."""
        return InputError(self.place(key), code, text)

    def has(self, key: str) -> bool:
        """Whether the key is there with a value other than null; it then still has to be read."""
        self._known.add(key)
        return self._given.get(key) is not None

    def says(self, key: str) -> bool:
        """Whether the key is there at all: null is then an answer of its own."""
        return key in self._given

    def number(self, key: str, *, zero: bool = False, negative: bool = False) -> Decimal:
        """A decimal number as text ("0.85") or as a JSON number, read digit by digit; above zero unless said otherwise."""
        value = self._value(key)
        if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
            raise self.refuse(key, "not-a-number", f'a number is written like "0.85", not {_short(value)}')
        if isinstance(value, str) and _NUMBER.fullmatch(value) is None:
            raise self.refuse(key, "not-a-number", f'a number is written like "0.85", not {_short(value)}')
        amount = Decimal(value)
        exponent = amount.as_tuple().exponent
        if not isinstance(exponent, int) or exponent < _FINEST or amount.adjusted() > 9 or abs(amount) >= _LARGEST:
            raise self.refuse(key, "out-of-range", "the number is too large or has more than twelve decimals")
        if (amount < 0 and not negative) or (amount == 0 and not zero):
            raise self.refuse(key, "out-of-range", f"must be {'0 or more' if zero else 'above 0'}, not {_short(value)}")
        return amount

    def whole(self, key: str, *, least: int, most: int) -> int:
        """A whole number (a JSON integer, or its digits as text) from `least` to `most`."""
        amount = self.number(key, zero=True, negative=True)
        if amount != amount.to_integral_value():
            raise self.refuse(key, "not-a-whole-number", f"must be a whole number, not {amount}")
        if not least <= amount <= most:
            raise self.refuse(key, "out-of-range", f"must be from {least} to {most}, not {amount}")
        return int(amount)

    def text(self, key: str) -> str:
        """A text of at most 200 characters."""
        value = self._value(key)
        if not isinstance(value, str) or not 0 < len(value) <= 200:
            raise self.refuse(key, "not-a-text", f"must be a text of 1 to 200 characters, not {_short(value)}")
        return value

    def option(self, key: str, options: Iterable[Choice]) -> Choice:
        """One of the named options."""
        value = self._value(key)
        allowed = tuple(options)
        for option in allowed:
            if option == value:
                return option
        raise self.refuse(key, "not-an-option", f"must be one of {', '.join(allowed)}, not {_short(value)}")

    def flag(self, key: str) -> bool:
        """true or false."""
        value = self._value(key)
        if not isinstance(value, bool):
            raise self.refuse(key, "not-true-or-false", f"must be true or false, not {_short(value)}")
        return value

    def sex(self, key: str = "sex") -> Sex:
        """F or M; sex is never implied."""
        return _SEX[self.option(key, _SEX)]

    def day(self, key: str) -> date:
        """An ISO date from 1900 to 2199."""
        return self._as_day(key, self._value(key))

    def days(self, key: str) -> tuple[date, ...]:
        """A list of ISO dates."""
        return tuple(self._as_day(f"{key}[{number}]", value) for number, value in enumerate(self.values(key)))

    def minute(self, key: str) -> datetime:
        """A local clock reading like 2026-03-28T10:00."""
        value = self._value(key)
        found = _MINUTE.fullmatch(value) if isinstance(value, str) else None
        if found is None:
            raise self.refuse(key, "not-a-time", f"a time is written like 2026-03-28T10:00, not {_short(value)}")
        day = self._as_day(key, found[1])
        return datetime(day.year, day.month, day.day, int(found[2]), int(found[3]))  # noqa: DTZ001 - a clock reading; the zone is named beside it

    def values(self, key: str) -> list[object]:
        """A list of at most 1000 values of any kind."""
        value = self._value(key)
        if not isinstance(value, list) or len(value) > 1000:
            raise self.refuse(key, "not-a-list", f"must be a list of at most 1000 values, not {_short(value)}")
        return value

    def wholes(self, key: str, *, least: int, most: int) -> tuple[int, ...]:
        """A list of whole numbers from `least` to `most`."""
        items = {str(number): value for number, value in enumerate(self.values(key))}
        inner = Inputs(items, self.place(key))
        return tuple(inner.whole(number, least=least, most=most) for number in items)

    def nested(self, key: str) -> Inputs:
        """An object inside this one; its keys are checked together with the rest."""
        return self._enter(key, self._value(key))

    def nested_list(self, key: str) -> tuple[Inputs, ...]:
        """A list of objects; their keys are checked together with the rest."""
        return tuple(self._enter(f"{key}[{number}]", value) for number, value in enumerate(self.values(key)))

    def all_keys(self) -> tuple[str, ...]:
        """The keys as given, all of which count as known."""
        self._known.update(self._given)
        return tuple(self._given)

    def finish(self) -> None:
        """Raises InputError for the first key that nobody asked for."""
        for key in self._given:
            if key not in self._known:
                raise self.refuse(key, "unknown-key", f"{key} is not an input of this formula")
        for inner in self._nested:
            inner.finish()

    def _value(self, key: str) -> object:
        if not self.has(key):
            raise self.refuse(key, "missing", f"{key} is missing")
        return self._given[key]

    def _as_day(self, key: str, value: object) -> date:
        if isinstance(value, str) and _DAY.fullmatch(value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                raise self.refuse(key, "no-such-date", f"{value} does not exist") from None
        raise self.refuse(key, "not-a-date", f"a date is written like 2026-03-30, not {_short(value)}")

    def _enter(self, key: str, value: object) -> Inputs:
        if not isinstance(value, dict):
            raise self.refuse(key, "not-an-object", f"must be an object, not {_short(value)}")
        inner = Inputs(value, self.place(key))
        self._nested.append(inner)
        return inner


def exactly_one(inputs: Inputs, *keys: str) -> str:
    """The one key of these that is given. Raises InputError when none or more than one is."""
    given = [key for key in keys if inputs.has(key)]
    if len(given) != 1:
        raise inputs.refuse(keys[0], "too-many" if given else "missing", f"give exactly one of {', '.join(keys)}")
    return given[0]


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 40 else f"{text[:37]}..."
