"""The closed kinds of rule that hold a dose back on the day it is due. One record each, read from schedules/."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from mbc_desktop.core.record import dataclass
from mbc_desktop.core.source import Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class RiseLimit:
    """Creatinine rise, in the unit the laboratory reported: hold at `rise_if_normal` or more above a baseline at or under
    `normal_up_to`, at `rise_if_raised` or more above a higher baseline."""

    unit: str
    normal_up_to: Decimal
    rise_if_normal: Decimal
    rise_if_raised: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatinineRise:
    """Hold while creatinine has risen; resume at or under baseline x `resume_within`."""

    kind: Literal["creatinine_rise"]
    id: str
    limits: tuple[RiseLimit, ...]
    resume_within: Decimal
    source: str
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class CalciumGate:
    """Hold while (corrected) calcium is under the laboratory's lower limit; a question to the prescriber from grade
    `ask_from_mmol` or `ask_from_mg` up."""

    kind: Literal["calcium_gate"]
    id: str
    ask_from_mmol: Decimal
    ask_from_mg: Decimal
    source: str
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearanceGate:
    """Below this Cockcroft-Gault clearance (mL/min) the named decision must have been taken before a dose is released."""

    kind: Literal["clearance_gate"]
    id: str
    below: Decimal
    decision: str
    release_if: str
    source: str
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class DentalGate:
    """Before the first dose a dental check must have been recorded (fact dental_check_on)."""

    kind: Literal["dental_gate"]
    id: str
    source: str
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdGate:
    """At the start (`when` = start), before each cycle (cycle), or before it and while its tablets are taken (always) a measured
    value, or a computed one (transaminases_x_uln), must be `at_least`, `below` or `at_most` a limit; else the dose waits, or
    with `verdict` ask it is a question. `days` holds it to orders for those days of the cycle; empty = for all.
    `optional`: it only speaks about a fresh value in a unit that converts to its own, and asks for none. `decision`: the site may
    answer another lowest value, a number in the rule's unit."""

    kind: Literal["threshold"]
    id: str
    of: str
    unit: str
    when: Literal["start", "cycle", "always"]
    source: str
    grade: Grade
    at_least: Decimal | None = None
    below: Decimal | None = None
    at_most: Decimal | None = None
    verdict: Literal["wait", "ask"] = "wait"
    days: tuple[int, ...] = ()
    optional: bool = False
    decision: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeartRow:
    """An ejection fraction (%) that holds the drug: `below` or `up_to` a value, and where given a fall of `fall` points or
    more, or of more than `fall_above`, from the value before treatment; or, alone, `below_normal`: below the lower limit that
    came with the result."""

    below: Decimal | None = None
    up_to: Decimal | None = None
    fall: Decimal | None = None
    fall_above: Decimal | None = None
    below_normal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HeartGate:
    """The newest ejection fraction, alone and against the one before treatment: the dose waits where any row holds."""

    kind: Literal["heart"]
    id: str
    rows: tuple[HeartRow, ...]
    source: str
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneTestGate:
    """Before the first dose a test for DPD deficiency must be known (activity score or uracil); without it only where the named
    decision was answered with `release_if`."""

    kind: Literal["dpyd"]
    id: str
    decision: str
    release_if: str
    source: str
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class RecentGate:
    """A value that somebody must have looked at before each dose, without a limit of its own: asked for while it is missing or
    too old."""

    kind: Literal["recent"]
    id: str
    of: str
    source: str
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationGate:
    """Before each dose of `dose` (in the order's own unit) the lowest neutrophils after the doses before it are looked at: once
    below `never_below`, or more than once up to `once_up_to` (10^9/L), and `stay_at` is given instead, for at least `doses`
    doses."""

    kind: Literal["escalation"]
    id: str
    dose: Decimal
    stay_at: Decimal
    doses: int
    never_below: Decimal
    once_up_to: Decimal
    source: str
    grade: Grade


Hold = (
    CreatinineRise
    | CalciumGate
    | ClearanceGate
    | DentalGate
    | ThresholdGate
    | HeartGate
    | GeneTestGate
    | RecentGate
    | EscalationGate
)
