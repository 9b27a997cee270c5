"""Regimens of a hospital's own, read from its folder without a fault, that do what no shipped one does: an infusion that
prepares a treatment, phases of different length, a loading dose by decision only, an interval by decision. From 2 March 2026."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from mbc_desktop.core.folders import find_schedules
from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.plan_treatment import plan_treatment
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.loader import load_library_at
from tests.planning.treatments import TODAY, File, codes, course, event, given, taken, treatment, value

HEAD = """id = "{id}"
version = "1"
valid_from = 2026-01-01
reviewed_on = 2026-01-01
status = "draft"
section = ""
source = "proposal"
grade = "proposal"
decisions = [{decisions}]

[[history]]
on = 2026-01-01
change = "First version"
affects = "All plans with this regimen"
"""
GRADED = 'source = "proposal"\ngrade = "proposal"\n'


def part(id: str, *phases: str, timing_of: str) -> str:
    return f'[[parts]]\nid = "{id}"\ntiming_of = "{timing_of}"\n\n{"".join(phases)}'


def phase(id: str, every: str, *orders: str) -> str:
    return f'[[parts.phases]]\nid = "{id}"\nevery = "{every}"\n{"".join(orders)}'


def order(drug: str, amount: str, unit: str, days: str, more: str = "", *, route: str = "IV") -> str:
    kind = {"mg": "fixed", "mg/m2": "per_m2", "mg/kg": "per_kg"}[unit]
    dose = f'dose = {{ kind = "{kind}", amount = "{amount}", unit = "{unit}" }}'
    return f'[[parts.phases.orders]]\ndrug = "{drug}"\nroute = "{route}"\n{dose}\ndays = {days}\n{more}{GRADED}\n'


def tablets(drug: str, amount: str, last: int, more: str = "") -> str:
    dose = f'dose = {{ kind = "fixed", amount = "{amount}", unit = "mg" }}\ntake = {{ first = 1, last = {last} }}'
    return f'[[parts.phases.orders]]\ndrug = "{drug}"\nroute = "PO"\n{dose}\n{more}{GRADED}\n'


BEFORE = 'role = "premedication"\nsequence = 1\n'
DOCETAXEL = order("docetaxel", "75", "mg/m2", "[1]", "sequence = 2\n")
RELOAD = """
[[parts.phases.orders.reload]]
kind = "by_gap"
from_days = 29
dose = { kind = "per_kg", amount = "8", unit = "mg/kg" }
decision = "her2_reload_pair"
if_decided = "trastuzumab_rule"
source = "proposal"
grade = "proposal"
"""
REGIMENS = {
    "own-infusion-before": part(
        "a", phase("treatment", "21 days", order("dexamethasone-iv", "8", "mg", "[1]", BEFORE), DOCETAXEL), timing_of="docetaxel"
    ),
    "own-two-lengths": part(
        "a",
        phase("three-weekly", '21 days"\ncycles = 2 #', order("paclitaxel", "175", "mg/m2", "[1]")),
        phase("weekly", "7 days", order("paclitaxel", "80", "mg/m2", "[1]")),
        timing_of="paclitaxel",
    ),
    "own-reload": part(
        "a", phase("treatment", "21 days", order("trastuzumab", "6", "mg/kg", "[1]") + RELOAD), timing_of="trastuzumab"
    ),
    "own-tablets": '[[parts]]\nid = "a"\n\n'
    + phase("a", "28 days", tablets("palbociclib", "125", 21), tablets("dexamethasone", "8", 3, 'role = "support"\n')),
    "own-once": '[[parts]]\nid = "a"\n\n[[parts.phases]]\nid = "a"\ncycles = 1\n' + tablets("palbociclib", "125", 21),
    "own-first-cycles": part(
        "a",
        phase(
            "weekly",
            "28 days",
            order("paclitaxel", "80", "mg/m2", "[1]"),
            order("paclitaxel", "80", "mg/m2", "[15]", 'cycles = "1-2"\n'),
        ),
        timing_of="paclitaxel",
    ),
    "own-interval": part(
        "a", phase("weekly", "own_interval", order("doxorubicin", "20", "mg/m2", "[1]")), timing_of="doxorubicin"
    ),
}
DECISION = """[[decisions]]
id = "X1"
key = "own_interval"
options = ["7 days", "21 days"]
state = "needs_choice"
source = "proposal"
grade = "proposal"
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("own")
    for name in ("drugs", "regimens"):
        (folder / name).mkdir()
    drug = (find_schedules() / "drugs" / "dexamethasone.toml").read_text(encoding="utf-8")
    for old, new in (
        ('"dexamethasone"\nversion', '"dexamethasone-iv"\nversion'),
        ('["PO"]', '["IV"]'),
        ('"home"', '"day_hospital"'),
    ):
        assert old in drug
        drug = drug.replace(old, new, 1)
    write(folder / "drugs" / "dexamethasone-iv.toml", drug)
    write(folder / "decisions.toml", DECISION)
    for id, parts in REGIMENS.items():
        head = HEAD.format(id=id, decisions='"her2_reload_pair"' if RELOAD in parts else "")
        write(folder / "regimens" / f"{id}.toml", f"{head}\n{parts}")
    return load_library_at(folder)


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def planned(own: Library, file: File) -> Plan:
    return plan_treatment(read_treatment(json.dumps(file), today=date(2026, 1, 1), library=own), own)


