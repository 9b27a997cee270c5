"""Whether a request makes sense against the library: ids that exist, values that can be true, days in their order. One
fault at a time, with its place in the file."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from mbc_desktop.core.decimals import decimal_text
from mbc_desktop.dosing.gates import policy_of
from mbc_desktop.patient.date_plausibility import judge_date
from mbc_desktop.patient.plausibility import judge_number
from mbc_desktop.planning.dates.clock import first_cycle_of
from mbc_desktop.planning.dates.working_days import belgian_holidays
from mbc_desktop.planning.files.event_checks import check_events
from mbc_desktop.planning.files.treatment_error import TreatmentError
from mbc_desktop.planning.request import DrugCourse, EarlierDrug, RadiotherapyCourse, Request
from mbc_desktop.regimen.combination import INSIDE
from mbc_desktop.regimen.library import Library

LONGEST_HORIZON_DAYS = 3660
LONGEST_SPAN_DAYS = 732
"""A closure or an absence of more than two years is a slip of the pen."""

HIGHEST_SCORE = 100
"""Of PD-L1, both as a percentage of cells and as a combined positive score."""

_PAST_FACTS = ("dental_check_on", "oophorectomy_on", "radiocastration_confirmed_on", "asymptomatic_on", "port_placed_on")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
EARLIEST_DAY, LATEST_DAY = date(1900, 1, 1), date(2199, 12, 31)
"""Far from the ends of what the calendar can count, so that no date rule ever meets them."""

REGIONS = ("bone", "spine", "cord_compression", "brain", "whole_brain", "lung", "ovary", "fungating", "svcs", "other")


def check_request(request: Request, library: Library) -> None:
    """Raises TreatmentError for the first thing that cannot be."""
    if (request.horizon - request.today).days > LONGEST_HORIZON_DAYS:
        raise TreatmentError("horizon", "TOO_FAR", "a plan looks at most ten years ahead")
    _check_birth(request, library)
    _check_measurements(request, library)
    _check_facts(request)
    _check_history(request)
    seen: set[str] = set()
    for number, course in enumerate(request.courses):
        place = f"courses[{number}]"
        if course.id in seen:
            raise TreatmentError(f"{place}.id", "DUPLICATE_ID", f'"{course.id}" is used twice')
        seen.add(course.id)
        if isinstance(course, RadiotherapyCourse):
            _check_radiotherapy(course, place, library)
        else:
            _check_drug_course(course, place, request, library)
    check_events(request, library)
    _check_spans("closures", tuple((item.first, item.last) for item in request.closures))
    _check_spans("absences", tuple((item.first, item.last) for item in request.absences))


def _check_birth(request: Request, library: Library) -> None:
    policy = library.dates.get("date_of_birth")
    if policy is None:
        return
    judged = judge_date(request.patient.birth_date, policy=policy, today=request.today, holidays=belgian_holidays)
    if judged.verdict == "reject":
        raise TreatmentError("patient.birth_date", judged.reason or "REFUSED", "is no birth date of an adult patient")


def _check_spans(name: str, spans: tuple[tuple[date, date], ...]) -> None:
    for number, (first, last) in enumerate(spans):
        if last < first:
            raise TreatmentError(f"{name}[{number}].until", "BAD_ORDER", "lies before from")
        if (last - first).days > LONGEST_SPAN_DAYS:
            raise TreatmentError(f"{name}[{number}].until", "TOO_FAR", f"lies more than {LONGEST_SPAN_DAYS} days after from")


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
        if measurement.on < request.patient.birth_date:
            raise TreatmentError(f"{place}.on", "BAD_ORDER", "lies before the birth of the patient")
        if measurement.low is not None and measurement.high is not None and measurement.low > measurement.high:
            raise TreatmentError(f"{place}.high", "BAD_ORDER", "lies under low")
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


def _check_history(request: Request) -> None:
    for number, entry in enumerate(request.history):
        place = f"history[{number}]"
        if isinstance(entry, EarlierDrug):
            if entry.since is not None and entry.since > request.today:
                raise TreatmentError(f"{place}.since", "IN_FUTURE", "lies after today")
            if entry.since and entry.until and entry.until < entry.since:
                raise TreatmentError(f"{place}.until", "BAD_ORDER", "lies before since")
        elif entry.region not in REGIONS:
            raise TreatmentError(f"{place}.region", "UNKNOWN_REGION", f'"{entry.region}" is not one of: {", ".join(REGIONS)}')


def _check_drug_course(course: DrugCourse, place: str, request: Request, library: Library) -> None:
    regimen = library.regimens.get(course.regimen)
    if regimen is None:
        raise TreatmentError(f"{place}.regimen", "UNKNOWN_REGIMEN", f'the library has no regimen "{course.regimen}"')
    if course.phase and all(first_cycle_of(part, course.phase) is None for part in regimen.parts):
        raise TreatmentError(f"{place}.phase", "UNKNOWN_PHASE", f'{course.regimen} has no phase "{course.phase}"')
    _check_place(course, place, request)
    if course.reference_weight is not None:
        _check_number(course.reference_weight.amount, "weight", f"{place}.reference_weight", library)
    for key, value in course.choices:
        decision = library.decisions.get(key)
        if decision is None:
            raise TreatmentError(f"{place}.choices.{key}", "UNKNOWN_DECISION", "there is no such decision")
        if decision.options and value not in decision.options:
            allowed = " | ".join(decision.options)
            raise TreatmentError(f"{place}.choices.{key}", "NOT_ALLOWED", f'"{value}" is not one of: {allowed}')
        if not decision.course_may_choose:
            raise TreatmentError(f"{place}.choices.{key}", "SITE_ONLY", "only the site decides this, in its site file")


def _check_place(course: DrugCourse, place: str, request: Request) -> None:
    """Where in the regimen the course begins and ends."""
    if course.phase and course.cycle is not None:
        raise TreatmentError(f"{place}.phase", "BAD_VALUE", 'name either "cycle" or "phase"')
    if course.cycles is not None and course.cycles < (course.cycle or 1):
        raise TreatmentError(f"{place}.cycles", "BAD_ORDER", "ends before the cycle that it begins with")
    if course.last_given is not None and course.last_given > request.today:
        raise TreatmentError(f"{place}.last_given", "IN_FUTURE", "lies after today")
    if course.last_given is not None and course.last_given >= course.start:
        raise TreatmentError(f"{place}.last_given", "BAD_ORDER", "lies on or after start, the first day planned here")
    if course.until is not None and course.until < course.start:
        raise TreatmentError(f"{place}.until", "BAD_ORDER", "lies before start")


def _check_radiotherapy(course: RadiotherapyCourse, place: str, library: Library) -> None:
    scheme = library.radiotherapy.get(course.scheme)
    if scheme is None:
        raise TreatmentError(
            f"{place}.radiotherapy", "UNKNOWN_SCHEME", f'the library has no radiotherapy course "{course.scheme}"'
        )
    if course.region not in REGIONS:
        raise TreatmentError(f"{place}.region", "UNKNOWN_REGION", f'"{course.region}" is not one of: {", ".join(REGIONS)}')
    if course.fractions is not None:
        _check_number(Decimal(course.fractions), "fractions", f"{place}.fractions", library)
    if course.dose_gy is not None:
        _check_number(course.dose_gy, "dose_per_fraction", f"{place}.dose", library)
    own = (course.fractions, course.dose_gy)
    if scheme.fractions is None and None in own:
        raise TreatmentError(place, "MISSING_KEY", 'a free course needs "fractions" and "dose" (Gy per fraction)')
    if scheme.fractions is not None and own != (None, None):
        raise TreatmentError(place, "UNKNOWN_KEY", f"{course.scheme} has its own fractions and dose")
    for key, value in course.choices:
        if not is_radiotherapy_choice(key, value):
            raise TreatmentError(f"{place}.choices.{key}", "NOT_ALLOWED", f'"{value}" cannot be used here')


def _check_number(amount: Decimal, kind: str, place: str, library: Library) -> None:
    policy = next((item for item in library.fields.values() if item.kind == kind), None)
    judged = judge_number(amount, policy) if policy is not None else None
    if judged is not None and judged.verdict == "reject":
        raise TreatmentError(place, judged.reason or "REFUSED", f"{decimal_text(amount)} cannot be true")


def is_radiotherapy_choice(key: str, value: str) -> bool:
    """Whether a course of radiotherapy can be given that answer to one of its own questions."""
    match key:
        case "days":
            return bool(value) and all(day in WEEKDAYS for day in value.split())
        case "per_week":
            return value in ("1", "2", "3", "4", "5")
        case "min_gap_days":
            return value in tuple(str(number) for number in range(1, 15))
        case "holiday":
            return value in ("drop", "substitute")
        case "emergency" | "drug_sequence_confirmed":
            return value in ("yes", "no")
        case "technique":
            return value in ("stereotactic", "conventional")
        case "field":
            return value == "none" or (bool(value) and all(part in INSIDE for part in value.split()))
        case "lung_location":
            return value in ("peripheral", "central")
        case "cord_dmax_gy":
            return re.fullmatch(r"[1-9][0-9]?(\.[0-9]{1,2})?", value) is not None
        case "nailing_wait_days":
            return value in tuple(str(number) for number in range(61))
        case "nailing_on":
            return _is_day(value)
        case _:
            return False


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text and EARLIEST_DAY <= date.fromisoformat(text) <= LATEST_DAY
    except ValueError:
        return False
