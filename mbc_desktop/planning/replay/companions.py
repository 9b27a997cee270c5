"""Drugs that are only given beside another one: where that one is not given, they are not either."""

from __future__ import annotations

from dataclasses import replace

from mbc_desktop.core.finding import Finding, Severity, finding
from mbc_desktop.dosing.gates import GateItem, verdict_of
from mbc_desktop.planning.plan import Administration
from mbc_desktop.planning.replay.visits import NOT_COMING
from mbc_desktop.regimen.drug import OnlyWith

Made = tuple[Administration, tuple[Finding, ...]]


def with_companion(made: Made, rule: OnlyWith, others: tuple[Administration, ...]) -> Made:
    """One administration and its findings, beside the other treatments of its visit. Where none of those of its rule comes
    (omitted, stopped, on hold) it shares their fate, with a caution; where a rule of the day holds them back it waits with
    them, which is a stop. A companion that only lacks a value holds nothing back, and nothing is said where the
    regimen brings none of its own: then it stands in another course."""
    item, found = made
    beside = [other for other in others if other.drug in rule.drugs]
    if not beside or item.status in NOT_COMING or item.status == "given":
        return made
    absent = [other for other in beside if other.status in NOT_COMING or _waits(other)]
    if len(absent) < len(beside):
        return made
    companion = absent[0]
    severity: Severity = "caution" if companion.status in NOT_COMING else "stop"
    said = finding("waits-for-companion", severity, drug=item.drug, source=rule.source, companion=companion.drug)
    if companion.status in NOT_COMING:
        return replace(item, status=companion.status, dose=None, gate=()), (said,)
    gate = GateItem(
        rule="companion",
        kind="companion",
        verdict="wait",
        source=rule.source,
        grade=rule.grade,
        value=companion.drug,
        findings=(said,),
    )
    return replace(item, status="withheld", dose=None, gate=(*item.gate, gate)), (*found, said)


def _waits(item: Administration) -> bool:
    return item.status == "withheld" and verdict_of(item.gate) == "wait"
