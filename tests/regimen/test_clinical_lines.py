"""The content of one rule as lines, and a change as one says it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from mbc_desktop.regimen.clinical_lines import ClinicalChange, change_in_short, lines_under
from mbc_desktop.regimen.dose_rules import SurfaceDose, UndecidedDose
from mbc_desktop.regimen.drug import FactCaution
from mbc_desktop.regimen.regimen import Order
from mbc_desktop.regimen.site import Closure
from tests.planning.treatments import library


def content(record: object) -> dict[tuple[str, ...], str]:
    """The places inside a rule, each with its value."""
    return {line.place: line.value for line in lines_under(record, ())}


@pytest.mark.parametrize(
    ("dose", "text"),
    [
        (SurfaceDose(kind="per_m2", amount=Decimal("75.0"), unit="mg/m2"), "75 mg/m2"),
        (UndecidedDose(kind="by_decision", decision="alfa_dose", per="fixed", unit="mg"), "by alfa_dose mg"),
    ],
)
def test_the_dose_of_an_order(dose: SurfaceDose | UndecidedDose, text: str) -> None:
    order = Order(drug="alfa", route="IV", dose=dose, source="label_text", grade="label", days=(1, 8))
    lines = content(order)
    assert lines["dose",] == text
    assert lines["days",] == "1 8"


def test_a_day_is_written_as_iso() -> None:
    closure = Closure(first=date(2026, 5, 1), last=date(2026, 5, 2), unit=None, why="works")
    assert content(closure)["first",] == "2026-05-01"


def test_each_caution_has_a_name_of_its_own() -> None:
    facts = {"anticoagulant": "yes", "cyp3a4_inducer": "strong"}
    cautions = tuple(
        FactCaution(facts=(fact,), value=value, finding=f"ask-{fact}", source="label_text", grade="label")
        for fact, value in facts.items()
    )
    lines = content(replace(library().drugs["alpelisib"], cautions=cautions))
    assert lines["caution ask-anticoagulant", "value"] == "yes"
    assert lines["caution ask-cyp3a4_inducer", "value"] == "strong"


def test_what_is_no_record_has_no_lines() -> None:
    assert content("alfa") == {}
    assert content(Order) == {}


@pytest.mark.parametrize(
    ("place", "before", "after", "said"),
    [
        (("order docetaxel", "dose"), "75 mg/m2", "100 mg/m2", "docetaxel 75 -> 100 mg/m2"),
        (("order docetaxel", "dose"), "75 mg/m2", "2 mg/kg", "docetaxel 75 mg/m2 -> 2 mg/kg"),
        (("order docetaxel", "dose"), "75 mg/m2", "", "order docetaxel dose: 75 mg/m2 -> -"),
        (("paclitaxel", "holds neutrophils", "at_least"), "1", "1.5", "paclitaxel, holds neutrophils at_least: 1 -> 1.5"),
    ],
)
def test_a_change_in_short(place: tuple[str, ...], before: str, after: str, said: str) -> None:
    assert change_in_short(ClinicalChange(place=place, before=before, after=after)) == said
