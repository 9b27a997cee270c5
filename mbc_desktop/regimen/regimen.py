"""A regimen: one or more parts, each its own clock; a part runs through phases; a phase repeats a cycle of orders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Literal

from mbc_desktop.core.interval import Interval
from mbc_desktop.core.record import dataclass
from mbc_desktop.core.source import Grade
from mbc_desktop.regimen.dose_rules import BaseDose, Check
from mbc_desktop.regimen.drug import HistoryLine, Status

WEEKDAY_PAIRS = (
    "Monday and Tuesday", "Tuesday and Wednesday", "Wednesday and Thursday", "Thursday and Friday", "Friday and Saturday",
    "Saturday and Sunday", "Sunday and Monday",
)  # fmt: skip
"""How a decision names two fixed weekdays, by the first of them (Monday = 0)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeDays:
    """Days of the cycle on which tablets are taken at home, first to last inclusive; `last` None = every day without end.
    `times` a day; `every_days` 2 = every second day, 7 = once a week. `weekdays` is the key of the decision that names the two
    weekdays on which day 1 and day 2 must fall; "" for tablets that know no weekday."""

    first: int
    last: int | None
    times: int = 1
    every_days: int = 1
    weekdays: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reload:
    """The dose that takes the place of an order's own when the drug was given last `from_days` days ago or longer. With
    `decision`, only where that decision's answer is `if_decided`."""

    kind: Literal["by_gap"]
    from_days: int
    dose: BaseDose
    source: str
    grade: Grade
    form: str = ""
    minutes: int | None = None
    observe_minutes: int | None = None
    decision: str = ""
    if_decided: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One drug line. Exactly one of `days` (given in the day hospital on these days of the cycle) and `take` (tablets at
    home) is filled. Day 1 is the first day of the cycle, day 0 the evening or day before, negative days lie further back.
    `cycles` is (first, last) of the part's own cycle numbers, last None = and on. `role` premedication and support follow
    the visit they belong to. With `decision`, the order is there only where that decision's answer is `if_decided`. With
    `ends_with`, it is no longer given once that other drug of the regimen has ended."""

    drug: str
    route: str
    dose: BaseDose
    source: str
    grade: Grade
    days: tuple[int, ...] = ()
    take: TakeDays | None = None
    cycles: tuple[int, int | None] = (1, None)
    role: Literal["treatment", "premedication", "support"] = "treatment"
    form: str = ""
    minutes: int | None = None
    observe_minutes: int | None = None
    sequence: int = 0
    decision: str = ""
    if_decided: str = ""
    ends_with: str = ""
    reload: tuple[Reload, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A stretch of equal cycles. `every` is the cycle length: an interval, or the key of the site decision that gives it,
    or None for a phase that never repeats (tablets without end). `cycles` None = until progression or another stop. With
    `decision`, the phase belongs to the part only where that decision's answer is `if_decided`; otherwise it is as if not
    there."""

    id: str
    every: Interval | str | None
    cycles: int | None
    orders: tuple[Order, ...]
    decision: str = ""
    if_decided: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One clock of a regimen. `timing_of` names the drug whose timing rules the administrations of this clock (all on one
    day move together); "" for tablets only. A phase may name another drug by `timing_by_phase`. `checks` count by the
    cycles of this clock; those of the regimen by the cycles of its first part."""

    id: str
    phases: tuple[Phase, ...]
    timing_of: str = ""
    timing_by_phase: tuple[tuple[str, str], ...] = ()
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Regimen:
    """One regimen as schedules/regimens/<id>.toml gives it. `section` is the guideline's own numbering ("2", "4.2", "5";
    "" = not in the guideline)."""

    id: str
    version: str
    valid_from: date
    reviewed_on: date
    status: Status
    section: str
    parts: tuple[Part, ...]
    source: str
    grade: Grade
    history: tuple[HistoryLine, ...]
    search: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    advice: tuple[str, ...] = ()
    valid_until: date | None = None
    """The last day on which this version holds; None = until another one takes its place."""


def as_decided(regimen: Regimen, chosen: Mapping[str, str]) -> Regimen:
    """The regimen with only those phases and orders that the answers (`chosen`, by key) leave in it; a phase left without
    orders goes too, and a part left without phases."""
    if not any(_asks(phase) for part in regimen.parts for phase in part.phases):
        return regimen
    parts = (replace(part, phases=_phases_decided(part, chosen)) for part in regimen.parts)
    return replace(regimen, parts=tuple(part for part in parts if part.phases))


def unanswered_phases(regimen: Regimen, chosen: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of decisions that ask for phases and whose answer none of them takes: what was chosen would silently not be
    given."""
    taken: dict[str, set[str]] = {}
    for phase in (phase for part in regimen.parts for phase in part.phases if phase.decision):
        taken.setdefault(phase.decision, set()).add(phase.if_decided)
    return tuple(key for key, answers in taken.items() if chosen.get(key) not in answers)


def _phases_decided(part: Part, chosen: Mapping[str, str]) -> tuple[Phase, ...]:
    phases = (
        replace(phase, orders=tuple(order for order in phase.orders if _holds(order, chosen)))
        for phase in part.phases
        if _holds(phase, chosen)
    )
    return tuple(phase for phase in phases if phase.orders)


def _asks(phase: Phase) -> bool:
    return bool(phase.decision) or any(order.decision for order in phase.orders)


def _holds(item: Phase | Order, chosen: Mapping[str, str]) -> bool:
    return not item.decision or chosen.get(item.decision) == item.if_decided


def drugs_of(regimen: Regimen) -> tuple[str, ...]:
    """The ids of the regimen's treatment drugs (premedication and support aside), in order of first mention."""
    seen = {
        order.drug: None for part in regimen.parts for phase in part.phases for order in phase.orders if order.role == "treatment"
    }
    return tuple(seen)


def ends_with(regimen: Regimen) -> Mapping[str, str]:
    """For each drug that is never given beyond another one of the regimen, that other one."""
    orders = (order for part in regimen.parts for phase in part.phases for order in phase.orders)
    return {order.drug: order.ends_with for order in orders if order.ends_with}
