"""The plan by day: which administrations, fractions, checks and tablet bands stand on each day, still as codes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from mbc_desktop.core.quantity import Quantity
from mbc_desktop.core.record import dataclass

if TYPE_CHECKING:
    from mbc_desktop.planning.intrathecal import IntrahepaticNote, IntrathecalDay
    from mbc_desktop.planning.plan import Administration, CheckUp, ClosedDay, Fraction, Plan, TakePeriod

Mark = Literal["injection", "infusion", "tablet", "radiation", "check"]
MARKS: tuple[Mark, ...] = ("injection", "infusion", "tablet", "radiation", "check")

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Therapy:
    """One line of the legend: a drug or a radiotherapy course, with its shape and the number of its colour."""

    course: str
    subject: str
    mark: Mark
    tone: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayItem:
    """What happens on one day. `tone` is the colour's number, None for checks and for what only accompanies a treatment."""

    id: str
    course: str
    kind: Literal["administration", "fraction", "check", "spinal", "hepatic"]
    mark: Mark
    tone: int | None
    subject: str
    status: str
    amount: Quantity | None = None
    number: int = 0
    of: int = 0


NOT_TAKEN = frozenset(("held", "omitted", "ceased"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A run of days with tablets, or (`rest`) of the rest days after them, first to last inclusive; `stop` = a drug that is no
    longer taken, named for some days, or (`again`) for all days until it begins again."""

    id: str
    course: str
    subject: str
    tone: int
    status: str
    first: date
    last: date
    rest: bool = False
    amount: Quantity | None = None
    times: int = 1
    every_days: int = 1
    open: bool = False
    stop: bool = False
    again: bool = False

    @property
    def not_taken(self) -> bool:
        """Days on which tablets would be taken, but for what happened."""
        return not self.rest and self.status in NOT_TAKEN

    @property
    def idle(self) -> bool:
        """Whether no tablet is taken: rest, a stop, a pause, days that were left out."""
        return self.rest or self.not_taken


class DayContents:
    """All that stands on one day: bands in the order of the legend, items in the order of the day, why a unit is closed, whether
    the patient cannot come."""

    __slots__ = ("away", "bands", "closed", "items")

    def __init__(self) -> None:
        self.bands: list[Band] = []
        self.items: list[DayItem] = []
        self.closed: list[ClosedDay] = []
        self.away = False

    def __eq__(self, other: object) -> bool:
        """The same things in the same order: such a day is not painted again."""
        if not isinstance(other, DayContents):
            return False
        return (self.bands, self.items, self.closed, self.away) == (other.bands, other.items, other.closed, other.away)


_MARKS_BY_ROUTE: Mapping[str, Mark] = {"IM": "injection", "SC": "injection", "IV": "infusion", "PO": "tablet"}


def mark_of_route(route: str) -> Mark:
    """The shape for a way of giving: injection into muscle or under the skin, infusion, tablet."""
    return _MARKS_BY_ROUTE.get(route.upper(), "injection")


def therapies_of(plan: Plan) -> tuple[Therapy, ...]:
    """The legend: every treatment in the order of the courses, then by name, so that no colour changes hands when a day moves."""
    marks: dict[tuple[str, str], Mark] = {}
    for given in plan.administrations:
        if given.role == "treatment":
            marks.setdefault((given.course, given.drug), mark_of_route(given.route))
    for period in plan.intakes:
        if period.role == "treatment":
            marks.setdefault((period.course, period.drug), "tablet")
    for fraction in plan.fractions:
        marks.setdefault((fraction.course, ""), "radiation")
    courses = {course.id: number for number, course in enumerate(plan.request.courses)}
    ordered = sorted(marks, key=lambda key: (courses.get(key[0], 0), key[1]))
    return tuple(Therapy(course=key[0], subject=key[1], mark=marks[key], tone=tone) for tone, key in enumerate(ordered))


def days_of(plan: Plan, *, first: date, last: date) -> dict[date, DayContents]:
    """What stands on each day from `first` to `last` inclusive; days without anything are left out."""
    tones = {(therapy.course, therapy.subject): therapy.tone for therapy in therapies_of(plan)}
    days: defaultdict[date, DayContents] = defaultdict(DayContents)
    _place_bands(days, plan, tones, first, last)
    for item in _beside(plan):
        if first <= item[0] <= last:
            days[item[0]].items.append(item[1])
    for given in plan.administrations:
        day = given.date or given.due
        if first <= day <= last:
            days[day].items.append(_administration(given, tones.get((given.course, given.drug))))
    for fraction in plan.fractions:
        if first <= fraction.date <= last:
            days[fraction.date].items.append(_fraction(fraction, tones.get((fraction.course, ""))))
    seen: set[tuple[str, date]] = set()
    for check in plan.checks:
        # One blood count serves every course that asks for it on that day.
        if first <= check.date <= last and (check.kind, check.date) not in seen:
            seen.add((check.kind, check.date))
            days[check.date].items.append(_check(check))
    _place_days_off(days, plan, first, last)
    return dict(days)


def _place_days_off(days: defaultdict[date, DayContents], plan: Plan, first: date, last: date) -> None:
    for closed in plan.closed_days:
        if first <= closed.date <= last:
            days[closed.date].closed.append(closed)
    for absence in plan.request.absences:
        for number in range(max(absence.first, first).toordinal(), min(absence.last, last).toordinal() + 1):
            days[date.fromordinal(number)].away = True


def _place_bands(
    days: defaultdict[date, DayContents], plan: Plan, tones: Mapping[tuple[str, str], int], first: date, last: date
) -> None:
    bands: list[Band] = []
    for period in plan.intakes:
        if period.first <= last and (period.rest[1] if period.rest else period.last) >= first:
            bands += _bands(period, tones.get((period.course, period.drug), 0))
    bands += stop_bands(plan)
    for band in sorted(bands, key=lambda band: (band.tone, band.first)):
        day = max(band.first, first)
        while day <= min(band.last, last):
            days[day].bands.append(band)
            day += _DAY


def _bands(period: TakePeriod, tone: int) -> tuple[Band, ...]:
    dose = period.dose
    taking = Band(
        id=period.id,
        course=period.course,
        subject=period.drug,
        tone=tone,
        status=period.status,
        first=period.first,
        last=period.last,
        amount=dose.amount if dose else None,
        times=dose.times if dose else 1,
        every_days=dose.every_days if dose else 1,
        open=period.open,
    )
    if period.rest is None:
        return (taking,)
    return (
        taking,
        Band(
            id=period.id,
            course=period.course,
            subject=period.drug,
            tone=tone,
            status=period.status,
            first=period.rest[0],
            last=period.rest[1],
            rest=True,
        ),
    )


def stop_bands(plan: Plan) -> list[Band]:
    """The tablets that a patient takes no longer, on the days on which the calendar on paper names them too."""
    if not plan.intakes:
        return []
    from mbc_desktop.planning.beside.home_stops import days_named, home_stops

    stops = home_stops(plan)
    tones = {(therapy.course, therapy.subject): therapy.tone for therapy in therapies_of(plan)} if stops else {}
    bands = []
    for stop in stops:
        earlier = (one for one in plan.intakes if one.drug == stop.drug and one.role == "treatment" and one.until < stop.first)
        ended = max(earlier, key=lambda one: one.until)
        first, last = days_named(stop, plan.request.horizon)
        bands.append(
            Band(
                id=ended.id, course=ended.course, subject=stop.drug, tone=tones.get((ended.course, stop.drug), 0),
                status=ended.status, first=first, last=last, rest=True, stop=True, again=stop.last is not None,
            )
        )  # fmt: skip
    return bands


def _administration(given: Administration, tone: int | None) -> DayItem:
    return DayItem(
        id=given.id,
        course=given.course,
        kind="administration",
        mark=mark_of_route(given.route),
        tone=tone,
        subject=given.drug,
        status=given.status,
        amount=given.dose.amount if given.dose else None,
        number=given.number,
    )


def _fraction(fraction: Fraction, tone: int | None) -> DayItem:
    return DayItem(
        id=fraction.id,
        course=fraction.course,
        kind="fraction",
        mark="radiation",
        tone=tone,
        subject=fraction.scheme,
        status=fraction.status,
        amount=fraction.dose,
        number=fraction.number,
        of=fraction.of,
    )


def _beside(plan: Plan) -> list[tuple[date, DayItem]]:
    """What goes into the spinal fluid or into the liver: on its own days, in no lane and no legend of the drugs."""
    spinal = [(one.date, _spinal(one)) for one in plan.intrathecal]
    return spinal + [(one.on, _hepatic(number, one)) for number, one in enumerate(plan.intrahepatic, start=1)]


def _spinal(day: IntrathecalDay) -> DayItem:
    return DayItem(
        id=day.id, course=day.order, kind="spinal", mark="injection", tone=None, subject=day.drug, status=day.status,
        amount=day.dose, number=day.number, of=day.of,
    )  # fmt: skip


def _hepatic(number: int, note: IntrahepaticNote) -> DayItem:
    return DayItem(
        id=f"hepatic/{number}", course="", kind="hepatic", mark="infusion", tone=None, subject=note.note, status="planned"
    )  # fmt: skip


def _check(check: CheckUp) -> DayItem:
    return DayItem(id=check.id, course=check.course, kind="check", mark="check", tone=None, subject=check.kind, status="planned")
