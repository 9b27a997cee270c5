"""Gates of the day of treatment, each line whole: verdict, value, unit, limit, day, age, and what is said about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

import pytest

from mbc_desktop.dosing.gates import GateItem
from mbc_desktop.dosing.treatment_gates import gene_test, heart, recent, threshold
from mbc_desktop.patient.facts import Measurement
from mbc_desktop.regimen.hold_rules import GeneTestGate, HeartGate, HeartRow, RecentGate, ThresholdGate
from tests.dosing.gate_days import FIELDS, ago, day, line, said
from tests.dosing.orders import CHOSEN, TODAY, drug, situation, value

COUNTS = ThresholdGate(
    kind="threshold", id="gate", of="neutrophils", unit="10^9/L", when="cycle", source="label_text", grade="label",
    at_least=Decimal("1.5"),
)  # fmt: skip
UNIT = "10^9/L"


def threshold_of(rule: ThresholdGate, *values: Measurement, first: bool = True, days: tuple[int, ...] = (1,)) -> GateItem | None:
    return threshold(rule, drug(), situation(*values), day(first=first, days=days))


@pytest.mark.parametrize(
    ("edge", "amount", "unit", "sign", "code"),
    [
        ("at_least", "1.49", UNIT, ">=", "value-below-limit"),
        ("at_least", "1.5", UNIT, ">=", ""),
        ("below", "1.49", UNIT, "<", ""),
        ("below", "1.5", UNIT, "<", "value-above-limit"),
        ("at_most", "1.5", UNIT, "<=", ""),
        ("at_most", "1.51", UNIT, "<=", "value-too-high"),
        # counts per microlitre: 1490 / 1000 = 1.49
        ("at_least", "1490", "/uL", ">=", "value-below-limit"),
        ("at_least", "1500", "/uL", ">=", ""),
    ],
)
@pytest.mark.parametrize(("otherwise", "severity"), [("wait", "stop"), ("ask", "caution")])
def test_a_value_against_its_limit(
    edge: str, amount: str, unit: str, sign: str, code: str, otherwise: str, severity: str
) -> None:
    edges = {"at_least": None, "below": None, "at_most": None, edge: Decimal("1.5")}
    rule = replace(COUNTS, verdict=otherwise, **edges)  # type: ignore[arg-type]
    in_unit = amount if unit == UNIT else {"1490": "1.49", "1500": "1.5"}[amount]
    told = [said(code, severity, kind="neutrophils", value=in_unit, limit="1.5", unit=UNIT)] if code else []  # type: ignore[arg-type]
    expected = line(
        "neutrophils",
        otherwise if code else "go",
        *told,
        shown=in_unit,
        unit=UNIT,
        limit=f"{sign} 1.5",
        on=TODAY,  # type: ignore[arg-type]
    )
    assert threshold_of(rule, value("neutrophils", amount, unit)) == expected


@pytest.mark.parametrize(
    ("amount", "in_the_sentence"),
    # Up to eight signs are said as they are; a longer number with two decimals.
    [("1.234567", "1.234567"), ("1.2345678", "1.23"), ("1.2360000", "1.24")],
)
def test_a_long_number_is_said_short(amount: str, in_the_sentence: str) -> None:
    found = threshold_of(COUNTS, value("neutrophils", amount, UNIT))
    assert found is not None
    assert dict(found.findings[0].values)["value"] == in_the_sentence
    assert found.value == {"1.234567": "1.23", "1.2345678": "1.23", "1.2360000": "1.24"}[amount]


def test_a_start_gate_looks_at_the_first_dose_only() -> None:
    low = value("neutrophils", "1", UNIT)
    start = replace(COUNTS, when="start")
    assert threshold_of(start, low) is not None
    assert threshold_of(start, low, first=False) is None
    assert threshold_of(COUNTS, low, first=False) is not None


def test_a_gate_for_days_of_the_cycle_looks_at_those() -> None:
    low = value("neutrophils", "1", UNIT)
    rule = replace(COUNTS, days=(1, 8))
    assert threshold_of(rule, low, days=(8,)) is not None
    assert threshold_of(rule, low, days=(15,)) is None
    assert threshold_of(replace(rule, when="start"), low, first=False, days=(8,)) is None
    assert threshold_of(replace(rule, when="start"), low, days=(15,)) is None


def test_a_count_that_is_lacking_or_too_old_is_asked_for() -> None:
    needed = said("value-needed-before-dose", "info", kind="neutrophils")
    assert threshold_of(COUNTS) == line("neutrophils", "ask", needed, limit=">= 1.5")
    old = ago(8, "neutrophils", "4", UNIT)
    assert threshold_of(COUNTS, old) == line(
        "neutrophils", "ask", needed, shown="4", unit=UNIT, limit=">= 1.5", on=TODAY - timedelta(days=8)
    )
    fresh = ago(7, "neutrophils", "4", UNIT)
    assert threshold_of(COUNTS, fresh) == line(
        "neutrophils", "go", shown="4", unit=UNIT, limit=">= 1.5", on=TODAY - timedelta(days=7)
    )


def test_an_optional_value_is_asked_for_by_nobody() -> None:
    rule = replace(COUNTS, optional=True)
    assert threshold_of(rule) is None
    assert threshold_of(rule, ago(8, "neutrophils", "1", UNIT)) is None
    low = threshold_of(rule, ago(7, "neutrophils", "1", UNIT))
    assert low is not None
    assert low.verdict == "wait"


def test_the_newest_value_in_a_unit_that_can_be_compared() -> None:
    """A dipstick of today (+) cannot be compared with grams a day; the collection of yesterday can."""
    rule = replace(COUNTS, of="urine_protein", unit="g/24h", at_least=None, below=Decimal(2))
    dipstick, collected, older = (
        value("urine_protein", "3", "+"),
        ago(1, "urine_protein", "1", "g/24h"),
        ago(2, "urine_protein", "3", "g/24h"),
    )
    found = threshold_of(rule, dipstick, collected, older)
    assert found == line("urine_protein", "go", shown="1", unit="g/24h", limit="< 2", on=collected.on)
    needed = said("value-needed-before-dose", "info", kind="urine_protein")
    assert threshold_of(rule, dipstick) == line("urine_protein", "ask", needed, limit="< 2")


def test_a_liver_test_is_compared_as_a_multiple_of_its_limit() -> None:
    rule = replace(COUNTS, of="bilirubin_x_uln", unit="", at_least=None, at_most=Decimal("1.5"))
    # 1.9 / 1.2 = 1.58333...
    high = replace(value("bilirubin", "1.9", "mg/dL"), high=Decimal("1.2"))
    told = said("value-too-high", "stop", kind="bilirubin_x_uln", value="1.58", limit="1.5", unit="")
    # The unit column of a multiple stays empty, for `value` is no amount of the measurement itself.
    assert threshold_of(rule, high) == line("bilirubin_x_uln", "wait", told, shown="1.58", limit="<= 1.5", on=TODAY)
    lacking = said("value-needed-before-dose", "info", kind="bilirubin_upper_limit")
    assert threshold_of(rule, value("bilirubin", "1.9", "mg/dL")) == line("bilirubin_x_uln", "ask", lacking, limit="<= 1.5")


def heart_of(rows: tuple[HeartRow, ...], *values: Measurement) -> GateItem:
    rule = HeartGate(kind="heart", id="gate", rows=rows, source="label_text", grade="label")
    return heart(rule, drug(), situation(*values), day())


def lvef(amount: str, days: int = 0) -> Measurement:
    return ago(days, "lvef", amount, "%")


def before(amount: str) -> Measurement:
    return ago(60, "lvef_baseline", amount, "%")


def row(below: str = "", up_to: str = "", fall: str = "", fall_above: str = "") -> HeartRow:
    edges = {"below": below, "up_to": up_to, "fall": fall, "fall_above": fall_above}
    return HeartRow(**{name: Decimal(text) if text else None for name, text in edges.items()})


@pytest.mark.parametrize(
    ("rows", "baseline", "now", "limit"),
    [
        ((row(below="40"),), "", "39", "< 40"),
        ((row(below="40"),), "", "40", None),
        ((row(up_to="40"),), "", "40", "<= 40"),
        ((row(up_to="40"),), "", "41", None),
        # a fall of 10 points or more, from 60
        ((row(below="50", fall="10"),), "60", "49", "< 50 & fall >= 10"),
        ((row(below="60", fall="10"),), "60", "50", "< 60 & fall >= 10"),
        ((row(below="60", fall="10"),), "60", "51", None),
        ((row(below="60", fall_above="10"),), "60", "50", None),
        ((row(below="60", fall_above="10"),), "60", "49", "< 60 & fall > 10"),
        ((row(below="50", fall="10"),), "", "45", None),
        ((row(below="50", fall_above="10"),), "", "45", None),
        # the first row that holds is named
        ((row(below="40"), row(below="50", fall="10")), "60", "45", "< 50 & fall >= 10"),
        ((row(below="40"), row(below="50", fall="10")), "60", "39", "< 40"),
    ],
)
def test_the_heart_row_by_row(rows: tuple[HeartRow, ...], baseline: str, now: str, limit: str | None) -> None:
    values = (*((before(baseline),) if baseline else ()), lvef(now))
    fall = str(int(baseline) - int(now)) if baseline else ""
    if limit is None:
        assert heart_of(rows, *values).verdict == "go"
    else:
        told = said("heart-function-low", "stop", value=now, fall=fall, limit=limit)
        assert heart_of(rows, *values) == line("lvef", "wait", told, shown=now, unit="%", limit=limit, on=TODAY)


def test_a_good_heart_goes_with_all_its_limits_named() -> None:
    rows = (row(below="40"), row(up_to="45", fall="10"), row(below="50", fall_above="15"))
    assert heart_of(rows, before("60"), lvef("55")) == line(
        "lvef", "go", shown="55", unit="%", limit="< 40; <= 45 & fall >= 10; < 50 & fall > 15", on=TODAY
    )


@pytest.mark.parametrize(("now", "low", "limit"), [("49", "50", "< 50"), ("50", "50", None), ("49", None, None)])
def test_a_heart_below_the_limit_of_its_laboratory(now: str, low: str | None, limit: str | None) -> None:
    seen = replace(lvef(now), low=None if low is None else Decimal(low))
    rows = (HeartRow(below_normal=True),)
    if limit is None:
        expected = line("lvef", "go", shown=now, unit="%", limit="" if low is None else "< 50", on=TODAY)
    else:
        told = said("heart-function-low", "stop", value=now, fall="", limit=limit)
        expected = line("lvef", "wait", told, shown=now, unit="%", limit=limit, on=TODAY)
    assert heart_of(rows, seen) == expected


def test_a_heart_that_nobody_looked_at_is_asked_for() -> None:
    needed = said("value-needed-before-dose", "info", kind="lvef")
    assert heart_of((row(below="40"),)) == line("lvef", "ask", needed)
    # A hospital that lets an ejection fraction age: 90 days old still goes, 91 days old is asked for.
    ageing = replace(FIELDS["lvef"], fresh_days=90, refuse_days=180)
    rule = HeartGate(kind="heart", id="gate", rows=(row(below="40"),), source="label_text", grade="label")
    today = replace(day(), fields={"lvef": ageing})
    assert heart(rule, drug(), situation(lvef("60", 90)), today).verdict == "go"
    assert heart(rule, drug(), situation(lvef("60", 91)), today) == line(
        "lvef", "ask", needed, shown="60", unit="%", on=TODAY - timedelta(days=91)
    )


def test_the_only_value_is_no_fall_from_itself() -> None:
    rows = (row(below="50", fall="0"),)
    assert heart_of(rows, lvef("45")).verdict == "go"
    # Measured on the first day of the course and again today: 45 - 45 = 0 points.
    assert heart_of(rows, ago(56, "lvef", "45", "%"), lvef("45")).verdict == "wait"


DPD = GeneTestGate(kind="dpyd", id="gate", decision="dpyd_missing", release_if="give", source="label_text", grade="label")


@pytest.mark.parametrize(("kind", "amount", "unit"), [("dpyd_activity_score", "1.5", "points"), ("uracil", "12", "ng/mL")])
def test_either_dpd_test_opens_the_gate_and_does_not_age(kind: str, amount: str, unit: str) -> None:
    seen = ago(900, kind, amount, unit)
    assert gene_test(DPD, drug(), situation(seen), day()) == line(kind, "go", shown=amount, unit=unit, on=seen.on)


def test_without_a_dpd_test_only_a_recorded_decision_releases() -> None:
    missing = said("dpd-test-missing", "stop", decision="dpyd_missing")
    assert gene_test(DPD, drug(), situation(), day()) == line("dpyd_activity_score", "wait", missing)
    other = situation(chosen=CHOSEN | {"dpyd_missing": "wait"})
    assert gene_test(DPD, drug(), other, day()) == line("dpyd_activity_score", "wait", missing)
    confirmed = situation(chosen=CHOSEN | {"dpyd_missing": "give"})
    told = said("dpd-test-missing-confirmed", "caution")
    assert gene_test(DPD, drug(), confirmed, day()) == line("dpyd_activity_score", "ask", told)
    assert gene_test(DPD, drug(), situation(), day(first=False)) is None


def test_a_value_somebody_must_have_looked_at() -> None:
    rule = RecentGate(kind="recent", id="gate", of="creatinine", source="label_text", grade="label")
    needed = said("value-needed-before-dose", "info", kind="creatinine")
    assert recent(rule, drug(), situation(), day()) == line("creatinine", "ask", needed)
    fresh, old = ago(7, "creatinine", "0.85", "mg/dL"), ago(8, "creatinine", "0.85", "mg/dL")
    assert recent(rule, drug(), situation(fresh), day()) == line("creatinine", "go", shown="0.85", unit="mg/dL", on=fresh.on)
    assert recent(rule, drug(), situation(old), day()) == line("creatinine", "ask", needed, shown="0.85", unit="mg/dL", on=old.on)


@pytest.mark.parametrize(
    ("measured", "due", "verdict"),
    [
        # Three months. Of 2 December it is good up to 2 March, today; of 1 December it was so up to yesterday.
        ("2025-12-02", None, "go"),
        ("2025-12-01", None, "ask"),
        # Of 30 December up to 30 March: on the day of the dose, not today, it may be too old.
        ("2025-12-30", "2026-03-30", "go"),
        ("2025-12-30", "2026-03-31", "ask"),
    ],
)
def test_a_good_heart_is_as_old_as_the_hospital_accepts_on_the_day_of_the_dose(
    measured: str, due: str | None, verdict: Literal["go", "ask"]
) -> None:
    seen = replace(value("lvef", "60", "%"), on=date.fromisoformat(measured))
    rule = HeartGate(kind="heart", id="gate", rows=(row(below="40"),), source="label_text", grade="label")
    on = replace(day(), due=None if due is None else date.fromisoformat(due))
    found = heart(rule, drug(), situation(seen, chosen=CHOSEN | {"lvef_validity": "3 months"}), on)
    told = [] if verdict == "go" else [said("value-needed-before-dose", "info", kind="lvef")]
    assert found == line("lvef", verdict, *told, shown="60", unit="%", limit="< 40", on=seen.on)
    for unlimited in (CHOSEN, CHOSEN | {"lvef_validity": "none"}):
        assert heart(rule, drug(), situation(seen, chosen=unlimited), on).verdict == "go"


@pytest.mark.parametrize(
    ("kind", "unit", "amount"), [("neutrophils", UNIT, "4"), ("platelets", UNIT, "200"), ("haemoglobin", "g/dL", "12")]
)
def test_every_value_of_a_blood_count_is_as_old_as_the_hospital_accepts(kind: str, unit: str, amount: str) -> None:
    """48 hours are the day of the dose and the two days before it; without a day of the dose it is today."""
    rule = replace(COUNTS, of=kind, unit=unit)
    chosen = CHOSEN | {"blood_count_validity": "48 hours"}
    for days, due_in, verdict in ((2, None, "go"), (3, None, "ask"), (1, 1, "go"), (2, 1, "ask")):
        on = replace(day(), due=None if due_in is None else TODAY + timedelta(days=due_in))
        found = threshold(rule, drug(), situation(ago(days, kind, amount, unit), chosen=chosen), on)
        assert found is not None
        assert (found.kind, found.verdict) == (kind, verdict)


@pytest.mark.parametrize(
    ("answer", "amount", "verdict"),
    [(None, "1.5", "go"), (None, "1.49", "wait"), ("1.5", "1.49", "wait"), ("1.0", "1.0", "go"), ("1.0", "0.99", "wait")],
)
def test_a_limit_that_the_hospital_may_answer_stays_the_labels_until_it_does(
    answer: str | None, amount: str, verdict: str
) -> None:
    rule = replace(COUNTS, decision="lowest_count")
    chosen = CHOSEN if answer is None else CHOSEN | {"lowest_count": answer}
    found = threshold(rule, drug(), situation(value("neutrophils", amount, UNIT), chosen=chosen), day())
    assert found is not None
    assert (found.verdict, found.limit, found.grade) == (
        verdict,
        f">= {'1' if answer == '1.0' else '1.5'}",
        "protocol" if answer == "1.0" else "label",
    )
