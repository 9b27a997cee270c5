"""What the day of treatment asks: every rule with its value and its age, and go, wait or ask; the dose itself never changes."""

from __future__ import annotations

from datetime import date

import pytest

from mbc_desktop.dosing.gates import DRUG_NAMES
from mbc_desktop.planning.answers.plan_json import plan_json
from mbc_desktop.planning.plan import Administration, Plan, TakePeriod
from tests.planning.test_regimen_cases import site_of
from tests.planning.treatments import (
    TODAY,
    File,
    codes,
    course,
    given,
    healthy_values,
    later,
    library,
    plan_of,
    taken,
    treatment,
    value,
)  # fmt: skip

CAPECITABINE = {"capecitabine_first_dose": "morning of day 1", "capecitabine_pattern": "14 on 7 off"}


def capecitabine(*values: File, with_test: bool = False, **choices: str) -> Plan:
    known = [item for item in healthy_values(TODAY) if with_test or item["kind"] != "dpyd_activity_score"]
    line = course("capecitabine", choices=CAPECITABINE | choices)
    from tests.planning.test_regimen_cases import site_of

    file = treatment(line, days=40, measurements=[*known, *values])
    return plan_of(file, site_of({"capecitabine_tablets": "label table"}))


def verdicts(item: Administration | TakePeriod) -> dict[str, str]:
    return {line.rule: line.verdict for line in item.gate}


def test_capecitabine_waits_for_the_dpd_test_and_a_recorded_choice_releases_it() -> None:
    waiting = capecitabine()
    first, second = taken(waiting, "capecitabine")[:2]
    assert (first.status, first.dose, verdicts(first)["dpd-test"]) == ("withheld", None, "wait")
    assert second.dose is not None, "only the dose that is due waits"
    assert "dpd-test-missing" in codes(waiting, "stop")
    released = capecitabine(dpyd_missing="give_after_confirmation")
    assert verdicts(taken(released, "capecitabine")[0])["dpd-test"] == "ask"
    assert "dpd-test-missing-confirmed" in codes(released, "caution")
    tested = capecitabine(with_test=True)
    assert verdicts(taken(tested, "capecitabine")[0])["dpd-test"] == "go"
    assert not codes(tested, "stop", "caution", "advice")


def her2(*values: File, regimen: str = "trastuzumab-three-weekly") -> Administration:
    file = treatment(
        course(regimen), days=10, measurements=[*healthy_values(TODAY), *values],
        facts={"menopausal_status": "postmenopausal", "her2": "positive"},
    )  # fmt: skip
    return next(item for item in plan_of(file).administrations if any(line.kind == "lvef" for line in item.gate))


@pytest.mark.parametrize(
    ("before", "now", "verdict"),
    # Trastuzumab alone: pause below 50 % and a fall of 10 points or more.
    [("60", "49", "wait"), ("60", "50", "go"), ("58", "49", "go"), ("59", "49", "wait")],
)
def test_the_heart_holds_trastuzumab_only_when_low_and_fallen(before: str, now: str, verdict: str) -> None:
    values = (value("lvef", before, "%", later(TODAY, -30)), value("lvef", now, "%", TODAY))
    # The newest value on or before the first day is the baseline: an older one must be recorded as such.
    item = her2(value("lvef_baseline", before, "%", later(TODAY, -30)), *values)
    assert verdicts(item)["lvef"] == verdict
    assert (item.dose is None) == (verdict == "wait")


def test_every_line_of_a_gate_says_its_value_and_its_age() -> None:
    file = treatment(course("eribulin"), days=3)
    file["measurements"] += [value("neutrophils", "1.2", "10^9/L", later(TODAY, -1)), value("platelets", "74", "10^9/L", TODAY)]
    plan = plan_of(file)
    gates = plan_json(plan)["gates"]
    assert isinstance(gates, list)
    assert gates[0]["verdict"] == "wait"
    lines = {line["rule"]: line for line in gates[0]["rules"]}
    assert (lines["neutrophils"]["verdict"], lines["neutrophils"]["value"], lines["neutrophils"]["age_days"]) == ("go", "1.2", 1)
    assert (lines["platelets"]["verdict"], lines["platelets"]["limit"], lines["platelets"]["source"]) == (
        "wait",
        ">= 75",
        "eribulin_ph",
    )


