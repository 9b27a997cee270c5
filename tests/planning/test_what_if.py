"""A preview: every date and dose an event would change, what it breaks, what is left over. Worked on fulvestrant from Monday 23
February 2026 (23/02, 09/03, 23/03, then every 28 days: 20/04, 18/05, ...), looked at on Monday 2 March."""

from __future__ import annotations

from datetime import date

import pytest

from mbc_desktop.planning.files.treatment_error import TreatmentError
from mbc_desktop.planning.plan_treatment import plan_treatment
from mbc_desktop.planning.proposals.what_if import WhatIf, what_if
from mbc_desktop.planning.request import Event
from tests.planning.treatments import TODAY, File, course, event, library, plan_of, request_of, treatment

START = "2026-02-23"


def events_of(file: File, *events: File) -> tuple[Event, ...]:
    """The events as the file would have them."""
    return request_of(file | {"events": [*file.get("events", []), *events]}).events[len(file.get("events", [])) :]


def preview(file: File, *events: File) -> WhatIf:
    return what_if(request_of(file), events_of(file, *events), library())


def fulvestrant(days: int = 100, **more: object) -> File:
    return treatment(course("fulvestrant", START), days=days, **more)


def moved(found: WhatIf, drug: str = "fulvestrant") -> dict[int | None, object]:
    """By number, the new day of every dose that moves."""
    return {change.number: change.after for change in found.changes if change.kind == "date_moved" and change.drug == drug}


def test_a_delay_lists_every_date_that_moves() -> None:
    found = preview(fulvestrant(), event("delay", TODAY, drug="fulvestrant", number=2, days=7, scope="rest_of_treatment"))
    # 09/03 + 7 = 16/03, + 14 = 30/03, + 28 = 27/04, 25/05 is Whit Monday: 26/05.
    assert list(moved(found).items()) == [
        (2, date(2026, 3, 16)),
        (3, date(2026, 3, 30)),
        (4, date(2026, 4, 27)),
        (5, date(2026, 5, 26)),
    ]


def test_what_only_moves_behind_the_horizon_is_moved_and_not_gone() -> None:
    # The horizon is 2 March + 100 = 10 June; the sixth dose moves from 15 June, behind it; the fifth from 18 May to 25 May.
    found = preview(fulvestrant(80), event("delay", TODAY, drug="fulvestrant", number=2, days=7, scope="rest_of_treatment"))
    # Horizon 21 May: the fifth dose goes from 18 May to 26 May.
    assert moved(found)[5] == date(2026, 5, 26)
    assert {change.kind for change in found.changes} == {"date_moved"}


def test_only_the_dose_whose_distance_changes_has_left_its_window() -> None:
    found = preview(fulvestrant(), event("delay", TODAY, drug="fulvestrant", number=2, days=7, scope="rest_of_treatment"))
    (left,) = found.windows
    assert (left.number, left.window, left.day) == (2, (date(2026, 3, 6), date(2026, 3, 12)), date(2026, 3, 16))


def test_another_interval_is_judged_by_its_own_window() -> None:
    """Zoledronic acid every 4 weeks, from the second dose on every 12: nothing has left a window, for 28 days no longer hold."""
    file = treatment(course("zoledronic-acid", TODAY), days=200)
    found = preview(file, event("interval", TODAY, drug="zoledronic-acid", number=2, every="84 days"))
    assert moved(found, "zoledronic-acid")
    assert found.windows == ()


@pytest.mark.parametrize(("to", "left"), [("2026-03-12", 0), ("2026-03-13", 1)])
def test_a_move_to_the_last_day_of_the_window_is_inside_it(to: str, left: int) -> None:
    found = preview(fulvestrant(), event("move", TODAY, drug="fulvestrant", number=2, to=to))
    assert len(found.windows) == left


def test_an_interval_that_breaks_is_named() -> None:
    # The third loading dose on 12 March: three days after the second, and 11 is the least.
    found = preview(fulvestrant(), event("move", TODAY, drug="fulvestrant", number=3, to="2026-03-12"))
    assert [(item.code, dict(item.values)["days"]) for item in found.intervals] == [("interval-short", "3")]


