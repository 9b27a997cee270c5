"""What happens to a radiotherapy course: late, moved, missed, delayed, held and ceased fractions.

The course of all cases: 5 x 4 Gy from Monday 9 March 2026, so 9, 10, 11, 12, 13 March."""

from __future__ import annotations

from dataclasses import replace

from mbc_desktop.planning.plan_treatment import plan_treatment
from mbc_desktop.planning.request import Event, Target
from tests.planning.treatments import File, codes, event, irradiation, library, plan_of, texts, treatment


def days(*events: File, scheme: str = "5x4", start: str = "2026-03-09", **choices: str) -> list[str]:
    """The days of March on which a fraction is planned or given."""
    return [
        text.removeprefix("2026-")
        for text in texts(item.date for item in plan_of(irradiated(*events, scheme=scheme, start=start, **choices)).fractions)
    ]


def irradiated(*events: File, scheme: str = "5x4", start: str = "2026-03-09", **choices: str) -> File:
    return treatment(irradiation(scheme, start, choices=choices), today="2026-03-20", events=list(events))


def about(kind: str, fraction: int | None = None, id: str = "e1", on: str = "2026-03-09", **more: object) -> File:
    target = {} if fraction is None else {"fraction": fraction}
    return event(kind, on, id, "r1", **target, **more)


def test_undisturbed() -> None:
    assert days() == ["03-09", "03-10", "03-11", "03-12", "03-13"]


def test_a_missed_fraction_is_given_at_the_end() -> None:
    assert days(about("omit", 3)) == ["03-09", "03-10", "03-12", "03-13", "03-16"]
    assert days(about("omit", 3), about("omit", 3, "e2", "2026-03-12")) == ["03-09", "03-10", "03-13", "03-16", "03-17"]


def test_a_fraction_given_late_takes_the_later_ones_along() -> None:
    given = about("given", 2, on="2026-03-12", given_on="2026-03-12")
    assert days(given) == ["03-09", "03-12", "03-13", "03-16", "03-17"]
    plan = plan_of(irradiated(given))
    assert [item.status for item in plan.fractions] == ["planned", "given", "planned", "planned", "planned"]


def test_a_moved_fraction_takes_the_later_ones_along_and_never_two_on_a_day() -> None:
    assert days(about("move", 2, to="2026-03-12")) == ["03-09", "03-12", "03-13", "03-16", "03-17"]
    assert days(about("move", 5, to="2026-03-18")) == ["03-09", "03-10", "03-11", "03-12", "03-18"]


def test_a_fraction_moved_to_a_closed_day_or_onto_another_is_said() -> None:
    saturday = plan_of(irradiated(about("move", 5, to="2026-03-14")))
    assert "moved-to-closed-day" in codes(saturday, "caution")
    first = plan_of(irradiated(about("move", 1, to="2026-03-14")))
    assert "moved-to-closed-day" in codes(first, "caution")
    emergency = plan_of(irradiated(start="2026-03-08", emergency="yes"))
    assert "moved-to-closed-day" not in codes(emergency)
    twice = plan_of(irradiated(about("move", 2, to="2026-03-09")))
    assert [dict(item.values)["days"] for item in twice.findings if item.code == "fraction-gap-short"] == ["0"]


def test_delay_of_a_fraction_moves_it_and_what_follows() -> None:
    # The third was planned on 11/03; + 3 = 14/03, a Saturday: Monday 16.
    assert days(about("delay", 3, days=3)) == ["03-09", "03-10", "03-16", "03-17", "03-18"]


def test_delay_of_the_course_begins_with_the_next_fraction() -> None:
    assert days(about("delay", on="2026-03-02", days=7)) == ["03-16", "03-17", "03-18", "03-19", "03-20"]
    assert days(about("delay", on="2026-03-11", days=7)) == ["03-09", "03-10", "03-18", "03-19", "03-20"]


