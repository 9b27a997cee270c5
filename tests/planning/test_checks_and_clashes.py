"""Check-ups on real days, and what two choices together or a choice and a fact forbid."""

from __future__ import annotations

import pytest

from tests.planning.treatments import (
    TODAY,
    File,
    codes,
    course,
    event,
    given,
    irradiation,
    plan_of,
    taken,
    treatment,
)

PREMENOPAUSAL = {"menopausal_status": "premenopausal", "dental_check_on": "2026-02-10"}


def days_of(file: File, kind: str) -> list[tuple[str, str]]:
    """The day a rule names and the day it is planned on."""
    return [(item.nominal.isoformat(), item.date.isoformat()) for item in plan_of(file).checks if item.kind == kind]


def test_the_ecg_of_day_14_goes_with_the_blood_count_of_day_15() -> None:
    file = treatment(course("ribociclib-letrozole"), days=40)
    # Day 14 is Sunday 15/03; day 15 Monday 16/03.
    assert days_of(file, "ecg") == [("2026-03-02", "2026-03-02"), ("2026-03-15", "2026-03-16"), ("2026-03-30", "2026-03-30")]
    assert ("2026-03-16", "2026-03-16") in days_of(file, "blood_count")


def test_the_ecg_of_day_14_goes_with_the_blood_count_also_when_day_14_is_open() -> None:
    """Started on a Tuesday, day 14 is a Monday and open: an ECG on Monday and blood on Tuesday were two journeys in two days."""
    file = treatment(course("ribociclib-letrozole", "2026-03-03"), days=40)
    # 3 March + 13 = Monday 16 March, named by the rule; + 14 = Tuesday 17 March, when blood is taken.
    assert ("2026-03-16", "2026-03-17") in days_of(file, "ecg")
    assert ("2026-03-17", "2026-03-17") in days_of(file, "blood_count")


def test_the_ecg_of_day_14_follows_its_blood_count_when_that_is_closed() -> None:
    file = treatment(course("ribociclib-letrozole", "2026-03-03"), days=40)
    shut = [{"from": "2026-03-17", "until": "2026-03-17", "unit": "laboratory"}]
    counts, ecgs = days_of(file | {"closures": shut}, "blood_count"), days_of(file | {"closures": shut}, "ecg")
    assert dict(ecgs)["2026-03-16"] == dict(counts)["2026-03-17"] != "2026-03-17"


def test_a_check_of_an_infusion_is_on_the_day_of_the_infusion() -> None:
    # 06/04 is Easter Monday, the infusion is on Tuesday.
    file = treatment(course("zoledronic-acid", "2026-03-09"), days=40)
    assert days_of(file, "creatinine") == [("2026-03-09", "2026-03-09"), ("2026-04-06", "2026-04-07")]


def test_a_check_on_a_closed_day_of_the_laboratory_moves_but_not_before_the_start() -> None:
    file = treatment(course("palbociclib-letrozole", "2026-04-06"), days=60)
    # Day 1 is Easter Monday: the nearest open days are Friday 03/04 (before the start) and Tuesday 07/04.
    assert days_of(file, "blood_count")[0] == ("2026-04-06", "2026-04-07")
    shut = [{"from": "2026-04-20", "until": "2026-04-20", "unit": "laboratory"}]
    assert days_of(file | {"closures": shut}, "blood_count")[1] == ("2026-04-20", "2026-04-21")


def test_the_ecg_of_cycle_2_is_a_decision() -> None:
    with_it = treatment(course("ribociclib-letrozole"), days=40)
    without = treatment(course("ribociclib-letrozole", choices={"ribociclib_cycle2_ecg": "no"}), days=40)
    assert len(days_of(with_it, "ecg")) == 3
    assert len(days_of(without, "ecg")) == 2


def test_the_dental_check_is_asked_for_once_and_not_when_it_was_done() -> None:
    assert days_of(treatment(course("zoledronic-acid"), facts={}, days=60), "dental") == [(TODAY, TODAY)]
    assert days_of(treatment(course("zoledronic-acid"), days=60), "dental") == []