@pytest.mark.parametrize(
    ("hours", "age", "verdict"),
    [
        # 24 hours are the day itself and the day before; without an answer of the hospital they hold.
        ("", 0, "go"), ("", 1, "go"), ("", 2, "ask"), ("24 hours", 2, "ask"),
        ("48 hours", 2, "go"), ("48 hours", 3, "ask"),
        ("96 hours", 4, "go"), ("96 hours", 5, "ask"),
    ],
)  # fmt: skip
def test_a_count_that_is_too_old_for_the_day_releases_nothing(hours: str, age: int, verdict: str) -> None:
    """Decision L4. The dose stays: a new count is asked for, as where there is none."""
    file = treatment(course("eribulin"), days=3)
    file["measurements"] += [value("neutrophils", "1.2", "10^9/L", later(TODAY, -age)), value("platelets", "90", "10^9/L", TODAY)]
    item = given(plan_of(file, site_of({"blood_count_validity": hours} if hours else {})), "eribulin")[0]
    assert verdicts(item)["neutrophils"] == verdict
    assert verdicts(item)["platelets"] == "go"
    assert item.dose is not None


def test_the_count_of_day_1_does_not_release_day_8() -> None:
    """Weekly paclitaxel: seven days later nobody knows the neutrophils; a low count of day 1 still holds the dose that is due."""
    file = treatment(course("paclitaxel-weekly"), days=10)
    file["measurements"] += [value("neutrophils", "3", "10^9/L", TODAY), value("platelets", "250", "10^9/L", TODAY)]
    first, second = given(plan_of(file), "paclitaxel")[:2]
    assert (verdicts(first)["neutrophils"], verdicts(second)["neutrophils"]) == ("go", "ask")
    file["measurements"][-2] = value("neutrophils", "0.4", "10^9/L", TODAY)
    low = given(plan_of(file), "paclitaxel")[:2]
    assert [(verdicts(item)["neutrophils"], item.dose) for item in low] == [("wait", None), ("wait", None)]


@pytest.mark.parametrize(("age", "verdict"), [(3, "go"), (4, "ask")])
def test_liver_tests_count_for_72_hours(age: int, verdict: str) -> None:
    """Decision L5: the day itself and three before it."""
    file = treatment(course("trastuzumab-emtansine"), days=3, facts={"her2": "positive"})
    file["measurements"].append(value("alt", "100", "U/L", later(TODAY, -age), high="40"))
    assert verdicts(given(plan_of(file), "trastuzumab-emtansine")[0])["transaminases"] == verdict


def test_a_value_that_is_not_known_is_asked_for_and_holds_nothing() -> None:
    item = given(plan_of(treatment(course("eribulin"), days=3)), "eribulin")[0]
    assert verdicts(item)["neutrophils"] == "ask"
    assert item.dose is not None


@pytest.mark.parametrize(("times", "verdict"), [("200", "go"), ("201", "wait")])
def test_transaminases_hold_trastuzumab_emtansine_above_five_times_the_limit(times: str, verdict: str) -> None:
    """The laboratory's limit is 40: five times is 200."""
    file = treatment(course("trastuzumab-emtansine"), days=3, facts={"her2": "positive"})
    file["measurements"].append(value("alt", times, "U/L", TODAY, high="40"))
    assert verdicts(given(plan_of(file), "trastuzumab-emtansine")[0])["transaminases"] == verdict


@pytest.mark.parametrize(
    ("counts", "verdict"), [(("1.8", "0.7", "1.2"), "go"), (("0.7", "1.0", "1.2"), "ask"), (("0.49", "2", "2"), "ask")]
)
def test_oral_vinorelbine_goes_up_only_when_the_counts_allow(counts: tuple[str, ...], verdict: str) -> None:
    """The fourth weekly dose is the first of 80 mg/m2."""
    start = later(TODAY, -21)
    line = course("vinorelbine-oral", start, choices={"vinorelbine_form": "60 then 80 mg/m2 weekly by mouth"})
    low = [value("neutrophils", count, "10^9/L", later(start, 6 + 7 * week)) for week, count in enumerate(counts)]
    file = treatment(line, days=5, measurements=[*healthy_values(TODAY), *low, value("neutrophils", "3", "10^9/L", TODAY)])
    plan = plan_of(file)
    fourth = next(item for item in taken(plan, "vinorelbine-oral") if item.first.isoformat() == TODAY)
    assert verdicts(fourth)["to-80"] == verdict
    # 80 x 1.765408 is printed as 140 mg, 60 x 1.765408 as 110 mg.
    assert fourth.dose is not None
    assert fourth.dose.amount.text() == ("140 mg" if verdict == "go" else "110 mg")


