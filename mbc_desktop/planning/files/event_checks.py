"""Whether the events of a request can be: about a course, a drug and an administration that exist, with what their kind needs and
nothing that it would ignore."""

from __future__ import annotations

import re
from decimal import Decimal

from mbc_desktop.core.interval import read_interval
from mbc_desktop.patient.plausibility import judge_number
from mbc_desktop.planning.files.treatment_error import TreatmentError
from mbc_desktop.planning.replay.event_lookup import events_of
from mbc_desktop.planning.replay.successors import with_successors
from mbc_desktop.planning.request import Course, DrugCourse, Event, RadiotherapyCourse, Request
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.regimen import drugs_of

_NEEDS = {
    "given": ("given_on",), "delay": ("days",), "move": ("to",), "hold": ("day",), "resume": ("day",), "cease": ("day",),
    "dose_level": ("level",), "dose": ("amount",), "interval": ("every",), "replace": ("regimen",), "progression": ("day",),
    "procedure": ("what", "day"),
    "correct": ("event",),
}  # fmt: skip
_KEY_IN_FILE = {"day": "from"}
_WITHOUT_TARGET = ("hold", "resume", "cease", "replace", "progression", "procedure", "correct")
_OF_RADIOTHERAPY = ("given", "delay", "omit", "move", "hold", "resume", "cease", "procedure", "correct")
_LEVEL = re.compile("-?[0-9]")
_PERCENT = re.compile("([1-9][0-9]{0,2}) ?%")


def check_events(request: Request, library: Library) -> None:
    """Raises TreatmentError for the first event that cannot be. A regimen that replaces another is a course too."""
    request = with_successors(request, library)
    courses = {course.id: course for course in request.courses}
    seen: dict[str, Event] = {}
    for number, event in enumerate(request.events):
        place = f"events[{number}]"
        if event.id in seen:
            raise TreatmentError(f"{place}.id", "DUPLICATE_ID", f'"{event.id}" is used twice')
        course = courses.get(event.course)
        if course is None:
            raise TreatmentError(f"{place}.course", "UNKNOWN_COURSE", f'there is no course "{event.course}"')
        if event.on > request.today:
            raise TreatmentError(f"{place}.on", "IN_FUTURE", "an event cannot be entered after today")
        for name in _NEEDS.get(event.kind, ()):
            if getattr(event, name) in (None, ""):
                key = _KEY_IN_FILE.get(name, name)
                raise TreatmentError(f"{place}.{key}", "MISSING_KEY", f'an event of kind "{event.kind}" needs "{key}"')
        _check_target(event, place)
        if isinstance(course, RadiotherapyCourse):
            _check_of_radiotherapy(event, course, place, library)
        else:
            _check_of_drugs(event, course, place, library)
        _check_content(event, course, place, library)
        _check_correction(event, seen, place, {item.id for item in request.events})
        seen[event.id] = event
    _check_given_once(request)


def _check_target(event: Event, place: str) -> None:
    target = event.target
    named = {"number": target.number, "date": target.on, "cycle": target.cycle, "fraction": target.fraction}
    keys = [key for key, value in named.items() if value is not None]
    if keys and event.kind in _WITHOUT_TARGET:
        raise TreatmentError(
            f"{place}.{keys[0]}", "UNKNOWN_KEY", f'an event of kind "{event.kind}" is not about one administration'
        )
    if len(keys) > 1:
        raise TreatmentError(f"{place}.{keys[1]}", "BAD_VALUE", f'name either "{keys[0]}" or "{keys[1]}"')
    if event.kind == "given" and keys in ([], ["cycle"]):
        raise TreatmentError(place, "MISSING_KEY", 'what was given is named by "number", "date" or "fraction"')


def _check_of_radiotherapy(event: Event, course: RadiotherapyCourse, place: str, library: Library) -> None:
    target = event.target
    if event.kind not in _OF_RADIOTHERAPY:
        raise TreatmentError(f"{place}.kind", "NOT_ALLOWED", f'radiotherapy has no event of kind "{event.kind}"')
    if target.drug:
        raise TreatmentError(f"{place}.drug", "UNKNOWN_DRUG", f'course "{course.id}" does not give "{target.drug}"')
    for key, value in (("number", target.number), ("cycle", target.cycle)):
        if value is not None:
            raise TreatmentError(f"{place}.{key}", "UNKNOWN_KEY", 'radiotherapy counts by "fraction"')
    count = library.radiotherapy[course.scheme].fractions or course.fractions or 0
    if target.fraction is not None and target.fraction > count:
        raise TreatmentError(f"{place}.fraction", "BAD_VALUE", f"the course has {count} fractions")


