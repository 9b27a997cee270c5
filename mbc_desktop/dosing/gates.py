"""What must hold before a dose that is due is released: creatinine, calcium, clearance, dental check, counts. Every rule
answers with findings; a stop withholds the dose, nothing ever changes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import assert_never

from mbc_desktop.core.decimals import CONTEXT, decimal_text
from mbc_desktop.core.finding import Finding, finding
from mbc_desktop.core.quantity import can_convert
from mbc_desktop.dosing.situation import Missing, Number, Situation, corrected_calcium, creatinine_clearance
from mbc_desktop.patient.facts import Measurement
from mbc_desktop.patient.plausibility import FieldPolicy
from mbc_desktop.regimen.dose_rules import CalciumGate, ClearanceGate, CreatinineRise, DentalGate, ThresholdGate
from mbc_desktop.regimen.drug import Drug
from mbc_desktop.regimen.site import LabRange

Fields = Mapping[str, FieldPolicy]


def release_findings(
    drug: Drug,
    situation: Situation,
    *,
    today: date,
    baseline_on: date,
    first: bool,
    days: tuple[int, ...],
    fields: Fields,
    ranges: tuple[LabRange, ...],
) -> tuple[Finding, ...]:
    """All that the drug's holds say about a dose due now. `baseline_on` is the first day of the course (baseline
    creatinine is the newest on or before it), `first` whether this is the first dose, `days` the days of the cycle that its
    order is for, `ranges` the site's laboratory limits for results that carry none."""
    found: list[Finding] = []
    for rule in drug.holds:
        match rule:
            case CreatinineRise():
                found += _creatinine_rise(rule, drug, situation, baseline_on)
            case CalciumGate():
                found += _calcium(rule, drug, situation, today, fields, ranges)
            case ClearanceGate():
                found += _clearance(rule, drug, situation)
            case DentalGate():
                if first and situation.facts.dental_check_on is None:
                    found.append(finding("dental-check-missing", "caution", drug=drug.id, source=rule.source))
            case ThresholdGate():
                if not rule.days or set(rule.days) & set(days):
                    found += _threshold(rule, drug, situation, today, first, fields)
            case _:
                assert_never(rule)
    return tuple(found)


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


def is_held_for_creatinine(drug: Drug, situation: Situation, baseline_on: date) -> bool:
    """Whether a rise of creatinine holds the drug on the day of the situation."""
    return any(_held_for(rule, situation, baseline_on) is not None for rule in drug.holds if isinstance(rule, CreatinineRise))


def _creatinine_rise(rule: CreatinineRise, drug: Drug, situation: Situation, baseline_on: date) -> list[Finding]:
    held = _held_for(rule, situation, baseline_on)
    if held is None:
        return []
    baseline, latest, limit = held
    start = baseline.quantity.to(latest.quantity.unit, analyte="creatinine").amount
    return [
        finding(
            "creatinine-risen",
            "stop",
            drug=drug.id,
            source=rule.source,
            baseline=decimal_text(start),
            baseline_on=baseline.on.isoformat(),
            now=decimal_text(latest.quantity.amount),
            unit=latest.quantity.unit,
            limit=decimal_text(limit),
            resume_at=decimal_text(CONTEXT.multiply(start, rule.resume_within)),
        )
    ]


def _held_for(rule: CreatinineRise, situation: Situation, baseline_on: date) -> tuple[Measurement, Measurement, Decimal] | None:
    """Baseline, newest value and the rise that counts, while the drug is held: from the first rise at or above the limit
    until creatinine is back within the margin of the baseline. Of two values of one day the one entered last counts."""
    values = list({item.on: item for item in situation.measurements if item.kind == "creatinine"}.values())
    if not values:
        return None
    before = [item for item in values if item.on <= baseline_on]
    baseline = before[-1] if before else values[0]
    held = False
    limit = Decimal(0)
    for item in values[values.index(baseline) + 1 :]:
        now = item.quantity
        start = baseline.quantity.to(now.unit, analyte="creatinine").amount
        limit = _allowed_rise(rule, baseline, now.unit)
        if now.amount - start >= limit:
            held = True
        elif held and now.amount <= CONTEXT.multiply(start, rule.resume_within):
            held = False
    return (baseline, values[-1], limit) if held else None


