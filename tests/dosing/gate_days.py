"""Days of treatment, older values and whole lines of a gate for tests of the gates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from mbc_desktop.core.finding import Finding, Severity, finding
from mbc_desktop.core.folders import find_schedules
from mbc_desktop.dosing.escalation import EarlierDose
from mbc_desktop.dosing.gates import GateDay, GateItem, Verdict
from mbc_desktop.patient.facts import Measurement
from mbc_desktop.regimen.fields_file import load_fields
from tests.dosing.orders import TODAY, value

FIELDS = load_fields(find_schedules()).numbers
BASELINE_ON = TODAY - timedelta(days=56)


def day(
    *, first: bool = True, days: tuple[int, ...] = (1,), dose: str | None = None, earlier: tuple[EarlierDose, ...] = ()
) -> GateDay:
    """Today, of a course that began eight weeks ago."""
    amount = None if dose is None else Decimal(dose)
    return GateDay(today=TODAY, baseline_on=BASELINE_ON, first=first, days=days, fields=FIELDS, dose=amount, earlier=earlier)


def ago(days: int, kind: str, amount: str, unit: str) -> Measurement:
    """A value measured so many days before today."""
    return replace(value(kind, amount, unit), on=TODAY - timedelta(days=days))


def line(
    kind: str,
    verdict: Verdict,
    *said: Finding,
    shown: str = "",
    unit: str = "",
    limit: str = "",
    on: date | None = None,
) -> GateItem:
    """A whole line of the rule "gate"."""
    age = None if on is None else (TODAY - on).days
    return GateItem(
        rule="gate", kind=kind, verdict=verdict, source="label_text", grade="label",
        value=shown, unit=unit, limit=limit, on=on, age_days=age, findings=said,
    )  # fmt: skip


def said(code: str, severity: Severity, **values: str) -> Finding:
    """What a rule of these tests says about the drug alfa."""
    return finding(code, severity, drug="alfa", source="label_text", **values)