def test_what_is_done_on_one_day_in_one_place_is_one_visit() -> None:
    plan = plan_of(treatment(course("fulvestrant"), course("zoledronic-acid", id="c2"), irradiation("1x8"), days=10))
    found = {(visit.date.isoformat(), visit.unit): visit.items for visit in plan.visits}
    assert set(found) == {("2026-03-02", "day_hospital"), ("2026-03-02", "radiotherapy")}
    assert set(found["2026-03-02", "day_hospital"]) == {
        "c1/fulvestrant/1",
        "c2/zoledronic-acid/1",
        "c2/creatinine/2026-03-02",
        "c2/calcium/2026-03-02",
    }


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"menopausal_status": "postmenopausal"}, None),
        ({"menopausal_status": "premenopausal"}, "ovarian-suppression-missing"),
        ({"menopausal_status": "perimenopausal"}, "ovarian-suppression-missing"),
        ({"menopausal_status": "premenopausal", "oophorectomy_on": TODAY}, None),
        ({"menopausal_status": "premenopausal", "radiocastration_confirmed_on": "2026-02-01"}, None),
        ({}, "missing-fact"),
    ],
)
@pytest.mark.parametrize("regimen", ["letrozole", "palbociclib-fulvestrant", "ribociclib-exemestane"])
def test_an_aromatase_inhibitor_or_a_combination_needs_ovaries_that_do_not_work(
    regimen: str, facts: dict[str, str], code: str | None
) -> None:
    plan = plan_of(treatment(course(regimen), facts=facts, days=20))
    stops = codes(plan, "stop")
    assert stops == ({code} if code else set())


def test_fulvestrant_and_tamoxifen_alone_and_men_need_no_suppression() -> None:
    for regimen in ("fulvestrant", "tamoxifen"):
        assert not codes(plan_of(treatment(course(regimen), facts=PREMENOPAUSAL, days=20)), "stop")
    man = treatment(course("letrozole"), facts={}, days=20)
    man["patient"]["sex"] = "male"
    assert not codes(plan_of(man), "stop")


@pytest.mark.parametrize(
    ("courses", "asked"),
    [
        ([course("letrozole")], True),
        ([course("palbociclib-exemestane")], True),
        ([course("letrozole"), course("goserelin", id="c2")], False),
        ([course("fulvestrant")], False),
        ([course("tamoxifen")], False),
    ],
)
def test_a_man_on_an_aromatase_inhibitor_without_an_lhrh_analogue_is_asked_about(courses: list[File], asked: bool) -> None:
    man = treatment(*courses, facts={}, days=20)
    assert "aromatase-inhibitor-in-a-man" not in codes(plan_of(man))
    man["patient"]["sex"] = "male"
    assert ("aromatase-inhibitor-in-a-man" in codes(plan_of(man), "advice")) == asked


@pytest.mark.parametrize(("depot", "stop"), [("2026-03-02", False), ("2026-03-03", True)])
def test_a_depot_on_or_before_the_start_suppresses(depot: str, stop: bool) -> None:
    file = treatment(course("letrozole", "2026-03-02"), course("goserelin", depot, id="c2"), facts=PREMENOPAUSAL, days=20)
    assert ("ovarian-suppression-missing" in codes(plan_of(file), "stop")) == stop


def test_irradiated_ovaries_wait_for_confirmation() -> None:
    file = treatment(
        irradiation("5x3", "2026-03-02", region="ovary"), course("letrozole", "2026-03-16"), facts=PREMENOPAUSAL, days=40
    )
    plan = plan_of(file)
    assert "castration-not-confirmed" in codes(plan, "stop")
    assert {item.dose for item in taken(plan, "letrozole")} == {None}
    confirmed = file | {"facts": PREMENOPAUSAL | {"radiocastration_confirmed_on": TODAY}}
    assert not codes(plan_of(confirmed), "stop")


@pytest.mark.parametrize(
    ("one", "other", "code", "severity"),
    [
        ("tamoxifen", "ribociclib-letrozole", "tamoxifen-with-ribociclib", "stop"),
        ("zoledronic-acid", "denosumab", "two-bone-agents", "stop"),
        ("zoledronic-acid", "zoledronic-acid", "same-drug-twice", "stop"),
        ("goserelin", "leuprorelin", "two-lhrh-analogues", "stop"),
        ("palbociclib-letrozole", "ribociclib-fulvestrant", "two-cdk46-inhibitors", "stop"),
        ("letrozole", "fulvestrant", "two-endocrine-backbones", "caution"),
    ],
)
def test_courses_that_do_not_go_together(one: str, other: str, code: str, severity: str) -> None:
    plan = plan_of(treatment(course(one), course(other, "2026-04-01", id="c2"), days=60))
    assert code in codes(plan, severity)


def test_courses_after_each_other_do_not_clash() -> None:
    ceased = event("cease", TODAY, **{"from": "2026-03-20"})
    file = treatment(course("zoledronic-acid"), course("denosumab", "2026-04-01", id="c2"), days=60)
    assert "two-bone-agents" in codes(plan_of(file))
    assert "two-bone-agents" not in codes(plan_of(file | {"events": [ceased]}))
    once = treatment(course("zoledronic-acid", cycles=1), course("denosumab", "2026-04-01", id="c2"), days=60)
    assert "two-bone-agents" not in codes(plan_of(once))


