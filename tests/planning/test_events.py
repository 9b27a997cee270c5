"""What happens on the way: delayed, omitted, moved, given, held, ceased, another dose, another interval, a correction.

The template of all cases: fulvestrant from Monday 5 January 2026, so 05/01, 19/01, 02/02, then every 28 days 02/03, 30/03, 27/04,
25/05 (Whit Monday, given on Tuesday 26). The plan is looked at on Monday 2 March."""

from __future__ import annotations

import pytest

from tests.planning.treatments import (
    TODAY,
    File,
    amount,
    codes,
    course,
    dates,
    event,
    given,
    nominal,
    plan_of,
    taken,
    treatment,
)

START = "2026-01-05"
TEMPLATE = ["2026-01-05", "2026-01-19", "2026-02-02", "2026-03-02", "2026-03-30", "2026-04-27"]


def fulvestrant(*events: File, **more: object) -> File:
    """The treatment of all cases, with these events."""
    return treatment(course("fulvestrant", START, **more), days=60, events=list(events))


def due(file: File, drug: str = "fulvestrant") -> list[str]:
    """The due days, after events and before closed days."""
    return [item.due.isoformat() for item in given(plan_of(file), drug)]


def about(kind: str, number: int, on: str = "2026-01-18", id: str = "e1", **more: object) -> File:
    """An event about the nth fulvestrant."""
    return event(kind, on, id, drug="fulvestrant", number=number, **more)


def test_without_events_the_template_is_the_plan() -> None:
    assert dates(plan_of(fulvestrant()), "fulvestrant") == TEMPLATE


def test_delay_for_the_rest_moves_everything_after_it_by_seven_days() -> None:
    file = fulvestrant(about("delay", 2, days=7, scope="rest_of_treatment"))
    # 19/01 + 7 = 26/01; + 14 = 09/02; + 28 = 09/03; + 28 = 06/04 (Easter Monday, given 07/04); 04/05 is beyond the horizon.
    assert due(file) == ["2026-01-05", "2026-01-26", "2026-02-09", "2026-03-09", "2026-04-06"]
    assert dates(plan_of(file), "fulvestrant")[-1] == "2026-04-07"
    assert nominal(plan_of(file), "fulvestrant") == TEMPLATE[:5]


def test_delay_of_this_one_moves_only_this_one() -> None:
    assert due(fulvestrant(about("delay", 4, days=3))) == [*TEMPLATE[:3], "2026-03-05", *TEMPLATE[4:]]


def test_delay_for_the_rest_of_the_cycle_leaves_the_next_cycle() -> None:
    # Day 1 and 15 of the first cycle are 05/01 and 19/01; the third dose belongs to the next.
    file = fulvestrant(about("delay", 1, on="2026-01-05", days=2, scope="rest_of_cycle"))
    assert due(file) == ["2026-01-07", "2026-01-21", *TEMPLATE[2:]]


def test_delay_of_a_cycle_is_applied_once_though_the_cycle_has_two_visits() -> None:
    file = fulvestrant(event("delay", START, drug="fulvestrant", cycle=1, days=7, scope="rest_of_treatment"))
    assert due(file) == ["2026-01-12", "2026-01-26", "2026-02-09", "2026-03-09", "2026-04-06"]


def test_delay_without_a_number_is_about_the_next_dose_not_given() -> None:
    file = fulvestrant(event("delay", "2026-02-20", drug="fulvestrant", days=7, scope="rest_of_treatment"))
    assert due(file) == [*TEMPLATE[:3], "2026-03-09", "2026-04-06"]


def test_delay_of_the_whole_course_moves_injections_and_tablets() -> None:
    file = treatment(
        course("palbociclib-fulvestrant", START),
        days=60,
        events=[event("delay", "2026-02-20", days=7, scope="rest_of_treatment")],
    )
    plan = plan_of(file)
    assert due(file) == [*TEMPLATE[:3], "2026-03-09", "2026-04-06"]
    assert [item.first.isoformat() for item in taken(plan, "palbociclib")] == [
        "2026-01-05",
        "2026-02-02",
        "2026-03-09",
        "2026-04-06",
    ]
    # The second cycle ended on 22/02; its rest lasts until the day before the third begins.
    second = taken(plan, "palbociclib")[1]
    assert second.rest is not None
    assert [day.isoformat() for day in second.rest] == ["2026-02-23", "2026-03-08"]