def test_on_hold_no_fraction_is_planned() -> None:
    held = about("hold", on="2026-03-10", **{"from": "2026-03-11"})
    resumed = about("resume", id="e2", on="2026-03-16", **{"from": "2026-03-17"})
    assert days(held, resumed) == ["03-09", "03-10", "03-17", "03-18", "03-19"]
    assert "fractions-not-placed" in codes(plan_of(irradiated(held)), "stop")


def test_ceasing_ends_the_course_without_an_objection() -> None:
    plan = plan_of(irradiated(about("cease", on="2026-03-11", **{"from": "2026-03-12"})))
    assert texts(item.date for item in plan.fractions) == ["2026-03-09", "2026-03-10", "2026-03-11"]
    assert "fractions-not-placed" not in codes(plan)


def test_what_was_given_is_locked() -> None:
    given = about("given", 3, on="2026-03-11", given_on="2026-03-11")
    assert days(given, about("omit", 3, "e2", "2026-03-12")) == days(given)
    assert days(given, about("move", 3, "e2", "2026-03-12", to="2026-03-19")) == days(given)


def test_a_day_names_the_fraction_planned_on_it() -> None:
    assert days(event("omit", "2026-03-09", "e1", "r1", date="2026-03-11")) == days(about("omit", 3))


def test_a_late_stereotactic_fraction_keeps_the_gap() -> None:
    # 5x7 Monday and Thursday: 9, 12, 16, 19, 23 March. The second on Friday 13: Monday 16 is three days later, Thursday 19 ...
    pattern = {"days": "Mon Thu", "per_week": "2", "min_gap_days": "2"}
    assert days(scheme="5x7", **pattern) == ["03-09", "03-12", "03-16", "03-19", "03-23"]
    given = about("given", 2, on="2026-03-13", given_on="2026-03-13")
    assert days(given, scheme="5x7", **pattern) == ["03-09", "03-13", "03-16", "03-19", "03-23"]
    # On Sunday 15 the Monday is one day later and too soon: Thursday 19, Monday 23, Thursday 26.
    sunday = about("given", 2, on="2026-03-15", given_on="2026-03-15")
    assert days(sunday, scheme="5x7", **pattern) == ["03-09", "03-15", "03-19", "03-23", "03-26"]


def test_away_and_too_early_after_nailing_are_said() -> None:
    away = plan_of(irradiated() | {"absences": [{"from": "2026-03-12", "until": "2026-03-30"}]})
    assert [dict(item.values)["number"] for item in away.findings if item.code == "patient-absent"] == ["4", "5"]
    early = plan_of(irradiated(nailing_on="2026-02-24"))
    on_time = plan_of(irradiated(nailing_on="2026-02-23"))
    # 23/02 + 14 = 09/03.
    assert "too-early-after-nailing" in codes(early, "stop")
    assert "too-early-after-nailing" not in codes(on_time)


def test_a_free_course_that_the_guideline_does_not_list() -> None:
    def found(fractions: int, dose: str, **choices: str) -> set[str]:
        line = irradiation("free", "2026-03-09", fractions=fractions, dose=dose, choices=choices)
        return codes(plan_of(treatment(line)), "stop", "caution")

    # 10 x 3 is listed; 6 x 4 = 24 Gy is not; the largest listed total is 60 Gy (8 x 7.5, 10 x 6), 11 x 6 = 66.
    assert found(10, "3") == set()
    assert found(6, "4") == {"scheme-not-in-guideline"}
    assert found(20, "3") == {"scheme-not-in-guideline"}
    assert found(11, "6") == {"total-above-guideline"}
    # 4 x 12 is listed for the lung: in a bone it is asked about by its numbers as by its name. 12 Gy are not given day after day.
    assert found(4, "12") == {"scheme-not-for-region", "fraction-gap-short"}
    assert found(4, "12", min_gap_days="2") == {"scheme-not-for-region"}
    assert found(3, "10") == set()
    assert found(3, "10.5") == {"scheme-not-in-guideline", "fraction-gap-short"}


