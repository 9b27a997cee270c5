"""Gates of the day of treatment: counts and other values against a limit, the heart, DPD deficiency, and what somebody must have
looked at."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from mbc_desktop.core.decimals import CONTEXT, decimal_text
from mbc_desktop.core.finding import finding
from mbc_desktop.core.interval import add_months
from mbc_desktop.core.quantity import can_convert
from mbc_desktop.dosing.escalation import NEUTROPHILS, kept_low
from mbc_desktop.dosing.gates import GateDay, GateItem, baseline_of, item_for, too_old
from mbc_desktop.dosing.liver_tests import LIVER_NUMBERS
from mbc_desktop.dosing.situation import Missing, Situation
from mbc_desktop.patient.facts import Measurement
from mbc_desktop.regimen.drug import Drug
from mbc_desktop.regimen.hold_rules import EscalationGate, GeneTestGate, HeartGate, HeartRow, RecentGate, ThresholdGate

COUNTS = ("neutrophils", "platelets", "haemoglobin")
"""Values of a blood count."""
HOURS_A_DAY = 24
NO_LIMIT = "none"

DPD_TESTS = ("dpyd_activity_score", "uracil")
"""Either of the two says whether fluoropyrimidines are broken down: the score of the genotype, or uracil in plasma."""


def age_decision(rule: ThresholdGate) -> tuple[str, ...]:
    """The question how old the rule's value may be on the day of the dose, where there is one."""
    if rule.of in COUNTS:
        return ("blood_count_validity",)
    return ("chemistry_validity",) if rule.of in LIVER_NUMBERS else ()


def threshold(rule: ThresholdGate, drug: Drug, situation: Situation, day: GateDay) -> GateItem | None:
    """A value against its limit: go, or what the rule says (wait, ask); a value that is lacking or too old is asked for."""
    if (rule.when == "start" and not day.first) or (rule.days and not set(rule.days) & set(day.days)):
        return None
    rule = _as_decided(rule, situation)
    limit = _limit_text(rule)
    found = _compared(rule, situation)
    if rule.optional and (isinstance(found, Missing) or too_old((found[1],), today=day.today, fields=day.fields)):
        return None
    if isinstance(found, Missing) or too_old((found[1],), today=day.today, fields=day.fields):
        return _asked_for(rule, drug, day, found)
    value, seen = found
    shown = {"today": day.today, "seen": seen, "value": value, "unit": rule.unit, "limit": limit}
    if _holds(rule, value):
        # A count that is good and was taken too long before the treatment releases nothing; one that is low still holds it back.
        taken_too_early = _taken_too_early(rule, situation, day, seen)
        return _asked_for(rule, drug, day, found) if taken_too_early else item_for(rule, rule.of, "go", **shown)  # type: ignore[arg-type]
    edge = next(item for item in (rule.at_least, rule.below, rule.at_most) if item is not None)
    code = "value-too-high" if rule.at_most is not None else "value-above-limit"
    code = "value-below-limit" if rule.at_least is not None else code
    values = {"kind": rule.of, "value": _short(value), "limit": decimal_text(edge), "unit": rule.unit}
    severity = "stop" if rule.verdict == "wait" else "caution"
    said = finding(code, severity, drug=drug.id, source=rule.source, **values)  # type: ignore[arg-type]
    return item_for(rule, rule.of, rule.verdict, said, **shown)  # type: ignore[arg-type]


