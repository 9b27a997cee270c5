"""Tablets at home: the exact days of one cycle on which they are taken, the rest that follows, and how many tablets that
is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from mbc_desktop.core.decimals import CONTEXT
from mbc_desktop.core.finding import Finding
from mbc_desktop.planning.dose_desk import DoseDesk
from mbc_desktop.planning.event_lookup import CourseEvents, Occasion, level_number
from mbc_desktop.planning.plan import Dose, TakePeriod
from mbc_desktop.planning.request import DrugCourse
from mbc_desktop.regimen.regimen import Order

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeContext:
    """Where a cycle of tablets stands: its day 1, the day 1 that follows it (None = nothing follows), and the bounds of
    the plan."""

    course: DrugCourse
    regimen: str
    part: str
    cycle: int
    day_1: date
    next_day_1: date | None
    horizon: date
    today: date
    number: int


def take_periods(
    order: Order, context: TakeContext, events: CourseEvents, desk: DoseDesk
) -> tuple[list[TakePeriod], tuple[Finding, ...]]:
    """The tablet period of one order in one cycle, cut by holds and by the end of the course; holidays never move it.

    Days on hold are not made up: after a resume the tablets go on to the period's own last day."""
    take = order.take
    if take is None:
        return [], ()
    first = context.day_1 + timedelta(days=take.first - 1)
    open_ended = take.last is None
    last = context.horizon if take.last is None else context.day_1 + timedelta(days=take.last - 1)
    if context.course.until is not None:
        last = min(last, context.course.until) if order.role == "treatment" else last
        open_ended = False if open_ended else open_ended
    if first > context.horizon or last < first:
        return [], ()
    rest = _rest(last, context) if not open_ended and order.role == "treatment" else None
    occasion = Occasion(drug=order.drug, number=context.number, cycle=context.cycle, due=first)
    level, ordered = events.in_force(occasion, "dose_level"), events.in_force(occasion, "dose")
    released = desk.released(
        order,
        first,
        level=level_number(level),
        ordered=ordered.amount if ordered else None,
        first=context.number == 1,
        ongoing=first < context.today <= last,
    )
    whole = TakePeriod(
        course=context.course.id, regimen=context.regimen, drug=order.drug, part=context.part, cycle=context.cycle, first=first,
        last=last, rest=rest, dose=released.dose, units=units(released.dose, first, last), open=open_ended,
        status=released.status, role=order.role,
    )  # fmt: skip
    if any(True for _ in events.about(occasion, "omit")):
        return [replace(whole, status="held", dose=None, units=None)], ()
    return _cut(whole, order.drug, events), released.findings


def units(dose: Dose | None, first: date, last: date) -> Decimal | None:
    """How many tablets a period takes: pieces at a time x times a day x days on which they are taken. None without a
    dose."""
    if dose is None or not dose.give:
        return None
    days = -(-((last - first).days + 1) // dose.every_days)
    pieces = sum((item.count for item in dose.give), Decimal(0))
    return CONTEXT.multiply(pieces, Decimal(dose.times * days))


def _rest(last: date, context: TakeContext) -> tuple[date, date] | None:
    if context.next_day_1 is None or context.next_day_1 <= last + _ONE_DAY:
        return None
    return last + _ONE_DAY, context.next_day_1 - _ONE_DAY


def _cut(whole: TakePeriod, drug: str, events: CourseEvents) -> list[TakePeriod]:
    """The parts of a period that remain after cease and holds, and the held or ceased parts, marked as such."""
    if not events:
        return [whole]
    pieces: list[TakePeriod] = []
    at = whole.first
    for begins, ends in events.hold_periods(drug):
        stop = whole.last + _ONE_DAY if ends is None else ends
        if begins > whole.last or stop <= at:
            continue
        if begins > at:
            pieces.append(_piece(whole, at, begins - _ONE_DAY))
        held = _piece(whole, max(at, begins), min(stop - _ONE_DAY, whole.last))
        pieces.append(replace(held, status="held", dose=None, units=None))
        at = max(at, stop)
    if at <= whole.last:
        pieces.append(_piece(whole, at, whole.last))
    ceased = events.ceased_from(drug)
    return pieces if ceased is None else _ceased(pieces, ceased)


def _ceased(pieces: list[TakePeriod], ceased: date) -> list[TakePeriod]:
    kept: list[TakePeriod] = []
    for piece in pieces:
        if piece.last < ceased:
            kept.append(piece)
        elif piece.first < ceased:
            kept.append(replace(_piece(piece, piece.first, ceased - _ONE_DAY), rest=None, open=False))
    return kept


def _piece(whole: TakePeriod, first: date, last: date) -> TakePeriod:
    ends_early = last < whole.last
    return replace(
        whole,
        first=first,
        last=last,
        rest=None if ends_early else whole.rest,
        open=whole.open and not ends_early,
        units=units(whole.dose, first, last),
    )
