"""Whether a request makes sense against the library: ids that exist, values that can be true, days in their order. One
fault at a time, with its place in the file."""

from __future__ import annotations

from datetime import date

from mbc_desktop.core.interval import read_interval
from mbc_desktop.dosing.gates import policy_of
from mbc_desktop.patient.plausibility import judge_number
from mbc_desktop.planning.clock import first_cycle_of
from mbc_desktop.planning.request import Course, DrugCourse, EarlierDrug, Event, RadiotherapyCourse, Request
from mbc_desktop.planning.treatment_error import TreatmentError
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.regimen import drugs_of

LONGEST_HORIZON_DAYS = 3660
HIGHEST_SCORE = 100
"""Of PD-L1, both as a percentage of cells and as a combined positive score."""

_PAST_FACTS = ("dental_check_on", "oophorectomy_on", "radiocastration_confirmed_on", "asymptomatic_on")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
REGIONS = ("bone", "spine", "cord_compression", "brain", "whole_brain", "lung", "ovary", "fungating", "svcs", "other")
_NEEDS = {
    "given": ("given_on",), "delay": ("days",), "move": ("to",), "hold": ("day",), "resume": ("day",), "cease": ("day",),
    "dose_level": ("level",), "dose": ("amount",), "interval": ("every",), "replace": ("regimen",), "procedure": ("what", "day"),
    "correct": ("event",),
}  # fmt: skip
_KEY_IN_FILE = {"day": "from"}


def check_request(request: Request, library: Library) -> None:
    """Raises TreatmentError for the first thing that cannot be."""
    if request.horizon < request.today:
        raise TreatmentError("horizon", "BAD_ORDER", "lies before today")
    if (request.horizon - request.today).days > LONGEST_HORIZON_DAYS:
        raise TreatmentError("horizon", "TOO_FAR", "a plan looks at most ten years ahead")
    if request.patient.birth_date > request.today:
        raise TreatmentError("patient.birth_date", "IN_FUTURE", "lies after today")
    _check_measurements(request, library)
    _check_facts(request)
    for number, entry in enumerate(request.history):
        if isinstance(entry, EarlierDrug) and entry.since and entry.until and entry.until < entry.since:
            raise TreatmentError(f"history[{number}].until", "BAD_ORDER", "lies before since")
    seen: set[str] = set()
    for number, course in enumerate(request.courses):
        _once(course.id, seen, f"courses[{number}].id")
        _check_course(course, f"courses[{number}]", request, library)
    _check_events(request, library)
    _check_spans("closures", tuple((item.first, item.last) for item in request.closures))
    _check_spans("absences", tuple((item.first, item.last) for item in request.absences))


def _check_spans(name: str, spans: tuple[tuple[date, date], ...]) -> None:
    for number, (first, last) in enumerate(spans):
        if last < first:
            raise TreatmentError(f"{name}[{number}].until", "BAD_ORDER", "lies before from")


def _check_measurements(request: Request, library: Library) -> None:
    for number, measurement in enumerate(request.measurements):
        place = f"measurements[{number}]"
        policies = [policy for policy in library.fields.values() if policy.kind == measurement.kind]
        if not policies:
            raise TreatmentError(f"{place}.kind", "UNKNOWN_KIND", f'"{measurement.kind}" is not a kind of measurement')
        policy = policy_of(measurement, library.fields)
        if policy is None:
            units = ", ".join(item.unit for item in policies)
            raise TreatmentError(f"{place}.unit", "UNIT_MISMATCH", f"{measurement.kind} is measured in {units}")
        if measurement.on > request.today:
            raise TreatmentError(f"{place}.on", "IN_FUTURE", f"a value of {measurement.on.isoformat()} lies after today")
        judged = judge_number(measurement.quantity.to(policy.unit, analyte=measurement.kind).amount, policy)
        if judged.verdict == "reject":
            low, high = policy.hard or ("", "")
            reason = f"{measurement.quantity.text()} cannot be true: {policy.kind} lies between {low} and {high} {policy.unit}"
            raise TreatmentError(f"{place}.value", judged.reason or "REFUSED", reason)


def _check_facts(request: Request) -> None:
    for name in (*_PAST_FACTS, "er_on", "pr_on", "her2_on"):
        day = getattr(request.facts, name)
        if isinstance(day, date) and day > request.today:
            raise TreatmentError(f"facts.{name}", "IN_FUTURE", "lies after today")
    for name, score in (("pd_l1_percent", request.facts.pd_l1_percent), ("pd_l1_cps", request.facts.pd_l1_cps)):
        if score is not None and score > HIGHEST_SCORE:
            raise TreatmentError(f"facts.{name}", "ABOVE_HARD_LIMIT", "lies between 0 and 100")
    sites = [entry.site for entry in request.facts.metastases]
    for number, site in enumerate(sites):
        if site in sites[:number]:
            raise TreatmentError(f"facts.metastases[{number}].site", "DUPLICATE_ID", f"{site} is named twice")


def _once(id: str, seen: set[str], place: str) -> None:
    if id in seen:
        raise TreatmentError(place, "DUPLICATE_ID", f'"{id}" is used twice')
    seen.add(id)