def seen(plan: Plan, drug: str) -> list[tuple[str, str, str]]:
    """Day, status and dose of each administration of a drug; "-" for what is not there."""
    return [
        (str(item.date) if item.date else "-", item.status, item.dose.amount.text() if item.dose else "-")
        for item in given(plan, drug)
    ]


def infusion(own: Library, *events: File, **more: object) -> tuple[list[tuple[str, str, str]], list[tuple[str, str]]]:
    """The infusions of dexamethasone, and day and status of docetaxel; due on 2 and 23 March, 13 April."""
    plan = planned(own, treatment(course("own-infusion-before"), days=50, events=list(events), **more))
    return seen(plan, "dexamethasone-iv"), [(day, status) for day, status, _ in seen(plan, "docetaxel")]


def about(kind: str, **more: object) -> File:
    return event(kind, TODAY, drug="docetaxel", number=2, **more)


@pytest.mark.parametrize(
    ("what", "second", "third"),
    [
        (None, "2026-03-23", "2026-04-13"),
        # A week later, and all that follows along; a move of this one, after which docetaxel counts from the real day.
        (about("delay", days=7, scope="rest_of_treatment"), "2026-03-30", "2026-04-20"),
        (about("move", to="2026-03-25"), "2026-03-25", "2026-04-15"),
    ],
)
def test_an_infusion_that_prepares_comes_on_the_day_of_what_it_prepares(
    own: Library, what: File | None, second: str, third: str
) -> None:
    before, prepared = infusion(own, *([what] if what else []))
    assert [day for day, _ in prepared] == ["2026-03-02", second, third]
    assert before == [(day, "planned", "8 mg") for day in ("2026-03-02", second, third)]


@pytest.mark.parametrize(
    ("what", "status"),
    [
        (about("omit"), "omitted"),
        (event("hold", TODAY, drug="docetaxel", **{"from": "2026-03-10"}), "held"),
        (event("cease", TODAY, drug="docetaxel", **{"from": "2026-03-10"}), "ceased"),
    ],
)
def test_an_infusion_that_prepares_shares_the_fate_of_what_it_prepares(own: Library, what: File, status: str) -> None:
    before, prepared = infusion(own, what)
    assert before[:2] == [("2026-03-02", "planned", "8 mg"), ("2026-03-23", status, "-")]
    assert prepared[1] == ("2026-03-23", status)


def test_an_infusion_that_prepares_stays_while_the_treatment_is_only_not_released(own: Library) -> None:
    """Neutrophils of 1.2 withhold docetaxel of today."""
    file = treatment(course("own-infusion-before"), days=10)
    file["measurements"].append(value("neutrophils", "1.2", "10^9/L", TODAY))
    plan = planned(own, file)
    assert seen(plan, "docetaxel") == [("2026-03-02", "withheld", "-")]
    assert seen(plan, "dexamethasone-iv") == [("2026-03-02", "planned", "8 mg")]


def test_what_has_no_day_leaves_its_preparation_without_one(own: Library) -> None:
    """Due on 23 March, window to the 26th, closed until the 27th."""
    shut = [{"from": "2026-03-23", "until": "2026-03-27", "unit": "day_hospital", "why": "verbouwing"}]
    before, prepared = infusion(own, closures=shut)
    assert (before[1][0], prepared[1][0]) == ("-", "-")


def test_the_pharmacy_gets_one_order_for_the_treatment_and_none_for_what_prepares_it(own: Library) -> None:
    """Docetaxel of 23 March and 13 April, on the open day before: Friday 20 March and 10 April."""
    plan = planned(own, treatment(course("own-infusion-before"), days=50))
    orders = [(item.drug, str(item.date)) for item in plan.tasks if item.kind == "pharmacy_order"]
    assert orders == [("docetaxel", "2026-03-20"), ("docetaxel", "2026-04-10")]


def two_lengths(own: Library, *events: File) -> list[tuple[str, str]]:
    """Nominal and real days."""
    plan = planned(own, treatment(course("own-two-lengths"), days=70, events=list(events)))
    return [(str(item.nominal), str(item.date)) for item in given(plan, "paclitaxel")]