def test_receptors_that_do_not_fit() -> None:
    negative = {"menopausal_status": "postmenopausal", "er": "negative", "pr": "negative", "her2": "low"}
    assert "receptors-negative" in codes(plan_of(treatment(course("letrozole"), facts=negative, days=10)), "caution")
    plan = plan_of(treatment(course("docetaxel-trastuzumab-pertuzumab"), facts=negative, days=10))
    assert "her2-not-positive" in codes(plan, "caution")


def test_a_region_irradiated_before_is_said() -> None:
    before = [{"radiotherapy": "10x3", "region": "spine", "level": "T7-T9", "until": "2025-01-30"}]
    file = treatment(irradiation("5x4", TODAY, region="spine", level="T8"), history=before, days=20)
    assert "irradiated-before" in codes(plan_of(file), "caution")
    elsewhere = treatment(irradiation("5x4", TODAY, region="bone"), history=before, days=20)
    assert "irradiated-before" not in codes(plan_of(elsewhere))


def test_stopping_denosumab_warns_of_fractures() -> None:
    file = treatment(course("denosumab", "2025-06-02"), days=60)
    assert "rebound-fractures-after-stopping" not in codes(plan_of(file), "caution")
    ended = event("cease", TODAY, **{"from": TODAY})
    assert "rebound-fractures-after-stopping" in codes(plan_of(file | {"events": [ended]}), "caution")
    assert "rebound-fractures-after-stopping" in codes(
        plan_of(treatment(course("denosumab", until="2026-06-01"), days=60)), "caution"
    )


@pytest.mark.parametrize(
    ("regimen", "since", "symptoms", "code"),
    [
        ("zoledronic-acid", "2024-03-02", False, "deescalation-offered"),
        ("zoledronic-acid", "2024-03-02", True, "deescalation-ask-symptoms"),
        ("zoledronic-acid", "2024-03-03", False, "deescalation-possible-from"),
        ("clodronate", "2024-03-02", False, "deescalation-only-intravenous"),
        ("denosumab", "2024-03-02", False, "deescalation-brings-fractures"),
    ],
)
def test_less_often_after_24_months(regimen: str, since: str, symptoms: bool, code: str) -> None:
    facts = {"dental_check_on": "2024-01-10"} | ({} if symptoms else {"asymptomatic_on": TODAY})
    plan = plan_of(treatment(course(regimen, since), facts=facts, days=30))
    assert {item for item in codes(plan) if item.startswith("deescalation")} == {code}


def test_an_earlier_agent_counts_for_the_24_months() -> None:
    history = [{"drug": "pamidronate", "since": "2024-01-15", "until": "2025-01-15"}]
    file = treatment(course("zoledronic-acid", "2025-06-02"), facts={"asymptomatic_on": TODAY}, days=30)
    assert "deescalation-offered" not in codes(plan_of(file))
    assert "deescalation-offered" in codes(plan_of(file | {"history": history}))


def test_less_often_before_24_months_or_with_denosumab_is_said() -> None:
    longer = event("interval", TODAY, drug="zoledronic-acid", every="84 days")
    early = treatment(course("zoledronic-acid", "2025-06-02"), days=100, events=[longer])
    assert "interval-changed-early" in codes(plan_of(early), "caution")
    denosumab = event("interval", TODAY, drug="denosumab", every="84 days")
    never = treatment(course("denosumab", "2023-06-05"), days=100, events=[denosumab])
    assert "interval-changed-not-supported" in codes(plan_of(never), "stop")
    for every, less_often in (
        ("21 days", False),
        ("28 days", False),
        ("4 weeks", False),
        ("29 days", True),
        ("5 weeks", True),
        ("1 month", False),
        ("2 months", True),
    ):
        changed = event("interval", TODAY, drug="zoledronic-acid", every=every)
        assert ("interval-changed-early" in codes(plan_of(early | {"events": [changed]}))) == less_often


@pytest.mark.parametrize(("changed_on", "early"), [("2026-03-03", True), ("2026-03-04", False), ("2026-03-05", False)])
def test_less_often_from_the_day_of_the_24_months_on_has_no_objection(changed_on: str, early: bool) -> None:
    """The first dose on 4 March 2024: two years later is 4 March 2026."""
    longer = event("interval", changed_on, drug="zoledronic-acid", every="84 days")
    plan = plan_of(treatment(course("zoledronic-acid", "2024-03-04"), today="2026-03-05", days=100, events=[longer]))
    assert ("interval-changed-early" in codes(plan, "caution")) == early
    assert not {item for item in codes(plan) if item.startswith("deescalation")}


@pytest.mark.parametrize("regimen", ["clodronate", "denosumab"])
def test_what_is_never_given_less_often_is_said_once_the_24_months_are_over(regimen: str) -> None:
    for since, said in (("2024-03-02", True), ("2024-03-03", False)):
        plan = plan_of(treatment(course(regimen, since), days=30))
        assert bool({item for item in codes(plan) if item.startswith("deescalation")}) == said


