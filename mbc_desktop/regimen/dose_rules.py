"""The closed kinds of rule that a dose passes: base dose, adjustment, hold, check, timing. One record each, read from
schedules/."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from mbc_desktop.core.finding import Severity
from mbc_desktop.core.source import Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedDose:
    """The same amount for everyone: 500 mg."""

    kind: Literal["fixed"]
    amount: Decimal
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SurfaceDose:
    """An amount per square metre of body surface: mg/m2."""

    kind: Literal["per_m2"]
    amount: Decimal
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightDose:
    """An amount per kilogram of body weight: mg/kg."""

    kind: Literal["per_kg"]
    amount: Decimal
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UndecidedDose:
    """An amount that a site decision gives: the chosen option is the amount (per m2 or fixed, by `per`)."""

    kind: Literal["by_decision"]
    decision: str
    per: Literal["fixed", "per_m2", "per_kg"]
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposureDose:
    """A target exposure (AUC, mg/mL.min), from which Calvert's formula makes milligrams."""

    kind: Literal["auc"]
    amount: Decimal
    unit: str


BaseDose = FixedDose | SurfaceDose | WeightDose | UndecidedDose | ExposureDose

Action = Literal["give", "not_recommended", "contraindicated", "prescriber_decides", "no_figure"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a row of an adjustment says. What is None stays as it was; any action but "give" means no dose, with a finding
    of that name. `dose` is mg of one administration, `lower_to` the order's own unit (mg/m2, mg/kg), `percent` a percentage of
    the order's dose, only for orders of `percent_from` or more: the dose goes down to it, never up. `finding` is the code of a
    remark that goes with the dose, of that `severity`."""

    action: Action = "give"
    dose: Decimal | None = None
    lower_to: Decimal | None = None
    percent: Decimal | None = None
    percent_from: Decimal | None = None
    times: int | None = None
    every_days: int | None = None
    infusion_ml: Decimal | None = None
    minutes: int | None = None
    decision: str = ""
    finding: str = ""
    severity: Severity = "caution"


@dataclass(frozen=True, slots=True, kw_only=True)
class BandRow:
    """One row of a band table. Exactly one of `above` (exclusive) and `at_least` (inclusive) is its lower edge; rows run
    from high to low and the last begins at 0, so that every value falls in exactly one row."""

    outcome: Outcome
    above: Decimal | None = None
    at_least: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A total decision table over one number: the id of a derived value (crcl_cockcroft_gault) or of a measurement kind.
    `optional`: a value that is not known leaves the dose as it was. `rebanding` names the decision (each_dose or
    baseline) that says whether the table is read again at each dose; it then never moves up by itself."""

    kind: Literal["band"]
    id: str
    by: str
    rows: tuple[BandRow, ...]
    source: str
    grade: Grade
    optional: bool = False
    rebanding: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRow:
    """One row of a class table: the fact's value and what follows."""

    value: str
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class ByClass:
    """A table over a fact with named values (child_pugh A, B, C). A fact not given leaves the dose as it was."""

    kind: Literal["class"]
    id: str
    by: str
    rows: tuple[ClassRow, ...]
    source: str
    grade: Grade


Adjustment = Band | ByClass


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleLimit:
    """The most that one administration may be (mg), however large the patient. `for_dose` holds it to orders of that dose per
    m2 or per kg; None = for all."""

    kind: Literal["single"]
    id: str
    at_most: Decimal
    unit: str
    source: str
    grade: Grade
    for_dose: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling:
    """No administration exceeds this many mg/kg of today's weight, or mg/m2 of today's body surface. `round_down`: the dose is
    never rounded up past it either."""

    kind: Literal["ceiling"]
    id: str
    at_most: Decimal
    unit: str
    source: str
    grade: Grade
    round_down: bool = False


Limit = SingleLimit | Ceiling


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
    """At the start (`when` = start) or before each cycle (`when` = cycle) a measured value must be `at_least` or `below`
    a limit. `days` holds it to orders for those days of the cycle; empty = for all."""

    kind: Literal["threshold"]
    id: str
    of: str
    unit: str
    when: Literal["start", "cycle"]
    source: str
    grade: Grade
    at_least: Decimal | None = None
    below: Decimal | None = None
    days: tuple[int, ...] = ()


Hold = CreatinineRise | CalciumGate | ClearanceGate | DentalGate | ThresholdGate


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A check-up of one kind on days of a cycle. `cycles` is (first, last) with None for "and on"; `days` count from day
    1 of the cycle. `move` says how the day may leave its nominal date when the unit is closed: to the nearest open day,
    only later or only earlier."""

    kind: str
    days: tuple[int, ...]
    cycles: tuple[int, int | None]
    source: str
    grade: Grade
    move: Literal["nearest", "later", "earlier"] = "nearest"
    every_cycles: int = 1
    decision: str = ""
    if_decided: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """How an administration may move: `window` in days around its due date, `shift` direction on a closed day, `anchor`
    (planned or actual date that the next interval counts from), the least and the greatest number of days between two of
    them. `phase` is "" for all phases, or the id of the phase it holds for."""

    window: tuple[int, int]
    shift: Literal["later", "earlier", "nearest", "none"]
    anchor: Literal["planned", "actual"]
    minimum_days: int
    source: str
    grade: Grade
    maximum_days: int | None = None
    phase: str = ""
