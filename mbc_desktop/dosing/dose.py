"""A dose that explains itself: the amount, the steps that led to it, and what is taken from the shelf."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mbc_desktop.core.finding import Finding
from mbc_desktop.core.quantity import Quantity
from mbc_desktop.core.source import Grade
from mbc_desktop.patient.facts import Measurement


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
    """One step to a dose: the rule, the amount after it, the values it looked at, its source and grade."""

    rule: str
    amount: Quantity
    source: str
    grade: Grade
    values: tuple[tuple[str, str], ...] = ()


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
class Dose:
    """One dose with the steps that led to it. `exact` is the amount before the one rounding. Administrations of one order
    share one Dose. `values_on` is the day of the oldest value used (None when no measured value was needed). The steps
    recompute to the amount."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseAnswer:
    """The dose, or None with the findings that say why. `rows` are the rows of the adjustment tables that were used (by
    rule id), `used` the measured values the dose rests on."""

    dose: Dose | None
    findings: tuple[Finding, ...] = ()
    rows: tuple[tuple[str, int], ...] = ()
    used: tuple[Measurement, ...] = ()
