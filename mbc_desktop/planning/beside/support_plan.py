"""What goes beside the treatment, on real dates: it follows the visits and tablets that were planned, and moves nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import assert_never

from mbc_desktop.core.interval import read_interval
from mbc_desktop.core.record import dataclass
from mbc_desktop.planning.plan import Administration, SupportItem, TakePeriod
from mbc_desktop.planning.replay.event_lookup import CourseEvents, events_of
from mbc_desktop.planning.request import DrugCourse, Request
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.regimen import Order, Regimen, ends_with
from mbc_desktop.regimen.support import EmeticRisk, GivenDose, Measure, Support, emetic_risk

_GOES_ON = ("planned", "provisional", "withheld", "given")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Course:
    """What the measures of one course are placed from: its visits, the drugs of each of their days with the emetic risk and the
    drug that gives it, and its tablets."""

    course: DrugCourse
    regimen: Regimen
    visits: tuple[Administration, ...]
    days: tuple[tuple[date, tuple[str, ...]], ...]
    risks: Mapping[tuple[str, ...], tuple[EmeticRisk | None, str]]
    tablets: tuple[TakePeriod, ...]
    begins: Mapping[str, date]
    """The first day of each drug, whether it is given or taken."""
    events: CourseEvents
    chosen: Mapping[str, str]
    horizon: date


def plan_support(
    request: Request,
    course: DrugCourse,
    regimen: Regimen,
    administrations: Iterable[Administration],
    intakes: Iterable[TakePeriod],
    chosen: Mapping[str, str],
    *,
    library: Library,
) -> list[SupportItem]:
    """Every supportive measure of one course up to the horizon, in order of its first day. `regimen` is the regimen as
    decided."""
    support = library.support
    if support is None:
        return []
    given = [item for item in administrations if item.role == "treatment" and item.status in _GOES_ON and item.date is not None]
    visits = tuple(sorted(given, key=_day))
    days = tuple((day, tuple(item.drug for item in visit)) for day, visit in groupby(visits, key=_day))
    tablets = tuple(item for item in intakes if item.role == "treatment" and item.status in _GOES_ON)
    setting = _Course(
        course=course,
        regimen=regimen,
        visits=visits,
        days=days,
        risks=_risks({drugs for _, drugs in days}, _doses(regimen, chosen), support),
        tablets=tablets,
        begins=_begins(visits, tablets),
        events=CourseEvents(events_of(course.id, request.events), ends_with=ends_with(regimen)),
        chosen=chosen,
        horizon=request.horizon,
    )
    made = [item for measure in support.measures if _is_wanted(measure, chosen) for item in _placed(measure, setting)]
    return sorted(made, key=lambda item: (item.first, item.measure))


def _begins(visits: tuple[Administration, ...], tablets: tuple[TakePeriod, ...]) -> dict[str, date]:
    begins: dict[str, date] = {}
    for drug, day in (*((item.drug, _day(item)) for item in visits), *((item.drug, item.first) for item in tablets)):
        begins[drug] = min(day, begins.get(drug, day))
    return begins


def _is_wanted(measure: Measure, chosen: Mapping[str, str]) -> bool:
    return not measure.if_decided or chosen.get(measure.decision) == measure.if_decided


def _placed(measure: Measure, setting: _Course) -> Iterator[SupportItem]:
    match measure.per:
        case "visit":
            # A course gives the same few sets of drugs again and again.
            callers = {drugs: _caller(measure, drugs, setting) for drugs in setting.risks}
            for day, drugs in setting.days:
                if drug := callers[drugs]:
                    yield from _item(measure, setting, drug, day)
        case "cycle_end":
            yield from _after_cycles(measure, setting)
        case "course":
            for drug in measure.drugs:
                yield from _for_course(measure, setting, drug)
        case _:
            assert_never(measure.per)


def _caller(measure: Measure, drugs: tuple[str, ...], setting: _Course) -> str:
    """The drug of a visit that calls for a measure; "" when none does."""
    if measure.emetic_risk is None:
        return next((drug for drug in drugs if drug in measure.drugs), "")
    risk, drug = setting.risks[drugs]
    return drug if risk == measure.emetic_risk else ""


def _risks(
    visits: set[tuple[str, ...]], doses: Mapping[str, tuple[tuple[str, Decimal], ...]], support: Support
) -> dict[tuple[str, ...], tuple[EmeticRisk | None, str]]:
    """The emetic risk of each set of drugs that is given together, and the first drug that reaches it alone (the first of the day
    where only the combination does)."""
    found: dict[tuple[str, ...], tuple[EmeticRisk | None, str]] = {}
    for drugs in visits:
        of_day = [GivenDose(drug=drug, per_unit=doses.get(drug, ())) for drug in drugs]
        risk = emetic_risk(support, of_day)
        found[drugs] = risk, next((item.drug for item in of_day if emetic_risk(support, (item,)) == risk), drugs[0])
    return found


def _doses(regimen: Regimen, chosen: Mapping[str, str]) -> dict[str, tuple[tuple[str, Decimal], ...]]:
    """The highest dose that the regimen orders of each drug, in the unit of the order."""
    found: dict[str, dict[str, Decimal]] = {}
    for order in (order for part in regimen.parts for phase in part.phases for order in phase.orders):
        amount = _amount(order, chosen)
        if amount is not None:
            units = found.setdefault(order.drug, {})
            units[order.dose.unit] = max(amount, units.get(order.dose.unit, amount))
    return {drug: tuple(units.items()) for drug, units in found.items()}


def _amount(order: Order, chosen: Mapping[str, str]) -> Decimal | None:
    if order.dose.kind != "by_decision":
        return order.dose.amount
    answer = chosen.get(order.dose.decision, "")
    return Decimal(answer) if answer.replace(".", "", 1).isdecimal() else None


def _after_cycles(measure: Measure, setting: _Course) -> Iterator[SupportItem]:
    """After the last visit of each cycle with such a drug, where enough days lie free before the next one."""
    visits = [item for item in setting.visits if item.drug in measure.drugs]
    for last in {(item.part, item.cycle): item for item in visits}.values():
        after = _day(last) + timedelta(days=measure.last or measure.first)
        following = min((_day(item) for item in visits if _day(item) > _day(last)), default=_beyond_the_plan(last, setting))
        if following is None or (following - after).days >= measure.clear_days:
            yield from _item(measure, setting, last.drug, _day(last))


def _beyond_the_plan(last: Administration, setting: _Course) -> date | None:
    """When a drug is next due after the last visit that the plan shows; None for a drug that is known to end."""
    if _stops(setting, last.drug) is not None:
        return None
    phases = (phase for part in setting.regimen.parts if part.id == last.part for phase in part.phases)
    phase = next(phase for phase in phases if phase.id == last.phase)
    every = read_interval(setting.chosen[phase.every]) if isinstance(phase.every, str) else phase.every
    first = min(day for order in phase.orders if order.drug == last.drug for day in order.days)
    return None if every is None else every.after(_day(last) - timedelta(days=last.day - first))


def _for_course(measure: Measure, setting: _Course, drug: str) -> Iterator[SupportItem]:
    """Once, from the first day of the drug. A measure with an end is not begun again where the treatment was taken over."""
    course, begins = setting.course, setting.begins.get(drug)
    taken_over = course.last_given is not None or (course.cycle or 1) > 1 or course.phase != ""
    if begins is None or (measure.last is not None and taken_over):
        return
    yield from _item(measure, setting, drug, begins)


def _item(measure: Measure, setting: _Course, drug: str, day: date) -> Iterator[SupportItem]:
    first, last = day + timedelta(days=measure.first), setting.horizon
    if measure.last is not None:
        last = min(last, day + timedelta(days=measure.last))
    stopped = _stops(setting, drug) if measure.per == "course" else None
    if stopped is not None:
        last = min(last, stopped)
    if last < first:
        return
    yield SupportItem(
        course=setting.course.id, regimen=setting.regimen.id, measure=measure.id, drug=drug, first=first, last=last,
        open=measure.last is None and stopped is None, place=measure.place, parts=measure.parts, as_needed=measure.as_needed,
        before_minutes=measure.before_minutes, own_words="" if measure.if_decided else setting.chosen.get(measure.decision, ""),
        source=measure.source, grade=measure.grade,
    )  # fmt: skip


def _stops(setting: _Course, drug: str) -> date | None:
    """The last day of a drug of the course; None when it goes on without a known end."""
    ceased = setting.events.ceased_from(drug)
    days = [setting.course.until, ceased - timedelta(days=1) if ceased is not None else None]
    if setting.course.cycles is not None:
        days.append(max([_day(item) for item in setting.visits] + [item.last for item in setting.tablets], default=None))
    return min((day for day in days if day is not None), default=None)


def _day(item: Administration) -> date:
    return item.date or item.due
