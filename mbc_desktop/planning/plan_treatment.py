"""The one public entrance of the engine: a request and the library in, the whole plan out."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from mbc_desktop.core.finding import SEVERITIES, Finding
from mbc_desktop.dosing.dose import Derived
from mbc_desktop.dosing.patient_numbers import number
from mbc_desktop.dosing.situation import Number, situation_on
from mbc_desktop.planning.beside.check_plan import plan_checks
from mbc_desktop.planning.beside.lead_times import plan_tasks
from mbc_desktop.planning.beside.places import place_of_care
from mbc_desktop.planning.beside.response_checks import response_checks
from mbc_desktop.planning.beside.support_plan import plan_support
from mbc_desktop.planning.comparison.fingerprint import plan_fingerprint, printed_code
from mbc_desktop.planning.dates.clock import first_cycle_of
from mbc_desktop.planning.dates.working_days import OpenDays
from mbc_desktop.planning.files.data_files import hashes_of
from mbc_desktop.planning.findings.checks_while_absent import checks_while_absent
from mbc_desktop.planning.findings.clashes import clash_findings
from mbc_desktop.planning.findings.clearance_doubts import clearance_findings
from mbc_desktop.planning.findings.course_approvals import approval_findings, course_approvals
from mbc_desktop.planning.findings.deescalation import deescalation_findings
from mbc_desktop.planning.findings.lifetime_doses import lifetime_doses
from mbc_desktop.planning.findings.overdue import overdue_findings
from mbc_desktop.planning.findings.request_findings import (
    blocking_findings,
    changed_files,
    lost_events,
    progressions,
    standing_notes,
    unusual_values,
    without_schedule,
)
from mbc_desktop.planning.findings.validity import validity_findings
from mbc_desktop.planning.findings.vinca_days import vinca_days
from mbc_desktop.planning.intrathecal import IntrathecalDay, plan_intrathecal
from mbc_desktop.planning.plan import (
    Administration,
    CheckUp,
    Choice,
    CourseApproval,
    Fraction,
    LifetimeDose,
    Plan,
    SupportItem,
    TakePeriod,
)
from mbc_desktop.planning.proposals.start_day import start_day_findings
from mbc_desktop.planning.radiotherapy.radiotherapy_drugs import with_radiotherapy
from mbc_desktop.planning.radiotherapy.radiotherapy_plan import plan_radiotherapy
from mbc_desktop.planning.replay.course_replay import CourseReplay
from mbc_desktop.planning.replay.decisions import answers_for, site_choices
from mbc_desktop.planning.replay.dose_desk import DoseDesk
from mbc_desktop.planning.replay.procedures import procedure_findings, unknown_procedures
from mbc_desktop.planning.replay.successors import successor_findings, with_successors
from mbc_desktop.planning.replay.visits import calendars, closed_days, merge_visits
from mbc_desktop.planning.request import DrugCourse, RadiotherapyCourse, Request
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.regimen import Regimen, as_decided, unanswered_phases
from mbc_desktop.regimen.site import NO_SITE, Site, Unit

REMARKS = frozenset({
    "look-alike", "overall-treatment-time", "large-fraction-model", "deescalation-possible-from",
    "hepatic-caution", "radiotherapy-recall", "began-before-version",
})  # fmt: skip
"""Remarks that go with every plan of their kind: told as notes, so that a finding stays something to act upon."""

DERIVED = ("crcl_cockcroft_gault", "egfr_ckd_epi_2009", "bsa", "bmi", "corrected_calcium")


@dataclass(slots=True)
class _Collected:
    """What the courses have given to the plan so far."""

    administrations: list[Administration] = field(default_factory=list)
    intakes: list[TakePeriod] = field(default_factory=list)
    fractions: list[Fraction] = field(default_factory=list)
    checks: list[CheckUp] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    support: list[SupportItem] = field(default_factory=list)
    derived: list[Derived] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    approvals: tuple[CourseApproval, ...] = ()
    lifetime: tuple[LifetimeDose, ...] = ()
    intrathecal: tuple[IntrathecalDay, ...] = ()


def plan_treatment(request: Request, library: Library, site: Site = NO_SITE) -> Plan:
    """Computes the plan from facts, choices and events: the same request, library and site always give the same plan.

    The request must have been checked against the library (treatment_file.read_treatment does): every id in it exists."""
    request = with_successors(request, library)
    units = calendars(request, site)
    answers = _site_answers(library, site)
    collected = _Collected(derived=list(_derived(request, answers)))
    # By id, so that the order in which courses were entered changes nothing.
    for course in sorted(request.courses, key=lambda course: course.id):
        if isinstance(course, RadiotherapyCourse):
            radiotherapy = plan_radiotherapy(request, course, library=library, unit=units["radiotherapy"])
            collected.fractions += radiotherapy.fractions
            collected.derived += radiotherapy.derived
            collected.findings += radiotherapy.findings
        else:
            _plan_drugs(collected, request, course, library, site, units)
    collected.findings += changed_files(request, library)
    collected.checks += response_checks(request, site_choices(library, site), library=library, laboratory=units["laboratory"])
    irradiated, vinca = [(item.region, item.date) for item in collected.fractions], vinca_days(collected.administrations, library)
    collected.intrathecal, objections = plan_intrathecal(request.intrathecal, tuple(irradiated), vinca)
    collected.findings += objections
    collected.approvals = course_approvals(request, library, site)
    collected.findings += approval_findings(collected.approvals)
    collected.findings += successor_findings(request, collected.administrations, library)
    collected.findings += (*unknown_procedures(request), *progressions(request))
    clashes = (*clash_findings(request, library, _ends(collected, request)), *validity_findings(request, library))
    collected.findings += clashes
    _withhold(collected, clashes)
    _meet_radiotherapy(collected, request, library, units)
    collected.findings += checks_while_absent(request, collected.checks, collected.administrations)
    collected.findings += overdue_findings(collected.administrations, request.today)
    _count_lifetime(collected, request, library, answers)
    collected.findings += deescalation_findings(request, library)
    collected.findings += unusual_values(request, library)
    return _assemble(collected, request, library, units, answers)


def _plan_drugs(
    collected: _Collected, request: Request, course: DrugCourse, library: Library, site: Site, units: dict[Unit, OpenDays]
) -> None:
    regimen = library.regimens[course.regimen]
    answers = answers_for(course.id, regimen, dict(course.choices), library=library, site=site)
    collected.choices += answers.choices
    blocked = blocking_findings(course, regimen, answers)
    collected.findings += blocked
    if any(item.severity == "stop" for item in blocked):
        return
    if unanswered_phases(regimen, answers.chosen):
        collected.findings.append(without_schedule(course, regimen))
        return
    regimen = as_decided(regimen, answers.chosen)
    first = _first_cycle(course, regimen)
    place, refused = place_of_care(course, regimen, answers.chosen, library)
    collected.findings += refused
    replay = CourseReplay(request, course, regimen, answers, library=library, place=place, open_days=units[place])
    events = replay.targeted(first)
    made = replay.run(first, events.events, DoseDesk(request, course, answers.chosen, library=library, site=site))
    collected.administrations += made.administrations
    collected.intakes += made.intakes
    collected.findings += (item for item in made.findings if not _is_accepted(item, site))
    collected.findings += lost_events(events.lost, request)
    collected.findings += clearance_findings(request, course, regimen, answers, library=library, site=site)
    around = procedure_findings(request, course.id, replay.pauses, made.administrations, events.resumed)
    collected.findings += (item for item in around if not _is_accepted(item, site))
    collected.support += plan_support(
        request, course, regimen, made.administrations, made.intakes, answers.chosen, library=library
    )
    collected.findings += start_day_findings(request, course, answers, made, library=library, hospital=units[place])
    collected.checks += plan_checks(request, course, regimen, made.cycles, answers.chosen, library=library, units=units)


def _is_accepted(item: Finding, site: Site) -> bool:
    """Whether the hospital has accepted an unconfirmed number: named as drug/rule in its file."""
    return item.code == "unconfirmed-number" and f"{item.drug}/{dict(item.values)['rule']}" in site.accepted_unconfirmed


def _first_cycle(course: DrugCourse, regimen: Regimen) -> int:
    if course.cycle is not None:
        return course.cycle
    if course.phase:
        return max((first_cycle_of(part, course.phase) or 1 for part in regimen.parts), default=1)
    return 1


def _ends(collected: _Collected, request: Request) -> dict[str, date]:
    """The last planned day of each course that has a number of cycles."""
    limited = {course.id for course in request.courses if isinstance(course, DrugCourse) and course.cycles is not None}
    ends: dict[str, date] = {}
    for item in collected.administrations:
        if item.course in limited:
            ends[item.course] = max(item.date or item.due, ends.get(item.course, item.due))
    for period in collected.intakes:
        if period.course in limited:
            ends[period.course] = max(period.last, ends.get(period.course, period.last))
    return ends


def _derived(request: Request, chosen: Mapping[str, str]) -> Iterator[Derived]:
    """The numbers of today that can be computed, by the conventions of the site."""
    today = situation_on(
        request.today, patient=request.patient, facts=request.facts, measurements=request.measurements, chosen=chosen
    )
    for id in DERIVED:
        found = number(id, today)
        if isinstance(found, Number):
            yield found.derived()


def _site_answers(library: Library, site: Site) -> dict[str, str]:
    """The answers that hold for the whole plan: the site's before the preselected ones."""
    given = {answer.key: answer.value for answer in site.answers}
    return {key: given.get(key, decision.preselected) for key, decision in library.decisions.items()}