def test_a_look_alike_is_confirmed_once_per_course() -> None:
    for choices, verdict in (({}, "ask"), ({"look_alike_confirmed": "doxorubicin"}, "go")):
        line = course("doxorubicin-three-weekly", choices={"doxorubicin_dose": "60", **choices})
        assert verdicts(given(plan_of(treatment(line, days=3)), "doxorubicin")[0])["look-alike"] == verdict


@pytest.mark.parametrize(
    ("ejection", "low", "waiting"),
    [
        # Below the lower limit that came with the result, or below 50 per cent.
        ("54", "55", ("lvef",)),
        ("55", "55", ()),
        ("51", None, ()),
        ("50", None, ()),
        ("49", None, ("lvef-grade-2",)),
        ("49", "45", ("lvef-grade-2",)),
        ("44", "45", ("lvef", "lvef-grade-2")),
    ],
)
def test_a_low_heart_holds_lapatinib(ejection: str, low: str | None, waiting: tuple[str, ...]) -> None:
    known = value("lvef", ejection, "%", TODAY) | ({} if low is None else {"low": low})
    choices = CAPECITABINE | {"capecitabine_dose_combined": "1000"}
    file = treatment(
        course("lapatinib-capecitabine", choices=choices), days=3, measurements=[*healthy_values(TODAY), known],
        facts={"menopausal_status": "postmenopausal", "her2": "positive"},
    )  # fmt: skip
    item = taken(plan_of(file), "lapatinib")[0]
    assert tuple(line.rule for line in item.gate if line.verdict == "wait") == waiting
    assert (item.dose is None) == bool(waiting)


@pytest.mark.parametrize(
    ("results", "said"),
    [
        # A day's protein of 2 g or more waits; a strip of 2+ or more asks; less is fine, and what is not known is asked for.
        ([("1.99", "g/24h")], {"urine": "go", "urine-24h": "go"}),
        ([("2", "g/24h")], {"urine": "go", "urine-24h": "wait"}),
        ([("1", "+")], {"urine": "go", "urine-dipstick": "go"}),
        ([("2", "+")], {"urine": "go", "urine-dipstick": "ask"}),
        # The strip of today does not outweigh what was collected this week.
        ([("2.4", "g/24h"), ("1", "+")], {"urine": "go", "urine-24h": "wait", "urine-dipstick": "go"}),
        ([], {"urine": "ask"}),
    ],
)
def test_protein_in_the_urine_before_bevacizumab(results: list[tuple[str, str]], said: dict[str, str]) -> None:
    found = [value("urine_protein", amount, unit, TODAY) for amount, unit in results]
    file = treatment(course("paclitaxel-bevacizumab"), days=3, measurements=[*healthy_values(TODAY), *found])
    item = given(plan_of(file), "bevacizumab")[0]
    assert {rule: verdict for rule, verdict in verdicts(item).items() if rule.startswith("urine")} == said
    assert (item.dose is None) == ("wait" in said.values())


def test_a_protein_result_of_last_month_neither_holds_nor_releases() -> None:
    old = value("urine_protein", "3", "g/24h", later(TODAY, -30))
    file = treatment(course("paclitaxel-bevacizumab"), days=3, measurements=[*healthy_values(TODAY), old])
    item = given(plan_of(file), "bevacizumab")[0]
    assert {rule: verdict for rule, verdict in verdicts(item).items() if rule.startswith("urine")} == {"urine": "ask"}


