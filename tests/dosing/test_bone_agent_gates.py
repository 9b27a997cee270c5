"""Gates of the bone agents, each line whole: creatinine that rose, calcium, clearance, teeth."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from mbc_desktop.dosing.bone_agent_gates import calcium, clearance, creatinine_rise, dental, is_held_for_creatinine
from mbc_desktop.dosing.gates import GateItem
from mbc_desktop.patient.facts import Facts, Measurement
from mbc_desktop.regimen.hold_rules import CalciumGate, ClearanceGate, CreatinineRise, DentalGate, RiseLimit
from mbc_desktop.regimen.site import LabRange
from tests.dosing.gate_days import BASELINE_ON, ago, day, line, said
from tests.dosing.orders import CHOSEN, TODAY, drug, situation, value

RISE = CreatinineRise(
    kind="creatinine_rise", id="gate", resume_within=Decimal("1.1"), source="label_text", grade="label",
    limits=(
        RiseLimit(unit="mg/dL", normal_up_to=Decimal("1.4"), rise_if_normal=Decimal("0.5"), rise_if_raised=Decimal("1.0")),
        RiseLimit(unit="umol/L", normal_up_to=Decimal(124), rise_if_normal=Decimal(44), rise_if_raised=Decimal(88)),
    ),
)  # fmt: skip


def creatinine(*amounts: str, unit: str = "mg/dL") -> list[Measurement]:
    """A value on the first day of the course, then one a week, the last one today."""
    later = [ago(7 * (len(amounts) - 2 - place), "creatinine", amount, unit) for place, amount in enumerate(amounts[1:])]
    return [replace(value("creatinine", amounts[0], unit), on=BASELINE_ON), *later]


def rise_of(*values: Measurement) -> GateItem:
    return creatinine_rise(RISE, drug(), situation(*values), day())


@pytest.mark.parametrize(
    ("amounts", "unit", "limit", "resume"),
    [
        (("0.8", "1.29"), "mg/dL", None, ""),
        (("0.8", "1.3"), "mg/dL", "0.5", "0.88"),  # 0.8 + 0.5; back at 0.8 x 1.1
        (("1.4", "1.9"), "mg/dL", "0.5", "1.54"),  # 1.4 is still normal
        (("1.41", "1.91"), "mg/dL", None, ""),
        (("1.41", "2.40"), "mg/dL", None, ""),
        (("1.41", "2.41"), "mg/dL", "1", "1.551"),
        (("124", "168"), "umol/L", "44", "136.4"),
        (("125", "212"), "umol/L", None, ""),
        (("125", "213"), "umol/L", "88", "137.5"),
        (("0.8", "1.3", "1.2"), "mg/dL", "0.5", "0.88"),  # held until back within a tenth
        (("0.8", "1.3", "0.89"), "mg/dL", "0.5", "0.88"),
        (("0.8", "1.3", "0.88"), "mg/dL", None, ""),
        (("0.8", "1.3", "0.88", "0.9"), "mg/dL", None, ""),
        (("0.8", "1.3", "0.8", "1.4"), "mg/dL", "0.5", "0.88"),
    ],
)
def test_creatinine_holds_from_its_rise_until_it_is_back(
    amounts: tuple[str, ...], unit: str, limit: str | None, resume: str
) -> None:
    values = creatinine(*amounts, unit=unit)
    now = str(Decimal(amounts[-1]).normalize() if "." in amounts[-1] else amounts[-1])
    if limit is None:
        assert rise_of(*values) == line("creatinine", "go", shown=now, unit=unit, on=TODAY)
    else:
        told = said(
            "creatinine-risen", "stop", baseline=amounts[0], baseline_on=BASELINE_ON.isoformat(), now=now, unit=unit,
            limit=limit, resume_at=resume,
        )  # fmt: skip
        assert rise_of(*values) == line("creatinine", "wait", told, shown=now, unit=unit, limit=f"<= {resume}", on=TODAY)


def test_a_laboratory_that_changed_its_unit() -> None:
    """Baseline 0.8 mg/dL = 70.72 umol/L, normal; + 44 = 114.72; back at 70.72 x 1.1 = 77.792."""
    first = creatinine("0.8")[0]
    assert rise_of(first, value("creatinine", "114", "umol/L")).verdict == "go"
    told = said(
        "creatinine-risen", "stop", baseline="70.72", baseline_on=BASELINE_ON.isoformat(), now="115", unit="umol/L", limit="44",
        resume_at="77.792",
    )  # fmt: skip
    expected = line("creatinine", "wait", told, shown="115", unit="umol/L", limit="<= 77.792", on=TODAY)
    assert rise_of(first, value("creatinine", "115", "umol/L")) == expected


def test_of_two_creatinines_of_one_day_the_one_entered_last_counts() -> None:
    first, risen, corrected = creatinine("0.8")[0], value("creatinine", "1.9", "mg/dL"), value("creatinine", "0.9", "mg/dL")
    assert rise_of(first, risen, corrected).verdict == "go"
    assert rise_of(first, corrected, risen).verdict == "wait"


def test_without_a_creatinine_it_is_asked_for() -> None:
    assert rise_of() == line("creatinine", "ask")
    assert rise_of(value("creatinine", "0.8", "mg/dL")) == line("creatinine", "go", shown="0.8", unit="mg/dL", on=TODAY)


def test_another_value_is_no_creatinine() -> None:
    """Platelets that rise by more than 0.5 hold nothing."""
    assert rise_of(*creatinine("0.8", "0.8"), value("platelets", "250", "10^9/L")).verdict == "go"


def test_whether_a_drug_is_held_for_creatinine() -> None:
    holding = replace(drug(), holds=(DENTAL, RISE))
    assert is_held_for_creatinine(holding, situation(*creatinine("0.8", "1.3")), day())
    assert not is_held_for_creatinine(holding, situation(*creatinine("0.8", "1.2")), day())
    assert not is_held_for_creatinine(drug(), situation(*creatinine("0.8", "1.3")), day())


CALCIUM = CalciumGate(
    kind="calcium_gate", id="gate", ask_from_mmol=Decimal("3.0"), ask_from_mg=Decimal("12.0"), source="label_text", grade="label"
)


def calcium_of(*values: Measurement, ranges: tuple[LabRange, ...] = ()) -> GateItem:
    return calcium(CALCIUM, drug(), replace(situation(*values), ranges=ranges), day())


def measured(amount: str, unit: str = "mmol/L", low: str | None = "2.15", days: int = 0) -> Measurement:
    return replace(ago(days, "calcium", amount, unit), low=None if low is None else Decimal(low))


@pytest.mark.parametrize(
    ("amount", "unit", "low", "verdict", "code", "limit"),
    [
        ("2.14", "mmol/L", "2.15", "wait", "calcium-low", ">= 2.15"),
        ("2.15", "mmol/L", "2.15", "go", "", ">= 2.15"),
        ("2.99", "mmol/L", "2.15", "go", "", ">= 2.15"),
        ("3", "mmol/L", "2.15", "ask", "calcium-high", "< 3"),
        ("8.5", "mg/dL", "8.6", "wait", "calcium-low", ">= 8.6"),
        ("11.9", "mg/dL", "8.6", "go", "", ">= 8.6"),
        ("12", "mg/dL", "8.6", "ask", "calcium-high", "< 12"),
    ],
)
def test_calcium_between_its_limits(amount: str, unit: str, low: str, verdict: str, code: str, limit: str) -> None:
    severity = "stop" if verdict == "wait" else "caution"
    told = [said(code, severity, value=amount, unit=unit, low=low, basis="measured")] if code else []  # type: ignore[arg-type]
    expected = line("calcium", verdict, *told, shown=amount, unit=unit, limit=limit, on=TODAY)  # type: ignore[arg-type]
    assert calcium_of(measured(amount, unit, low)) == expected


def test_calcium_is_corrected_by_an_albumin_of_its_time() -> None:
    """2.05 + 0.02 x (40 - 30) = 2.25; an albumin of eight days ago says nothing about today: 2.05."""
    low = measured("2.05")
    fresh, old = ago(7, "albumin", "30", "g/L"), ago(8, "albumin", "30", "g/L")
    assert calcium_of(low, fresh) == line("calcium", "go", shown="2.25", unit="mmol/L", limit=">= 2.15", on=TODAY)
    told = said("calcium-low", "stop", value="2.05", unit="mmol/L", low="2.15", basis="measured")
    assert calcium_of(low, old) == line("calcium", "wait", told, shown="2.05", unit="mmol/L", limit=">= 2.15", on=TODAY)


def test_a_low_calcium_says_that_it_is_corrected() -> None:
    """2.05 + 0.02 x (40 - 36) = 2.13."""
    told = said("calcium-low", "stop", value="2.13", unit="mmol/L", low="2.15", basis="corrected")
    expected = line("calcium", "wait", told, shown="2.13", unit="mmol/L", limit=">= 2.15", on=TODAY)
    assert calcium_of(measured("2.05"), value("albumin", "36", "g/L")) == expected


def test_calcium_that_is_lacking_or_too_old_is_asked_for() -> None:
    assert calcium_of() == line("calcium", "ask", said("calcium-missing", "caution"))
    on = TODAY - timedelta(days=8)
    old = said("calcium-too-old", "caution", on=on.isoformat(), age="8")
    assert calcium_of(measured("2.3", days=8)) == line("calcium", "ask", old, shown="2.3", unit="mmol/L", on=on)
    assert calcium_of(measured("2.3", days=7)).verdict == "go"


def test_calcium_without_a_lower_limit_is_asked_about() -> None:
    missing = said("calcium-range-missing", "caution")
    assert calcium_of(measured("2.3", low=None)) == line("calcium", "ask", missing, shown="2.3", unit="mmol/L", on=TODAY)
    high = said("calcium-high", "caution", value="3.1", unit="mmol/L", low="", basis="measured")
    assert calcium_of(measured("3.1", low=None)) == line(
        "calcium", "ask", high, shown="3.1", unit="mmol/L", limit="< 3", on=TODAY
    )


@pytest.mark.parametrize(
    ("ranges", "verdict"),
    [
        ((("calcium", "mmol/L", "2.2"),), "wait"),
        ((("calcium", "mmol/L", "2.1"),), "go"),
        ((("calcium", "mg/dL", "8.8"),), "ask"),  # the limit of another unit says nothing
        ((("albumin", "mmol/L", "2.2"),), "ask"),
        ((("albumin", "mmol/L", "1"), ("calcium", "mmol/L", "2.2")), "wait"),
    ],
)
def test_the_site_knows_the_limit_where_the_result_does_not(ranges: tuple[tuple[str, str, str], ...], verdict: str) -> None:
    known = tuple(LabRange(kind=kind, unit=unit, low=low, high="99") for kind, unit, low in ranges)
    assert calcium_of(measured("2.15", low=None), ranges=known).verdict == verdict
    # A limit of the result itself goes first.
    assert calcium_of(measured("2.15", low="2.15"), ranges=known).verdict == "go"


CLEARANCE = ClearanceGate(
    kind="clearance_gate", id="gate", below=Decimal(30), decision="severe_renal", release_if="give", source="label_text",
    grade="label",
)  # fmt: skip


def clearance_of(creatinine: str | None, *, dialysis: bool = False, decision: str = "") -> GateItem:
    """A woman of 65, 72 kg: (140 - 65) x 72 x 0.85 / (72 x creatinine) = 63.75 / creatinine."""
    values = () if creatinine is None else (ago(3, "weight", "72", "kg"), value("creatinine", creatinine, "mg/dL"))
    chosen = CHOSEN | {"crcl_weight": "actual"} | ({"severe_renal": decision} if decision else {})
    known = replace(situation(*values, chosen=chosen), facts=Facts(dialysis="yes" if dialysis else None))
    return clearance(CLEARANCE, drug(), known, day())


WEIGHED = TODAY - timedelta(days=3)
KIND = "crcl_cockcroft_gault"


def clearance_line(verdict: str, *told: object, shown: str, unit: str = "mL/min", on: date | None = WEIGHED) -> GateItem:
    return line(KIND, verdict, *told, shown=shown, unit=unit, limit=">= 30", on=on)  # type: ignore[arg-type]


def test_clearance_at_the_limit_goes() -> None:
    # 63.75 / 2.125 = 30; 63.75 / 2.2 = 28.977, judged as 28.9
    assert clearance_of("2.125") == clearance_line("go", shown="30")
    undecided = said("decision-missing", "stop", decision="severe_renal", value="28.9")
    assert clearance_of("2.2") == clearance_line("wait", undecided, shown="28.9")


def test_below_the_limit_the_decision_releases_or_holds() -> None:
    given = said("severe-renal-confirmed", "caution", value="28.9")
    assert clearance_of("2.2", decision="give") == clearance_line("ask", given, shown="28.9")
    not_given = said("severe-renal-not-given", "stop", value="28.9")
    assert clearance_of("2.2", decision="never") == clearance_line("wait", not_given, shown="28.9")


def test_dialysis_needs_the_decision_whatever_the_clearance() -> None:
    undecided = said("decision-missing", "stop", decision="severe_renal", value="75")
    assert clearance_of("0.85", dialysis=True) == clearance_line("wait", undecided, shown="75")
    unknown = said("decision-missing", "stop", decision="severe_renal", value="dialysis")
    assert clearance_of(None, dialysis=True) == clearance_line("wait", unknown, shown="dialysis", unit="", on=None)


@pytest.mark.parametrize(
    ("decision", "verdict", "code", "severity"),
    [("give", "ask", "dialysis-confirmed", "caution"), ("never", "wait", "dialysis-not-given", "stop")],
)
def test_the_decision_about_dialysis(decision: str, verdict: str, code: str, severity: str) -> None:
    told = said(code, severity, value="75")  # type: ignore[arg-type]
    assert clearance_of("0.85", dialysis=True, decision=decision) == clearance_line(verdict, told, shown="75")


def test_an_unknown_clearance_is_asked_for() -> None:
    told = said("clearance-unknown", "advice", facts="weight creatinine")
    assert clearance_of(None) == clearance_line("ask", told, shown="", unit="", on=None)


DENTAL = DentalGate(kind="dental_gate", id="gate", source="label_text", grade="label")


def test_somebody_must_have_looked_at_the_teeth_before_the_first_dose() -> None:
    told = said("dental-check-missing", "caution")
    assert dental(DENTAL, drug(), situation(), day()) == line("dental_check_on", "ask", told)
    seen = replace(situation(), facts=Facts(dental_check_on=date(2026, 2, 10)))
    assert dental(DENTAL, drug(), seen, day()) == line("dental_check_on", "go", shown="2026-02-10")
    assert dental(DENTAL, drug(), situation(), day(first=False)) is None
