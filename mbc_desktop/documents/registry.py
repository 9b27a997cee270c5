"""Every sheet that is made from a plan, by its id. A new one is one module, one line here, its texts and its tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal

from mbc_desktop.core.record import dataclass
from mbc_desktop.documents.blocks import Audience, Document
from mbc_desktop.documents.calendar import calendar_list, patient_calendar
from mbc_desktop.documents.page.sheet_options import PLAIN, SheetOptions
from mbc_desktop.documents.sheets import (
    check_sheet,
    course_overview,
    instruction_sheet,
    intrathecal_sheet,
    radiotherapy_card,
    radiotherapy_sheet,
)
from mbc_desktop.planning.plan import Administration, Plan, TakePeriod
from mbc_desktop.planning.request import DrugCourse, RadiotherapyCourse
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import Site
from mbc_desktop.texts import Texts

Compose = Callable[[Plan, Library, Site, Texts, SheetOptions], Document]
About = Literal["plan", "drug", "radiotherapy", "intrathecal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A sort of sheet: for whom it is, and what one sheet of it is about."""

    audience: Audience
    about: About
    compose: Compose


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet of a plan: its sort, and the drug or the course it is about ("" = the whole plan)."""

    document: str
    subject: str = ""


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        patient_calendar.DOCUMENT_ID: Kind(audience="patient", about="plan", compose=patient_calendar.compose_patient_calendar),
        calendar_list.DOCUMENT_ID: Kind(audience="patient", about="plan", compose=calendar_list.compose_calendar_list),
        instruction_sheet.DOCUMENT_ID: Kind(
            audience="patient", about="drug", compose=instruction_sheet.compose_instruction_sheet
        ),
        radiotherapy_sheet.DOCUMENT_ID: Kind(
            audience="patient", about="radiotherapy", compose=radiotherapy_sheet.compose_radiotherapy_sheet
        ),
        check_sheet.DOCUMENT_ID: Kind(audience="staff", about="plan", compose=check_sheet.compose_check_sheet),
        course_overview.DOCUMENT_ID: Kind(audience="staff", about="plan", compose=course_overview.compose_course_overview),
        radiotherapy_card.DOCUMENT_ID: Kind(
            audience="staff", about="radiotherapy", compose=radiotherapy_card.compose_radiotherapy_card
        ),
        intrathecal_sheet.DOCUMENT_ID: Kind(
            audience="staff", about="intrathecal", compose=intrathecal_sheet.compose_intrathecal_sheet
        ),
    }
)

DOCUMENTS: tuple[str, ...] = tuple(id for id, kind in KINDS.items() if kind.about == "plan")
"""The sheets of a whole plan."""

NEW_WITHIN = timedelta(days=7)
"""A drug whose first day lies this near is new today."""


def compose(document: str, plan: Plan, library: Library, site: Site, texts: Texts, options: SheetOptions = PLAIN) -> Document:
    """The sheet of that sort, composed from the plan in the language of `texts`; `options.subject` is the drug or course it is
    about. Raises KeyError for an unknown sort, and for a subject that the plan does not hold."""
    return KINDS[document].compose(plan, library, site, texts, options)


def sheet_document(
    sheet: Sheet, plan: Plan, library: Library, site: Site, texts: Texts, options: SheetOptions = PLAIN
) -> Document:
    """One of the plan's sheets."""
    return compose(sheet.document, plan, library, site, texts, replace(options, subject=sheet.subject))


def sheets_of(plan: Plan) -> tuple[Sheet, ...]:
    """Every sheet that can be made of this plan: those of the whole plan, one per drug, one per course of radiotherapy."""
    subjects: dict[About, tuple[str, ...]] = {
        "plan": ("",),
        "drug": tuple(first_days(plan)),
        "intrathecal": tuple(dict.fromkeys(item.order for item in plan.intrathecal)),
        "radiotherapy": tuple(course.id for course in plan.request.courses if isinstance(course, RadiotherapyCourse)),
    }
    return tuple(Sheet(document=id, subject=subject) for id, kind in KINDS.items() for subject in subjects[kind.about])


def print_set(plan: Plan) -> tuple[Sheet, ...]:
    """What a patient is handed today: the calendar, and the instruction sheets of what is new."""
    new = [id for id, first in first_days(plan).items() if id in _new_here(plan) and _near(first, plan)]
    starts = [
        course.id for course in plan.request.courses if isinstance(course, RadiotherapyCourse) and _near(course.start, plan)
    ]
    return (
        Sheet(document=patient_calendar.DOCUMENT_ID),
        *(Sheet(document=instruction_sheet.DOCUMENT_ID, subject=drug) for drug in new),
        *(Sheet(document=radiotherapy_sheet.DOCUMENT_ID, subject=course) for course in starts),
    )


def first_days(plan: Plan) -> Mapping[str, date]:
    """Every drug of the plan with the first day on which it is given or taken, treatment before what supports it."""
    days: dict[str, date] = {}
    every: list[Administration | TakePeriod] = [*plan.administrations, *plan.intakes]
    for item in sorted(every, key=lambda item: item.role != "treatment"):
        day = item.first if isinstance(item, TakePeriod) else item.date or item.due
        days[item.drug] = min(days.get(item.drug, day), day)
    return days


def sheet_name(sheet: Sheet, plan: Plan, library: Library, texts: Texts) -> str:
    """What a list calls the sheet: its name, and what it is about."""
    name = texts.word(f"sheet_check.document.{sheet.document}")
    if not sheet.subject:
        return name
    if KINDS[sheet.document].about == "drug":
        return texts.labelled(name, library.drugs[sheet.subject].inn.of(texts.language))
    if KINDS[sheet.document].about == "intrathecal":
        return texts.labelled(name, sheet.subject)
    course = next(item for item in plan.request.courses if item.id == sheet.subject)
    region = texts.word(f"region.{course.region}") if isinstance(course, RadiotherapyCourse) else ""
    return texts.labelled(name, f"{region} ({texts.short_date(course.start)})")


def sheet_file_name(sheet: Sheet) -> str:
    """The part of a file name that tells the sheets of one plan from each other; nothing in it tells who the patient is."""
    return "-".join(filter(None, (sheet.document.replace("_", "-"), sheet.subject)))


def _new_here(plan: Plan) -> frozenset[str]:
    """The drugs of courses that were not taken over from elsewhere."""
    taken_over = {
        course.id for course in plan.request.courses if isinstance(course, DrugCourse) and (course.last_given or course.cycle)
    }
    every: list[Administration | TakePeriod] = [*plan.administrations, *plan.intakes]
    return frozenset(item.drug for item in every if item.course not in taken_over)


def _near(first: date, plan: Plan) -> bool:
    return plan.request.today <= first <= plan.request.today + NEW_WITHIN
