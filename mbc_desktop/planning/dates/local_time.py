"""Rules in hours, between recorded local times in Belgium: real elapsed time, which is not the difference on the clock
when the clock changes.

Doses and fractions are dates and never come here; this is for minimum hours between recorded starts and for how long a
result is valid."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from mbc_desktop.core.decimals import CONTEXT
from mbc_desktop.planning.dates.working_days import OpenDays

ZONE = "Europe/Brussels"
_SECONDS_PER_HOUR = Decimal(3600)


def summer_time(year: int) -> tuple[datetime, datetime]:
    """The local clock readings between which summer time holds: last Sunday of March 02:00 to last Sunday of October 03:00
    (directive 2000/84/EC, Central European Time, years from 1996)."""
    return datetime.combine(_last_sunday(year, 3), time(2)), datetime.combine(_last_sunday(year, 10), time(3))


def utc_offset(local: datetime) -> timedelta:
    """Offset from UTC of a Belgian clock reading. The hour that happens twice in October is read as its first run (summer
    time) unless `fold` is 1; the hour that does not exist in March keeps winter time."""
    begins, ends = summer_time(local.year)
    plain = local.replace(fold=0)
    repeated = ends - timedelta(hours=1) <= plain < ends
    summer = begins + timedelta(hours=1) <= plain < ends and not (repeated and local.fold)
    return timedelta(hours=2 if summer else 1)


def elapsed_hours(start: datetime, end: datetime) -> Decimal:
    """Hours that really pass between two Belgian clock readings."""
    return _hours((end - utc_offset(end)) - (start - utc_offset(start)))


def clock_hours(start: datetime, end: datetime) -> Decimal:
    """The difference on the clock, which ignores the change: shown beside the real one, never used for a rule."""
    return _hours(end - start)


def draw_days(*, treatment: datetime, valid_hours: int, opens: int, closes: int, calendar: OpenDays) -> tuple[date, ...]:
    """The open days of the laboratory (from hour `opens` to hour `closes`) on which blood can be drawn so that the result
    is at most `valid_hours` real hours old at `treatment`."""
    earliest = _local_time_before(treatment, valid_hours)
    count = (treatment.date() - earliest.date()).days + 1
    days = (earliest.date() + timedelta(days=k) for k in range(count))
    return tuple(
        day
        for day in days
        if calendar.is_open(day)
        and datetime.combine(day, time(opens)) <= treatment
        and datetime.combine(day, time(closes)) >= earliest
    )


def _local_time_before(local: datetime, hours: int) -> datetime:
    utc = local - utc_offset(local) - timedelta(hours=hours)
    winter = utc + timedelta(hours=1)
    begins, ends = summer_time(winter.year)
    return winter + timedelta(hours=1) if begins <= winter < ends - timedelta(hours=1) else winter


def _last_sunday(year: int, month: int) -> date:
    # March and October both have 31 days.
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def _hours(length: timedelta) -> Decimal:
    return CONTEXT.divide(Decimal(length.days * 86400 + length.seconds), _SECONDS_PER_HOUR)
