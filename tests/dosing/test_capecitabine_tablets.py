"""Capecitabine tablets: the label's table swept over every surface, the solver and the 500 mg rule."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mbc_desktop.core.folders import find_schedules
from mbc_desktop.dosing.capecitabine_tablets import MOST_SMALL_TABLETS, by_label_table, by_large_tablets, by_solver
from mbc_desktop.regimen.dose_tables import TabletTable
from mbc_desktop.regimen.dose_tables_file import read_dose_tables

TABLES = {int(table.per_m2): table for table in read_dose_tables(find_schedules()).values() if isinstance(table, TabletTable)}
SURFACES = some.decimals(min_value="0.5", max_value="3.5", places=3)
# The last surface of each printed row, its dose at 1250 and at 1000 mg/m2.
PRINTED = [
    ("1.26", 1500, 1150), ("1.38", 1650, 1300), ("1.52", 1800, 1450), ("1.66", 2000, 1600), ("1.78", 2150, 1750),
    ("1.92", 2300, 1800), ("2.06", 2500, 2000), ("2.18", 2650, 2150), ("3.50", 2800, 2300),
]  # fmt: skip


@pytest.mark.parametrize(("last", "at_1250", "at_1000"), PRINTED)
def test_last_surface_of_each_row_and_the_hole_behind_it(last: str, at_1250: int, at_1000: int) -> None:
    for surface in (Decimal(last), Decimal(last) + Decimal("0.0099")):
        assert by_label_table(TABLES[1250], bsa_m2=surface).dose_mg == at_1250
        assert by_label_table(TABLES[1000], bsa_m2=surface).dose_mg == at_1000


@pytest.mark.parametrize(("row", "following"), list(pairwise(PRINTED)))
def test_first_surface_of_the_next_row(row: tuple[str, int, int], following: tuple[str, int, int]) -> None:
    surface = Decimal(row[0]) + Decimal("0.01")
    assert by_label_table(TABLES[1250], bsa_m2=surface).dose_mg == following[1]
    assert by_label_table(TABLES[1000], bsa_m2=surface).dose_mg == following[2]


@given(surface=SURFACES)
@pytest.mark.parametrize("per_m2", [1000, 1250])
def test_tablets_add_up_and_stay_near_the_computed_dose(surface: Decimal, per_m2: int) -> None:
    table = by_label_table(TABLES[per_m2], bsa_m2=surface)
    solved = by_solver(bsa_m2=surface, mg_per_m2=Decimal(per_m2))
    large = by_large_tablets(bsa_m2=surface, mg_per_m2=Decimal(per_m2))
    for intake in (table, solved, large):
        assert intake.tablets_500 * 500 + intake.tablets_150 * 150 == intake.dose_mg
        assert 0 <= intake.tablets_150 <= MOST_SMALL_TABLETS
    assert abs(solved.dose_mg - surface * per_m2) <= abs(table.dose_mg - surface * per_m2)
    # Above a multiple of 500 the sums lie at 0, 100, 150, 250, 300, 450 and 500: at most 150 mg apart.
    assert abs(solved.dose_mg - surface * per_m2) <= 75
    assert abs(large.dose_mg - surface * per_m2) <= 250


def test_halfway_between_large_tablets_goes_down_and_never_to_none() -> None:
    # 1.8 x 1250 = 2250, between 2000 and 2500; 1.8008 x 1250 = 2251; 0.1 x 1250 = 125
    assert by_large_tablets(bsa_m2=Decimal("1.8"), mg_per_m2=Decimal(1250)).dose_mg == 2000
    assert by_large_tablets(bsa_m2=Decimal("1.8008"), mg_per_m2=Decimal(1250)).dose_mg == 2500
    assert by_large_tablets(bsa_m2=Decimal("0.1"), mg_per_m2=Decimal(1250)).dose_mg == 500


def test_never_more_than_five_small_tablets() -> None:
    """900 mg would be six of 150; with five at most 800 (500 + 2 x 150) lies 100 away, 950 (500 + 3 x 150) 50."""
    solved = by_solver(bsa_m2=Decimal(1), mg_per_m2=Decimal(900))
    assert (solved.dose_mg, solved.tablets_500, solved.tablets_150) == (950, 1, 3)


@pytest.mark.parametrize(("surface", "per_m2"), [("0", "1250"), ("-1.7", "1250"), ("1.7", "0")])
def test_no_large_tablets_for_an_impossible_surface_or_dose(surface: str, per_m2: str) -> None:
    with pytest.raises(ValueError, match="above zero"):
        by_large_tablets(bsa_m2=Decimal(surface), mg_per_m2=Decimal(per_m2))


def test_a_surface_of_one_square_metre_has_tablets() -> None:
    # 1 x 1 = 1 mg: the smallest intake there is
    assert by_solver(bsa_m2=Decimal(1), mg_per_m2=Decimal(1)).dose_mg == 150


@pytest.mark.parametrize("surface", ["0", "-1.7"])
def test_no_tablets_for_an_impossible_surface(surface: str) -> None:
    with pytest.raises(ValueError, match="above zero"):
        by_label_table(TABLES[1250], bsa_m2=Decimal(surface))
    with pytest.raises(ValueError, match="above zero"):
        by_solver(bsa_m2=Decimal(surface), mg_per_m2=Decimal(1250))
