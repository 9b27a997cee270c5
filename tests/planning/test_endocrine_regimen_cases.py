"""The rest of chapter 2 and the three additions behind its NGS note: worked cases through treatment files, and the shared
vectors of these drugs where they lie beside the checkout."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mbc_desktop.planning.files.treatment_error import TreatmentError
from mbc_desktop.planning.plan import Plan, TakePeriod
from tests.planning.endocrine_vectors import dose_of, plain
from tests.planning.treatments import (
    TODAY,
    amount,
    checks,
    codes,
    course,
    dates,
    event,
    library,
    nominal,
    plan_of,
    taken,
    treatment,
)

Answer = dict[str, Any]
CASES: list[Answer] = json.loads((Path(__file__).parents[1] / "cases" / "regimens" / "endocrine" / "cases.json").read_bytes())
SHARED = Path(__file__).parents[3] / "shared" / "vectors" / "endocrine_bone_renal.json"
POSTMENOPAUSAL = {"menopausal_status": "postmenopausal"}


def plan_for(given: Answer) -> Plan:
    """Sixteen weeks of one course that starts today, with what the case changes."""
    events: list[Answer] = []
    for drug, level in given.get("level", {}).items():
        events.append(event("dose_level", TODAY, drug=drug, number=1, level=level, scope="rest_of_treatment"))
    if "ordered" in given:
        events.append(event("dose", TODAY, number=1, scope="rest_of_treatment", **given["ordered"]))
    facts = POSTMENOPAUSAL | given.get("facts", {})
    made = course(given["regimen"], choices=given.get("choices", {}))
    return plan_of(treatment(made, days=112, facts=facts, events=events))


def period(item: TakePeriod) -> list[Any]:
    """First day, last day, dose at a time, times a day, tablets or measures in all."""
    times = item.dose.times if item.dose else None
    units = plain(item.units) if item.units is not None else None
    return [item.first.isoformat(), item.last.isoformat(), amount(item), times, units]


def pieces(item: TakePeriod) -> str:
    """What is taken at a time, "2 x 150 + 1 x 50"."""
    assert item.dose
    return " + ".join(f"{plain(part.count)} x {plain(part.strength)}" for part in item.dose.give)


def millilitres(item: TakePeriod) -> str:
    """The volume taken at a time."""
    assert item.dose
    return plain(sum((part.count * (part.volume_ml or 0) for part in item.dose.give), Decimal(0)))


def first_rest(plan: Plan, drug: str) -> list[str]:
    """First and last day of the first rest."""
    rest = taken(plan, drug)[0].rest
    return [day.isoformat() for day in rest] if rest else []


SAYS: dict[str, Callable[[Plan, str], Any]] = {
    "taken": lambda plan, drug: [period(item) for item in taken(plan, drug)],
    "dose": lambda plan, drug: amount(taken(plan, drug)[0]),
    "pieces": lambda plan, drug: pieces(taken(plan, drug)[0]),
    "millilitres": lambda plan, drug: millilitres(taken(plan, drug)[0]),
    "rest": first_rest,
    "nominal": nominal,
    "dates": dates,
    "checks": checks,
}


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_plan_gives_the_worked_answer(case: Answer) -> None:
    assert case["arithmetic"]
    plan = plan_for(case["given"])
    expected = dict(case["expected"])
    assert set(expected.pop("codes", ())) <= codes(plan)
    for key, by_name in expected.items():
        for name, wanted in by_name.items():
            assert SAYS[key](plan, name) == wanted, (key, name)


def test_no_case_expects_a_stop_that_it_does_not_name() -> None:
    for case in CASES:
        assert codes(plan_for(case["given"]), "stop") <= set(case["expected"].get("codes", ())), case["id"]


@pytest.mark.parametrize("chosen", ["250", "100 mL", "10000", "500 mg"])
def test_medroxyprogesterone_takes_no_other_amount_a_day(chosen: str) -> None:
    choices = {"mpa_daily_dose": chosen, "mpa_form": "suspension"}
    with pytest.raises(TreatmentError):
        plan_for({"regimen": "medroxyprogesterone-acetate", "choices": choices})


def test_the_two_progestagens_are_two_backbones() -> None:
    chosen = {"mpa_daily_dose": "500", "mpa_form": "tablets"}
    both = treatment(course("megestrol-acetate"), course("medroxyprogesterone-acetate", id="c2", choices=chosen))
    assert "two-endocrine-backbones" in codes(plan_of(both), "caution")


@pytest.mark.parametrize(
    ("regimen", "facts", "said"),
    [
        ("alpelisib-fulvestrant", {}, False),
        ("alpelisib-fulvestrant", {"pik3ca": "mutated"}, False),
        ("alpelisib-fulvestrant", {"pik3ca": "not_mutated"}, True),
        ("alpelisib-fulvestrant", {"esr1": "not_mutated"}, False),
        ("capivasertib-fulvestrant", {"pik3ca": "not_mutated", "akt1": "not_mutated"}, False),
        ("capivasertib-fulvestrant", {"pik3ca": "not_mutated", "akt1": "not_mutated", "pten": "mutated"}, False),
        ("capivasertib-fulvestrant", {"pik3ca": "not_mutated", "akt1": "not_mutated", "pten": "not_mutated"}, True),
        ("elacestrant", {"esr1": "mutated"}, False),
        ("elacestrant", {"esr1": "not_mutated"}, True),
        ("fulvestrant", {"esr1": "not_mutated", "pik3ca": "not_mutated"}, False),
    ],
)
def test_a_mutation_that_was_not_found_is_questioned(regimen: str, facts: Answer, said: bool) -> None:
    assert ("mutation-not-found" in codes(plan_for({"regimen": regimen, "facts": facts}), "caution")) == said


@pytest.mark.parametrize("id", ["alpelisib-fulvestrant", "capivasertib-fulvestrant", "elacestrant"])
def test_what_the_guideline_does_not_name_says_so(id: str) -> None:
    regimen = library().regimens[id]
    assert regimen.section == ""
    assert "not_in_guideline" in regimen.advice


# ---- the shared vectors

OURS = {
    "everolimus": "everolimus-exemestane",
    "alpelisib": "alpelisib-fulvestrant",
    "capivasertib": "capivasertib-fulvestrant",
    "elacestrant": "elacestrant",
}


def hepatic(given: Answer) -> Answer:
    """Dose by Child-Pugh class."""
    facts = {} if given["child_pugh"] == "none" else {"child_pugh": given["child_pugh"]}
    plan = plan_for({"regimen": "everolimus-exemestane", "facts": facts})
    flag = "benefit must outweigh risk" if "benefit-must-outweigh-risk" in codes(plan) else None
    return {"dose_mg_max": dose_of(taken(plan, "everolimus")[0]), "flag": flag}


def four_on_three_off(given: Answer) -> Answer:
    """Whether capivasertib is taken on the nth day."""
    periods = taken(plan_for({"regimen": "capivasertib-fulvestrant"}), "capivasertib")
    number = given["day_since_start_1_based"] - 1
    start = periods[0].first.toordinal()
    return {"take": any(item.first.toordinal() - start <= number <= item.last.toordinal() - start for item in periods)}


def at_level(drug: str, dose: str, down: int = 0) -> Plan:
    """The plan with the dose that many levels below this one."""
    levels = library().drugs[drug].levels
    assert levels
    level = [plain(item) for item in levels.amounts].index(dose) + down
    return plan_for({"regimen": OURS[drug], "level": {drug: f"-{level}"} if level else {}})


def next_level(given: Answer) -> Answer:
    """The next lower dose; None where the drug stops."""
    drug = given["drug"].removesuffix("_eu")
    return {"next": dose_of(taken(at_level(drug, given["current"], 1), drug)[0])}


def tablets(given: Answer) -> Answer:
    """Tablets at a time."""
    drug = given["drug"]
    first = taken(at_level(drug, given["dose"].removesuffix(" bid")), drug)[0]
    assert first.dose
    return {"tablets": pieces(first) + (" twice daily" if first.dose.times == 2 else "")}


def missed(given: Answer) -> Answer:
    """Whether a forgotten dose may still be taken, by the note of the drug."""
    notes = library().drugs[given["drug"]].advice
    hours = next((int(found[1]) for note in notes if (found := re.fullmatch("missed_within_([0-9]+)_hours", note))), 0)
    assert hours or "missed_dose_is_skipped" in notes
    return {"take_now": Decimal(given["hours_late"]) <= hours}


GROUPS: dict[str, Callable[[Answer], Answer]] = {
    "everolimus_hepatic": hepatic,
    "capivasertib_4on3off": four_on_three_off,
    "dose_levels": next_level,
    "tablet_counts": tablets,
    "missed_dose_hours": missed,
}
KNOWN_BY_OTHER_TESTS = ("palbociclib", "ribociclib", "abemaciclib", "elacestrant_us")


@pytest.mark.skipif(not SHARED.exists(), reason="the shared vectors lie beside the project's own checkout only")
@pytest.mark.parametrize("group", GROUPS)
def test_no_shared_vector_differs(group: str) -> None:
    vectors = next(item["vectors"] for item in json.loads(SHARED.read_bytes())["groups"] if item["id"] == group)
    compared = 0
    for vector in vectors:
        if group != "missed_dose_hours" and vector["input"].get("drug") in KNOWN_BY_OTHER_TESTS:
            continue
        found = GROUPS[group](vector["input"])
        assert {key: vector["expected"][key] for key in found} == found, vector["id"]
        compared += 1
    assert compared