def test_delay_entered_after_a_move_comes_on_top_of_it() -> None:
    moved = about("move", 4, on="2026-02-25", to="2026-03-04")
    delayed = about("delay", 4, on="2026-02-26", id="e2", days=7, scope="rest_of_treatment")
    assert due(fulvestrant(moved, delayed)) == [*TEMPLATE[:3], "2026-03-11", "2026-04-06"]


def test_an_event_keeps_its_dose_when_a_later_delay_changes_the_days() -> None:
    # On 10 January the dose of 2 February is the third. A week later everything moves by seven days: still the third.
    omitted = event("omit", "2026-01-10", "e1", drug="fulvestrant", date="2026-02-02")
    delayed = about("delay", 2, id="e2", days=7, scope="rest_of_treatment")
    plan = plan_of(fulvestrant(omitted, delayed))
    assert [item.status for item in given(plan, "fulvestrant")][:4] == ["planned", "planned", "omitted", "planned"]


def test_a_day_is_looked_up_in_the_plan_of_the_earlier_events() -> None:
    delayed = about("delay", 2, days=7, scope="rest_of_treatment")
    omitted = event("omit", "2026-01-20", "e2", drug="fulvestrant", date="2026-02-09")
    plan = plan_of(fulvestrant(delayed, omitted))
    assert given(plan, "fulvestrant")[2].status == "omitted"
    assert "event-without-target" not in codes(plan)


def test_events_apply_by_the_day_they_were_entered_not_by_their_place_in_the_file() -> None:
    delayed = about("delay", 2, days=7, scope="rest_of_treatment")
    omitted = event("omit", "2026-01-20", "e2", drug="fulvestrant", date="2026-02-09")
    assert plan_of(fulvestrant(omitted, delayed)).administrations == plan_of(fulvestrant(delayed, omitted)).administrations


def test_an_event_about_a_day_without_a_dose_is_said() -> None:
    plan = plan_of(fulvestrant(event("omit", "2026-01-10", drug="fulvestrant", date="2026-02-03")))
    assert "event-without-target" in codes(plan, "caution")
    assert [item.status for item in given(plan, "fulvestrant")] == ["planned"] * 6


def test_omit_scopes() -> None:
    def omitted(scope: str, number: int) -> list[int]:
        plan = plan_of(fulvestrant(about("omit", number, on=START, scope=scope)))
        return [item.number for item in given(plan, "fulvestrant") if item.status == "omitted"]

    assert omitted("this", 1) == [1]
    assert omitted("rest_of_cycle", 1) == [1, 2]
    assert omitted("rest_of_cycle", 2) == [2]
    assert omitted("rest_of_treatment", 3) == [3, 4, 5, 6]


def test_omit_of_a_course_means_its_next_visit() -> None:
    plan = plan_of(
        treatment(course("palbociclib-fulvestrant", START), days=60, events=[event("omit", "2026-02-25", scope="this")])
    )
    assert [item.number for item in given(plan, "fulvestrant") if item.status == "omitted"] == [4]
    assert [(item.first.isoformat(), item.status) for item in taken(plan, "palbociclib")][2] == ("2026-03-02", "held")


def test_move_changes_one_day_and_counts_for_the_interval_after_it() -> None:
    # Moved to Saturday 24/01: a closed day. The third is due 02/02, nine days later: too short. 04/02 is eleven days later.
    plan = plan_of(fulvestrant(about("move", 2, to="2026-01-24")))
    assert dates(plan, "fulvestrant")[:4] == ["2026-01-05", "2026-01-24", "2026-02-04", "2026-03-02"]
    assert "moved-to-closed-day" in codes(plan, "caution")


