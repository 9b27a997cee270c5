"""The Belgian national number: check digits, and both sides of everything that it says about birth date and sex."""

from __future__ import annotations

from datetime import date

import pytest

from mbc_desktop.patient.body import Sex
from mbc_desktop.patient.national_number import read_national_number


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        # The first nine digits = 97 x ... + rest; the check digits are 97 - rest.
        ("60.12.31-124.96", None),  # 601231124 = 97 x 6198259 + 1
        ("60.12.31-124.95", "INSZ_CHECK_DIGIT"),
        ("05.12.15-124.32", None),  # born from 2000 on: 2051215124 = 97 x 21146547 + 65
        ("05.12.15-124.03", None),  # born 1905: 51215124 = 97 x 527990 + 94
        ("60.13.01-124.33", "INSZ_NO_SUCH_NUMBER"),  # month 13; 601301124 = 97 x 6198980 + 64
        ("60.32.31-124.42", None),  # month 12 + 20; 603231124 = 97 x 6218877 + 55
        ("60.33.31-124.49", "INSZ_NO_SUCH_NUMBER"),  # month 13 + 20; 603331124 = 97 x 6219908 + 48
        ("60.52.31-124.85", None),  # month 12 + 40; 605231124 = 97 x 6239496 + 12
        ("60.09.30-124.08", None),  # 600930124 = 97 x 6195155 + 89
        ("60.09.32-124.45", "INSZ_NO_SUCH_NUMBER"),  # day 32; 600932124 = 97 x 6195176 + 52
        ("60.12.31-000.26", "INSZ_NO_SUCH_NUMBER"),  # serials run from 001 to 998; 601231000 = 97 x 6198257 + 71
        ("60.12.31-001.25", None),  # 601231001 = 97 x 6198257 + 72
        ("60.12.31-998.95", None),  # 601231998 = 97 x 6198268 + 2
        ("60.12.31-999.94", "INSZ_NO_SUCH_NUMBER"),  # 601231999 = 97 x 6198268 + 3
        (" \t", "EMPTY"),
        ("60.12.31\u200b-124.96", "CONTROL_CHAR"),
        ("\uff160.12.31-124.96", "NON_ASCII_DIGIT"),
        ("60.12.31-124.9c", "CHAR_NOT_ALLOWED"),
    ],
)
def test_what_is_a_number_and_what_is_none(typed: str, reason: str | None) -> None:
    reading = read_national_number(typed)
    assert (reading.reason, reading.verdict) == (reason, "reject" if reason else "accept")
    assert reading.value == (None if reason else "".join(sign for sign in typed if sign.isdigit()))


@pytest.mark.parametrize("typed", ["6012311249", "601231124960"])
def test_ten_and_twelve_digits_are_refused_with_their_count(typed: str) -> None:
    reading = read_national_number(typed)
    assert (reading.reason, reading.details) == ("INSZ_LENGTH", (("length", len(typed)),))


@pytest.mark.parametrize("typed", ["60 12 31 124 96", "60/12/31-124/96", "601231\u00a012496", "60.12.31-124.96\r\n"])
def test_what_stands_between_the_digits_is_taken_away(typed: str) -> None:
    assert read_national_number(typed).value == "60123112496"


@pytest.mark.parametrize(
    ("typed", "born", "fits"),
    [
        ("60.12.31-124.96", date(1960, 12, 31), True),
        ("60.12.31-124.96", date(1960, 12, 30), False),
        ("60.12.31-124.96", date(1960, 2, 28), False),
        ("60.12.31-124.96", date(1960, 11, 30), False),
        ("60.12.31-124.96", date(1961, 12, 31), False),
        ("60.32.31-124.42", date(1960, 12, 31), True),
        ("60.52.31-124.85", date(1960, 12, 31), True),
        ("05.12.15-124.32", date(2005, 12, 15), True),
        ("05.12.15-124.32", date(1905, 12, 15), False),
        ("05.12.15-124.03", date(1905, 12, 15), True),
        ("05.12.15-124.03", date(2005, 12, 15), False),
        # What is not known of a birth date is zero: 934000223 = 97 x 9628868 + 27, 97 - 27 = 70.
        ("93.40.00-223.70", date(1993, 5, 18), True),
        ("93.40.00-223.70", date(1994, 5, 18), False),
    ],
)
def test_the_birth_date_in_the_number(typed: str, born: date, fits: bool) -> None:
    reading = read_national_number(typed, birth_date=born)
    assert reading.value is not None
    if fits:
        assert (reading.verdict, reading.reason) == ("accept", None)
    else:
        assert (reading.verdict, reading.reason) == ("warn", "INSZ_DATE_MISMATCH")
        assert reading.details == (("birth_date", born),)


@pytest.mark.parametrize(
    ("typed", "sex", "fits"),
    [
        ("60.12.31-124.96", "female", True),  # serial 124 is even: issued as female
        ("60.12.31-124.96", "male", False),
        ("93.05.18-223.61", "male", True),  # 223 is odd
        ("93.05.18-223.61", "female", False),
        ("60.40.12-123.87", "male", True),  # month + 40: the sex is known; 604012123 = 97 x 6226929 + 10
        ("60.40.12-123.87", "female", False),
        # month + 20: the sex was not known; 602031124 = 97 x 6206506 + 42
        ("60.20.31-124.55", "male", True),
        ("60.32.31-124.42", "male", True),
        ("60.12.31-124.96", None, True),
    ],
)
def test_the_serial_tells_the_sex(typed: str, sex: Sex | None, fits: bool) -> None:
    reading = read_national_number(typed, sex=sex)
    if fits:
        assert (reading.verdict, reading.reason) == ("accept", None)
    else:
        assert (reading.verdict, reading.reason) == ("warn", "INSZ_SEX_PARITY")
        assert reading.details == (("serial", typed[9:12]),)
