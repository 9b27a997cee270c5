"""Which doses are released, provisional or withheld: the age of values, missing facts, open decisions, the drugs' own gates.

Today is Monday 2 March 2026. Counted back: 7 days is 23/02, 8 is 22/02, 28 is 02/02, 29 is 01/02, 90 is 02/12/2025, 91 is
01/12/2025, 180 is 03/09/2025, 181 is 02/09/2025."""

from __future__ import annotations

import pytest

from mbc_desktop.regimen.decision import Answer
from mbc_desktop.regimen.site import LabRange, Site
from tests.planning.endocrine_vectors import with_values
from tests.planning.treatments import (
    TODAY,
    File,
    amount,
    codes,
    course,
    event,
    given,
    healthy_values,
    later,
    plan_of,
    taken,
    treatment,
    value,
)

CALCIUM = {"calcium-low", "calcium-high", "calcium-missing", "calcium-too-old", "calcium-range-missing"}
CONFIRMED = {"confirmed": {"reason": "no new sample possible", "by": "NV"}}


def zoledronic(*values: File, start: str = TODAY, **more: object) -> File:
    """Zoledronic acid, with these values in place of the healthy ones."""
    return with_values(treatment(course("zoledronic-acid", start, **more), days=60), *values)


def statuses(file: File, drug: str = "zoledronic-acid") -> list[str]:
    return [item.status for item in given(plan_of(file), drug)]


def creatinine(on: str, **more: object) -> File:
    return value("creatinine", "0.85", "mg/dL", on, **more)


def weight(on: str, **more: object) -> File:
    return value("weight", "68", "kg", on, **more)


@pytest.mark.parametrize(
    ("measured", "status"),
    [
        (creatinine("2026-02-23"), "planned"),
        (creatinine("2026-02-22"), "withheld"),
        (creatinine("2026-02-22", **CONFIRMED), "planned"),
        (creatinine("2025-12-02", **CONFIRMED), "planned"),
        (creatinine("2025-12-01", **CONFIRMED), "withheld"),
        (weight("2026-02-02"), "planned"),
        (weight("2026-02-01"), "withheld"),
        (weight("2026-02-01", **CONFIRMED), "planned"),
        (weight("2025-09-03", **CONFIRMED), "planned"),
        (weight("2025-09-02", **CONFIRMED), "withheld"),
    ],
    ids=lambda item: (
        f"{item['kind']}-{item['on']}-{'confirmed' if 'confirmed' in item else 'plain'}" if isinstance(item, dict) else item
    ),
)
def test_a_value_that_is_too_old_withholds_what_is_due(measured: File, status: str) -> None:
    plan = plan_of(zoledronic(measured))
    first = given(plan, "zoledronic-acid")[0]
    assert first.status == status
    assert (first.dose is None) == (status == "withheld")
    assert ("value-too-old" in codes(plan, "stop")) == (status == "withheld")


def test_the_finding_names_value_day_age_and_limit() -> None:
    plan = plan_of(zoledronic(creatinine("2026-02-22")))
    values = next(dict(item.values) for item in plan.findings if item.code == "value-too-old")
    assert values == {"kind": "creatinine", "on": "2026-02-22", "age": "8", "limit": "7"}


@pytest.mark.parametrize(("start", "status"), [("2026-03-09", "withheld"), ("2026-03-10", "provisional")])
def test_only_what_is_due_within_seven_days_is_withheld(start: str, status: str) -> None:
    plan = plan_of(zoledronic(creatinine("2026-01-01"), start=start))
    first = given(plan, "zoledronic-acid")[0]
    assert first.status == status
    assert amount(first) == (None if status == "withheld" else "4 mg")
    assert ("value-too-old" in codes(plan)) == (status == "withheld")


