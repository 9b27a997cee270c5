"""How strong a finished infusion may be."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from mbc_desktop.dosing.concentration import bag_for
from mbc_desktop.regimen.drug import Concentration, Infusion
from tests.dosing.orders import drug


def limits(lowest: str | None, highest: str | None) -> Concentration:
    return Concentration(
        source="label_text",
        grade="label",
        lowest=None if lowest is None else Decimal(lowest),
        highest=None if highest is None else Decimal(highest),
    )


@pytest.mark.parametrize(
    ("amount", "lowest", "highest", "least_ml", "most_ml"),
    [
        # Bevacizumab, 1.4 to 16.5 mg/mL: 680 / 16.5 = 41.2 and 680 / 1.4 = 485.7 mL, both inward.
        ("680", "1.4", "16.5", "42", "485"),
        # 660 / 16.5 = 40 and 700 / 1.4 = 500 exactly.
        ("660", None, "16.5", "40", None),
        ("700", "1.4", None, None, "500"),
    ],
)
def test_the_volumes_that_keep_a_dose_within_its_limits(
    amount: str, lowest: str | None, highest: str | None, least_ml: str | None, most_ml: str | None
) -> None:
    bag, said = bag_for(Decimal(amount), replace(drug(), concentration=limits(lowest, highest)), volume_ml=None)
    assert bag is not None
    assert (bag.least_ml, bag.most_ml) == tuple(None if text is None else Decimal(text) for text in (least_ml, most_ml))
    assert said == ()


@pytest.mark.parametrize(("volume", "strength"), [("42", None), ("41", "16.59"), ("485", None), ("486", "1.4")])
def test_a_volume_outside_them_is_said_with_its_strength(volume: str, strength: str | None) -> None:
    # 680 / 41 = 16.585; 680 / 486 = 1.399.
    _, said = bag_for(Decimal(680), replace(drug(), concentration=limits("1.4", "16.5")), volume_ml=Decimal(volume))
    assert [dict(item.values)["concentration"] for item in said] == ([] if strength is None else [strength])
    assert {item.code for item in said} <= {"concentration-outside-limits"}


def test_a_drug_without_limits_says_nothing() -> None:
    assert bag_for(Decimal(680), drug(), volume_ml=Decimal(1)) == (None, ())


@pytest.mark.parametrize(
    ("amount", "least_ml", "most_ml", "expected"),
    [
        # 53 mg at 1 to 5 mg/mL: 10.6 to 53 mL, inward 11 to 53; the source also wants 20 to 50 mL.
        ("53", "20", "50", ("20", "50")),
        ("53", "5", "60", ("11", "53")),
        ("53", None, "50", ("11", "50")),
        ("53", "20", None, ("20", "53")),
    ],
)
def test_a_volume_that_the_source_names_narrows_the_range(
    amount: str, least_ml: str | None, most_ml: str | None, expected: tuple[str, str]
) -> None:
    volumes = {name: Decimal(text) for name, text in (("least_ml", least_ml), ("most_ml", most_ml)) if text is not None}
    bag, _ = bag_for(Decimal(amount), replace(drug(), concentration=replace(limits("1", "5"), **volumes)), volume_ml=None)
    assert bag is not None
    assert (bag.least_ml, bag.most_ml) == tuple(map(Decimal, expected))


@pytest.mark.parametrize(("amount", "volume"), [("89.8", "250"), ("90", "500"), ("90.2", "500")])
def test_a_larger_bag_from_a_dose_on(amount: str, volume: str) -> None:
    """Pegylated liposomal doxorubicin: 250 mL below 90 mg, 500 mL from 90 mg on."""
    infusion = Infusion(source="label_text", grade="label", volume_ml=Decimal(250), from_mg=Decimal(90), from_mg_ml=Decimal(500))
    assert infusion.volume_for(Decimal(amount)) == Decimal(volume)
    assert replace(infusion, from_mg=None, from_mg_ml=None).volume_for(Decimal(amount)) == Decimal(250)
