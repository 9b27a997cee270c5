"""What a plan holds beside doses and dates, as plain data: supportive measures, intrathecal orders, approvals."""

from __future__ import annotations

from mbc_desktop.core.decimals import decimal_text
from mbc_desktop.planning.intrathecal import IntrathecalDay
from mbc_desktop.planning.plan import CourseApproval, SupportItem
from mbc_desktop.regimen.support import SupportPart

Json = dict[str, object]


def support_json(item: SupportItem) -> Json:
    """A measure beside the treatment as plain data."""
    return {
        "course": item.course,
        "measure": item.measure,
        "drug": item.drug,
        "from": item.first.isoformat(),
        "to": item.last.isoformat(),
        "open": item.open,
        "place": item.place,
        "parts": [_support_part(part) for part in item.parts],
        "as_needed": item.as_needed,
        "before_minutes": list(item.before_minutes),
        "own_words": item.own_words,
        "source": item.source,
        "grade": item.grade,
    }


def _support_part(part: SupportPart) -> Json:
    made: Json = {"what": part.what}
    if part.amount is not None:
        made |= {"amount": decimal_text(part.amount), "unit": part.unit}
    if part.times is not None:
        made["times"] = part.times
    return made


def intrathecal_json(item: IntrathecalDay) -> Json:
    """A day of an intrathecal order as plain data."""
    return {
        "order": item.order,
        "drug": item.drug,
        "number": item.number,
        "of": item.of,
        "date": item.date.isoformat(),
        "dose": {"amount": decimal_text(item.dose.amount), "unit": item.dose.unit} if item.dose else None,
        "status": item.status,
        "confirmed_by": list(item.confirmed_by),
        "note": item.note,
    }


def approval_json(item: CourseApproval) -> Json:
    """Whether the regimen of a course is approved, as plain data."""
    on = item.on.isoformat() if item.on else ""
    made: Json = {"course": item.course, "regimen": item.regimen, "status": item.status}
    return made | {"version": item.version, "by": item.by, "on": on, "changes": list(item.changes)}