@pytest.mark.parametrize(
    ("regimen", "choices", "drug", "bag"),
    [
        # 165 cm, 68 kg: 50 x 1.765408 = 88.3 mg of Caelyx in 250 mL; the others as their leaflets say.
        ("pegylated-liposomal-doxorubicin", {}, "pegylated-liposomal-doxorubicin", "250"),
        ("trastuzumab-deruxtecan", {}, "trastuzumab-deruxtecan", "100"),
        ("trastuzumab-emtansine", {}, "trastuzumab-emtansine", "250"),
        ("trastuzumab-three-weekly", {}, "trastuzumab", "250"),
    ],
)
def test_the_bag_of_the_source(regimen: str, choices: dict[str, str], drug: str, bag: str) -> None:
    facts = {"menopausal_status": "postmenopausal", "her2": "positive", "earlier_anthracycline": "none"}
    dose = given(plan_of(treatment(course(regimen, choices=choices), days=3, facts=facts)), drug)[0].dose
    assert dose is not None
    assert str(dose.infusion_ml) == bag


def test_sacituzumab_says_between_which_volumes_it_keeps_its_strength() -> None:
    """68 kg: 680 mg; 680 / 3.4 = 200 mL, 680 / 1.1 = 618.2, inward 618 mL."""
    dose = given(plan_of(treatment(course("sacituzumab-govitecan"), days=3)), "sacituzumab-govitecan")[0].dose
    assert dose is not None
    assert dose.bag is not None
    assert (dose.bag.least_ml, dose.bag.most_ml, dose.bag.grade) == (200, 618, "label")


@pytest.mark.parametrize(
    ("limit", "count", "verdict", "grade"),
    [
        ("", "1.99", "wait", "label"), ("", "2", "go", "label"),
        ("2.0", "1.99", "wait", "label"),
        ("1.5", "1.49", "wait", "protocol"), ("1.5", "1.5", "go", "protocol"),
        ("1.0", "1", "go", "protocol"), ("1.0", "0.99", "wait", "protocol"),
    ],
)  # fmt: skip
def test_the_hospital_may_take_a_lower_limit_before_carboplatin(limit: str, count: str, verdict: str, grade: str) -> None:
    """The label's 2.0 is for the drug alone every four weeks; what the hospital answers is its own protocol. Gemcitabine keeps
    its 1.5."""
    file = treatment(course("carboplatin-gemcitabine"), days=3)
    file["measurements"] += [value("neutrophils", count, "10^9/L", TODAY), value("platelets", "250", "10^9/L", TODAY)]
    plan = plan_of(file, site_of({"carboplatin_neutrophils": limit} if limit else {}))
    item = given(plan, "carboplatin")[0]
    line = next(line for line in item.gate if line.rule == "neutrophils")
    assert (line.verdict, line.grade, line.limit) == (verdict, grade, f">= {limit.removesuffix('.0') or '2'}")
    assert (item.dose is None) == (verdict == "wait")
    assert verdicts(given(plan, "gemcitabine")[0])["neutrophils"] == ("go" if float(count) >= 1.5 else "wait")
    assert "carboplatin_neutrophils" in {choice.key for choice in plan.choices}


@pytest.mark.parametrize(
    ("months", "on", "verdict"),
    [
        # Until 2 March 2026: three months before it is 2 December 2025; six are 2 September.
        ("", "2025-12-02", "go"), ("", "2025-12-01", "ask"),
        ("6 months", "2025-12-01", "go"), ("6 months", "2025-09-01", "ask"),
        ("none", "2020-01-01", "go"),
    ],
)  # fmt: skip
def test_an_old_ejection_fraction_is_asked_for_again(months: str, on: str, verdict: str) -> None:
    file = treatment(course("trastuzumab-three-weekly"), days=3, facts={"her2": "positive"})
    file["measurements"].append(value("lvef", "60", "%", on))
    item = given(plan_of(file, site_of({"lvef_validity": months} if months else {})), "trastuzumab")[0]
    assert (verdicts(item)["lvef"], item.dose is None) == (verdict, False)


def test_an_old_low_ejection_fraction_still_holds_the_drug() -> None:
    hearts = (value("lvef_baseline", "60", "%", "2024-01-01"), value("lvef", "45", "%", "2025-01-01"))
    item = her2(*hearts)
    assert (verdicts(item)["lvef"], item.dose) == ("wait", None)


