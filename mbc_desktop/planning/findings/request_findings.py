"""What a request itself calls for, before any date or dose: open questions, changed data files, unusual values, events that hit
nothing, standing notes."""

from __future__ import annotations

from collections.abc import Iterator

from mbc_desktop.core.decimals import decimal_text
from mbc_desktop.core.finding import Finding, finding
from mbc_desktop.dosing.gates import policy_of
from mbc_desktop.patient.plausibility import judge_number
from mbc_desktop.planning.files.data_files import file_of
from mbc_desktop.planning.findings.approved_content import regimen_digest
from mbc_desktop.planning.replay.decisions import Answers
from mbc_desktop.planning.replay.doubtful_values import doubtful_values
from mbc_desktop.planning.replay.event_lookup import uncorrected
from mbc_desktop.planning.request import Course, DrugCourse, Event, RadiotherapyCourse, Request
from mbc_desktop.regimen.approval import files_digest, hash_of
from mbc_desktop.regimen.decision import Decision
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.regimen import Regimen, drugs_of


def blocking_findings(course: DrugCourse, regimen: Regimen, answers: Answers) -> tuple[Finding, ...]:
    """An open question about a date or a locked regimen leaves the whole course without dates; one about a dose only
    withholds the dose."""
    lengths = {phase.every for part in regimen.parts for phase in part.phases if isinstance(phase.every, str)}
    return tuple(
        finding(
            "decision-missing",
            "stop",
            course=course.id,
            source=decision.source,
            decision=decision.key,
            options=" | ".join(options_here(regimen, decision)),
        )
        for decision in answers.open
        if decision.key in lengths or decision.key in regimen.decisions
    )


def options_here(regimen: Regimen, decision: Decision) -> tuple[str, ...]:
    """The options that this regimen holds a schedule for: where its phases are chosen by the decision only these, else all. A
    locked question is about what the guideline means: there every option stands."""
    held = {phase.if_decided for part in regimen.parts for phase in part.phases if phase.decision == decision.key}
    return (
        tuple(option for option in decision.options if option in held)
        if held and decision.state != "locked"
        else decision.options
    )


def without_schedule(course: DrugCourse, regimen: Regimen) -> Finding:
    """The site answered with something that this library holds no schedule for: said, never an empty plan."""
    return finding("no-schedule-for-answer", "stop", course=course.id, source=regimen.source)


def standing_notes(request: Request, library: Library) -> Iterator[Finding]:
    """The notes that belong to the chosen regimens and, once, to each of their drugs."""
    noted: set[str] = set()
    for course in sorted(request.courses, key=lambda course: course.id):
        if isinstance(course, RadiotherapyCourse):
            continue
        regimen = library.regimens[course.regimen]
        for code in regimen.advice:
            yield finding(code.replace("_", "-"), "info", course=course.id, source=regimen.source)
        for id in drugs_of(regimen):
            if id not in noted:
                noted.add(id)
                for code in library.drugs[id].advice:
                    yield finding(code.replace("_", "-"), "info", course=course.id, drug=id)


def lost_events(events: tuple[Event, ...], request: Request) -> Iterator[Finding]:
    """An event that names a day of this plan on which nothing is due: it changed nothing, and somebody must know."""
    for event in events:
        if event.target.on is not None and event.target.on <= request.horizon:
            values = {"event": event.id, "kind": event.kind, "date": event.target.on.isoformat()}
            yield finding("event-without-target", "caution", course=event.course, drug=event.target.drug, **values)


def progressions(request: Request) -> Iterator[Finding]:
    """Progression ends its course; what comes next is for the prescriber, and what protects the bones goes on."""
    for event in uncorrected(request.events):
        if event.kind == "progression":
            yield finding("progression-what-next", "advice", course=event.course, on=(event.day or event.on).isoformat())


def changed_files(request: Request, library: Library) -> Iterator[Finding]:
    """A running treatment whose data has changed since it was started: somebody must look at what changed before it goes on. A
    pin is of the regimen with all that it rests on (`pin_of`); one of the files of regimen and drugs, or of the regimen's file
    alone, as older treatment files have it, still holds for those."""
    for course in request.courses:
        file = file_of(course)
        if course.pin is not None and course.pin.sha256 not in _pinned(course, file, library):
            values, now = {"file": file, "version": course.pin.version}, version_of(course, library)
            if now == course.pin.version:
                yield finding("library-changed", "stop", course=course.id, **values)
            else:
                yield finding("library-other-version", "stop", course=course.id, **values, now=now)


def version_of(course: Course, library: Library) -> str:
    """The version of the course's regimen or radiotherapy scheme as the library has it."""
    if isinstance(course, RadiotherapyCourse):
        return library.radiotherapy[course.scheme].version
    return library.regimens[course.regimen].version


def _pinned(course: Course, file: str, library: Library) -> tuple[str, ...]:
    if isinstance(course, RadiotherapyCourse):
        return (hash_of(library, file),)
    regimen = library.regimens[course.regimen]
    return regimen_digest(library, regimen), files_digest(library, regimen), hash_of(library, file)


def unusual_values(request: Request, library: Library) -> Iterator[Finding]:
    """A value outside the usual range, or one that cannot stand beside another, that nobody confirmed with a reason."""
    yield from (doubt.question for doubt in doubtful_values(request, library))
    for measurement in request.measurements:
        policy, quantity = policy_of(measurement, library.fields), measurement.quantity
        if policy is None or measurement.confirmed_reason:
            continue
        if judge_number(quantity.to(policy.unit, analyte=measurement.kind).amount, policy).verdict == "warn":
            values = {"kind": measurement.kind, "value": decimal_text(quantity.amount), "unit": quantity.unit}
            yield finding("value-unusual", "caution", on=measurement.on.isoformat(), **values)
