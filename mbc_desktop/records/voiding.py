"""When a saving touches what a second person has signed for, that signature ends with it, in the same transaction."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Row, select

from mbc_desktop.planning.plan import Plan
from mbc_desktop.records.acts import Act
from mbc_desktop.records.cycle_content import Touch, cycle_lines, line_of, touched
from mbc_desktop.records.signatures import Cycle, add_step
from mbc_desktop.records.store import Store
from mbc_desktop.records.tables import APPROVAL


def touched_cycles(store: Store, plan: Plan, patient: int) -> tuple[tuple[str, int], ...]:
    """The cycles whose approval ends when this plan is saved."""
    return tuple(key for key, last in standing_approvals(store, patient).items() if touches_of(last, plan))


def void_touched(store: Store, made: Act, plan: Plan, *, patient: int, version: int) -> tuple[tuple[str, int], ...]:
    """Ends the approvals of the cycles that this plan touches; gives those cycles."""
    voided = []
    for (course, cycle), last in standing_approvals(store, patient).items():
        touches = touches_of(last, plan)
        if touches:
            entries = json.dumps({"touched": touches, "was": last.kind})
            cycle_voided = Cycle(patient=patient, course=course, cycle=cycle)
            add_step(store, made, cycle_voided, "voided", version=version, content="{}", entries=entries)
            voided.append((course, cycle))
    return tuple(voided)


def standing_approvals(store: Store, patient: int) -> dict[tuple[str, int], Row[Any]]:
    """The last step of every cycle that has one and was not voided since. A difference is a step too."""
    found: dict[tuple[str, int], Row[Any]] = {}
    query = select(APPROVAL).where(APPROVAL.c.patient_id == patient).order_by(APPROVAL.c.id)
    for row in store.rows(query):
        found[row.course, row.cycle] = row
    return {key: row for key, row in found.items() if row.kind != "voided"}


def touches_of(approval: Row[Any], plan: Plan) -> tuple[Touch, ...]:
    """What the plan changes of that which was signed for."""
    approved = [line_of(line) for line in json.loads(approval.content)["lines"]]
    return touched(approved, cycle_lines(plan, approval.course, approval.cycle))
