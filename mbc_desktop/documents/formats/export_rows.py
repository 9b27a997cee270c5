"""The plan as rows of values, one a day or a period: what files for spreadsheets hold. Numbers stay numbers, days stay days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from mbc_desktop.documents.page.vein_only import route_words
from mbc_desktop.planning.plan import Administration, CheckUp, Fraction, Plan, TakePeriod
from mbc_desktop.planning.request import DrugCourse
from mbc_desktop.regimen.library import Library
from mbc_desktop.texts import Texts
from mbc_desktop.texts.phrases import frequency, pieces_phrase, shelf_phrase, texts_for

Cell = str | int | Decimal | date | None
"""What stands in a cell; None = nothing."""
Row = tuple[Cell, ...]

COLUMNS = (
    "from", "until", "due", "what", "kind", "course", "route", "dose", "unit", "exact", "times", "every_days", "give", "how",
    "number", "cycle", "day", "window_from", "window_until", "status", "plan",
)  # fmt: skip


def export_rows(plan: Plan, library: Library, texts: Texts) -> Iterator[Row]:
    """The headings, then every item by its first day. A dose that is not released has a row without a dose. No row tells who the
    patient is; the code of the plan stands in each."""
    named = texts_for(library, texts)
    yield tuple(texts.word(f"export.column.{column}") for column in COLUMNS)
    courses = {course.id: course.regimen if isinstance(course, DrugCourse) else course.scheme for course in plan.request.courses}
    rows = [
        *(_given(item, courses, library, named) for item in plan.administrations),
        *(row for item in plan.intakes for row in _taken(item, courses, named)),
        *(_irradiated(item, courses, named) for item in plan.fractions),
        *(_checked(item, courses, named) for item in plan.checks),
    ]
    for row in sorted(rows, key=lambda row: (row["from"], row["kind"], row["what"], row["number"] or 0)):
        yield tuple({**row, "plan": plan.code}.get(column) for column in COLUMNS)


def _given(item: Administration, courses: dict[str, str], library: Library, texts: Texts) -> dict[str, Cell]:
    row: dict[str, Cell] = {
        "from": item.date or item.due,
        "until": item.date or item.due,
        "due": item.due,
        "what": texts.drug(item.drug),
        "kind": texts.word("export.kind.administration"),
        "course": courses.get(item.course, item.course),
        "route": route_words(item, library, texts),
        "number": item.number,
        "cycle": item.cycle,
        "day": item.day,
        "window_from": item.window[0],
        "window_until": item.window[1],
        "status": texts.word(f"status.{item.status}"),
    }
    if item.dose is not None:
        row |= {"dose": item.dose.amount.amount, "unit": item.dose.amount.unit, "exact": item.dose.exact}
        row |= {"give": shelf_phrase(item.dose.give, texts)}
    return row


def _taken(item: TakePeriod, courses: dict[str, str], texts: Texts) -> Iterator[dict[str, Cell]]:
    row: dict[str, Cell] = {
        "from": item.first,
        "until": item.last,
        "due": item.first,
        "what": texts.drug(item.drug),
        "kind": texts.word("export.kind.tablets"),
        "course": courses.get(item.course, item.course),
        "route": texts.word("route.PO"),
        "number": None,
        "cycle": item.cycle,
        "status": texts.word(f"status.{item.status}"),
    }
    if item.dose is not None:
        row |= {"dose": item.dose.amount.amount, "unit": item.dose.amount.unit, "exact": item.dose.exact}
        row |= {"times": item.dose.times, "every_days": item.dose.every_days, "give": pieces_phrase(item.dose.give, texts)}
        row |= {"how": frequency(item.dose, texts)}
    yield row
    if item.rest:
        kept = {name: row[name] for name in ("what", "course", "cycle", "number")}
        first, last = item.rest
        yield {**kept, "from": first, "until": last, "due": first, "kind": texts.word("export.kind.rest")}


def _irradiated(item: Fraction, courses: dict[str, str], texts: Texts) -> dict[str, Cell]:
    return {
        "from": item.date,
        "until": item.date,
        "due": item.date,
        "what": texts.word(f"region.{item.region}"),
        "kind": texts.word("export.kind.fraction"),
        "course": courses.get(item.course, item.course),
        "dose": item.dose.amount,
        "unit": item.dose.unit,
        "number": item.number,
        "status": texts.word(f"status.{item.status}"),
    }


def _checked(item: CheckUp, courses: dict[str, str], texts: Texts) -> dict[str, Cell]:
    return {
        "from": item.date,
        "until": item.date,
        "due": item.nominal,
        "what": texts.word(f"check.{item.kind}"),
        "kind": texts.word("export.kind.check"),
        "course": courses.get(item.course, item.course),
        "number": None,
    }