def test_move_that_breaks_the_interval_is_said() -> None:
    plan = plan_of(fulvestrant(about("move", 3, to="2026-01-26")))
    short = [dict(item.values) for item in plan.findings if item.code == "interval-short"]
    assert [(item["number"], item["days"]) for item in short] == [("3", "7")]


def test_given_inside_the_window_keeps_the_rhythm() -> None:
    plan = plan_of(fulvestrant(about("given", 2, on="2026-01-22", given_on="2026-01-22")))
    assert dates(plan, "fulvestrant")[:4] == ["2026-01-05", "2026-01-22", "2026-02-02", "2026-03-02"]


def test_given_outside_the_window_counts_anew() -> None:
    # Four days late: 23/01 + 14 = 06/02, + 28 = 06/03.
    plan = plan_of(fulvestrant(about("given", 2, on="2026-01-23", given_on="2026-01-23")))
    assert dates(plan, "fulvestrant")[:4] == ["2026-01-05", "2026-01-23", "2026-02-06", "2026-03-06"]


def test_given_on_the_day_it_was_moved_to_keeps_the_rhythm() -> None:
    moved = about("move", 4, on="2026-02-20", to="2026-03-10")
    before = dates(plan_of(fulvestrant(moved)), "fulvestrant")
    done = event("given", "2026-03-10", "e2", drug="fulvestrant", number=4, given_on="2026-03-10")
    file = fulvestrant(moved, done) | {"today": "2026-03-10"}
    assert dates(plan_of(file), "fulvestrant") == before


def test_given_amount_is_what_was_given_with_the_computed_steps_before_it() -> None:
    plan = plan_of(fulvestrant(about("given", 2, on="2026-01-19", given_on="2026-01-19", amount="250", unit="mg")))
    second = given(plan, "fulvestrant")[1]
    assert (second.status, amount(second)) == ("given", "250 mg")
    assert second.dose is not None
    assert [step.rule for step in second.dose.steps] == ["fixed", "given"]


def test_a_correction_takes_an_event_back_and_its_own_correction_restores_it() -> None:
    omitted = about("omit", 3, on="2026-01-10")
    taken_back = event("correct", "2026-01-11", "e2", event="e1")
    restored = event("correct", "2026-01-12", "e3", event="e2")
    assert given(plan_of(fulvestrant(omitted)), "fulvestrant")[2].status == "omitted"
    assert given(plan_of(fulvestrant(omitted, taken_back)), "fulvestrant")[2].status == "planned"
    assert given(plan_of(fulvestrant(omitted, taken_back, restored)), "fulvestrant")[2].status == "omitted"


@pytest.mark.parametrize("kind", ["cease", "replace"])
def test_nothing_is_given_from_the_day_of_ceasing(kind: str) -> None:
    more = {"regimen": "letrozole"} if kind == "replace" else {}
    plan = plan_of(fulvestrant(event(kind, "2026-02-20", drug="fulvestrant", **{"from": "2026-03-02"}, **more)))
    assert [item.status for item in given(plan, "fulvestrant")] == ["planned"] * 3 + ["ceased"] * 3
    assert all(item.dose is None for item in given(plan, "fulvestrant")[3:])
    assert not [visit for visit in plan.visits if visit.date.isoformat() >= "2026-03-02"]


def test_ceasing_ends_tablets_the_day_before_and_their_check_ups() -> None:
    ended = event("cease", "2026-02-20", drug="palbociclib", **{"from": "2026-02-11"})
    plan = plan_of(treatment(course("palbociclib-letrozole", START), days=60, events=[ended]))
    last = taken(plan, "palbociclib")[-1]
    # 02/02 to 10/02 is nine days.
    assert (last.first.isoformat(), last.last.isoformat(), last.rest, last.units) == ("2026-02-02", "2026-02-10", None, 9)
    assert max(item.date.isoformat() for item in plan.checks if item.drug == "palbociclib") == "2026-02-02"
    assert taken(plan, "letrozole")[-1].last.isoformat() == "2026-05-01"


