"""Verification by two people: computed, verified blind by somebody else, released. Each step is a signature: a fresh credential
on the content as it is saved."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Row, select

from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.request import RadiotherapyCourse
from mbc_desktop.records.acts import CLOCK_SLACK, SignedIn, act, require
from mbc_desktop.records.blindness import has_seen
from mbc_desktop.records.critical_inputs import CriticalInput, agrees, changed_inputs, critical_inputs, readable
from mbc_desktop.records.cycle_content import cycle_lines
from mbc_desktop.records.people import confirm
from mbc_desktop.records.permissions import Action
from mbc_desktop.records.plans import pieces_of
from mbc_desktop.records.signatures import Cycle, add_step, open_difference, state_of, steps_of
from mbc_desktop.records.store import Store, stamp
from mbc_desktop.records.store_error import StoreError
from mbc_desktop.records.tables import ACCOUNT, APPROVAL, AUDIT, PATIENT, VERSION
from mbc_desktop.records.treatment_rows import same_pieces, split


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a blind entry came to: agreed, or the names of what differs. The values of the first entry are not among it."""

    agreed: bool
    differing: tuple[str, ...] = ()


def submit(store: Store, who: SignedIn, plan: Plan, cycle: Cycle, *, password: str) -> None:
    """The first signature: this is what is to be verified. Raises StoreError (not_saved_yet, not_ready, wrong_step)."""
    require(store, who, "submit_plan")
    content = _content(store, plan, cycle)
    rows = steps_of(store, cycle)
    if state_of(store, cycle) not in ("draft", "difference") and rows[-1].content == content:
        raise StoreError("wrong_step")
    _sign(store, who, password)
    with act(store, who, "submit_plan", patient=cycle.patient, course=cycle.course, cycle=cycle.cycle) as made:
        add_step(store, made, cycle, "computed", **_signed(store, who, cycle), content=content, entries="{}")


def asked_for(store: Store, plan: Plan, cycle: Cycle) -> tuple[str, ...]:
    """The names of what the verifier enters blind: everything at the first cycle that is released, later what has changed since.
    Only names leave this function."""
    now = critical_inputs(plan, cycle.course, cycle.cycle)
    before = _last_release(store, cycle)
    if before is None:
        return tuple(item.name for item in now)
    return changed_inputs(now, json.loads(before.content)["inputs"])


def verify(store: Store, who: SignedIn, plan: Plan, cycle: Cycle, entries: Mapping[str, str], *, password: str) -> Outcome:
    """The second person's blind entry. Agreement makes the cycle verified; a difference stops it, and neither of the two can lift
    that. Raises StoreError (self_verification, same_two, seen_before, wrong_step, touched, entry_missing)."""
    require(store, who, _action("verify", plan, cycle))
    content = _content(store, plan, cycle)
    _require_submitted(store, cycle, content)
    _refuse_self(store, who, cycle)
    first = {item.name: item for item in critical_inputs(plan, cycle.course, cycle.cycle)}
    asked = asked_for(store, plan, cycle)
    seen = _refuse_seen(store, who, plan, cycle, asked)
    missing = [name for name in asked if not readable(name, entries.get(name, ""))]
    if missing:
        raise StoreError("entry_missing", field=missing[0])
    differing = tuple(name for name in asked if not agrees(first[name], entries[name]))
    _sign(store, who, password)
    noted = _noted(first, entries, asked) | {"authors": sorted(_authors(store, cycle))} | ({"seen": True} if seen else {})
    with act(store, who, _action("verify", plan, cycle), patient=cycle.patient, course=cycle.course, cycle=cycle.cycle) as made:
        kind = "difference" if differing else "verified"
        entered = json.dumps(noted, sort_keys=True)
        add_step(store, made, cycle, kind, **_signed(store, who, cycle), content=content, entries=entered)
    return Outcome(agreed=not differing, differing=differing)


def release(store: Store, who: SignedIn, plan: Plan, cycle: Cycle, *, password: str) -> None:
    """The last signature: from now on sheets of this cycle say that it is released. Raises StoreError (wrong_step, touched,
    self_verification)."""
    action = _action("release", plan, cycle)
    require(store, who, action)
    content = _content(store, plan, cycle)
    rows = steps_of(store, cycle)
    if state_of(store, cycle) != "verified":
        raise StoreError("wrong_step")
    if rows[-1].content != content:
        raise StoreError("touched")
    if who.person in _authors(store, cycle):
        raise StoreError("self_verification", name=who.name)
    _sign(store, who, password)
    with act(store, who, action, patient=cycle.patient, course=cycle.course, cycle=cycle.cycle) as made:
        add_step(store, made, cycle, "released", **_signed(store, who, cycle), content=content, entries="{}")


def refuse_verifier(store: Store, who: SignedIn, plan: Plan, cycle: Cycle) -> None:
    """Says before anything is entered why this person cannot verify this cycle. Raises StoreError (not_allowed,
    self_verification, same_two, seen_before)."""
    require(store, who, _action("verify", plan, cycle))
    _refuse_self(store, who, cycle)
    _refuse_seen(store, who, plan, cycle, asked_for(store, plan, cycle))


