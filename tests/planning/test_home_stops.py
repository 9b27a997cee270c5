"""From which day a drug is no longer taken at home: after a cease, a last day, a change of regimen; never during a rest or a
hold, and never because the plan ends."""

from __future__ import annotations

import pytest

from mbc_desktop.planning.beside.home_stops import HomeStop, days_named, home_stops
from mbc_desktop.planning.plan import Plan
from tests.planning.treatments import TODAY, codes, course, day, event, later, plan_of, treatment


def stops(plan: Plan) -> list[tuple[str, str, str]]:
    return [(stop.drug, stop.first.isoformat(), stop.last.isoformat() if stop.last else "") for stop in home_stops(plan)]


@pytest.mark.parametrize("regimen", ["letrozole", "palbociclib-letrozole", "capecitabine", "cyclophosphamide-methotrexate"])
@pytest.mark.parametrize("days", [1, 20, 21, 27, 28, 60, 365])
def test_a_treatment_that_goes_on_has_no_stop_wherever_the_plan_ends(regimen: str, days: int) -> None:
    answers = {"capecitabine_pattern": "14 on 7 off", "capecitabine_first_dose": "morning of day 1"}
    plan = plan_of(treatment(course(regimen, choices=answers if regimen == "capecitabine" else {}), days=days))
    assert plan.intakes
    assert stops(plan) == []


def test_a_progression_ends_every_drug_of_the_course_from_its_day_on() -> None:
    ceased = event("cease", TODAY, **{"from": "2026-03-16"}, reason="progression")
    plan = plan_of(treatment(course("palbociclib-letrozole"), events=[ceased]))
    assert stops(plan) == [("letrozole", "2026-03-16", ""), ("palbociclib", "2026-03-16", "")]


@pytest.mark.parametrize(
    ("ceased_from", "rest"),
    [
        # Tablets from 2 to 22 March, rest from 23 to 29 March; ceased on the first day of the rest, inside it, on its last
        # day, and on the day on which the next cycle would begin.
        ("2026-03-23", None),
        ("2026-03-25", ("2026-03-23", "2026-03-24")),
        ("2026-03-29", ("2026-03-23", "2026-03-28")),
        ("2026-03-30", ("2026-03-23", "2026-03-29")),
    ],
)
def test_a_drug_that_is_ceased_in_its_rest_does_not_come_back_after_it(ceased_from: str, rest: tuple[str, str] | None) -> None:
    ceased = event("cease", TODAY, drug="palbociclib", **{"from": ceased_from}, reason="toxicity")
    plan = plan_of(treatment(course("palbociclib-letrozole"), events=[ceased]))
    (period,) = (item for item in plan.intakes if item.drug == "palbociclib")
    assert (period.rest and tuple(day.isoformat() for day in period.rest)) == rest
    assert stops(plan) == [("palbociclib", ceased_from, "")]


@pytest.mark.parametrize(
    ("ceased_from", "last", "rest"),
    [
        # Tablets from 2 to 22 March; the second cycle, of 30 March, was delayed to 6 April. Ceased among the tablets, on the
        # first day of the rest, inside it, on the day on which the cycle would have begun, and on the day it begins.
        ("2026-03-10", "2026-03-09", None),
        ("2026-03-23", "2026-03-22", None),
        ("2026-03-28", "2026-03-22", ("2026-03-23", "2026-03-27")),
        ("2026-03-30", "2026-03-22", ("2026-03-23", "2026-03-29")),
        ("2026-04-06", "2026-03-22", ("2026-03-23", "2026-04-05")),
    ],
)
def test_a_delay_of_what_was_ceased_promises_no_tablets(ceased_from: str, last: str, rest: tuple[str, str] | None) -> None:
    late = event("delay", "2026-03-06", drug="palbociclib", number=2, days=7, scope="rest_of_treatment", reason="toxicity")
    ceased = event("cease", "2026-03-06", "e2", drug="palbociclib", **{"from": ceased_from}, reason="progression")
    plan = plan_of(treatment(course("palbociclib-letrozole"), today="2026-03-06", days=60, events=[late, ceased]))
    (period,) = (item for item in plan.intakes if item.drug == "palbociclib")
    assert period.last.isoformat() == last
    assert (period.rest and tuple(day.isoformat() for day in period.rest)) == rest
    assert stops(plan) == [("palbociclib", ceased_from, "")]


def test_a_delay_of_what_ends_with_its_course_promises_no_tablets() -> None:
    """The course ends on Tuesday 31 March; its second cycle of 30 March was delayed to 6 April and is not taken any more."""
    late = event("delay", "2026-03-06", drug="palbociclib", number=2, days=7, scope="rest_of_treatment", reason="toxicity")
    plan = plan_of(treatment(course("palbociclib-letrozole", until="2026-03-31"), today="2026-03-06", days=60, events=[late]))
    (period,) = (item for item in plan.intakes if item.drug == "palbociclib")
    assert (period.rest and [day.isoformat() for day in period.rest]) == ["2026-03-23", "2026-03-31"]


