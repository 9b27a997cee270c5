"""The agenda of the day hospital, by hand."""

from __future__ import annotations

import argparse
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mbc_desktop.agenda_verb import add_parser, run_agenda
from mbc_desktop.cli import main
from mbc_desktop.planning.beside.agenda import agenda, chair_time, load_by_day, quiet_days
from mbc_desktop.planning.plan import Plan
from mbc_desktop.regimen.site import NO_SITE, Site
from tests.planning.treatments import TODAY, course, event, given, healthy_values, irradiation, plan_of, treatment, value

MONDAY, FRIDAY = date(2026, 3, 2), date(2026, 3, 6)


def on(plan: Plan, day: str) -> Any:
    return chair_time([item for item in plan.administrations if str(item.date) == day])


@pytest.mark.parametrize(
    ("regimen", "choices", "day", "minutes"),
    [
        # Pertuzumab 60 + 60 observed, trastuzumab 90, docetaxel 60; from cycle 2 on 30 + 30, 30, 60.
        ("docetaxel-trastuzumab-pertuzumab", {}, "2026-03-02", 270),
        ("docetaxel-trastuzumab-pertuzumab", {}, "2026-03-23", 150),
        # Phesgo 8 + 30, docetaxel 60; then 5 + 15, 60.
        ("docetaxel-pertuzumab-trastuzumab-sc", {}, "2026-03-02", 98),
        ("docetaxel-pertuzumab-trastuzumab-sc", {}, "2026-03-23", 80),
        # 90 + 90, then 30 + 30.
        ("trastuzumab-emtansine", {}, "2026-03-02", 180),
        ("trastuzumab-emtansine", {}, "2026-03-23", 60),
        # 180 + 30.
        ("sacituzumab-govitecan", {}, "2026-03-02", 210),
        ("trastuzumab-deruxtecan", {}, "2026-03-02", 90),
        ("trastuzumab-deruxtecan", {}, "2026-03-23", 30),
    ],
)
def test_the_time_in_the_chair_is_that_of_all_infusions_and_what_is_observed(
    regimen: str, choices: dict[str, str], day: str, minutes: int
) -> None:
    measurements = [*treatment()["measurements"], {"kind": "lvef", "value": "60", "unit": "%", "on": "2026-03-02"}]
    plan = plan_of(treatment(course(regimen, choices=choices), measurements=measurements))
    assert on(plan, day).minutes == minutes


def two_patients() -> list[Plan]:
    """Emtansine on 2/3 and 23/3 (180, then 60 minutes); zoledronic acid on 2/3 and 30/3 (15 minutes or more)."""
    return [
        plan_of(treatment(course("trastuzumab-emtansine"), irradiation("10x3", "2026-03-02"))),
        plan_of(treatment(course("zoledronic-acid"), course("palbociclib-letrozole", id="c2"))),
    ]


def test_everybody_who_comes_on_a_day_is_on_it_with_what_is_prepared() -> None:
    plans = two_patients()
    (monday,) = [day for day in agenda(plans, first=MONDAY, last=FRIDAY, site=NO_SITE) if day.date == MONDAY]
    assert [item.plan for item in monday.attendances] == [0, 1]
    assert [(plan, item.drug) for plan, item in monday.preparations] == [(0, "trastuzumab-emtansine"), (1, "zoledronic-acid")]
    assert monday.chair_minutes == sum(item.chair.minutes for item in monday.attendances)
    assert monday.attendances[0].chair.minutes == 180
    assert (monday.capacity, monday.over_capacity) == (None, False)


def test_radiotherapy_needs_no_chair() -> None:
    days = agenda([plan_of(treatment(irradiation("10x3", "2026-03-02")))], first=MONDAY, last=FRIDAY, site=NO_SITE)
    assert days == ()


def test_blood_for_the_laboratory_stands_on_its_day() -> None:
    """Palbociclib: counts on day 1 and day 15 (16 March), without a visit that day."""
    plans = [plan_of(treatment(course("palbociclib-letrozole"), days=60))]
    (day,) = agenda(plans, first=date(2026, 3, 16), last=date(2026, 3, 16), site=NO_SITE)
    assert day.attendances == ()
    assert {check.kind for _, check in day.samples} == {"blood_count"}