def test_on_hold_nothing_is_given_until_the_resume() -> None:
    held = event("hold", "2026-01-10", "e1", drug="fulvestrant", **{"from": "2026-01-12"})
    resumed = event("resume", "2026-02-20", "e2", drug="fulvestrant", **{"from": "2026-03-02"})
    plan = plan_of(fulvestrant(held, resumed))
    assert [item.status for item in given(plan, "fulvestrant")] == ["planned", "held", "held", "planned", "planned", "planned"]


def test_tablets_on_hold_are_not_made_up() -> None:
    held = event("hold", "2026-02-09", "e1", drug="palbociclib", **{"from": "2026-02-09"})
    resumed = event("resume", "2026-02-16", "e2", drug="palbociclib", **{"from": "2026-02-16"})
    plan = plan_of(treatment(course("palbociclib-letrozole", START), days=60, events=[held, resumed]))
    second = [
        (item.first.isoformat(), item.last.isoformat(), item.status, item.units)
        for item in taken(plan, "palbociclib")
        if item.cycle == 2
    ]
    # 02/02 to 08/02 seven tablets, held until 15/02, 16/02 to 22/02 seven tablets.
    assert second == [
        ("2026-02-02", "2026-02-08", "planned", 7),
        ("2026-02-09", "2026-02-15", "held", None),
        ("2026-02-16", "2026-02-22", "planned", 7),
    ]


def test_a_level_entered_inside_a_period_begins_that_day() -> None:
    lowered = event("dose_level", "2026-02-16", drug="palbociclib", level="-1", scope="rest_of_treatment")
    plan = plan_of(treatment(course("palbociclib-letrozole", START), days=60, events=[lowered]))
    found = [(item.first.isoformat(), item.last.isoformat(), amount(item)) for item in taken(plan, "palbociclib")][1:4]
    assert found == [
        ("2026-02-02", "2026-02-15", "125 mg"),
        ("2026-02-16", "2026-02-22", "100 mg"),
        ("2026-03-02", "2026-03-22", "100 mg"),
    ]


def test_a_level_of_one_period_does_not_last() -> None:
    lowered = event("dose_level", "2026-02-02", drug="palbociclib", number=2, level="-2", scope="this")
    plan = plan_of(treatment(course("palbociclib-letrozole", START), days=60, events=[lowered]))
    assert [amount(item) for item in taken(plan, "palbociclib")][:3] == ["125 mg", "75 mg", "125 mg"]


def test_a_level_without_a_drug_is_about_the_drugs_that_have_levels() -> None:
    lowered = event("dose_level", "2026-02-02", level="-1", scope="rest_of_treatment")
    plan = plan_of(treatment(course("palbociclib-fulvestrant", START), days=60, events=[lowered]))
    assert [amount(item) for item in taken(plan, "palbociclib")][:2] == ["125 mg", "100 mg"]
    assert {amount(item) for item in given(plan, "fulvestrant")} == {"500 mg"}


def test_back_to_the_full_dose() -> None:
    lowered = event("dose_level", "2026-02-02", "e1", drug="palbociclib", number=2, level="-1", scope="rest_of_treatment")
    raised = event("dose_level", "2026-03-02", "e2", drug="palbociclib", number=3, level="0", scope="rest_of_treatment")
    plan = plan_of(treatment(course("palbociclib-letrozole", START), days=60, events=[lowered, raised]))
    assert [amount(item) for item in taken(plan, "palbociclib")][:3] == ["125 mg", "100 mg", "125 mg"]


def test_a_dose_typed_over_the_computed_one_is_held_against_it() -> None:
    def ordered(milligrams: str) -> tuple[str | None, set[str]]:
        typed = event("dose", "2026-03-02", drug="zoledronic-acid", number=1, amount=milligrams, unit="mg", scope="this")
        plan = plan_of(treatment(course("zoledronic-acid"), days=10, events=[typed]))
        return amount(given(plan, "zoledronic-acid")[0]), codes(plan) & {"ordered-dose-refused", "ordered-dose-differs"}

    # Computed: 4 mg. 110 per cent is 4.4, 25 per cent is 1; more than 5 per cent apart is asked.
    assert ordered("4") == ("4 mg", set())
    assert ordered("3.8") == ("3.8 mg", set())
    assert ordered("3.7") == ("3.7 mg", {"ordered-dose-differs"})
    assert ordered("4.4") == ("4.4 mg", {"ordered-dose-differs"})
    assert ordered("4.5") == (None, {"ordered-dose-refused"})
    assert ordered("1") == ("1 mg", {"ordered-dose-differs"})
    assert ordered("0.9") == (None, {"ordered-dose-refused"})
    assert ordered("40") == (None, {"ordered-dose-refused"})


