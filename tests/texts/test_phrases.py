"""Phrases about doses and drugs, with their arithmetic."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from mbc_desktop.core.quantity import Quantity
from mbc_desktop.dosing.dose import Dose, Give
from mbc_desktop.texts import load_texts
from mbc_desktop.texts.phrases import frequency, piece_count, pieces_phrase, shelf_phrase


def give(count: str, form: str, strength: str, volume: str | None = None) -> Give:
    return Give(
        count=Decimal(count),
        form=form,
        strength=Decimal(strength),
        unit="mg",
        volume_ml=None if volume is None else Decimal(volume),
    )


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("pieces", "dutch", "english"),
    [
        ((give("1", "tablet", "125"),), "1 tablet van 125 mg", "1 tablet of 125 mg"),
        # 3 x 200 = 600.
        ((give("3", "tablet", "200"),), "3 tabletten van 200 mg, samen 600 mg", "3 tablets of 200 mg, 600 mg in total"),
        # 4 x 400 = 1600.
        ((give("4", "capsule", "400"),), "4 capsules van 400 mg, samen 1 600 mg", "4 capsules of 400 mg, 1 600 mg in total"),
        # 2 x 500 + 1 x 150 = 1150.
        (
            (give("2", "tablet", "500"), give("1", "tablet", "150")),
            "2 tabletten van 500 mg en 1 tablet van 150 mg, samen 1 150 mg",
            "2 tablets of 500 mg and 1 tablet of 150 mg, 1 150 mg in total",
        ),
        ((), "", ""),
        ((give("1", "vial", "150"),), "", ""),
    ],
)
def test_tablets_are_said_as_count_strength_and_total(pieces: tuple[Give, ...], dutch: str, english: str) -> None:
    assert plain(pieces_phrase(pieces, load_texts("nl"))) == dutch
    assert plain(pieces_phrase(pieces, load_texts("en"))) == english


def test_how_many_at_once_counts_all_strengths() -> None:
    assert piece_count((give("2", "tablet", "500"), give("1", "tablet", "150")), load_texts("nl")) == "3 tabletten"


@pytest.mark.parametrize(
    ("taken", "dutch"),
    [
        # 2 syringes of 5 mL = 10 mL.
        ((give("2", "syringe", "250", "5"),), "10 mL uit 2 spuiten van 250 mg"),
        ((give("1", "concentrate", "4", "4.4"),), "4,4 mL uit 1 flacon concentraat van 4 mg"),
        # Three whole vials and a fourth in part: four from the shelf.
        ((give("3", "vial", "150"), give("1", "vial", "150")), "4 flacons van 150 mg"),
        ((give("1", "vial", "420"), give("1", "vial", "150")), "1 flacon van 420 mg en 1 flacon van 150 mg"),
        (
            (give("1", "vial", "140", "7"), give("1", "vial", "140", "6.6")),
            "7 mL uit 1 flacon van 140 mg en 6,6 mL uit 1 flacon van 140 mg",
        ),
    ],
)
def test_staff_read_what_to_take_from_the_shelf(taken: tuple[Give, ...], dutch: str) -> None:
    assert plain(shelf_phrase(taken, load_texts("nl"))) == dutch


def test_how_often_is_said_in_words() -> None:
    dose = Dose(amount=Quantity(Decimal(1), "mg"), exact=Decimal(1), give=(), steps=())
    said = [
        frequency(item, load_texts("nl"))
        for item in (dose, replace(dose, times=2), replace(dose, every_days=2), replace(dose, every_days=7))
    ]
    assert said == ["1 keer per dag", "2 keer per dag", "om de 2 dagen", "1 keer per week"]
