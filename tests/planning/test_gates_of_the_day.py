"""What the day of treatment asks: every rule with its value and its age, and go, wait or ask; the dose itself never changes."""

from __future__ import annotations

import pytest

from mbc_desktop.planning.plan import Administration, Plan, TakePeriod
from mbc_desktop.planning.plan_json import plan_json
from tests.planning.treatments import TODAY, File, codes, course, given, healthy_values, later, plan_of, taken, treatment, value

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
    file["measurements"] += [value("neutrophils", "1.2", "10^9/L", later(TODAY, -2)), value("platelets", "74", "10^9/L", TODAY)]
    plan = plan_of(file)
    gates = plan_json(plan)["gates"]
    assert isinstance(gates, list)
    assert gates[0]["verdict"] == "wait"
    lines = {line["rule"]: line for line in gates[0]["rules"]}
    assert (lines["neutrophils"]["verdict"], lines["neutrophils"]["value"], lines["neutrophils"]["age_days"]) == ("go", "1.2", 2)
    assert (lines["platelets"]["verdict"], lines["platelets"]["limit"], lines["platelets"]["source"]) == (
        "wait",
        ">= 75",
        "eribulin_ph",
    )


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
    ("counts", "verdict"), [(("1.8", "0.7", "1.2"), "go"), (("0.7", "1.0", "1.2"), "wait"), (("0.49", "2", "2"), "wait")]
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
    assert (fourth.dose is None) == (verdict == "wait")


def test_a_look_alike_is_confirmed_once_per_course() -> None:
    for choices, verdict in (({}, "ask"), ({"look_alike_confirmed": "doxorubicin"}, "go")):
        line = course("doxorubicin-three-weekly", choices={"doxorubicin_dose": "60", **choices})
        assert verdicts(given(plan_of(treatment(line, days=3)), "doxorubicin")[0])["look-alike"] == verdict