@pytest.mark.parametrize(
    ("until", "last", "rest"),
    [
        # Tablets from 2 to 22 March, rest to 29 March, the next cycle from 30 March on. The course ends among the tablets, with
        # them, in the rest, with the rest, and with the first tablet of the next cycle.
        ("2026-03-21", "2026-03-21", None),
        ("2026-03-22", "2026-03-22", None),
        ("2026-03-23", "2026-03-22", ["2026-03-23", "2026-03-23"]),
        ("2026-03-29", "2026-03-22", ["2026-03-23", "2026-03-29"]),
        ("2026-03-30", "2026-03-30", None),
    ],
)
def test_no_rest_goes_on_behind_the_last_day_of_the_course(until: str, last: str, rest: list[str] | None) -> None:
    plan = plan_of(treatment(course("palbociclib-letrozole", until=until)))
    period = [item for item in plan.intakes if item.drug == "palbociclib"][-1]
    assert period.last.isoformat() == last
    assert (period.rest and [day.isoformat() for day in period.rest]) == rest
    ended = later(until, 1)
    assert stops(plan) == [("letrozole", ended, ""), ("palbociclib", ended, "")]


def test_a_last_day_of_the_course_ends_it_the_day_after() -> None:
    plan = plan_of(treatment(course("letrozole", until="2026-03-20")))
    assert stops(plan) == [("letrozole", "2026-03-21", "")]


def test_a_drug_that_another_course_takes_up_again_is_only_away_in_between() -> None:
    ceased = event("cease", TODAY, course="c1", **{"from": "2026-03-16"}, reason="patient")
    courses = (course("palbociclib-letrozole", id="c1"), course("letrozole", "2026-04-06", id="c2"))
    plan = plan_of(treatment(*courses, events=[ceased]))
    assert stops(plan) == [("letrozole", "2026-03-16", "2026-04-05"), ("palbociclib", "2026-03-16", "")]


def test_a_drug_that_goes_over_into_another_course_without_a_day_between_is_not_stopped() -> None:
    ceased = event("cease", TODAY, course="c1", **{"from": "2026-03-16"}, reason="toxicity")
    courses = (course("palbociclib-letrozole", id="c1"), course("letrozole", "2026-03-16", id="c2"))
    plan = plan_of(treatment(*courses, events=[ceased]))
    assert stops(plan) == [("palbociclib", "2026-03-16", "")]


def test_a_hold_is_no_stop() -> None:
    held = event("hold", TODAY, drug="palbociclib", **{"from": "2026-03-10"}, reason="toxicity")
    assert stops(plan_of(treatment(course("palbociclib-letrozole"), events=[held]))) == []


@pytest.mark.parametrize(("start", "clashes"), [("2026-03-15", True), ("2026-03-16", False)])
def test_a_course_that_begins_when_another_is_ceased_does_not_clash_with_it(start: str, clashes: bool) -> None:
    """Ceased from 16 March: its last day is 15 March."""
    ceased = event("cease", TODAY, course="c1", **{"from": "2026-03-16"}, reason="progression")
    plan = plan_of(treatment(course("letrozole", id="c1"), course("exemestane", start, id="c2"), events=[ceased]))
    assert ("two-endocrine-backbones" in codes(plan, "caution")) is clashes


def test_tablets_that_prepare_an_infusion_end_each_time_and_are_no_stop() -> None:
    """Dexamethasone on the day before docetaxel, on its day and the day after: nobody has stopped anything on the fourth."""
    plan = plan_of(treatment(course("docetaxel", choices={"docetaxel_dose": "75"}), days=60))
    assert {item.drug for item in plan.intakes} == {"dexamethasone"}
    assert stops(plan) == []


@pytest.mark.parametrize(
    ("first", "last", "named_until"),
    [
        # It begins again on 6 April: all days until then, however many. It does not: its first week, 16 to 22 March, but never
        # beyond the plan, which ends on 1 May.
        ("2026-03-16", "2026-04-05", "2026-04-05"),
        ("2026-03-16", None, "2026-03-22"),
        ("2026-04-25", None, "2026-05-01"),
        ("2026-04-26", None, "2026-05-01"),
        ("2026-05-01", None, "2026-05-01"),
    ],
)
def test_what_does_not_come_back_is_named_for_a_week(first: str, last: str | None, named_until: str) -> None:
    stop = HomeStop(drug="letrozole", first=day(first), last=day(last) if last else None)
    assert [str(item) for item in days_named(stop, day("2026-05-01"))] == [first, named_until]