def test_later_doses_are_provisional_from_the_latest_value_without_a_finding() -> None:
    plan = plan_of(zoledronic())
    assert [item.status for item in given(plan, "zoledronic-acid")] == ["planned", "provisional", "provisional"]
    assert not codes(plan, "stop", "caution", "advice")
    second = given(plan, "zoledronic-acid")[1]
    assert second.dose is not None
    assert second.dose.values_on is not None
    assert second.dose.values_on.isoformat() == TODAY


def test_a_dose_without_measured_values_is_planned_at_any_distance() -> None:
    plan = plan_of(treatment(course("denosumab"), days=200))
    assert {item.status for item in given(plan, "denosumab")} == {"planned"}


@pytest.mark.parametrize("lacking", ["weight", "creatinine"])
def test_a_missing_fact_removes_every_dose_and_is_named(lacking: str) -> None:
    file = treatment(course("zoledronic-acid"), days=60)
    file["measurements"] = [item for item in file["measurements"] if item["kind"] != lacking]
    plan = plan_of(file)
    assert {item.status for item in given(plan, "zoledronic-acid")} == {"withheld"}
    assert [dict(item.values)["facts"] for item in plan.findings if item.code == "missing-fact"] == [lacking]


def test_a_surface_dose_needs_weight_and_height() -> None:
    for lacking in ("weight", "height"):
        file = treatment(course("docetaxel-trastuzumab-pertuzumab"), days=10)
        file["measurements"] = [item for item in file["measurements"] if item["kind"] != lacking]
        plan = plan_of(file)
        assert given(plan, "docetaxel")[0].dose is None
        named = {dict(item.values)["facts"] for item in plan.findings if item.code == "missing-fact" and item.drug == "docetaxel"}
        assert named == {lacking}
        # Trastuzumab goes by weight alone, pertuzumab by neither.
        assert (given(plan, "trastuzumab")[0].dose is None) == (lacking == "weight")
        assert given(plan, "pertuzumab")[0].dose is not None


def test_unknown_menopausal_status_stops_an_aromatase_inhibitor() -> None:
    plan = plan_of(treatment(course("letrozole"), facts={}))
    assert taken(plan, "letrozole")[0].dose is None
    assert [dict(item.values)["facts"] for item in plan.findings if item.code == "missing-fact"] == ["menopausal_status"]


def test_an_open_decision_about_the_dose_withholds_the_dose_but_not_the_dates() -> None:
    plan = plan_of(with_values(treatment(course("denosumab"), days=60), value("creatinine", "3.00", "mg/dL", TODAY)))
    # (140 - 65) x 68 x 0.85 / (72 x 3.00) = 20.07: below 30, so the site or the prescriber has to decide.
    assert given(plan, "denosumab")[0].status == "withheld"
    assert [dict(item.values)["decision"] for item in plan.findings if item.code == "decision-missing"] == ["bone_severe_renal"]


@pytest.mark.parametrize(("answer", "status"), [("do_not_give", "withheld"), ("give_after_confirmation", "planned")])
def test_the_answer_to_the_decision_is_obeyed(answer: str, status: str) -> None:
    line = course("denosumab", choices={"bone_severe_renal": answer})
    plan = plan_of(with_values(treatment(line, days=10), value("creatinine", "3.00", "mg/dL", TODAY)))
    assert given(plan, "denosumab")[0].status == status
    assert [(item.given_by, item.value) for item in plan.choices if item.key == "bone_severe_renal"] == [("course", answer)]


def test_not_recommended_is_a_stop_and_no_dose() -> None:
    plan = plan_of(zoledronic(value("creatinine", "2.50", "mg/dL", TODAY)))
    # 75 x 68 x 0.85 / (72 x 2.50) = 24.08
    assert {item.dose for item in given(plan, "zoledronic-acid")} == {None}
    assert "not-recommended" in codes(plan, "stop")


