"""Whether a plan may leave the program without the words NOT RELEASED."""

from __future__ import annotations

import json

from sqlalchemy import select

from mbc_desktop.planning.findings.release_state import ReleaseState
from mbc_desktop.planning.plan import Plan
from mbc_desktop.records.audit_chain import head_code
from mbc_desktop.records.cycle_content import current_cycle
from mbc_desktop.records.policy import courses_to_verify
from mbc_desktop.records.signatures import Cycle, state_of
from mbc_desktop.records.store import Store
from mbc_desktop.records.tables import APPROVAL, PERSON
from mbc_desktop.records.voiding import standing_approvals, touches_of
from mbc_desktop.regimen.library import Library


def release_state(store: Store, plan: Plan, patient: int | None, library: Library) -> ReleaseState:
    """The standing of the current cycle of each course that the policy names. A plan of a patient who is not in the store is not
    released; neither is a cycle whose content the plan touches, saved or not."""
    head = head_code(store.head())
    courses = courses_to_verify(store, plan.request, library)
    if not courses:
        return ReleaseState(standing="not_needed", audit_head=head)
    cycles = [(course, current_cycle(plan, course, plan.request.today)) for course in courses]
    wanted = tuple((course, cycle) for course, cycle in cycles if cycle is not None)
    waiting = tuple(one for one in wanted if patient is None or not _released(store, plan, patient, *one))
    if waiting or patient is None:
        return ReleaseState(standing="not_released", waiting=waiting, audit_head=head)
    return ReleaseState(standing="released", verified_by=_verifiers(store, patient, wanted), audit_head=head)


def _released(store: Store, plan: Plan, patient: int, course: str, cycle: int) -> bool:
    last = standing_approvals(store, patient).get((course, cycle))
    if last is None or state_of(store, Cycle(patient=patient, course=course, cycle=cycle)) != "released":
        return False
    # What is on the screen may be ahead of what is saved: it counts too.
    return not touches_of(last, plan)


def _verifiers(store: Store, patient: int, cycles: tuple[tuple[str, int], ...]) -> tuple[str, ...]:
    query = (
        select(APPROVAL.c.course, APPROVAL.c.cycle, PERSON.c.name)
        .join(PERSON, PERSON.c.id == APPROVAL.c.person_id)
        .where(APPROVAL.c.patient_id == patient, APPROVAL.c.kind == "verified")
        .order_by(APPROVAL.c.id)
    )
    latest = {(row.course, row.cycle): row.name for row in store.rows(query)}
    return tuple(dict.fromkeys(latest[one] for one in cycles if one in latest))


def approvals_json(store: Store, patient: int) -> list[dict[str, object]]:
    """Every step of every cycle of a patient, as plain data."""
    query = select(APPROVAL, PERSON.c.name).outerjoin(PERSON, PERSON.c.id == APPROVAL.c.person_id)
    rows = store.rows(query.where(APPROVAL.c.patient_id == patient).order_by(APPROVAL.c.id))
    return [
        {
            "course": row.course,
            "cycle": row.cycle,
            "kind": row.kind,
            "at": row.at,
            "by": row.name or "",
            "version": row.version,
            "content": json.loads(row.content),
            "entries": json.loads(row.entries),
        }
        for row in rows
    ]