def test_after_two_cycles_of_three_weeks_the_third_is_the_first_of_every_week(own: Library) -> None:
    """175 mg/m2 on 2 and 23 March, 80 mg/m2 from 13 April on, each Monday up to 11 May."""
    days = ["2026-03-02", "2026-03-23", "2026-04-13", "2026-04-20", "2026-04-27", "2026-05-04", "2026-05-11"]
    assert two_lengths(own) == [(day, day) for day in days]
    plan = planned(own, treatment(course("own-two-lengths"), days=70))
    assert [item.phase for item in given(plan, "paclitaxel")] == ["three-weekly"] * 2 + ["weekly"] * 5


def test_a_delay_of_the_first_phase_takes_the_second_along_and_leaves_the_template(own: Library) -> None:
    """The second a week later, 30 March: then 20 and 27 April, 4 and 11 May; the fifth is due on 18 May, behind the plan."""
    late = event("delay", TODAY, drug="paclitaxel", number=2, days=7, scope="rest_of_treatment")
    assert two_lengths(own, late) == [
        ("2026-03-02", "2026-03-02"),
        ("2026-03-23", "2026-03-30"),
        ("2026-04-13", "2026-04-20"),
        ("2026-04-20", "2026-04-27"),
        ("2026-04-27", "2026-05-04"),
        ("2026-05-04", "2026-05-11"),
    ]


@pytest.mark.parametrize(
    ("answer", "dose", "said"), [("trastuzumab_rule", "544 mg", {"loading-not-given-yet"}), ("pair_rule", "408 mg", set())]
)
def test_a_loading_dose_that_only_a_decision_asks_for_is_not_made_up_without_it(
    own: Library, answer: str, dose: str, said: set[str]
) -> None:
    """68 kg: 8 mg/kg is 544 mg, 6 mg/kg 408 mg. The first dose was omitted."""
    left = event("omit", TODAY, drug="trastuzumab", number=1)
    file = treatment(course("own-reload", choices={"her2_reload_pair": answer}), days=30, events=[left])
    file["measurements"].append(value("lvef", "60", "%", TODAY))
    plan = planned(own, file)
    assert [item[2] for item in seen(plan, "trastuzumab")] == ["-", dose]
    assert codes(plan) & {"loading-not-given-yet", "reload-after-gap", "reload-rules-differ"} == said


@pytest.mark.parametrize(
    ("every", "days"),
    [
        # The plan ends on 11 May. Weekly: never fourteen days free, behind the last one of 11 May neither.
        ("7 days", []),
        # On 2 and 23 March, 13 April, 4 May; the next one, of 25 May, lies behind the plan: the day after each.
        ("21 days", ["2026-03-03", "2026-03-24", "2026-04-14", "2026-05-05"]),
    ],
)
def test_growth_factor_knows_the_interval_that_was_decided(own: Library, every: str, days: list[str]) -> None:
    choices = {"own_interval": every, "g_csf": "pegfilgrastim the day after each cycle"}
    plan = planned(own, treatment(course("own-interval", choices=choices), days=70))
    assert [str(item.first) for item in plan.support if item.measure == "g_csf"] == days


def test_a_delay_lengthens_the_rest_of_the_tablets_and_not_of_what_supports_them(own: Library) -> None:
    """21 days from 2 March, so rest from 23 March; the second a week later, 6 April; three days of dexamethasone."""
    late = event("delay", TODAY, drug="palbociclib", number=2, days=7, scope="rest_of_treatment")
    plan = planned(own, treatment(course("own-tablets"), days=50, events=[late]))
    periods = {
        drug: [(str(item.first), str(item.last), item.rest and str(item.rest[1])) for item in taken(plan, drug)]
        for drug in ("palbociclib", "dexamethasone")
    }
    assert periods["palbociclib"][:2] == [("2026-03-02", "2026-03-22", "2026-04-05"), ("2026-04-06", "2026-04-26", "2026-05-03")]
    assert periods["dexamethasone"] == [("2026-03-02", "2026-03-04", None), ("2026-04-06", "2026-04-08", None)]


def test_tablets_that_are_taken_once_have_no_rest_and_end(own: Library) -> None:
    """21 days from 2 March: nothing follows that the rest would be before."""
    (period,) = taken(planned(own, treatment(course("own-once"), days=60)), "palbociclib")
    assert (str(period.first), str(period.last), period.rest, period.open) == ("2026-03-02", "2026-03-22", None, False)


def test_a_day_that_only_the_first_cycles_have_is_no_visit_afterwards(own: Library) -> None:
    """Day 1 and 15 of two cycles, 2 and 16 March, 30 March and 13 April; of the third, 27 April, day 1 only."""
    plan = planned(own, treatment(course("own-first-cycles"), days=80))
    assert [str(item.nominal) for item in given(plan, "paclitaxel")] == [
        "2026-03-02", "2026-03-16", "2026-03-30", "2026-04-13", "2026-04-27",
    ]  # fmt: skip
