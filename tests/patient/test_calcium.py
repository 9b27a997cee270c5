"""Corrected calcium and its grades, in each unit on its own."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from mbc_desktop.patient.calcium import (
    corrected_calcium_mg,
    corrected_calcium_mmol,
    hypercalcaemia_grade_mg,
    hypercalcaemia_grade_mmol,
    hypocalcaemia_grade_ionised,
    hypocalcaemia_grade_mg,
    hypocalcaemia_grade_mmol,
)


def test_correction_in_each_unit() -> None:
    # 2.62 + 0.02 x (40 - 21) = 3.00; 11.2 + 0.8 x (4 - 3) = 12.0
    assert corrected_calcium_mmol(calcium_mmol_l=Decimal("2.62"), albumin_g_l=Decimal(21)) == 3
    assert corrected_calcium_mg(calcium_mg_dl=Decimal("11.2"), albumin_g_dl=Decimal(3)) == 12


def test_converting_first_would_miss_the_limit() -> None:
    # 2.60 + 0.02 x 20 = 3.0000; by mg/dL: (2.60 x 4.0078 + 0.8 x 2) / 4.0078 = 2.60 + 1.6 / 4.0078 = 2.99922
    direct = corrected_calcium_mmol(calcium_mmol_l=Decimal("2.60"), albumin_g_l=Decimal(20))
    factor = Decimal("4.0078")
    through = corrected_calcium_mg(calcium_mg_dl=Decimal("2.60") * factor, albumin_g_dl=Decimal(2)) / factor
    assert direct == 3
    assert abs(through - Decimal("2.999222")) < Decimal("0.000001")


Grade = Callable[..., int]


def edges(limits: tuple[str, str, str], step: str, own: str) -> list[tuple[str, int]]:
    """For limits from mild to severe: each limit itself has the milder grade, one step further the next."""
    grades: list[tuple[str, int]] = [(own, 0), (str(Decimal(own) + Decimal(step)), 1)]
    for number, limit in enumerate(limits, 1):
        grades += [(limit, number), (str(Decimal(limit) + Decimal(step)), number + 1)]
    return grades


@pytest.mark.parametrize(("value", "grade"), edges(("2.0", "1.75", "1.5"), "-0.01", "2.15"))
def test_hypocalcaemia_in_mmol(value: str, grade: int) -> None:
    assert hypocalcaemia_grade_mmol(corrected_mmol_l=Decimal(value), lower_limit=Decimal("2.15")) == grade


@pytest.mark.parametrize(("value", "grade"), edges(("8.0", "7.0", "6.0"), "-0.01", "8.5"))
def test_hypocalcaemia_in_mg(value: str, grade: int) -> None:
    assert hypocalcaemia_grade_mg(corrected_mg_dl=Decimal(value), lower_limit=Decimal("8.5")) == grade


@pytest.mark.parametrize(("value", "grade"), edges(("1.0", "0.9", "0.8"), "-0.01", "1.15"))
def test_hypocalcaemia_ionised(value: str, grade: int) -> None:
    assert hypocalcaemia_grade_ionised(ionised_mmol_l=Decimal(value), lower_limit=Decimal("1.15")) == grade


@pytest.mark.parametrize(("value", "grade"), edges(("2.9", "3.1", "3.4"), "0.01", "2.55"))
def test_hypercalcaemia_in_mmol(value: str, grade: int) -> None:
    assert hypercalcaemia_grade_mmol(corrected_mmol_l=Decimal(value), upper_limit=Decimal("2.55")) == grade


@pytest.mark.parametrize(("value", "grade"), edges(("11.5", "12.5", "13.5"), "0.01", "10.2"))
def test_hypercalcaemia_in_mg(value: str, grade: int) -> None:
    assert hypercalcaemia_grade_mg(corrected_mg_dl=Decimal(value), upper_limit=Decimal("10.2")) == grade


def test_8_01_mg_is_milder_than_the_same_calcium_in_mmol() -> None:
    # 8.01 mg/dL / 4.0078 = 1.9986 mmol/L: the two scales do not meet
    assert hypocalcaemia_grade_mg(corrected_mg_dl=Decimal("8.01"), lower_limit=Decimal("8.5")) == 1
    assert hypocalcaemia_grade_mmol(corrected_mmol_l=Decimal("1.9986"), lower_limit=Decimal("2.15")) == 2


def test_fixed_limits_count_where_a_laboratory_limit_lies_beyond_them() -> None:
    assert hypocalcaemia_grade_mmol(corrected_mmol_l=Decimal("1.95"), lower_limit=Decimal("1.90")) == 2
    assert hypercalcaemia_grade_mmol(corrected_mmol_l=Decimal("2.95"), upper_limit=Decimal("3.00")) == 2
