"""What was given though nobody had released it: a fact that is kept, never without a reason, and put before whoever reviews."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import select

from mbc_desktop.core.typed_text import trim
from mbc_desktop.planning.plan import Plan
from mbc_desktop.records.cycle_content import cycle_lines, cycles_of
from mbc_desktop.records.permissions import SHORTEST_REASON
from mbc_desktop.records.policy import needs_verification
from mbc_desktop.records.signatures import Cycle, state_of
from mbc_desktop.records.store import Store
from mbc_desktop.records.store_error import StoreError
from mbc_desktop.records.tables import AUDIT, EVENT
from mbc_desktop.regimen.library import Library


def refuse_given_unreleased(
    store: Store, plan: Plan, library: Library, *, patient: int | None, why: str
) -> list[list[str | int]]:
    """The cycles (course, number) under the policy in which this plan newly says "given" though they are not released. Raises
    StoreError (given_unreleased) when nobody says why."""
    found = list(_given_unreleased(store, plan, library, patient))
    if found and len(trim(why)) < SHORTEST_REASON:
        cycles = ", ".join(f"{course} {cycle}" for course, cycle in found)
        raise StoreError("given_unreleased", cycles=cycles, shortest=str(SHORTEST_REASON))
    return [[course, cycle] for course, cycle in found]


def _given_unreleased(store: Store, plan: Plan, library: Library, patient: int | None) -> Iterator[tuple[str, int]]:
    fresh = _fresh_courses(store, plan, patient)
    known = _answered(store, patient) if fresh and patient is not None else set()
    for course in plan.request.courses:
        if course.id not in fresh or not needs_verification(store, course, library):
            continue
        for number in cycles_of(plan, course.id):
            if (course.id, number) in known or not any(line.standing == "given" for line in cycle_lines(plan, course.id, number)):
                continue
            if patient is None or state_of(store, Cycle(patient=patient, course=course.id, cycle=number)) != "released":
                yield course.id, number


def _fresh_courses(store: Store, plan: Plan, patient: int | None) -> set[str]:
    """The courses in which something was newly marked as given, or corrected."""
    given = {event.id: event.course for event in plan.request.events if event.kind in ("given", "correct")}
    if patient is None or not given:
        return set(given.values())
    query = select(EVENT.c.event).where(EVENT.c.patient_id == patient, EVENT.c.until.is_(None))
    known = {row.event for row in store.rows(query)}
    return {course for event, course in given.items() if event not in known}


def _answered(store: Store, patient: int) -> set[tuple[str, int]]:
    """The cycles for which somebody has said why before."""
    query = select(AUDIT.c.entry).where(AUDIT.c.patient_id == patient, AUDIT.c.action == "save_plan")
    details = (json.loads(row.entry).get("details", {}) for row in store.rows(query))
    return {(course, cycle) for one in details for course, cycle in one.get("given_unreleased", ())}
