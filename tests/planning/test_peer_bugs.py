"""Faults that other programs shipped, each as a test that ours does not have it; numbered as in the list of the references."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from mbc_desktop.planning.answers.plan_json import plan_json
from mbc_desktop.planning.files.treatment_error import TreatmentError
from tests.planning.endocrine_vectors import with_clearance, with_values
from tests.planning.treatments import (
    TODAY,
    amount,
    codes,
    course,
    dates,
    event,
    given,
    irradiation,
    nominal,
    plan_of,
    taken,
    texts,
    treatment,
    value,
)


@pytest.mark.parametrize("text", ["1.160,5", "1,16", "70 ", "1e2"])
def test_r1_r2_a_number_is_never_cleaned_into_another(text: str) -> None:
    with pytest.raises(TreatmentError):
        plan_of(with_values(treatment(course("zoledronic-acid")), value("weight", text, "kg", TODAY)))


def test_r3_a_slipped_decimal_mark_is_refused() -> None:
    for kind, text, unit in (
        ("weight", "7.5", "kg"),
        ("weight", "750", "kg"),
        ("creatinine", "88", "mg/dL"),
        ("height", "1.65", "cm"),
    ):
        with pytest.raises(TreatmentError):
            plan_of(with_values(treatment(course("zoledronic-acid")), value(kind, text, unit, TODAY)))


def test_r4_a_missing_creatinine_is_never_one() -> None:
    file = treatment(course("zoledronic-acid"), days=10)
    file["measurements"] = [item for item in file["measurements"] if item["kind"] != "creatinine"]
    plan = plan_of(file)
    assert given(plan, "zoledronic-acid")[0].dose is None
    assert "missing-fact" in codes(plan, "stop")


def test_r5_months_are_counted_from_the_anchor() -> None:
    plan = plan_of(
        treatment(course("fulvestrant", "2026-01-31", choices={"maintenance_interval": "1 month"}), today="2026-01-31", days=130)
    )
    assert nominal(plan, "fulvestrant") == ["2026-01-31", "2026-02-14", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]


@pytest.mark.parametrize(("scheme", "span"), [("5x4", 5), ("10x3", 12), ("13x3", 17)])
def test_r6_weekdays_are_counted_right(scheme: str, span: int) -> None:
    # From Monday 7 September 2026; no holiday.
    fractions = plan_of(treatment(irradiation(scheme, "2026-09-07"))).fractions
    assert (fractions[-1].date - fractions[0].date).days + 1 == span


def test_r12_body_surface_is_not_rounded_first() -> None:
    # 68 kg x 165 cm / 3600 = 3.11667, root 1.765408... m2; 75 x 1.765408 = 132.4056 mg, not 75 x 1.77 = 132.75.
    docetaxel = given(plan_of(treatment(course("docetaxel-trastuzumab-pertuzumab"), days=5)), "docetaxel")[0]
    assert docetaxel.dose is not None
    assert f"{docetaxel.dose.exact:.4f}" == "132.4056"
    assert amount(docetaxel) == "132 mg"


@pytest.mark.parametrize(
    ("clearance", "dose"), [("29.9", None), ("29.5", None), ("30", "3 mg"), ("49.5", "3.3 mg"), ("59.99", "3.5 mg")]
)
def test_r13_r14_no_value_falls_between_two_rows_and_none_is_rounded_up(clearance: str, dose: str | None) -> None:
    plan = plan_of(with_clearance(treatment(course("zoledronic-acid"), days=5), clearance))
    assert amount(given(plan, "zoledronic-acid")[0]) == dose


def test_r15_a_reduction_of_one_drug_leaves_the_others() -> None:
    lowered = event("dose_level", TODAY, drug="docetaxel", number=1, level="-1", scope="rest_of_treatment")
    file = treatment(course("docetaxel-trastuzumab-pertuzumab"), days=30)
    before, after = plan_of(file), plan_of(file | {"events": [lowered]})
    for drug in ("trastuzumab", "pertuzumab"):
        assert [amount(item) for item in given(before, drug)] == [amount(item) for item in given(after, drug)]
    assert [amount(item) for item in given(before, "docetaxel")] != [amount(item) for item in given(after, "docetaxel")]


def test_r16_a_dose_of_zero_is_refused() -> None:
    with pytest.raises(TreatmentError):
        plan_of(treatment(course("fulvestrant"), events=[event("dose", TODAY, drug="fulvestrant", amount="0", unit="mg")]))


def test_r18_ribociclib_is_three_tablets_for_21_days() -> None:
    (period,) = taken(plan_of(treatment(course("ribociclib-letrozole", cycles=1), days=27)), "ribociclib")
    assert period.dose is not None
    assert (period.dose.give[0].count, period.units) == (3, 63)
    assert period.rest == (date(2026, 3, 23), date(2026, 3, 29))


def test_r19_a_start_in_the_future_throws_no_doses_back() -> None:
    plan = plan_of(treatment(course("palbociclib-fulvestrant", "2026-06-01"), days=120))
    assert min(dates(plan, "fulvestrant")) == "2026-06-01"
    assert min(texts(item.first for item in plan.intakes)) == "2026-06-01"


def test_r20_r33_what_was_given_stays_when_the_plan_changes() -> None:
    done = event("given", TODAY, "e1", drug="fulvestrant", number=1, given_on=TODAY)
    moved = event("delay", TODAY, "e2", drug="fulvestrant", number=2, days=7, scope="rest_of_treatment")
    plan = plan_of(treatment(course("fulvestrant"), days=60, events=[done, moved]))
    first = given(plan, "fulvestrant")[0]
    assert (first.status, first.date) == ("given", date(2026, 3, 2))


def test_r21_r32_the_evening_before_and_the_day_itself_both_appear() -> None:
    # Dexamethasone on day 0, 1 and 2, twice a day, 8 mg.
    plan = plan_of(treatment(course("docetaxel-trastuzumab-pertuzumab", "2026-03-09"), days=20))
    (period,) = taken(plan, "dexamethasone")
    assert (period.first, period.last) == (date(2026, 3, 8), date(2026, 3, 10))
    assert period.dose is not None
    assert period.dose.times == 2


def test_r22_four_weeks_are_28_days_in_the_plan_too() -> None:
    plan = plan_of(treatment(course("denosumab"), days=120))
    days = [date.fromisoformat(text) for text in nominal(plan, "denosumab")]
    assert {(after - before).days for before, after in pairwise(days)} == {28}


def test_r23_fulvestrant_goes_on_after_its_loading_doses() -> None:
    plan = plan_of(treatment(course("fulvestrant"), days=120))
    assert nominal(plan, "fulvestrant") == ["2026-03-02", "2026-03-16", "2026-03-30", "2026-04-27", "2026-05-25", "2026-06-22"]


def test_r24_days_stand_in_their_order() -> None:
    plan = plan_json(plan_of(treatment(course("palbociclib-fulvestrant"), course("zoledronic-acid", id="c2"), days=200)))
    days = [item["date"] for item in plan["administrations"]]  # type: ignore[attr-defined]
    assert days == sorted(days)


def test_r27_age_is_counted_in_whole_years() -> None:
    # Born 31/12/1961, sampled 01/01/2026: 64 years and a day less than 65.
    file = treatment(course("zoledronic-acid", "2026-01-01"), today="2026-01-01", days=5)
    file["patient"]["birth_date"] = "1961-12-31"
    clearance = next(item for item in plan_of(file).derived if item.id == "crcl_cockcroft_gault")
    assert dict(clearance.inputs)["age_years"] == "64"


def test_r28_another_weight_changes_doses_and_nothing_else() -> None:
    file = treatment(course("docetaxel-trastuzumab-pertuzumab"), course("fulvestrant", id="c2"), days=60)
    before, after = plan_of(file), plan_of(with_values(file, value("weight", "80", "kg", TODAY)))
    assert [(item.id, item.date) for item in before.administrations] == [(item.id, item.date) for item in after.administrations]
    assert [amount(item) for item in given(before, "fulvestrant")] == [amount(item) for item in given(after, "fulvestrant")]
    assert amount(given(before, "trastuzumab")[0]) != amount(given(after, "trastuzumab")[0])


def test_r30_a_dose_that_no_tablet_makes_is_not_given() -> None:
    typed = event("dose", TODAY, drug="palbociclib", number=1, amount="110", unit="mg")
    plan = plan_of(treatment(course("palbociclib-letrozole"), days=20, events=[typed]))
    assert taken(plan, "palbociclib")[0].dose is None
    assert "not-dispensable" in codes(plan, "stop")


def test_r34_another_plan_has_another_code() -> None:
    file = treatment(course("fulvestrant"), days=60)
    moved = event("move", TODAY, drug="fulvestrant", number=3, to="2026-03-31")
    assert plan_of(file).code != plan_of(file | {"events": [moved]}).code
