"""Courses that are under way when they are first entered: at a cycle or a phase, with the day of the last dose."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from mbc_desktop.planning.dates.working_days import OpenDays
from mbc_desktop.planning.replay.course_replay import CourseReplay
from mbc_desktop.planning.replay.dose_desk import NO_DOSES
from mbc_desktop.planning.request import DrugCourse, Request
from tests.calendar_sweep import decided
from tests.planning.treatments import (
    TODAY,
    amount,
    checks,
    codes,
    course,
    dates,
    given,
    library,
    nominal,
    plan_of,
    request_of,
    taken,
    treatment,
)


def test_loading_is_not_repeated_in_maintenance() -> None:
    plan = plan_of(treatment(course("fulvestrant", TODAY, phase="maintenance", last_given="2026-02-02"), days=60))
    # 02/03 is a Monday; every 28 days: 30/03, 27/04.
    assert nominal(plan, "fulvestrant") == ["2026-03-02", "2026-03-30", "2026-04-27"]
    assert {(item.phase, item.cycle) for item in plan.administrations} == {
        ("maintenance", 3),
        ("maintenance", 4),
        ("maintenance", 5),
    }
    assert [item.number for item in given(plan, "fulvestrant")] == [1, 2, 3]


def test_the_third_loading_dose_can_be_the_first_one_here() -> None:
    plan = plan_of(treatment(course("fulvestrant", TODAY, cycle=2, last_given="2026-02-16"), days=60))
    assert nominal(plan, "fulvestrant") == ["2026-03-02", "2026-03-30", "2026-04-27"]
    assert plan.administrations[0].phase == "loading-3"


@pytest.mark.parametrize(
    ("last_given", "first", "short"),
    [
        ("2026-02-05", "2026-03-02", None),  # 25 days: the least
        ("2026-02-06", "2026-03-03", None),  # 24 days; Tuesday 03/03 makes it 25
        ("2026-02-09", "2026-03-02", "21"),  # not even 05/03, the last day of the window, makes it 25
    ],
)
def test_the_interval_since_the_last_dose_keeps_its_minimum_or_says_so(last_given: str, first: str, short: str | None) -> None:
    plan = plan_of(treatment(course("fulvestrant", TODAY, phase="maintenance", last_given=last_given), days=10))
    assert dates(plan, "fulvestrant") == [first]
    found = [dict(item.values)["days"] for item in plan.findings if item.code == "interval-short"]
    assert found == ([short] if short else [])


def test_a_depot_taken_over_too_late_says_so() -> None:
    plan = plan_of(treatment(course("goserelin", TODAY, last_given="2026-01-30"), days=10))
    # 30/01 to 02/03 is 31 days, at most 28.
    assert [dict(item.values)["days"] for item in plan.findings if item.code == "interval-long"] == ["31"]


def test_tablets_go_on_with_their_cycle_and_its_check_ups() -> None:
    plan = plan_of(treatment(course("palbociclib-letrozole", TODAY, cycle=2), days=60))
    assert [item.cycle for item in taken(plan, "palbociclib")] == [2, 3, 4]
    # Cycle 2 still has a count on day 15; cycles 3 and 4 on day 1 only.
    assert checks(plan, "blood_count") == ["2026-03-02", "2026-03-16", "2026-03-30", "2026-04-27"]


def test_a_phase_of_one_drug_places_the_whole_regimen() -> None:
    plan = plan_of(treatment(course("palbociclib-fulvestrant", TODAY, phase="maintenance", last_given="2026-02-02"), days=40))
    assert taken(plan, "palbociclib")[0].cycle == 3
    assert given(plan, "fulvestrant")[0].cycle == 3


def test_loading_doses_of_antibodies_are_over() -> None:
    plan = plan_of(treatment(course("docetaxel-trastuzumab-pertuzumab", TODAY, cycle=3, last_given="2026-02-09"), days=10))
    # 6 mg/kg x 68 kg = 408 mg; 420 mg: the doses of cycle 2 and later.
    assert amount(given(plan, "trastuzumab")[0]) == "408 mg"
    assert amount(given(plan, "pertuzumab")[0]) == "420 mg"


def test_the_end_can_be_a_number_of_cycles_or_a_day() -> None:
    plan = plan_of(treatment(course("denosumab", TODAY, cycle=4, cycles=6, last_given="2026-02-02"), days=300))
    assert nominal(plan, "denosumab") == ["2026-03-02", "2026-03-30", "2026-04-27"]
    last_day = plan_of(treatment(course("denosumab", TODAY, until="2026-04-27"), days=300))
    assert nominal(last_day, "denosumab") == ["2026-03-02", "2026-03-30", "2026-04-27"]
    before = plan_of(treatment(course("denosumab", TODAY, until="2026-04-26"), days=300))
    assert nominal(before, "denosumab") == ["2026-03-02", "2026-03-30"]


def test_tablets_end_on_the_last_day() -> None:
    plan = plan_of(treatment(course("palbociclib-letrozole", TODAY, until="2026-04-05"), days=60))
    found = [(item.drug, item.last.isoformat(), str(item.units)) for item in plan.intakes]
    # 30/03 to 05/04 is seven days; 02/03 to 05/04 is 35.
    assert found == [("letrozole", "2026-04-05", "35"), ("palbociclib", "2026-03-22", "21"), ("palbociclib", "2026-04-05", "7")]
    assert not any(item.open for item in plan.intakes)


def test_the_first_day_of_a_new_course_moves_to_an_open_day_and_the_rest_counts_from_the_template() -> None:
    # Easter Monday 06/04/2026.
    plan = plan_of(treatment(course("fulvestrant", "2026-04-06"), days=80))
    assert dates(plan, "fulvestrant") == ["2026-04-07", "2026-04-20", "2026-05-04"]
    assert "interval-short" not in codes(plan)


@pytest.mark.parametrize("name", sorted(library().regimens))
def test_a_treatment_taken_over_at_any_cycle_goes_on_as_the_template_says(name: str) -> None:
    # The whole regimen from its start, and the same one from one of its cycles on: the same doses on the same days.
    start = date(2026, 9, 7)
    regimen, answers, _ = decided(name)
    whole = CourseReplay(request_for(name, start), drug_course(name, start), regimen, answers, library=library(), open_days=OPEN)
    full = whole.run(1, (), NO_DOSES)
    firsts = {(cycle.part.id, cycle.cycle): cycle.due for cycle in full.cycles}
    part = regimen.parts[0]
    for number in (2, 3, 5):
        first = firsts.get((part.id, number))
        if first is None or len(regimen.parts) > 1:
            continue
        taken_over = drug_course(name, first, cycle=number, last_given=first - timedelta(days=7))
        replay = CourseReplay(request_for(name, start), taken_over, regimen, answers, library=library(), open_days=OPEN)
        later = replay.run(number, (), NO_DOSES)
        assert {(item.drug, item.cycle, item.day, item.due) for item in later.administrations if item.role == "treatment"} == {
            (item.drug, item.cycle, item.day, item.due)
            for item in full.administrations
            if item.role == "treatment" and item.cycle >= number
        }
        assert [(item.drug, item.first, item.last) for item in later.intakes] == [
            (item.drug, item.first, item.last) for item in full.intakes if item.cycle >= number
        ]


OPEN = OpenDays(weekends_open=True, holidays_open=True)
"""Nothing closes: a taken-over course begins on its first day, whatever weekday that is."""


def drug_course(name: str, start: date, *, cycle: int | None = None, last_given: date | None = None) -> DrugCourse:
    return DrugCourse(id="c1", regimen=name, start=start, cycle=cycle, last_given=last_given)


def request_for(name: str, today: date) -> Request:
    return replace(request_of(treatment(today=today.isoformat(), days=200)), courses=(drug_course(name, today),))
