"""What a dose would have been by every other convention, worked by hand: 80 kg and 180 cm, Mosteller 2 m2, 75 mg/m2 = 150 mg."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mbc_desktop.dosing.compute_dose import compute_dose
from mbc_desktop.dosing.dose_work import DoseLevel
from mbc_desktop.dosing.other_conventions import other_conventions
from mbc_desktop.dosing.situation import Situation
from mbc_desktop.regimen.dose_rules import BaseDose, Ceiling, FixedDose, SurfaceDose, WeightDose
from tests.dosing.orders import CHOSEN, drug, form, order, situation, value

PER_M2 = SurfaceDose(kind="per_m2", amount=Decimal(75), unit="mg/m2")
PER_KG = WeightDose(kind="per_kg", amount=Decimal(2), unit="mg/kg")
KG80, CM180 = value("weight", "80", "kg"), value("height", "180", "cm")
KG90, CM150 = value("weight", "90", "kg"), value("height", "150", "cm")


def others(dose: BaseDose, who: Situation) -> dict[tuple[tuple[str, str], ...], str]:
    found = compute_dose(order(dose), drug(forms=(form("100"),)), who)
    assert found.dose is not None
    lines = other_conventions(found.dose, who)
    assert {line.amount.unit for line in lines} <= {"mg"}
    return {line.conventions: str(line.amount.amount.quantize(Decimal("0.01"))) for line in lines}


def test_every_other_formula_of_a_dose_by_surface() -> None:
    """Du Bois 0.007184 x 80^0.425 x 180^0.725 = 1.996421; Haycock 0.024265 x 80^0.5378 x 180^0.3964 = 2.006560; Gehan and George
    0.0235 x 80^0.51456 x 180^0.42246 = 2.009483; Boyd 0.0003207 x 180^0.3 x 80000^(0.7285 - 0.0188 x 4.903090) = 2.007355;
    Schlich 0.000975482 x 80^0.46 x 180^1.08 = 1.996802; each x 75. Two decimals and the bases say the same as 2 m2."""
    expected = {"du_bois": "149.73", "haycock": "150.49", "gehan_george": "150.71", "boyd": "150.55", "schlich": "149.76"}
    assert others(PER_M2, situation(KG80, CM180)) == {(("bsa_formula", name),): text for name, text in expected.items()}


def test_mosteller_and_unrounded_are_others_where_the_site_chose_differently() -> None:
    """165 cm and 68 kg: Mosteller 1.765408; the site rounds Du Bois 1.749277 to 1.75."""
    who = situation(
        value("weight", "68", "kg"), value("height", "165", "cm"), chosen=CHOSEN | {"bsa_formula": "du_bois", "bsa_decimals": "2"}
    )
    found = others(PER_M2, who)
    # 1.77 x 75 and 1.749277 x 75
    assert found[("bsa_formula", "mosteller"),] == "132.75"
    assert found[("bsa_decimals", "unrounded"),] == "131.20"


@pytest.mark.parametrize(
    ("chosen", "expected"),
    # 150 cm: ideal 43.326772 kg; adjusted 43.326772 + 0.4 x 46.673228 = 61.996063; midpoint (90 + 43.326772) / 2 = 66.663386; x 2
    [
        ("actual", {"adjusted": "123.99", "midpoint": "133.33"}),
        ("adjusted", {"actual": "180.00", "midpoint": "133.33"}),
        ("midpoint", {"actual": "180.00", "adjusted": "123.99"}),
    ],
)
def test_every_other_weight_of_a_dose_by_weight(chosen: str, expected: dict[str, str]) -> None:
    found = others(PER_KG, situation(KG90, CM150, chosen=CHOSEN | {"weight_basis": chosen}))
    assert found == {(("weight_basis", name),): text for name, text in expected.items()}


def test_every_other_weight_of_a_dose_by_surface() -> None:
    """sqrt(150 x 61.996063 / 3600) = 1.607224; sqrt(150 x 66.663386 / 3600) = 1.666626; x 75."""
    found = others(PER_M2, situation(KG90, CM150))
    assert found[("weight_basis", "adjusted"),] == "120.54"
    assert found[("weight_basis", "midpoint"),] == "125.00"


def test_a_drug_that_follows_a_falling_weight_knows_no_reference_weight() -> None:
    """90 kg now, 92 before: 2 x 90 = 180 mg, only rounded down. Adjusted 61.996063 kg: 123.99, not 125.59 (of 92 kg)."""
    top = Ceiling(kind="ceiling", id="top", at_most=Decimal(2), unit="mg/kg", source="s", grade="label", round_down=True)
    who = situation(KG90, CM150, reference_weight="92")
    for limits, adjusted in (((top,), "123.99"), ((), "125.59")):
        found = compute_dose(order(PER_KG), drug(*limits, forms=(form("100"),)), who)
        assert found.dose is not None
        line = next(item for item in other_conventions(found.dose, who) if item.conventions == (("weight_basis", "adjusted"),))
        assert str(line.amount.amount.quantize(Decimal("0.01"))) == adjusted


@pytest.mark.parametrize(
    ("now", "chosen", "expected"),
    [
        # The reference is 100 kg, 2 mg/kg. A change of 5 per cent is beyond the lower threshold, one of 10 beyond the higher:
        # then today's weight counts, else the reference.
        ("104.9", "10", {}),
        ("105", "10", {"5": "210.00"}),
        ("109.9", "10", {"5": "219.80"}),
        ("110", "10", {}),
        ("104.9", "5", {}),
        ("105", "5", {"10": "200.00"}),
        ("109.9", "5", {"10": "200.00"}),
        ("110", "5", {}),
        ("110.5", "5", {}),
    ],
)
def test_the_other_threshold_of_a_changed_weight(now: str, chosen: str, expected: dict[str, str]) -> None:
    who = situation(value("weight", now, "kg"), chosen=CHOSEN | {"weight_change_threshold": chosen}, reference_weight="100")
    found = {names: text for names, text in others(PER_KG, who).items() if names[0][0] == "weight_change_threshold"}
    assert found == {(("weight_change_threshold", name),): text for name, text in expected.items()}


def test_a_convention_that_lacks_a_fact_is_left_out() -> None:
    assert others(PER_KG, situation(KG90)) == {}


def test_a_fixed_dose_knows_no_other_convention() -> None:
    assert others(FixedDose(kind="fixed", amount=Decimal(500), unit="mg"), situation(KG80, CM180)) == {}


def test_a_lowered_dose_stays_lowered_by_every_convention() -> None:
    """80 % of 75 is 60 mg/m2; by a surface of 1.77 m2 (two decimals of 1.765408) 106.2 mg."""
    who = situation(value("weight", "68", "kg"), value("height", "165", "cm"))
    found = compute_dose(order(PER_M2), drug(forms=(form("100"),)), who, level=DoseLevel(percent=Decimal(80)))
    assert found.dose is not None
    line = next(item for item in other_conventions(found.dose, who) if item.conventions == (("bsa_decimals", "2"),))
    assert line.amount.amount.quantize(Decimal("0.000001")) == Decimal("106.2")
