"""Capecitabine as tablets by the method of the site, with the reduction for the kidneys."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mbc_desktop.dosing.compute_dose import compute_dose
from mbc_desktop.dosing.dispense import dispense, shelf
from mbc_desktop.dosing.dose import DoseAnswer
from mbc_desktop.regimen.dose_rules import SurfaceDose
from mbc_desktop.regimen.dose_tables import TabletTable
from tests.dosing.orders import CHOSEN, order, situation, value
from tests.planning.treatments import library


def answer_for(per_m2: str, method: str, *, creatinine: str = "0.85", height: str = "165", weight: str = "68") -> DoseAnswer:
    values = (value("weight", weight, "kg"), value("height", height, "cm"), value("creatinine", creatinine, "mg/dL"))
    chosen = CHOSEN | {"crcl_weight": "actual"} | ({"capecitabine_tablets": method} if method else {})
    wanted = order(SurfaceDose(kind="per_m2", amount=Decimal(per_m2), unit="mg/m2"))
    drug = library().drugs["capecitabine"]
    return compute_dose(wanted, drug, situation(*values, chosen=chosen), tables=library().dose_tables)


def milligrams(answer: DoseAnswer) -> str | None:
    return None if answer.dose is None else answer.dose.amount.text()


@pytest.mark.parametrize(
    ("creatinine", "table", "solver"),
    # 75 x 68 x 0.85 / 72 = 60.2083; / 1.2 = 50.17, judged as 50.1; / 1.204 = 50.007, judged as 50: three quarters. 75 % of 1250 x
    # 1.765408 = 1655.07: 1650 lies 5.07 away. / 2.0 = 30.104, judged as 30.1; / 2.007 = 29.999, judged as 29.9.
    [
        ("1.2", "2150 mg", "2250 mg"),
        ("1.204", "1650 mg", "1650 mg"),
        ("2.0", "1650 mg", "1650 mg"),
        ("2.007", None, None),
    ],
)
def test_a_start_with_1250_follows_the_kidneys(creatinine: str, table: str | None, solver: str | None) -> None:
    assert milligrams(answer_for("1250", "label table", creatinine=creatinine)) == table
    assert milligrams(answer_for("1250", "solver", creatinine=creatinine)) == solver


@pytest.mark.parametrize(("creatinine", "dose"), [("1.2", "1750 mg"), ("1.204", "1750 mg"), ("2.007", None)])
def test_a_start_with_1000_is_not_lowered_but_ends_below_30(creatinine: str, dose: str | None) -> None:
    assert milligrams(answer_for("1000", "label table", creatinine=creatinine)) == dose


def test_the_trap_of_the_reference() -> None:
    """154 cm, 55.44 kg: 154 x 55.44 / 3600 = 2.3716, so 1.54 m2. At a clearance of 40, 75 % of 1250 gives 1500 mg and 1000
    unreduced 1600."""
    body = {"height": "154", "weight": "55.44", "creatinine": "1.2"}
    assert milligrams(answer_for("1250", "label table", **body)) == "1500 mg"
    assert milligrams(answer_for("1000", "label table", **body)) == "1600 mg"


def test_without_a_method_there_is_no_dose() -> None:
    answer = answer_for("1250", "")
    assert answer.dose is None
    assert [(item.code, dict(item.values)["decision"]) for item in answer.findings] == [
        ("decision-missing", "capecitabine_tablets")
    ]


def test_a_dose_without_a_printed_table_is_not_guessed() -> None:
    assert answer_for("900", "label table").dose is None
    assert milligrams(answer_for("900", "solver")) == "1600 mg"


def test_a_table_that_is_not_confirmed_says_so() -> None:
    assert [item.code for item in answer_for("1250", "label table").findings] == ["unconfirmed-number"]
    assert answer_for("1250", "solver").findings == ()


def test_what_is_dispensed_is_what_the_label_prints() -> None:
    """Every row of both tables: the same tablets of 500 and of 150 mg."""
    forms = shelf(library().drugs["capecitabine"], "")
    for id in ("capecitabine_1250_eu", "capecitabine_1000_eu"):
        table = library().dose_tables[id]
        assert isinstance(table, TabletTable)
        for row in table.rows:
            give = dispense(row.dose, forms)
            assert give is not None
            counts = {int(item.strength): int(item.count) for item in give}
            assert (counts.get(500, 0), counts.get(150, 0)) == (row.tablets_500, row.tablets_150), row