def test_creatinine_that_rose_holds_what_is_due_only() -> None:
    rising = [creatinine("2026-01-05"), value("creatinine", "1.35", "mg/dL", TODAY)]
    plan = plan_of(zoledronic(*rising, start="2026-01-05"))
    # 05/01, 02/02 are past, 02/03 is due today: held; 30/03 and 27/04 are provisional.
    assert [item.status for item in given(plan, "zoledronic-acid")] == [
        "planned",
        "planned",
        "withheld",
        "provisional",
        "provisional",
    ]
    found = next(dict(item.values) for item in plan.findings if item.code == "creatinine-risen")
    assert (found["baseline"], found["now"], found["limit"], found["resume_at"]) == ("0.85", "1.35", "0.5", "0.935")


def test_of_two_values_of_one_day_the_last_entered_counts() -> None:
    slip = [value("creatinine", "8.5", "mg/dL", "2026-01-05"), creatinine("2026-01-05"), creatinine(TODAY)]
    plan = plan_of(zoledronic(*slip, start="2026-01-05"))
    assert "creatinine-risen" not in codes(plan)
    assert given(plan, "zoledronic-acid")[2].status == "planned"


def test_a_baseline_is_normal_or_raised_in_its_own_unit() -> None:
    # 124 umol/L is normal and 1.4027 mg/dL would be raised: in mg/dL the smaller rise holds, from 1.4027 + 0.5 = 1.9027 on.
    def held(now: str) -> bool:
        values = [value("creatinine", "124", "umol/L", "2026-01-05"), value("creatinine", now, "mg/dL", TODAY)]
        return "creatinine-risen" in codes(plan_of(zoledronic(*values, start="2026-01-05")))

    assert not held("1.90")
    assert held("1.91")


def test_bands_are_read_again_downward_and_never_upward() -> None:
    # 75 x 68 x 0.85 / (72 x Scr): 0.85 -> 70.8 (4 mg), 1.10 -> 54.7 (3.5 mg), 1.30 -> 46.3 (3.3 mg). All rises stay under 0.5.
    def doses(*values: str, choice: str = "each_dose") -> list[str | None]:
        days = ["2025-12-08", "2026-01-05", "2026-02-02", TODAY]
        measured = [value("creatinine", text, "mg/dL", day) for text, day in zip(values, days, strict=True)]
        measured.append(weight("2025-12-08"))
        file = treatment(course("zoledronic-acid", "2025-12-08", choices={"zoledronic_rebanding": choice}), days=10)
        return [amount(item) for item in given(plan_of(file | {"measurements": [*measured, weight(TODAY)]}), "zoledronic-acid")]

    assert doses("0.85", "1.10", "1.30", "1.30") == ["4 mg", "3.5 mg", "3.3 mg", "3.3 mg"]
    assert doses("0.85", "1.30", "1.10", "0.85") == ["4 mg", "3.3 mg", "3.3 mg", "3.3 mg"]
    assert doses("1.10", "1.30", "0.85", "1.10", choice="baseline") == ["3.5 mg"] * 4


def test_resuming_after_a_rise_gives_the_dose_of_before() -> None:
    # 0.85 -> 4 mg; 1.36 is a rise of 0.51: held (its clearance of 44.2 would be 3.3 mg); 0.90 is within 10 per cent: 4 mg again.
    values = [
        creatinine("2026-01-05"),
        value("creatinine", "1.36", "mg/dL", "2026-02-02"),
        value("creatinine", "0.90", "mg/dL", TODAY),
    ]
    file = zoledronic(*values, weight("2026-01-05"), weight(TODAY), start="2026-01-05")
    assert amount(given(plan_of(file), "zoledronic-acid")[2]) == "4 mg"


