"""Imaging and tumour marker every 12 weeks (84 days) from the first day of treatment of the tumour, or as the site chose."""

from __future__ import annotations

import pytest

from mbc_desktop.planning.plan import Plan
from mbc_desktop.regimen.decision import Answer
from mbc_desktop.regimen.site import Site
from tests.planning.treatments import TODAY, checks, course, event, every_day_open, plan_of, treatment


def planned(*courses: dict[str, object], answer: str = "", days: int = 200, **more: object) -> Plan:
    answers = (Answer(key="response_interval", value=answer, by="NV", on=TODAY),) if answer else ()
    file = treatment(*courses, days=days, extra_open_days=every_day_open(TODAY, days), **more)
    return plan_of(file, Site(answers=answers))


@pytest.mark.parametrize(
    ("answer", "days"),
    [
        ("", ["2026-05-25", "2026-08-17"]),
        ("84 days", ["2026-05-25", "2026-08-17"]),
        ("56 days", ["2026-04-27", "2026-06-22", "2026-08-17"]),
        ("63 days", ["2026-05-04", "2026-07-06", "2026-09-07"]),
        ("3 months", ["2026-06-02", "2026-09-02"]),
        ("none", []),
    ],
)
def test_the_interval_is_that_of_the_site(answer: str, days: list[str]) -> None:
    """From 2 March: 84 days is 25 May, 168 is 17 August; 200 days end on 18 September."""
    assert checks(planned(course("letrozole"), answer=answer), "response") == days


def test_a_course_may_choose_another_interval() -> None:
    plan = planned(course("letrozole", choices={"response_interval": "none"}))
    assert checks(plan, "response") == []


def test_a_bone_agent_alone_is_not_judged() -> None:
    assert checks(planned(course("zoledronic-acid")), "response") == []


def test_courses_side_by_side_share_one_series() -> None:
    plan = planned(course("goserelin", id="a"), course("letrozole", start="2026-03-16", id="b"), course("denosumab", id="c"))
    assert checks(plan, "response") == ["2026-05-25", "2026-08-17"]


def test_after_a_gap_a_new_series_begins() -> None:
    """The first ends on 30 April, before its first check; the second begins on 4 May: 84 days later is 27 July."""
    plan = planned(course("letrozole", id="a", until="2026-04-30"), course("fulvestrant", start="2026-05-04", id="b"))
    assert checks(plan, "response") == ["2026-07-27"]


def test_a_course_that_takes_over_without_a_gap_goes_on_in_the_series() -> None:
    plan = planned(course("letrozole", id="a", until="2026-05-04"), course("fulvestrant", start="2026-05-04", id="b"))
    assert checks(plan, "response") == ["2026-05-25", "2026-08-17"]


def test_none_after_the_treatment_was_ceased() -> None:
    ended = event("cease", TODAY, **{"from": "2026-05-25"}, reason="progression")
    assert checks(planned(course("letrozole"), events=[ended]), "response") == []
    later = event("cease", TODAY, **{"from": "2026-05-26"}, reason="progression")
    assert checks(planned(course("letrozole"), events=[later]), "response") == ["2026-05-25"]


def test_a_closed_day_makes_it_later() -> None:
    """25 May 2026 is Whit Monday."""
    (found,) = [item for item in plan_of(treatment(course("letrozole"), days=100)).checks if item.kind == "response"]
    assert (found.nominal.isoformat(), found.date.isoformat()) == ("2026-05-25", "2026-05-26")
