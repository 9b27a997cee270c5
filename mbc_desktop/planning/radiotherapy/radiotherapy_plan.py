"""One radiotherapy course on real dates: its fractions, what its pattern and region ask, and what was missed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from mbc_desktop.core.decimals import CONTEXT, decimal_text
from mbc_desktop.core.finding import Finding, Severity, finding
from mbc_desktop.core.quantity import Quantity
from mbc_desktop.core.record import dataclass
from mbc_desktop.dosing.dose import Derived
from mbc_desktop.patient.cross_checks import check_radiotherapy
from mbc_desktop.planning.dates.working_days import OpenDays
from mbc_desktop.planning.plan import Fraction
from mbc_desktop.planning.radiotherapy.biological_dose import LARGE_FRACTION_GY, biologically_effective_dose, equivalent_dose_2gy
from mbc_desktop.planning.radiotherapy.cord_dose import cord_dose
from mbc_desktop.planning.radiotherapy.fraction_dates import overall_treatment_time
from mbc_desktop.planning.radiotherapy.fraction_replay import FractionReplay, Pattern, PlacedFraction
from mbc_desktop.planning.replay.event_lookup import CourseEvents, events_of
from mbc_desktop.planning.request import RadiotherapyCourse, Request
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.radiotherapy import RadiotherapyScheme, RegionRule

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
    pattern = _pattern(scheme, choices)
    placed = FractionReplay(start=course.start, count=count, pattern=pattern, open_days=unit).run(events)
    ceased = events.ceased_from("")
    fractions = tuple(
        Fraction(
            course=course.id, scheme=course.scheme, region=course.region, number=item.number, of=count, date=item.date,
            dose=item.amount or Quantity(dose, "Gy"), status="given" if item.given else "planned",
        )
        for item in placed
        if item.given or ceased is None or item.date < ceased
    )  # fmt: skip
    found = [
        *_pattern_findings(course, scheme, pattern, fractions),
        *_placing_findings(request, course, count, placed, unit),
        *_dose_findings(course, dose, placed),
        *_region_findings(course, scheme, dose, choices),
        *(_free_findings(course, count, dose, library) if scheme.fractions is None else ()),
    ]
    sums, cord = cord_dose(request, course, count, dose, library)
    derived = (*_derived(course, count, dose), *sums)
    return RadiotherapyPlan(fractions=fractions, derived=derived, findings=(*found, *cord))


def _pattern(scheme: RadiotherapyScheme, choices: Mapping[str, str]) -> Pattern:
    days, per_week = choices.get("days", ""), choices.get("per_week")
    return Pattern(
        spaced=scheme.pattern == "spaced" or any(key in choices for key in ("days", "per_week", "min_gap_days")),
        emergency=choices.get("emergency") == "yes",
        min_gap_days=int(choices.get("min_gap_days", scheme.min_gap_days)),
        weekdays=frozenset(WEEKDAYS[day] for day in days.split()) if days else None,
        per_week=int(per_week) if per_week else scheme.per_week,
        holiday="substitute" if choices.get("holiday") == "substitute" else "drop",
    )


def _placing_findings(
    request: Request, course: RadiotherapyCourse, count: int, placed: tuple[PlacedFraction, ...], unit: OpenDays
) -> Iterator[Finding]:
    """Fractions without a day, and planned ones on a day on which the patient is away or (moved there) the unit is closed."""
    if len(placed) < count:
        yield finding("fractions-not-placed", "stop", course=course.id, placed=str(len(placed)), of=str(count))
    emergency = dict(course.choices).get("emergency") == "yes"
    for item in placed:
        values = {"number": str(item.number), "date": item.date.isoformat()}
        if item.given:
            continue
        if not unit.is_open(item.date) and not (emergency and item.number == 1):
            yield finding("moved-to-closed-day", "caution", course=course.id, **values)
        if any(away.first <= item.date <= away.last for away in request.absences):
            yield finding("patient-absent", "caution", course=course.id, **values)


def _dose_findings(course: RadiotherapyCourse, dose: Decimal, placed: tuple[PlacedFraction, ...]) -> Iterator[Finding]:
    """A fraction that was given with another dose than the prescribed one: the biological sums count the prescription."""
    for item in placed:
        if item.amount is not None and item.amount.amount != dose:
            values = {"number": str(item.number), "dose": decimal_text(item.amount.amount), "prescribed": decimal_text(dose)}
            yield finding("fraction-dose-differs", "caution", course=course.id, date=item.date.isoformat(), **values)


NOT_DAILY_ABOVE_GY, NOT_DAILY_GAP = Decimal(10), 2
"""Above so many Gy a fraction of a free course comes at least so many days after the one before (at least 48 hours)."""


def _pattern_findings(
    course: RadiotherapyCourse, scheme: RadiotherapyScheme, pattern: Pattern, fractions: tuple[Fraction, ...]
) -> list[Finding]:
    found: list[Finding] = []
    source = scheme.spacing_source or scheme.source
    least = pattern.min_gap_days if pattern.spaced else 1
    large = scheme.fractions is None and any(item.dose.amount > NOT_DAILY_ABOVE_GY for item in fractions)
    dates = tuple(fraction.date for fraction in fractions)
    for before, after in pairwise(fractions):
        gap = (after.date - before.date).days
        values = {"number": str(after.number), "days": str(gap), "date": after.date.isoformat()}
        if gap < least:
            severity: Severity = "info" if after.status == "given" else "caution"
            found.append(finding("fraction-gap-short", severity, course=course.id, source=source, **values))
        elif large and gap < NOT_DAILY_GAP:
            found.append(finding("fraction-gap-short", "caution", course=course.id, source="stereotactic_gaps", **values))
        elif scheme.stop_gap_days is not None and gap >= scheme.stop_gap_days:
            found.append(finding("fraction-gap-too-long", "stop", course=course.id, source=source, **values))
        elif scheme.warn_gap_days is not None and gap >= scheme.warn_gap_days:
            found.append(finding("fraction-gap-long", "caution", course=course.id, source=source, **values))
    if dates and dates[0] != course.start:
        found.append(finding("start-moved", "info", course=course.id, start=course.start.isoformat(), date=dates[0].isoformat()))
    if len(dates) > 1:
        found.append(finding("overall-treatment-time", "info", course=course.id, days=str(overall_treatment_time(dates))))
    return found


def _region_findings(
    course: RadiotherapyCourse, scheme: RadiotherapyScheme, dose: Decimal, choices: Mapping[str, str]
) -> list[Finding]:
    rule = next((item for item in scheme.regions if item.region == course.region), None)
    found: list[Finding] = []
    if rule is None:
        found.append(finding("scheme-not-for-region", "caution", course=course.id, region=course.region, scheme=course.scheme))
    elif rule.location:
        found += _location_findings(course, rule, choices.get("lung_location"))
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


def _location_findings(course: RadiotherapyCourse, rule: RegionRule, location: str | None) -> Iterator[Finding]:
    """A scheme for one part of the region only: asked where the lesion lies, and said when it lies elsewhere."""
    if location is None:
        yield finding("lung-location-question", "info", course=course.id, source=rule.source, location=rule.location)
    elif location != rule.location:
        yield finding("scheme-not-for-location", "caution", course=course.id, source=rule.source, scheme=course.scheme)


def _free_findings(course: RadiotherapyCourse, count: int, dose: Decimal, library: Library) -> list[Finding]:
    """A free course that the guideline does not list for its region needs the radiation oncologist; beyond every listed total it
    stops."""
    listed = [item for item in library.radiotherapy.values() if item.fractions and item.dose_gy]
    objection = check_radiotherapy(
        fractions=count, dose_gy=dose, known_schemes=[(item.fractions or 0, item.dose_gy or Decimal(0)) for item in listed]
    )
    if objection is None:
        same = [item for item in listed if (item.fractions, item.dose_gy) == (count, dose)]
        if any(rule.region == course.region for item in same for rule in item.regions):
            return []
        return [finding("scheme-not-for-region", "caution", course=course.id, region=course.region, scheme=same[0].id)]
    total = CONTEXT.multiply(Decimal(count), dose)
    values = {"fractions": str(count), "dose": decimal_text(dose), "total": decimal_text(total)}
    if objection.verdict == "reject":
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