def test_a_look_alike_and_a_companion_are_named_by_drugs_and_nothing_else_is() -> None:
    """Docetaxel and paclitaxel look alike; a heart of 46 per cent after 60 holds trastuzumab, and with it pertuzumab."""
    started = later(TODAY, -21)
    done = [
        {
            "id": f"e{number}",
            "kind": "given",
            "course": "c1",
            "drug": drug,
            "number": 1,
            "given_on": started,
            "on": started,
            "by": "NV",
        }
        for number, drug in enumerate(("trastuzumab", "pertuzumab"))
    ]
    facts = {"her2": "positive", "menopausal_status": "postmenopausal"}
    file = treatment(course("docetaxel-trastuzumab-pertuzumab", started), days=10, facts=facts, events=done)
    file["measurements"] += [value("lvef_baseline", "60", "%", later(TODAY, -30)), value("lvef", "46", "%", TODAY)]
    first = plan_of(treatment(course("docetaxel-trastuzumab-pertuzumab"), days=10, facts=facts))
    lines = [line for plan in (plan_of(file), first) for item in plan.administrations for line in item.gate if line.value]
    named = {line.kind for line in lines if all(word in library().drugs for word in line.value.split())}
    assert named == set(DRUG_NAMES)


def glucose(regimen: str, drug: str, amount: str, *, begun: int = 0) -> tuple[Plan, TakePeriod]:
    """The plan with a fasting glucose of today, and the tablets of today, begun so many days ago."""
    values = [*healthy_values(TODAY), value("fasting_glucose", amount, "mg/dL", TODAY)] if amount else healthy_values(TODAY)
    facts = {"menopausal_status": "postmenopausal"}
    plan = plan_of(treatment(course(regimen, later(TODAY, -begun)), days=50, measurements=[*values], facts=facts))
    today = date.fromisoformat(TODAY)
    return plan, next(item for item in taken(plan, drug) if item.first <= today <= item.last)


@pytest.mark.parametrize(
    ("regimen", "drug", "amount", "said", "status"),
    [
        # Alpelisib: above 160 mg/dL it is treated, above 250 the tablets stop. Capivasertib: withheld from 161 on.
        ("alpelisib-fulvestrant", "alpelisib", "160", [], "planned"),
        ("alpelisib-fulvestrant", "alpelisib", "161", ["caution"], "planned"),
        ("alpelisib-fulvestrant", "alpelisib", "250", ["caution"], "planned"),
        # One limit is said, not two.
        ("alpelisib-fulvestrant", "alpelisib", "251", ["stop"], "withheld"),
        ("capivasertib-fulvestrant", "capivasertib", "160", [], "planned"),
        ("capivasertib-fulvestrant", "capivasertib", "161", ["stop"], "withheld"),
    ],
)
@pytest.mark.parametrize("begun", [0, 2])
def test_a_high_fasting_glucose_is_asked_about_and_then_holds(
    regimen: str, drug: str, amount: str, said: list[str], status: str, begun: int
) -> None:
    """On the first day, and on the third, while the tablets are being taken (endocrine reference A6)."""
    plan, period = glucose(regimen, drug, amount, begun=begun)
    assert [item.severity for item in plan.findings if (item.drug, item.code) == (drug, "value-too-high")] == said
    assert (period.status, period.dose is None) == (status, status == "withheld")


@pytest.mark.parametrize(("begun", "asked"), [(0, True), (2, False)])
def test_an_unknown_fasting_glucose_is_asked_for_before_the_first_tablet_and_stops_none(begun: int, asked: bool) -> None:
    plan, period = glucose("alpelisib-fulvestrant", "alpelisib", "", begun=begun)
    assert ("value-needed-before-dose" in {item.code for item in plan.findings if item.drug == "alpelisib"}) == asked
    assert period.dose is not None


def test_counts_of_the_beginning_of_a_cycle_say_nothing_about_tablets_that_are_being_taken() -> None:
    """Palbociclib: 1.0 before a cycle; what a count on day 15 asks for is another rule, which a person applies."""
    values = [item for item in healthy_values(TODAY) if item["kind"] != "neutrophils"]
    low = value("neutrophils", "0.9", "10^9/L", TODAY)
    facts = {"menopausal_status": "postmenopausal"}
    file = treatment(course("palbociclib-letrozole", later(TODAY, -14)), days=30, measurements=[*values, low], facts=facts)
    assert taken(plan_of(file), "palbociclib")[0].dose is not None
