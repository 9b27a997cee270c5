"""Radiotherapy with drugs, by hand. A distance of b and a days: last dose on or before the first fraction minus b, first dose
on or after the last fraction plus a."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from mbc_desktop.core.finding import Finding
from mbc_desktop.planning.files.treatment_error import TreatmentError
from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.plan_treatment import plan_treatment
from mbc_desktop.planning.radiotherapy.radiotherapy_proposal import radiotherapy_proposal
from tests.planning.treatments import File, course, day, given, irradiation, library, plan_of, taken, texts, treatment

CAPECITABINE = {"capecitabine_pattern": "14 on 7 off", "capecitabine_first_dose": "morning of day 1"}
METHOTREXATE = {"methotrexate_weekdays": "Monday and Tuesday"}


def about(plan: Plan, drug: str) -> list[Finding]:
    """The findings about a drug and radiotherapy, notes left out."""
    return [item for item in plan.findings if item.drug == drug and item.code.startswith("radiotherapy-")]


def values(found: Finding) -> dict[str, str]:
    return dict(found.values)


def gemcitabine(*rays: File, start: str = "2026-08-24") -> Plan:
    return plan_of(treatment(course("carboplatin-gemcitabine", start), *rays, today="2026-08-24"))


def test_gemcitabine_stays_more_than_seven_days_from_five_fractions() -> None:
    """5 x 4 Gy, Monday 7 to Friday 11 September: 7/9 - 8 = 30/8 (Sunday, so Friday 28/8), 11/9 + 8 = 19/9 (Saturday, so Monday
    21/9). Doses of 24/8, 31/8, 14/9 and 21/9: the second is 7 days before, the third 3 days after."""
    plan = gemcitabine(irradiation("5x4", "2026-09-07"))
    (found,) = about(plan, "gemcitabine")
    assert (found.code, found.severity) == ("radiotherapy-too-close", "stop")
    assert values(found)["dates"] == "2026-08-31 2026-09-14"
    assert (values(found)["latest"], values(found)["earliest"]) == ("2026-08-30", "2026-09-19")
    assert (values(found)["latest_open"], values(found)["earliest_open"]) == ("2026-08-28", "2026-09-21")
    assert [item.status for item in given(plan, "gemcitabine")][:4] == ["planned", "withheld", "withheld", "provisional"]
    assert [item.dose is None for item in given(plan, "gemcitabine")][:4] == [False, True, True, False]
    assert [item.dose is None for item in given(plan, "carboplatin")][:4] == [False] * 4


@pytest.mark.parametrize(
    ("single_fraction", "close"),
    [
        ("2026-09-07", ["2026-08-31", "2026-09-14"]),  # 31/8 and 14/9 both differ 7 days
        ("2026-09-08", ["2026-09-14"]),  # 31/8 differs 8 days, 14/9 differs 6
        ("2026-09-04", ["2026-08-31"]),  # 14/9 differs 10 days
        ("2026-10-27", ["2026-10-26"]),  # cycle 4 begins 26/10; day 8 of cycle 3 (12/10) differs 15, of cycle 4 (2/11) 6
    ],
)
def test_eight_days_are_enough_and_seven_are_not(single_fraction: str, close: list[str]) -> None:
    (found,) = about(gemcitabine(irradiation("1x8", single_fraction)), "gemcitabine")
    expected = [*close, "2026-11-02"] if single_fraction == "2026-10-27" else close
    assert values(found)["dates"].split() == expected


def palbociclib(scheme: str = "10x3", region: str = "bone", **choices: str) -> Plan:
    rays = irradiation(scheme, "2026-03-09", region=region, choices=choices)
    return plan_of(treatment(course("palbociclib-fulvestrant"), rays, today="2026-03-02"))


def test_what_lies_in_the_field_decides_about_a_cdk46_inhibitor() -> None:
    """10 x 3 Gy from Monday 9 to Friday 20 March: last tablet 2 March, again from 27 March."""
    (question,) = about(palbociclib(), "palbociclib")
    assert (question.code, question.severity) == ("radiotherapy-field-question", "info")
    assert values(question)["inside"] == "bowel oesophagus lung"
    (hold,) = about(palbociclib(field="bowel"), "palbociclib")
    assert (hold.code, hold.severity) == ("radiotherapy-hold", "advice")
    assert (values(hold)["latest"], values(hold)["earliest"]) == ("2026-03-02", "2026-03-27")
    assert about(palbociclib(field="none"), "palbociclib") == []
    assert about(palbociclib(field="heart"), "palbociclib") == []


def test_the_lung_lies_in_the_field_of_a_lung() -> None:
    (hold,) = about(palbociclib("10x6", "lung"), "palbociclib")
    assert hold.code == "radiotherapy-hold"


def test_stereotactic_irradiation_proposes_the_hold_wherever_it_is() -> None:
    (hold,) = about(palbociclib("3x10"), "palbociclib")
    assert hold.code == "radiotherapy-hold"
    assert about(palbociclib("3x10", technique="conventional", field="none"), "palbociclib") == []


def test_endocrine_drugs_and_bone_agents_go_on() -> None:
    courses = (course("letrozole"), course("zoledronic-acid", id="c2"), course("goserelin", id="c3"))
    plan = plan_of(treatment(*courses, irradiation("10x3", "2026-03-09", choices={"field": "bowel lung"})))
    assert [item for item in plan.findings if item.code.startswith("radiotherapy-")] == []


def test_bevacizumab_skips_a_cycle_around_stereotactic_irradiation() -> None:
    """Doses of 1/9, 15/9, 29/9, 13/10; 3 x 10 Gy on 21, 23, 25 September. 15/9 is 6 days before, 29/9 is 4 days after;
    25/9 + 7 = 2/10."""
    rays = irradiation("3x10", "2026-09-21")
    plan = plan_of(treatment(course("paclitaxel-bevacizumab", "2026-09-01"), rays, today="2026-09-01"))
    found = [item for item in about(plan, "bevacizumab") if item.code == "radiotherapy-skip"]
    assert [item.severity for item in found] == ["caution"]
    assert values(found[0])["dates"] == "2026-09-15 2026-09-29"
    assert (values(found[0])["latest"], values(found[0])["earliest"], values(found[0])["next"]) == (
        "2026-09-01",
        "2026-10-02",
        "2026-10-13",
    )


def test_an_early_taxane_after_irradiation_is_asked_about_until_day_fourteen() -> None:
    """Last fraction 25/9; paclitaxel on 29/9 (4 days), 6/10 (11 days) and 13/10 (18 days)."""
    rays = irradiation("3x10", "2026-09-21")
    plan = plan_of(treatment(course("paclitaxel-bevacizumab", "2026-09-01"), rays, today="2026-09-01"))
    (soon,) = [item for item in about(plan, "paclitaxel") if item.code == "radiotherapy-soon-before"]
    assert values(soon)["dates"] == "2026-09-29 2026-10-06"
    assert values(soon)["after"] == "2026-10-09"
    assert [item.code for item in plan.notes if item.drug == "paclitaxel" and "recall" in item.code] == ["radiotherapy-recall"]


@pytest.mark.parametrize(("last", "asked"), [("2026-09-15", True), ("2026-09-14", False)])
def test_day_fourteen_after_the_last_fraction_is_far_enough(last: str, asked: bool) -> None:
    """Docetaxel on 28/9: 13 days after 15/9, 14 days after 14/9."""
    choices = {"docetaxel_dose": "75"}
    courses = (course("docetaxel", "2026-09-28", choices=choices), irradiation("1x8", last))
    plan = plan_of(treatment(*courses, today="2026-09-10", measurements=[]))
    assert ("radiotherapy-soon-before" in {item.code for item in about(plan, "docetaxel")}) == asked


def test_pembrolizumab_is_not_given_on_a_day_of_stereotactic_irradiation() -> None:
    """Fractions on 14, 16, 18 September: the nearest days without are Tuesday 15 (+1) and Friday 11 (-3)."""
    courses = (course("paclitaxel-pembrolizumab", "2026-09-14"), irradiation("3x10", "2026-09-14"))
    plan = plan_of(treatment(*courses, today="2026-09-14"))
    (found,) = [item for item in about(plan, "pembrolizumab") if item.code == "radiotherapy-same-day"]
    assert (values(found)["number"], values(found)["date"], values(found)["free"]) == ("1", "2026-09-14", "2026-09-15 2026-09-11")


def test_five_fractions_fit_the_rest_week_of_capecitabine() -> None:
    """Tablets 2 to 15 March, rest 16 to 22 March: five open days from Monday 16."""
    plan = plan_of(treatment(course("capecitabine", choices=CAPECITABINE), irradiation("5x4", "2026-03-09")))
    (found,) = [item for item in about(plan, "capecitabine") if item.code != "radiotherapy-recall"]
    assert (found.code, values(found)["start"]) == ("radiotherapy-in-rest-week", "2026-03-16")


def test_ten_fractions_fit_no_rest_week() -> None:
    plan = plan_of(treatment(course("capecitabine", choices=CAPECITABINE), irradiation("10x3", "2026-03-09")))
    assert "radiotherapy-pause-on-days" in {item.code for item in about(plan, "capecitabine")}


def test_irradiation_in_the_rest_week_is_no_finding() -> None:
    plan = plan_of(treatment(course("capecitabine", choices=CAPECITABINE), irradiation("5x4", "2026-03-16")))
    assert about(plan, "capecitabine") == []


def test_methotrexate_and_the_brain_never_together() -> None:
    """Every week on Monday and Tuesday from 2 March; 5 x 4 Gy on the whole brain 16 to 20 March."""
    rays = irradiation("5x4", "2026-03-16", region="whole_brain")
    plan = plan_of(treatment(course("cyclophosphamide-methotrexate", choices=METHOTREXATE), rays))
    assert [(item.code, item.severity) for item in about(plan, "methotrexate-oral")] == [("radiotherapy-together", "stop")]
    held = {item.first.isoformat(): item.status for item in taken(plan, "methotrexate-oral")}
    assert held["2026-03-16"] == "withheld"
    assert held["2026-03-09"] != "withheld"


def test_methotrexate_after_the_brain_asks_both_specialties() -> None:
    rays = irradiation("5x4", "2026-03-02", region="whole_brain")
    later_course = course("cyclophosphamide-methotrexate", "2026-04-13", choices=METHOTREXATE)
    plan = plan_of(treatment(later_course, rays))
    assert [(item.code, item.severity) for item in about(plan, "methotrexate-oral")] == [("radiotherapy-sequence", "stop")]
    assert {item.status for item in taken(plan, "methotrexate-oral")} == {"withheld"}
    confirmed = irradiation("5x4", "2026-03-02", region="whole_brain", choices={"drug_sequence_confirmed": "yes"})
    assert about(plan_of(treatment(later_course, confirmed)), "methotrexate-oral") == []


@pytest.mark.parametrize(("start", "severity"), [("2026-03-18", "caution"), ("2026-03-04", "caution")])
def test_emtansine_keeps_a_week_from_stereotactic_irradiation_of_the_brain(start: str, severity: str) -> None:
    """Doses of 2/3 and 23/3. From 18/3: fractions 18, 20, 23/3, so 23/3 is inside. From 4/3: 4, 6, 9/3, and 2/3 is 2 days
    before."""
    rays = irradiation("3x9", start, region="brain")
    found = about(plan_of(treatment(course("trastuzumab-emtansine"), rays)), "trastuzumab-emtansine")
    assert [(item.code, item.severity) for item in found] == [("radiotherapy-too-close", severity)]


def test_emtansine_after_earlier_irradiation_of_the_brain_is_pointed_out() -> None:
    history = [{"radiotherapy": "5x6", "region": "brain", "level": "", "until": "2025-01-30"}]
    plan = plan_of(treatment(course("trastuzumab-emtansine"), history=history))
    assert [item.code for item in about(plan, "trastuzumab-emtansine")] == ["radiotherapy-earlier"]
    elsewhere = plan_of(treatment(course("trastuzumab-emtansine"), history=[history[0] | {"region": "spine"}]))
    assert about(elsewhere, "trastuzumab-emtansine") == []


@pytest.mark.parametrize(
    ("choices", "code"),
    [({"field": "liver"}, "radiotherapy-together"), ({}, "radiotherapy-field-discuss"), ({"field": "none"}, None)],
)
def test_vinorelbine_and_a_field_with_the_liver(choices: dict[str, str], code: str | None) -> None:
    drug = course("vinorelbine-iv", choices={"vinorelbine_form": "30 mg/m2 on days 1 and 8 into a vein"})
    plan = plan_of(treatment(drug, irradiation("10x3", "2026-03-02", choices=choices)))
    assert [item.code for item in about(plan, "vinorelbine")] == ([code] if code else [])


def test_what_has_been_given_is_not_asked_about() -> None:
    event = {"id": "e1", "kind": "given", "course": "c1", "drug": "gemcitabine", "number": 1, "given_on": "2026-08-24",
             "amount": "1765", "unit": "mg", "on": "2026-08-24", "by": "NV"}  # fmt: skip
    courses = (course("carboplatin-gemcitabine", "2026-08-24"), irradiation("1x8", "2026-08-26"))
    file = treatment(*courses, today="2026-08-24", events=[event])
    (found,) = about(plan_of(file), "gemcitabine")
    assert values(found)["dates"] == "2026-08-31"


def test_days_that_are_over_are_not_asked_about() -> None:
    """10 x 3 Gy from 9 to 20 March, with seven days after: up to 26 March there is something to decide, on the 27th no more."""
    rays = irradiation("10x3", "2026-03-09")
    for today, asked in (("2026-03-26", True), ("2026-03-27", False)):
        plan = plan_of(treatment(course("palbociclib-fulvestrant", "2026-02-09"), rays, today=today))
        assert bool(about(plan, "palbociclib")) == asked


def applied(plan: Plan, found: Finding) -> Plan:
    """The plan with the proposal taken over."""
    events = radiotherapy_proposal(found, plan, on=plan.request.today, by="NV")
    assert events
    return plan_treatment(replace(plan.request, events=(*plan.request.events, *events)), library())


def test_a_proposed_delay_solves_gemcitabine_after_irradiation() -> None:
    """1 x 8 Gy on 8/9: cycle 2 of 14/9 goes to 16/9 (8/9 + 8)."""
    plan = gemcitabine(irradiation("1x8", "2026-09-08"))
    (found,) = about(plan, "gemcitabine")
    after = applied(plan, found)
    assert about(after, "gemcitabine") == []
    assert texts(item.date for item in given(after, "gemcitabine")[:4] if item.date) == [
        "2026-08-24",
        "2026-08-31",
        "2026-09-16",
        "2026-09-23",
    ]


def test_a_proposed_hold_solves_palbociclib() -> None:
    plan = palbociclib(field="bowel")
    (found,) = about(plan, "palbociclib")
    after = applied(plan, found)
    assert about(after, "palbociclib") == []
    coming = [item for item in taken(after, "palbociclib") if item.status != "held"]
    assert not [item for item in coming if item.first < day("2026-03-27") and item.last > day("2026-03-02")]


def test_proposed_omissions_solve_bevacizumab() -> None:
    rays = irradiation("3x10", "2026-09-21")
    plan = plan_of(treatment(course("paclitaxel-bevacizumab", "2026-09-01"), rays, today="2026-09-01"))
    (found,) = [item for item in about(plan, "bevacizumab") if item.code == "radiotherapy-skip"]
    after = applied(plan, found)
    assert [item.code for item in about(after, "bevacizumab") if item.code == "radiotherapy-skip"] == []
    assert [item.status for item in given(after, "bevacizumab")][:3] == ["planned", "omitted", "omitted"]


def test_a_proposed_day_solves_pembrolizumab() -> None:
    courses = (course("paclitaxel-pembrolizumab", "2026-09-14"), irradiation("3x10", "2026-09-14"))
    plan = plan_of(treatment(*courses, today="2026-09-14"))
    (found,) = [item for item in about(plan, "pembrolizumab") if item.code == "radiotherapy-same-day"]
    after = applied(plan, found)
    assert "radiotherapy-same-day" not in {item.code for item in about(after, "pembrolizumab")}
    assert str(given(after, "pembrolizumab")[0].date) == "2026-09-15"


def test_a_proposed_start_puts_the_irradiation_into_the_rest_week() -> None:
    plan = plan_of(treatment(course("capecitabine", choices=CAPECITABINE), irradiation("5x4", "2026-03-09")))
    (found,) = [item for item in about(plan, "capecitabine") if item.code == "radiotherapy-in-rest-week"]
    after = applied(plan, found)
    assert str(after.fractions[0].date) == "2026-03-16"
    assert "radiotherapy-in-rest-week" not in {item.code for item in about(after, "capecitabine")}


@pytest.mark.parametrize(
    ("key", "text"), [("field", "stomach"), ("field", ""), ("technique", "fast"), ("drug_sequence_confirmed", "maybe")]
)
def test_a_choice_that_does_not_exist_is_refused_with_its_place(key: str, text: str) -> None:
    file: dict[str, Any] = treatment(irradiation("10x3", choices={key: text}))
    with pytest.raises(TreatmentError) as refused:
        plan_of(json.loads(json.dumps(file)))
    assert f"courses[0].choices.{key}" in str(refused.value)
