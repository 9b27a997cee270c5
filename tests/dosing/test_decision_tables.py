"""Every decision table of the library is total: each value from 0 to the field's hard limit falls in exactly one row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from mbc_desktop.core.quantity import Quantity
from mbc_desktop.dosing.adjustment import Applied, applies
from mbc_desktop.dosing.situation import Situation
from mbc_desktop.patient.facts import Facts, Measurement, Patient
from mbc_desktop.regimen.dose_rules import Band, BandRow, ByClass
from tests.planning.treatments import library

DAY = date(2026, 3, 2)
# 68 years old: (140 - 68) x kg x 0.85 / (72 x 0.85) = kg, so that the weight in kg is the clearance in mL/min.
PATIENT = Patient(family_name="Voorbeeld", given_name="Anna", number="1", birth_date=date(1958, 1, 1), sex="female")
BANDS = [(drug.id, rule) for drug in library().drugs.values() for rule in drug.adjust if isinstance(rule, Band)]
CLASSES = [(drug.id, rule) for drug in library().drugs.values() for rule in drug.adjust if isinstance(rule, ByClass)]
TENTH = Decimal("0.1")


def holds(row: BandRow, value: Decimal) -> bool:
    """Whether a value lies above the lower edge of a row."""
    if row.above is not None:
        return value > row.above
    assert row.at_least is not None
    return value >= row.at_least


def with_clearance(value: Decimal) -> Situation:
    """A patient whose clearance is this value."""
    return Situation(
        patient=PATIENT,
        facts=Facts(),
        measurements=(
            Measurement(kind="weight", quantity=Quantity(value, "kg"), on=DAY),
            Measurement(kind="creatinine", quantity=Quantity(Decimal("0.85"), "mg/dL"), on=DAY),
        ),
        chosen={"crcl_weight": "actual"},
    )


@pytest.mark.parametrize(("drug", "rule"), BANDS, ids=[f"{drug}-{rule.id}" for drug, rule in BANDS])
def test_every_value_falls_in_exactly_one_row(drug: str, rule: Band) -> None:
    edges = [row.above if row.above is not None else row.at_least for row in rule.rows]
    assert edges == sorted((edge for edge in edges if edge is not None), reverse=True)
    assert rule.rows[-1].at_least == 0
    for tenths in range(3001):
        value = TENTH * tenths
        inside = [
            number
            for number, row in enumerate(rule.rows)
            if holds(row, value) and not any(holds(upper, value) for upper in rule.rows[:number])
        ]
        assert len(inside) == 1, f"{drug} {rule.id} at {value}"


@pytest.mark.parametrize(
    ("drug", "rule"),
    [(drug, rule) for drug, rule in BANDS if rule.by == "crcl_cockcroft_gault"],
    ids=[f"{drug}-{rule.id}" for drug, rule in BANDS if rule.by == "crcl_cockcroft_gault"],
)
def test_the_row_just_below_at_and_just_above_each_edge(drug: str, rule: Band) -> None:
    for number, row in enumerate(rule.rows[:-1]):
        edge = row.above if row.above is not None else row.at_least
        assert edge is not None
        at = number if row.at_least is not None else number + 1
        for value, wanted in ((edge - TENTH, number + 1), (edge, at), (edge + TENTH, number)):
            found = applies(rule, with_clearance(value))
            assert isinstance(found, Applied)
            assert found.row == wanted, f"{drug} {rule.id} at {value}"
        # A hundredth above the edge is shown, and decides, as the edge itself.
        hair = applies(rule, with_clearance(edge + Decimal("0.01")))
        assert isinstance(hair, Applied)
        assert hair.row == at


REBANDED = [(drug, rule) for drug, rule in BANDS if rule.rebanding and rule.by == "crcl_cockcroft_gault"]


@pytest.mark.parametrize(("drug", "rule"), REBANDED, ids=[f"{drug}-{rule.id}" for drug, rule in REBANDED])
def test_a_table_that_is_read_again_never_moves_up(drug: str, rule: Band) -> None:
    assert drug
    for worst in range(len(rule.rows)):
        for tenths in range(0, 1500, 37):
            situation = with_clearance(TENTH * tenths + TENTH)
            each = applies(
                rule, replace(situation, chosen={**situation.chosen, rule.rebanding: "each_dose"}), worst_row_so_far=worst
            )
            kept = applies(
                rule, replace(situation, chosen={**situation.chosen, rule.rebanding: "baseline"}), worst_row_so_far=worst
            )
            fresh = applies(rule, situation)
            assert isinstance(each, Applied)
            assert isinstance(kept, Applied)
            assert isinstance(fresh, Applied)
            assert each.row == max(worst, fresh.row)
            assert kept.row == worst


@pytest.mark.parametrize(("drug", "rule"), CLASSES, ids=[f"{drug}-{rule.id}" for drug, rule in CLASSES])
def test_every_class_of_a_fact_has_one_row(drug: str, rule: ByClass) -> None:
    assert drug
    values = [row.value for row in rule.rows]
    assert len(values) == len(set(values))
    if rule.by == "child_pugh":
        assert sorted(values) == ["A", "B", "C"]
    assert applies(rule, with_clearance(Decimal(70))) is None or rule.by != "child_pugh"