def _check_course(course: Course, place: str, request: Request, library: Library) -> None:
    if isinstance(course, RadiotherapyCourse):
        _check_radiotherapy(course, place, library)
        return
    regimen = library.regimens.get(course.regimen)
    if regimen is None:
        raise TreatmentError(f"{place}.regimen", "UNKNOWN_REGIMEN", f'the library has no regimen "{course.regimen}"')
    if course.phase and all(first_cycle_of(part, course.phase) is None for part in regimen.parts):
        raise TreatmentError(f"{place}.phase", "UNKNOWN_PHASE", f'{course.regimen} has no phase "{course.phase}"')
    if course.last_given is not None and course.last_given >= course.start:
        raise TreatmentError(f"{place}.last_given", "BAD_ORDER", "lies on or after start, the first day planned here")
    if course.until is not None and course.until < course.start:
        raise TreatmentError(f"{place}.until", "BAD_ORDER", "lies before start")
    for key, value in course.choices:
        decision = library.decisions.get(key)
        if decision is None:
            raise TreatmentError(f"{place}.choices.{key}", "UNKNOWN_DECISION", "there is no such decision")
        if decision.options and value not in decision.options:
            allowed = " | ".join(decision.options)
            raise TreatmentError(f"{place}.choices.{key}", "NOT_ALLOWED", f'"{value}" is not one of: {allowed}')
        if not decision.course_may_choose:
            raise TreatmentError(f"{place}.choices.{key}", "SITE_ONLY", "only the site decides this, in its site file")


def _check_radiotherapy(course: RadiotherapyCourse, place: str, library: Library) -> None:
    scheme = library.radiotherapy.get(course.scheme)
    if scheme is None:
        raise TreatmentError(
            f"{place}.radiotherapy", "UNKNOWN_SCHEME", f'the library has no radiotherapy course "{course.scheme}"'
        )
    if course.region not in REGIONS:
        raise TreatmentError(f"{place}.region", "UNKNOWN_REGION", f'"{course.region}" is not one of: {", ".join(REGIONS)}')
    own = (course.fractions, course.dose_gy)
    if scheme.fractions is None and None in own:
        raise TreatmentError(place, "MISSING_KEY", 'a free course needs "fractions" and "dose" (Gy per fraction)')
    if scheme.fractions is not None and own != (None, None):
        raise TreatmentError(place, "UNKNOWN_KEY", f"{course.scheme} has its own fractions and dose")
    for key, value in course.choices:
        if not _radiotherapy_choice(key, value):
            raise TreatmentError(f"{place}.choices.{key}", "NOT_ALLOWED", f'"{value}" cannot be used here')


def _radiotherapy_choice(key: str, value: str) -> bool:
    match key:
        case "days":
            return bool(value) and all(day in WEEKDAYS for day in value.split())
        case "per_week":
            return value in ("1", "2", "3", "4", "5")
        case "min_gap_days":
            return value in tuple(str(number) for number in range(1, 15))
        case "holiday":
            return value in ("drop", "substitute")
        case "emergency":
            return value in ("yes", "no")
        case "nailing_wait_days":
            return value in tuple(str(number) for number in range(61))
        case "nailing_on":
            try:
                date.fromisoformat(value)
            except ValueError:
                return False
            return True
        case _:
            return False


def _check_events(request: Request, library: Library) -> None:
    courses = {course.id: course for course in request.courses}
    seen: set[str] = set()
    for number, event in enumerate(request.events):
        place = f"events[{number}]"
        _once(event.id, seen, f"{place}.id")
        course = courses.get(event.course)
        if course is None:
            raise TreatmentError(f"{place}.course", "UNKNOWN_COURSE", f'there is no course "{event.course}"')
        if event.on > request.today:
            raise TreatmentError(f"{place}.on", "IN_FUTURE", "an event cannot be entered after today")
        for name in _NEEDS.get(event.kind, ()):
            if getattr(event, name) in (None, ""):
                key = _KEY_IN_FILE.get(name, name)
                raise TreatmentError(f"{place}.{key}", "MISSING_KEY", f'an event of kind "{event.kind}" needs "{key}"')
        _check_event(event, course, place, seen, library)


def _check_event(event: Event, course: Course, place: str, seen: set[str], library: Library) -> None:
    drug = event.target.drug
    if drug and (not isinstance(course, DrugCourse) or drug not in drugs_of(library.regimens[course.regimen])):
        raise TreatmentError(f"{place}.drug", "UNKNOWN_DRUG", f'course "{course.id}" does not give "{drug}"')
    if event.kind == "given" and event.given_on is not None and event.given_on > event.on:
        raise TreatmentError(f"{place}.given_on", "IN_FUTURE", "lies after the day it was entered")
    if event.kind == "dose_level" and event.level.lstrip("-") not in tuple(str(number) for number in range(10)):
        raise TreatmentError(f"{place}.level", "BAD_VALUE", 'a dose level is a whole step down: "-1", "-2"')
    if event.kind == "interval":
        try:
            read_interval(event.every)
        except ValueError as error:
            raise TreatmentError(f"{place}.every", "BAD_VALUE", str(error)) from None
    if event.kind == "correct" and event.event not in seen:
        raise TreatmentError(f"{place}.event", "UNKNOWN_EVENT", f'there is no earlier event "{event.event}"')
    if event.kind == "replace" and event.regimen not in library.regimens:
        raise TreatmentError(f"{place}.regimen", "UNKNOWN_REGIMEN", f'the library has no regimen "{event.regimen}"')