def test_an_infusion_whose_time_nobody_wrote_down_is_named() -> None:
    """Epirubicin 3 minutes; the data have no time for cyclophosphamide: the chair is taken for at least 3 minutes."""
    fresh = [("lvef", "60", "%"), ("bilirubin", "0.5", "mg/dL"), ("neutrophils", "3", "10^9/L"), ("platelets", "200", "10^9/L")]
    values = [*healthy_values(TODAY), *(value(kind, amount, unit, TODAY) for kind, amount, unit in fresh)]
    plan = plan_of(treatment(course("epirubicin-cyclophosphamide"), measurements=values))
    assert (on(plan, TODAY).minutes, on(plan, TODAY).unknown) == (3, ("cyclophosphamide",))


def test_the_order_to_the_pharmacy_stands_on_the_day_before_the_dose() -> None:
    """Emtansine on Monday 23 March is ordered on Friday 20 March, on which nobody comes."""
    plans = [plan_of(treatment(course("zoledronic-acid"))), plan_of(treatment(course("trastuzumab-emtansine")))]
    friday = date(2026, 3, 20)
    (day,) = agenda(plans, first=friday, last=friday, site=NO_SITE)
    assert (day.attendances, day.chair_minutes) == ((), 0)
    assert [(plan, item.kind, item.drug, str(item.before)) for plan, item in day.tasks] == [
        (1, "pharmacy_order", "trastuzumab-emtansine", "2026-03-23")
    ]


def test_what_is_omitted_does_not_come() -> None:
    events = [event("omit", "2026-03-02", drug="trastuzumab-emtansine", number=1)]
    plan = plan_of(treatment(course("trastuzumab-emtansine"), events=events))
    assert [day for day in agenda([plan], first=MONDAY, last=FRIDAY, site=NO_SITE) if day.attendances] == []


def test_what_a_home_nurse_gives_needs_no_chair() -> None:
    plan = plan_of(treatment(course("denosumab", choices={"place_of_care": "home_nurse"})))
    assert load_by_day([plan], first=MONDAY, last=date(2026, 12, 31)) == {}


@pytest.mark.parametrize(("capacity", "over"), [(179, True), (180, False), (181, False)])
def test_a_day_is_too_full_above_its_capacity_only(capacity: int, over: bool) -> None:
    plan = plan_of(treatment(course("trastuzumab-emtansine")))
    (day,) = [
        item for item in agenda([plan], first=MONDAY, last=MONDAY, site=Site(chair_minutes_a_day=capacity)) if item.attendances
    ]
    assert day.over_capacity == over


def test_the_quietest_day_of_the_window_comes_first() -> None:
    """Fulvestrant number 2 is due on Monday 16 March, window 13 to 19: open are Friday 13, Monday 16 to Thursday 19. Another
    patient has emtansine (180 minutes) on the 16th: of the days without anybody the 17th is nearest, then 18, 13 and 19."""
    plan = plan_of(treatment(course("fulvestrant")))
    other = plan_of(treatment(course("trastuzumab-emtansine", "2026-03-16")))
    found = quiet_days(plan, given(plan, "fulvestrant")[1], [other], NO_SITE)
    assert [(str(day.date), day.chair_minutes) for day in found] == [
        ("2026-03-17", 0),
        ("2026-03-18", 0),
        ("2026-03-13", 0),
        ("2026-03-19", 0),
        ("2026-03-16", 180),
    ]


def test_a_day_on_which_the_patient_is_away_is_no_quiet_day() -> None:
    plan = plan_of(treatment(course("fulvestrant"), absences=[{"from": "2026-03-17", "until": "2026-03-18"}]))
    found = quiet_days(plan, given(plan, "fulvestrant")[1], [], NO_SITE)
    assert [str(day.date) for day in found] == ["2026-03-16", "2026-03-13", "2026-03-19"]