def test_another_interval_counts_from_the_last_dose_before_it() -> None:
    longer = event("interval", "2026-03-09", drug="zoledronic-acid", every="84 days")
    file = treatment(course("zoledronic-acid", START), days=300, events=[longer]) | {"today": "2026-03-09", "measurements": []}
    # 05/01, 02/02, 02/03; then 02/03 + 84 = 25/05 (Whit Monday: 26/05), 17/08, 09/11.
    assert due(file, "zoledronic-acid") == ["2026-01-05", "2026-02-02", "2026-03-02", "2026-05-25", "2026-08-17", "2026-11-09"]


def test_another_interval_and_back_before_it_began_restores_the_plan() -> None:
    longer = event("interval", "2026-03-09", "e1", drug="zoledronic-acid", every="84 days")
    back = event("interval", "2026-03-10", "e2", drug="zoledronic-acid", every="28 days")
    file = treatment(course("zoledronic-acid", START), days=200) | {"today": "2026-03-10"}
    assert due(file | {"events": [longer, back]}, "zoledronic-acid") == due(file, "zoledronic-acid")


def test_lhrh_counts_from_the_real_day_and_says_when_the_gap_is_too_long() -> None:
    late = event("given", "2026-03-02", drug="goserelin", number=2, given_on="2026-02-04")
    plan = plan_of(treatment(course("goserelin", START), days=60, events=[late]))
    # 05/01 + 28 = 02/02, given 04/02: 30 days. Then 04/02 + 28 = 04/03, 01/04, 29/04.
    assert dates(plan, "goserelin") == ["2026-01-05", "2026-02-04", "2026-03-04", "2026-04-01", "2026-04-29"]
    long = [(item.severity, dict(item.values)) for item in plan.findings if item.code == "interval-long"]
    assert [(severity, item["number"], item["days"]) for severity, item in long] == [("info", "2", "30")]


def test_an_omitted_depot_leaves_too_long_a_gap() -> None:
    plan = plan_of(
        treatment(course("goserelin", "2026-03-09"), days=90, events=[event("omit", "2026-03-02", drug="goserelin", number=2)])
    )
    long = [dict(item.values) for item in plan.findings if item.code == "interval-long"]
    # 09/03; 03/04 omitted; 01/05 is a holiday: 30/04, 52 days after 09/03.
    assert [(item["number"], item["days"]) for item in long] == [("3", "52")]


def test_a_day_on_which_the_patient_is_away_stays_and_is_said() -> None:
    plan = plan_of(fulvestrant() | {"absences": [{"from": "2026-03-28", "until": "2026-04-02"}]})
    assert dates(plan, "fulvestrant") == TEMPLATE
    away = [dict(item.values)["number"] for item in plan.findings if item.code == "patient-absent"]
    assert away == ["5"]


def test_no_open_day_in_the_window_is_a_stop_and_no_date() -> None:
    # 02/03 is due; the window of three days reaches from 27/02 to 05/03.
    shut = [{"from": "2026-02-27", "until": "2026-03-05", "unit": "day_hospital", "why": "works"}]
    plan = plan_of(fulvestrant() | {"closures": shut})
    fourth = given(plan, "fulvestrant")[3]
    assert (fourth.date, fourth.status) == (None, "planned")
    assert "no-open-day-in-window" in codes(plan, "stop")


def test_premedication_shares_the_fate_of_its_visit() -> None:
    plan = plan_of(
        treatment(
            course("docetaxel-trastuzumab-pertuzumab"),
            days=40,
            events=[event("omit", "2026-03-02", "e1", scope="this")],
        )
    )
    assert {item.status for item in plan.administrations if item.cycle == 1} == {"omitted"}
    assert [item.first.isoformat() for item in taken(plan, "dexamethasone")] == ["2026-03-22"]


