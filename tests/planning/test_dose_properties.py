"""What holds for the doses of every regimen, whoever the patient is."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from mbc_desktop.planning.plan import Plan
from tests.dose_comparison import of_plan, plan_drawn
from tests.planning.treatments import File, later, library
from tests.second_doses.medicines import MEDICINES
from tests.second_doses.random_orders import REGIMEN_IDS, Drawn, random_order
from tests.second_doses.schedules import REGIMENS

Doses = dict[tuple[str, int], Decimal | None]
SEEDS = some.integers(min_value=0, max_value=10**9)
EACH = 3
DAYS = 22
ORDINARY = {"weight_basis": "actual", "carboplatin_gfr": "cockcroft_gault_actual", "crcl_weight": "actual"}
every_regimen = pytest.mark.parametrize("regimen", REGIMEN_IDS)


def drawn_for(regimen: str, seed: int, **values: tuple[str, str]) -> Drawn:
    """A treatment of three weeks without events, on the actual weight; `values` (value, unit) replace measurements."""
    drawn = random_order(Random(seed), regimen)  # noqa: S311 - chosen, not secret
    file = drawn.file
    course = {key: value for key, value in file["courses"][0].items() if key != "reference_weight"}
    course["choices"] = course["choices"] | ORDINARY
    measured = [
        item | ({"value": values[item["kind"]][0], "unit": values[item["kind"]][1]} if item["kind"] in values else {})
        for item in file["measurements"]
    ]
    # A band that lies too far away is refused: then a heavier patient may have no dose at all.
    site = drawn.site | ({"rounding": "none"} if drawn.site["rounding"] == "nhs_band" else {})
    changed = file | {"courses": [course], "events": [], "measurements": measured, "horizon": later(file["today"], DAYS)}
    return replace(drawn, file=changed, site=site, lowered="", level=0)


def answers(drawn: Drawn) -> dict[str, str]:
    """The answers that hold: those of the site, and over them those of the course."""
    return {**drawn.site, **drawn.file["courses"][0]["choices"]}


def with_file(drawn: Drawn, **changes: Any) -> Drawn:
    """The same treatment with other keys."""
    return replace(drawn, file=drawn.file | changes)


def doses_of(plan: Plan) -> Doses:
    """Every dose by drug and place in the course."""
    found: Doses = {}
    for item in (*plan.administrations, *plan.intakes):
        number = sum(drug == item.drug for drug, _ in found)
        found[item.drug, number] = item.dose.amount.amount if item.dose else None
    return found


def doses(drawn: Drawn) -> Doses:
    """Every dose of a treatment."""
    return doses_of(plan_drawn(drawn))


def none_lower(lower: Doses, higher: Doses) -> bool:
    """Whether no dose of the second is below that of the first; no dose counts as nothing."""
    return lower.keys() == higher.keys() and all((amount or 0) <= (higher[key] or 0) for key, amount in lower.items())


@every_regimen
@given(seed=SEEDS, weight=some.integers(min_value=350, max_value=1400), more=some.integers(min_value=1, max_value=300))
@settings(max_examples=EACH)
def test_a_heavier_patient_never_gets_less(regimen: str, seed: int, weight: int, more: int) -> None:
    light, heavy = (
        doses(drawn_for(regimen, seed, weight=(str(Decimal(tenths) / 10), "kg"))) for tenths in (weight, min(weight + more, 1490))
    )
    assert none_lower(light, heavy)


@every_regimen
@given(seed=SEEDS, creatinine=some.integers(min_value=40, max_value=280), more=some.integers(min_value=1, max_value=150))
@settings(max_examples=EACH)
def test_worse_kidneys_never_get_more(regimen: str, seed: int, creatinine: int, more: int) -> None:
    good, bad = (
        doses(drawn_for(regimen, seed, creatinine=(str(Decimal(hundredths) / 100), "mg/dL")))
        for hundredths in (creatinine, min(creatinine + more, 300))
    )
    assert none_lower(bad, good)


@every_regimen
@given(seed=SEEDS, weight=some.integers(min_value=350, max_value=1490))
@settings(max_examples=EACH)
def test_no_ceiling_is_passed_after_rounding(regimen: str, seed: int, weight: int) -> None:
    kilograms = Decimal(weight) / 10
    drawn = drawn_for(regimen, seed, weight=(str(kilograms), "kg"))
    cap = answers(drawn)["carboplatin_gfr_cap"]
    for (drug, _), amount in doses(drawn).items():
        most = MEDICINES[drug].most_mg
        if amount is not None and most:
            assert amount <= max(most.values())
        if amount is not None and MEDICINES[drug].down_only:
            per_kg = MEDICINES[drug].most_per_unit
            assert per_kg is not None
            assert Fraction(amount) <= per_kg * Fraction(kilograms)
        if amount is not None and drug == "carboplatin" and cap == "125":
            answer = answers(drawn)["carboplatin_gemcitabine_auc"]
            assert amount <= 150 * (2 if regimen == "tc-weekly" else int(answer.split(" ")[1]))


@every_regimen
@given(seed=SEEDS, weight=some.integers(min_value=901, max_value=1490))
@settings(max_examples=EACH)
def test_a_surface_above_the_cap_is_the_cap_and_capping_again_changes_nothing(regimen: str, seed: int, weight: int) -> None:
    # 160 cm and 90 kg: 14400 / 3600 = 4, whose root is 2 m2.
    def by_surface(kilograms: str, cap: str) -> Doses:
        drawn = drawn_for(regimen, seed, weight=(kilograms, "kg"), height=("160", "cm"), creatinine=("0.50", "mg/dL"))
        site = drawn.site | {"bsa_formula": "mosteller", "bsa_cap": cap}
        found = doses(replace(drawn, site=site))
        computed = {"trastuzumab", "bevacizumab", "trastuzumab-emtansine", "trastuzumab-deruxtecan", "sacituzumab-govitecan"}
        return {key: amount for key, amount in found.items() if key[0] not in computed | {"carboplatin"}}

    at_the_cap = by_surface("90", "2.0")
    assert at_the_cap == by_surface("90", "none")
    assert at_the_cap == by_surface(str(Decimal(weight) / 10), "2.0")


@pytest.mark.parametrize("drug", sorted(drug for drug, medicine in MEDICINES.items() if medicine.levels))
@given(seed=SEEDS, level=some.integers(min_value=1, max_value=2))
@settings(max_examples=EACH)
def test_a_level_entered_twice_is_that_level(drug: str, seed: int, level: int) -> None:
    for regimen in [regimen for regimen in REGIMEN_IDS if drug in REGIMENS[regimen]][:3]:
        drawn = drawn_for(regimen, seed)
        lowered: File = {"kind": "dose_level", "course": "c1", "drug": drug, "level": f"-{level}", "scope": "rest_of_treatment"}
        lowered |= {"on": drawn.file["today"], "by": "NV"}
        once = doses(with_file(drawn, events=[{"id": "e1", **lowered}]))
        twice = doses(with_file(drawn, events=[{"id": "e1", **lowered}, {"id": "e2", **lowered}]))
        assert once == twice


@every_regimen
@given(seed=SEEDS, creatinine=some.integers(min_value=40, max_value=300), albumin=some.integers(min_value=30, max_value=50))
@settings(max_examples=EACH)
def test_the_unit_and_the_language_leave_the_dose(regimen: str, seed: int, creatinine: int, albumin: int) -> None:
    milligrams, calcium = Decimal(creatinine) / 100, Decimal("2.30")
    one = drawn_for(
        regimen,
        seed,
        creatinine=(str(milligrams), "mg/dL"),
        albumin=(str(albumin), "g/L"),
        calcium=(str(calcium), "mmol/L"),
    )
    other = drawn_for(
        regimen,
        seed,
        creatinine=(str(milligrams * Decimal("88.4")), "umol/L"),
        albumin=(str(Decimal(albumin) / 10), "g/dL"),
        calcium=(str(calcium * Decimal("4.0078")), "mg/dL"),
    )
    language = ("nl", "fr", "de", "en")[seed % 4]
    assert doses(one) == doses(with_file(other, language=language))


@every_regimen
@pytest.mark.parametrize("kind", ["weight", "height", "creatinine", "measured_gfr"])
@given(seed=SEEDS)
@settings(max_examples=2)
def test_a_missing_value_removes_exactly_the_doses_that_need_it_and_is_named(kind: str, regimen: str, seed: int) -> None:
    drawn = random_order(Random(seed), regimen)  # noqa: S311 - chosen, not secret
    left = [item for item in drawn.file["measurements"] if item["kind"] != kind]
    drawn = replace(with_file(drawn, measurements=left, events=[]), lowered="", level=0)
    before = random_order(Random(seed), regimen)  # noqa: S311 - chosen, not secret
    before = replace(with_file(before, events=[]), lowered="", level=0)
    plan, whole = plan_drawn(drawn), plan_drawn(before)
    assert of_plan(plan, drawn)[2] == []
    lost = {key[0] for key, amount in doses_of(plan).items() if amount is None and doses_of(whole)[key] is not None}
    named = {item.drug for item in plan.findings if item.code == "missing-fact" and kind in dict(item.values)["facts"]}
    # Denosumab goes on without a clearance on the answer of a person; that it is unknown is said.
    assert lost - {"denosumab"} <= named
    assert named <= lost | {
        drug for drug in named if all(amount is None for key, amount in doses_of(whole).items() if key[0] == drug)
    }


NEEDED = [
    (regimen, decision.key)
    for regimen in REGIMEN_IDS
    for key in library().regimens[regimen].decisions
    for decision in [library().decisions[key]]
    if decision.state != "preselected"
]


@pytest.mark.parametrize(("regimen", "key"), NEEDED, ids=[f"{regimen}-{key}" for regimen, key in NEEDED])
def test_a_missing_answer_removes_a_dose_and_is_named(regimen: str, key: str) -> None:
    drawn = drawn_for(regimen, 1)
    course = drawn.file["courses"][0]
    kept = {name: value for name, value in course["choices"].items() if name != key}
    site = {name: value for name, value in drawn.site.items() if name != key}
    without = replace(with_file(drawn, courses=[course | {"choices": kept}]), site=site)
    plan = plan_drawn(without)
    said = [item for item in plan.findings if item.code == "decision-missing" and dict(item.values).get("decision") == key]
    assert said
    assert {item.severity for item in said} == {"stop"}
    answered = {name for name, amount in doses(drawn).items() if amount is not None}
    assert {name for name, amount in doses_of(plan).items() if amount is not None} < answered


@every_regimen
def test_an_ordinary_patient_gets_a_dose(regimen: str) -> None:
    """So that the properties above compare something."""
    drawn = drawn_for(regimen, 1, weight=("68", "kg"), height=("165", "cm"), creatinine=("0.80", "mg/dL"))
    facts = {key: value for key, value in drawn.file["facts"].items() if key != "child_pugh"}
    assert any(doses(with_file(drawn, facts=facts)).values())
