"""Distances in days between a drug and a radiotherapy course. A hold of b and a days means: last dose on or before the first
fraction minus b, first dose on or after the last fraction plus a."""

from __future__ import annotations

from datetime import date, timedelta

from mbc_desktop.core.record import dataclass
from mbc_desktop.planning.dates.working_days import SEARCH_DAYS, OpenDays, earlier, later


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """The last day a drug is taken before radiotherapy, the first day it may be resumed, and the days strictly between."""

    last_dose: date
    resume: date
    dose_free_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """The latest and earliest calendar dates outside a forbidden span, and the open days they become when moved outward."""

    latest_before: date
    earliest_after: date
    latest_open_before: date | None
    earliest_open_after: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedCycles:
    """A drug skipped around stereotactic radiotherapy: last dose before, doses skipped, the earliest resumption and the next
    planned dose after it."""

    last_dose: date | None
    skipped: tuple[date, ...]
    earliest_resume: date
    next_allowed: date | None


def hold_around(*, first_fraction: date, last_fraction: date, before_days: int, after_days: int) -> Hold:
    """A drug held from `before_days` days before the first to `after_days` days after the last fraction; held days are
    not made up."""
    last_dose = first_fraction - timedelta(days=before_days)
    resume = last_fraction + timedelta(days=after_days)
    return Hold(last_dose=last_dose, resume=resume, dose_free_days=(resume - last_dose).days - 1)


def gap_around(*, first_fraction: date, last_fraction: date, more_than_days: int, calendar: OpenDays) -> Gap:
    """A drug strictly more than `more_than_days` days away from every fraction (gemcitabine: 7, so a difference of at least
    8)."""
    distance = timedelta(days=more_than_days + 1)
    before, after = first_fraction - distance, last_fraction + distance
    return Gap(
        latest_before=before,
        earliest_after=after,
        latest_open_before=earlier(before, calendar),
        earliest_open_after=later(after, calendar),
    )


def skip_cycles(
    *, planned: tuple[date, ...], first_fraction: date, last_fraction: date, before_days: int, least_skipped: int, after_days: int
) -> SkippedCycles:
    """A cyclic drug (bevacizumab) around stereotactic radiotherapy: no dose closer than `before_days` before the first
    fraction, at least `least_skipped` planned doses skipped up to the last fraction, none within `after_days` after it. A
    planned dose that falls after the course but inside those days is not skipped: it moves to the next planned day."""
    until_end = [day for day in planned if day <= last_fraction]
    kept = [day for day in until_end if (first_fraction - day).days >= before_days]
    kept = kept[: max(len(until_end) - least_skipped, 0)]
    resume = last_fraction + timedelta(days=after_days)
    return SkippedCycles(
        last_dose=kept[-1] if kept else None,
        skipped=tuple(until_end[len(kept) :]),
        earliest_resume=resume,
        next_allowed=next((day for day in planned if day >= resume), None),
    )


def free_days_beside(*, day: date, fractions: frozenset[date], calendar: OpenDays) -> tuple[date, ...]:
    """When `day` carries a fraction: the next and the previous open day without one, nearest first (a tie: the later first).
    Else nothing."""
    if day not in fractions:
        return ()
    found = []
    for step in (1, -1):
        candidates = (day + timedelta(days=step * distance) for distance in range(1, SEARCH_DAYS + 1))
        free = next((other for other in candidates if other not in fractions and calendar.is_open(other)), None)
        if free is not None:
            found.append(free)
    return tuple(sorted(found, key=lambda other: abs((other - day).days)))
