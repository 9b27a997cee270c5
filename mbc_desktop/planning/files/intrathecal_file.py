"""Intrathecal orders between treatment file and records, and what cannot be in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mbc_desktop.core.decimals import decimal_text
from mbc_desktop.planning.files.treatment_error import TreatmentError
from mbc_desktop.planning.intrathecal import Confirmation, IntrahepaticNote, IntrathecalOrder

if TYPE_CHECKING:
    from mbc_desktop.planning.files.treatment_shape_file import IntrahepaticShape, IntrathecalShape
    from mbc_desktop.planning.request import Request


def intrathecal_order(item: IntrathecalShape) -> IntrathecalOrder:
    """The order of the file."""
    confirmed = tuple(Confirmation(by=one.by, on=one.on, dose_mg=one.dose) for one in item.confirmed)
    return IntrathecalOrder(
        id=item.id, drug=item.drug, dose_mg=item.dose, dates=tuple(item.dates), confirmed=confirmed, note=item.note
    )


def intrahepatic_note(item: IntrahepaticShape) -> IntrahepaticNote:
    """The note of the file."""
    return IntrahepaticNote(on=item.on, note=item.note)


def intrathecal_json(item: IntrathecalOrder) -> dict[str, object]:
    """The order as the file writes it."""
    confirmed = [{"by": one.by, "on": one.on.isoformat(), "dose": decimal_text(one.dose_mg)} for one in item.confirmed]
    made: dict[str, object] = {"id": item.id, "drug": item.drug, "dose": decimal_text(item.dose_mg), "unit": "mg"}
    made["dates"] = [day.isoformat() for day in item.dates]
    return made | ({"confirmed": confirmed} if confirmed else {}) | ({"note": item.note} if item.note else {})


def check_intrathecal(request: Request) -> None:
    """Raises TreatmentError for an id used twice, a dose of nothing, days out of order, or a confirmation in the future."""
    seen = {course.id for course in request.courses}
    for number, order in enumerate(request.intrathecal):
        place = f"intrathecal[{number}]"
        if order.id in seen:
            raise TreatmentError(f"{place}.id", "DUPLICATE_ID", f'"{order.id}" is used twice')
        seen.add(order.id)
        if order.dose_mg == 0:
            raise TreatmentError(f"{place}.dose", "ZERO", "a dose is above zero")
        for row, (before, after) in enumerate(zip(order.dates, order.dates[1:], strict=False), 1):
            if after <= before:
                raise TreatmentError(f"{place}.dates[{row}]", "BAD_ORDER", "each day comes after the one before")
        for row, one in enumerate(order.confirmed):
            if one.on > request.today:
                raise TreatmentError(f"{place}.confirmed[{row}].on", "IN_FUTURE", "lies after today")