def heart(rule: HeartGate, drug: Drug, situation: Situation, day: GateDay) -> GateItem:
    """The newest ejection fraction against its rows; a row that needs the value before treatment is skipped while that is not
    known. One that is good and older on the day of the dose than the hospital accepts (decision L8) is asked for again; one that
    holds the drug back does so at any age."""
    now, before = situation.latest("lvef"), baseline_of("lvef", situation, day.baseline_on)
    if now is None or too_old((now,), today=day.today, fields=day.fields):
        said = finding("value-needed-before-dose", "info", drug=drug.id, source=rule.source, kind="lvef")
        return item_for(rule, "lvef", "ask", said, today=day.today, seen=now)
    value = now.quantity.amount
    fall = None if before is None or before is now else before.quantity.amount - value
    for row in rule.rows:
        if _heart_holds(row, value, fall, now.low):
            limit = _row_text(row, now.low)
            values = {"value": decimal_text(value), "fall": "" if fall is None else decimal_text(fall), "limit": limit}
            said = finding("heart-function-low", "stop", drug=drug.id, source=rule.source, **values)
            return item_for(rule, "lvef", "wait", said, today=day.today, seen=now, limit=limit)
    limits = "; ".join(text for row in rule.rows if (text := _row_text(row, now.low)))
    months = situation.chosen.get("lvef_validity", NO_LIMIT)
    if months != NO_LIMIT and add_months(now.on, int(months.split(" ")[0])) < (day.due or day.today):
        said = finding("value-needed-before-dose", "info", drug=drug.id, source=rule.source, kind="lvef")
        return item_for(rule, "lvef", "ask", said, today=day.today, seen=now, limit=limits)
    return item_for(rule, "lvef", "go", today=day.today, seen=now, limit=limits)


def gene_test(rule: GeneTestGate, drug: Drug, situation: Situation, day: GateDay) -> GateItem | None:
    """Before the first dose: a result, or the recorded decision to give without one. What the result does to the dose is an
    adjustment, not a gate; a result does not age."""
    if not day.first:
        return None
    for kind in DPD_TESTS:
        seen = situation.latest(kind)
        if seen is not None:
            return item_for(rule, kind, "go", today=day.today, seen=seen)
    answer = situation.chosen.get(rule.decision)
    if answer == rule.release_if:
        said = finding("dpd-test-missing-confirmed", "caution", drug=drug.id, source=rule.source)
        return item_for(rule, DPD_TESTS[0], "ask", said, today=day.today)
    said = finding("dpd-test-missing", "stop", drug=drug.id, source=rule.source, decision=rule.decision)
    return item_for(rule, DPD_TESTS[0], "wait", said, today=day.today)


def recent(rule: RecentGate, drug: Drug, situation: Situation, day: GateDay) -> GateItem:
    """A value that somebody must have looked at: go while it is fresh, else it is asked for."""
    seen = situation.latest(rule.of)
    if seen is not None and not too_old((seen,), today=day.today, fields=day.fields):
        return item_for(rule, rule.of, "go", today=day.today, seen=seen)
    said = finding("value-needed-before-dose", "info", drug=drug.id, source=rule.source, kind=rule.of)
    return item_for(rule, rule.of, "ask", said, today=day.today, seen=seen)


def escalation(rule: EscalationGate, drug: Drug, situation: Situation, day: GateDay) -> GateItem | None:
    """The counts since the first dose, before a dose that may be higher than those before it: ask where they keep the drug at the
    lower dose, and where none is known."""
    if day.dose != rule.dose:
        return None
    limit = f"< {decimal_text(rule.never_below)}; 2 x <= {decimal_text(rule.once_up_to)}"
    kept = kept_low(drug, situation, day.earlier, ordered=day.dose, on=day.today)
    if kept is not None:
        values = {
            "value": decimal_text(kept.seen.quantity.amount),
            "on": kept.seen.on.isoformat(),
            "dose": decimal_text(kept.per),
        }
        said = finding("stays-at-the-lower-dose", "caution", drug=drug.id, source=rule.source, **values)
        return item_for(rule, NEUTROPHILS, "ask", said, today=day.today, seen=kept.seen, limit=limit)
    begun = day.earlier[0].day if day.earlier else day.baseline_on
    counts = [item for item in situation.measurements if item.kind == NEUTROPHILS and item.on > begun]
    if not counts:
        return item_for(rule, NEUTROPHILS, "ask", today=day.today, limit=limit)
    lowest = min(counts, key=lambda item: item.quantity.amount)
    return item_for(rule, NEUTROPHILS, "go", today=day.today, seen=lowest, limit=limit)


