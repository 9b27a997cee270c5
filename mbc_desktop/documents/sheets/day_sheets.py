"""What the sheets of one day share: the plans whose patients come, and the frame of a sheet about many patients."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mbc_desktop.core.record import dataclass
from mbc_desktop.documents.blocks import Frame
from mbc_desktop.documents.page.frames import library_marks, site_place
from mbc_desktop.documents.page.sheet_options import SheetOptions
from mbc_desktop.planning.plan import Administration, CheckUp, Fraction, Plan
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import Site
from mbc_desktop.texts import Texts, plain_date

_NOT_COMING = ("omitted", "held", "ceased")


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """One patient on one day: the plan, and what of it falls on that day in the hospital."""

    plan: Plan
    administrations: tuple[Administration, ...]
    fractions: tuple[Fraction, ...]
    checks: tuple[CheckUp, ...]


def coming_on(plans: tuple[Plan, ...], day: date) -> tuple[Coming, ...]:
    """Who comes on that day, by name. A dose without a date in its window is due and comes with that day."""
    found = []
    for plan in plans:
        administrations = tuple(
            item for item in plan.administrations if (item.date or item.due) == day and item.status not in _NOT_COMING
        )
        fractions = tuple(item for item in plan.fractions if item.date == day)
        checks = tuple(item for item in plan.checks if item.date == day)
        if administrations or fractions or checks:
            found.append(Coming(plan=plan, administrations=administrations, fractions=fractions, checks=checks))
    return tuple(sorted(found, key=lambda item: _by_name(item.plan)))


def day_frame(name: str, day: date, count: int, library: Library, site: Site, texts: Texts, options: SheetOptions) -> Frame:
    """The frame of a sheet about many patients: the day and how many stand on it are its identifiers."""
    return Frame(
        identity=(texts.long_date(day), texts.say("ward.patients", count=count)),
        place=site_place(site),
        name=name,
        page=texts.word("sheet.page"),
        calls=(),
        rules=(texts.word("sheet.valid"),),
        marks=library_marks(library, options, texts),
        code="",
    )


def who(plan: Plan, texts: Texts) -> Iterator[str]:
    """The patient's two identifiers and the code of the plan."""
    patient = plan.request.patient
    yield f"{patient.family_name.upper()} {patient.given_name}"
    yield f"{plain_date(patient.birth_date)} · {patient.number}"
    yield texts.say("sheet.plan_code", code=plan.code)


def _by_name(plan: Plan) -> tuple[str, str, str]:
    patient = plan.request.patient
    return patient.family_name.casefold(), patient.given_name.casefold(), patient.number
