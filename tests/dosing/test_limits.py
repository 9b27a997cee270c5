"""What one administration may be at most: brought down when computed, refused when ordered; both sides of each limit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mbc_desktop.core.quantity import Quantity
from mbc_desktop.dosing.compute_dose import compute_dose
from mbc_desktop.dosing.dose import DoseAnswer
from mbc_desktop.dosing.dose_work import DoseLevel
from mbc_desktop.regimen.dose_rules import Ceiling, FixedDose, SingleLimit, SurfaceDose, WeightDose
from tests.dosing.orders import drug, form, order, situation, value

PER_KG = order(WeightDose(kind="per_kg", amount=Decimal("3.6"), unit="mg/kg"))
PER_M2 = order(SurfaceDose(kind="per_m2", amount=Decimal(30), unit="mg/m2"))


def ceiling(at_most: str, unit: str = "mg/kg", *, round_down: bool = True) -> Ceiling:
    return Ceiling(
        kind="ceiling",
        id="ceiling",
        at_most=Decimal(at_most),
        unit=unit,
        source="label_text",
        grade="label",
        round_down=round_down,
    )


def single(at_most: str, for_dose: str | None = None) -> SingleLimit:
    only = None if for_dose is None else Decimal(for_dose)
    return SingleLimit(
        kind="single", id="most", at_most=Decimal(at_most), unit="mg", source="label_text", grade="label", for_dose=only
    )


def milligrams(answer: DoseAnswer) -> str:
    assert answer.dose is not None
    return answer.dose.amount.text()


def rules(answer: DoseAnswer) -> list[str]:
    assert answer.dose is not None
    return [step.rule for step in answer.dose.steps]


def test_a_dose_under_a_ceiling_is_only_rounded_down() -> None:
    """3.6 x 68 = 244.8 mg; whole milligrams: 244, where the nearest would be 245 and break the ceiling."""
    answer = compute_dose(PER_KG, drug(ceiling("3.6"), forms=(form("100"),)), situation(value("weight", "68", "kg")))
    assert milligrams(answer) == "244 mg"
    assert rules(answer) == ["per-kg", "round-down-to-drawable"]


def test_without_a_ceiling_the_nearest_milligram_counts() -> None:
    answer = compute_dose(PER_KG, drug(forms=(form("100"),)), situation(value("weight", "68", "kg")))
    assert (milligrams(answer), rules(answer)) == ("245 mg", ["per-kg", "round-to-drawable"])


def test_the_reference_weight_never_lifts_a_dose_over_todays_ceiling() -> None:
    """The course keeps 72 kg (68 is 5.6 % less): 3.6 x 72 = 259.2, but 3.6 x 68 = 244.8 is the most today; down: 244. For
    such a drug the threshold of a change of weight does not hold downward: a lower level counts today's weight too."""
    patient = situation(value("weight", "68", "kg"), reference_weight="72")
    answer = compute_dose(PER_KG, drug(ceiling("3.6"), forms=(form("100"),)), patient)
    assert (milligrams(answer), rules(answer)) == ("244 mg", ["per-kg", "round-down-to-drawable"])
    # 75 %: 2.7 x 68 = 183.6, down 183; 2.7 x 72 would be 194.4.
    lower = compute_dose(PER_KG, drug(ceiling("3.6"), forms=(form("100"),)), patient, level=DoseLevel(percent=Decimal(75)))
    assert milligrams(lower) == "183 mg"


def test_a_weight_that_rose_within_the_threshold_still_counts_as_the_reference() -> None:
    """The course keeps 68 kg, 72 are 5.9 % more: 3.6 x 68 = 244.8, down 244."""
    patient = situation(value("weight", "72", "kg"), reference_weight="68")
    answer = compute_dose(PER_KG, drug(ceiling("3.6"), forms=(form("100"),)), patient)
    assert milligrams(answer) == "244 mg"


def test_a_computed_dose_above_a_ceiling_is_brought_down() -> None:
    """3.6 mg/kg ordered where 3 mg/kg is the most: 3 x 68 = 204."""
    answer = compute_dose(PER_KG, drug(ceiling("3"), forms=(form("100"),)), situation(value("weight", "68", "kg")))
    assert (milligrams(answer), rules(answer)) == ("204 mg", ["per-kg", "ceiling", "round-down-to-drawable"])


