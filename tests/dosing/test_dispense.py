"""What is taken from the shelf: pieces that add up exactly, vials that cover the dose, the volume to draw up."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mbc_desktop.dosing.dispense import MOST_PIECES, dispense, drawable_step, shelf, sums_of_pieces, wasted
from mbc_desktop.regimen.drug import Form
from tests.dosing.orders import drug, form

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


def test_twenty_pieces_and_no_more() -> None:
    milligram = form("1", kind="tablet")
    assert taken("20", milligram) == [("20", "1", "")]
    assert taken("21", milligram) is None
    assert sums_of_pieces(Decimal(30), (milligram,)) == list(range(1, 21))


def test_half_tablets() -> None:
    """Tablets of 10 mg that can be halved: 15 mg is one and a half, 5 mg a half, 12 mg cannot be made."""
    halves = replace(form("10", kind="tablet"), divisible=2)
    assert taken("15", halves) == [("1.5", "10", "")]
    assert taken("5", halves) == [("0.5", "10", "")]
    assert taken("12", halves) is None
    assert taken("12.5", halves) is None
    assert sums_of_pieces(Decimal(12), (halves,)) == [5, 10, 15]


def test_sums_go_from_one_piece_to_the_first_at_or_above_the_amount() -> None:
    assert sums_of_pieces(Decimal(100), (form("50"),)) == [50, 100]
    assert sums_of_pieces(Decimal(101), (form("50"),)) == [50, 100, 150]
    assert sums_of_pieces(Decimal(1), (form("50"), form("30"))) == [30, 50]


def test_of_two_equal_ways_the_one_with_the_largest_piece() -> None:
    """160 mg in two strengths and two pieces: 100 + 60 or 90 + 70."""
    tablets = [form(strength, kind="tablet") for strength in ("60", "70", "90", "100")]
    assert taken("160", *tablets) == [("1", "100", ""), ("1", "60", "")]


def test_of_two_ways_to_cover_a_dose_the_one_of_one_kind() -> None:
    """400 mg: 200 + 200 or 300 + 100 are two vials that waste nothing; one kind is simpler."""
    assert taken("400", form("300"), form("200"), form("100")) == [("2", "200", "")]


def test_a_form_without_a_step_is_drawn_by_a_tenth_of_a_millilitre() -> None:
    """20 mg/mL: 2 mg a step; 33 mg are 1.65 mL, drawn as 1.7. With a step of 0.05 mL: 1 mg, and 1.65 mL."""
    plain = replace(form("80", volume="4"), draw_step_ml=None)
    fine = replace(plain, draw_step_ml=Decimal("0.05"))
    assert (drawable_step((plain,)), taken("33", plain)) == (2, [("1", "80", "1.7")])
    assert (drawable_step((fine,)), taken("33", fine)) == (1, [("1", "80", "1.65")])
    assert drawable_step(()) == 1


def test_the_shelf_of_an_order() -> None:
    """The form that the order names; else the first and all of its kind and concentration; of a formulary only its products."""
    tablet, capsule, small = form("10", kind="tablet"), form("10", kind="capsule"), form("5", kind="tablet")
    weak, strong, same = form("50", volume="10"), form("100", volume="10"), form("100", volume="20")
    brand = replace(form("20", kind="tablet"), formulary_only=True)
    medicine = drug(forms=(tablet, capsule, small, brand))
    assert shelf(medicine, "") == (tablet, small)
    assert shelf(medicine, "capsule-10") == (capsule,)
    assert shelf(medicine, "syringe-10") == ()
    assert shelf(medicine, "", ("tablet-5", "tablet-20")) == (small, brand)
    assert shelf(medicine, "capsule-10", ("tablet-5",)) == ()
    assert shelf(drug(forms=(weak, strong, same)), "") == (weak, same)
    assert shelf(drug(forms=(form("80"), weak)), "") == (form("80"),)
    assert shelf(drug(forms=(weak, form("80"))), "") == (weak,)


@pytest.mark.parametrize(("volume", "mixed"), [("16.71", True), ("16.72", False), ("16.62", True), ("16.61", False)])
def test_a_volume_printed_to_a_tenth_is_of_one_stock(volume: str, mixed: bool) -> None:
    """100 mg of 6 mg/mL are 16.6667 mL: within 0.05 mL of it, 16.6167 to 16.7167."""
    thirty, hundred = form("30", volume="5"), form("100", volume=volume)
    assert shelf(drug(forms=(thirty, hundred)), "") == ((thirty, hundred) if mixed else (thirty,))
    # 100 mg of 5 mg/mL are 20 mL: 20.05 is still the same stock.
    first, edge, other = form("25", volume="5"), form("100", volume="20.05"), form("100", volume="20.06")
    assert shelf(drug(forms=(first, edge, other)), "") == (first, edge)


def test_what_is_counted_in_pieces_wastes_nothing_that_is_known() -> None:
    tablets = (form("10", kind="tablet"),)
    found = dispense(Decimal(20), tablets)
    assert found is not None
    assert wasted(Decimal(20), tablets, found) is None
    assert wasted(Decimal(20), (), found) is None
    assert wasted(Decimal(20), ZOLEDRONIC, ()) is None
    # 5 x 4 = 20 mg opened for 18
    opened = dispense(Decimal(18), ZOLEDRONIC)
    assert opened is not None
    assert wasted(Decimal(18), ZOLEDRONIC, opened) == 2


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
