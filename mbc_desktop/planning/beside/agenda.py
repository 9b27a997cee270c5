"""The agenda of the day hospital over many plans: who comes on a day, for what and for how long in the chair, what the pharmacy
prepares and which blood is taken; the load of each day, and the quietest days inside one patient's window."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from mbc_desktop.core.record import dataclass
from mbc_desktop.planning.beside.places import BLOOD
from mbc_desktop.planning.plan import Administration, CheckUp, Day, Plan, Task
from mbc_desktop.planning.replay.visits import NOT_COMING, calendars
from mbc_desktop.regimen.site import Site

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChairTime:
    """How long a patient occupies a chair at least, in minutes: every infusion or injection and what is observed after it,
    without preparation and flushing. `unknown` are the drugs given into a vein for which the data have no time."""

    minutes: int
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """One patient on one day in the day hospital: `plan` is the place of the plan in the list that was given."""

    plan: int
    date: Day
    administrations: tuple[Administration, ...]
    checks: tuple[CheckUp, ...]
    chair: ChairTime


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaDay:
    """One day: who comes to the day hospital, which blood the laboratory gets (plan, check), what the pharmacy prepares (plan,
    administration) and what is to be ordered or fetched (plan, task). `capacity` is the site's chair minutes of a day, None
    where it gave none."""

    date: Day
    attendances: tuple[Attendance, ...]
    samples: tuple[tuple[int, CheckUp], ...]
    preparations: tuple[tuple[int, Administration], ...]
    tasks: tuple[tuple[int, Task], ...]
    chair_minutes: int
    capacity: int | None

    @property
    def over_capacity(self) -> bool:
        """Whether the day holds more chair time than the hospital has."""
        return self.capacity is not None and self.chair_minutes > self.capacity


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietDay:
    """A day on which a visit could be: the chair minutes that others need then, and how far it lies from its due day."""

    date: Day
    chair_minutes: int
    days_off: int


def chair_time(administrations: Iterable[Administration]) -> ChairTime:
    """The chair time of what one patient is given on one day, one after the other."""
    minutes, unknown = 0, []
    for item in administrations:
        own = item.dose.minutes if item.dose is not None else None
        observed = item.dose.observe_minutes if item.dose is not None else None
        minutes += (own or 0) + (observed or 0)
        if own is None and item.route == "IV" and item.role == "treatment":
            unknown.append(item.drug)
    return ChairTime(minutes=minutes, unknown=tuple(unknown))


def agenda(plans: Sequence[Plan], *, first: date, last: date, site: Site) -> tuple[AgendaDay, ...]:
    """Every day from `first` to `last` on which anybody comes, blood is taken, or something is to be prepared; by date, patients
    in the order of the list. What was omitted, held or ceased does not come."""
    attendances: defaultdict[date, list[Attendance]] = defaultdict(list)
    samples: defaultdict[date, list[tuple[int, CheckUp]]] = defaultdict(list)
    tasks: defaultdict[date, list[tuple[int, Task]]] = defaultdict(list)
    for number, plan in enumerate(plans):
        for attendance in _attendances(number, plan, first, last):
            attendances[attendance.date].append(attendance)
        for check in plan.checks:
            if first <= check.date <= last and check.kind in BLOOD:
                samples[check.date].append((number, check))
        for task in plan.tasks:
            if first <= task.date <= last:
                tasks[task.date].append((number, task))
    days = sorted({*attendances, *samples, *tasks})
    return tuple(_day(day, attendances[day], samples[day], tasks[day], site) for day in days)


def load_by_day(plans: Sequence[Plan], *, first: date, last: date) -> Mapping[date, int]:
    """The chair minutes of the day hospital by day; days without anybody are left out."""
    load: defaultdict[date, int] = defaultdict(int)
    for number, plan in enumerate(plans):
        for attendance in _attendances(number, plan, first, last):
            load[attendance.date] += attendance.chair.minutes
    return dict(load)


def quiet_days(plan: Plan, item: Administration, others: Sequence[Plan], site: Site) -> tuple[QuietDay, ...]:
    """The open days inside the window of an administration on which the patient is not away, the quietest first, then the nearest
    to its due day. `others` are the plans of the other patients; the plan's own day counts too."""
    first, last = max(item.window[0], plan.request.today), item.window[1]
    load = load_by_day(others, first=first, last=last)
    hospital = calendars(plan.request, site)[item.place]
    away = plan.request.absences
    days = (first + _ONE_DAY * step for step in range(max((last - first).days + 1, 0)))
    found = [
        QuietDay(date=day, chair_minutes=load.get(day, 0), days_off=abs((day - item.due).days))
        for day in days
        if hospital.is_open(day) and not any(absence.first <= day <= absence.last for absence in away)
    ]
    return tuple(sorted(found, key=lambda day: (day.chair_minutes, day.days_off, day.date)))


def _attendances(number: int, plan: Plan, first: date, last: date) -> Iterator[Attendance]:
    given: defaultdict[date, list[Administration]] = defaultdict(list)
    for item in plan.administrations:
        if item.date and first <= item.date <= last and item.place == "day_hospital" and item.status not in NOT_COMING:
            given[item.date].append(item)
    for day, items in sorted(given.items()):
        checks = tuple(check for check in plan.checks if check.date == day and check.place == "laboratory")
        yield Attendance(plan=number, date=day, administrations=tuple(items), checks=checks, chair=chair_time(items))


def _day(
    day: date,
    attendances: list[Attendance],
    samples: list[tuple[int, CheckUp]],
    tasks: list[tuple[int, Task]],
    site: Site,
) -> AgendaDay:
    prepared = tuple(
        (attendance.plan, item)
        for attendance in attendances
        for item in attendance.administrations
        if item.role == "treatment" and item.status != "given"
    )
    return AgendaDay(
        date=day,
        attendances=tuple(attendances),
        samples=tuple(samples),
        preparations=prepared,
        tasks=tuple(tasks),
        chair_minutes=sum(item.chair.minutes for item in attendances),
        capacity=site.chair_minutes_a_day,
    )