@pytest.mark.parametrize(
    ("calcium", "albumin", "code", "status"),
    [
        # Corrected = measured + 0.02 x (40 - albumin).
        ("2.15", "40", None, "planned"),
        ("2.14", "40", "calcium-low", "withheld"),
        ("1.95", "30", None, "planned"),
        ("2.25", "46", "calcium-low", "withheld"),
        ("2.99", "40", None, "planned"),
        ("3.00", "40", "calcium-high", "planned"),
        ("2.80", "30", "calcium-high", "planned"),
    ],
)
def test_calcium_gate(calcium: str, albumin: str, code: str | None, status: str) -> None:
    values = [value("calcium", calcium, "mmol/L", TODAY, low="2.15"), value("albumin", albumin, "g/L", TODAY)]
    plan = plan_of(zoledronic(*values))
    assert given(plan, "zoledronic-acid")[0].status == status
    assert codes(plan) & CALCIUM == ({code} if code else set())


def test_an_old_albumin_does_not_correct_the_calcium_of_today() -> None:
    values = [value("calcium", "2.05", "mmol/L", TODAY, low="2.15"), value("albumin", "30", "g/L", "2026-01-05")]
    plan = plan_of(zoledronic(*values))
    # With that albumin it would be 2.25; without it 2.05 is under 2.15.
    assert "calcium-low" in codes(plan, "stop")


def test_high_calcium_is_asked_about_without_a_lower_limit_too() -> None:
    plan = plan_of(zoledronic(value("calcium", "3.10", "mmol/L", TODAY)))
    assert "calcium-high" in codes(plan, "caution")


def test_unknown_or_old_calcium_is_a_caution() -> None:
    file = zoledronic()
    file["measurements"] = [item for item in file["measurements"] if item["kind"] != "calcium"]
    assert "calcium-missing" in codes(plan_of(file), "caution")
    old = zoledronic(value("calcium", "2.30", "mmol/L", "2026-02-22", low="2.15"))
    assert "calcium-too-old" in codes(plan_of(old), "caution")
    assert statuses(old)[0] == "planned"


@pytest.mark.parametrize(
    ("more", "asked"),
    [({}, True), ({"last_given": "2026-02-02"}, False), ({"cycle": 5}, False), ({"cycle": 1}, True)],
    ids=["new", "last-given", "cycle-5", "cycle-1"],
)
def test_the_dental_check_belongs_before_the_first_dose_of_all(more: dict[str, object], asked: bool) -> None:
    plan = plan_of(treatment(course("zoledronic-acid", **more), facts={}, days=10))
    assert ("dental-check-missing" in codes(plan, "caution")) == asked


def test_tablets_being_taken_are_not_held_back_by_the_age_of_a_value() -> None:
    old = treatment(course("clodronate", later(TODAY, -30)), days=30, measurements=healthy_values("2026-01-05"))
    assert taken(plan_of(old), "clodronate")[0].status == "planned"
    due_now = treatment(course("clodronate", TODAY), days=30, measurements=healthy_values("2026-01-05"))
    assert taken(plan_of(due_now), "clodronate")[0].status == "withheld"


def test_an_unusual_value_is_asked_about_until_somebody_confirms_it() -> None:
    assert "value-unusual" in codes(plan_of(zoledronic(value("weight", "131", "kg", TODAY))), "caution")
    assert "value-unusual" not in codes(plan_of(zoledronic(value("weight", "131", "kg", TODAY, **CONFIRMED))))


def test_a_past_dose_is_planned_whatever_has_become_of_its_values() -> None:
    file = zoledronic(creatinine("2025-06-01"), weight("2025-06-01"), start="2026-01-05")
    assert statuses(file)[:3] == ["planned", "planned", "withheld"]


def test_what_was_given_is_never_withheld() -> None:
    done = event("given", TODAY, drug="zoledronic-acid", number=1, given_on=TODAY, amount="4", unit="mg")
    plan = plan_of(zoledronic(creatinine("2025-06-01")) | {"events": [done]})
    first = given(plan, "zoledronic-acid")[0]
    assert (first.status, amount(first)) == ("given", "4 mg")
    assert "value-too-old" not in codes(plan)


