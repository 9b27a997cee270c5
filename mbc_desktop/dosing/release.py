"""The gate of one dose that is due: every rule that may hold the drug back, each with its verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from mbc_desktop.dosing import bone_agent_gates, treatment_gates
from mbc_desktop.dosing.gates import GateDay, GateItem, item_for, too_old
from mbc_desktop.dosing.liver_tests import LIVER_NUMBERS
from mbc_desktop.dosing.situation import Missing, Situation
from mbc_desktop.regimen.dose_rules import Band, ByClass, Together
from mbc_desktop.regimen.drug import Drug
from mbc_desktop.regimen.hold_rules import (
    CalciumGate,
    ClearanceGate,
    CreatinineRise,
    DentalGate,
    EscalationGate,
    GeneTestGate,
    HeartGate,
    Hold,
    RecentGate,
    ThresholdGate,
)


def release_gate(drug: Drug, situation: Situation, day: GateDay) -> tuple[GateItem, ...]:
    """All that the drug's holds say about a dose due now, in the order of its file; then which liver tests its dose would follow,
    asked for while they are not known. Where a value already holds the dose, no question about that value is said beside it."""
    items = [item for rule in drug.holds if (item := _judged(rule, drug, situation, day)) is not None]
    holding = {item.kind for item in items if item.verdict == "wait"}
    said = (replace(item, findings=()) if item.verdict == "ask" and item.kind in holding else item for item in items)
    return (*said, *_liver_tests(drug, situation, day))


def _liver_tests(drug: Drug, situation: Situation, day: GateDay) -> Iterator[GateItem]:
    """A liver table leaves the dose as it was while its values are not known: then somebody is asked for them."""
    for rule in drug.adjust:
        asked: tuple[str, ...]
        match rule:
            case Band():
                asked = (rule.by,)
            case Together():
                asked = tuple(dict.fromkeys(condition.of for row in rule.rows for condition in row.conditions))
            case ByClass():
                continue
            case _:
                assert_never(rule)
        for id in asked:
            if id in LIVER_NUMBERS:
                yield _liver_item(rule, id, situation, day)


def _liver_item(rule: Band | Together, id: str, situation: Situation, day: GateDay) -> GateItem:
    found = LIVER_NUMBERS[id](situation)
    if isinstance(found, Missing):
        return item_for(rule, id, "ask", today=day.today)
    seen = found.used[0]
    old = too_old(found.used, today=day.today, fields=day.fields)
    return item_for(rule, id, "ask" if old else "go", today=day.today, seen=seen, value=found.decides, unit=found.unit)


def _judged(rule: Hold, drug: Drug, situation: Situation, day: GateDay) -> GateItem | None:
    match rule:
        case CreatinineRise():
            return bone_agent_gates.creatinine_rise(rule, drug, situation, day)
        case CalciumGate():
            return bone_agent_gates.calcium(rule, drug, situation, day)
        case ClearanceGate():
            return bone_agent_gates.clearance(rule, drug, situation, day)
        case DentalGate():
            return bone_agent_gates.dental(rule, drug, situation, day)
        case ThresholdGate():
            return treatment_gates.threshold(rule, drug, situation, day)
        case HeartGate():
            return treatment_gates.heart(rule, drug, situation, day)
        case GeneTestGate():
            return treatment_gates.gene_test(rule, drug, situation, day)
        case RecentGate():
            return treatment_gates.recent(rule, drug, situation, day)
        case EscalationGate():
            return treatment_gates.escalation(rule, drug, situation, day)
        case _:
            assert_never(rule)