def test_a_closed_day_comes_with_the_next_open_one() -> None:
    # Easter Monday 6 April 2026.
    found = preview(fulvestrant(), event("move", TODAY, drug="fulvestrant", number=4, to="2026-04-06"))
    (day,) = found.open_days
    assert (day.number, day.wanted, day.open) == (4, date(2026, 4, 6), date(2026, 4, 7))


def test_the_next_open_day_is_one_on_which_the_patient_can_come() -> None:
    away = {"absences": [{"from": "2026-04-07", "until": "2026-04-09"}]}
    found = preview(fulvestrant(**away), event("move", TODAY, drug="fulvestrant", number=4, to="2026-04-06"))
    assert found.open_days[0].open == date(2026, 4, 10)


def test_tablets_on_hold_are_counted_by_strength() -> None:
    # 21 days from 23 February; on hold from 2 March: 7 taken, 14 left over.
    file = treatment(course("palbociclib-letrozole", START), days=60)
    found = preview(file, event("hold", TODAY, drug="palbociclib", **{"from": TODAY}))
    (left,) = found.tablets
    assert (left.drug, left.cycle, left.count, left.strength.text(), left.lacking) == ("palbociclib", 1, 14, "125 mg", False)


def test_a_lower_level_leaves_one_strength_over_and_needs_another() -> None:
    # From the day after: 15 - 8 = ... 7 days are taken by 2 March, 14 days from then on at 100 mg.
    file = treatment(course("palbociclib-letrozole", START), days=60)
    found = preview(file, event("dose_level", TODAY, drug="palbociclib", level="-1"))
    assert sorted((item.strength.text(), item.count, item.lacking) for item in found.tablets) == [
        ("100 mg", 14, True),
        ("125 mg", 14, False),
    ]


def test_tablets_that_have_not_been_fetched_are_not_left_over() -> None:
    file = treatment(course("palbociclib-letrozole", START), days=60)
    found = preview(file, event("hold", TODAY, drug="palbociclib", **{"from": "2026-03-23"}))
    assert found.tablets == ()


def test_a_gap_that_loads_again_is_said() -> None:
    # Trastuzumab alone from 2 February; the second, due on 23 February, a week later: 28 days, and from 29 on it loads.
    file = treatment(course("trastuzumab-three-weekly", "2026-02-02"), days=60)
    for days, codes in ((7, []), (8, ["reload-after-gap"])):
        found = preview(file, event("delay", TODAY, drug="trastuzumab", number=2, days=days, scope="rest_of_treatment"))
        assert [item.code for item in found.reloads] == codes


def test_what_goes_away_is_said_too() -> None:
    away = {"absences": [{"from": "2026-03-09", "until": "2026-03-09"}]}
    found = preview(fulvestrant(**away), event("move", TODAY, drug="fulvestrant", number=2, to="2026-03-10"))
    assert [item.code for item in found.solved] == ["patient-absent"]
    assert found.objections == ()


def test_asking_changes_nothing_and_applying_is_taking_its_request() -> None:
    file = fulvestrant()
    request = request_of(file)
    before = plan_treatment(request, library())
    asked = event("omit", TODAY, drug="fulvestrant", number=2)
    found = what_if(request, events_of(file, asked), library(), before=before)
    assert plan_treatment(request, library()) == before == found.before
    assert plan_treatment(found.request, library()) == found.after == plan_of(file | {"events": [asked]})


def test_an_event_that_cannot_be_is_refused_by_its_place() -> None:
    file = fulvestrant(events=[event("omit", TODAY, drug="fulvestrant", number=2)])
    done = event("given", TODAY, "e2", drug="fulvestrant", number=1, given_on=TODAY)
    (entry,) = events_of(file, done)
    with pytest.raises(TreatmentError, match=r"events\[1\]\.id"):
        what_if(request_of(file), (type(entry)(id="e1", kind="omit", course="c1", on=entry.on, by="NV"),), library())


def test_an_event_without_effect_changes_nothing() -> None:
    found = preview(fulvestrant(), event("given", TODAY, drug="fulvestrant", number=1, given_on=START))
    assert (found.changes, found.windows, found.intervals, found.tablets) == ((), (), (), ())
