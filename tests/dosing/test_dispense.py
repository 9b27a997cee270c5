"""What is taken from the shelf: pieces that add up exactly, vials that cover the dose, the volume to draw up."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

from hypothesis import given
from hypothesis import strategies as some

from mbc_desktop.dosing.dispense import MOST_PIECES, dispense, drawable_step
from mbc_desktop.regimen.drug import Form
from tests.dosing.orders import form

ZOLEDRONIC = (form("4", kind="concentrate", volume="5"),)
DOCETAXEL = tuple(form(strength, volume=volume) for strength, volume in (("20", "1"), ("80", "4"), ("160", "8")))


def taken(amount: str, *forms: Form) -> list[tuple[str, str, str]] | None:
    """Count, strength and volume of each line."""
    found = dispense(Decimal(amount), forms)
    if found is None:
        return None
    return [
        (f"{item.count.normalize():f}", f"{item.strength:f}", "" if item.volume_ml is None else f"{item.volume_ml.normalize():f}")
        for item in found
    ]


def test_tablets_add_up_exactly_fewest_pieces_first() -> None:
    tablets = [form(strength, kind="tablet") for strength in ("125", "100", "75")]
    assert taken("125", *tablets) == [("1", "125", "")]
    assert taken("200", *tablets) == [("2", "100", "")]
    assert taken("175", *tablets) == [("1", "100", ""), ("1", "75", "")]
    assert taken("110", *tablets) is None
    assert taken("50", *tablets) is None


def test_a_dose_in_one_strength_comes_before_one_in_two() -> None:
    # 300 = 200 + 100 or 150 + 150: two pieces either way, one strength is simpler.
    tablets = [form(strength, kind="tablet") for strength in ("200", "150", "100")]
    assert taken("300", *tablets) == [("2", "150", "")]


def test_volumes_of_zoledronic_acid() -> None:
    # 0.8 mg/mL: 3.5 / 0.8 = 4.375, 3.3 / 0.8 = 4.125, 3 / 0.8 = 3.75; to the tenth, a half upward.
    assert [taken(dose, *ZOLEDRONIC) for dose in ("4", "3.5", "3.3", "3")] == [
        [("1", "4", "5")],
        [("1", "4", "4.4")],
        [("1", "4", "4.1")],
        [("1", "4", "3.8")],
    ]


def test_vials_cover_the_dose_with_the_fewest_and_the_least_waste() -> None:
    # 132 mg: one of 160 covers it; 6.6 mL at 20 mg/mL. 176 mg: 160 and 20 (waste 4) before 160 and 80 (waste 64).
    assert taken("132", *DOCETAXEL) == [("1", "160", "6.6")]
    assert taken("176", *DOCETAXEL) == [("1", "160", "8"), ("1", "20", "0.8")]
    assert taken("80", *DOCETAXEL) == [("1", "80", "4")]


def test_nothing_for_nothing() -> None:
    assert dispense(Decimal(0), ZOLEDRONIC) is None
    assert dispense(Decimal(-1), ZOLEDRONIC) is None
    assert dispense(Decimal(4), ()) is None


def test_the_step_of_the_syringe() -> None:
    assert drawable_step(ZOLEDRONIC) == Decimal("0.08")
    assert drawable_step(DOCETAXEL) == 2
    assert drawable_step((form("150"),)) == 1


@given(
    strengths=some.lists(some.sampled_from([50, 75, 100, 125, 200]), min_size=1, max_size=3, unique=True),
    amount=some.integers(min_value=1, max_value=24),
)
def test_pieces_are_as_good_as_every_other_way_tried(strengths: list[int], amount: int) -> None:
    wanted = 25 * amount
    found = dispense(Decimal(wanted), tuple(form(str(strength), kind="tablet") for strength in strengths))
    ways = [
        counts
        for counts in product(*(range(min(wanted // strength, MOST_PIECES) + 1) for strength in strengths))
        if sum(count * strength for count, strength in zip(counts, strengths, strict=True)) == wanted
    ]
    if not ways:
        assert found is None
        return
    assert found is not None
    assert sum(item.count * item.strength for item in found) == wanted
    assert sum(item.count for item in found) == min(sum(counts) for counts in ways)


@given(amount=some.integers(min_value=1, max_value=600))
def test_vials_cover_the_dose_and_one_less_would_not(amount: int) -> None:
    found = dispense(Decimal(amount), DOCETAXEL)
    assert found is not None
    held = sorted((item.strength for item in found for _ in range(int(item.count))), reverse=True)
    assert sum(held) >= amount
    assert sum(held[:-1]) < amount
    # Nothing that fits in fewer vials.
    assert len(held) == -(-amount // 160)
    drawn = sum(item.count * (item.volume_ml or 0) for item in found)
    assert abs(drawn * 20 - amount) <= 1