@pytest.mark.parametrize(("named", "said"), [("2026-03-31", True), ("2026-04-01", True), ("2026-04-02", False)])
def test_an_event_about_a_day_without_a_dose_is_said_up_to_the_horizon(named: str, said: bool) -> None:
    """Denosumab on 2 and 30 March; the plan ends on 1 April and cannot know what is due on the day after."""
    moved = event("omit", TODAY, drug="denosumab", date=named)
    assert ("event-without-target" in codes(plan_of(treatment(course("denosumab"), days=30, events=[moved])))) == said


def test_a_course_without_the_answer_to_its_interval_has_no_dates() -> None:
    # Every interval of the shipped library is preselected; triptorelin's dose is not.
    plan = plan_of(treatment(course("triptorelin"), days=40))
    assert [item.status for item in given(plan, "triptorelin")] == ["withheld", "withheld"]
    assert "decision-missing" in codes(plan, "stop")


def test_the_day_on_which_less_often_becomes_possible_is_told_inside_the_horizon_only() -> None:
    file = treatment(course("zoledronic-acid", "2024-05-04"), days=60)
    # Two years later is 04/05/2026.
    assert "deescalation-possible-from" in codes(plan_of(file | {"horizon": "2026-05-04"}))
    assert "deescalation-possible-from" not in codes(plan_of(file | {"horizon": "2026-05-03"}))


def test_a_start_limit_is_judged_once_and_a_cycle_limit_each_time() -> None:
    qtcf = {"kind": "qtcf", "value": "460", "unit": "ms", "on": TODAY, "confirmed": {"reason": "seen", "by": "NV"}}
    counts = {"kind": "neutrophils", "value": "0.9", "unit": "10^9/L", "on": TODAY, "confirmed": {"reason": "seen", "by": "NV"}}

    def second(regimen: str, measured: dict[str, object]) -> str:
        file = treatment(course(regimen, "2026-02-02"), days=30)
        file["measurements"].append(measured)
        return taken(plan_of(file), regimen.split("-")[0])[1].status

    # The second cycle begins today, 02/03.
    assert second("ribociclib-letrozole", qtcf) == "planned"
    assert second("palbociclib-letrozole", counts) == "withheld"


def test_the_answers_of_a_course_are_those_it_depends_on() -> None:
    plan = plan_of(treatment(course("zoledronic-acid"), course("triptorelin", id="c2"), days=10))
    asked = {(item.course, item.key): item.given_by for item in plan.choices}
    assert asked["c1", "zoledronic_interval"] == "preselected"
    assert asked["c1", "crcl_weight"] == "preselected"
    assert not {key for course_id, key in asked if course_id == "c1"} & {"maintenance_interval", "bsa_formula", "mpa_daily_dose"}
    tablets = plan_of(treatment(course("palbociclib-letrozole"), days=10))
    assert "crcl_weight" in {item.key for item in tablets.choices}
    # Nobody has answered which triptorelin: that is a finding, no answer.
    assert ("c2", "triptorelin_dose") not in asked


def test_closed_days_of_the_plan_are_holidays_and_closures_not_weekends() -> None:
    shut = [{"from": "2026-04-03", "until": "2026-04-05", "unit": "day_hospital", "why": "works"}]
    plan = plan_of(treatment(course("denosumab"), days=60, closures=shut))
    hospital = {item.date.isoformat(): (item.why, item.holiday) for item in plan.closed_days if item.unit == "day_hospital"}
    assert hospital["2026-04-03"] == ("works", False)
    assert hospital["2026-04-06"] == ("easter_monday", True)
    assert hospital["2026-05-01"] == ("labour_day", True)
    assert "2026-03-07" not in hospital
    laboratory = {item.date.isoformat() for item in plan.closed_days if item.unit == "laboratory"}
    assert "2026-04-06" in laboratory
    assert "2026-04-03" not in laboratory


def test_history_of_one_day_is_history() -> None:
    one_day = [{"drug": "pamidronate", "since": "2024-01-15", "until": "2024-01-15"}]
    file = treatment(course("zoledronic-acid", "2025-06-02"), facts={"asymptomatic_on": TODAY}, days=30, history=one_day)
    assert "deescalation-offered" in codes(plan_of(file))


def test_ovaries_irradiated_before_wait_for_confirmation_too() -> None:
    ovary = [{"radiotherapy": "5x3", "region": "ovary", "until": "2025-11-30"}]
    elsewhere = [{"radiotherapy": "5x3", "region": "bone", "until": "2025-11-30"}]
    file = treatment(course("letrozole"), facts=PREMENOPAUSAL, days=20)
    assert codes(plan_of(file | {"history": ovary}), "stop") == {"castration-not-confirmed"}
    assert codes(plan_of(file | {"history": elsewhere}), "stop") == {"ovarian-suppression-missing"}
