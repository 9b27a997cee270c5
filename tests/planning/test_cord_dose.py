"""Doses of the spinal cord added up, by hand and against the reference's vectors. BED2 = n d (1 + d / 2),
EQD2 = n d (d + 2) / 4."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from mbc_desktop.core.folders import find_schedules
from mbc_desktop.planning.files.treatment_error import TreatmentError
from mbc_desktop.planning.radiotherapy.cord_dose import CordCourse, cord_sum, levels_of
from tests.planning.treatments import codes, course, irradiation, plan_of, treatment

VECTORS = find_schedules().parent.parent / "shared" / "vectors" / "radiotherapy_calendar.json"


def on_cord(fractions: int, dose: str, until: str | None = None) -> CordCourse:
    day = None if until is None else date.fromisoformat(until)
    return CordCourse(fractions=fractions, dose_gy=Decimal(dose), levels=None, until=day)


@pytest.mark.parametrize(
    ("earlier", "new", "bed", "eqd2", "low"),
    [
        # 5 x 4: 20 x 3 = 60 and 20 x 6 / 4 = 30; twice that.
        ((5, "4"), (5, "4"), "120", "60", True),
        # 10 x 3: 30 x 2.5 = 75; 75 + 60 = 135, just under 135.5.
        ((10, "3"), (5, "4"), "135", "67.5", True),
        # 13 x 3: 39 x 2.5 = 97.5, under 98; 1 x 8: 8 x 5 = 40; 137.5 is above.
        ((13, "3"), (1, "8"), "137.5", "68.75", False),
        # 8 x 4: 32 x 3 = 96; 96 + 40 = 136, just above 135.5.
        ((8, "4"), (1, "8"), "136", "68", False),
    ],
)  # fmt: skip
def test_sums_and_the_low_risk_envelope(earlier: tuple[int, str], new: tuple[int, str], bed: str, eqd2: str, low: bool) -> None:
    made = cord_sum((on_cord(*earlier, "2025-08-02"),), on_cord(*new), start=date(2026, 3, 2))
    assert (made.bed, made.eqd2, made.months, made.low_risk) == (Decimal(bed), Decimal(eqd2), 7, low)


@pytest.mark.parametrize(("until", "months", "low"), [("2025-09-03", 5, False), ("2025-09-02", 6, True), ("2025-09-01", 6, True)])
def test_low_risk_needs_six_whole_months(until: str, months: int, low: bool) -> None:
    made = cord_sum((on_cord(5, "4", until),), on_cord(5, "4"), start=date(2026, 3, 2))
    assert (made.months, made.low_risk) == (months, low)


@pytest.mark.parametrize(
    ("until", "left"),
    [
        ("2025-10-02", "0"),
        ("2025-09-02", "12.5"),
        ("2025-03-03", "12.5"),
        ("2025-03-02", "25"),
        ("2024-09-02", "25"),
        (None, "0"),
    ],
)
def test_recovery_is_a_quarter_after_6_months_and_half_after_12(until: str | None, left: str) -> None:
    """An earlier 50 Gy (25 x 2) of a tolerance of 50: 0, then 50 - 37.5, then 50 - 25."""
    made = cord_sum((on_cord(25, "2", until),), on_cord(1, "8"), start=date(2026, 3, 2))
    assert made.remaining_eqd2 == Decimal(left)


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("T7-T9", {"T7", "T8", "T9"}), ("D12-L2", {"T12", "L1", "L2"}), ("C3, C4", {"C3", "C4"}), ("l5", {"L5"}),
        ("", None), ("thoracaal", None), ("T9-T7", None), ("T13", None),
    ],
)  # fmt: skip
def test_levels_are_a_set_of_vertebrae(text: str, levels: set[str] | None) -> None:
    assert levels_of(text) == (None if levels is None else frozenset(levels))


def spine(level: str = "T8", scheme: str = "5x4") -> dict[str, object]:
    return irradiation(scheme, region="spine", level=level)


def before(scheme: str = "10x3", level: str = "T7-T9", **more: str) -> dict[str, str]:
    return {"radiotherapy": scheme, "region": "spine", "level": level, **more}


def test_a_course_on_the_same_vertebra_is_added_up() -> None:
    """10 x 3 a year before: 75 + 60 = 135 BED, 37.5 + 30 = 67.5 EQD2; of 50 Gy 50 - 18.75 = 31.25 is left, more than 30."""
    plan = plan_of(treatment(spine(), history=[before(until="2025-03-01")]))
    found = {item.code: dict(item.values) for item in plan.findings if item.code.startswith("cord")}
    assert set(found) == {"cord-sum-low-risk"}
    values = found["cord-sum-low-risk"]
    assert (values["bed"], values["eqd2"], values["months"], values["remaining"]) == ("135", "67.5", "12", "31.25")
    assert [item.value for item in plan.derived if item.id == "cord_bed_sum"] == ["135"]


def test_too_soon_is_a_caution_and_names_what_is_left() -> None:
    plan = plan_of(treatment(spine(), history=[before(until="2025-12-01")]))
    assert {"cord-sum-above-low-risk", "cord-recovery-exceeded"} <= codes(plan, "caution")


def test_an_earlier_course_without_its_last_day_is_asked_about() -> None:
    assert "cord-sum-without-date" in codes(plan_of(treatment(spine(), history=[before()])), "caution")


def test_another_vertebra_is_not_added_and_an_unknown_one_is() -> None:
    apart = plan_of(treatment(spine("L4"), history=[before(until="2025-03-01")]))
    assert not {code for code in codes(apart, "info", "caution") if code.startswith("cord-sum")}
    unknown = plan_of(treatment(spine(""), history=[before(until="2025-03-01")]))
    assert "cord-sum-low-risk" in codes(unknown, "info")


def test_courses_of_the_plan_itself_are_added_too() -> None:
    second = irradiation("5x4", start="2026-04-06", id="r2", region="spine", level="T8")
    assert "cord-sum-above-low-risk" in codes(plan_of(treatment(spine(), second)), "caution")


def test_a_stereotactic_dose_never_goes_to_the_whole_cord() -> None:
    """3 x 9: 27 x 11 / 4 = 74.25 Gy EQD2; 8 x 4 is 48 and stays under 50."""
    (found,) = [item for item in plan_of(treatment(spine(scheme="3x9"))).findings if item.code == "cord-needs-stereotactic-plan"]
    assert (found.severity, dict(found.values)["eqd2"]) == ("advice", "74.25")
    assert "cord-needs-stereotactic-plan" not in codes(plan_of(treatment(spine(scheme="8x4"))), "advice")


def test_another_region_asks_nothing() -> None:
    plan = plan_of(treatment(course("letrozole"), irradiation("5x4"), history=[before(until="2025-12-01")]))
    assert not {code for code in codes(plan, "info", "caution", "advice") if code.startswith("cord")}


def spine_sbrt(dmax: str, scheme: str = "3x9", **more: object) -> dict[str, object]:
    return irradiation(scheme, region="spine", level="T8", choices={"cord_dmax_gy": dmax}, **more)


@pytest.mark.parametrize(
    ("scheme", "dmax", "eqd2", "code"),
    [
        # 1 of 12.4: 12.4 x 14.4 / 4 = 44.64; 3 of 20.3 / 3: 20.3 x 8.7667 / 4 = 44.49; 5 of 5.06: 25.3 x 7.06 / 4 = 44.65.
        ("1x8", "12.4", "44.64", "cord-dmax-within-limit"),
        ("1x8", "12.5", "45.31", "cord-dmax-above-limit"),
        ("3x9", "20.3", "44.49", "cord-dmax-within-limit"),
        ("3x9", "20.4", "44.88", "cord-dmax-above-limit"),
        ("4x12", "23", "44.56", "cord-dmax-within-limit"),
        ("4x12", "23.1", "44.9", "cord-dmax-above-limit"),
        ("5x7", "25.3", "44.65", "cord-dmax-within-limit"),
        ("5x7", "25.4", "44.96", "cord-dmax-above-limit"),
    ],
)
def test_the_highest_dose_of_a_first_course_is_held_against_its_limit(scheme: str, dmax: str, eqd2: str, code: str) -> None:
    plan = plan_of(treatment(spine_sbrt(dmax, scheme)))
    (found,) = [item for item in plan.findings if item.code.startswith("cord")]
    assert (found.code, dict(found.values)["eqd2"], found.source) == (code, eqd2, "hytec_cord")
    assert found.severity == ("caution" if code == "cord-dmax-above-limit" else "info")


@pytest.mark.parametrize(
    ("dmax", "until", "not_met"),
    [
        # 10 x 3 before: 37.5. 14.5 in 3: 14.5 x (4.8333 + 2) / 4 = 24.77, together 62.27, share 39.78 %.
        ("14.5", "2025-08-02", ""),
        # 16 in 3: 16 x (5.3333 + 2) / 4 = 29.33, above 25; together 66.83.
        ("16", "2025-08-02", "stereotactic"),
        # Five whole months up to 2 March are enough, four are not.
        ("14.5", "2025-10-02", ""),
        ("14.5", "2025-10-03", "months"),
        # 17 in 3: 17 x 7.6667 / 4 = 32.58, together 70.08, above 70.
        ("17", "2025-08-02", "total stereotactic"),
    ],
)
def test_a_stereotactic_course_after_an_earlier_one_is_held_against_four_limits(dmax: str, until: str, not_met: str) -> None:
    plan = plan_of(treatment(spine_sbrt(dmax), history=[before(until=until)]))
    (found,) = [item for item in plan.findings if item.code.startswith("cord-again")]
    assert found.code == ("cord-again-outside-limits" if not_met else "cord-again-within-limits")
    assert dict(found.values)["not_met"] == not_met


def test_the_stereotactic_part_is_at_most_half() -> None:
    """1 x 8 before: 8 x 10 / 4 = 20. 14.5 in 3 makes 24.7708 of 44.7708: 55.33 %."""
    plan = plan_of(treatment(spine_sbrt("14.5"), history=[before("1x8", until="2025-08-02")]))
    (found,) = [item for item in plan.findings if item.code == "cord-again-outside-limits"]
    assert (dict(found.values)["not_met"], dict(found.values)["share"]) == ("share", "55.33")


def test_with_the_highest_dose_the_sums_count_it_and_not_the_prescription() -> None:
    """10 x 3 before: 75. 14.5 in 3: 14.5 x (1 + 4.8333 / 2) = 49.54."""
    plan = plan_of(treatment(spine_sbrt("14.5"), history=[before(until="2025-08-02")]))
    assert [item.value for item in plan.derived if item.id == "cord_bed_sum"] == ["124.54"]
    assert "cord-needs-stereotactic-plan" not in codes(plan, "advice")


@pytest.mark.parametrize("text", ["0", "abc", "14,5", "100", "", "-3"])
def test_a_highest_dose_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(TreatmentError, match="cord_dmax_gy"):
        plan_of(treatment(spine_sbrt(text)))


@pytest.mark.parametrize(
    ("choices", "code"),
    [
        ({}, "lung-location-question"),
        ({"lung_location": "central"}, "scheme-not-for-location"),
        ({"lung_location": "peripheral"}, ""),
    ],
)
def test_four_times_twelve_is_for_the_periphery_of_the_lung(choices: dict[str, str], code: str) -> None:
    plan = plan_of(treatment(irradiation("4x12", region="lung", choices=choices)))
    assert [item.code for item in plan.findings if "location" in item.code] == ([code] if code else [])
    central = plan_of(treatment(irradiation("8x7.5", region="lung", choices={"lung_location": "central"})))
    assert not [item.code for item in central.findings if "location" in item.code]


@pytest.mark.skipif(not VECTORS.is_file(), reason="the shared vectors are not beside this checkout")
def test_the_shared_vectors_agree() -> None:
    for case in json.loads(Path(VECTORS).read_text(encoding="utf-8"))["cord_vectors"]:
        if "cumulative_bed2" not in case:
            continue
        prior = tuple(on_cord(item["fractions"], str(item["dose_gy"]), "2024-03-02") for item in case["prior"])
        (new,) = [on_cord(item["fractions"], str(item["dose_gy"])) for item in case["new"]]
        month = case["interval_months"]
        made = cord_sum(prior, new, start=date(2024 + (2 + month) // 12, (2 + month) % 12 + 1, 2))
        assert (float(made.bed), float(made.eqd2)) == (case["cumulative_bed2"], case["cumulative_eqd2_2"]), case["id"]
        assert made.low_risk == case["inside_nieder_2006_low_risk_envelope"], case["id"]


@pytest.mark.parametrize(
    ("dmax", "eqd2", "severity"),
    [
        # Ten fractions: EQD2 = D (D / 10 + 2) / 4. 35.82 x 5.582 / 4 = 49.987; 35.83 x 5.583 / 4 = 50.010; 60 x 8 / 4 = 120.
        ("35.82", "49.99", "info"),
        ("35.83", "50.01", "caution"),
        ("60", "120", "caution"),
    ],
)
def test_a_number_of_fractions_without_a_published_limit_is_held_against_the_whole_cord(
    dmax: str, eqd2: str, severity: str
) -> None:
    plan = plan_of(treatment(spine_sbrt(dmax, "10x3")))
    (found,) = [item for item in plan.findings if item.code.startswith("cord")]
    values = dict(found.values)
    assert (found.code, found.severity) == ("cord-dmax-without-limit", severity)
    assert (values["dmax"], values["fractions"], values["eqd2"], values["tolerance"]) == (dmax, "10", eqd2, "50")


def test_exactly_what_the_cord_bears_is_not_yet_more() -> None:
    """25 x 2 Gy: 50 x (2 + 2) / 4 = 50."""
    free = irradiation("free", region="spine", level="T8", fractions=25, dose="2", choices={"cord_dmax_gy": "50"})
    (found,) = [item for item in plan_of(treatment(free)).findings if item.code.startswith("cord")]
    assert (found.code, found.severity, dict(found.values)["eqd2"]) == ("cord-dmax-without-limit", "info", "50")


def test_neither_a_drug_nor_another_region_of_the_history_is_added_to_the_cord() -> None:
    """Only the 10 x 3 Gy on the spine count beside the 5 x 4: 75 + 60."""
    history = [
        {"drug": "epirubicin", "until": "2021-06-30", "cumulative": "300", "unit": "mg/m2"},
        {"radiotherapy": "5x4", "region": "bone", "level": "T8", "until": "2025-01-30"},
        before(until="2025-03-01"),
    ]
    plan = plan_of(treatment(spine(), history=history))
    assert [item.value for item in plan.derived if item.id == "cord_bed_sum"] == ["135"]
