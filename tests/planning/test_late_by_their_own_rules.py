"""A dose that comes late, each drug by its own rule (references: radiotherapy and calendar, section 5; chemotherapy): what the
next dose counts from, what is never made up, and when the clock has to follow a dose that closed days made late."""

from __future__ import annotations

from mbc_desktop.planning.plan import Plan
from tests.planning.treatments import File, codes, course, dates, event, given, plan_of, treatment

START = "2026-09-07"
"""A Monday; no holiday before Sunday 1 November."""


def after(regimen: str, *events: File, drug: str = "", days: int = 70) -> Plan:
    """The plan on 30 November, with these events."""
    return plan_of(treatment(course(regimen, START), today="2026-11-30", days=days, events=list(events)))


def done(drug: str, number: int, on: str) -> File:
    """Given on that day."""
    return event("given", on, f"g{number}", drug=drug, number=number, given_on=on)


def first(plan: Plan, drug: str, count: int) -> list[str | None]:
    """The first days of a drug."""
    return dates(plan, drug)[:count]


def test_late_eribulin_of_day_8_leaves_two_weeks_before_the_next_cycle() -> None:
    # Day 8 of 14 September on Thursday 17: the next day 1, due on 28 September, comes 14 days later, on 1 October; day 8 on
    # the 8th.
    plan = after("eribulin", done("eribulin", 2, "2026-09-17"))
    assert first(plan, "eribulin", 4) == ["2026-09-07", "2026-09-17", "2026-10-01", "2026-10-08"]


def test_omitted_eribulin_of_day_8_is_not_made_up() -> None:
    plan = after("eribulin", event("omit", "2026-09-14", drug="eribulin", number=2))
    assert [(item.date and item.date.isoformat(), item.status) for item in given(plan, "eribulin")[:3]] == [
        ("2026-09-07", "planned"), ("2026-09-14", "omitted"), ("2026-09-28", "planned")
    ]  # fmt: skip


def test_omitted_day_8_and_15_of_weekly_paclitaxel_are_not_made_up() -> None:
    left = [event("omit", "2026-09-14", f"e{number}", drug="paclitaxel", number=number) for number in (2, 3)]
    plan = after("paclitaxel-weekly", *left)
    coming = [item.date and item.date.isoformat() for item in given(plan, "paclitaxel") if item.status != "omitted"]
    assert coming[:4] == ["2026-09-07", "2026-10-05", "2026-10-12", "2026-10-19"]


def test_omitted_gemcitabine_of_day_8_is_not_made_up() -> None:
    plan = after("carboplatin-gemcitabine", event("omit", "2026-09-14", drug="gemcitabine", number=2))
    coming = [item.date and item.date.isoformat() for item in given(plan, "gemcitabine") if item.status != "omitted"]
    assert coming[:2] == ["2026-09-07", "2026-09-28"]


def test_late_emtansine_counts_three_weeks_from_the_real_day() -> None:
    plan = after("trastuzumab-emtansine", done("trastuzumab-emtansine", 2, "2026-09-30"))
    # Due on the 28th, given on Wednesday 30: + 21 = 21 October.
    assert first(plan, "trastuzumab-emtansine", 3) == ["2026-09-07", "2026-09-30", "2026-10-21"]


def test_late_deruxtecan_counts_three_weeks_from_the_real_day() -> None:
    plan = after("trastuzumab-deruxtecan", done("trastuzumab-deruxtecan", 2, "2026-10-02"))
    assert first(plan, "trastuzumab-deruxtecan", 3) == ["2026-09-07", "2026-10-02", "2026-10-23"]


def test_late_trastuzumab_within_a_week_keeps_its_dose_and_beyond_loads_again() -> None:
    # Due on 28 September. Five days late (Saturday is closed: Friday 2 October is four): outside three days, so it counts anew.
    plan = after("trastuzumab-three-weekly", done("trastuzumab", 2, "2026-10-02"))
    assert first(plan, "trastuzumab", 3) == ["2026-09-07", "2026-10-02", "2026-10-23"]
    assert "reload-after-gap" not in codes(plan)
    # 28 days after the first (a week late): still maintenance; 29 days: it loads.
    assert "reload-after-gap" not in codes(after("trastuzumab-three-weekly", done("trastuzumab", 2, "2026-10-05")))
    assert "reload-after-gap" in codes(after("trastuzumab-three-weekly", done("trastuzumab", 2, "2026-10-06")))


def test_trastuzumab_that_a_holiday_moved_keeps_its_rhythm() -> None:
    # From Monday 4 May 2026: 25 May is Whit Monday, given on Tuesday 26; 15 June follows by the template, 20 days later.
    plan = plan_of(treatment(course("trastuzumab-three-weekly", "2026-05-04"), today="2026-05-04", days=60))
    assert first(plan, "trastuzumab", 3) == ["2026-05-04", "2026-05-26", "2026-06-15"]


def test_late_denosumab_inside_a_week_keeps_its_rhythm_and_beyond_counts_anew() -> None:
    # Due on 5 October, window to the 12th.
    assert first(after("denosumab", done("denosumab", 2, "2026-10-12")), "denosumab", 3)[1:] == ["2026-10-12", "2026-11-02"]
    assert first(after("denosumab", done("denosumab", 2, "2026-10-13")), "denosumab", 3)[1:] == ["2026-10-13", "2026-11-10"]


