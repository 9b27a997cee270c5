"""Two engines, one answer: the program against the second engine, over seeded random treatments."""

from __future__ import annotations

import ast
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from mbc_desktop.core.interval import add_months
from mbc_desktop.planning.dates.working_days import belgian_holidays
from tests.engine_comparison import differences
from tests.second_engine import belgium, civil
from tests.second_engine.random_orders import random_file

SEED = "2026-11-23"
BATCHES, ORDERS = 10, 250
PACKAGE = Path(belgium.__file__).parent


@pytest.mark.parametrize("batch", range(BATCHES))
def test_both_engines_give_the_same_plan(batch: int) -> None:
    found = []
    for number in range(batch * ORDERS, (batch + 1) * ORDERS):
        file = random_file(Random(f"{SEED}/{number}"))  # noqa: S311 - chosen, not secret
        found += [f"{number}: {text}" for text in differences(file)]
    assert found == []


def test_both_know_the_same_holidays() -> None:
    for year in range(1900, 2200):
        ours = {day.isoformat() for day in belgian_holidays(year)}
        assert ours == {civil.write(day) for day in belgium.holidays(year)}


def test_both_count_days_weeks_and_months_alike() -> None:
    day = date(1899, 12, 1)
    while day < date(2200, 2, 1):
        number = (day - date(1970, 1, 1)).days
        assert civil.parse(day.isoformat()) == number
        assert civil.write(number) == day.isoformat()
        assert civil.weekday(number) == day.weekday()
        assert civil.week(number) == (day - timedelta(days=day.weekday() - 3) - date(1970, 1, 1)).days
        for months in (1, 6, 24):
            assert civil.write(civil.months_later(number, months)) == add_months(day, months).isoformat()
        day += timedelta(days=11)


def test_the_second_engine_uses_nothing_of_the_first() -> None:
    allowed = {"__future__", "collections", "dataclasses", "fractions", "functools", "random", "typing", "tests"}
    for path in sorted(PACKAGE.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert name.split(".")[0] in allowed, f"{path.name} imports {name}"
                assert not name.startswith("tests") or name.startswith("tests.second_engine"), f"{path.name} imports {name}"


def test_a_planted_slip_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison itself: whatever is changed in the second engine by one step must show."""
    from tests.second_engine import amounts, orders

    monkeypatch.setattr(orders, "BONE_AGENT", orders.Rule((-3, 7), "later", False, 22))
    monkeypatch.setattr(amounts, "DOCETAXEL_STEP", amounts.DOCETAXEL_STEP / 2)
    files = [random_file(Random(f"{SEED}/{number}")) for number in range(300)]  # noqa: S311 - chosen, not secret
    seen = " ".join(text for file in files for text in differences(file))
    assert "zoledronic-acid: " in seen
    assert "/docetaxel/" in seen