def _allowed_rise(rule: CreatinineRise, baseline: Measurement, unit: str) -> Decimal:
    """The rise that holds, in `unit`. Whether the baseline is normal is judged in its own unit; one exactly on the edge counts as
    normal: the smaller rise then holds, which is the safer reading."""
    limits = {item.unit: item for item in rule.limits}
    normal = baseline.quantity.amount <= limits[baseline.quantity.unit].normal_up_to
    return limits[unit].rise_if_normal if normal else limits[unit].rise_if_raised


def _calcium(
    rule: CalciumGate, drug: Drug, situation: Situation, today: date, fields: Fields, ranges: tuple[LabRange, ...]
) -> list[Finding]:
    calcium = situation.latest("calcium")
    if calcium is None:
        return [finding("calcium-missing", "caution", drug=drug.id, source=rule.source)]
    if too_old((calcium,), today=today, fields=fields):
        age = str((today - calcium.on).days)
        return [finding("calcium-too-old", "caution", drug=drug.id, source=rule.source, on=calcium.on.isoformat(), age=age)]
    corrected = corrected_calcium(situation)
    # An albumin from another time says nothing about the calcium of today: then the measured value is judged.
    usable = isinstance(corrected, Number) and not too_old(corrected.used, today=today, fields=fields)
    value = corrected.decides if isinstance(corrected, Number) and usable else calcium.quantity.amount
    unit = calcium.quantity.unit
    low = _lower_limit(calcium, ranges)
    values = {"value": decimal_text(value), "unit": unit, "low": decimal_text(low) if low is not None else ""}
    if low is not None and value < low:
        return [finding("calcium-low", "stop", drug=drug.id, source=rule.source, **values)]
    if value >= (rule.ask_from_mmol if unit == "mmol/L" else rule.ask_from_mg):
        return [finding("calcium-high", "caution", drug=drug.id, source=rule.source, **values)]
    return [] if low is not None else [finding("calcium-range-missing", "caution", drug=drug.id, source=rule.source)]


def _lower_limit(measurement: Measurement, ranges: tuple[LabRange, ...]) -> Decimal | None:
    if measurement.low is not None:
        return measurement.low
    for item in ranges:
        if item.kind == measurement.kind and item.unit == measurement.quantity.unit:
            return Decimal(item.low)
    return None


def _clearance(rule: ClearanceGate, drug: Drug, situation: Situation) -> list[Finding]:
    clearance = creatinine_clearance(situation)
    dialysis = situation.facts.dialysis == "yes"
    if isinstance(clearance, Missing):
        low, value = dialysis, "dialysis"
        if not dialysis:
            facts = " ".join(clearance.facts)
            return [finding("clearance-unknown", "advice", drug=drug.id, source=rule.source, facts=facts)]
    else:
        low, value = dialysis or clearance.decides < rule.below, decimal_text(clearance.decides)
    if not low:
        return []
    answer = situation.chosen.get(rule.decision)
    if answer is None:
        return [finding("decision-missing", "stop", drug=drug.id, source=rule.source, decision=rule.decision, value=value)]
    released = answer == rule.release_if
    code = "severe-renal-confirmed" if released else "severe-renal-not-given"
    return [finding(code, "caution" if released else "stop", drug=drug.id, source=rule.source, value=value)]


def _threshold(rule: ThresholdGate, drug: Drug, situation: Situation, today: date, first: bool, fields: Fields) -> list[Finding]:
    if rule.when == "start" and not first:
        return []
    measurement = situation.latest(rule.of)
    if measurement is None or too_old((measurement,), today=today, fields=fields):
        return [finding("value-needed-before-dose", "info", drug=drug.id, source=rule.source, kind=rule.of)]
    value = measurement.quantity.to(rule.unit, analyte=rule.of).amount
    if (rule.at_least is None or value >= rule.at_least) and (rule.below is None or value < rule.below):
        return []
    limit = rule.at_least if rule.at_least is not None else rule.below
    code = "value-below-limit" if rule.at_least is not None and value < rule.at_least else "value-above-limit"
    limit_text = decimal_text(limit) if limit is not None else ""
    return [
        finding(
            code,
            "stop",
            drug=drug.id,
            source=rule.source,
            kind=rule.of,
            value=decimal_text(value),
            limit=limit_text,
            unit=rule.unit,
        )
    ]