def _assemble(
    collected: _Collected, request: Request, library: Library, units: dict[Unit, OpenDays], chosen: dict[str, str]
) -> Plan:
    # A stable sort: what is given on one day keeps the order of its visit.
    given = tuple(sorted(collected.administrations, key=lambda item: (item.date or item.due, item.course)))
    taken = tuple(sorted(collected.intakes, key=lambda item: (item.first, item.course, item.drug)))
    irradiated = tuple(sorted(collected.fractions, key=lambda item: (item.date, item.course, item.number)))
    checked = tuple(sorted(collected.checks, key=lambda item: (item.date, item.course, item.kind)))
    beside = tuple(sorted(collected.support, key=lambda item: (item.first, item.course, item.measure)))
    fingerprint = plan_fingerprint(
        request.patient, given, taken, irradiated, checked, beside, hashes_of(request, library), collected.intrathecal
    )
    first = min((course.start for course in request.courses), default=request.today)
    return Plan(
        request=request,
        fingerprint=fingerprint,
        code=printed_code(fingerprint),
        library_version=library.version,
        library_fingerprint=library.fingerprint,
        derived=tuple(collected.derived),
        administrations=given,
        intakes=taken,
        fractions=irradiated,
        checks=checked,
        visits=merge_visits(given, irradiated, checked),
        choices=tuple(collected.choices),
        closed_days=closed_days(units, min(first, request.today).replace(day=1), _end_of_month(request.horizon)),
        findings=_in_order([item for item in collected.findings if not _is_remark(item)]),
        support=beside,
        approvals=collected.approvals,
        lifetime=collected.lifetime,
        tasks=plan_tasks(request, given, taken, chosen, units),
        intrathecal=collected.intrathecal,
        intrahepatic=tuple(sorted(request.intrahepatic, key=lambda item: item.on)),
        notes=_in_order([*filter(_is_remark, collected.findings), *standing_notes(request, library)]),
    )


