"""A dose that explains itself: the amount, the steps that led to it, and what is taken from the shelf."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from mbc_desktop.core.decimals import CONTEXT
from mbc_desktop.core.finding import Finding
from mbc_desktop.core.quantity import Quantity
from mbc_desktop.core.record import dataclass
from mbc_desktop.core.source import Grade
from mbc_desktop.patient.facts import Measurement
from mbc_desktop.regimen.drug import Drug
from mbc_desktop.regimen.regimen import Order

if TYPE_CHECKING:
    from mbc_desktop.dosing.dose_work import DoseLevel
    from mbc_desktop.dosing.escalation import KeptLow


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """A number computed from facts: shown value, unrounded value, unit, the inputs it was computed from (name, text) and
    the day they are of."""

    id: str
    value: str
    exact: str
    unit: str
    inputs: tuple[tuple[str, str], ...]
    source: str
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step to a dose: the rule, the amount before it (None for the first one) and after it, the values it looked at, its
    source and grade."""

    rule: str
    amount: Quantity
    source: str
    grade: Grade
    values: tuple[tuple[str, str], ...] = ()
    before: Quantity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherConvention:
    """What the same order would have given, unrounded, with other answers to the questions in `conventions` (key, answer)."""

    conventions: tuple[tuple[str, str], ...]
    amount: Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Bag:
    """Millilitres of finished solution between which the concentration stays within the limits of the source (mg/mL); None where
    the source gives no limit on that side."""

    least_ml: Decimal | None
    most_ml: Decimal | None
    lowest: Decimal | None
    highest: Decimal | None
    source: str
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Give:
    """What is taken from the shelf: `count` pieces of a form; for liquids the volume (mL) to draw up; strength in `unit`
    per piece."""

    count: Decimal
    form: str
    strength: Decimal
    unit: str
    volume_ml: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a dose was computed from, beside the situation: enough to compute it again in another one."""

    order: Order
    drug: Drug
    level: DoseLevel
    kept: KeptLow | None
    rows_so_far: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """One dose with the steps that led to it. `exact` is the amount before the one rounding. Administrations of one order
    share one Dose. `values_on` is the day of the oldest value used (None when no measured value was needed). The steps
    recompute to the amount.

    `choices` are the answers to open questions that it rests on (key, answer), `others` what other answers would have given (for
    carboplatin), `per_measure` the mg per m2 or per kg that it really is before rounding, `measure` those m2 or kg, `waste` the
    mg that stay behind in opened vials, `bag` the volumes that keep the concentration within its limits, `origin` what the
    computed part of it came from (not part of what it is)."""

    amount: Quantity
    exact: Decimal
    give: tuple[Give, ...]
    steps: tuple[Step, ...]
    infusion_ml: Decimal | None = None
    minutes: int | None = None
    observe_minutes: int | None = None
    times: int = 1
    every_days: int = 1
    values_on: date | None = None
    choices: tuple[tuple[str, str], ...] = ()
    others: tuple[OtherConvention, ...] = ()
    per_measure: Decimal | None = None
    measure: Quantity | None = None
    waste: Decimal | None = None
    bag: Bag | None = None
    origin: Origin | None = field(default=None, compare=False, repr=False)

    def deviation_percent(self) -> Decimal:
        """By how many per cent the amount differs from the exact one (two decimals, more is positive)."""
        change = CONTEXT.multiply(CONTEXT.subtract(self.amount.amount, self.exact), Decimal(100))
        return CONTEXT.quantize(CONTEXT.divide(change, self.exact), Decimal("0.01"))


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseAnswer:
    """The dose, or None with the findings that say why. `rows` are the rows of the adjustment tables that were used (by
    rule id), `used` the measured values the dose rests on."""

    dose: Dose | None
    findings: tuple[Finding, ...] = ()
    rows: tuple[tuple[str, int], ...] = ()
    used: tuple[Measurement, ...] = ()
