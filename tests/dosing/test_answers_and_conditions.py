"""What the parts of the pipeline do with answers that are lacking or are no dose, and with conditions that meet their edge."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from mbc_desktop.dosing.adjustment import Applied, applies
from mbc_desktop.dosing.base_dose import decided
from mbc_desktop.dosing.dose_work import DoseWork, NoDoseError
from mbc_desktop.dosing.filtration import filtration
from mbc_desktop.dosing.gates import verdict_of
from mbc_desktop.dosing.situation import Missing
from mbc_desktop.dosing.tablet_rounding import round_to_tablets
from mbc_desktop.regimen.dose_rules import Condition, FixedDose, Outcome, Together, TogetherRow
from mbc_desktop.regimen.drug import TabletChoice
from tests.dosing.orders import CHOSEN, drug, order, situation, value


@pytest.mark.parametrize(("chosen", "code"), [({}, "decision-missing"), ({"alfa_dose": "as usual"}, "decision-not-a-dose")])
def test_no_dose_comes_from_an_answer_that_is_lacking_or_is_no_number(chosen: dict[str, str], code: str) -> None:
    with pytest.raises(NoDoseError) as stopped:
        decided("alfa_dose", drug(), situation(chosen=CHOSEN | chosen))
    assert [item.code for item in stopped.value.findings] == [code]


def test_an_answer_gives_its_first_number() -> None:
    assert decided("alfa_dose", drug(), situation(chosen=CHOSEN | {"alfa_dose": "25 mg/m2 weekly"})) == 25


def test_without_a_method_there_is_no_filtration() -> None:
    chosen = {key: text for key, text in CHOSEN.items() if key != "carboplatin_gfr"}
    everything = (value("weight", "68", "kg"), value("height", "165", "cm"), value("creatinine", "0.85", "mg/dL"))
    assert filtration(situation(*everything, chosen=chosen), floor=None) == Missing(("carboplatin_gfr",))


@pytest.mark.parametrize(("platelets", "holds"), [("99", False), ("100", True), ("101", True)])
def test_a_condition_that_begins_at_its_edge(platelets: str, holds: bool) -> None:
    row = TogetherRow(conditions=(Condition(of="platelets", at_least=Decimal(100)),), outcome=Outcome(percent=Decimal(50)))
    rule = Together(kind="together", id="count", rows=(row,), source="label_text", grade="label")
    found = applies(rule, situation(value("platelets", platelets, "10^9/L")))
    assert isinstance(found, Applied) == holds


def test_where_no_rule_says_anything_the_gate_is_open() -> None:
    assert verdict_of(()) == "go"


def test_tablets_are_counted_from_a_surface_only() -> None:
    ordered = order(FixedDose(kind="fixed", amount=Decimal(1500), unit="mg"))
    tablets = replace(drug(), tablets=TabletChoice(decision="alfa_tablets", tables=()))
    with pytest.raises(NoDoseError) as stopped:
        round_to_tablets(DoseWork(ordered, tablets, situation()), {})
    assert [item.code for item in stopped.value.findings] == ["not-dispensable"]
