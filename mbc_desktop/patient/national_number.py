"""The Belgian national number (INSZ/NISS): its check digits, and what it says about birth date and sex.

Eleven digits: two each for year, month and day of birth, a serial of three (odd for men, even for women) and two check digits.
The check digits are 97 minus the rest of the first nine digits divided by 97; for someone born from 2000 on a 2 is first put in
front. Numbers of people outside the register (bis numbers) carry the month plus 20 (sex not known) or plus 40; what is not known
of a birth date is zero. Source: public description of the Rijksregisternummer (nl.wikipedia.org/wiki/Rijksregisternummer)."""

from __future__ import annotations

from datetime import date

from mbc_desktop.core.reading import Detail, Reading
from mbc_desktop.core.typed_text import OUTER_BLANKS, foreign_digit, hidden_character, trim
from mbc_desktop.patient.facts import Sex

_BETWEEN = str.maketrans("", "", f"{OUTER_BLANKS}.-/")
_SINCE_2000 = 2_000_000_000


def read_national_number(text: str, *, birth_date: date | None = None, sex: Sex | None = None) -> Reading[str]:
    """The number as eleven digits. Blanks, points, hyphens and slashes between the digits are taken away.

    Codes: EMPTY, CONTROL_CHAR, NON_ASCII_DIGIT, CHAR_NOT_ALLOWED, INSZ_LENGTH, INSZ_CHECK_DIGIT, INSZ_NO_SUCH_NUMBER (refused);
    INSZ_DATE_MISMATCH, INSZ_SEX_PARITY (asked: the register itself holds such numbers)."""
    typed = trim(text)
    if not typed:
        return _refused("EMPTY")
    if hidden_character(typed):
        return _refused("CONTROL_CHAR")
    if foreign_digit(typed):
        return _refused("NON_ASCII_DIGIT")
    digits = typed.translate(_BETWEEN)
    if not digits.isdigit():
        return _refused("CHAR_NOT_ALLOWED")
    if len(digits) != 11:
        return _refused("INSZ_LENGTH", length=len(digits))
    return _judged(digits, birth_date, sex)


def _judged(digits: str, birth_date: date | None, sex: Sex | None) -> Reading[str]:
    century = _century(digits)
    if century is None:
        return _refused("INSZ_CHECK_DIGIT")
    if int(digits[2:4]) % 20 > 12 or int(digits[4:6]) > 31 or digits[6:9] in ("000", "999"):
        return _refused("INSZ_NO_SUCH_NUMBER")
    if birth_date is not None and not _fits_birth_date(digits, century, birth_date):
        return Reading(verdict="warn", value=digits, reason="INSZ_DATE_MISMATCH", details=(("birth_date", birth_date),))
    if sex is not None and _sex_is_known(digits) and sex != ("male" if int(digits[6:9]) % 2 else "female"):
        return Reading(verdict="warn", value=digits, reason="INSZ_SEX_PARITY", details=(("serial", digits[6:9]),))
    return Reading(verdict="accept", value=digits)


def _century(digits: str) -> int | None:
    """The century of birth for which the check digits are right. Never both: the 2 in front changes the rest by 68."""
    first_nine, check = int(digits[:9]), int(digits[9:])
    for century, number in ((1900, first_nine), (2000, _SINCE_2000 + first_nine)):
        if 97 - number % 97 == check:
            return century
    return None


def _sex_is_known(digits: str) -> bool:
    return not 20 <= int(digits[2:4]) <= 32


def _fits_birth_date(digits: str, century: int, birth_date: date) -> bool:
    year, month, day = int(digits[:2]), int(digits[2:4]) % 20, int(digits[4:6])
    return century + year == birth_date.year and (month == 0 or month == birth_date.month) and (day == 0 or day == birth_date.day)


def _refused(reason: str, **details: Detail) -> Reading[str]:
    return Reading(verdict="reject", value=None, reason=reason, details=tuple(details.items()))