def _count_lifetime(collected: _Collected, request: Request, library: Library, chosen: Mapping[str, str]) -> None:
    """A dose that would go over a lifetime's limit, or over a history that nobody knows, is not given."""
    count = lifetime_doses(request, library, tuple(collected.administrations), chosen)
    collected.lifetime = count.doses
    collected.findings += count.findings
    if count.stopped:
        _hold_back(collected, lambda item: item.id in count.stopped)


def _meet_radiotherapy(collected: _Collected, request: Request, library: Library, units: dict[Unit, OpenDays]) -> None:
    """What the rules for radiotherapy with drugs say; a dose that they stop is not released."""
    met = with_radiotherapy(
        request,
        library,
        administrations=tuple(collected.administrations),
        intakes=tuple(collected.intakes),
        fractions=tuple(collected.fractions),
        hospital=units["day_hospital"],
        radiotherapy=units["radiotherapy"],
    )
    collected.findings += met.findings
    if met.withheld:
        _hold_back(collected, lambda item: item.id in met.withheld)


def _withhold(collected: _Collected, clashes: tuple[Finding, ...]) -> None:
    """A drug that a clash stops has no dose until the clash is solved; what was given stays."""
    stopped = {(item.course, item.drug) for item in clashes if item.severity == "stop"}
    if stopped:
        _hold_back(collected, lambda item: (item.course, item.drug) in stopped and item.status in ("planned", "provisional"))


def _hold_back(collected: _Collected, is_stopped: Callable[[Administration | TakePeriod], bool]) -> None:
    for position, given in enumerate(collected.administrations):
        if is_stopped(given):
            collected.administrations[position] = replace(given, status="withheld", dose=None)
    for position, taken in enumerate(collected.intakes):
        if is_stopped(taken):
            collected.intakes[position] = replace(taken, status="withheld", dose=None, units=None)


def _is_remark(item: Finding) -> bool:
    return item.severity == "info" and item.code in REMARKS


def _in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    """Worst first, each once."""
    return tuple(
        sorted(dict.fromkeys(findings), key=lambda item: (SEVERITIES.index(item.severity), item.course, item.code, item.drug))
    )


def _end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
