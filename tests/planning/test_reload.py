"""A loading dose again after too long a gap: both sides of every limit, and both rules shown where they differ."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mbc_desktop.planning.replay.reload import reloaded
from mbc_desktop.regimen.dose_rules import WeightDose
from mbc_desktop.regimen.regimen import Order, Reload
from tests.planning.treatments import library


def kilograms(amount: str) -> WeightDose:
    return WeightDose(kind="per_kg", amount=Decimal(amount), unit="mg/kg")


def rule(from_days: int, decision: str = "") -> Reload:
    answer = "trastuzumab_rule" if decision else ""
    return Reload(
        kind="by_gap",
        from_days=from_days,
        dose=kilograms("8"),
        minutes=90,
        source="label_text",
        grade="label",
        decision=decision,
        if_decided=answer,
    )


def order(*rules: Reload) -> Order:
    return Order(
        drug="trastuzumab",
        route="IV",
        dose=kilograms("6"),
        source="label_text",
        grade="label",
        days=(1,),
        minutes=30,
        reload=rules,
    )


ALONE = order(rule(29))
PAIR = order(rule(42), rule(29, "her2_reload_pair"))


@pytest.mark.parametrize(("gap", "dose", "codes"), [(None, "6", []), (28, "6", []), (29, "8", ["reload-after-gap"])])
def test_trastuzumab_alone_reloads_from_29_days_on(gap: int | None, dose: str, codes: list[str]) -> None:
    given, said = reloaded(ALONE, gap_days=gap, chosen={})
    assert given.dose == kilograms(dose)
    assert [item.code for item in said] == codes
    assert given.minutes == (90 if codes else 30)


@pytest.mark.parametrize(
    ("gap", "chosen", "dose", "codes"),
    [
        (28, "pair_rule", "6", []),
        (29, "pair_rule", "6", ["reload-rules-differ"]),
        (41, "pair_rule", "6", ["reload-rules-differ"]),
        (42, "pair_rule", "8", ["reload-after-gap"]),
        (28, "trastuzumab_rule", "6", []),
        (29, "trastuzumab_rule", "8", ["reload-after-gap", "reload-rules-differ"]),
        (41, "trastuzumab_rule", "8", ["reload-after-gap", "reload-rules-differ"]),
        (42, "trastuzumab_rule", "8", ["reload-after-gap"]),
    ],
)
def test_the_pair_reloads_from_42_days_on_and_shows_the_other_rule_before(
    gap: int, chosen: str, dose: str, codes: list[str]
) -> None:
    given, said = reloaded(PAIR, gap_days=gap, chosen={"her2_reload_pair": chosen})
    assert given.dose == kilograms(dose)
    assert [item.code for item in said] == codes
    for item in said:
        values = dict(item.values)
        if item.code == "reload-rules-differ":
            assert (values["dose"], values["other_dose"]) == (f"{dose} mg/kg", "8 mg/kg" if dose == "6" else "6 mg/kg")


def test_the_same_order_is_given_each_time() -> None:
    """Doses are shared by order: two equal reloads are one order."""
    assert reloaded(ALONE, gap_days=30, chosen={})[0] is reloaded(ALONE, gap_days=50, chosen={})[0]


@pytest.mark.parametrize(("gap", "dose"), [(13, "2"), (14, "2"), (15, "4")])
@pytest.mark.parametrize("regimen", ["trastuzumab-weekly", "trastuzumab-paclitaxel"])
def test_weekly_trastuzumab_loads_again_from_15_days_on(regimen: str, gap: int, dose: str) -> None:
    phases = [phase for part in library().regimens[regimen].parts for phase in part.phases if phase.id == "weekly"]
    later = [item for item in phases[0].orders if item.reload]
    assert [item.cycles for item in later] == [(1, 1), (2, None)]
    for item in later:
        given, _ = reloaded(item, gap_days=gap, chosen={})
        assert given.dose == kilograms(dose)
