"""Whether the second person has seen the first values: who looked at a patient since they were entered is not blind to them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import func, select

from mbc_desktop.planning.plan import Plan
from mbc_desktop.records.acts import SignedIn
from mbc_desktop.records.critical_inputs import MEASURED, latest_of
from mbc_desktop.records.signatures import Cycle
from mbc_desktop.records.store import Store
from mbc_desktop.records.tables import AUDIT, BASE, MEASUREMENT, VERSION
from mbc_desktop.records.treatment_rows import measurement_row, split

SHOWING = ("view_patient", "view_history", "export_record", "print_document", "save_plan")
"""The acts after which the values of a patient stood before somebody's eyes. A look that is noted as blind is none of them."""


def has_seen(store: Store, who: SignedIn, plan: Plan, cycle: Cycle, asked: Sequence[str]) -> bool:
    """Whether this person looked at this patient since the first of the values that are asked was entered."""
    versions = list(_entered_with(store, plan, cycle, asked))
    if not versions:
        return False
    since = _link_of(store, cycle.patient, min(versions))
    query = select(AUDIT.c.entry).where(AUDIT.c.patient_id == cycle.patient, AUDIT.c.seq >= since, AUDIT.c.action.in_(SHOWING))
    return any(_shows(json.loads(row.entry), who) for row in store.rows(query))


def _shows(entry: dict[str, Any], who: SignedIn) -> bool:
    return entry.get("person") == who.person and not entry.get("details", {}).get("blind")


def _entered_with(store: Store, plan: Plan, cycle: Cycle, asked: Sequence[str]) -> Iterator[int]:
    """For each value that is asked, the version that brought it. The number of the cycle is no secret: the list says it."""
    for name in asked:
        if name in MEASURED:
            value = latest_of(plan.request.measurements, name)
            if value is not None:
                row = measurement_row(value)
                same = [MEASUREMENT.c[column] == row[column] for column in ("kind", "value", "unit", "measured_on")]
                first = store.first(select(func.min(MEASUREMENT.c.since)).where(MEASUREMENT.c.patient_id == cycle.patient, *same))
                yield int(first[0]) if first and first[0] else 1
        elif name != "cycle":
            yield _course_since(store, plan, cycle)


def _course_since(store: Store, plan: Plan, cycle: Cycle) -> int:
    """The first version from which on the course began on this day and irradiated with this scheme."""
    query = (
        select(VERSION.c.number, BASE.c.content)
        .join(BASE, BASE.c.id == VERSION.c.base_id)
        .where(VERSION.c.patient_id == cycle.patient)
        .order_by(VERSION.c.number.desc())
    )
    wanted = _marks(json.loads(split(plan.request).base), cycle)
    since = 1
    for row in store.rows(query):
        if _marks(json.loads(row.content), cycle) != wanted:
            break
        since = row.number
    return since


def _marks(base: dict[str, Any], cycle: Cycle) -> list[tuple[Any, ...]]:
    """What is asked of a course or of an order for the spinal fluid, as the base of a version has it."""
    courses = [
        (one.get("start"), one.get("radiotherapy"), one.get("regimen"))
        for one in base.get("courses", ())
        if one["id"] == cycle.course
    ]
    orders = [one for one in base.get("intrathecal", ()) if one["id"] == cycle.course]
    return [*courses, *((str(one.get("dose")), *one.get("dates", ())) for one in orders)]


def _link_of(store: Store, patient: int, version: int) -> int:
    """The link that brought a version; the first one about this patient where it cannot be told."""
    number = func.json_extract(AUDIT.c.entry, "$.details.version")
    query = select(AUDIT.c.seq).where(AUDIT.c.patient_id == patient, AUDIT.c.action == "save_plan", number == version)
    row = store.first(query.order_by(AUDIT.c.seq).limit(1))
    return int(row.seq) if row is not None else 0
