"""What differs between two plans of one patient, item by item, as data: for a replaced sheet, the preview and the history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import date
from typing import Literal, TypeVar

from mbc_desktop.core.quantity import Quantity
from mbc_desktop.dosing.dose import Dose
from mbc_desktop.planning.comparison.change import Change, ChangeKind, Side, Span, Subject
from mbc_desktop.planning.comparison.support_difference import support_changes
from mbc_desktop.planning.plan import Administration, CheckUp, Fraction, Plan, TakePeriod

__all__ = ["Change", "ChangeKind", "Side", "Span", "plan_difference"]

_Key = TypeVar("_Key", bound=Hashable)
_Item = TypeVar("_Item")
_Standing = tuple[ChangeKind, Dose | None, Dose | None]

_SUBJECTS: tuple[Subject, ...] = ("patient", "administration", "intake", "fraction", "check", "support")
_NOT_COMING: tuple[Literal["omitted", "held", "ceased"], ...] = ("omitted", "held", "ceased")


def plan_difference(older: Plan, newer: Plan) -> tuple[Change, ...]:
    """Every difference in identity, dates, doses, tablets and rest days, by day, then course; empty when nothing differs that a
    sheet shows. What has been given since is no difference. The two plans should end on the same day, or what lies after the
    earlier end counts as added or removed."""
    changes = [
        *_patient(older, newer),
        *_administrations(older.administrations, newer.administrations),
        *_intakes(older.intakes, newer.intakes),
        *_fractions(older.fractions, newer.fractions),
        *_checks(older.checks, newer.checks),
        *support_changes(older.support, newer.support),
    ]
    # A stable sort: the changes of one item keep their order.
    return tuple(sorted(changes, key=lambda one: (one.on, one.course, _SUBJECTS.index(one.subject), one.drug, one.number or 0)))


def _patient(older: Plan, newer: Plan) -> Iterator[Change]:
    if older.request.patient != newer.request.patient:
        yield Change(kind="patient_changed", subject="patient", on=newer.request.today)


def _matched(
    before: Mapping[_Key, _Item], after: Mapping[_Key, _Item]
) -> tuple[list[tuple[_Item, _Item]], list[_Item], list[_Item]]:
    """The items of both plans in pairs, those that went, those that came."""
    stayed = [(item, after[key]) for key, item in before.items() if key in after]
    gone = [item for key, item in before.items() if key not in after]
    return stayed, gone, [item for key, item in after.items() if key not in before]


def _administrations(older: tuple[Administration, ...], newer: tuple[Administration, ...]) -> Iterator[Change]:
    stayed, gone, come = _matched({item.id: item for item in older}, {item.id: item for item in newer})
    for old, new in stayed:
        if old.date != new.date:
            yield _given(new, "date_moved", old.date, new.date)
        if old.route != new.route:
            yield _given(new, "route_changed", old.route, new.route)
        for kind, before, after in _standing(old, new):
            yield _given(new, kind, before, after)
    yield from (_given(item, "removed", item.date or item.due, None) for item in gone if item.status not in _NOT_COMING)
    yield from (_given(item, _arrival(item), None, item.date or item.due) for item in come)


def _given(item: Administration, kind: ChangeKind, before: Side, after: Side) -> Change:
    return Change(
        kind=kind,
        subject="administration",
        on=item.date or item.due,
        course=item.course,
        drug=item.drug,
        number=item.number,
        before=before,
        after=after,
    )


def _intakes(older: tuple[TakePeriod, ...], newer: tuple[TakePeriod, ...]) -> Iterator[Change]:
    stayed, gone, come = _matched(_by_cycle(older), _by_cycle(newer))
    for old, new in stayed:
        if _span(old) != _span(new):
            yield _taken(new, "tablets_moved", _span(old), _span(new))
        for kind, before, after in _standing(old, new):
            yield _taken(new, kind, before, after)
    yield from (_taken(item, "removed", _span(item), None) for item in gone if item.status not in _NOT_COMING)
    yield from (_taken(item, _arrival(item), None, _span(item)) for item in come)
    yield from _rests(older, newer)


def _rests(older: tuple[TakePeriod, ...], newer: tuple[TakePeriod, ...]) -> Iterator[Change]:
    """The rest of each cycle that both plans have, whichever piece of the cycle it follows."""
    before, after = _last_by_cycle(older), _last_by_cycle(newer)
    for cycle, new in after.items():
        old = before.get(cycle, new)
        if old.rest != new.rest:
            yield _taken(new, "rest_changed", _rest(old), _rest(new))


def _last_by_cycle(periods: tuple[TakePeriod, ...]) -> dict[tuple[str, str, str, int], TakePeriod]:
    ordered = sorted(periods, key=lambda item: item.first)
    return {(item.course, item.drug, item.part, item.cycle): item for item in ordered}


def _by_cycle(periods: tuple[TakePeriod, ...]) -> dict[tuple[str, str, str, int, int], TakePeriod]:
    """The periods by course, drug, part, cycle, and the how manyth piece of that cycle: a hold cuts a cycle in pieces."""
    found: dict[tuple[str, str, str, int, int], TakePeriod] = {}
    pieces: defaultdict[tuple[str, str, str, int], int] = defaultdict(int)
    for period in sorted(periods, key=lambda item: item.first):
        cycle = (period.course, period.drug, period.part, period.cycle)
        found[*cycle, pieces[cycle]] = period
        pieces[cycle] += 1
    return found


def _taken(item: TakePeriod, kind: ChangeKind, before: Side, after: Side) -> Change:
    return Change(
        kind=kind,
        subject="intake",
        on=item.first,
        course=item.course,
        drug=item.drug,
        number=item.cycle,
        before=before,
        after=after,
    )


def _span(period: TakePeriod) -> Span:
    return Span(first=period.first, last=period.last, open=period.open)


def _rest(period: TakePeriod) -> Span | None:
    return Span(first=period.rest[0], last=period.rest[1]) if period.rest else None


def _arrival(item: Administration | TakePeriod) -> ChangeKind:
    """What is only in the newer plan was added, unless it says that something does not come: a hold inside a period."""
    return next((stopped for stopped in _NOT_COMING if item.status == stopped), "added")


def _standing(old: Administration | TakePeriod, new: Administration | TakePeriod) -> Iterator[_Standing]:
    """What became of the item itself: no longer coming, coming again, or another dose."""
    for stopped in _NOT_COMING:
        if new.status == stopped:
            if old.status != new.status:
                yield stopped, old.dose, None
            return
    if old.status in _NOT_COMING:
        yield "restored", None, new.dose
    elif old.dose is not None and new.dose is None:
        yield "withheld", old.dose, None
    elif old.dose is None and new.dose is not None:
        yield "released", None, new.dose
    elif old.dose is not None and new.dose is not None:
        if _size(old.dose) != _size(new.dose):
            yield "dose_changed", old.dose, new.dose
        elif old.dose.give != new.dose.give:
            yield "tablets_changed", old.dose, new.dose


def _size(dose: Dose) -> tuple[Quantity, int, int]:
    return dose.amount, dose.times, dose.every_days


def _fractions(older: tuple[Fraction, ...], newer: tuple[Fraction, ...]) -> Iterator[Change]:
    stayed, gone, come = _matched({item.id: item for item in older}, {item.id: item for item in newer})
    counted: set[str] = set()
    for old, new in stayed:
        if old.of != new.of and new.course not in counted:
            counted.add(new.course)
            yield _irradiated(new, "number_changed", old.of, new.of)
        if old.date != new.date:
            yield _irradiated(new, "fraction_moved", old.date, new.date)
        if old.dose != new.dose:
            yield _irradiated(new, "dose_changed", old.dose, new.dose)
    yield from (_irradiated(item, "removed", item.date, None) for item in gone)
    yield from (_irradiated(item, "added", None, item.date) for item in come)


def _irradiated(item: Fraction, kind: ChangeKind, before: Side, after: Side) -> Change:
    return Change(
        kind=kind,
        subject="fraction",
        on=item.date,
        course=item.course,
        number=item.number,
        what=item.region,
        before=before,
        after=after,
    )


def _checks(older: Iterable[CheckUp], newer: Iterable[CheckUp]) -> Iterator[Change]:
    """Checks have no number. Those that stayed are told by their day; the others of one kind are paired in order of time, and
    what is left over came or went."""
    before, after = _days_by_kind(older), _days_by_kind(newer)
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key, []), after.get(key, [])
        gone = [day for day in old if day not in new]
        come = [day for day in new if day not in old]
        paired = min(len(gone), len(come))
        yield from (_checked(key, second, "check_moved", (first, second)) for first, second in zip(gone, come, strict=False))
        yield from (_checked(key, day, "removed", (day, None)) for day in gone[paired:])
        yield from (_checked(key, day, "added", (None, day)) for day in come[paired:])


def _days_by_kind(checks: Iterable[CheckUp]) -> dict[tuple[str, str], list[date]]:
    days: defaultdict[tuple[str, str], list[date]] = defaultdict(list)
    for check in sorted(checks, key=lambda item: item.date):
        days[check.course, check.kind].append(check.date)
    return dict(days)


def _checked(key: tuple[str, str], on: date, kind: ChangeKind, sides: tuple[date | None, date | None]) -> Change:
    course, what = key
    return Change(kind=kind, subject="check", on=on, course=course, what=what, before=sides[0], after=sides[1])
