"""What every gate shares: the worst verdict, how a value is shown, how old it may be, which field it belongs to, its baseline."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from mbc_desktop.dosing.gates import GateItem, Verdict, baseline_of, item_for, policy_of, too_old, verdict_of
from mbc_desktop.dosing.release import release_gate
from mbc_desktop.patient.plausibility import FieldPolicy
from mbc_desktop.regimen.dose_rules import Band, BandRow, ByClass, Condition, Outcome, Together, TogetherRow
from mbc_desktop.regimen.hold_rules import (
    CalciumGate,
    ClearanceGate,
    CreatinineRise,
    DentalGate,
    EscalationGate,
    GeneTestGate,
    HeartGate,
    RecentGate,
    RiseLimit,
    ThresholdGate,
)
from tests.dosing.gate_days import BASELINE_ON, FIELDS, ago, day, line, said
from tests.dosing.orders import TODAY, drug, situation, value

RULE = DentalGate(kind="dental_gate", id="gate", source="label_text", grade="label")


@pytest.mark.parametrize(
    ("verdicts", "worst"),
    [
        ((), "go"),
        (("go",), "go"),
        (("go", "ask"), "ask"),
        (("ask", "go"), "ask"),
        (("ask", "wait", "go"), "wait"),
        (("go", "wait"), "wait"),
    ],
)
def test_the_worst_verdict_counts(verdicts: tuple[Verdict, ...], worst: Verdict) -> None:
    assert verdict_of(tuple(line("x", verdict) for verdict in verdicts)) == worst


def test_a_line_about_nothing_shows_nothing() -> None:
    assert GateItem(rule="gate", kind="x", verdict="go", source="label_text", grade="label") == line("x", "go")
    assert item_for(RULE, "x", "go", today=TODAY) == line("x", "go")


def test_what_a_line_shows_of_a_measurement() -> None:
    seen = ago(2, "weight", "70.126", "kg")
    on = TODAY - timedelta(days=2)
    assert item_for(RULE, "x", "go", today=TODAY, seen=seen) == line("x", "go", shown="70.13", unit="kg", on=on)
    # What was compared is shown in place of the measured value, with its own unit or none.
    assert item_for(RULE, "x", "go", today=TODAY, seen=seen, value=Decimal("1.50"), unit="m2") == line(
        "x", "go", shown="1.5", unit="m2", on=on
    )
    assert item_for(RULE, "x", "go", today=TODAY, seen=seen, value=Decimal(2)) == line("x", "go", shown="2", on=on)
    assert item_for(RULE, "x", "go", today=TODAY, value="dialysis", limit="> 1") == line("x", "go", shown="dialysis", limit="> 1")


LAB = replace(FIELDS["creatinine_mg_dl"], fresh_days=7, refuse_days=90)


@pytest.mark.parametrize(
    ("days", "confirmed", "old"),
    [(7, "", False), (8, "", True), (8, "seen", False), (90, "seen", False), (91, "seen", True), (90, "", True)],
)
def test_how_old_a_value_may_be(days: int, confirmed: str, old: bool) -> None:
    seen = replace(ago(days, "creatinine", "0.85", "mg/dL"), confirmed_reason=confirmed)
    found = too_old((seen,), today=TODAY, fields={"creatinine_mg_dl": LAB})
    assert found == (((seen, 7),) if old else ())


@pytest.mark.parametrize("without", ["fresh_days", "refuse_days"])
def test_a_field_without_days_lets_nothing_age(without: str) -> None:
    policy: FieldPolicy = replace(LAB, **{without: None})
    old = ago(900, "creatinine", "0.85", "mg/dL")
    assert too_old((old,), today=TODAY, fields={"creatinine_mg_dl": policy}) == ()
    assert too_old((old,), today=TODAY, fields={}) == ()


def test_a_value_without_a_field_does_not_stop_the_others() -> None:
    unknown, old = ago(900, "mood", "1", "points"), ago(8, "creatinine", "0.85", "mg/dL")
    assert too_old((unknown, old, old), today=TODAY, fields={"c": LAB}) == ((old, 7),)


@pytest.mark.parametrize(
    ("kind", "unit", "field"),
    [
        ("creatinine", "mg/dL", "creatinine_mg_dl"),
        ("creatinine", "umol/L", "creatinine_umol_l"),
        ("platelets", "10^9/L", "platelets"),
        ("platelets", "/uL", "platelets"),  # no field of its own: converted
        ("weight", "kg", "weight"),
        ("weight", "mg/dL", None),
        ("mood", "points", None),
    ],
)
def test_the_field_of_a_value(kind: str, unit: str, field: str | None) -> None:
    found = policy_of(value(kind, "1", unit), FIELDS)
    assert (found.id if found else None) == field


def test_the_baseline_of_a_value() -> None:
    """Recorded as such; else the newest on or before the first day; else the oldest; of one day the one entered last."""
    on_day = replace(value("lvef", "60", "%"), on=BASELINE_ON)
    earlier, later, today = ago(70, "lvef", "65", "%"), ago(55, "lvef", "58", "%"), value("lvef", "50", "%")
    corrected = replace(on_day, quantity=today.quantity)
    recorded = ago(1, "lvef_baseline", "64", "%")
    assert baseline_of("lvef", situation(earlier, on_day, later), BASELINE_ON) == on_day
    assert baseline_of("lvef", situation(earlier, later), BASELINE_ON) == earlier
    assert baseline_of("lvef", situation(later, today), BASELINE_ON) == later
    assert baseline_of("lvef", situation(on_day, corrected, later), BASELINE_ON) == corrected
    assert baseline_of("lvef", situation(on_day, recorded), BASELINE_ON) == recorded
    assert baseline_of("lvef", situation(value("weight", "70", "kg")), BASELINE_ON) is None


def liver_band(by: str) -> Band:
    rows = (BandRow(at_least=Decimal(0), outcome=Outcome()),)
    return Band(kind="band", id="gate", by=by, rows=rows, source="label_text", grade="label", optional=True)


def test_the_liver_tests_that_a_dose_follows_are_asked_for() -> None:
    """A band and a table over two tests name four lines; a table over a class and a band over the kidneys none."""
    conditions = tuple(Condition(of=name, above=Decimal(1)) for name in ("ast_x_uln", "alp_x_uln"))
    rows = (TogetherRow(conditions=conditions, outcome=Outcome()),) * 2
    both = Together(kind="together", id="gate", rows=rows, source="label_text", grade="label")
    classes = ByClass(kind="class", id="gate", by="child_pugh", rows=(), source="label_text", grade="label")
    medicine = replace(drug(), adjust=(classes, liver_band("crcl_cockcroft_gault"), liver_band("bilirubin_mg_dl"), both))
    fresh, old = ago(7, "bilirubin", "17.1", "umol/L"), ago(8, "bilirubin", "17.1", "umol/L")
    ast = replace(ago(8, "ast", "100", "U/L"), high=Decimal(40))
    unknown = tuple(line(kind, "ask") for kind in ("bilirubin_mg_dl", "ast_x_uln", "alp_x_uln"))
    assert release_gate(medicine, situation(), day()) == unknown
    known = release_gate(medicine, situation(fresh, ast), day())
    assert known == (
        line("bilirubin_mg_dl", "go", shown="1", unit="mg/dL", on=fresh.on),
        line("ast_x_uln", "ask", shown="2.5", on=ast.on),
        line("alp_x_uln", "ask"),
    )
    assert release_gate(medicine, situation(old), day())[0] == line("bilirubin_mg_dl", "ask", shown="1", unit="mg/dL", on=old.on)


def test_every_kind_of_rule_has_its_line() -> None:
    decides = {"decision": "open", "release_if": "yes", "source": "label_text", "grade": "label"}
    rises = (RiseLimit(unit="mg/dL", normal_up_to=Decimal(1), rise_if_normal=Decimal(1), rise_if_raised=Decimal(1)),)
    given = {"source": "label_text", "grade": "label"}
    holds = (
        CreatinineRise(kind="creatinine_rise", id="1", limits=rises, resume_within=Decimal(1), **given),
        CalciumGate(kind="calcium_gate", id="2", ask_from_mmol=Decimal(3), ask_from_mg=Decimal(12), **given),
        ClearanceGate(kind="clearance_gate", id="3", below=Decimal(30), **decides),
        DentalGate(kind="dental_gate", id="4", **given),
        ThresholdGate(kind="threshold", id="5", of="platelets", unit="10^9/L", when="cycle", at_least=Decimal(100), **given),
        HeartGate(kind="heart", id="6", rows=(), **given),
        GeneTestGate(kind="dpyd", id="7", **decides),
        RecentGate(kind="recent", id="8", of="creatinine", **given),
        EscalationGate(
            kind="escalation", id="9", dose=Decimal(80), stay_at=Decimal(60), doses=3, never_below=Decimal(1),
            once_up_to=Decimal(1), **given,
        ),
    )  # fmt: skip
    items = release_gate(replace(drug(), holds=holds), situation(), day(dose="80"))
    assert [(item.rule, item.kind, item.verdict) for item in items] == [
        ("1", "creatinine", "ask"), ("2", "calcium", "ask"), ("3", "crcl_cockcroft_gault", "ask"),
        ("4", "dental_check_on", "ask"),
        ("5", "platelets", "ask"), ("6", "lvef", "ask"), ("7", "dpyd_activity_score", "wait"), ("8", "creatinine", "ask"),
        ("9", "neutrophils", "ask"),
    ]  # fmt: skip


def test_the_rules_speak_in_the_order_of_the_file_and_some_say_nothing() -> None:
    recent = RecentGate(kind="recent", id="gate", of="creatinine", source="label_text", grade="label")
    medicine = replace(drug(), holds=(RULE, recent), adjust=(liver_band("bilirubin_mg_dl"),))
    needed = said("value-needed-before-dose", "info", kind="creatinine")
    later_dose = release_gate(medicine, situation(), day(first=False))
    assert later_dose == (line("creatinine", "ask", needed), line("bilirubin_mg_dl", "ask"))
    assert [item.kind for item in release_gate(medicine, situation(), day())] == [
        "dental_check_on", "creatinine", "bilirubin_mg_dl",
    ]  # fmt: skip
