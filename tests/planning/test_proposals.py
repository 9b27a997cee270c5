"""What the program proposes: fewer visits, a plan around an absence, a better weekday; and who is overdue."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, assume, example, given, settings

from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.plan_treatment import plan_treatment
from mbc_desktop.planning.proposals import absence_proposal
from mbc_desktop.planning.proposals.absence_proposal import plan_around_absences
from mbc_desktop.planning.proposals.alignment_proposal import propose_alignment
from mbc_desktop.planning.proposals.recall import recall_list
from mbc_desktop.planning.proposals.start_day import start_days
from mbc_desktop.planning.proposals.visit_moves import key_of
from mbc_desktop.planning.proposals.what_if import what_if
from mbc_desktop.planning.replay.planned_visits import planned_visits
from tests.planning.some_treatments import treatments
from tests.planning.treatments import TODAY, File, codes, course, event, later, library, plan_of, request_of, treatment

TWO = (course("fulvestrant", "2026-03-09"), course("denosumab", "2026-03-13", id="c2"))
"""Loading on 09/03, 23/03, 06/04 (Easter Monday: 07/04), then 04/05, 01/06; denosumab on 13/03, 10/04, 08/05, 05/06."""


def visit_days(plan: Plan, after: date = date(2026, 3, 2)) -> set[date]:
    return {item.date for item in plan.administrations if item.date and item.date > after}


def applied(file: File, events: tuple[object, ...]) -> Plan:
    request = request_of(file)
    return what_if(request, events, library()).after  # type: ignore[arg-type]


def test_four_days_apart_become_one_visit_each_month() -> None:
    file = treatment(*TWO, days=100)
    found = propose_alignment(plan_of(file), library(), by="NV")
    assert found is not None
    # 09/03, 23/03, 07/04, 04/05, 01/06 and 13/03, 10/04, 08/05, 05/06: nine days. Denosumab comes not before its start, so the
    # first three stay: 09/03, 13/03, 23/03; the later ones are shared (-3/+3 and -3/+7): three days. Together six.
    assert (found.visits_before, found.visits_after, found.saved) == (9, 6, 3)
    assert len(visit_days(applied(file, found.events))) == 6
    # Four days apart cost four days of deviation each time, however they are shared; 07/04 is one of them already: 3 + 4 + 4, and
    # the one day by which fulvestrant of 06/04 has moved for Easter Monday, which was the deviation before.
    assert (found.deviation_before, found.deviation_after) == (1, 1 + 3 + 4 + 4)


def test_applying_the_proposal_brings_what_it_promised_and_no_new_objection() -> None:
    file = treatment(*TWO, course("docetaxel-trastuzumab-pertuzumab", "2026-03-11", id="c3"), days=300)
    before = plan_of(file)
    found = propose_alignment(before, library(), by="NV")
    assert found is not None
    after = applied(file, found.events)
    assert len(visit_days(after) - {date(2026, 3, 2)}) == found.visits_after
    assert set(after.findings) <= set(before.findings)
    proposed = {(drug, number): move.after for move in found.moves for drug, number in move.drugs}
    real = {(item.drug, item.number): item.date for item in after.administrations if item.role == "treatment"}
    assert {key: real[key] for key in proposed} == proposed


def test_a_cytotoxic_never_comes_earlier() -> None:
    file = treatment(
        course("docetaxel-trastuzumab-pertuzumab", "2026-03-12"), course("fulvestrant", "2026-03-09", id="c2"), days=200
    )
    found = propose_alignment(plan_of(file), library())
    assert found is not None
    # After six cycles the antibodies go on alone, and may come earlier.
    moved = {drug: move.days for move in found.moves for drug, _ in move.drugs}
    assert moved["docetaxel"] > 0
    assert all(move.days > 0 for move in found.moves if "docetaxel" in dict(move.drugs))
    assert any(move.days < 0 for move in found.moves if "docetaxel" not in dict(move.drugs))


def test_nothing_to_save_is_no_proposal() -> None:
    assert propose_alignment(plan_of(treatment(course("fulvestrant", "2026-03-09"), days=200)), library()) is None


def test_what_was_given_and_what_a_person_moved_stays() -> None:
    file = treatment(*TWO, days=100, events=[event("move", TODAY, course="c2", drug="denosumab", number=2, to="2026-04-13")])
    found = propose_alignment(plan_of(file), library())
    assert found is not None
    assert ("denosumab", 2) not in {drug for move in found.moves for drug in move.drugs}


def test_a_dose_that_a_person_moved_keeps_its_distance_to_the_others() -> None:
    # The second loading dose on Thursday 26 March: the third, due on 6 April, not before 6 April (11 days); goserelin of 1 April
    # would be shared with it otherwise.
    shift = event("move", TODAY, drug="fulvestrant", number=2, to="2026-03-26")
    file = treatment(TWO[0], course("goserelin", "2026-03-04", id="c2"), days=100, events=[shift])
    found = propose_alignment(plan_of(file), library())
    after = plan_of(file) if found is None else applied(file, found.events)
    third = next(item for item in after.administrations if item.drug == "fulvestrant" and item.number == 3)
    assert third.date is not None
    assert third.date >= date(2026, 4, 6)


# Docetaxel with its antibodies, and denosumab: the cycles that move take the last antibodies behind the horizon, and they must
# come back to the day that they share.
BEHIND_THE_HORIZON = treatment(
    course("docetaxel-trastuzumab-pertuzumab", "2026-02-20"), course("denosumab", "2026-03-03", id="c2"), days=160
)
SHARED_BEFORE_THE_HORIZON = treatment(
    course("docetaxel-trastuzumab-pertuzumab", "2026-04-02"), course("denosumab", "2026-02-19", id="c2"), days=160
)


# Only docetaxel was moved: from the antibodies of 15 April to the next are 41 days on 26 May, and one day more would load again.
LOADS_AGAIN_A_DAY_LATER = treatment(
    course("docetaxel-trastuzumab-pertuzumab", "2026-04-15"),
    course("denosumab", "2026-03-02", id="c2"),
    course("fulvestrant", "2026-03-07", id="c3"),
    days=160,
    events=[event("move", TODAY, drug="docetaxel", number=1, to="2026-05-03")],
)


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(file=treatments(days=160))
@example(file=LOADS_AGAIN_A_DAY_LATER)
@example(file=BEHIND_THE_HORIZON)
@example(file=SHARED_BEFORE_THE_HORIZON)
def test_a_proposal_keeps_windows_intervals_closed_days_and_the_past(file: File) -> None:
    before = plan_of(file)
    found = propose_alignment(before, library(), by="NV")
    assume(found is not None)
    assert found is not None
    assert all(move.after > before.request.today for move in found.moves)
    after = applied(file, found.events)
    worse = {(item.code, item.course, item.drug) for item in after.findings if item.severity in ("stop", "caution")}
    assert worse <= {(item.code, item.course, item.drug) for item in before.findings}
    # A clock that runs earlier may bring one more dose before the horizon: that one is no part of the proposal. One that runs
    # later may put a dose behind the horizon: that one is looked for there.
    known = {key_of(visit) for visit in planned_visits(before.administrations, library())}
    longer = applied(file | {"horizon": later(file["horizon"], 30)}, found.events)
    visits = [visit for visit in planned_visits(longer.administrations, library()) if key_of(visit) in known and not visit.given]
    days = {visit.date for visit in visits if visit.date and visit.date > before.request.today}
    assert len(days) == found.visits_after < found.visits_before


def away(*courses: File, first: str = "2026-07-10", last: str = "2026-07-20", **more: object) -> File:
    return treatment(*courses, days=300, absences=[{"from": first, "until": last}], **more)


def around(file: File) -> list[tuple[str, str, date]]:
    found = plan_around_absences(plan_of(file), library(), by="NV")
    assert found is not None
    assert not [item for item in applied(file, found.events).findings if item.code == "patient-absent" and item.drug]
    return [(item.how, item.visit.drugs[0][0], item.visit.after) for item in found.visits]


def test_an_absence_moves_a_dose_inside_its_window_when_that_is_possible() -> None:
    # The third fulvestrant is due on Monday 20 July: window 17 to 23; 21 is a holiday, so the 22nd.
    assert around(away(course("fulvestrant", "2026-06-22"))) == [("moved", "fulvestrant", date(2026, 7, 22))]


def test_a_day_8_that_falls_into_an_absence_is_omitted_and_not_made_up() -> None:
    assert around(away(course("eribulin", "2026-07-06"))) == [("omitted", "eribulin", date(2026, 7, 13))]


def test_a_cycle_that_falls_into_an_absence_waits_and_all_that_follows_waits_along() -> None:
    # Day 1 of the second cycle is due on 13 July, window to the 16th; 20 July is the last day away, the 21st a holiday.
    file = away(course("docetaxel-trastuzumab-pertuzumab", "2026-06-22"))
    assert [(how, day) for how, _, day in around(file)] == [("delayed", date(2026, 7, 22))]
    found = plan_around_absences(plan_of(file), library())
    assert found is not None
    days = sorted(item.date for item in applied(file, found.events).administrations if item.drug == "docetaxel" and item.date)
    assert all((after - before).days >= 21 for before, after in pairwise(days))


def test_a_depot_goes_before_an_absence_rather_than_after_it() -> None:
    # Due on Wednesday 15 July, window 12 to 15. Thursday 9 July is 22 days after 17 June: not less than 21.
    assert around(away(course("goserelin", "2026-06-17"))) == [("moved_outside_window", "goserelin", date(2026, 7, 9))]


def test_an_absence_without_a_visit_asks_for_nothing() -> None:
    file = away(course("fulvestrant", "2026-06-29"), first="2026-07-14", last="2026-07-20")
    assert plan_around_absences(plan_of(file), library()) is None


def test_fractions_in_an_absence_are_left_to_the_radiation_oncologist() -> None:
    file = away({"id": "r1", "radiotherapy": "5x4", "start": "2026-07-08", "region": "bone"})
    found = plan_around_absences(plan_of(file), library())
    assert found is not None
    # 8, 9, 10, 13, 14 July: three of them while away.
    assert found.fractions == ("r1/fraction/3", "r1/fraction/4", "r1/fraction/5")
    assert found.events == ()


def test_a_monday_start_that_meets_four_holidays_says_so() -> None:
    # 2028: Easter Monday 17/04, Labour Day Monday 01/05, Whit Monday 05/06 and Christmas Monday 25/12; weekly paclitaxel three
    # weeks out of four from Monday 6 March: 17/04 (day 15 of the second cycle), 01/05, 05/06, 25/12 all are treatment days.
    file = treatment(course("paclitaxel-weekly", "2028-03-06"), today="2028-03-01", days=365)
    said = [item for item in plan_of(file).findings if item.code == "start-day-meets-closed-days"]
    assert [(item.severity, dict(item.values)["closed"], dict(item.values)["best"]) for item in said] == [
        ("info", "4", "2028-03-07")
    ]
    best = start_days(request_of(file), "c1", library())
    assert (best[0].start, best[0].closed) == (date(2028, 3, 7), ())
    assert [len(item.closed) for item in best if item.start == date(2028, 3, 6)] == [4]


def best_start(**changes: object) -> str:
    """The start that is proposed instead of Monday 6 March 2028."""
    file = treatment(course("paclitaxel-weekly", "2028-03-06"), today="2028-03-01", days=365, **changes)
    (said,) = [item for item in plan_of(file).findings if item.code == "start-day-meets-closed-days"]
    return dict(said.values)["best"]


def test_the_best_start_follows_the_closed_days_of_each_plan_and_no_value() -> None:
    # What was found for one plan is kept for the next: each is asked after the other. Tuesdays of treatment are 7, 14, 21 March
    # and 4 April; closed on 14, 21 March and 4 April a Tuesday meets three, a Wednesday All Saints (1 November, the third week of
    # its cycle), a Thursday nothing: Ascension (25 May) and every other holiday of a Thursday lie in a week of rest.
    shut = [
        {"from": day, "until": day, "unit": "day_hospital", "why": "local"} for day in ("2028-03-14", "2028-03-21", "2028-04-04")
    ]
    assert best_start() == "2028-03-07"
    assert best_start(closures=shut) == "2028-03-09"
    assert best_start(measurements=[]) == "2028-03-07"
    assert best_start(measurements=[], closures=shut) == "2028-03-09"


@pytest.mark.parametrize("start", ["2028-03-07", "2028-02-28"])
def test_a_good_start_and_one_that_is_past_are_not_remarked_upon(start: str) -> None:
    plan = plan_of(treatment(course("paclitaxel-weekly", start), today="2028-03-01", days=365))
    assert "start-day-meets-closed-days" not in codes(plan)


def late(*events: File, today: str = TODAY, regimen: str = "denosumab") -> list[tuple[object, ...]]:
    file = treatment(course(regimen, "2025-11-03"), today=today, events=list(events))
    return [
        (item.number, item.days_late, item.days_beyond, item.since_last, item.recorded)
        for item in recall_list([plan_of(file)], library())
    ]


def done(number: int, on: str, drug: str = "denosumab") -> File:
    return event("given", on, f"g{number}", drug=drug, number=number, given_on=on)


def test_the_first_dose_that_nobody_recorded_is_overdue() -> None:
    # 03/11, 01/12, 29/12: on 2 March the third is 63 days late and, with a window of seven days, 56 beyond it; 91 since
    # the second.
    assert late(done(1, "2025-11-03"), done(2, "2025-12-01")) == [(3, 63, 56, 91, True)]


@pytest.mark.parametrize(("today", "found"), [("2025-12-01", []), ("2025-12-02", [(2, 1, 0, 29, True)])])
def test_a_dose_is_overdue_from_the_day_after_it_was_due(today: str, found: list[object]) -> None:
    assert late(done(1, "2025-11-03"), today=today) == found


@pytest.mark.parametrize("kind", ["omit", "hold", "cease"])
def test_what_is_not_coming_is_not_overdue(kind: str) -> None:
    more = {"number": 2} if kind == "omit" else {"from": "2025-12-01"}
    stopped = event(kind, "2025-12-01", drug="denosumab", **more)
    found = late(done(1, "2025-11-03"), stopped, today="2025-12-20")
    assert found == []


def test_the_list_begins_with_who_is_farthest_beyond_the_window() -> None:
    one = plan_of(treatment(course("denosumab", "2026-02-27")))
    other = plan_of(treatment(course("fulvestrant", "2026-02-16")))
    # Denosumab due 27/02 (window to 06/03): 3 days late, inside. Fulvestrant due 16/02 (to 19/02): 14 late, 11 beyond.
    found = recall_list([one, other], library())
    assert [(item.drug, item.days_late, item.days_beyond) for item in found] == [("fulvestrant", 14, 11), ("denosumab", 3, 0)]


def test_the_plan_itself_is_never_touched() -> None:
    file = treatment(*TWO, days=100)
    request = request_of(file)
    before = plan_treatment(request, library())
    propose_alignment(before, library())
    assert plan_treatment(request, library()) == before


def intrathecal(on: str) -> list[File]:
    """Methotrexate into the spinal fluid on that day, typed by two persons."""
    both = [{"by": by, "on": TODAY, "dose": "12"} for by in ("NV", "PB")]
    return [{"id": "i1", "drug": "methotrexate", "dose": "12", "unit": "mg", "dates": [on], "confirmed": both}]


@pytest.mark.parametrize(("on", "saved"), [("2026-03-10", 0), ("2026-03-11", 2)])
def test_vinorelbine_is_never_put_on_a_day_with_an_intrathecal_drug(on: str, saved: int) -> None:
    """Vinorelbine on Mondays 9 and 16 March, eribulin on Tuesdays 10 and 17 March. Neither comes earlier, so vinorelbine would
    go to the Tuesdays: not where the spinal fluid gets methotrexate on the 10th. That stop names no course: it ends it all."""
    vinorelbine = course("vinorelbine-iv", "2026-03-09", choices={"vinorelbine_form": "30 mg/m2 on days 1 and 8 into a vein"})
    file = treatment(vinorelbine, course("eribulin", "2026-03-10", id="c2"), days=25, intrathecal=intrathecal(on))
    found = propose_alignment(plan_of(file), library())
    assert (found.saved if found else 0) == saved


def test_the_first_dose_of_a_course_finds_a_day_after_an_absence() -> None:
    """Due on Monday 13 July, away from the 10th to the 14th: Wednesday 15, for nothing comes before the start."""
    file = away(course("fulvestrant", "2026-07-13"), last="2026-07-14")
    assert around(file) == [("moved", "fulvestrant", date(2026, 7, 15))]


def test_the_last_dose_of_a_plan_is_held_back_by_nothing_that_follows() -> None:
    """As above, 20 July to 22 July, in a plan that ends on 31 July."""
    file = away(course("fulvestrant", "2026-06-22")) | {"horizon": "2026-07-31"}
    assert around(file) == [("moved", "fulvestrant", date(2026, 7, 22))]


def test_two_doses_in_two_absences_keep_their_distance_to_one_another() -> None:
    """Due on 6 and 20 July, away on the 6th and 7th, and from the 20th to the 22nd (the 21st is a holiday). The first could
    go to Friday 3 or Wednesday 8 July, two days are nearer; the second to Friday 17 or Thursday 23, three days each way: the 17th
    is 9 days after 8 July, too near (11 is the least), so Thursday 23."""
    absences = [{"from": "2026-07-06", "until": "2026-07-07"}, {"from": "2026-07-20", "until": "2026-07-22"}]
    file = treatment(course("fulvestrant", "2026-06-22"), days=300, absences=absences)
    assert [day for _, _, day in around(file)] == [date(2026, 7, 8), date(2026, 7, 23)]


def test_more_visits_than_can_be_decided_one_by_one_stay_with_their_caution(monkeypatch: pytest.MonkeyPatch) -> None:
    """Day 8 of three cycles of eribulin, 9 and 30 March and 20 April, away each time; the limit is two here."""
    monkeypatch.setattr(absence_proposal, "_MOST_VISITS", 2)
    days = ("2026-03-09", "2026-03-30", "2026-04-20")
    absences = [{"from": later(day, -1), "until": later(day, 4)} for day in days]
    file = treatment(course("eribulin", "2026-03-02"), days=60, absences=absences)
    found = plan_around_absences(plan_of(file), library(), by="NV")
    assert found is not None
    assert [(item.how, str(item.visit.after)) for item in found.visits] == [("omitted", days[0]), ("omitted", days[1])]
    left = [dict(item.values)["date"] for item in applied(file, found.events).findings if item.code == "patient-absent"]
    assert left == [days[2]]
