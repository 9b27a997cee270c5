"""A treatment while it is being entered. It always exists, however little is known; the request for a plan follows from it only
when who the patient is has been said, and only from fields that can be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from mbc_desktop.core.interval import add_months
from mbc_desktop.core.record import dataclass
from mbc_desktop.patient.facts import EarlierDrug, EarlierRadiotherapy, Facts, Measurement, Patient, Sex
from mbc_desktop.planning.intrathecal import IntrahepaticNote, IntrathecalOrder
from mbc_desktop.planning.request import Absence, Event, Language, Print, Request
from mbc_desktop.regimen.site import Closure, ExtraOpenDay
from mbc_desktop.ui.entry.course_draft import CourseDraft, draft_of_course

HORIZON_MONTHS = 12
NO_FACTS = Facts()


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientDraft:
    """Who it is about, as far as entered."""

    family_name: str = ""
    given_name: str = ""
    number: str = ""
    birth_date: date | None = None
    sex: Sex | None = None

    def missing(self) -> tuple[str, ...]:
        """The fields that a file or a sheet cannot do without."""
        named = (("family_name", self.family_name), ("given_name", self.given_name), ("number", self.number))
        names = [name for name, text in named if not text]
        names += ["birth_date"] if self.birth_date is None else []
        names += ["sex"] if self.sex is None else []
        return tuple(names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Everything entered. `broken` maps the id of a field that cannot be read to the text typed there: kept, never used."""

    patient: PatientDraft = PatientDraft()
    measurements: tuple[Measurement, ...] = ()
    facts: Facts = NO_FACTS
    history: tuple[EarlierDrug | EarlierRadiotherapy, ...] = ()
    courses: tuple[CourseDraft, ...] = ()
    events: tuple[Event, ...] = ()
    closures: tuple[Closure, ...] = ()
    extra_open_days: tuple[ExtraOpenDay, ...] = ()
    absences: tuple[Absence, ...] = ()
    prints: tuple[Print, ...] = ()
    intrathecal: tuple[IntrathecalOrder, ...] = ()
    intrahepatic: tuple[IntrahepaticNote, ...] = ()
    language: Language = "nl"
    horizon: date | None = None
    broken: tuple[tuple[str, str], ...] = ()

    def text_of(self, field: str) -> str | None:
        """The unreadable text of a field, or None when the field can be read."""
        return dict(self.broken).get(field)


def with_broken(draft: Draft, texts: Mapping[str, str | None]) -> Draft:
    """The draft in which each named field is unreadable with that text, or (None) readable again."""
    kept = {name: text for name, text in draft.broken if name not in texts}
    kept |= {name: text for name, text in texts.items() if text is not None}
    return replace(draft, broken=tuple(sorted(kept.items())))


def with_course(draft: Draft, course: CourseDraft) -> Draft:
    """The draft with this course in the place of the one with its id, or added at the end."""
    if all(other.id != course.id for other in draft.courses):
        return replace(draft, courses=(*draft.courses, course))
    return replace(draft, courses=tuple(course if other.id == course.id else other for other in draft.courses))


def without_course(draft: Draft, course: str) -> Draft:
    """The draft without that course, its events and its unreadable fields."""
    return replace(
        draft,
        courses=tuple(other for other in draft.courses if other.id != course),
        events=tuple(event for event in draft.events if event.course != course),
        broken=tuple((name, text) for name, text in draft.broken if not name.startswith(f"course.{course}.")),
    )


def draft_of_request(request: Request) -> Draft:
    """A treatment file's request, ready to be edited. Its `today` is left behind, for the window goes by the day it is; so is a
    horizon that only follows from that day."""
    patient = request.patient
    return Draft(
        patient=PatientDraft(
            family_name=patient.family_name,
            given_name=patient.given_name,
            number=patient.number,
            birth_date=patient.birth_date,
            sex=patient.sex,
        ),
        measurements=request.measurements,
        facts=request.facts,
        history=request.history,
        courses=tuple(draft_of_course(course) for course in request.courses),
        events=request.events,
        closures=request.closures,
        extra_open_days=request.extra_open_days,
        absences=request.absences,
        prints=request.prints,
        intrathecal=request.intrathecal,
        intrahepatic=request.intrahepatic,
        language=request.language,
        horizon=None if request.horizon == add_months(request.today, HORIZON_MONTHS) else request.horizon,
    )


def request_of_draft(draft: Draft, *, today: date, readable_only: bool = True) -> Request | None:
    """The request for a plan, or None while birth date or sex is unknown.

    With `readable_only` every measurement of a kind whose field cannot be read stays out, older ones too: an old weight must not
    take the place of one that is being corrected. So does a course with an unreadable field. Without it, all that is known."""
    patient = draft.patient
    if patient.birth_date is None or patient.sex is None:
        return None
    blocked = _blocked(draft) if readable_only else frozenset()
    courses = (course.course() for course in draft.courses if f"course.{course.id}" not in blocked)
    return Request(
        today=today,
        language=draft.language,
        horizon=draft.horizon or add_months(today, HORIZON_MONTHS),
        patient=Patient(
            family_name=patient.family_name,
            given_name=patient.given_name,
            number=patient.number,
            birth_date=patient.birth_date,
            sex=patient.sex,
        ),
        measurements=tuple(one for one in draft.measurements if f"measurement.{one.kind}" not in blocked),
        facts=draft.facts,
        history=draft.history,
        courses=tuple(course for course in courses if course is not None),
        events=_events(draft, blocked),
        closures=draft.closures,
        extra_open_days=draft.extra_open_days,
        absences=draft.absences,
        prints=draft.prints,
        intrathecal=draft.intrathecal,
        intrahepatic=draft.intrahepatic,
    )


def courses_left_out(draft: Draft) -> tuple[CourseDraft, ...]:
    """The courses that are in the list but not in the plan: incomplete, or with a field that cannot be read."""
    blocked = _blocked(draft)
    return tuple(course for course in draft.courses if course.missing() or f"course.{course.id}" in blocked)


def _blocked(draft: Draft) -> frozenset[str]:
    """ "measurement.weight" and "course.c1" of every unreadable field "measurement.weight.on", "course.c1.start"."""
    return frozenset(name.rpartition(".")[0] for name, _ in draft.broken)


def _events(draft: Draft, blocked: frozenset[str]) -> tuple[Event, ...]:
    planned = {course.id for course in draft.courses if course.course() is not None and f"course.{course.id}" not in blocked}
    return tuple(event for event in draft.events if event.course in planned)
