"""What a typed date may be: the start of a course, a birth date, a day in the past, a day of the calendar."""

from __future__ import annotations

from collections.abc import Callable, Container
from datetime import date
from typing import Literal, assert_never

from mbc_desktop.core.reading import Detail, Reading
from mbc_desktop.core.record import dataclass
from mbc_desktop.core.source import Grade
from mbc_desktop.core.typed_date import read_calendar_date
from mbc_desktop.patient.age import completed_years

Holidays = Callable[[int], Container[date]]
"""The legal holidays of a year. The calendar belongs to planning, so the caller brings it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDatePolicy:
    """A day on which something begins or is planned, in days from today: asked about beyond `ask_*`, refused beyond `refuse_*`
    (None: no such limit); with `open_days_only` a weekend or legal holiday is asked about."""

    kind: Literal["planned"]
    open_days_only: bool
    ask_days_ahead: int | None
    refuse_days_ahead: int
    ask_days_ago: int | None
    refuse_days_ago: int
    source: str
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class BirthDatePolicy:
    """A birth date, by the age in completed years today: refused outside `hard_years`, asked about outside `soft_years`."""

    kind: Literal["birth"]
    hard_years: tuple[int, int]
    soft_years: tuple[int, int]
    source: str
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class PastDatePolicy:
    """A day that has been: of a measured value or of something done. Asked about when older than `fresh_days`, refused when older
    than `refuse_days` (None: no such limit)."""

    kind: Literal["past"]
    fresh_days: int | None
    refuse_days: int | None
    source: str
    grade: Grade


DatePolicy = PlannedDatePolicy | BirthDatePolicy | PastDatePolicy


def read_date(text: str, *, policy: DatePolicy, today: date, holidays: Holidays) -> Reading[date]:
    """What the field makes of a typed text: one date (codes of `read_calendar_date`), then its plausibility (`judge_date`)."""
    plain = read_calendar_date(text)
    return plain if plain.value is None else judge_date(plain.value, policy=policy, today=today, holidays=holidays)


def judge_date(day: date, *, policy: DatePolicy, today: date, holidays: Holidays) -> Reading[date]:
    """The verdict on a date, with `today` as given by the caller.

    Codes, refused: TOO_FAR_PAST, TOO_FAR_FUTURE, IN_FUTURE, AGE_BELOW_18, AGE_ABOVE_115, STALE_OVER_90_DAYS; asked: WEEKEND,
    PUBLIC_HOLIDAY_BE, MORE_THAN_60_DAYS_AHEAD, MORE_THAN_60_DAYS_AGO, AGE_BELOW_25, AGE_ABOVE_95, STALE_OVER_7_DAYS, with the
    figures of the data."""
    match policy:
        case PlannedDatePolicy():
            return _judge_planned(day, policy, today, holidays)
        case BirthDatePolicy():
            return _judge_birth(day, policy, today)
        case PastDatePolicy():
            return _judge_past(day, policy, today)
    assert_never(policy)


def _judge_planned(day: date, policy: PlannedDatePolicy, today: date, holidays: Holidays) -> Reading[date]:
    ahead = (day - today).days
    if ahead > policy.refuse_days_ahead:
        return _refused("TOO_FAR_FUTURE", day=day, days=policy.refuse_days_ahead)
    if -ahead > policy.refuse_days_ago:
        return _refused("TOO_FAR_PAST", day=day, days=policy.refuse_days_ago)
    questions = []
    if policy.open_days_only and day.weekday() > 4:
        questions.append("WEEKEND")
    if policy.open_days_only and day in holidays(day.year):
        questions.append("PUBLIC_HOLIDAY_BE")
    if policy.ask_days_ahead is not None and ahead > policy.ask_days_ahead:
        questions.append(f"MORE_THAN_{policy.ask_days_ahead}_DAYS_AHEAD")
    if policy.ask_days_ago is not None and -ahead > policy.ask_days_ago:
        questions.append(f"MORE_THAN_{policy.ask_days_ago}_DAYS_AGO")
    if not questions:
        return Reading(verdict="accept", value=day)
    details: tuple[tuple[str, Detail], ...] = (("day", day), ("days", abs(ahead)))
    return Reading(verdict="warn", value=day, reason=questions[0], also=tuple(questions[1:]), details=details)


def _judge_birth(day: date, policy: BirthDatePolicy, today: date) -> Reading[date]:
    if day > today:
        return _refused("IN_FUTURE", day=day)
    age = completed_years(day, today)
    if age < policy.hard_years[0]:
        return _refused(f"AGE_BELOW_{policy.hard_years[0]}", age=age, limit=policy.hard_years[0])
    if age > policy.hard_years[1]:
        return _refused(f"AGE_ABOVE_{policy.hard_years[1]}", age=age, limit=policy.hard_years[1])
    if age < policy.soft_years[0]:
        return _asked(day, f"AGE_BELOW_{policy.soft_years[0]}", age=age, limit=policy.soft_years[0])
    if age > policy.soft_years[1]:
        return _asked(day, f"AGE_ABOVE_{policy.soft_years[1]}", age=age, limit=policy.soft_years[1])
    return Reading(verdict="accept", value=day)


def _judge_past(day: date, policy: PastDatePolicy, today: date) -> Reading[date]:
    days = (today - day).days
    if days < 0:
        return _refused("IN_FUTURE", day=day)
    if policy.refuse_days is not None and days > policy.refuse_days:
        return _refused(f"STALE_OVER_{policy.refuse_days}_DAYS", day=day, days=days, limit=policy.refuse_days)
    if policy.fresh_days is not None and days > policy.fresh_days:
        return _asked(day, f"STALE_OVER_{policy.fresh_days}_DAYS", day=day, days=days, limit=policy.fresh_days)
    return Reading(verdict="accept", value=day)


def _refused(reason: str, **details: Detail) -> Reading[date]:
    return Reading(verdict="reject", value=None, reason=reason, details=tuple(details.items()))


def _asked(value: date, reason: str, **details: Detail) -> Reading[date]:
    return Reading(verdict="warn", value=value, reason=reason, details=tuple(details.items()))