def _check_of_drugs(event: Event, course: DrugCourse, place: str, library: Library) -> None:
    target, drugs = event.target, drugs_of(library.regimens[course.regimen])
    if target.fraction is not None:
        raise TreatmentError(f"{place}.fraction", "UNKNOWN_KEY", "only radiotherapy has fractions")
    if target.drug and target.drug not in drugs:
        raise TreatmentError(f"{place}.drug", "UNKNOWN_DRUG", f'course "{course.id}" does not give "{target.drug}"')
    one_drug = event.kind in ("dose", "interval") or event.amount is not None or target.number is not None
    if one_drug and not target.drug and len(drugs) > 1:
        raise TreatmentError(f"{place}.drug", "MISSING_KEY", f"which one: {', '.join(drugs)}")
    drug = target.drug or drugs[0]
    if event.kind == "interval" and library.drugs[drug].place == "home":
        raise TreatmentError(f"{place}.kind", "NOT_ALLOWED", "the interval of tablets is that of the regimen")


def _check_content(event: Event, course: Course, place: str, library: Library) -> None:
    if event.kind == "given" and event.given_on is not None and event.given_on > event.on:
        raise TreatmentError(f"{place}.given_on", "IN_FUTURE", "lies after the day it was entered")
    if event.kind == "move" and event.to is not None and event.to < course.start:
        raise TreatmentError(f"{place}.to", "BAD_ORDER", "lies before the course starts")
    if event.kind == "dose_level" and _LEVEL.fullmatch(event.level) is None:
        _check_percent(event.level, f"{place}.level", library)
    if event.kind == "interval":
        try:
            read_interval(event.every)
        except ValueError as error:
            raise TreatmentError(f"{place}.every", "BAD_VALUE", str(error)) from None
    if event.kind == "replace" and event.regimen not in library.regimens:
        raise TreatmentError(f"{place}.regimen", "UNKNOWN_REGIMEN", f'the library has no regimen "{event.regimen}"')
    if event.amount is not None:
        _check_amount(event, course, place, library)


def _check_percent(level: str, place: str, library: Library) -> None:
    """A dose level that is a percentage of the standard dose, within the limits of the field for it."""
    found = _PERCENT.fullmatch(level)
    if found is None:
        reason = 'a dose level is a whole step down ("-1", "-2") or a percentage of the standard dose ("75 %")'
        raise TreatmentError(place, "BAD_VALUE", reason)
    policy = library.fields.get("dose_percent")
    judged = judge_number(Decimal(found[1]), policy) if policy is not None else None
    if policy is not None and policy.hard is not None and judged is not None and judged.verdict == "reject":
        low, high = policy.hard
        raise TreatmentError(
            place, judged.reason or "REFUSED", f"a percentage of the standard dose lies between {low} and {high}"
        )


def _check_amount(event: Event, course: Course, place: str, library: Library) -> None:
    if event.amount is None or event.amount.amount <= 0:
        raise TreatmentError(f"{place}.amount", "BAD_VALUE", "an amount is above zero; what is not given is omitted")
    if event.kind == "dose":
        # The dose itself says when it cannot be made from what is on the shelf.
        return
    units = {"Gy"}
    if isinstance(course, DrugCourse):
        drugs = (event.target.drug,) if event.target.drug else drugs_of(library.regimens[course.regimen])
        # A drug whose vials nobody has written down yet is given in milligrams.
        units = {form.unit for drug in drugs for form in library.drugs[drug].forms} or {"mg"}
    if event.amount.unit not in units:
        raise TreatmentError(f"{place}.unit", "UNIT_MISMATCH", f"is given in {', '.join(sorted(units))}")


def _check_correction(event: Event, seen: dict[str, Event], place: str, all_ids: set[str]) -> None:
    if event.kind != "correct":
        return
    corrected = seen.get(event.event)
    if corrected is None:
        raise TreatmentError(f"{place}.event", "UNKNOWN_EVENT", f'there is no earlier event "{event.event}"')
    if corrected.course != event.course:
        raise TreatmentError(f"{place}.course", "BAD_VALUE", f'"{event.event}" belongs to course "{corrected.course}"')
    if event.by_event and event.by_event not in all_ids - {event.id}:
        raise TreatmentError(f"{place}.by_event", "UNKNOWN_EVENT", f'there is no event "{event.by_event}"')


def _check_given_once(request: Request) -> None:
    """One administration is given once; an entry that was wrong is corrected, not overwritten."""
    places = {event.id: f"events[{number}]" for number, event in enumerate(request.events)}
    for course in request.courses:
        given: set[tuple[object, ...]] = set()
        for event in events_of(course.id, request.events):
            target = (event.target.drug, event.target.number, event.target.on, event.target.fraction)
            if event.kind == "given" and target in given:
                raise TreatmentError(places[event.id], "GIVEN_TWICE", "the same administration was recorded before")
            if event.kind == "given":
                given.add(target)