def _as_decided(rule: ThresholdGate, situation: Situation) -> ThresholdGate:
    """The rule with the lowest value that the hospital answered, which is then the hospital's own rule."""
    answer = situation.chosen.get(rule.decision, "") if rule.decision else ""
    if not answer or Decimal(answer) == rule.at_least:
        return rule
    return replace(rule, at_least=Decimal(answer), grade="protocol")


def _asked_for(rule: ThresholdGate, drug: Drug, day: GateDay, found: tuple[Decimal, Measurement] | Missing) -> GateItem:
    """The value that is lacking, or that says too little about the day of the dose."""
    kind = found.facts[0] if isinstance(found, Missing) else found[1].kind
    seen = None if isinstance(found, Missing) else found[1]
    said = finding("value-needed-before-dose", "info", drug=drug.id, source=rule.source, kind=kind)
    return item_for(rule, rule.of, "ask", said, today=day.today, seen=seen, limit=_limit_text(rule))


def _taken_too_early(rule: ThresholdGate, situation: Situation, day: GateDay, seen: Measurement) -> bool:
    """Whether a count, or a liver test, will be older on the day of the dose than the hospital accepts (decisions L4 and L5): 24
    hours are the day itself and the day before, 48 one more."""
    hours = next((situation.chosen.get(key, "") for key in age_decision(rule)), "").split(" ")[0]
    return bool(hours) and ((day.due or day.today) - seen.on).days * HOURS_A_DAY > int(hours)


def _compared(rule: ThresholdGate, situation: Situation) -> tuple[Decimal, Measurement] | Missing:
    """The value that a threshold compares, in the rule's unit, and the measurement it came from."""
    if rule.of in LIVER_NUMBERS:
        found = LIVER_NUMBERS[rule.of](situation)
        return found if isinstance(found, Missing) else (found.decides, found.used[0])
    every = (item for item in reversed(situation.measurements) if item.kind == rule.of)
    measured = next((item for item in every if can_convert(rule.of, item.quantity.unit, rule.unit)), None)
    if measured is None:
        return Missing((rule.of,))
    return measured.quantity.to(rule.unit, analyte=rule.of).amount, measured


def _holds(rule: ThresholdGate, value: Decimal) -> bool:
    if rule.at_least is not None:
        return value >= rule.at_least
    if rule.below is not None:
        return value < rule.below
    return rule.at_most is None or value <= rule.at_most


def _limit_text(rule: ThresholdGate) -> str:
    signs = ((">=", rule.at_least), ("<", rule.below), ("<=", rule.at_most))
    return next(f"{sign} {decimal_text(edge)}" for sign, edge in signs if edge is not None)


def _heart_holds(row: HeartRow, value: Decimal, fall: Decimal | None, normal_from: Decimal | None) -> bool:
    if row.below_normal:
        return normal_from is not None and value < normal_from
    if row.below is not None and not value < row.below:
        return False
    if row.up_to is not None and not value <= row.up_to:
        return False
    if row.fall is None and row.fall_above is None:
        return True
    if fall is None:
        return False
    return fall >= row.fall if row.fall is not None else row.fall_above is not None and fall > row.fall_above


def _row_text(row: HeartRow, normal_from: Decimal | None) -> str:
    if row.below_normal:
        return "" if normal_from is None else f"< {decimal_text(normal_from)}"
    signs = (("<", row.below), ("<=", row.up_to), ("fall >=", row.fall), ("fall >", row.fall_above))
    return " & ".join(f"{sign} {decimal_text(edge)}" for sign, edge in signs if edge is not None)


def _short(value: Decimal) -> str:
    return decimal_text(CONTEXT.quantize(value, Decimal("0.01"))) if len(str(value)) > 8 else decimal_text(value)
