"""Reading one typed date by one rule for every language: day before month with a four-digit year, or ISO year-month-day.

Nothing is filled in from the clock and nothing is guessed (source id "safety_input_policy")."""

from __future__ import annotations

import re
from datetime import date

from mbc_desktop.core.reading import Reading
from mbc_desktop.core.typed_text import foreign_digit, hidden_character, trim

_DAY_FIRST = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}([/.-])[0-9]{1,2}\1[0-9]{2}")


def read_calendar_date(text: str) -> Reading[date]:
    """The date in `text`: 4/3/2026, 04-03-2026 and 04.03.2026 are 4 March; 2026-03-04 is taken too. Verdict accept or reject.

    Codes: EMPTY, CONTROL_CHAR, NON_ASCII_DIGIT, TWO_DIGIT_YEAR, DATE_FORMAT, NO_SUCH_DATE."""
    typed = trim(text)
    if not typed:
        return _refuse("EMPTY")
    if hidden_character(typed):
        return _refuse("CONTROL_CHAR")
    if foreign_digit(typed):
        return _refuse("NON_ASCII_DIGIT")
    if found := _DAY_FIRST.fullmatch(typed):
        return _date_of(year=found[4], month=found[3], day=found[1])
    if found := _ISO.fullmatch(typed):
        return _date_of(year=found[1], month=found[2], day=found[3])
    return _refuse("TWO_DIGIT_YEAR" if _SHORT_YEAR.fullmatch(typed) else "DATE_FORMAT")


def _date_of(*, year: str, month: str, day: str) -> Reading[date]:
    try:
        return Reading(verdict="accept", value=date(int(year), int(month), int(day)))
    except ValueError:
        return _refuse("NO_SUCH_DATE")


def _refuse(reason: str) -> Reading[date]:
    return Reading(verdict="reject", value=None, reason=reason)