def test_a_hospital_accepts_an_unconfirmed_number_by_name() -> None:
    file = treatment(course("ibandronic-acid-iv"), days=10)
    assert "unconfirmed-number" in codes(plan_of(file))
    accepting = Site(accepted_unconfirmed=("ibandronic-acid-iv/renal",))
    assert "unconfirmed-number" not in codes(plan_of(file, accepting))
    assert given(plan_of(file, accepting), "ibandronic-acid-iv")[0].dose == given(plan_of(file), "ibandronic-acid-iv")[0].dose


@pytest.mark.parametrize(
    ("kilograms", "dose"),
    [
        ("70", "560 mg"),  # the weight of reference itself: 8 x 70
        ("63.1", "560 mg"),  # 9.86 per cent less: still on 70 kg
        ("63", "504 mg"),  # 10 per cent less: 8 x 63
        ("76.9", "560 mg"),
        ("77", "616 mg"),  # 10 per cent more: 8 x 77
    ],
)
def test_a_reference_weight_is_kept_while_the_weight_stays_near_it(kilograms: str, dose: str) -> None:
    line = course("docetaxel-trastuzumab-pertuzumab", reference_weight="70")
    plan = plan_of(with_values(treatment(line, days=5), value("weight", kilograms, "kg", TODAY)))
    assert amount(given(plan, "trastuzumab")[0]) == dose


def test_the_site_caps_the_surface_and_chooses_the_weight_of_obesity() -> None:
    # 120 kg and 165 cm: 44.1 kg/m2. Ideal (Devine): 45.5 + 2.3 x (165 / 2.54 - 60) = 56.91 kg;
    # adjusted 56.91 + 0.4 x 63.09 = 82.15 kg.
    heavy = with_values(
        treatment(course("docetaxel-trastuzumab-pertuzumab"), days=5),
        value("weight", "120", "kg", TODAY),
    )

    def doses(**answers: str) -> tuple[str | None, str | None]:
        site = Site(answers=tuple(Answer(key=key, value=text, by="NV", on=TODAY) for key, text in answers.items()))
        plan = plan_of(heavy, site)
        return amount(given(plan, "docetaxel")[0]), amount(given(plan, "trastuzumab")[0])

    # Root of 120 x 165 / 3600 = 2.3452 m2; x 75 = 175.9: 176 mg by 2. 8 x 120 = 960.
    assert doses() == ("176 mg", "960 mg")
    # 2.0 m2 x 75 = 150.
    assert doses(bsa_cap="2.0") == ("150 mg", "960 mg")
    # Root of 82.15 x 165 / 3600 = 1.9404; x 75 = 145.5: 146 mg. 8 x 82.146 = 657.2: 657 mg.
    assert doses(weight_basis="adjusted") == ("146 mg", "657 mg")
    # (120 + 56.91) / 2 = 88.455; root of 88.455 x 165 / 3600 = 2.01350; x 75 = 151.01: over half a step, 152 mg.
    assert doses(weight_basis="midpoint") == ("152 mg", "708 mg")


def test_the_hospital_gives_the_range_where_the_result_has_none() -> None:
    file = zoledronic(value("calcium", "2.10", "mmol/L", TODAY))
    assert "calcium-range-missing" in codes(plan_of(file), "caution")
    other = (
        LabRange(kind="albumin", unit="g/L", low="35", high="52"),
        LabRange(kind="calcium", unit="mg/dL", low="8.6", high="10.2"),
    )
    assert "calcium-range-missing" in codes(plan_of(file, Site(ranges=other)), "caution")
    own = (*other, LabRange(kind="calcium", unit="mmol/L", low="2.15", high="2.55"))
    assert "calcium-low" in codes(plan_of(file, Site(ranges=own)), "stop")
    # The range on the result goes before the hospital's.
    told = zoledronic(value("calcium", "2.10", "mmol/L", TODAY, low="2.05"))
    assert "calcium-low" not in codes(plan_of(told, Site(ranges=own)))
