"""Rows of a clearance table and the volumes behind a reduced dose."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from mbc_desktop.core.folders import find_schedules
from mbc_desktop.dosing.bone_agent_tables import row_for_clearance, volume_to_draw, volume_to_remove
from mbc_desktop.regimen.dose_rules import Band, BandRow, Outcome
from mbc_desktop.regimen.dose_tables import BagTable
from mbc_desktop.regimen.dose_tables_file import read_dose_tables
from mbc_desktop.regimen.drug import Form

BAND = Band(
    kind="band",
    id="renal",
    by="crcl_cockcroft_gault",
    rows=(
        BandRow(above=Decimal(60), outcome=Outcome(dose=Decimal(4))),
        BandRow(at_least=Decimal(50), outcome=Outcome(dose=Decimal("3.5"))),
        BandRow(at_least=Decimal(0), outcome=Outcome(action="not_recommended")),
    ),
    source="test",
    grade="label",
)
CONCENTRATE = Form(
    id="concentrate", form="concentrate", strength=Decimal(4), unit="mg", volume_ml=Decimal(5), draw_step_ml=Decimal("0.1"),
    source="test", grade="label",
)  # fmt: skip


@pytest.mark.parametrize(
    ("clearance", "dose"),
    [("60.1", "4"), ("60.09", "3.5"), ("60", "3.5"), ("50", "3.5"), ("49.99", None), ("0", None)],
)
def test_row_is_read_from_the_clearance_that_is_shown(clearance: str, dose: str | None) -> None:
    found = row_for_clearance(BAND, Decimal(clearance)).outcome.dose
    assert found == (None if dose is None else Decimal(dose))


def test_no_row_below_zero() -> None:
    with pytest.raises(ValueError, match="no row"):
        row_for_clearance(BAND, Decimal("-0.1"))


@pytest.mark.parametrize(
    ("dose", "exact", "drawn"),
    [("4", "5", "5.0"), ("3.5", "4.375", "4.4"), ("3.3", "4.125", "4.1"), ("3", "3.75", "3.8")],  # mg / 0.8, half up
)
def test_millilitres_of_concentrate(dose: str, exact: str, drawn: str) -> None:
    assert volume_to_draw(Decimal(dose), CONCENTRATE) == (Decimal(exact), Decimal(drawn))


def test_tablets_are_not_drawn_up() -> None:
    tablet = Form(id="tablet", form="tablet", strength=Decimal(50), unit="mg", source="test", grade="label")
    with pytest.raises(ValueError, match="not drawn up"):
        volume_to_draw(Decimal(50), tablet)
    with pytest.raises(ValueError, match="not drawn up"):
        volume_to_draw(Decimal(4), replace(CONCENTRATE, draw_step_ml=None))
    with pytest.raises(ValueError, match="not drawn up"):
        volume_to_draw(Decimal(4), replace(CONCENTRATE, volume_ml=None))


@pytest.mark.parametrize(
    ("dose", "removed", "left"),
    [("4", "0", "4"), ("3.5", "12", "3.52"), ("3.3", "18", "3.28"), ("3", "25", "3")],  # (100 - mL) x 0.04
)
def test_millilitres_out_of_the_bag(dose: str, removed: str, left: str) -> None:
    table = read_dose_tables(find_schedules())["zoledronic_acid_bag"]
    assert isinstance(table, BagTable)
    assert volume_to_remove(Decimal(dose), table) == (Decimal(removed), Decimal(left))
    assert volume_to_remove(Decimal("3.4"), table) is None
