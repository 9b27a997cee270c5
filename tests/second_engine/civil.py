"""The calendar as arithmetic on whole numbers."""

from __future__ import annotations


def day_of(year: int, month: int, day: int) -> int:
    """The number of a day of the Gregorian calendar. Years are counted from March, so that the leap day comes last: five months
    from March always have 153 days."""
    year -= month <= 2
    since_march = (month + 9) % 12
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * since_march + 2) // 5 + day - 1 - 719468


def civil(number: int) -> tuple[int, int, int]:
    """Year, month and day of a day number."""
    number += 719468
    era, of_era = divmod(number, 146097)
    year = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    since_march = (5 * of_year + 2) // 153
    day = of_year - (153 * since_march + 2) // 5 + 1
    month = since_march + 3 if since_march < 10 else since_march - 9
    return era * 400 + year + (month <= 2), month, day


def weekday(number: int) -> int:
    """0 = Monday. Day 0 was a Thursday."""
    return (number + 3) % 7


def week(number: int) -> int:
    """A number for the week, Monday to Sunday, that a day lies in: the day number of its Thursday."""
    return number - weekday(number) + 3


def month_length(year: int, month: int) -> int:
    """How many days a month has."""
    return day_of(year + month // 12, month % 12 + 1, 1) - day_of(year, month, 1)


def months_later(number: int, months: int) -> int:
    """The same day of a later month, or its last day."""
    year, month, day = civil(number)
    total = 12 * year + month - 1 + months
    year, month = total // 12, total % 12 + 1
    return day_of(year, month, min(day, month_length(year, month)))


def parse(text: str) -> int:
    """The number of a day written as 2026-03-02."""
    year, month, day = (int(part) for part in text.split("-"))
    return day_of(year, month, day)


def write(number: int) -> str:
    """A day as 2026-03-02."""
    return "{:04d}-{:02d}-{:02d}".format(*civil(number))
