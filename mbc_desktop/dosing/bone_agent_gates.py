"""Gates of the bone agents: creatinine that rose, calcium, severe loss of kidney function, the dental check."""

from __future__ import annotations

from decimal import Decimal

from mbc_desktop.core.decimals import CONTEXT, decimal_text
from mbc_desktop.core.finding import finding
from mbc_desktop.dosing.gates import GateDay, GateItem, Verdict, baseline_of, item_for, too_old
from mbc_desktop.dosing.patient_numbers import corrected_calcium, creatinine_clearance
from mbc_desktop.dosing.situation import Missing, Number, Situation
from mbc_desktop.patient.facts import Measurement
from mbc_desktop.regimen.drug import Drug
from mbc_desktop.regimen.hold_rules import CalciumGate, ClearanceGate, CreatinineRise, DentalGate


def is_held_for_creatinine(drug: Drug, situation: Situation, day: GateDay) -> bool:
    """Whether a rise of creatinine holds the drug on the day of the situation."""
    return any(_held_for(rule, situation, day) is not None for rule in drug.holds if isinstance(rule, CreatinineRise))


def creatinine_rise(rule: CreatinineRise, drug: Drug, situation: Situation, day: GateDay) -> GateItem:
    """Waits from the first rise until creatinine is back within the margin of its baseline."""
    held, latest = _held_for(rule, situation, day), situation.latest("creatinine")
    if held is None:
        return item_for(rule, "creatinine", "go" if latest else "ask", today=day.today, seen=latest)
    baseline, now, limit = held
    start = baseline.quantity.to(now.quantity.unit, analyte="creatinine").amount
    said = finding(
        "creatinine-risen",
        "stop",
        drug=drug.id,
        source=rule.source,
        baseline=decimal_text(start),
        baseline_on=baseline.on.isoformat(),
        now=decimal_text(now.quantity.amount),
        unit=now.quantity.unit,
        limit=decimal_text(limit),
        resume_at=decimal_text(CONTEXT.multiply(start, rule.resume_within)),
    )
    resume = f"<= {decimal_text(CONTEXT.multiply(start, rule.resume_within))}"
    return item_for(rule, "creatinine", "wait", said, today=day.today, seen=now, limit=resume)


def _held_for(rule: CreatinineRise, situation: Situation, day: GateDay) -> tuple[Measurement, Measurement, Decimal] | None:
    """Baseline, newest value and the rise that counts, while the drug is held. Of two values of one day the one entered last
    counts."""
    values = list({item.on: item for item in situation.measurements if item.kind == "creatinine"}.values())
    baseline = baseline_of("creatinine", situation, day.baseline_on)
    if baseline is None:
        return None
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


def calcium(rule: CalciumGate, drug: Drug, situation: Situation, day: GateDay) -> GateItem:
    """Waits under the laboratory's lower limit, asks above a high grade, and asks for a value or a limit that is lacking."""
    measured = situation.latest("calcium")
    if measured is None:
        said = finding("calcium-missing", "caution", drug=drug.id, source=rule.source)
        return item_for(rule, "calcium", "ask", said, today=day.today)
    if too_old((measured,), today=day.today, fields=day.fields):
        age = str((day.today - measured.on).days)
        said = finding("calcium-too-old", "caution", drug=drug.id, source=rule.source, on=measured.on.isoformat(), age=age)
        return item_for(rule, "calcium", "ask", said, today=day.today, seen=measured)
    corrected = corrected_calcium(situation)
    # An albumin from another time says nothing about the calcium of today: then the measured value is judged.
    usable = isinstance(corrected, Number) and not too_old(corrected.used, today=day.today, fields=day.fields)
    value = corrected.decides if isinstance(corrected, Number) and usable else measured.quantity.amount
    unit, low = measured.quantity.unit, _lower_limit(measured, situation)
    high = rule.ask_from_mmol if unit == "mmol/L" else rule.ask_from_mg
    values = {"value": decimal_text(value), "unit": unit, "low": decimal_text(low) if low is not None else ""}
    values |= {"basis": "corrected" if usable else "measured"}
    limit = f">= {values['low']}"
    if low is not None and value < low:
        said = finding("calcium-low", "stop", drug=drug.id, source=rule.source, **values)
        return item_for(rule, "calcium", "wait", said, today=day.today, seen=measured, value=value, unit=unit, limit=limit)
    if value >= high:
        said = finding("calcium-high", "caution", drug=drug.id, source=rule.source, **values)
        above = f"< {decimal_text(high)}"
        return item_for(rule, "calcium", "ask", said, today=day.today, seen=measured, value=value, unit=unit, limit=above)
    if low is None:
        said = finding("calcium-range-missing", "caution", drug=drug.id, source=rule.source)
        return item_for(rule, "calcium", "ask", said, today=day.today, seen=measured, value=value, unit=unit)
    return item_for(rule, "calcium", "go", today=day.today, seen=measured, value=value, unit=unit, limit=limit)


def _lower_limit(measurement: Measurement, situation: Situation) -> Decimal | None:
    if measurement.low is not None:
        return measurement.low
    for item in situation.ranges:
        if item.kind == measurement.kind and item.unit == measurement.quantity.unit:
            return Decimal(item.low)
    return None


def clearance(rule: ClearanceGate, drug: Drug, situation: Situation, day: GateDay) -> GateItem:
    """Below the limit, or on dialysis, the decision must have been taken; a decision to give is shown as a question."""
    found = creatinine_clearance(situation)
    dialysis = situation.facts.dialysis == "yes"
    limit, kind = f">= {decimal_text(rule.below)}", "crcl_cockcroft_gault"
    if isinstance(found, Missing) and not dialysis:
        said = finding("clearance-unknown", "advice", drug=drug.id, source=rule.source, facts=" ".join(found.facts))
        return item_for(rule, kind, "ask", said, today=day.today, limit=limit)
    value = "dialysis" if isinstance(found, Missing) else decimal_text(found.decides)
    seen = None if isinstance(found, Missing) else min(found.used, key=lambda item: item.on)
    unit = "" if isinstance(found, Missing) else "mL/min"
    if not dialysis and isinstance(found, Number) and found.decides >= rule.below:
        return item_for(rule, kind, "go", today=day.today, seen=seen, value=value, unit=unit, limit=limit)
    answer = situation.chosen.get(rule.decision)
    if answer is None:
        said = finding("decision-missing", "stop", drug=drug.id, source=rule.source, decision=rule.decision, value=value)
        return item_for(rule, kind, "wait", said, today=day.today, seen=seen, value=value, unit=unit, limit=limit)
    released = answer == rule.release_if
    reason = "dialysis" if dialysis else "severe-renal"
    code = f"{reason}-confirmed" if released else f"{reason}-not-given"
    said = finding(code, "caution" if released else "stop", drug=drug.id, source=rule.source, value=value)
    verdict: Verdict = "ask" if released else "wait"
    return item_for(rule, kind, verdict, said, today=day.today, seen=seen, value=value, unit=unit, limit=limit)


def dental(rule: DentalGate, drug: Drug, situation: Situation, day: GateDay) -> GateItem | None:
    """Before the first dose somebody must have looked at the teeth."""
    if not day.first:
        return None
    seen = situation.facts.dental_check_on
    if seen is not None:
        return item_for(rule, "dental_check_on", "go", today=day.today, value=seen.isoformat())
    said = finding("dental-check-missing", "caution", drug=drug.id, source=rule.source)
    return item_for(rule, "dental_check_on", "ask", said, today=day.today)
