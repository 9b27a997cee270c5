"""One radiotherapy course on real dates: its fractions, what its pattern and region ask, and what was missed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from mbc_desktop.core.decimals import CONTEXT, decimal_text
from mbc_desktop.core.finding import Finding, finding
from mbc_desktop.core.quantity import Quantity
from mbc_desktop.dosing.dose import Derived
from mbc_desktop.planning.biological_dose import LARGE_FRACTION_GY, biologically_effective_dose, equivalent_dose_2gy
from mbc_desktop.planning.event_lookup import CourseEvents, events_of
from mbc_desktop.planning.fraction_dates import daily_fractions, overall_treatment_time, spaced_fractions
from mbc_desktop.planning.plan import Fraction
from mbc_desktop.planning.request import RadiotherapyCourse, Request
from mbc_desktop.planning.working_days import OpenDays
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.radiotherapy import RadiotherapyScheme

WEEKDAYS = {"Mon": 0, "Tue": 1, "Wed": 2, "Thu": 3, "Fri": 4, "Sat": 5, "Sun": 6}
ALPHA_BETA = (Decimal(10), Decimal(4), Decimal(3), Decimal(2))
"""Tumour and acute reactions, breast, late-reacting tissue, spinal cord and brain (conventions of clinical radiobiology)."""

NAILING_WAIT_DAYS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class RadiotherapyPlan:
    """What one radiotherapy course gives to the plan."""

    fractions: tuple[Fraction, ...]
    derived: tuple[Derived, ...]
    findings: tuple[Finding, ...]


def plan_radiotherapy(request: Request, course: RadiotherapyCourse, *, library: Library, unit: OpenDays) -> RadiotherapyPlan:
    """The fractions of a course on the open days of the radiotherapy unit, with BED and EQD2 and every objection."""
    scheme = library.radiotherapy[course.scheme]
    count = scheme.fractions if scheme.fractions is not None else course.fractions
    dose = scheme.dose_gy if scheme.dose_gy is not None else course.dose_gy
    if count is None or dose is None:
        lacking = finding("missing-fact", "stop", course=course.id, facts="fractions dose")
        return RadiotherapyPlan(fractions=(), derived=(), findings=(lacking,))
    choices = dict(course.choices)
    events = CourseEvents(events_of(course.id, request.events))
    fractions = _fractions(course, scheme, count, dose, choices, events, unit)
    found = [
        *_pattern_findings(course, scheme, count, fractions),
        *_region_findings(course, scheme, dose, choices),
        *(_free_findings(course, count, dose, library) if scheme.fractions is None else ()),
    ]
    return RadiotherapyPlan(fractions=fractions, derived=_derived(course, count, dose), findings=tuple(found))


def _fractions(
    course: RadiotherapyCourse, scheme: RadiotherapyScheme, count: int, dose: Decimal, choices: Mapping[str, str],
    events: CourseEvents, unit: OpenDays,
) -> tuple[Fraction, ...]:  # fmt: skip
    """Missed fractions are given on later open days; a fraction that was given or moved keeps its own day."""
    start = course.start + timedelta(
        days=sum(event.days or 0 for event in events.of_kind("delay") if event.target.fraction is None)
    )
    missed: set[date] = set()
    dates = _dates(start, scheme, count, choices, unit)
    for event in events.of_kind("omit"):
        number = event.target.fraction
        if number is not None and 0 < number <= len(dates):
            missed.add(dates[number - 1])
            dates = _dates(start, scheme, count, choices, replace(unit, closed=unit.closed | missed, extra=unit.extra - missed))
    ceased = events.ceased_from("")
    own = {event.target.fraction: event for event in events.of_kind("move")}
    given = {event.target.fraction: event for event in events.of_kind("given")}
    made: list[Fraction] = []
    for number, planned in enumerate(dates, 1):
        moved, done = own.get(number), given.get(number)
        day = (done.given_on if done else None) or (moved.to if moved else None) or planned
        if ceased is not None and day >= ceased and done is None:
            continue
        status = "given" if done else "planned"
        made.append(
            Fraction(
                course=course.id, scheme=course.scheme, region=course.region, number=number, of=count, date=day,
                dose=Quantity(dose, "Gy"), status="given" if status == "given" else "planned",
            )
        )  # fmt: skip
    return tuple(made)


def _dates(start: date, scheme: RadiotherapyScheme, count: int, choices: Mapping[str, str], unit: OpenDays) -> tuple[date, ...]:
    spaced = scheme.pattern == "spaced" or any(key in choices for key in ("days", "per_week", "min_gap_days"))
    if not spaced:
        return daily_fractions(start=start, fractions=count, open_days=unit, emergency=choices.get("emergency") == "yes")
    days = choices.get("days", "")
    per_week = choices.get("per_week")
    return spaced_fractions(
        start=start,
        fractions=count,
        open_days=unit,
        min_gap_days=int(choices.get("min_gap_days", scheme.min_gap_days)),
        weekdays=frozenset(WEEKDAYS[day] for day in days.split()) if days else None,
        per_week=int(per_week) if per_week else scheme.per_week,
        holiday="substitute" if choices.get("holiday") == "substitute" else "drop",
    )


def _pattern_findings(
    course: RadiotherapyCourse, scheme: RadiotherapyScheme, count: int, fractions: tuple[Fraction, ...]
) -> list[Finding]:
    found: list[Finding] = []
    dates = tuple(fraction.date for fraction in fractions)
    if len(dates) < count:
        found.append(finding("fractions-not-placed", "stop", course=course.id, placed=str(len(dates)), of=str(count)))
    for number, (before, after) in enumerate(pairwise(dates), 2):
        gap = (after - before).days
        values = {"number": str(number), "days": str(gap), "date": after.isoformat()}
        if scheme.stop_gap_days is not None and gap >= scheme.stop_gap_days:
            found.append(finding("fraction-gap-too-long", "stop", course=course.id, source=scheme.source, **values))
        elif scheme.warn_gap_days is not None and gap > scheme.warn_gap_days:
            found.append(finding("fraction-gap-long", "caution", course=course.id, source=scheme.source, **values))
    if dates and dates[0] != course.start:
        found.append(finding("start-moved", "info", course=course.id, start=course.start.isoformat(), date=dates[0].isoformat()))
    if count > 1 and dates:
        found.append(finding("overall-treatment-time", "info", course=course.id, days=str(overall_treatment_time(dates))))
    return found


def _region_findings(
    course: RadiotherapyCourse, scheme: RadiotherapyScheme, dose: Decimal, choices: Mapping[str, str]
) -> list[Finding]:
    rule = next((item for item in scheme.regions if item.region == course.region), None)
    found: list[Finding] = []
    if rule is None:
        found.append(finding("scheme-not-for-region", "caution", course=course.id, region=course.region, scheme=course.scheme))
    for code in (*scheme.advice, *(rule.advice if rule else ())):
        found.append(finding(code.replace("_", "-"), "advice", course=course.id, source=rule.source if rule else scheme.source))
    if dose >= LARGE_FRACTION_GY:
        found.append(finding("large-fraction-model", "info", course=course.id, dose=decimal_text(dose)))
    nailing = choices.get("nailing_on")
    if nailing is not None:
        wait = int(choices.get("nailing_wait_days", NAILING_WAIT_DAYS))
        earliest = date.fromisoformat(nailing) + timedelta(days=wait)
        if course.start < earliest:
            values = {"nailing_on": nailing, "earliest": earliest.isoformat(), "days": str(wait)}
            found.append(finding("too-early-after-nailing", "stop", course=course.id, **values))
    return found


def _free_findings(course: RadiotherapyCourse, count: int, dose: Decimal, library: Library) -> list[Finding]:
    """A free course that the guideline does not list needs the radiation oncologist; beyond every listed total it stops."""
    total = CONTEXT.multiply(Decimal(count), dose)
    listed = [(item.fractions, item.dose_gy) for item in library.radiotherapy.values() if item.fractions and item.dose_gy]
    if (count, dose) in listed:
        return []
    values = {"fractions": str(count), "dose": decimal_text(dose), "total": decimal_text(total)}
    if total > max((CONTEXT.multiply(Decimal(number), size) for number, size in listed), default=Decimal(0)):
        return [finding("total-above-guideline", "stop", course=course.id, **values)]
    return [finding("scheme-not-in-guideline", "caution", course=course.id, **values)]


def _derived(course: RadiotherapyCourse, count: int, dose: Decimal) -> tuple[Derived, ...]:
    made: list[Derived] = []
    for ratio in ALPHA_BETA:
        inputs = (
            ("course", course.id),
            ("fractions", str(count)),
            ("dose_gy", decimal_text(dose)),
            ("alpha_beta", decimal_text(ratio)),
        )
        for id, value in (
            ("bed", biologically_effective_dose(fractions=count, dose_gy=dose, alpha_beta_gy=ratio)),
            ("eqd2", equivalent_dose_2gy(fractions=count, dose_gy=dose, alpha_beta_gy=ratio)),
        ):
            shown = decimal_text(CONTEXT.quantize(value, Decimal("0.01")))
            made.append(
                Derived(
                    id=id,
                    value=shown,
                    exact=decimal_text(CONTEXT.quantize(value, Decimal("0.0001"))),
                    unit="Gy",
                    inputs=inputs,
                    source="linear_quadratic",
                )
            )
    return tuple(made)
