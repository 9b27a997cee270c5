"""What a typed value may be: hard limits (cannot be true: refused), soft limits (unusual: asked), and the ranges of other units.

The limits are data (schedules/fields.toml); this module only knows how to apply them, to a typed text and to a number alike."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Literal

from mbc_desktop.core.decimals import CONTEXT
from mbc_desktop.core.reading import Detail, Reading
from mbc_desktop.core.record import dataclass
from mbc_desktop.core.source import Grade
from mbc_desktop.core.typed_number import read_plain_number
from mbc_desktop.patient.cross_checks import CrossLimits, DoseOverrideLimits
from mbc_desktop.patient.date_plausibility import DatePolicy

_PER_BODY_SURFACE = re.compile(r"/\s*1[.,]73")

Limits = tuple[Decimal, Decimal]
"""Lowest and highest, both still allowed."""

Ageing = Literal["fresh", "old", "too_old", "after_today"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A range (both ends in it) that makes one ask: what `code` names, with the other unit in play ("" when there is none)."""

    low: Decimal
    high: Decimal
    code: str
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldPolicy:
    """The limits of one number field. `kind` is the kind of measurement it feeds, `spellings` are the ways to type its unit.

    `other_units`: a value outside the hard limits that would be one in another unit. `doubts`: a question inside the hard limits,
    asked before the soft ones. `mentions`: what the question of a soft limit also says. `fresh_days` and `refuse_days`: the value
    is asked about when older than the first, and no longer used when older than the second (None: no limit)."""

    id: str
    kind: str
    unit: str
    spellings: tuple[str, ...]
    decimals: int
    hard: Limits | None
    soft: Limits | None
    other_units: tuple[Doubt, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    mentions: tuple[Doubt, ...] = ()
    fresh_days: int | None = None
    refuse_days: int | None = None
    source: str
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """Everything that schedules/fields.toml says: number fields and date fields by id, and the limits of the cross-checks."""

    numbers: Mapping[str, FieldPolicy]
    dates: Mapping[str, DatePolicy]
    checks: CrossLimits


def read_number(text: str, policy: FieldPolicy) -> Reading[Decimal]:
    """What the field makes of a typed text: one plain number (codes of `read_plain_number`), then its limits (`judge_number`).

    A refused number of too many decimals or with three of them also names the unit in whose range it lies (1,65: metres), and
    an eGFR typed with its 1,73 m2 says that it is no clearance."""
    plain = read_plain_number(text, decimals=policy.decimals, spellings=policy.spellings)
    if plain.value is not None:
        return judge_number(plain.value, policy)
    if policy.unit == "mL/min" and plain.reason == "NOT_A_NUMBER" and _PER_BODY_SURFACE.search(text):
        return replace(plain, unit=policy.unit, also=("INDEXED_EGFR_NOT_A_CLEARANCE",))
    candidate = dict(plain.details).get("as_decimal")
    hints = tuple(
        other for other in policy.other_units if isinstance(candidate, Decimal) and other.low <= candidate <= other.high
    )
    named = tuple(("other_unit", other.unit) for other in hints)
    details = (*plain.details, *named, ("unit", policy.unit))
    return replace(plain, unit=policy.unit, also=tuple(other.code for other in hints), details=details)


def judge_number(value: Decimal, policy: FieldPolicy) -> Reading[Decimal]:
    """The verdict on a number in the unit of the field.

    Codes: UNIT_SUSPECT_... (of the data), BELOW_HARD_LIMIT, ABOVE_HARD_LIMIT (refused); the codes of the doubts,
    BELOW_SOFT_LIMIT, ABOVE_SOFT_LIMIT (asked)."""
    if policy.hard is not None and not policy.hard[0] <= value <= policy.hard[1]:
        return _refused_by_limits(value, policy, policy.hard)
    for doubt in policy.doubts:
        if doubt.low <= value <= doubt.high:
            return _asked(value, policy, doubt.code, other_unit=doubt.unit)
    if policy.soft is not None and value < policy.soft[0]:
        return _asked(value, policy, "BELOW_SOFT_LIMIT", limit=policy.soft[0])
    if policy.soft is not None and value > policy.soft[1]:
        return _asked(value, policy, "ABOVE_SOFT_LIMIT", limit=policy.soft[1])
    return Reading(verdict="accept", value=value, unit=policy.unit)


def read_dose_override(
    text: str, policy: FieldPolicy, *, calculated_mg: Decimal | None, limits: DoseOverrideLimits
) -> Reading[Decimal]:
    """A dose in mg typed over a calculated one: per cent of the calculated dose, both ends of each limit still allowed.

    Codes: those of `read_number`; CALCULATED_DOSE_MISSING (nothing to compare with); BELOW_25_PCT_OF_CALCULATED,
    ABOVE_110_PCT_OF_CALCULATED (refused) and DIFFERS_MORE_THAN_5_PCT (asked), with the figures of the data."""
    reading = read_number(text, policy)
    if reading.value is None:
        return reading
    if calculated_mg is None or calculated_mg <= 0:
        return _refused(policy, "CALCULATED_DOSE_MISSING")
    percent = CONTEXT.multiply(reading.value, Decimal(100))
    details: dict[str, Detail] = {"value": reading.value, "calculated": calculated_mg}
    if percent < CONTEXT.multiply(calculated_mg, limits.lowest_percent):
        return _refused(policy, f"BELOW_{limits.lowest_percent}_PCT_OF_CALCULATED", percent=limits.lowest_percent, **details)
    if percent > CONTEXT.multiply(calculated_mg, limits.highest_percent):
        return _refused(policy, f"ABOVE_{limits.highest_percent}_PCT_OF_CALCULATED", percent=limits.highest_percent, **details)
    hundred_percent = CONTEXT.multiply(calculated_mg, Decimal(100))
    if abs(CONTEXT.subtract(percent, hundred_percent)) > CONTEXT.multiply(calculated_mg, limits.ask_percent):
        reason = f"DIFFERS_MORE_THAN_{limits.ask_percent}_PCT"
        return _asked(reading.value, policy, reason, calculated=calculated_mg, percent=limits.ask_percent)
    return reading


def ageing(policy: FieldPolicy, *, on: date, today: date) -> Ageing:
    """How old a value of that field is: asked about when old, not used for what is due now when too old."""
    days = (today - on).days
    if days < 0:
        return "after_today"
    if policy.refuse_days is not None and days > policy.refuse_days:
        return "too_old"
    return "old" if policy.fresh_days is not None and days > policy.fresh_days else "fresh"


def _refused_by_limits(value: Decimal, policy: FieldPolicy, hard: Limits) -> Reading[Decimal]:
    for other in policy.other_units:
        if other.low <= value <= other.high:
            return _refused(policy, other.code, value=value, other_unit=other.unit)
    if value < hard[0]:
        return _refused(policy, "BELOW_HARD_LIMIT", value=value, limit=hard[0])
    return _refused(policy, "ABOVE_HARD_LIMIT", value=value, limit=hard[1])


def _refused(policy: FieldPolicy, reason: str, **details: Detail) -> Reading[Decimal]:
    return Reading(
        verdict="reject", value=None, unit=policy.unit, reason=reason, details=(*details.items(), ("unit", policy.unit))
    )


def _asked(value: Decimal, policy: FieldPolicy, reason: str, **details: Detail) -> Reading[Decimal]:
    mentions = [mention for mention in policy.mentions if mention.low <= value <= mention.high]
    named = [("other_unit", mention.unit) for mention in mentions]
    return Reading(
        verdict="warn",
        value=value,
        unit=policy.unit,
        reason=reason,
        also=tuple(mention.code for mention in mentions),
        details=(("value", value), *details.items(), *named, ("unit", policy.unit)),
    )
