"""Doses made of tablets by the hospital's method, each step whole. 80 kg and 180 cm are 2 m2; 75 mg/m2 are 150 mg."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from mbc_desktop.core.finding import finding
from mbc_desktop.core.quantity import Quantity
from mbc_desktop.dosing.compute_dose import compute_dose
from mbc_desktop.dosing.dose import DoseAnswer, Step
from mbc_desktop.dosing.dose_work import FULL_DOSE, DoseLevel
from mbc_desktop.regimen.dose_rules import SurfaceDose
from mbc_desktop.regimen.dose_tables import (
    LABEL_TABLE,
    LARGE_ONLY,
    NEAREST_SUM,
    SOLVER,
    DoseTable,
    PieceRow,
    PieceTable,
    TabletRow,
    TabletTable,
)
from mbc_desktop.regimen.drug import Drug, TabletChoice
from tests.dosing.orders import CHOSEN, TODAY, drug, form, order, situation, value

ROWS = tuple(
    TabletRow(
        at_least=Decimal(surface), dose=Decimal(dose), tablets_500=0, tablets_150=0,
        dose_75_percent=Decimal(three_quarters), dose_50_percent=Decimal(half),
    )
    for surface, dose, three_quarters, half in (("0", "2000", "1500", "1000"), ("2", "2500", "1800", "1300"))
)  # fmt: skip
TABLETS = TabletTable(
    kind="tablets_by_surface", id="tablets", version="1", valid_from=TODAY, reviewed_on=TODAY, status="draft", drug="alfa",
    per_m2=Decimal(1250), rows=ROWS, source="table_source", grade="secondary", history=(),
)  # fmt: skip
PIECES = PieceTable(
    kind="dose_by_surface", id="pieces", version="1", valid_from=TODAY, reviewed_on=TODAY, status="draft", drug="alfa",
    per_m2=Decimal(60),
    rows=(PieceRow(at_least=Decimal("1.5"), dose=Decimal(90)), PieceRow(at_least=Decimal(2), dose=Decimal(120))),
    source="table_source", grade="secondary", history=(),
)  # fmt: skip
BOTH: dict[str, DoseTable] = {"tablets": TABLETS, "pieces": PIECES, "of_80": replace(PIECES, id="of_80", per_m2=Decimal(80))}
CAPECITABINE = replace(
    drug(forms=(form("500", kind="tablet"), form("150", kind="tablet"))),
    tablets=TabletChoice(decision="method", tables=("absent", "tablets")),
)
VINORELBINE = replace(
    drug(forms=(form("30", kind="capsule"), form("20", kind="capsule"))),
    tablets=TabletChoice(decision="method", tables=("pieces",)),
)


def answer(
    medicine: Drug, per_m2: str, method: str, *, level: DoseLevel = FULL_DOSE, height: str = "180", weight: str = "80"
) -> DoseAnswer:
    known = situation(
        value("weight", weight, "kg"),
        value("height", height, "cm"),
        chosen=CHOSEN | ({"method": method} if method else {}),
    )
    dose = SurfaceDose(kind="per_m2", amount=Decimal(per_m2), unit="mg/m2")
    return compute_dose(order(dose), medicine, known, level=level, tables=BOTH)


def last(found: DoseAnswer) -> Step:
    assert found.dose is not None, found.findings
    return found.dose.steps[-1]


def step(rule: str, before: str, after: str, source: str, grade: str, *values: tuple[str, str]) -> Step:
    amounts = Quantity(Decimal(before), "mg"), Quantity(Decimal(after), "mg")
    return Step(rule=rule, before=amounts[0], amount=amounts[1], source=source, grade=grade, values=values)  # type: ignore[arg-type]


@pytest.mark.parametrize(("percent", "exact", "dose"), [(None, "2500", "2500"), ("75", "1875", "1800"), ("50", "1250", "1300")])
def test_the_label_prints_the_dose_of_a_percentage(percent: str | None, exact: str, dose: str) -> None:
    level = FULL_DOSE if percent is None else DoseLevel(percent=Decimal(percent))
    found = answer(CAPECITABINE, "1250", LABEL_TABLE, level=level)
    values = (("exact", exact), ("bsa_m2", "2"), ("percent", percent or "100"))
    assert last(found) == step("tablets-by-table", exact, dose, "table_source", "secondary", *values)
    assert found.dose is not None
    assert (dict(found.dose.choices)["method"], found.dose.exact) == (LABEL_TABLE, Decimal(exact))
    assert "rounding" not in dict(found.dose.choices)


def test_just_below_a_row_the_row_before_counts() -> None:
    # sqrt(180 x 79.9 / 3600) = 1.99875
    assert last(answer(CAPECITABINE, "1250", LABEL_TABLE, weight="79.9")).amount == Quantity(Decimal(2000), "mg")


@pytest.mark.parametrize(
    ("per_m2", "percent", "amount"), [("1000", None, "2000"), ("1250", "80", "2000"), ("1250", "76", "1900")]
)
def test_what_the_label_does_not_print_is_not_guessed(per_m2: str, percent: str | None, amount: str) -> None:
    level = FULL_DOSE if percent is None else DoseLevel(percent=Decimal(percent))
    found = answer(CAPECITABINE, per_m2, LABEL_TABLE, level=level)
    expected = finding("not-dispensable", "stop", drug="alfa", amount=amount, unit="mg")
    assert (found.dose, found.findings) == (None, (expected,))


@pytest.mark.parametrize("method", ["", "as usual"])
def test_without_a_method_there_is_no_dose(method: str) -> None:
    found = answer(CAPECITABINE, "1250", method)
    assert (found.dose, found.findings) == (None, (finding("decision-missing", "stop", drug="alfa", decision="method"),))


@pytest.mark.parametrize(
    ("method", "per_m2", "exact", "dose"),
    # 2 x 1195 = 2390: 2300 (4 x 500 + 2 x 150) lies 90 away, 2450 (4 x 500 + 3 x 150) 60; of 500 alone 2500 is nearest, 110 away.
    [(SOLVER, "1195", "2390", "2450"), (LARGE_ONLY, "1195", "2390", "2500"), (LARGE_ONLY, "1100", "2200", "2000")],
)
def test_the_nearest_sum_of_tablets(method: str, per_m2: str, exact: str, dose: str) -> None:
    found = answer(CAPECITABINE, per_m2, method)
    values = (("exact", exact), ("bsa_m2", "2"))
    assert last(found) == step("round-to-pieces", exact, dose, "proposal", "proposal", *values)


def test_capsules_by_the_printed_dose() -> None:
    found = answer(VINORELBINE, "60", LABEL_TABLE)
    values = (("exact", "120"), ("bsa_m2", "2"), ("per_m2", "60"))
    assert last(found) == step("capsules-by-table", "120", "120", "table_source", "secondary", *values)
    # sqrt(180 x 79.9 / 3600) = 1.99875 m2, x 60 = 119.925: the row of 1.5 m2
    assert last(answer(VINORELBINE, "60", LABEL_TABLE, weight="79.9")).amount == Quantity(Decimal(90), "mg")


def test_capsules_by_the_table_of_the_dose_that_the_level_left() -> None:
    """75 % of 80 mg/m2 is 60: the table of 60."""
    found = answer(VINORELBINE, "80", LABEL_TABLE, level=DoseLevel(percent=Decimal(75)))
    assert last(found).rule == "capsules-by-table"
    assert last(found).amount == Quantity(Decimal(120), "mg")


def test_one_of_two_tables_that_prints_the_dose_is_enough() -> None:
    two = replace(VINORELBINE, tablets=TabletChoice(decision="method", tables=("of_80", "pieces")))
    found = answer(two, "60", LABEL_TABLE)
    assert last(found).rule == "capsules-by-table"


@pytest.mark.parametrize(
    ("per_m2", "method", "weight", "exact", "dose"),
    [
        ("64", NEAREST_SUM, "80", "128", "130"),
        ("60", NEAREST_SUM, "80", "120", "120"),
        ("64", LABEL_TABLE, "80", "128", "130"),  # the table prints 60 only
        ("60", LABEL_TABLE, "45", "90", "90"),  # sqrt(180 x 45 / 3600) = 1.5 m2: the first row
    ],
)
def test_capsules_are_counted_where_the_site_says_so_or_nothing_is_printed(
    per_m2: str, method: str, weight: str, exact: str, dose: str
) -> None:
    found = answer(VINORELBINE, per_m2, method, weight=weight)
    counted = method == NEAREST_SUM or per_m2 == "64"
    assert last(found).rule == ("round-to-pieces" if counted else "capsules-by-table")
    assert last(found).amount == Quantity(Decimal(dose), "mg")
    assert found.dose is not None
    assert (dict(found.dose.choices)["method"], found.dose.exact) == (method, Decimal(exact))


def test_below_the_first_printed_surface_capsules_are_counted() -> None:
    """40 kg and 160 cm: sqrt(160 x 40 / 3600) = 1.3333 m2, x 60 = 80 mg."""
    found = answer(VINORELBINE, "60", LABEL_TABLE, weight="40", height="160")
    assert (last(found).rule, last(found).amount) == ("round-to-pieces", Quantity(Decimal(80), "mg"))


def test_a_surface_outside_the_tables_of_tablets_is_not_counted() -> None:
    """A table of tablets that does not print the dose stops it; it is never counted by itself."""
    assert answer(CAPECITABINE, "1000", LABEL_TABLE).dose is None
