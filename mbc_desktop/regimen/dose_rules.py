"""The closed kinds of rule that make a dose: base dose, adjustment, limit; and its checks and timing. One record each, read
from schedules/. What holds a dose back stands in hold_rules."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from mbc_desktop.core.finding import Severity
from mbc_desktop.core.record import dataclass
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
    the standard dose, only for orders of `percent_from` or more, `part` the same as a fraction (2, 3): the dose goes down to it,
    never up; `if_there_already` is the mg for a dose that stood at `dose` or lower before. `finding` is the code of a remark
    that goes with the dose, of that `severity`."""

    action: Action = "give"
    dose: Decimal | None = None
    lower_to: Decimal | None = None
    percent: Decimal | None = None
    percent_from: Decimal | None = None
    part: tuple[int, int] | None = None
    if_there_already: Decimal | None = None
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One value that must be `above` (exclusive) or `at_least` (inclusive) an edge; `of` is the id of a computed number
    (bilirubin_x_uln) or a kind of measurement."""

    of: str
    above: Decimal | None = None
    at_least: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TogetherRow:
    """One row: what follows where all its conditions hold at once."""

    conditions: tuple[Condition, ...]
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """A table over several values at once (liver tests), worst row first: the first row whose conditions all hold counts, and
    none leaves the dose as it was. A value that is not known fulfils no condition; the gate of the day asks for it."""

    kind: Literal["together"]
    id: str
    rows: tuple[TogetherRow, ...]
    source: str
    grade: Grade


Adjustment = Band | ByClass | Together


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleLimit:
    """The most that one administration may be (mg), however large the patient. `for_dose` holds it to that dose per m2 or per kg
    and to those below it that have no limit of their own; None = for all."""

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
