"""What is proposed about a drug and an irradiation, and where nothing can be: applied, the finding is gone.

Capecitabine from Monday 2 March 2026: tablets to 15 March, rest from 16 to 22 March; tablets from 23 March to 5 April, rest from
6 (Easter Monday) to 12 April."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mbc_desktop.core.finding import Finding
from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.plan_treatment import plan_treatment
from mbc_desktop.planning.radiotherapy.radiotherapy_proposal import radiotherapy_proposal, radiotherapy_proposals
from mbc_desktop.planning.request import Event
from tests.planning.treatments import File, codes, course, irradiation, later, library, plan_of, taken, treatment

CAPECITABINE = course(
    "capecitabine", choices={"capecitabine_pattern": "14 on 7 off", "capecitabine_first_dose": "morning of day 1"}
)


def finding_of(plan: Plan, code: str) -> Finding:
    (found,) = [item for item in plan.findings if item.code == code]
    return found


def proposed(plan: Plan, found: Finding) -> tuple[Event, ...]:
    return radiotherapy_proposal(found, plan, on=plan.request.today, by="NV")


def with_events(plan: Plan, events: tuple[Event, ...]) -> Plan:
    return plan_treatment(replace(plan.request, events=(*plan.request.events, *events)), library())


def irradiated(scheme: str, start: str, **more: object) -> Plan:
    return plan_of(treatment(CAPECITABINE, irradiation(scheme, start), **more))


def test_tablets_pause_on_the_days_of_an_irradiation_that_fits_no_rest() -> None:
    """Ten fractions from Monday 9 to Friday 20 March: no week has ten open days."""
    plan = irradiated("10x3", "2026-03-09")
    after = with_events(plan, proposed(plan, finding_of(plan, "radiotherapy-pause-on-days")))
    assert "radiotherapy-pause-on-days" not in codes(after)
    first, held = taken(after, "capecitabine")[:2]
    assert [str(day) for day in (first.first, first.last, held.first, held.last)] == [
        "2026-03-02", "2026-03-08", "2026-03-09", "2026-03-15",
    ]  # fmt: skip
    assert held.status == "held"


@pytest.mark.parametrize(
    ("scheme", "start", "code", "begins"),
    [
        # Three fractions with a day between, Monday to Friday: five open days, and the rest week has five.
        ("3x9", "2026-03-09", "radiotherapy-in-rest-week", "2026-03-16"),
        # Five with a day between, Monday 9 to Wednesday 18 March: eight open days, so five open days are too few.
        ("5x7", "2026-03-09", "radiotherapy-pause-on-days", ""),
    ],
)
def test_an_irradiation_fits_a_rest_that_is_as_long_as_it_lasts(scheme: str, start: str, code: str, begins: str) -> None:
    plan = irradiated(scheme, start)
    found = finding_of(plan, code)
    assert dict(found.values).get("start", "") == begins
    assert code not in codes(with_events(plan, proposed(plan, found)))


def test_an_irradiation_that_reaches_out_of_the_rest_may_begin_earlier_in_it_but_no_event_does_that() -> None:
    """Five fractions from Thursday 19 March reach into the tablets of 23 March; from Monday 16 March they would not."""
    plan = irradiated("5x4", "2026-03-19")
    found = finding_of(plan, "radiotherapy-in-rest-week")
    assert dict(found.values)["start"] == "2026-03-16"
    assert proposed(plan, found) == ()


@pytest.mark.parametrize(("today", "begins"), [("2026-03-16", "2026-03-16"), ("2026-03-17", "2026-05-18")])
def test_no_irradiation_is_put_before_today(today: str, begins: str) -> None:
    """On Tuesday 17 March four open days of the rest are left; Easter Monday and Labour Day leave the next two rests four each:
    the rest from Monday 18 to 24 May."""
    found = finding_of(irradiated("5x4", "2026-03-19", today=today), "radiotherapy-in-rest-week")
    assert dict(found.values)["start"] == begins


def test_a_rest_before_the_irradiation_is_none_for_it() -> None:
    """Three fractions of 30 March, 1 and 3 April: the rest of 16 to 22 March is over; that of April has four open days, and the
    irradiation lasts five (Easter Monday is 6 April): 27 to 30 April are four too, so 18 May."""
    found = finding_of(irradiated("3x9", "2026-03-30"), "radiotherapy-in-rest-week")
    assert dict(found.values)["start"] == "2026-05-18"


def test_what_a_person_has_to_think_about_comes_without_events() -> None:
    """Vinorelbine with an irradiation of the liver: a stop that no event takes away by itself."""
    drug = course("vinorelbine-iv", choices={"vinorelbine_form": "30 mg/m2 on days 1 and 8 into a vein"})
    plan = plan_of(treatment(drug, irradiation("10x3", choices={"field": "liver"})))
    found = finding_of(plan, "radiotherapy-together")
    assert proposed(plan, found) == ()
    assert radiotherapy_proposals(plan, by="NV") == ()


def test_a_hold_whose_days_are_over_is_not_proposed_any_more() -> None:
    """Palbociclib around 10 x 3 Gy from 9 to 20 March on the bowel: seven days after, so to 26 March; from the 27th on there is
    nothing left to hold, also when the question of the day before is still on the screen."""
    file = treatment(
        course("palbociclib-fulvestrant", "2026-02-09"), irradiation("10x3", "2026-03-09", choices={"field": "bowel"})
    )
    asked = plan_of(file | {"today": "2026-03-26"})
    found = finding_of(asked, "radiotherapy-hold")
    held = proposed(asked, found)
    assert [(item.kind, str(item.day)) for item in held] == [("hold", "2026-03-26"), ("resume", "2026-03-27")]
    assert proposed(plan_of(file | {"today": "2026-03-27"}), found) == ()


def gemcitabine(**more: object) -> File:
    drug, rays = course("carboplatin-gemcitabine", "2026-08-24"), irradiation("1x8", "2026-09-08")
    return treatment(drug, rays, today="2026-08-24", **more)


def test_without_an_open_day_after_the_irradiation_no_day_is_proposed() -> None:
    """The cycle of 14 September stands six days after the fraction of the 8th. The hospital opens once more, on that 14th, and
    then is closed for longer than a year."""
    shut = [{"from": "2026-09-15", "until": "2028-09-10", "unit": "day_hospital", "why": "verbouwing"}]
    plan = plan_of(gemcitabine(closures=shut))
    found = finding_of(plan, "radiotherapy-too-close")
    assert "earliest_open" not in dict(found.values)
    assert dict(found.values)["dates"] == "2026-09-14"
    assert proposed(plan, found) == ()


def test_a_dose_that_is_no_longer_on_its_day_is_not_delayed() -> None:
    """The question was about 14 September; meanwhile the cycle was put on the 21st."""
    before = plan_of(gemcitabine())
    found = finding_of(before, "radiotherapy-too-close")
    assert [(item.kind, item.days) for item in proposed(before, found)] == [("delay", 2)]
    moved = {
        "id": "e1",
        "kind": "delay",
        "course": "c1",
        "cycle": 2,
        "days": 7,
        "scope": "rest_of_treatment",
        "reason": "organisation",
    }
    after = plan_of(gemcitabine(events=[moved | {"on": "2026-08-24", "by": "NV"}]))
    assert proposed(after, found) == ()


def test_an_irradiation_without_a_single_day_keeps_no_drug_away() -> None:
    """The radiotherapy unit is closed for longer than a year: no fraction has a day, and that is the stop, not a distance."""
    shut = [{"from": "2026-08-24", "until": later("2026-08-24", 732), "unit": "radiotherapy", "why": "verbouwing"}]
    plan = plan_of(gemcitabine(closures=shut))
    assert "fractions-not-placed" in codes(plan, "stop")
    assert not [item for item in plan.findings if item.code.startswith("radiotherapy-")]


def test_no_day_beside_the_fractions_is_named_where_there_is_none() -> None:
    """Pembrolizumab and a fraction on Monday 14 September 2026; the hospital is closed before and after for two years."""
    shut = [
        {"from": "2024-09-12", "until": "2026-09-13", "unit": "day_hospital", "why": "verbouwing"},
        {"from": "2026-09-15", "until": "2028-09-10", "unit": "day_hospital", "why": "verbouwing"},
    ]
    both = (course("paclitaxel-pembrolizumab", "2026-09-14"), irradiation("3x10", "2026-09-14"))
    assert "radiotherapy-same-day" in codes(plan_of(treatment(*both, today="2026-09-14")))
    assert "radiotherapy-same-day" in codes(plan_of(treatment(*both, today="2026-09-14", closures=shut[:1])))
    assert "radiotherapy-same-day" not in codes(plan_of(treatment(*both, today="2026-09-14", closures=shut)))


def test_a_free_course_without_its_fractions_is_not_planned_and_names_what_is_missing() -> None:
    """The file refuses it; a request that was put together without one is refused here."""
    request = plan_of(treatment(irradiation("free", fractions=5, dose="4"))).request
    assert len(plan_treatment(request, library()).fractions) == 5
    for lacking in ({"fractions": None}, {"dose_gy": None}):
        plan = plan_treatment(replace(request, courses=(replace(request.courses[0], **lacking),)), library())  # type: ignore[arg-type]
        (found,) = [item for item in plan.findings if item.code == "missing-fact"]
        assert (plan.fractions, found.severity, dict(found.values)) == ((), "stop", {"facts": "fractions dose"})
