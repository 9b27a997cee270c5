"""The date rules of repeated administrations: fixed and monthly intervals, loading then maintenance, de-escalation,
cycles, oral on/off cycles and what follows a late dose. Nominal dates come from the template and are never stepped from
shifted dates; the shift comes last.

Rules about radiotherapy and drugs together are in radiotherapy_gaps, rules in hours in local_time, fractions in
fraction_dates."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Literal, assert_never

from mbc_desktop.core.interval import Interval, add_months
from mbc_desktop.core.record import dataclass
from mbc_desktop.planning.dates.working_days import SHIFTS, OpenDays, nearest_in_window

ShiftName = Literal["later", "earlier", "nearest", "nearest_tie_earlier", "window", "none"]
Anchor = Literal["planned", "actual"]
MonthEnd = Literal["clamp_from_anchor", "clamp_from_previous", "skip_invalid", "overflow_from_anchor", "last_day_of_month"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """How a nominal date that falls on a closed day moves: the shift, its window in days when it is "window", and the unit's
    calendar."""

    shift: ShiftName
    calendar: OpenDays
    window: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        if (self.shift == "window") != (self.window is not None):
            raise ValueError("a window belongs to the shift named window, and only to that one")

    def real_date(self, nominal: date) -> date | None:
        """The date after the shift; None when there is no open day, which needs a person."""
        if self.window is not None:
            return nearest_in_window(nominal, *self.window, self.calendar)
        return SHIFTS[self.shift](nominal, self.calendar)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedDay:
    """A nominal date and the date it is really planned on (None: no open day)."""

    nominal: date
    date: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleDay:
    """One administration of a cyclic regimen: cycle and day of cycle, both counted from 1, with its dates."""

    cycle: int
    day: int
    nominal: date
    date: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deescalation:
    """The end of the first interval and the doses after it. `first_phase` holds every nominal date before `cutoff`."""

    cutoff: date
    first_phase: tuple[date, ...]
    second_phase: tuple[PlacedDay, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OralCycle:
    """Tablets from the first to the last day, inclusive, then the rest days (None without a rest)."""

    cycle: int
    first_tablet: date
    last_tablet: date
    rest: tuple[date, date] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LateDose:
    """What a dose given late leads to: its planned day, the days it is late, whether loading is repeated, and the next two
    nominal dates."""

    planned: date
    days_late: int
    reload: bool
    following: tuple[date, date]


def placed(nominal: tuple[date, ...], movement: Movement) -> tuple[PlacedDay, ...]:
    """Each nominal date with its real date; every date shifts on its own."""
    return tuple(PlacedDay(nominal=day, date=movement.real_date(day)) for day in nominal)


def fixed_interval_dates(
    *, start: date, every_days: int, count: int, anchor: Anchor, movement: Movement
) -> tuple[PlacedDay, ...]:
    """`count` dates `every_days` apart. Planned anchor: nominal dates count from `start`, a moved date changes no later one.
    Actual anchor: each nominal date counts from the date really used before it (from the nominal one where there was no open
    day)."""
    if anchor == "planned":
        return placed(tuple(start + timedelta(days=every_days * k) for k in range(count)), movement)
    dates: list[PlacedDay] = []
    nominal = start
    for _ in range(count):
        dates.append(PlacedDay(nominal=nominal, date=movement.real_date(nominal)))
        nominal = (dates[-1].date or nominal) + timedelta(days=every_days)
    return tuple(dates)


def intervals_between(dates: tuple[date | None, ...]) -> tuple[int, ...] | None:
    """Days between consecutive dates; None when one of them is missing."""
    known = [day for day in dates if day is not None]
    if len(known) < len(dates):
        return None
    return tuple((after - before).days for before, after in pairwise(known))


def month_dates(*, start: date, every_months: int, count: int, month_end: MonthEnd) -> tuple[date, ...]:
    """`count` nominal dates `every_months` calendar months apart.

    Only "clamp_from_anchor" is used for doses: the day of the anchor, or the last day of a shorter month. The others show
    what goes wrong elsewhere: "clamp_from_previous" drifts (31 January, 28 February, 28 March), "skip_invalid" leaves
    short months out (RFC 5545), "overflow_from_anchor" spills the missing days into the next month. "last_day_of_month"
    stays at month ends."""
    match month_end:
        case "clamp_from_anchor":
            return tuple(add_months(start, every_months * k) for k in range(count))
        case "clamp_from_previous":
            dates = [start]
            while len(dates) < count:
                dates.append(add_months(dates[-1], every_months))
            return tuple(dates[:count])
        case "skip_invalid":
            return _months_that_have_the_day(start, every_months, count)
        case "overflow_from_anchor":
            first_days = (add_months(start.replace(day=1), every_months * k) for k in range(count))
            return tuple(first + timedelta(days=start.day - 1) for first in first_days)
        case "last_day_of_month":
            first_of_next = (add_months(start.replace(day=1), every_months * k + 1) for k in range(count))
            return tuple(first - timedelta(days=1) for first in first_of_next)
        case _:
            assert_never(month_end)


def month_lengths_from(*, year: int, months: int) -> tuple[int, ...]:
    """How many days `months` calendar months last, counted from the first of each month of `year`."""
    firsts = (date(year, month, 1) for month in range(1, 13))
    return tuple((add_months(first, months) - first).days for first in firsts)


def loading_then_maintenance(
    *, start: date, loading_offsets: tuple[int, ...], maintenance: Interval, maintenance_doses: int
) -> tuple[date, ...]:
    """Nominal dates: loading at `loading_offsets` days after `start`, then maintenance counted from the last loading dose.

    Fulvestrant: offsets 0, 14, 28 (day 1, 15, 29), then 28 days or one calendar month from day 29."""
    loading = tuple(start + timedelta(days=offset) for offset in loading_offsets)
    return loading + tuple(maintenance.after(loading[-1], k) for k in range(1, maintenance_doses + 1))


def deescalation_dates(
    *, start: date, first_interval_days: int, after_years: int, second: Interval, second_doses: int, movement: Movement
) -> Deescalation:
    """A bone agent at its first interval, less often after `after_years` years: the first phase holds the doses strictly
    before start + years (29 February becomes 28 February), the second counts from the last nominal date of the first."""
    cutoff = add_months(start, 12 * after_years)
    doses = -(-(cutoff - start).days // first_interval_days)
    first = tuple(start + timedelta(days=first_interval_days * k) for k in range(doses))
    following = tuple(second.after(first[-1], k) for k in range(1, second_doses + 1))
    return Deescalation(cutoff=cutoff, first_phase=first, second_phase=placed(following, movement))


def cycle_dates(
    *,
    start: date,
    cycle_days: int,
    days: tuple[int, ...],
    cycles: int,
    anchor: Anchor,
    omit: frozenset[tuple[int, int]],
    delays: dict[int, int],
    movement: Movement,
) -> tuple[CycleDay, ...]:
    """The administrations of a cyclic regimen on `days` of each cycle (day 1 is the first; day 0 the day before it).

    `delays` (cycle to days) are added to that cycle's day 1 and carried to every later cycle, before the shift. Planned
    anchor: every date comes from the template and shifts on its own. Actual anchor: days count from the real day 1, and
    the next day 1 is one cycle length after it. An omitted (cycle, day) disappears, nothing else moves."""
    found: list[CycleDay] = []
    day_one = start
    for cycle in range(1, cycles + 1):
        day_one += timedelta(days=delays.get(cycle, 0) + (cycle_days if cycle > 1 else 0))
        if anchor == "actual" and 1 in days and (cycle, 1) not in omit:
            real = movement.real_date(day_one)
            found.append(CycleDay(cycle=cycle, day=1, nominal=day_one, date=real))
            day_one = real or day_one
        for day in days:
            if (cycle, day) in omit or (anchor == "actual" and day == 1):
                continue
            nominal = day_one + timedelta(days=day - 1)
            found.append(CycleDay(cycle=cycle, day=day, nominal=nominal, date=movement.real_date(nominal)))
    return tuple(found)


def oral_cycles(*, start: date, on_days: int, off_days: int, cycles: int) -> tuple[OralCycle, ...]:
    """Tablets on `on_days` days, then `off_days` days of rest. Home tablets never move for weekends or holidays."""
    found = []
    for number in range(cycles):
        first = start + timedelta(days=(on_days + off_days) * number)
        last = first + timedelta(days=on_days - 1)
        rest = (last + timedelta(days=1), last + timedelta(days=off_days)) if off_days else None
        found.append(OralCycle(cycle=number + 1, first_tablet=first, last_tablet=last, rest=rest))
    return tuple(found)


def late_after_loading(*, start: date, every_days: int, number: int, given: date, keep_previous_schedule: bool) -> LateDose:
    """Dose `number` (from 1) given on `given`: late by a week or less keeps the maintenance dose, by more repeats the
    loading.

    Current European text: the next doses count from the late one. The older text went back to the previous schedule after
    a dose missed by a week or less (`keep_previous_schedule`), which can leave only 17 days between two doses; after a
    reload both count from the late dose."""
    planned = start + timedelta(days=every_days * (number - 1))
    days_late = (given - planned).days
    reload = days_late > 7
    anchor = planned if keep_previous_schedule and not reload else given
    return LateDose(planned=planned, days_late=days_late, reload=reload, following=next_two(anchor, every_days))


def next_two(anchor: date, every_days: int) -> tuple[date, date]:
    """The next two nominal dates after `anchor`."""
    return anchor + timedelta(days=every_days), anchor + timedelta(days=2 * every_days)


def _months_that_have_the_day(start: date, every_months: int, count: int) -> tuple[date, ...]:
    dates: list[date] = []
    step = 0
    # A step of 12 months from 29 February finds it again within 8 years; 29 steps are always enough for the next one.
    while len(dates) < count and step < 29 * count:
        day = add_months(start, every_months * step)
        if day.day == start.day:
            dates.append(day)
        step += 1
    return tuple(dates)
