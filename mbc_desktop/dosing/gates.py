"""What must hold before a dose that is due is released, rule by rule: go, wait or ask, with the value that was looked at and its
age. A stop withholds the dose; nothing ever changes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal

from mbc_desktop.core.decimals import CONTEXT, decimal_text
from mbc_desktop.core.finding import Finding
from mbc_desktop.core.quantity import can_convert
from mbc_desktop.core.record import dataclass
from mbc_desktop.core.source import Grade
from mbc_desktop.dosing.escalation import EarlierDose
from mbc_desktop.dosing.situation import Situation
from mbc_desktop.patient.facts import Measurement
from mbc_desktop.patient.plausibility import FieldPolicy
from mbc_desktop.regimen.dose_rules import Band, Together
from mbc_desktop.regimen.hold_rules import Hold

_HUNDREDTH = Decimal("0.01")

Fields = Mapping[str, FieldPolicy]
Verdict = Literal["go", "wait", "ask"]
VERDICTS: tuple[Verdict, ...] = ("wait", "ask", "go")
"""Worst first."""
DRUG_NAMES = ("look_alike", "companion")
"""Kinds whose value names drugs (ids with a blank between them)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GateItem:
    """What one rule says about one dose that is due: the verdict, the value it looked at (`kind`, text, unit, day and age in
    days; "" and None while nothing is known), the limit it was held against as text, and what must be said about it."""

    rule: str
    kind: str
    verdict: Verdict
    source: str
    grade: Grade
    value: str = ""
    unit: str = ""
    limit: str = ""
    on: date | None = None
    age_days: int | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GateDay:
    """The day on which doses are released: `baseline_on` is the first day of the course (the baseline of a value is the newest
    on or before it), `first` whether this is the first dose of the drug, `dose` the order's amount in its own unit (None where
    a decision gives it), `days` the days of the cycle that its order is for, `earlier` the doses of the drug before it where a
    rule looks at them, `due` the day of the dose (None = today)."""

    today: date
    baseline_on: date
    first: bool
    days: tuple[int, ...]
    fields: Fields
    dose: Decimal | None = None
    earlier: tuple[EarlierDose, ...] = ()
    due: date | None = None


def verdict_of(items: tuple[GateItem, ...]) -> Verdict:
    """The worst of all; go where no rule says anything."""
    return min((item.verdict for item in items), key=VERDICTS.index, default="go")


def item_for(
    rule: Hold | Band | Together,
    kind: str,
    verdict: Verdict,
    *said: Finding,
    today: date,
    seen: Measurement | None = None,
    value: Decimal | str | None = None,
    unit: str = "",
    limit: str = "",
) -> GateItem:
    """One line of a gate. `seen` is the measurement that was looked at, `value` what was compared when it is not the measured
    value itself."""
    shown = seen.quantity.amount if value is None and seen is not None else value
    return GateItem(
        rule=rule.id,
        kind=kind,
        verdict=verdict,
        source=rule.source,
        grade=rule.grade,
        value=_shown(shown) if isinstance(shown, Decimal) else shown or "",
        unit=unit or (seen.quantity.unit if seen is not None and value is None else ""),
        limit=limit,
        on=seen.on if seen is not None else None,
        age_days=(today - seen.on).days if seen is not None else None,
        findings=said,
    )


def too_old(used: tuple[Measurement, ...], *, today: date, fields: Fields) -> tuple[tuple[Measurement, int], ...]:
    """The values among `used` that are too old to release a dose on, each with the number of days it is allowed: beyond
    the field's fresh days unless somebody confirmed the old value with a reason, and beyond its last days in any case."""
    stale: list[tuple[Measurement, int]] = []
    for measurement in used:
        policy = policy_of(measurement, fields)
        age = (today - measurement.on).days
        if policy is None or policy.fresh_days is None or policy.refuse_days is None:
            continue
        if age > policy.refuse_days or (age > policy.fresh_days and not measurement.confirmed_reason):
            item = (measurement, policy.fresh_days)
            stale += [item] if item not in stale else []
    return tuple(stale)


def policy_of(measurement: Measurement, fields: Fields) -> FieldPolicy | None:
    """The field that a measured value belongs to: of its kind and unit, else of its kind and a unit it can be converted to."""
    of_kind = [policy for policy in fields.values() if policy.kind == measurement.kind]
    for policy in of_kind:
        if policy.unit == measurement.quantity.unit:
            return policy
    return next((policy for policy in of_kind if can_convert(measurement.kind, measurement.quantity.unit, policy.unit)), None)


def baseline_of(kind: str, situation: Situation, baseline_on: date) -> Measurement | None:
    """The value before treatment: one recorded as such (kind "lvef_baseline"), else the newest on or before the first day of the
    course, else the oldest. Of two values of one day the one entered last counts."""
    recorded = situation.latest(f"{kind}_baseline")
    if recorded is not None:
        return recorded
    values = list({item.on: item for item in situation.measurements if item.kind == kind}.values())
    before = [item for item in values if item.on <= baseline_on]
    return before[-1] if before else (values[0] if values else None)


def _shown(value: Decimal) -> str:
    """At most two decimals."""
    short = CONTEXT.quantize(value, _HUNDREDTH)
    return decimal_text(value if value == short else short)