def test_after_an_omitted_loading_dose_the_next_one_loads() -> None:
    line = course("docetaxel-trastuzumab-pertuzumab")
    omitted = [
        event("omit", TODAY, "e1", drug="trastuzumab", number=1),
        event("omit", TODAY, "e2", drug="pertuzumab", number=1),
    ]
    plan = plan_of(treatment(line, days=50, events=omitted))
    # 8 mg/kg x 68 kg = 544 mg, then 6 mg/kg = 408 mg; 840 mg, then 420 mg.
    assert [amount(item) for item in given(plan, "trastuzumab")] == [None, "544 mg", "408 mg"]
    assert [amount(item) for item in given(plan, "pertuzumab")] == [None, "840 mg", "420 mg"]
    assert "loading-not-given-yet" in codes(plan, "caution")
    undisturbed = plan_of(treatment(line, days=50))
    assert [amount(item) for item in given(undisturbed, "pertuzumab")] == ["840 mg", "420 mg", "420 mg"]
    assert "loading-not-given-yet" not in codes(undisturbed)


def test_a_dose_from_behind_the_horizon_that_was_moved_before_it_is_in_the_plan() -> None:
    # The horizon is 01/05; the seventh dose is due 25/05 and was moved to 30/04.
    moved = about("move", 7, on="2026-03-02", to="2026-04-30")
    plan = plan_of(fulvestrant(moved))
    assert [item.number for item in given(plan, "fulvestrant")] == [1, 2, 3, 4, 5, 6, 7]
    assert dates(plan, "fulvestrant")[-1] == "2026-04-30"


def test_a_dose_moved_behind_the_horizon_is_not() -> None:
    plan = plan_of(fulvestrant(about("move", 6, on="2026-03-02", to="2026-05-04")))
    assert [item.number for item in given(plan, "fulvestrant")] == [1, 2, 3, 4, 5]


def test_an_omission_of_the_course_leaves_what_is_due_later() -> None:
    # On 12/01 the next visit is the second fulvestrant (19/01); the next palbociclib begins on 02/02.
    file = treatment(course("palbociclib-fulvestrant", START), days=60)
    plan = plan_of(file | {"events": [event("omit", "2026-01-12", scope="this")]})
    assert [item.number for item in given(plan, "fulvestrant") if item.status == "omitted"] == [2]
    assert {item.status for item in taken(plan, "palbociclib")} == {"planned"}
    rest = plan_of(file | {"events": [event("omit", "2026-01-12", scope="rest_of_treatment")]})
    assert [item.number for item in given(rest, "fulvestrant") if item.status == "omitted"] == [2, 3, 4, 5, 6]
    assert [item.status for item in taken(rest, "palbociclib")] == ["planned", "held", "held", "held", "held"]


def test_an_omission_of_the_rest_of_the_cycle_is_about_the_cycle_of_the_next_visit() -> None:
    # On 05/01 the first cycle of both begins: fulvestrant 1 and 2, palbociclib 1.
    file = treatment(course("palbociclib-fulvestrant", START), days=60)
    plan = plan_of(file | {"events": [event("omit", START, scope="rest_of_cycle")]})
    assert [item.number for item in given(plan, "fulvestrant") if item.status == "omitted"] == [1, 2]
    assert [item.status for item in taken(plan, "palbociclib")][:2] == ["held", "planned"]
    one = plan_of(
        treatment(course("docetaxel-trastuzumab-pertuzumab"), days=50, events=[event("omit", TODAY, scope="rest_of_cycle")])
    )
    assert {(item.drug, item.number) for item in one.administrations if item.status == "omitted"} == {
        ("docetaxel", 1),
        ("trastuzumab", 1),
        ("pertuzumab", 1),
    }


def test_an_interval_changed_on_the_day_of_a_dose_leaves_that_dose() -> None:
    longer = event("interval", "2026-03-02", drug="zoledronic-acid", every="84 days")
    file = treatment(course("zoledronic-acid", START), days=100, events=[longer])
    assert due(file, "zoledronic-acid") == ["2026-01-05", "2026-02-02", "2026-03-02", "2026-05-25"]


