"""A sample of what `make prove-data` does: digits of schedules/ changed, each noticed by the loader or by a worked case."""

from __future__ import annotations

from random import Random

import pytest

from mbc_desktop.core.folders import find_schedules
from tests.data_mutants import Mutant, all_mutants, clinical_numbers
from tests.data_report import reason_for
from tests.data_verdict import verdict_on
from tests.prove_data import SEED

COUNT = 60


def sample() -> list[Mutant]:
    """Digits drawn with the seed; those of the shared files, which reach every case, are left to the long run."""
    mutants = [item for item in all_mutants(find_schedules(), seed=SEED) if "/" in item.file]
    return Random(SEED).sample(mutants, COUNT)  # noqa: S311 - a repeatable draw, no secret


@pytest.mark.parametrize("mutant", sample(), ids=str)
def test_a_wrong_digit_is_noticed(mutant: Mutant) -> None:
    assert reason_for(mutant) or verdict_on(mutant).by != "nobody", f"{mutant} is noticed by no rule and no case"


def test_names_units_dates_and_comments_are_no_clinical_numbers() -> None:
    text = """id = "x2" # 3
version = "1"
valid_from = 2026-11-23
dose = { amount = "2.5", unit = "mg/m2" }
take = { first = 1, last = 14 }
rows = [
    { at_least = "30", form = "vial-150mg" }, # 9
]
[[parts.phases]]
advice = ["missed_within_9_hours", "cdk46_preferred"]
"""
    assert [(key, number) for key, _, number in clinical_numbers(text)] == [
        ("amount", "2.5"),
        ("first", "1"),
        ("last", "14"),
        ("at_least", "30"),
        ("advice", "9"),
    ]
