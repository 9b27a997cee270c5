"""Tables that say something impossible, each refused by its own sentence; and names that lead nowhere in a library."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Literal

import pytest
from pydantic import ValidationError

from mbc_desktop.regimen.combination_file import CombinationTable
from mbc_desktop.regimen.dose_rules import Band, BandRow, Outcome
from mbc_desktop.regimen.drug_file import ConcentrationTable, HistoryLineTable, VersionedTable
from mbc_desktop.regimen.fields_file import NumberTable
from mbc_desktop.regimen.guideline import Condition, Guideline, Section, Statement
from mbc_desktop.regimen.guideline_checks import guideline_faults
from mbc_desktop.regimen.hold_rules import ThresholdGate
from mbc_desktop.regimen.hold_rules_file import HeartRowTable, ThresholdGateTable
from mbc_desktop.regimen.instruction_checks import instruction_faults
from mbc_desktop.regimen.instructions import Advice
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.library_checks import (
    combination_faults,
    decision_faults,
    drug_faults,
    procedure_faults,
    regimen_faults,
    site_faults,
)
from mbc_desktop.regimen.order_checks import clock_faults
from mbc_desktop.regimen.procedure_file import ProcedureHoldTable
from mbc_desktop.regimen.radiotherapy_file import RadiotherapyTable, RegionRuleTable
from mbc_desktop.regimen.rule_checks import band_faults, hold_faults
from mbc_desktop.regimen.rules_file import OutcomeTable
from mbc_desktop.regimen.site import Site, Stocked
from tests.planning.treatments import library

GRADED = {"source": "label_text", "grade": "label"}
COMBINATION = {"id": "rule", "kind": "apart", "severity": "caution", "drugs": ["alfa"], "before_days": 1, **GRADED}
HOLD = {"id": "rule", "procedures": ["dental_extraction"], "drugs": ["alfa"], "before_days": 1, **GRADED}
FIELD = {"id": "x", "kind": "x", "unit": "mg", "spellings": ["mg"], "decimals": 0, **GRADED}
THRESHOLD = {"kind": "threshold", "id": "x", "of": "platelets", "unit": "10^9/L", "when": "cycle", **GRADED}
DAY = date(2026, 1, 1)
LINE = HistoryLineTable(on=DAY, change="First version", affects="All plans")
VERSIONED = {"id": "alfa", "version": "1", "valid_from": DAY, "reviewed_on": DAY, "status": "draft", "history": [LINE]}
SCHEME = {
    **VERSIONED, "id": "5x4", "section": "5", "fractions": 5, "dose_gy": "4", "pattern": "daily", **GRADED,
    "regions": [{"region": "bone", **GRADED}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("table", "given", "refusal"),
    [
        (CombinationTable, {**COMBINATION, "drugs": []}, "names neither a drug nor a class"),
        (CombinationTable, {**COMBINATION, "before_days": 0}, "needs before_days or after_days"),
        (CombinationTable, {**COMBINATION, "ask": False}, "inside names nothing"),
        (ProcedureHoldTable, {**HOLD, "drugs": []}, "names neither a drug nor a class"),
        (ProcedureHoldTable, {**HOLD, "before_days": 0}, "needs before_days, after_days or until_healed"),
        (ConcentrationTable, GRADED, "names neither a concentration nor a volume"),
        (ConcentrationTable, {**GRADED, "lowest": "0"}, "a concentration is above zero"),
        (ConcentrationTable, {**GRADED, "lowest": "2", "highest": "2"}, "the lowest concentration is not below"),
        (ThresholdGateTable, {**THRESHOLD, "below": "2", "decision": "limit"}, "a decision gives another lowest value"),
        (HeartRowTable, {}, "a row names at least one limit"),
        (HeartRowTable, {"below": "40", "below_normal": True}, "stands alone in its row"),
        (NumberTable, {**FIELD, "soft": ["1", "2"]}, "a field without hard limits has no other limits"),
        (NumberTable, {**FIELD, "hard": ["2", "1"]}, "the hard limits stand the wrong way round"),
        (RegionRuleTable, {"region": "bone", "location": "central", **GRADED}, "only a lesion of the lung"),
        (RadiotherapyTable, {**SCHEME, "dose_gy": "0"}, "a fraction has a dose above zero"),
        (OutcomeTable, {"if_there_already": "80"}, "if_there_already is a dose below the row's own"),
        (OutcomeTable, {"dose": "80", "if_there_already": "80"}, "if_there_already is a dose below the row's own"),
        (OutcomeTable, {"percent": "50", "part": [1, 2]}, "either a percentage or a part"),
        (VersionedTable, {**VERSIONED, "valid_until": date(2025, 12, 31)}, "valid_until comes before valid_from"),
    ],
)
def test_an_impossible_table_is_refused(table: Any, given: dict[str, Any], refusal: str) -> None:
    with pytest.raises(ValidationError, match=refusal):
        table.model_validate(given)


@pytest.mark.parametrize(
    ("table", "given"),
    [
        (CombinationTable, COMBINATION), (CombinationTable, {**COMBINATION, "ask": False, "inside": ["lung"]}),
        (ProcedureHoldTable, HOLD), (ConcentrationTable, {**GRADED, "lowest": "1", "highest": "2"}),
        (HeartRowTable, {"below": "40"}), (HeartRowTable, {"below_normal": True}), (NumberTable, FIELD),
        (RegionRuleTable, {"region": "lung", "location": "central", **GRADED}), (RadiotherapyTable, SCHEME),
        (OutcomeTable, {"dose": "80", "if_there_already": "79"}), (VersionedTable, {**VERSIONED, "valid_until": DAY}),
    ],
)  # fmt: skip
def test_its_possible_neighbour_is_read(table: Any, given: dict[str, Any]) -> None:
    table.model_validate(given)


def reasons(faults: Any) -> list[str]:
    return [reason for _, reason in faults]


def with_drug(id: str, **changed: Any) -> Library:
    drugs = {**library().drugs, id: replace(library().drugs[id], **changed)}
    return replace(library(), drugs=MappingProxyType(drugs))


def test_a_row_has_exactly_one_edge() -> None:
    rows = (BandRow(outcome=Outcome()), BandRow(outcome=Outcome(), above=Decimal(1), at_least=Decimal(1)))
    for row in rows:
        band = Band(kind="band", id="x", by="bmi", rows=(row,), source="s", grade="label")
        assert reasons(band_faults(band, "here")) == ["a row has exactly one of above and at_least"]


def test_a_table_of_bands_that_is_none() -> None:
    wrong = with_drug("docetaxel", band_tables=("capecitabine_1250_eu",))
    assert reasons(drug_faults(wrong.drugs["docetaxel"], wrong)) == ["is no table of dose bands: capecitabine_1250_eu"]


def test_advice_for_a_drug_that_does_not_exist_and_advice_that_is_lacking() -> None:
    unknown = replace(library(), instructions=MappingProxyType({"delta": ()}))
    assert list(instruction_faults(unknown)) == [("instructions.delta", "unknown drug")]
    other = Advice(section="food", code="fasting", number=None, source="nobody", grade="label")
    drug = next(id for id, item in library().drugs.items() if "with_food" in item.advice)
    lacking = replace(library(), instructions=MappingProxyType({drug: (other,)}))
    said = reasons(instruction_faults(lacking))
    assert "unknown source: nobody" in said
    assert "does not say what the drug's own file says: with_food" in said


@pytest.mark.parametrize(
    ("stocked", "reason"),
    [
        (Stocked(drug="delta"), "unknown drug"),
        (Stocked(drug="docetaxel", products=("vial-1mg",)), "docetaxel has no form vial-1mg"),
        (Stocked(drug="docetaxel", packs=(("vial-1mg", 2),)), "docetaxel has no form vial-1mg"),
        (Stocked(drug="docetaxel", rounding="upwards"), "upwards is none of: "),
    ],
)
def test_a_formulary_that_names_what_does_not_exist(stocked: Stocked, reason: str) -> None:
    found = reasons(site_faults(Site(formulary=(stocked,)), library()))
    assert len(found) == 1
    assert found[0].startswith(reason)


def test_a_formulary_that_is_sound() -> None:
    form = library().drugs["docetaxel"].forms[0].id
    stocked = Stocked(drug="docetaxel", products=(form,), packs=((form, 1),), rounding="step")
    assert reasons(site_faults(Site(formulary=(stocked,)), library())) == []


@pytest.mark.parametrize(
    ("options", "refused"),
    [
        (("day_hospital", "home_nurse"), False),
        (("general_practitioner",), False),
        (("day_hospital", "at_home"), True),
        ((), True),
    ],
)
@pytest.mark.parametrize("key", ["place_of_care", "blood_sample_place"])
def test_a_place_that_no_plan_knows(key: str, options: tuple[str, ...], refused: bool) -> None:
    decisions = {**library().decisions, key: replace(library().decisions[key], options=options)}
    found = reasons(decision_faults(replace(library(), decisions=MappingProxyType(decisions))))
    places = "day_hospital, radiotherapy, laboratory, pharmacy, general_practitioner, home_nurse"
    assert found == ([f"are not all places: {places}"] if refused else [])


def test_a_drug_with_two_clocks() -> None:
    """Bevacizumab beside paclitaxel is in both parts of the shipped regimen, by answers that leave each other out."""
    shipped = library().regimens["paclitaxel-bevacizumab"]
    assert list(clock_faults(shipped)) == []
    beside, alone = shipped.parts
    asked = tuple(replace(phase, decision="", if_decided="") for phase in alone.phases)
    twice = replace(shipped, parts=(beside, replace(alone, phases=asked)))
    said = ("parts[1]", "gives bevacizumab, which paclitaxel gives too: each drug has one clock")
    assert said in list(regimen_faults(twice, library()))


@pytest.mark.parametrize(("beside", "refused"), [("treatment", True), ("premedication", False)])
def test_tablets_that_share_a_clock(beside: Literal["treatment", "premedication"], refused: bool) -> None:
    """Palbociclib in the part of fulvestrant; what only prepares or supports follows the others and may stand beside them."""
    shipped = library().regimens["palbociclib-fulvestrant"]
    tablets, visits = sorted(shipped.parts, key=lambda part: part.id == "fulvestrant")
    own = (*visits.phases[0].orders, replace(tablets.phases[0].orders[0], role=beside))
    mixed = replace(shipped, parts=(replace(visits, phases=(replace(visits.phases[0], orders=own), *visits.phases[1:])),))
    said = [("parts[0]", "has one clock for fulvestrant and palbociclib: tablets need one of their own")]
    assert list(clock_faults(mixed)) == (said if refused else [])
    assert list(clock_faults(shipped)) == []


def test_an_observation_for_an_answer_that_nobody_can_give() -> None:
    (first, *more) = library().drugs["trastuzumab"].observations
    wrong = with_drug("trastuzumab", observations=(replace(first, if_decided="6 hours"), *more))
    found = list(drug_faults(wrong.drugs["trastuzumab"], wrong))
    assert found == [("observations[0].if_decided", "is no answer to trastuzumab_observation: 6 hours")]


def test_packs_of_a_form_that_the_drug_does_not_have() -> None:
    (first, *more) = library().drugs["capecitabine"].packs
    wrong = with_drug("capecitabine", packs=(first, replace(first, form="tablet-250mg"), *more))
    found = list(drug_faults(wrong.drugs["capecitabine"], wrong))
    assert found == [("packs[1].form", "capecitabine has no form tablet-250mg")]


def test_a_question_from_nowhere() -> None:
    key = next(iter(library().decisions))
    decisions = {**library().decisions, key: replace(library().decisions[key], source="nobody")}
    assert "unknown source: nobody" in reasons(decision_faults(replace(library(), decisions=MappingProxyType(decisions))))


def guideline(*statements: Statement, sections: tuple[Section, ...] = (Section(id="1"),)) -> Guideline:
    return Guideline(
        id="x", version="1", valid_from=DAY, reviewed_on=DAY, status="draft", source="guideline", grade="protocol", history=(),
        sections=sections, statements=statements,
    )  # fmt: skip


def test_a_statement_of_no_section_and_a_condition_about_no_fact() -> None:
    note = Statement(id="a", section="1", item=1, kind="note")
    elsewhere = reasons(guideline_faults(guideline(replace(note, section="9")), library()))
    assert "unknown section: 9" in elsewhere
    mood = replace(note, when=((Condition(fact="mood", any_of=("good",)),),))
    assert "unknown fact: mood" in reasons(guideline_faults(guideline(mood), library()))


@pytest.mark.parametrize("which", ["combinations", "procedure_holds"])
def test_a_rule_about_a_drug_or_a_class_that_does_not_exist(which: str) -> None:
    rules = getattr(library(), which)
    wrong = (replace(rules[0], drugs=("delta",), classes=("delta_class",), source="nobody"), *rules[1:])
    faults = {"combinations": combination_faults, "procedure_holds": procedure_faults}[which]
    said = reasons(faults(replace(library(), **{which: wrong})))
    assert "there is no drug delta" in said
    assert "is not a class of drugs: delta_class" in said
    assert "unknown source: nobody" in said


def regimen_reasons(id: str, **changed: Any) -> list[str]:
    """What is said about a regimen whose first order is changed."""
    regimen = library().regimens[id]
    part = regimen.parts[0]
    phase = part.phases[0]
    orders = (replace(phase.orders[0], **changed), *phase.orders[1:])
    phases = (replace(phase, orders=orders), *part.phases[1:])
    parts = (replace(part, phases=phases), *regimen.parts[1:])
    return reasons(regimen_faults(replace(regimen, parts=parts), library()))


def test_an_order_with_half_a_condition_or_one_that_nobody_can_answer() -> None:
    assert "a decision and the answer it takes belong together" in regimen_reasons("docetaxel", decision="bsa_cap")
    assert "unknown decision: delta" in regimen_reasons("docetaxel", decision="delta", if_decided="x")
    assert "x is no option of bsa_cap" in regimen_reasons("docetaxel", decision="bsa_cap", if_decided="x")


def test_a_loading_dose_again_in_a_form_that_does_not_exist() -> None:
    rules = [
        rule
        for regimen in library().regimens.values()
        for part in regimen.parts
        for phase in part.phases
        for order in phase.orders
        for rule in order.reload
    ]
    said = regimen_reasons("docetaxel", reload=(replace(rules[0], form="vial-1mg"),))
    assert any(reason.endswith("has no form vial-1mg") for reason in said)


def test_visits_that_move_as_a_drug_without_timing() -> None:
    still = with_drug("docetaxel", timing=())
    said = reasons(regimen_faults(still.regimens["docetaxel"], still))
    assert "docetaxel has no timing of its own" in said


def test_a_threshold_of_a_value_that_nobody_measures() -> None:
    gate = ThresholdGate(
        kind="threshold", id="x", of="mood", unit="mg", when="cycle", source="s", grade="label", at_least=Decimal(1)
    )
    assert reasons(hold_faults(gate, "here", library())) == ["unknown value: mood"]
    in_points = replace(gate, of="weight", unit="points")
    assert reasons(hold_faults(in_points, "here", library())) == ["weight is not measured in points"]


@pytest.mark.parametrize(
    ("decision", "at_least", "said"),
    [
        ("carboplatin_neutrophils", "2.0", []),
        ("carboplatin_neutrophils", "8.0", ["is not what is preselected for carboplatin_neutrophils: 2.0"]),
        ("no_such_question", "2.0", ["unknown decision: no_such_question"]),
        ("ribociclib_cycle2_ecg", "2.0", [f"the option {word} of ribociclib_cycle2_ecg is no dose" for word in ("yes", "no")]),
        # Nothing is preselected for doxorubicin, 60 or 75.
        ("doxorubicin_dose", "2.0", []),
    ],
)
def test_a_limit_that_the_hospital_answers(decision: str, at_least: str, said: list[str]) -> None:
    """What stands in the file is what is preselected: else a wrong digit there would change nothing."""
    gate = ThresholdGate(
        kind="threshold", id="x", of="neutrophils", unit="10^9/L", when="cycle", source="s", grade="label",
        at_least=Decimal(at_least), decision=decision,
    )  # fmt: skip
    assert reasons(hold_faults(gate, "here", library())) == said


def test_an_order_above_the_ceiling_of_its_drug() -> None:
    dose = replace(library().regimens["trastuzumab-emtansine"].parts[0].phases[0].orders[0].dose, amount=Decimal("3.7"))
    assert "is above the ceiling of trastuzumab-emtansine" in regimen_reasons("trastuzumab-emtansine", dose=dose)


def test_a_name_that_no_order_gives() -> None:
    regimen = replace(library().regimens["docetaxel"], id="docetaxel-capecitabine")
    assert "names capecitabine, which no order gives" in reasons(regimen_faults(regimen, library()))