def test_tablets_ceased_on_their_first_day_are_not_taken_at_all() -> None:
    ended = event("cease", "2026-02-20", drug="palbociclib", **{"from": "2026-03-02"})
    plan = plan_of(treatment(course("palbociclib-letrozole", START), days=60, events=[ended]))
    assert [item.first.isoformat() for item in taken(plan, "palbociclib")] == ["2026-01-05", "2026-02-02"]


def test_the_first_dose_waits_at_most_a_week_for_an_open_day() -> None:
    def first(last_closed: str) -> str | None:
        shut = [{"from": "2026-03-02", "until": last_closed, "unit": "day_hospital"}]
        return dates(plan_of(treatment(course("denosumab"), days=20, closures=shut)), "denosumab")[0]

    # 02/03 + 7 = 09/03.
    assert first("2026-03-08") == "2026-03-09"
    assert first("2026-03-09") is None


def test_each_day_is_looked_up_after_all_that_was_entered_before_it() -> None:
    # The second is omitted by its day; then everything from the third on moves by seven days; then 09/02 is the third.
    omitted = event("omit", "2026-01-10", "e1", drug="fulvestrant", date="2026-01-19")
    delayed = about("delay", 3, on="2026-01-20", id="e2", days=7, scope="rest_of_treatment")
    again = event("omit", "2026-01-21", "e3", drug="fulvestrant", date="2026-02-09")
    plan = plan_of(fulvestrant(omitted, delayed, again))
    assert [item.number for item in given(plan, "fulvestrant") if item.status == "omitted"] == [2, 3]
    assert "event-without-target" not in codes(plan)


def test_the_drug_that_leads_the_clock_gives_the_visit_its_day() -> None:
    # Docetaxel leads: moved to Thursday 05/03, the next visit counts from there: 05/03 + 21 = 26/03, for the antibodies too.
    file = treatment(course("docetaxel-trastuzumab-pertuzumab"), days=40)
    led = plan_of(file | {"events": [event("move", TODAY, drug="docetaxel", number=1, to="2026-03-05")]})
    assert dates(led, "docetaxel") == ["2026-03-05", "2026-03-26"]
    assert [item.due.isoformat() for item in given(led, "docetaxel")] == ["2026-03-05", "2026-03-26"]
    assert dates(led, "trastuzumab") == ["2026-03-02", "2026-03-26"]
    # Trastuzumab does not lead: the next visit stays due on 23/03. But all of it keeps 21 days from the latest: 26/03.
    followed = plan_of(file | {"events": [event("move", TODAY, drug="trastuzumab", number=1, to="2026-03-05")]})
    assert [item.due.isoformat() for item in given(followed, "docetaxel")] == ["2026-03-02", "2026-03-23"]
    assert dates(followed, "docetaxel") == ["2026-03-02", "2026-03-26"]
    assert dates(followed, "trastuzumab") == ["2026-03-05", "2026-03-26"]


def test_an_omitted_leader_leaves_the_lead_to_what_is_given() -> None:
    file = treatment(course("docetaxel-trastuzumab-pertuzumab"), days=40)
    omitted = event("omit", TODAY, "e1", drug="docetaxel", number=1)
    late = [event("move", TODAY, f"m{drug}", drug=drug, number=1, to="2026-03-05") for drug in ("trastuzumab", "pertuzumab")]
    plan = plan_of(file | {"events": [omitted, *late]})
    # What is given on 05/03 leads: 26/03.
    assert [item.due.isoformat() for item in given(plan, "docetaxel")] == ["2026-03-02", "2026-03-26"]
    assert given(plan, "docetaxel")[0].status == "omitted"


def test_in_a_course_of_one_drug_the_number_is_enough() -> None:
    plan = plan_of(fulvestrant(event("omit", "2026-01-10", number=3)))
    assert [item.number for item in given(plan, "fulvestrant") if item.status == "omitted"] == [3]
