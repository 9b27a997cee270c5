"""Every regimen from a start day: what must hold of its dates, looked at without the program's own date rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from mbc_desktop.core.interval import Interval, read_interval
from mbc_desktop.patient.facts import Patient
from mbc_desktop.planning.dates.working_days import OpenDays, open_days
from mbc_desktop.planning.plan import TakePeriod
from mbc_desktop.planning.replay.course_plan import CoursePlan
from mbc_desktop.planning.replay.course_replay import CourseReplay
from mbc_desktop.planning.replay.decisions import Answers, answers_for
from mbc_desktop.planning.replay.dose_desk import NO_DOSES
from mbc_desktop.planning.replay.planned_visits import PlannedVisit, part_of, planned_visits
from mbc_desktop.planning.request import DrugCourse, Request
from mbc_desktop.regimen.regimen import Part, Regimen, as_decided
from mbc_desktop.regimen.site import NO_SITE, Answer, Site
from tests.planning.treatments import library

DAYS = 182
"""Half a year: loading, maintenance and every holiday season, from each start."""
SLACK = 10
"""So many days may a clock that counts from real days have moved by the end."""
PATIENT = Patient(family_name="Voorbeeld", given_name="Anna", number="1", birth_date=date(1961, 1, 1), sex="female")
HOSPITAL = open_days()


@cache
def decided(name: str) -> tuple[Regimen, Answers, dict[str, str]]:
    """A regimen with every question answered: as preselected, else with the answer that its own schedule is for, else the first
    option."""
    regimen = library().regimens[name]
    first = answers_for("c1", regimen, {}, library=library(), site=NO_SITE)
    phases = [phase for part in regimen.parts for phase in part.phases]
    asking = [*phases, *(order for phase in phases for order in phase.orders)]
    own = {item.decision: item.if_decided for item in reversed(asking) if item.decision}
    picked = {decision.key: own.get(decision.key) or decision.options[0] for decision in first.open if decision.options}
    site = Site(answers=tuple(Answer(key=key, value=value, by="NV", on="2026-01-01") for key, value in picked.items()))
    answers = answers_for("c1", regimen, {}, library=library(), site=site)
    return as_decided(regimen, answers.chosen), answers, picked


def planned(name: str, start: date) -> tuple[Regimen, Answers, CoursePlan, date]:
    """The dates of a regimen from that day, and the last day that was planned."""
    regimen, answers, picked = decided(name)
    course = DrugCourse(id="c1", regimen=name, start=start, choices=tuple(picked.items()))
    horizon = start + timedelta(days=DAYS)
    request = Request(today=start, language="nl", horizon=horizon, patient=PATIENT, courses=(course,))
    replay = CourseReplay(request, course, regimen, answers, library=library(), open_days=HOSPITAL)
    return regimen, answers, replay.run(1, (), NO_DOSES), horizon


def faults(name: str, start: date) -> Iterator[str]:
    """What is wrong with the dates of a regimen from that day."""
    regimen, answers, made, horizon = planned(name, start)
    said = {(item.code, item.drug, dict(item.values).get("number")) for item in made.findings}
    visits = planned_visits(made.administrations, library())
    yield from (f"{name} {start}: {text}" for text in _visits(visits, said, HOSPITAL))
    yield from (f"{name} {start}: {text}" for text in _tablets(made.intakes, regimen))
    yield from (f"{name} {start}: {text}" for text in _lost(regimen, answers, made, start, horizon))


def _visits(visits: tuple[PlannedVisit, ...], said: set[tuple[str, str, str | None]], hospital: OpenDays) -> Iterator[str]:
    """No day is closed, no interval too short, without a finding."""
    before: dict[str, date] = {}
    for visit in sorted(visits, key=lambda item: (item.clock, item.due)):
        for drug, number in visit.drugs:
            if visit.date is None:
                if ("no-open-day-in-window", drug, str(number)) not in said:
                    yield f"{drug} {number} has no day and nobody says so"
                continue
            if not hospital.is_open(visit.date):
                yield f"{drug} {number} falls on {visit.date}, a closed day"
            last = before.get(drug)
            short = last is not None and (visit.date - last).days < visit.timing.minimum_days
            if short and ("interval-short", drug, str(number)) not in said:
                yield f"{drug} {number} comes too soon after {last} and nobody says so"
            before[drug] = visit.date


def _tablets(intakes: tuple[TakePeriod, ...], regimen: Regimen) -> Iterator[str]:
    """Never more days of tablets than the order has, never two periods of one drug on a day."""
    allowed: defaultdict[str, int] = defaultdict(int)
    for part in regimen.parts:
        for phase in part.phases:
            for order in phase.orders:
                if order.take is not None:
                    days = 10_000 if order.take.last is None else order.take.last - order.take.first + 1
                    allowed[order.drug] = max(allowed[order.drug], days)
    ends: dict[tuple[str, str], date] = {}
    for period in sorted(intakes, key=lambda item: item.first):
        if period.role != "treatment":
            continue
        days = (period.last - period.first).days + 1
        if days > allowed[period.drug]:
            yield f"{period.drug}: {days} days of tablets, {allowed[period.drug]} are allowed"
        key = (period.part, period.drug)
        if key in ends and period.first <= ends[key]:
            yield f"{period.drug}: two periods on {period.first}"
        ends[key] = period.last


def _lost(regimen: Regimen, answers: Answers, made: CoursePlan, start: date, horizon: date) -> Iterator[str]:
    """Every dose that the template has, and no other, but for the last days, when a clock may have moved over the end."""
    found = {(item.part, item.drug, item.nominal) for item in made.administrations if item.role == "treatment"}
    for part in regimen.parts:
        wanted = set(_template(part, answers, start, horizon))
        mine = {line for line in found if line[0] == part.id}
        for _, drug, day in wanted - mine:
            if day <= horizon - timedelta(days=SLACK):
                yield f"{drug} of {day} is lost"
        for _, drug, day in mine - wanted:
            yield f"{drug} of {day} is not in the template"
    numbers: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for item in made.administrations:
        if item.role == "treatment":
            numbers[part_of(item, library()).id, item.drug].append(item.number)
    for (_, drug), counted in numbers.items():
        if len(regimen.parts) == 1 and counted != list(range(1, len(counted) + 1)):
            yield f"{drug} is numbered {counted}"


def _template(part: Part, answers: Answers, start: date, horizon: date) -> Iterator[tuple[str, str, date]]:
    """The days that the regimen's own file names, counted from the first day of each phase."""
    anchor, cycle = start, 1
    for phase in part.phases:
        every = read_interval(answers.chosen[phase.every]) if isinstance(phase.every, str) else phase.every
        number = 0
        while phase.cycles is None or number < phase.cycles:
            first = _after(anchor, every, number)
            if first is None or first > horizon:
                break
            for order in phase.orders:
                low, high = order.cycles
                if order.role == "treatment" and low <= cycle and (high is None or cycle <= high):
                    yield from ((part.id, order.drug, first + timedelta(days=day - 1)) for day in order.days)
            number, cycle = number + 1, cycle + 1
        following = _after(anchor, every, number)
        if following is None:
            return
        anchor = following


def _after(anchor: date, every: Interval | None, number: int) -> date | None:
    if every is None:
        return anchor if number == 0 else None
    return every.after(anchor, number)
