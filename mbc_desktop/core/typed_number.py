"""Reading one typed decimal number, with or without the unit of its field, by one rule for every language.

Comma and point are both the decimal mark. Grouping is never accepted, and exactly three digits after the mark are refused, so
that every accepted text has one meaning only. The reasons are those of the input policy (source id "safety_input_policy")."""

from __future__ import annotations

import re
from decimal import Decimal

from mbc_desktop.core.reading import Detail, Reading
from mbc_desktop.core.typed_text import foreign_digit, hidden_character, trim

LONGEST = 32
"""Characters; the longest number with its unit takes about twenty."""

_BLANKS = " \u00a0\u2007\u2009\u202f"
_SIGNS = "+-\u2212\u2010\u2011\u2012\u2013\u2014\uff0b\uff0d\u00b1"
_COMPARATORS = "<>~\u2264\u2265\u2248\u223c\u2a7d\u2a7e\uff1c\uff1e"
_NUMBER_THEN_UNIT = re.compile(rf"([0-9.,_][0-9.,_{_BLANKS}]*)([^0-9.,_{_BLANKS}].*)?")
_EXPONENT = re.compile(rf"[eE][{re.escape(_SIGNS)}]?[0-9]")
_UNIT_MARKS = frozenset("%\u2030\u00b0/.*^\u00b7")

# Both letters mu are one letter in a unit, and so are the two points between factors.
_SAME_IN_UNITS = str.maketrans({"\u00b5": "u", "\u03bc": "u", "\u00b7": ".", "\u22c5": ".", "\u00a0": " ", "\u202f": " "})


def read_plain_number(text: str, *, decimals: int, spellings: tuple[str, ...] = ()) -> Reading[Decimal]:
    """The number in `text` with at most `decimals` decimals (0: whole numbers only). A typed unit is taken only when it is one of
    `spellings`, whatever its capitals. Verdict accept or reject; limits are not judged here.

    Codes, in the order in which they are looked for: EMPTY, CONTROL_CHAR, TOO_LONG, COMPARATOR, SIGN, then what is not one
    number with one unit (EXPONENT, NON_ASCII_DIGIT, UNIT_MISMATCH, NOT_A_NUMBER), then the number itself (UNDERSCORE,
    INNER_SPACE, MULTIPLE_SEPARATORS, NAKED_DECIMAL, TRAILING_SEPARATOR, AMBIGUOUS_SEPARATOR, NOT_INTEGER, TOO_MANY_DECIMALS,
    LEADING_ZERO). The detail `as_decimal` is what a number refused for its decimals would be: for a hint, never for a dose."""
    typed = trim(text)
    if not typed:
        return _refuse("EMPTY")
    if hidden_character(typed):
        return _refuse("CONTROL_CHAR")
    if len(typed) > LONGEST:
        return _refuse("TOO_LONG", longest=LONGEST)
    if typed[0] in _COMPARATORS:
        return _refuse("COMPARATOR")
    if typed[0] in _SIGNS:
        return _refuse("SIGN")
    number, unit = _without_unit(typed, spellings)
    if unit:
        return _not_one_number(typed, unit)
    return _read_digits(number, decimals)


def fold_unit(unit: str) -> str:
    """A unit in one spelling: ASCII lower case, either letter mu as u, any middle dot as a point. Two units that fold to the same
    text are the same unit."""
    return "".join(c.lower() if c.isascii() else c for c in unit.translate(_SAME_IN_UNITS))


def _without_unit(typed: str, spellings: tuple[str, ...]) -> tuple[str, str]:
    """The typed text without the field's unit, and what stands in its place otherwise ("" when nothing does)."""
    folded = fold_unit(typed)
    for spelling in sorted(map(fold_unit, spellings), key=len, reverse=True):
        # A unit that starts with a digit (10^9/L) would swallow digits of the number: it needs a blank before it.
        if spelling[0].isdigit() and folded.endswith(f" {spelling}"):
            rest = typed[: -len(spelling)].rstrip(_BLANKS)
            found = _NUMBER_THEN_UNIT.fullmatch(rest)
            if found is not None and not found[2]:
                return rest, ""
    found = _NUMBER_THEN_UNIT.fullmatch(typed)
    if found is None:
        return typed, typed
    number, unit = found[1].rstrip(_BLANKS), found[2] or ""
    return number, "" if fold_unit(unit) in map(fold_unit, spellings) else unit


def _not_one_number(typed: str, unit: str) -> Reading[Decimal]:
    if unit != typed and _EXPONENT.match(unit):
        return _refuse("EXPONENT")
    if foreign_digit(typed):
        return _refuse("NON_ASCII_DIGIT")
    if unit != typed and _looks_like_a_unit(unit):
        return _refuse("UNIT_MISMATCH", typed_unit=unit)
    return _refuse("NOT_A_NUMBER")


def _looks_like_a_unit(text: str) -> bool:
    """Whether a text after a number is one word of letters and unit marks: another unit, or a slip (the letter O for a zero)."""
    return all(c.isalpha() or c in _UNIT_MARKS for c in text) and any(c.isalpha() or c == "%" for c in text)


def _read_digits(number: str, decimals: int) -> Reading[Decimal]:
    if "_" in number:
        return _refuse("UNDERSCORE")
    if any(blank in number for blank in _BLANKS):
        return _refuse("INNER_SPACE")
    whole, mark, fraction = number.replace(",", ".").partition(".")
    if "." in fraction:
        return _refuse("MULTIPLE_SEPARATORS")
    if not whole:
        return _refuse("NAKED_DECIMAL")
    if mark and not fraction:
        return _refuse("TRAILING_SEPARATOR")
    if len(fraction) == 3:
        return _refuse("AMBIGUOUS_SEPARATOR", as_decimal=Decimal(f"{whole}.{fraction}"))
    if fraction and not decimals:
        return _refuse("NOT_INTEGER")
    if len(fraction) > decimals:
        return _refuse("TOO_MANY_DECIMALS", decimals=decimals, as_decimal=Decimal(f"{whole}.{fraction}"))
    if len(whole) > 1 and whole[0] == "0":
        return _refuse("LEADING_ZERO")
    return Reading(verdict="accept", value=Decimal(f"{whole}{mark}{fraction}"))


def _refuse(reason: str, **details: Detail) -> Reading[Decimal]:
    return Reading(verdict="reject", value=None, reason=reason, details=tuple(details.items()))