def test_the_command_line_answers_over_many_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, two = tmp_path / "a.mbc.json", tmp_path / "b.mbc.json"
    one.write_text(json.dumps(treatment(course("trastuzumab-emtansine"))))
    two.write_text(json.dumps(treatment(course("fulvestrant"))))
    code = main(["agenda", str(one), str(two), "--from", "2026-03-02", "--until", "2026-03-02", "--json"])
    (day,) = json.loads(capsys.readouterr().out)
    assert code == 0
    assert day["chair_minutes"] == 180
    assert [item["items"] for item in day["attendances"]] == [["c1/trastuzumab-emtansine/1"], ["c1/fulvestrant/1"]]


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_the_sentences_exist_in_every_language(tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str) -> None:
    one = tmp_path / "a.mbc.json"
    one.write_text(json.dumps(treatment(course("trastuzumab-emtansine"), course("palbociclib-letrozole", id="c2"))))
    assert main(["agenda", str(one), "--from", "2026-03-02", "--language", language]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "180" in lines[0]
    assert "VOORBEELD Anna (0012345)" in lines[1]


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_answered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = tmp_path / "a.mbc.json"
    good.write_text(json.dumps(treatment(course("fulvestrant"))))
    code = main(["agenda", str(tmp_path / "none.json"), str(good), "--from", "2026-03-02", "--json"])
    said = capsys.readouterr()
    assert code == 2
    assert "none.json" in said.err
    assert len(said.err.splitlines()) == 1
    assert json.loads(said.out)


def test_an_end_before_the_beginning_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["agenda", "x.json", "--from", "2026-03-02", "--until", "2026-03-01"]) == 2
    assert capsys.readouterr().err == "--until: lies before --from\n"


def quietest(*words: str, today: str = "2026-03-02") -> tuple[int, str, str]:
    """Exit code, answer and complaint of the verb on a day."""
    parser = argparse.ArgumentParser()
    add_parser(parser.add_subparsers())
    out, said = io.StringIO(), io.StringIO()
    arguments = parser.parse_args(["agenda", *words, "--quiet", "c1/fulvestrant/2", "--language", "en"])
    code = run_agenda(arguments, today=date.fromisoformat(today), out=out, complain=said)
    return code, out.getvalue(), said.getvalue()


def test_the_command_line_finds_the_quietest_day_of_the_window(tmp_path: Path) -> None:
    """As above: the 17th first, the 16th with 180 minutes of another patient last; after the 19th no day is left."""
    one, two = tmp_path / "a.mbc.json", tmp_path / "b.mbc.json"
    one.write_text(json.dumps(treatment(course("fulvestrant"))))
    two.write_text(json.dumps(treatment(course("trastuzumab-emtansine", "2026-03-16"))))
    code, told, _ = quietest(str(one), str(two))
    lines = told.splitlines()
    assert (code, lines[0]) == (0, "Quietest days for fulvestrant, administration 2:")
    assert "17 March 2026" in lines[1]
    assert "16 March 2026: 180 minutes" in lines[-1]
    one.write_text(json.dumps(treatment(course("fulvestrant"), today="2026-03-20", measurements=[])))
    assert quietest(str(one), today="2026-03-20")[1].splitlines()[1:] == ["  no open day left inside the window"]


def test_nobody_elses_window_is_answered_for_a_patient_whose_file_cannot_be_read(tmp_path: Path) -> None:
    other = tmp_path / "b.mbc.json"
    other.write_text(json.dumps(treatment(course("fulvestrant"))))
    code, told, said = quietest(str(tmp_path / "none.json"), str(other))
    assert (code, told) == (2, "")
    assert "none.json" in said


def test_an_administration_that_does_not_exist_is_named(tmp_path: Path) -> None:
    other = tmp_path / "b.mbc.json"
    other.write_text(json.dumps(treatment(course("denosumab"))))
    said = '--quiet: the first file has no administration "c1/fulvestrant/2"\n'
    assert quietest(str(other)) == (2, "", said)