@pytest.mark.parametrize(
    ("per_m2", "expected"), [("40", "60 mg"), ("60", "60 mg"), ("61", "80 mg"), ("80", "80 mg"), ("81", "80 mg")]
)
def test_a_limit_holds_for_its_dose_and_those_below_it(per_m2: str, expected: str) -> None:
    """2 m2, at most 60 mg at 60 mg/m2 and 80 mg at 80 mg/m2; what lies between or above has the limit of the next or the last."""
    asked = order(SurfaceDose(kind="per_m2", amount=Decimal(per_m2), unit="mg/m2"))
    patient = situation(value("weight", "80", "kg"), value("height", "180", "cm"))
    answer = compute_dose(asked, drug(single("60", "60"), single("80", "80"), forms=(form("10"),)), patient)
    assert milligrams(answer) == expected


@pytest.mark.parametrize(("ordered", "refused"), [("244", False), ("244.8", False), ("244.9", True), ("245", True)])
def test_an_ordered_dose_above_the_ceiling_is_refused_and_not_changed(ordered: str, refused: bool) -> None:
    amount = Quantity(Decimal(ordered), "mg")
    patient = situation(value("weight", "68", "kg"))
    answer = compute_dose(PER_KG, drug(ceiling("3.6"), forms=(form("100"),)), patient, ordered=amount)
    assert [found.code for found in answer.findings] == (["above-limit"] if refused else [])
    assert (answer.dose is None) == refused
    assert refused or milligrams(answer) == f"{ordered} mg"


def test_without_a_weight_there_is_no_dose_under_a_ceiling() -> None:
    fixed = order(FixedDose(kind="fixed", amount=Decimal(100), unit="mg"))
    answer = compute_dose(fixed, drug(ceiling("3.6"), forms=(form("100"),)), situation())
    assert answer.dose is None
    assert [(found.code, dict(found.values)["facts"]) for found in answer.findings] == [("missing-fact", "weight")]


@pytest.mark.parametrize(
    ("weight", "given"),
    [("72", "57"), ("80", "60"), ("80.1", "60"), ("125", "60")],
    # Height 180: 72 kg -> sqrt(180 x 72 / 3600) = sqrt(3.6) = 1.897, x 30 = 56.9; 80 kg -> sqrt(4) = 2, x 30 = 60 exactly;
    # 80.1 kg -> 2.0012, x 30 = 60.04, over the limit; 125 kg -> 2.5, x 30 = 75.
)
def test_a_single_limit_holds_at_its_edge(weight: str, given: str) -> None:
    patient = situation(value("weight", weight, "kg"), value("height", "180", "cm"))
    answer = compute_dose(PER_M2, drug(single("60"), forms=(form("10"),)), patient)
    assert milligrams(answer) == f"{given} mg"
    assert ("single-limit" in rules(answer)) == (weight in ("80.1", "125"))


def test_a_limit_for_a_lower_dose_per_m2_holds_where_the_dose_has_none_of_its_own() -> None:
    """2.5 m2 x 30 = 75 mg; the only limit is for 25 mg/m2: a higher dose is not free of it."""
    patient = situation(value("weight", "125", "kg"), value("height", "180", "cm"))
    assert milligrams(compute_dose(PER_M2, drug(single("60", "25"), forms=(form("10"),)), patient)) == "60 mg"


@pytest.mark.parametrize(
    ("weight", "given"),
    [("68", "50"), ("84", "60")],
    # Capsules of 20 and 30. Height 165: 68 kg -> 1.7654 m2 x 30 = 52.96: 50 lies 2.96 away, 60 lies 7.04 away.
    # 84 kg -> sqrt(165 x 84 / 3600) = sqrt(3.85) = 1.9621 m2 x 30 = 58.86: 60.
)
def test_capsules_are_counted_in_whole_pieces(weight: str, given: str) -> None:
    capsules = (form("20", kind="capsule"), form("30", kind="capsule"))
    patient = situation(value("weight", weight, "kg"), value("height", "165", "cm"))
    answer = compute_dose(PER_M2, drug(forms=capsules), patient)
    assert (milligrams(answer), rules(answer)[-1]) == (f"{given} mg", "round-to-pieces")


def test_halfway_between_two_sums_the_lower_is_given() -> None:
    """sqrt(180 x 80 / 3600) = 2 m2; 2 x 27.5 = 55 mg lies halfway between 50 and 60."""
    capsules = (form("20", kind="capsule"), form("30", kind="capsule"))
    patient = situation(value("weight", "80", "kg"), value("height", "180", "cm"))
    halfway = order(SurfaceDose(kind="per_m2", amount=Decimal("27.5"), unit="mg/m2"))
    assert milligrams(compute_dose(halfway, drug(forms=capsules), patient)) == "50 mg"
