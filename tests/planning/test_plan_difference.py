"""What differs between two plans, worked by hand: dates, doses, tablets, rest, fractions, checks, and what stopped."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, get_args

from hypothesis import given, settings

from mbc_desktop.core.quantity import Quantity
from mbc_desktop.dosing.dose import Dose, Give
from mbc_desktop.planning.comparison.plan_difference import Change, ChangeKind, Side, Span, plan_difference
from mbc_desktop.planning.plan import Plan
from tests.planning.some_treatments import treatments
from tests.planning.treatments import TODAY, File, course, event, healthy_values, irradiation, plan_of, treatment, value

MARCH_2 = date(2026, 3, 2)
PALBOCICLIB = course("palbociclib-fulvestrant")


def march(number: int) -> date:
    return date(2026, 3, number)


def april(number: int) -> date:
    return date(2026, 4, number)


def span(first: date, last: date) -> Span:
    return Span(first=first, last=last)


def said(changes: tuple[Change, ...]) -> list[tuple[str, str, int | None, Side, Side]]:
    """The kind, what it is about, its number, before and after; a dose as its amount."""

    def side(one: Side) -> Side:
        return one.amount.text() if isinstance(one, Dose) else one

    return [(one.kind, one.drug or one.what, one.number, side(one.before), side(one.after)) for one in changes]


def happened(*events: File, days: int = 60, courses: tuple[File, ...] = (PALBOCICLIB,)) -> tuple[Change, ...]:
    """What these events change in the plan of these courses."""
    return plan_difference(plan_of(treatment(*courses, days=days)), plan_of(treatment(*courses, days=days, events=list(events))))


def test_a_plan_does_not_differ_from_itself() -> None:
    plan = plan_of(treatment(PALBOCICLIB, irradiation("10x3")))
    assert plan_difference(plan, plan) == ()


def test_looking_again_later_or_in_another_language_is_no_difference() -> None:
    plan = plan_of(treatment(PALBOCICLIB))
    again = plan_of(treatment(PALBOCICLIB, today="2026-03-03", horizon="2027-03-02", language="en"))
    assert plan_difference(plan, again) == ()


def test_a_loading_dose_a_week_later_is_one_moved_date() -> None:
    # Day 15 from 2 March is 16 March; a week later is 23 March. "This one" leaves day 29 (30 March) and all after it.
    late = event("delay", TODAY, drug="fulvestrant", number=2, days=7, scope="this", reason="patient")
    assert said(happened(late)) == [("date_moved", "fulvestrant", 2, march(16), march(23))]


def test_what_was_given_on_its_day_is_no_difference() -> None:
    done = event("given", TODAY, drug="fulvestrant", number=1, given_on=TODAY, amount="500", unit="mg")
    assert happened(done) == ()


def test_an_omitted_administration_says_what_it_was() -> None:
    missed = event("omit", TODAY, drug="fulvestrant", number=2, scope="this", reason="patient")
    assert said(happened(missed)) == [("omitted", "fulvestrant", 2, "500 mg", None)]


def test_a_lower_level_changes_the_dose_of_every_cycle_from_then_on() -> None:
    # Cycles of 28 days from 2 March: 2 March, 30 March, 27 April. One level below 125 mg is 100 mg.
    lower = event("dose_level", TODAY, drug="palbociclib", level="-1", cycle=2, scope="rest_of_treatment", reason="toxicity")
    changes = [one for one in said(happened(lower)) if one[1] == "palbociclib"]
    assert changes == [
        ("dose_changed", "palbociclib", 2, "125 mg", "100 mg"),
        ("dose_changed", "palbociclib", 3, "125 mg", "100 mg"),
    ]


def test_a_hold_inside_a_period_cuts_it_and_leaves_the_rest_week() -> None:
    # Tablets 2 to 22 March; on hold 10 to 13 March; again from the 14th to the period's own last day; rest from the 23rd stays.
    held = event("hold", TODAY, drug="palbociclib", reason="toxicity", **{"from": "2026-03-10"})
    again = event("resume", TODAY, id="e2", drug="palbociclib", reason="toxicity", **{"from": "2026-03-14"})
    assert said(happened(held, again)) == [
        ("tablets_moved", "palbociclib", 1, span(march(2), march(22)), span(march(2), march(9))),
        ("held", "palbociclib", 1, None, span(march(10), march(13))),
        ("added", "palbociclib", 1, None, span(march(14), march(22))),
    ]


def test_a_ceased_drug_takes_its_later_periods_and_its_checks_away() -> None:
    end = event("cease", TODAY, drug="palbociclib", reason="toxicity", **{"from": "2026-03-30"})
    changes = said(happened(end))
    assert ("removed", "palbociclib", 2, span(march(30), april(19)), None) in changes
    assert ("removed", "blood_count", None, march(30), None) in changes
    assert {kind for kind, *_ in changes} == {"removed"}


def test_a_start_a_week_later_moves_tablets_rest_and_checks_together() -> None:
    older = plan_of(treatment(course("palbociclib-fulvestrant"), days=27))
    newer = plan_of(treatment(course("palbociclib-fulvestrant", "2026-03-09"), days=27))
    changes = said(plan_difference(older, newer))
    # 9 March + 20 days = 29 March, rest the seven days after it: 30 March to 5 April.
    assert ("tablets_moved", "palbociclib", 1, span(march(2), march(22)), span(march(9), march(29))) in changes
    assert ("rest_changed", "palbociclib", 1, span(march(23), march(29)), span(march(30), april(5))) in changes
    assert ("check_moved", "blood_count", None, march(2), march(9)) in changes


def test_a_missed_fraction_moves_the_later_ones_over_easter() -> None:
    # From Monday 30 March: 30, 31 March, 1, 2, 3 April; 4 and 5 are a weekend, 6 is Easter Monday; 7, 8, 9, 10 and 13 April.
    # Without 1 April the third falls on 2 April, and the tenth on 14 April.
    days = [march(30), march(31), april(1), april(2), april(3), april(7), april(8), april(9), april(10), april(13), april(14)]
    missed = event("omit", TODAY, course="r1", fraction=3, reason="organisation")
    changes = said(happened(missed, courses=(irradiation("10x3", "2026-03-30"),)))
    assert changes == [("fraction_moved", "bone", number, days[number - 1], days[number]) for number in range(3, 11)]


def test_another_number_of_fractions_is_said_once() -> None:
    free = {"fractions": 5, "dose": "4", "choices": {"emergency": "no"}}
    older = plan_of(treatment(irradiation("free", "2026-05-04", **free)))
    newer = plan_of(treatment(irradiation("free", "2026-05-04", **(free | {"fractions": 6}))))
    # Monday 4 to Friday 8 May, and the sixth on Monday 11 May.
    assert said(plan_difference(older, newer)) == [
        ("number_changed", "bone", 1, 5, 6),
        ("added", "bone", 6, None, date(2026, 5, 11)),
    ]


def with_creatinine(amount: str) -> Plan:
    values = [one for one in healthy_values(TODAY) if one["kind"] != "creatinine"]
    measured = values if not amount else [*values, value("creatinine", amount, "mg/dL", TODAY)]
    return plan_of(treatment(course("zoledronic-acid"), days=20, measurements=measured))


def test_a_dose_that_follows_the_kidneys_is_a_changed_dose() -> None:
    # (140 - 65) x 68 x 0.85 / (72 x 1.2) = 4335 / 86.4 = 50.17 mL/min: the band 50 to 60, 3.5 mg instead of 4 mg.
    changes = plan_difference(with_creatinine("0.85"), with_creatinine("1.2"))
    assert said(changes) == [("dose_changed", "zoledronic-acid", 1, "4 mg", "3.5 mg")]


def test_a_dose_without_its_value_is_withheld_and_with_it_released() -> None:
    known, unknown = with_creatinine("0.85"), with_creatinine("")
    assert said(plan_difference(known, unknown)) == [("withheld", "zoledronic-acid", 1, "4 mg", None)]
    assert said(plan_difference(unknown, known)) == [("released", "zoledronic-acid", 1, None, "4 mg")]


def test_the_same_dose_in_other_pieces_is_told_apart() -> None:
    plan = plan_of(treatment(PALBOCICLIB, days=27))
    (period,) = plan.intakes
    assert period.dose is not None
    pieces = (Give(count=Decimal(5), form="tablet", strength=Decimal(25), unit="mg"),)
    other = replace(plan, intakes=(replace(period, dose=replace(period.dose, give=pieces)),))
    assert [one.kind for one in plan_difference(plan, other)] == ["tablets_changed"]


def test_a_stretch_of_tablets_that_is_held_and_given_again() -> None:
    plan = plan_of(treatment(PALBOCICLIB, days=27))
    (period,) = plan.intakes
    held = replace(plan, intakes=(replace(period, status="held", dose=None, units=None),))
    assert [one.kind for one in plan_difference(plan, held)] == ["held"]
    assert [one.kind for one in plan_difference(held, plan)] == ["restored"]


def test_another_dose_of_a_fraction_and_another_route() -> None:
    plan = plan_of(treatment(PALBOCICLIB, irradiation("1x8", "2026-03-30"), days=29))
    (fraction,) = plan.fractions
    other = replace(
        plan,
        fractions=(replace(fraction, dose=Quantity(Decimal(6), "Gy")),),
        administrations=tuple(replace(one, route="SC") for one in plan.administrations),
    )
    found = said(plan_difference(plan, other))
    assert ("dose_changed", "bone", 1, Quantity(Decimal(8), "Gy"), Quantity(Decimal(6), "Gy")) in found
    assert ("route_changed", "fulvestrant", 1, "IM", "SC") in found


def test_another_name_on_the_sheet_is_a_difference() -> None:
    file: dict[str, Any] = treatment(PALBOCICLIB)
    other = file | {"patient": file["patient"] | {"number": "0012346"}}
    assert [one.kind for one in plan_difference(plan_of(file), plan_of(other))] == ["patient_changed"]


def test_a_course_that_came_is_added_day_by_day() -> None:
    older, newer = treatment(PALBOCICLIB), treatment(PALBOCICLIB, irradiation("1x8", "2026-03-30"))
    assert said(plan_difference(plan_of(older), plan_of(newer))) == [("added", "bone", 1, None, march(30))]
    assert said(plan_difference(plan_of(newer), plan_of(older))) == [("removed", "bone", 1, march(30), None)]


def test_changes_stand_by_day_whatever_the_order_of_the_courses() -> None:
    one, other = PALBOCICLIB, course("zoledronic-acid", id="c2")
    delay = event("delay", TODAY, days=7, scope="rest_of_treatment", reason="organisation")
    second = event("delay", TODAY, id="e2", course="c2", days=7, scope="rest_of_treatment", reason="organisation")
    changes = happened(delay, second, courses=(one, other))
    assert changes == happened(delay, second, courses=(other, one))
    assert [item.on for item in changes] == sorted(item.on for item in changes)


@given(file=treatments(), other=treatments())
@settings(max_examples=40, deadline=None)
def test_two_sheets_with_different_codes_differ_in_something_that_is_said(file: File, other: File) -> None:
    older, newer = plan_of(file), plan_of(other)
    same_data = {item.id: _data(item) for item in older.request.courses} == {
        item.id: _data(item) for item in newer.request.courses
    }
    changes = plan_difference(older, newer)
    if older.fingerprint != newer.fingerprint and same_data:
        assert changes
    assert {one.kind for one in changes} <= set(get_args(ChangeKind))


def _data(item: object) -> str:
    return getattr(item, "regimen", "") or getattr(item, "scheme", "")
