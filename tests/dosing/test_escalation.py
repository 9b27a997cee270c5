"""Up to the full dose after three at the lower one, and back from it: oral vinorelbine, 60 and 80 mg/m2, a dose a week.

Each case gives what was ordered each week and the lowest count after it ("" = not known); today 80 mg/m2 is ordered."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from mbc_desktop.dosing.compute_dose import compute_dose
from mbc_desktop.dosing.dose_level import keep_low
from mbc_desktop.dosing.dose_work import DoseWork
from mbc_desktop.dosing.escalation import EarlierDose, KeptLow, escalation_rule, kept_low, may_escalate
from mbc_desktop.dosing.treatment_gates import escalation
from mbc_desktop.patient.facts import Measurement
from mbc_desktop.regimen.dose_rules import SurfaceDose
from mbc_desktop.regimen.hold_rules import DentalGate, EscalationGate
from tests.dosing.gate_days import BASELINE_ON, ago, day, line, said
from tests.dosing.orders import TODAY, drug, order, situation, value

UNIT = "10^9/L"
RULE = EscalationGate(
    kind="escalation", id="gate", dose=Decimal(80), stay_at=Decimal(60), doses=3, never_below=Decimal("0.5"),
    once_up_to=Decimal("1.0"), source="label_text", grade="label",
)  # fmt: skip
DENTAL = DentalGate(kind="dental_gate", id="teeth", source="label_text", grade="label")
VINORELBINE = replace(drug(), holds=(DENTAL, RULE))
LIMIT = "< 0.5; 2 x <= 1"


def earlier(*ordered: str) -> tuple[EarlierDose, ...]:
    """A dose a week, the last one a week ago."""
    first = 7 * len(ordered)
    return tuple(
        EarlierDose(day=TODAY - timedelta(days=first - 7 * week), ordered=Decimal(amount)) for week, amount in enumerate(ordered)
    )


def counts(*lowest: str) -> list[Measurement]:
    """A count four days after each dose, where one is known."""
    first = 7 * len(lowest)
    return [ago(first - 7 * week - 4, "neutrophils", amount, UNIT) for week, amount in enumerate(lowest) if amount]


@pytest.mark.parametrize(
    ("ordered", "lowest", "kept_for"),
    [
        # After three doses of 60: once up to 1.0 may be, twice may not; never below 0.5.
        (("60", "60", "60"), ("1.1", "1.2", "1.3"), None),
        (("60", "60", "60"), ("1.1", "1.0", "1.3"), None),
        (("60", "60", "60"), ("1.0", "0.9", "1.3"), "0.9"),
        (("60", "60", "60"), ("1.0", "1.01", "1.3"), None),
        (("60", "60", "60"), ("2.0", "2.0", "0.5"), None),
        (("60", "60", "60"), ("2.0", "2.0", "0.49"), "0.49"),
        (("60", "60", "60"), ("", "2.0", ""), None),  # what is not known lowers nothing
        # Up at 80: the counts at 60 count no more.
        (("60", "60", "60", "80"), ("1.0", "2.0", "2.0", "1.0"), None),
        (("60", "60", "60", "80"), ("2.0", "2.0", "2.0", "0.4"), "0.4"),
        (("60", "60", "60", "80", "80"), ("2.0", "2.0", "2.0", "1.0", "0.8"), "0.8"),
        # The first 80 was ordered with two low counts: it was given at 60, and counts begin anew there.
        (("60", "60", "60", "80"), ("0.9", "0.9", "2.0", "2.0"), "0.9"),
        # Back at 60 for three doses; it rises when all three were followed by a count and none fell too low.
        (("60", "60", "60", "80", "80", "80"), ("2.0", "2.0", "2.0", "0.4", "2.0", "2.0"), "0.4"),
        (("60", "60", "60", "80", "80", "80", "80"), ("2.0", "2.0", "2.0", "0.4", "2.0", "2.0", "2.0"), None),
        (("60", "60", "60", "80", "80", "80", "80"), ("2.0", "2.0", "2.0", "0.4", "2.0", "", "2.0"), "0.4"),
        (("60", "60", "60", "80", "80", "80", "80"), ("2.0", "2.0", "2.0", "0.4", "0.9", "2.0", "0.9"), "0.4"),
        (("60", "60", "60", "80", "80", "80", "80", "80"), ("2.0", "2.0", "2.0", "0.4", "0.3", "2.0", "2.0", "2.0"), None),
        # Risen again after three clean ones, a new fall lowers it again.
        (
            ("60", "60", "60", "80", "80", "80", "80", "80"),
            ("2.0", "2.0", "2.0", "0.4", "2.0", "2.0", "2.0", "0.3"),
            "0.3",
        ),
        (
            ("60", "60", "60", "80", "80", "80", "80", "80"),
            ("2.0", "2.0", "2.0", "0.4", "2.0", "2.0", "1.0", "1.0"),
            None,
        ),
        (
            ("60", "60", "60", "80", "80", "80", "80", "80", "80"),
            ("2.0", "2.0", "2.0", "0.4", "2.0", "2.0", "2.0", "1.0", "0.9"),
            "0.9",
        ),
    ],
)
def test_when_counts_keep_the_drug_low(ordered: tuple[str, ...], lowest: tuple[str, ...], kept_for: str | None) -> None:
    known = counts(*lowest)
    found = kept_low(VINORELBINE, situation(*known), earlier(*ordered), ordered=Decimal(80), on=TODAY)
    if kept_for is None:
        assert found is None
    else:
        seen = next(item for item in known if item.quantity.amount == Decimal(kept_for))
        assert found == KeptLow(rule="gate", per=Decimal(60), seen=seen, source="label_text", grade="label")
        assert found.values() == (("neutrophils", kept_for), ("on", seen.on.isoformat()))


def test_where_nothing_keeps_it_low() -> None:
    low, before = counts("0.9", "0.9", "0.9"), earlier("60", "60", "60")
    at_80 = {"ordered": Decimal(80), "on": TODAY}
    assert kept_low(VINORELBINE, situation(*low), before, **at_80) is not None  # type: ignore[arg-type]
    assert kept_low(VINORELBINE, situation(*low), before, ordered=Decimal(60), on=TODAY) is None
    assert kept_low(VINORELBINE, situation(*low), before, ordered=None, on=TODAY) is None
    assert kept_low(drug(), situation(*low), before, **at_80) is None  # type: ignore[arg-type]
    assert kept_low(VINORELBINE, situation(*low), (), **at_80) is None  # type: ignore[arg-type]
    assert kept_low(VINORELBINE, situation(), before, **at_80) is None  # type: ignore[arg-type]
    platelets = [replace(item, kind="platelets") for item in low]
    assert kept_low(VINORELBINE, situation(*platelets), before, **at_80) is None  # type: ignore[arg-type]
    assert escalation_rule(VINORELBINE) == RULE
    assert escalation_rule(replace(drug(), holds=(DENTAL,))) is None


@pytest.mark.parametrize(
    ("days_ago", "kept"),
    # One dose 7 days ago: its count is after that day, up to and with today.
    [(8, False), (7, False), (6, True), (0, True)],
)
def test_which_dose_a_count_belongs_to(days_ago: int, kept: bool) -> None:
    known = situation(ago(days_ago, "neutrophils", "0.4", UNIT))
    assert (kept_low(VINORELBINE, known, earlier("60"), ordered=Decimal(80), on=TODAY) is not None) == kept


def test_the_count_of_the_day_of_the_next_dose_belongs_to_the_dose_before() -> None:
    """One count a week, each on the day of the next dose: 0.9 after the first, 0.9 after the second."""
    known = situation(ago(14, "neutrophils", "0.9", UNIT), ago(7, "neutrophils", "0.9", UNIT))
    assert kept_low(VINORELBINE, known, earlier("60", "60", "60"), ordered=Decimal(80), on=TODAY) is not None


def test_of_several_counts_after_one_dose_the_lowest_counts_once() -> None:
    """0.9 and 0.8 in one interval are one low count; 400 per microlitre are 0.4."""
    known = [ago(20, "neutrophils", "0.9", UNIT), ago(18, "neutrophils", "0.8", UNIT)]
    before = earlier("60", "60", "60")
    assert kept_low(VINORELBINE, situation(*known), before, ordered=Decimal(80), on=TODAY) is None
    in_microlitres = ago(17, "neutrophils", "400", "/uL")
    found = kept_low(VINORELBINE, situation(*known, in_microlitres), before, ordered=Decimal(80), on=TODAY)
    assert found is not None
    assert found.seen == in_microlitres


@pytest.mark.parametrize(
    ("lowest", "may"),
    [((), True), (("0.5",), True), (("0.49",), False), (("1.0", "2"), True), (("1.0", "1.0"), False), (("1.0", "1.01"), True)],
)
def test_the_rule_itself(lowest: tuple[str, ...], may: bool) -> None:
    values = [Decimal(text) for text in lowest]
    assert may_escalate(values, never_below=Decimal("0.5"), once_up_to=Decimal("1.0")) == may


def test_the_gate_asks_where_counts_keep_the_drug_low() -> None:
    known, before = counts("1.0", "0.9", "1.3"), earlier("60", "60", "60")
    told = said("stays-at-the-lower-dose", "caution", value="0.9", on=known[1].on.isoformat(), dose="60")
    expected = line("neutrophils", "ask", told, shown="0.9", unit=UNIT, limit=LIMIT, on=known[1].on)
    assert escalation(RULE, VINORELBINE, situation(*known), day(dose="80", earlier=before)) == expected


def test_the_gate_goes_with_the_lowest_count_since_the_first_dose() -> None:
    before = earlier("60", "60", "60")
    known = [ago(21, "neutrophils", "0.1", UNIT), ago(30, "neutrophils", "0.2", UNIT), *counts("1.3", "1.1", "1.2")]
    expected = line("neutrophils", "go", shown="1.1", unit=UNIT, limit=LIMIT, on=known[3].on)
    assert escalation(RULE, VINORELBINE, situation(*known), day(dose="80", earlier=before)) == expected
    # The lowest after the first dose, not after the second.
    only_first = ago(18, "neutrophils", "1.0", UNIT)
    found = escalation(RULE, VINORELBINE, situation(only_first, value("neutrophils", "3", UNIT)), day(dose="80", earlier=before))
    assert found is not None
    assert found.on == only_first.on
    # Before the first dose here: since the first day of the course.
    asked = line("neutrophils", "ask", limit=LIMIT)
    on_the_first_day = replace(value("neutrophils", "2", UNIT), on=BASELINE_ON)
    assert escalation(RULE, VINORELBINE, situation(on_the_first_day), day(dose="80")) == asked
    a_day_later = replace(on_the_first_day, on=BASELINE_ON + timedelta(days=1))
    assert escalation(RULE, VINORELBINE, situation(a_day_later), day(dose="80")) == line(
        "neutrophils", "go", shown="2", unit=UNIT, limit=LIMIT, on=a_day_later.on
    )
    platelets = value("platelets", "10", UNIT)
    assert escalation(RULE, VINORELBINE, situation(platelets), day(dose="80", earlier=before)) == asked


def test_only_the_full_dose_has_a_gate() -> None:
    low = value("neutrophils", "0.1", UNIT)
    assert escalation(RULE, VINORELBINE, situation(low), day(dose="60")) is None
    assert escalation(RULE, VINORELBINE, situation(low), day()) is None


@pytest.mark.parametrize(("at_level", "kept"), [("80", True), ("60.1", True), ("60", False), ("40", False)])
def test_a_dose_is_kept_at_the_lower_one_and_never_lifted_to_it(at_level: str, kept: bool) -> None:
    ordered = order(SurfaceDose(kind="per_m2", amount=Decimal(80), unit="mg/m2"))
    work = DoseWork(ordered, VINORELBINE, situation())
    work.at_level = work.per = Decimal(at_level)
    work.measure, work.amount = Decimal(2), Decimal(at_level) * 2
    low = KeptLow(rule="gate", per=Decimal(60), seen=ago(3, "neutrophils", "0.4", UNIT), source="label_text", grade="label")
    keep_low(work, low)
    assert (work.at_level, work.per, work.amount) == (
        (60, 60, 120) if kept else (Decimal(at_level),) * 2 + (Decimal(at_level) * 2,)
    )
    assert [(step.rule, step.source, step.grade) for step in work.steps] == (
        [("kept-low", "label_text", "label")] if kept else []
    )
    if kept:
        on = (TODAY - timedelta(days=3)).isoformat()
        shown = (("standard", at_level), ("now", "60"), ("unit", "mg/m2"), ("neutrophils", "0.4"), ("on", on))
        assert work.steps[0].values == shown
    keep_low(work, None)
    assert len(work.steps) == kept


def test_the_whole_dose_is_kept_low() -> None:
    """60 instead of 80 mg/m2 over 2 m2: 120 mg."""
    ordered = order(SurfaceDose(kind="per_m2", amount=Decimal(80), unit="mg/m2"))
    known = situation(value("weight", "80", "kg"), value("height", "180", "cm"))
    low = KeptLow(rule="gate", per=Decimal(60), seen=ago(3, "neutrophils", "0.4", UNIT), source="label_text", grade="label")
    found = compute_dose(ordered, VINORELBINE, known, kept=low)
    assert found.dose is not None
    assert [step.amount.text() for step in found.dose.steps] == ["160 mg", "120 mg", "120 mg"]
