"""What two fields say about each other: swapped or mistaken units show only when values are held side by side.

Every check gives None when it has nothing to say. All percentages are of the earlier value, and a change of exactly the limit is
already asked about."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import Literal

from mbc_desktop.core.decimals import CONTEXT, decimal_text
from mbc_desktop.core.reading import Detail
from mbc_desktop.core.record import dataclass
from mbc_desktop.core.source import Grade

Range = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyLimits:
    """Body mass index in kg/m2: refused outside `hard`, asked about outside `soft`."""

    hard: Range
    soft: Range
    source: str
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightChangeLimits:
    """Change against the previous weight: asked about from each of `ask_percents` on, refused from `refuse_percent` on; a ratio
    (either way) within `pound_tolerance_percent` of `pounds_per_kilogram` is a mistaken unit and refused."""

    ask_percents: tuple[Decimal, ...]
    refuse_percent: Decimal
    pounds_per_kilogram: Decimal
    pound_tolerance_percent: Decimal
    source: str
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatinineLimits:
    """Change against the previous creatinine: asked about from `ask_percent` on."""

    ask_percent: Decimal
    source: str
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseOverrideLimits:
    """A dose typed over a calculated one, in per cent of it: refused below `lowest_percent` and above `highest_percent`, asked
    about when it differs by more than `ask_percent`."""

    lowest_percent: Decimal
    highest_percent: Decimal
    ask_percent: Decimal
    source: str
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossLimits:
    """The limits of all checks of this module and of a dose typed over a calculated one."""

    body: BodyLimits
    weight_change: WeightChangeLimits
    creatinine: CreatinineLimits
    dose_override: DoseOverrideLimits


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """What fields held together object to: asked (warn) or refused (reject), why, and the named values for the sentence."""

    verdict: Literal["warn", "reject"]
    reason: str
    details: tuple[tuple[str, Detail], ...] = ()


def check_body(*, weight_kg: Decimal, height_cm: Decimal, weight: Range, height: Range, limits: BodyLimits) -> Objection | None:
    """Weight against height by the body mass index (kg/m2, Quetelet); `weight` and `height` are the hard limits of both fields.

    Codes: BMI_BELOW_11, BMI_ABOVE_80 (refused), BMI_ABOVE_80_SWAPPED (refused; the two exchanged could be true), BMI_BELOW_16,
    BMI_ABOVE_45 (asked), with the figures of the data."""
    # Compared without dividing, so that a value on a limit is exact: weight * 10000 against limit * height * height.
    scaled = CONTEXT.multiply(weight_kg, Decimal(10000))
    square = CONTEXT.multiply(height_cm, height_cm)
    details: tuple[tuple[str, Detail], ...] = (("weight", weight_kg), ("height", height_cm))
    if scaled < CONTEXT.multiply(limits.hard[0], square):
        return Objection(verdict="reject", reason=f"BMI_BELOW_{decimal_text(limits.hard[0])}", details=details)
    if scaled > CONTEXT.multiply(limits.hard[1], square):
        swapped = weight[0] <= height_cm <= weight[1] and height[0] <= weight_kg <= height[1]
        reason = f"BMI_ABOVE_{decimal_text(limits.hard[1])}{'_SWAPPED' if swapped else ''}"
        return Objection(verdict="reject", reason=reason, details=details)
    if scaled < CONTEXT.multiply(limits.soft[0], square):
        return Objection(verdict="warn", reason=f"BMI_BELOW_{decimal_text(limits.soft[0])}", details=details)
    if scaled > CONTEXT.multiply(limits.soft[1], square):
        return Objection(verdict="warn", reason=f"BMI_ABOVE_{decimal_text(limits.soft[1])}", details=details)
    return None


def check_weight_change(*, previous_kg: Decimal, weight_kg: Decimal, limits: WeightChangeLimits) -> Objection | None:
    """A weight against the previous one (both kg, above zero).

    Codes: LB_KG_RATIO, WEIGHT_CHANGE_25_PCT (refused), WEIGHT_CHANGE_10_PCT, WEIGHT_CHANGE_5_PCT (asked)."""
    details: tuple[tuple[str, Detail], ...] = (("previous", previous_kg), ("value", weight_kg))
    high, low = max(previous_kg, weight_kg), min(previous_kg, weight_kg)
    one_pound_ratio = CONTEXT.multiply(limits.pounds_per_kilogram, low)
    tolerance = CONTEXT.multiply(one_pound_ratio, limits.pound_tolerance_percent)
    if CONTEXT.multiply(abs(CONTEXT.subtract(high, one_pound_ratio)), Decimal(100)) <= tolerance:
        return Objection(verdict="reject", reason="LB_KG_RATIO", details=details)
    if _changed_by(limits.refuse_percent, previous_kg, weight_kg):
        reason = f"WEIGHT_CHANGE_{decimal_text(limits.refuse_percent)}_PCT"
        return Objection(verdict="reject", reason=reason, details=(*details, ("percent", limits.refuse_percent)))
    for percent in sorted(limits.ask_percents, reverse=True):
        if _changed_by(percent, previous_kg, weight_kg):
            reason = f"WEIGHT_CHANGE_{decimal_text(percent)}_PCT"
            return Objection(verdict="warn", reason=reason, details=(*details, ("percent", percent)))
    return None


def check_creatinine_change(*, previous: Decimal, creatinine: Decimal, limits: CreatinineLimits) -> Objection | None:
    """A creatinine against the previous one, both in the same unit and above zero. Code: CREATININE_CHANGE_50_PCT (asked)."""
    if not _changed_by(limits.ask_percent, previous, creatinine):
        return None
    details: tuple[tuple[str, Detail], ...] = (("previous", previous), ("value", creatinine), ("percent", limits.ask_percent))
    return Objection(verdict="warn", reason=f"CREATININE_CHANGE_{decimal_text(limits.ask_percent)}_PCT", details=details)


def check_radiotherapy(*, fractions: int, dose_gy: Decimal, known_schemes: Collection[tuple[int, Decimal]]) -> Objection | None:
    """A typed number of fractions and dose per fraction against the schemes of the guideline, given as (fractions, Gy).

    Codes: SCHEME_NOT_IN_GUIDELINE_80GY with its whole Gy when the total is above every total of the guideline (refused);
    SCHEME_NOT_IN_GUIDELINE (asked)."""
    total = CONTEXT.multiply(dose_gy, Decimal(fractions))
    details: tuple[tuple[str, Detail], ...] = (("fractions", fractions), ("dose", dose_gy), ("total", total))
    if any(fractions == known and dose_gy == dose for known, dose in known_schemes):
        return None
    if all(total > CONTEXT.multiply(dose, Decimal(known)) for known, dose in known_schemes):
        return Objection(verdict="reject", reason=f"SCHEME_NOT_IN_GUIDELINE_{total // 1}GY", details=details)
    return Objection(verdict="warn", reason="SCHEME_NOT_IN_GUIDELINE", details=details)


def _changed_by(percent: Decimal, previous: Decimal, value: Decimal) -> bool:
    change = CONTEXT.multiply(abs(CONTEXT.subtract(value, previous)), Decimal(100))
    return change >= CONTEXT.multiply(previous, percent)
