"""The steps of a cycle on its way through the signatures: writing one, reading them, where a cycle stands, what waits."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import Row, delete, insert, select

from mbc_desktop.records.acts import Act, SignedIn, require
from mbc_desktop.records.patients import LINE_COLUMNS, PatientLine, placed_line
from mbc_desktop.records.store import Store
from mbc_desktop.records.tables import APPROVAL, PATIENT, WAITING

State = Literal["draft", "computed", "verified", "released", "difference"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """Which cycle of which course of whose saved treatment is signed for."""

    patient: int
    course: str
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A cycle that somebody must still sign: whose, what it gives, when it begins ("" unknown), where it stands, since when. No
    dose and no measured value is in it: whoever verifies has seen none."""

    patient: PatientLine
    cycle: Cycle
    state: State
    starts: date | None
    drugs: tuple[str, ...]
    since: str


def steps_of(store: Store, cycle: Cycle) -> list[Row[Any]]:
    """Every step of a cycle, oldest first."""
    mine = (APPROVAL.c.patient_id == cycle.patient, APPROVAL.c.course == cycle.course, APPROVAL.c.cycle == cycle.cycle)
    return list(store.rows(select(APPROVAL).where(*mine).order_by(APPROVAL.c.id)))


def state_of(store: Store, cycle: Cycle) -> State:
    """Where a cycle stands. A difference stays one until a third person's entry agrees, whatever is changed meanwhile."""
    rows = steps_of(store, cycle)
    if open_difference(rows) is not None:
        return "difference"
    last: str = rows[-1].kind if rows else "voided"
    return (
        "computed" if last == "computed" else "verified" if last == "verified" else "released" if last == "released" else "draft"
    )


def open_difference(rows: Sequence[Row[Any]]) -> Row[Any] | None:
    """The last difference that no later agreement has answered."""
    weighty = [row for row in rows if row.kind in ("verified", "difference")]
    last: Row[Any] | None = weighty[-1] if weighty else None
    return last if last is not None and last.kind == "difference" else None


def add_step(store: Store, made: Act, cycle: Cycle, kind: str, **values: Any) -> None:
    """Writes a step, and whether somebody is now waited for, in the same act."""
    made.insert(
        APPROVAL, patient_id=cycle.patient, course=cycle.course, cycle=cycle.cycle, kind=kind, at=made.at, **values
    )  # fmt: skip
    mine = (WAITING.c.patient_id == cycle.patient, WAITING.c.course == cycle.course, WAITING.c.cycle == cycle.cycle)
    store.connection.execute(delete(WAITING).where(*mine))
    state = state_of(store, cycle)
    if state not in ("computed", "verified", "difference"):
        return
    lines = json.loads(next(row.content for row in reversed(steps_of(store, cycle)) if row.kind != "voided"))["lines"]
    store.connection.execute(
        insert(WAITING).values(
            patient_id=cycle.patient, course=cycle.course, cycle=cycle.cycle, state=state, at=made.at,
            starts=min((line["first"] for line in lines if line["first"]), default=""),
            drugs=json.dumps(_drugs(lines)),
        )
    )  # fmt: skip


def _drugs(lines: Sequence[dict[str, str]]) -> list[str]:
    """What the cycle is about: the drugs it begins with, without what only goes along with them."""
    begun = [line["drug"] for line in lines if line["first"]]
    return list(dict.fromkeys(begun or [line["drug"] for line in lines]))


def waiting_cycles(store: Store, who: SignedIn) -> tuple[Waiting, ...]:
    """The cycles of all patients that wait for a second person, the one that begins first on top."""
    require(store, who, "search_patients")
    query = (
        select(WAITING.c.course, WAITING.c.cycle, WAITING.c.state, WAITING.c.at, WAITING.c.starts, WAITING.c.drugs, *LINE_COLUMNS)
        .join(PATIENT)
        .order_by(WAITING.c.starts, PATIENT.c.family_name, PATIENT.c.given_name, WAITING.c.course, WAITING.c.cycle)
    )
    return tuple(_waiting(row) for row in store.rows(query))


def _waiting(row: Row[Any]) -> Waiting:
    patient = placed_line(*list(row)[6:])
    return Waiting(
        patient=patient,
        cycle=Cycle(patient=patient.id, course=row.course, cycle=row.cycle),
        state=row.state,
        starts=date.fromisoformat(row.starts) if row.starts else None,
        drugs=tuple(json.loads(row.drugs)),
        since=row.at,
    )
