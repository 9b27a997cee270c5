"""The one public entrance of the engine: a request and the library in, the whole plan out."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from mbc_desktop.core.decimals import decimal_text
from mbc_desktop.core.finding import SEVERITIES, Finding, finding
from mbc_desktop.dosing.dose import Derived
from mbc_desktop.dosing.gates import policy_of
from mbc_desktop.dosing.situation import Number, number, situation_on
from mbc_desktop.patient.plausibility import judge_number
from mbc_desktop.planning.check_plan import plan_checks
from mbc_desktop.planning.clashes import clash_findings
from mbc_desktop.planning.clock import first_cycle_of
from mbc_desktop.planning.course_plan import CoursePlan
from mbc_desktop.planning.course_replay import CourseReplay
from mbc_desktop.planning.decisions import Answers, answers_for
from mbc_desktop.planning.deescalation import deescalation_findings
from mbc_desktop.planning.dose_desk import DoseDesk
from mbc_desktop.planning.fingerprint import plan_fingerprint, printed_code
from mbc_desktop.planning.plan import Administration, CheckUp, Choice, Fraction, Plan, TakePeriod
from mbc_desktop.planning.radiotherapy_plan import plan_radiotherapy
from mbc_desktop.planning.request import DrugCourse, Event, RadiotherapyCourse, Request
from mbc_desktop.planning.visits import calendars, closed_days, merge_visits
from mbc_desktop.planning.working_days import OpenDays
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.regimen import Regimen, as_decided
from mbc_desktop.regimen.site import NO_SITE, Site, Unit

DERIVED = ("crcl_cockcroft_gault", "egfr_ckd_epi_2009", "bsa", "bmi", "corrected_calcium")


def plan_treatment(request: Request, library: Library, site: Site = NO_SITE) -> Plan:
    """Computes the plan from facts, choices and events: the same request, library and site always give the same plan.

    The request must have been checked against the library (treatment_file.read_treatment does): every id in it exists."""
    units = calendars(request, site)
    administrations: list[Administration] = []
    intakes: list[TakePeriod] = []
    fractions: list[Fraction] = []
    checks: list[CheckUp] = []
    choices: list[Choice] = []
    derived: list[Derived] = []
    findings: list[Finding] = []
    for course in request.courses:
        if isinstance(course, RadiotherapyCourse):
            radiotherapy = plan_radiotherapy(request, course, library=library, unit=units["radiotherapy"])
            fractions += radiotherapy.fractions
            derived += radiotherapy.derived
            findings += radiotherapy.findings
            continue
        made, answers, made_checks = _plan_drugs(request, course, library, site, units)
        administrations += made.administrations
        intakes += made.intakes
        checks += made_checks
        choices += answers.choices
        findings += made.findings
    findings += _pin_findings(request, library)
    findings += clash_findings(request, library)
    findings += deescalation_findings(request, library)
    findings += _value_findings(request, library)
    return _assemble(
        request,
        library,
        site,
        units,
        administrations,
        intakes,
        fractions,
        checks,
        choices,
        [*_derived(request, library, site), *derived],
        findings,
    )


def _plan_drugs(
    request: Request, course: DrugCourse, library: Library, site: Site, units: dict[Unit, OpenDays]
) -> tuple[CoursePlan, Answers, list[CheckUp]]:
    regimen = library.regimens[course.regimen]
    answers = answers_for(course.id, regimen, dict(course.choices), library=library, site=site)
    blocked = CoursePlan(findings=tuple(_blocking(course, regimen, answers)))
    if any(item.severity == "stop" for item in blocked.findings):
        return blocked, answers, []
    regimen = as_decided(regimen, answers.chosen)
    replay = CourseReplay(request, course, regimen, answers, library=library, hospital=units["day_hospital"])
    events = replay.targeted(_first_cycle(course, regimen))
    made = replay.run(
        _first_cycle(course, regimen), events.events, DoseDesk(request, course, answers.chosen, library=library, site=site)
    )
    notes = tuple(finding(code.replace("_", "-"), "info", course=course.id, source=regimen.source) for code in regimen.advice)
    checks = plan_checks(request, course, regimen, made.cycles, answers.chosen, library=library, laboratory=units["laboratory"])
    return replace(made, findings=(*made.findings, *_lost(events.lost, request), *notes)), answers, checks


def _lost(events: tuple[Event, ...], request: Request) -> Iterator[Finding]:
    """An event that names a day of this plan on which nothing is due: it changed nothing, and somebody must know."""
    for event in events:
        if event.target.on is not None and event.target.on <= request.horizon:
            values = {"event": event.id, "kind": event.kind, "date": event.target.on.isoformat()}
            yield finding("event-without-target", "caution", course=event.course, drug=event.target.drug, **values)


def _blocking(course: DrugCourse, regimen: Regimen, answers: Answers) -> Iterator[Finding]:
    """An open question about a date or a locked regimen leaves the whole course without dates; one about a dose only
    withholds the dose."""
    lengths = {phase.every for part in regimen.parts for phase in part.phases if isinstance(phase.every, str)}
    for decision in answers.open:
        if decision.key in lengths or decision.key in regimen.decisions:
            yield finding(
                "decision-missing",
                "stop",
                course=course.id,
                source=decision.source,
                decision=decision.key,
                options=" | ".join(decision.options),
            )


def _first_cycle(course: DrugCourse, regimen: Regimen) -> int:
    if course.cycle is not None:
        return course.cycle
    if course.phase:
        return max((first_cycle_of(part, course.phase) or 1 for part in regimen.parts), default=1)
    return 1


def _derived(request: Request, library: Library, site: Site) -> Iterator[Derived]:
    """The numbers of today that can be computed, by the conventions of the site."""
    chosen = {
        decision.key: next((answer.value for answer in site.answers if answer.key == decision.key), decision.preselected)
        for decision in library.decisions.values()
    }
    today = situation_on(
        request.today, patient=request.patient, facts=request.facts, measurements=request.measurements, chosen=chosen
    )
    for id in DERIVED:
        found = number(id, today)
        if isinstance(found, Number):
            yield found.derived()


def _pin_findings(request: Request, library: Library) -> Iterator[Finding]:
    """A running treatment whose data file has changed since it was started: somebody must look at what changed before it
    goes on."""
    for course in request.courses:
        file = (
            f"radiotherapy/{course.scheme}.toml" if isinstance(course, RadiotherapyCourse) else f"regimens/{course.regimen}.toml"
        )
        if course.pin is not None and course.pin.sha256 != library.hashes[file]:
            yield finding("library-changed", "stop", course=course.id, file=file, version=course.pin.version)


def _value_findings(request: Request, library: Library) -> Iterator[Finding]:
    """A value outside the usual range that nobody confirmed with a reason."""
    for measurement in request.measurements:
        policy = policy_of(measurement, library.fields)
        if policy is None or measurement.confirmed_reason:
            continue
        amount = measurement.quantity.to(policy.unit, analyte=measurement.kind).amount
        if judge_number(amount, policy).verdict == "warn":
            values = {
                "kind": measurement.kind,
                "value": decimal_text(measurement.quantity.amount),
                "unit": measurement.quantity.unit,
            }
            yield finding("value-unusual", "caution", on=measurement.on.isoformat(), **values)


def _assemble(
    request: Request,
    library: Library,
    site: Site,
    units: dict[Unit, OpenDays],
    administrations: list[Administration],
    intakes: list[TakePeriod],
    fractions: list[Fraction],
    checks: list[CheckUp],
    choices: list[Choice],
    derived: list[Derived],
    findings: list[Finding],
) -> Plan:
    given = tuple(sorted(administrations, key=lambda item: (item.date or item.due, item.course)))
    taken = tuple(sorted(intakes, key=lambda item: (item.first, item.course, item.drug)))
    irradiated = tuple(sorted(fractions, key=lambda item: (item.date, item.course, item.number)))
    checked = tuple(sorted(checks, key=lambda item: (item.date, item.course, item.kind)))
    fingerprint = plan_fingerprint(request.patient, given, taken, irradiated, _hashes(request, library))
    first = min((course.start for course in request.courses), default=request.today)
    return Plan(
        request=request,
        fingerprint=fingerprint,
        code=printed_code(fingerprint),
        library_version=library.version,
        library_fingerprint=library.fingerprint,
        derived=tuple(derived),
        administrations=given,
        intakes=taken,
        fractions=irradiated,
        checks=checked,
        visits=merge_visits(given, irradiated, checked),
        choices=tuple(choices),
        closed_days=closed_days(units, min(first, request.today).replace(day=1), _end_of_month(request.horizon)),
        findings=_in_order(findings),
    )


def _hashes(request: Request, library: Library) -> dict[str, str]:
    """The hashes of the files that this plan rests on."""
    names: set[str] = set()
    for course in request.courses:
        if isinstance(course, RadiotherapyCourse):
            names.add(f"radiotherapy/{course.scheme}.toml")
            continue
        regimen = library.regimens[course.regimen]
        names.add(f"regimens/{regimen.id}.toml")
        names |= {f"drugs/{order.drug}.toml" for part in regimen.parts for phase in part.phases for order in phase.orders}
    return {name: library.hashes[name] for name in sorted(names)}


def _in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    """Worst first, each once."""
    return tuple(
        sorted(dict.fromkeys(findings), key=lambda item: (SEVERITIES.index(item.severity), item.course, item.code, item.drug))
    )


def _end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