def test_late_fulvestrant_inside_three_days_keeps_its_rhythm_and_beyond_counts_anew() -> None:
    # The fourth dose is due on 2 November (5 October + 28).
    kept = first(after("fulvestrant", done("fulvestrant", 4, "2026-11-05")), "fulvestrant", 5)
    assert kept[3:] == ["2026-11-05", "2026-11-30"]
    anew = first(after("fulvestrant", done("fulvestrant", 4, "2026-11-06")), "fulvestrant", 5)
    assert anew[3:] == ["2026-11-06", "2026-12-04"]


def test_a_late_depot_counts_from_its_real_day_and_says_when_it_is_too_late() -> None:
    plan = after("goserelin", done("goserelin", 2, "2026-10-06"))
    # Due on 5 October, at most 28 days: the 29th is one too many; the next is due 28 days after the 6th, on 3 November.
    assert first(plan, "goserelin", 3) == ["2026-09-07", "2026-10-06", "2026-11-03"]
    assert "interval-long" in codes(plan)


def test_closed_days_that_put_a_dose_late_take_the_clock_along_where_the_next_would_come_too_soon() -> None:
    # Weekly paclitaxel from Saturday 5 September: given on Monday 7. Day 8 is due on Saturday 12, window Friday to Sunday: Friday
    # is
    # four days after Monday, and six is the least. So the clock follows by two days: 14, 21 September, and 5 October.
    plan = plan_of(treatment(course("paclitaxel-weekly", "2026-09-05"), today="2026-09-01", days=60))
    assert first(plan, "paclitaxel", 4) == ["2026-09-07", "2026-09-14", "2026-09-21", "2026-10-05"]
    assert "re-anchored" in codes(plan, "info")
    assert "interval-short" not in codes(plan)


def test_closed_days_that_put_a_dose_late_leave_the_rhythm_where_the_interval_stays_long_enough() -> None:
    # Denosumab from Saturday 5 September: given on Monday 7; 28 days from the 5th is Saturday 3 October: Monday 5.
    plan = plan_of(treatment(course("denosumab", "2026-09-05"), today="2026-09-01", days=60))
    assert first(plan, "denosumab", 3) == ["2026-09-07", "2026-10-05", "2026-11-02"]
    assert "re-anchored" not in codes(plan)


def test_easter_monday_of_weekly_paclitaxel_is_tuesday_and_the_next_monday_is_six_days_later() -> None:
    plan = plan_of(treatment(course("paclitaxel-weekly", "2026-03-30"), today="2026-03-30", days=30))
    assert first(plan, "paclitaxel", 3) == ["2026-03-30", "2026-04-07", "2026-04-13"]
    assert "re-anchored" not in codes(plan)


def moved(to: str, *more: File) -> Plan:
    """The third fulvestrant, due on 5 October, on another day."""
    shift = event("move", "2026-09-07", drug="fulvestrant", number=3, to=to)
    return plan_of(treatment(course("fulvestrant", START), today="2026-10-12", days=80, events=[shift, *more]))


def test_a_day_that_a_person_chose_for_one_dose_leaves_the_others_and_says_when_the_next_comes_too_soon() -> None:
    # 8 October to 2 November is 25 days, the least; from the 9th on the fourth comes on the 3rd, the 4th, the 5th, the last day
    # of its
    # window; from the 12th the 5th is only 24 days later.
    assert first(moved("2026-10-08"), "fulvestrant", 4)[2:] == ["2026-10-08", "2026-11-02"]
    assert first(moved("2026-10-09"), "fulvestrant", 4)[2:] == ["2026-10-09", "2026-11-03"]
    late = moved("2026-10-12")
    assert first(late, "fulvestrant", 4)[2:] == ["2026-10-12", "2026-11-02"]
    assert "interval-short" in codes(late, "caution")


def test_recording_the_moved_dose_as_given_changes_nothing() -> None:
    recorded = event("given", "2026-10-12", "g1", drug="fulvestrant", number=3, given_on="2026-10-12")
    assert dates(moved("2026-10-12"), "fulvestrant") == dates(moved("2026-10-12", recorded), "fulvestrant")


def test_a_dose_without_any_open_day_moves_no_clock() -> None:
    """Denosumab of 30 March waits for 1 April; the whole window of the third, 24 April to 4 May, is closed: it has no day, the
    template stays, and the fourth, due on Whit Monday 25 May, comes on the 26th."""
    shut = [
        {"from": begins, "until": last, "unit": "day_hospital", "why": "verbouwing"}
        for begins, last in (("2026-03-30", "2026-03-31"), ("2026-04-24", "2026-05-04"))
    ]
    plan = plan_of(treatment(course("denosumab", "2026-03-02"), days=100, closures=shut))
    assert first(plan, "denosumab", 4) == ["2026-03-02", "2026-04-01", None, "2026-05-26"]
    assert [str(item.due) for item in given(plan, "denosumab")[:4]] == ["2026-03-02", "2026-03-30", "2026-04-27", "2026-05-25"]
    assert "re-anchored" not in codes(plan)