def test_a_start_that_is_not_possible_is_told() -> None:
    assert "start-moved" not in codes(plan_of(irradiated()))
    # Sunday 8 March: Monday 9.
    assert "start-moved" in codes(plan_of(irradiated(start="2026-03-08")), "info")
    assert "start-moved" not in codes(plan_of(irradiated(start="2026-03-08", emergency="yes")))


def test_an_event_about_a_fraction_that_has_no_day_moves_nothing() -> None:
    """On hold from Wednesday 11 March on, only the first two have a day: nothing is known about the fourth."""
    held = about("hold", on="2026-03-10", **{"from": "2026-03-11"})
    assert days(held) == ["03-09", "03-10"]
    assert days(held, about("delay", 4, "e2", "2026-03-12", days=3)) == ["03-09", "03-10"]
    assert days(held, about("delay", 2, "e2", "2026-03-12", days=3)) == ["03-09"]


def test_a_day_without_a_fraction_names_none() -> None:
    """Saturday 14 March, and a Monday after the last one; the next one that was not given is not meant by a day that is named."""
    for day in ("2026-03-14", "2026-03-16"):
        assert days(event("omit", "2026-03-09", "e1", "r1", date=day)) == days()
    # Without a day the next one from the entry on is meant: on the 13th the last, on the 16th none.
    assert days(event("omit", "2026-03-13", "e1", "r1")) == ["03-09", "03-10", "03-11", "03-12", "03-16"]
    assert days(event("omit", "2026-03-16", "e1", "r1")) == days()


def test_an_event_that_lacks_what_its_kind_needs_changes_nothing() -> None:
    """The file refuses it; one that was put together without its day is left alone, and is never taken for another kind."""
    request = plan_of(irradiated()).request
    for kind in ("given", "move", "delay"):
        bare = Event(id="e1", kind=kind, course="r1", on=request.today, by="NV", target=Target(fraction=3))  # type: ignore[arg-type]
        plan = plan_treatment(replace(request, events=(bare,)), library())
        assert [(str(item.date)[5:], item.status) for item in plan.fractions] == [(day, "planned") for day in days()]


def test_a_fraction_has_the_dose_with_which_it_was_given() -> None:
    """The second of 5 x 4 Gy was given with 3 Gy: 4 + 3 + 4 + 4 + 4 = 19 Gy, and somebody has to decide what follows."""
    given = about("given", 2, on="2026-03-10", given_on="2026-03-10", amount="3", unit="Gy")
    plan = plan_of(irradiated(given))
    assert [item.dose.text() for item in plan.fractions] == ["4 Gy", "3 Gy", "4 Gy", "4 Gy", "4 Gy"]
    (found,) = [item for item in plan.findings if item.code == "fraction-dose-differs"]
    values = {"number": "2", "date": "2026-03-10", "dose": "3", "prescribed": "4"}
    assert (found.severity, found.course, dict(found.values)) == ("caution", "r1", values)
    # BED of the prescription, alpha/beta 10: 20 x (1 + 4 / 10) = 28.
    assert next(item.value for item in plan.derived if item.id == "bed") == "28"
    taken_back = event("correct", "2026-03-11", "k1", "r1", event="e1")
    assert [item.dose.text() for item in plan_of(irradiated(given, taken_back)).fractions] == ["4 Gy"] * 5


def test_a_fraction_that_was_given_as_prescribed_asks_nothing() -> None:
    for more in ({}, {"amount": "4", "unit": "Gy"}, {"amount": "4.0", "unit": "Gy"}):
        plan = plan_of(irradiated(about("given", 2, on="2026-03-10", given_on="2026-03-10", **more)))
        assert [item.dose.amount for item in plan.fractions] == [4] * 5
        assert "fraction-dose-differs" not in codes(plan)
