"""Tablets at home: the exact days of one cycle on which they are taken, the rest that follows, and how many tablets that
is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from mbc_desktop.core.decimals import CONTEXT
from mbc_desktop.core.finding import Finding
from mbc_desktop.core.record import dataclass
from mbc_desktop.dosing.escalation import EarlierDose
from mbc_desktop.planning.plan import Dose, TakePeriod
from mbc_desktop.planning.replay.dose_desk import Desk
from mbc_desktop.planning.replay.event_lookup import CourseEvents, level_of
from mbc_desktop.planning.replay.occasion import Occasion
from mbc_desktop.planning.request import DrugCourse
from mbc_desktop.regimen.regimen import Order, TakeDays

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeContext:
    """Where a cycle of tablets stands: its occasion, its day 1, the day 1 that follows it (None = nothing follows), the doses
    before it where its drug goes up after the first ones, and the bounds of the plan."""

    course: DrugCourse
    regimen: str
    occasion: Occasion
    day_1: date
    next_day_1: date | None
    horizon: date
    today: date
    earlier: tuple[EarlierDose, ...] = ()


def take_periods(
    order: Order, take: TakeDays, context: TakeContext, events: CourseEvents, desk: Desk
) -> tuple[list[TakePeriod], tuple[Finding, ...]]:
    """The tablet period of one order (`take` are its days) in one cycle, cut by another dose, by holds and by the end of the
    course; holidays never move it.

    Days on hold are not made up: after a resume the tablets go on to the period's own last day."""
    first = context.day_1 + timedelta(days=take.first - 1)
    last = context.horizon if take.last is None else context.day_1 + timedelta(days=take.last - 1)
    until = context.course.until if order.role == "treatment" else None
    if until is not None:
        last = min(last, until)
    if first > context.horizon or last < first:
        return [], ()
    open_ended = take.last is None and until is None
    occasion = context.occasion
    empty = TakePeriod(
        course=context.course.id, regimen=context.regimen, drug=order.drug, part=occasion.part, cycle=occasion.cycle,
        first=first, last=last, rest=_rest(last, context) if take.last is not None and order.role == "treatment" else None,
        dose=None, units=None, open=open_ended, status="held", role=order.role,
    )  # fmt: skip
    if events.reaching(occasion, "omit"):
        return [empty], ()
    filled, findings = _with_doses(empty, order, context, events, desk)
    return [piece for stretch in filled for piece in _cut(stretch, order.drug, events)], findings


def _with_doses(
    empty: TakePeriod, order: Order, context: TakeContext, events: CourseEvents, desk: Desk
) -> tuple[list[TakePeriod], tuple[Finding, ...]]:
    """The period with its dose; in stretches when another dose begins on a day inside it. What is being taken goes on: it is
    not released anew."""
    made: list[TakePeriod] = []
    findings: list[Finding] = []
    ongoing = empty.first < context.today <= empty.last
    changes = [day for day in events.change_days(context.occasion) if empty.first < day <= empty.last]
    for begins, next_begins in zip([empty.first, *changes], [*changes, None], strict=True):
        level = events.in_force(context.occasion, "dose_level", begins)
        ordered = events.in_force(context.occasion, "dose", begins)
        released = desk.released(
            order,
            begins,
            level=level_of(level),
            ordered=ordered.amount if ordered else None,
            first=context.occasion.number == 1,
            ongoing=ongoing,
            earlier=context.earlier,
        )
        findings += released.findings
        last = empty.last if next_begins is None else next_begins - _ONE_DAY
        filled = replace(empty, dose=released.dose, status=released.status, gate=released.gate)
        made.append(_piece(filled, begins, last))
    return made, tuple(findings)


def units(dose: Dose | None, first: date, last: date) -> Decimal | None:
    """How many tablets a period takes: pieces at a time x times a day x days on which they are taken. None without a
    dose."""
    if dose is None or not dose.give:
        return None
    days = -(-((last - first).days + 1) // dose.every_days)
    pieces = sum((item.count for item in dose.give), Decimal(0))
    return CONTEXT.multiply(pieces, Decimal(dose.times * days))


def _rest(last: date, context: TakeContext) -> tuple[date, date] | None:
    """The days up to the next first tablet, or to the end of the course: nothing comes back behind that."""
    if context.next_day_1 is None:
        return None
    ends = min(context.next_day_1 - _ONE_DAY, context.course.until or date.max)
    return (last + _ONE_DAY, ends) if last < ends else None


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
            kept.append(replace(piece, rest=_rest_until(piece.rest, ceased)))
        elif piece.first < ceased:
            kept.append(replace(_piece(piece, piece.first, ceased - _ONE_DAY), rest=None, open=False))
    return kept


def _rest_until(rest: tuple[date, date] | None, ceased: date) -> tuple[date, date] | None:
    """The rest before the day on which the drug is ceased: a rest to its usual last day would promise tablets after it."""
    if rest is None or rest[1] < ceased:
        return rest
    return (rest[0], ceased - _ONE_DAY) if rest[0] < ceased else None


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