def refuse_releaser(store: Store, who: SignedIn, plan: Plan, cycle: Cycle) -> None:
    """Says before a dose is shown why this person cannot release this cycle. Raises StoreError (not_allowed,
    self_verification)."""
    require(store, who, _action("release", plan, cycle))
    if who.person in _authors(store, cycle):
        raise StoreError("self_verification", name=who.name)


def _refuse_seen(store: Store, who: SignedIn, plan: Plan, cycle: Cycle, asked: Sequence[str]) -> bool:
    """Whether the values stood before this person's eyes since they were entered; refused, unless this ward only notes it."""
    seen = has_seen(store, who, plan, cycle, asked)
    if seen and store.setting("after_seeing") != "noted":
        raise StoreError("seen_before", name=who.name)
    return seen


def _action(step: Literal["verify", "release"], plan: Plan, cycle: Cycle) -> Action:
    course = next((item for item in plan.request.courses if item.id == cycle.course), None)
    if isinstance(course, RadiotherapyCourse):
        return "verify_radiotherapy" if step == "verify" else "release_radiotherapy"
    return "verify_drugs" if step == "verify" else "release_drugs"


def _content(store: Store, plan: Plan, cycle: Cycle) -> str:
    """What is signed for, of a plan that is exactly what the store holds and in which nothing stands in the way."""
    row = store.first(select(PATIENT.c.version).where(PATIENT.c.id == cycle.patient))
    if row is None or not row.version:
        raise StoreError("not_saved_yet")
    if not same_pieces(pieces_of(store, cycle.patient, row.version), split(plan.request)):
        raise StoreError("not_saved_yet")
    lines = cycle_lines(plan, cycle.course, cycle.cycle)
    stopped = any(item.severity == "stop" and item.course in ("", cycle.course) for item in plan.findings)
    if not lines or stopped or any(not line.amount and line.standing == "coming" for line in lines):
        raise StoreError("not_ready")
    inputs = {item.name: item.text for item in critical_inputs(plan, cycle.course, cycle.cycle)}
    return json.dumps({"lines": [line.plain() for line in lines], "inputs": inputs}, ensure_ascii=False, sort_keys=True)


def _require_submitted(store: Store, cycle: Cycle, content: str) -> None:
    rows = steps_of(store, cycle)
    last = rows[-1] if rows else None
    if last is None or last.kind not in ("computed", "difference"):
        raise StoreError("wrong_step")
    if last.content != content:
        raise StoreError("touched")


def _refuse_self(store: Store, who: SignedIn, cycle: Cycle) -> None:
    """Nobody verifies what he made: not by a second account, not by an account whose password he set, not as one of the two who
    once differed."""
    authors = _authors(store, cycle)
    account = store.first(select(ACCOUNT.c.password_by).where(ACCOUNT.c.id == who.account))
    if who.person in authors or account is None or account.password_by in authors:
        raise StoreError("self_verification", name=who.name)
    difference = open_difference(steps_of(store, cycle))
    if difference is not None and who.person in {difference.person_id, *json.loads(difference.entries)["authors"]}:
        raise StoreError("same_two", name=who.name)


def _authors(store: Store, cycle: Cycle) -> set[int]:
    """Everybody who saved this treatment since the course was last released, and whoever submitted it."""
    before = _last_release(store, cycle)
    query = (
        select(ACCOUNT.c.person_id)
        .join(VERSION, VERSION.c.saved_by == ACCOUNT.c.id)
        .where(VERSION.c.patient_id == cycle.patient, VERSION.c.number > (before.version if before else 0))
    )
    since = before.id if before else 0
    submitters = {row.person_id for row in steps_of(store, cycle) if row.kind == "computed" and row.id > since}
    return {row.person_id for row in store.rows(query)} | submitters


def _last_release(store: Store, cycle: Cycle) -> Row[Any] | None:
    """The last release of any cycle of the course, voided since or not: its inputs were entered twice."""
    mine = (APPROVAL.c.patient_id == cycle.patient, APPROVAL.c.course == cycle.course, APPROVAL.c.kind == "released")
    found = store.rows(select(APPROVAL).where(*mine).order_by(APPROVAL.c.id.desc()).limit(1))
    last: Row[Any] | None = found[0] if found else None
    return last


def _noted(first: Mapping[str, CriticalInput], entries: Mapping[str, str], asked: tuple[str, ...]) -> dict[str, Any]:
    return {"entered": {name: [first[name].text, entries[name]] for name in asked}}


def _signed(store: Store, who: SignedIn, cycle: Cycle) -> dict[str, Any]:
    version = store.connection.execute(select(PATIENT.c.version).where(PATIENT.c.id == cycle.patient)).scalar_one()
    return {"account_id": who.account, "person_id": who.person, "version": version}


def _sign(store: Store, who: SignedIn, password: str) -> None:
    """The fresh credential, by a clock that does not stand before the last act. Raises StoreError (clock_back)."""
    last = store.first(select(AUDIT.c.entry).order_by(AUDIT.c.seq.desc()).limit(1))
    if last is not None and stamp(store.now() + CLOCK_SLACK) < str(json.loads(last.entry)["at"]):
        raise StoreError("clock_back")
    confirm(store, who, password)
