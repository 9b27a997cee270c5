"""Rules of chapter 4 in whole plans: what ends with what, how often a part is given, a loading dose again, limits of the day."""

from __future__ import annotations

from typing import Any

import pytest

from mbc_desktop.planning.plan import Plan
from tests.planning.treatments import (
    TODAY,
    amount,
    codes,
    course,
    event,
    every_day_open,
    given,
    healthy_values,
    later,
    plan_of,
    treatment,
    value,
)

DAYS = 168


def plan(regimen: str, *events: dict[str, Any], values: tuple[dict[str, Any], ...] = (), **more: Any) -> Plan:
    """A course that starts today, every day open, the patient of `treatments` with these values added."""
    file = treatment(
        course(regimen, **more),
        days=DAYS,
        extra_open_days=every_day_open(TODAY, DAYS),
        facts={"menopausal_status": "postmenopausal", "her2": "positive"},
        measurements=[*healthy_values(TODAY), *values],
        events=list(events),
    )
    return plan_of(file)


# ---- bevacizumab ends with the last paclitaxel


def test_bevacizumab_stops_when_paclitaxel_stops() -> None:
    """Paclitaxel ceases on 16/3 (day 15): bevacizumab of 16/3 is no longer given either; that of 2/3 was."""
    ceased = event("cease", TODAY, drug="paclitaxel", **{"from": "2026-03-16"})
    statuses = [item.status for item in given(plan("paclitaxel-bevacizumab", ceased), "bevacizumab")]
    assert statuses[0] == "planned"
    assert set(statuses[1:]) == {"ceased"}


def test_paclitaxel_goes_on_when_bevacizumab_stops() -> None:
    ceased = event("cease", TODAY, drug="bevacizumab", **{"from": "2026-03-16"})
    made = plan("paclitaxel-bevacizumab", ceased)
    assert "ceased" not in {item.status for item in given(made, "paclitaxel")}
    assert given(made, "bevacizumab")[1].status == "ceased"


# ---- paclitaxel with trastuzumab and pertuzumab: 18 or 12 weekly doses


@pytest.mark.parametrize("doses", [18, 12])
def test_paclitaxel_ends_after_the_chosen_number_and_the_antibodies_go_on(doses: int) -> None:
    made = plan("paclitaxel-trastuzumab-pertuzumab", choices={"her2_paclitaxel_doses": str(doses)})
    assert len(given(made, "paclitaxel")) == doses
    # 168 days hold nine cycles of 21 days: days 0, 21 ... 168.
    assert len(given(made, "trastuzumab")) == len(given(made, "pertuzumab")) == 9
    assert [amount(item) for item in given(made, "trastuzumab")] == ["544 mg", *["408 mg"] * 8]


# ---- a loading dose again


def delayed(days: int, **choices: str) -> Plan:
    """The second cycle `days` late: 21 + `days` after the first."""
    late = event("delay", TODAY, drug="docetaxel", number=2, days=days, scope="rest_of_treatment", reason="toxicity")
    return plan("docetaxel-trastuzumab-pertuzumab", late, choices=choices)


@pytest.mark.parametrize(
    ("days", "rule", "trastuzumab", "pertuzumab", "said"),
    [
        (7, "pair_rule", "408 mg", "420 mg", set()),
        (8, "pair_rule", "408 mg", "420 mg", {"reload-rules-differ"}),
        (20, "pair_rule", "408 mg", "420 mg", {"reload-rules-differ"}),
        (21, "pair_rule", "544 mg", "840 mg", {"reload-after-gap"}),
        (7, "trastuzumab_rule", "408 mg", "420 mg", set()),
        (8, "trastuzumab_rule", "544 mg", "420 mg", {"reload-after-gap", "reload-rules-differ"}),
        (20, "trastuzumab_rule", "544 mg", "420 mg", {"reload-after-gap", "reload-rules-differ"}),
        (21, "trastuzumab_rule", "544 mg", "840 mg", {"reload-after-gap"}),
    ],
)
def test_the_pair_after_28_29_41_and_42_days(days: int, rule: str, trastuzumab: str, pertuzumab: str, said: set[str]) -> None:
    made = delayed(days, her2_reload_pair=rule)
    second = {item.drug: item for item in made.administrations if item.number == 2}
    assert (amount(second["trastuzumab"]), amount(second["pertuzumab"])) == (trastuzumab, pertuzumab)
    assert {code for code in codes(made) if code.startswith("reload-")} == said
    third = {item.drug: item for item in made.administrations if item.number == 3}
    assert (amount(third["trastuzumab"]), amount(third["pertuzumab"])) == ("408 mg", "420 mg")


@pytest.mark.parametrize(("days", "dose"), [(7, "408 mg"), (8, "544 mg")])
def test_trastuzumab_alone_after_28_and_29_days(days: int, dose: str) -> None:
    late = event("delay", TODAY, number=2, days=days, scope="rest_of_treatment", reason="organisation")
    assert amount(given(plan("trastuzumab-three-weekly", late), "trastuzumab")[1]) == dose


@pytest.mark.parametrize(("days", "dose"), [(20, "10 mL"), (21, "15 mL")])
def test_the_fixed_dose_injection_after_41_and_42_days(days: int, dose: str) -> None:
    late = event("delay", TODAY, drug="docetaxel", number=2, days=days, scope="rest_of_treatment", reason="toxicity")
    second = given(plan("docetaxel-pertuzumab-trastuzumab-sc", late), "pertuzumab-trastuzumab-sc")[1]
    assert amount(second) == dose
    assert second.dose is not None
    # The vial is the one that holds this dose: another concentration would be another amount of pertuzumab.
    assert [item.strength for item in second.dose.give] == [second.dose.amount.amount]


@pytest.mark.parametrize("days", [7, 8, 60])
def test_trastuzumab_under_the_skin_never_loads(days: int) -> None:
    late = event("delay", TODAY, number=2, days=days, scope="rest_of_treatment", reason="organisation")
    assert amount(given(plan("trastuzumab-sc", late), "trastuzumab-sc")[1]) == "600 mg"


def test_a_course_taken_over_reloads_by_the_day_it_was_last_given() -> None:
    """Last given 42 days before the start: 8 mg/kg and 840 mg; 28 days before: maintenance."""
    for gap, dose in ((42, "544 mg"), (28, "408 mg")):
        made = plan("docetaxel-trastuzumab-pertuzumab", cycle=3, last_given=later(TODAY, -gap))
        assert amount(given(made, "trastuzumab")[0]) == dose


# ---- limits of the day


@pytest.mark.parametrize(
    ("neutrophils", "first", "eighth"),
    [
        ("1.5", "planned", "planned"),
        ("1.49", "withheld", "planned"),
        ("1", "withheld", "planned"),
        ("0.99", "withheld", "withheld"),
    ],
)
def test_sacituzumab_has_a_limit_of_its_own_on_day_8(neutrophils: str, first: str, eighth: str) -> None:
    made = plan("sacituzumab-govitecan", values=(value("neutrophils", neutrophils, "10^9/L", TODAY),))
    assert [item.status for item in given(made, "sacituzumab-govitecan")][:2] == [first, eighth]


@pytest.mark.parametrize(
    ("regimen", "kind", "unit", "limit", "below"),
    [
        ("trastuzumab-emtansine", "platelets", "10^9/L", "100", "99"),
        ("trastuzumab-emtansine", "lvef", "%", "40", "39"),
        ("trastuzumab-deruxtecan", "neutrophils", "10^9/L", "1", "0.99"),
        ("trastuzumab-deruxtecan", "platelets", "10^9/L", "50", "49"),
        ("trastuzumab-deruxtecan", "lvef", "%", "40", "39"),
        ("docetaxel-pertuzumab-trastuzumab-sc", "lvef", "%", "50", "49"),
        ("docetaxel-trastuzumab-pertuzumab", "lvef", "%", "50", "49"),
    ],
)
def test_the_first_dose_is_given_at_the_limit_and_not_below(regimen: str, kind: str, unit: str, limit: str, below: str) -> None:
    for found, stopped in ((limit, False), (below, True)):
        made = plan(regimen, values=(value(kind, found, unit, TODAY),))
        assert bool({"value-below-limit", "heart-function-low"} & codes(made, "stop")) == stopped


@pytest.mark.parametrize(("platelets", "status"), [("75", "planned"), ("74", "withheld")])
def test_emtansine_goes_on_from_75_platelets(platelets: str, status: str) -> None:
    """The first dose needs 100; a course taken over is no first dose."""
    made = plan(
        "trastuzumab-emtansine",
        values=(value("platelets", platelets, "10^9/L", TODAY),),
        cycle=2,
        last_given=later(TODAY, -21),
    )
    assert given(made, "trastuzumab-emtansine")[0].status == status


# ---- ceilings


def test_sacituzumab_is_never_rounded_above_10_mg_per_kg() -> None:
    """67.96 kg: 679.6 mg; nearest would be 680, down is 679."""
    lighter = [item for item in healthy_values(TODAY) if item["kind"] != "weight"]
    file = treatment(course("sacituzumab-govitecan"), measurements=[*lighter, value("weight", "67.96", "kg", TODAY)])
    assert amount(given(plan_of(file), "sacituzumab-govitecan")[0]) == "679 mg"


@pytest.mark.parametrize(("ordered", "refused"), [("244", False), ("245", True)])
def test_emtansine_above_3_6_mg_per_kg_is_refused(ordered: str, refused: bool) -> None:
    """3.6 x 68 = 244.8 mg."""
    typed = event("dose", TODAY, number=1, amount=ordered, unit="mg", scope="this")
    made = plan("trastuzumab-emtansine", typed)
    assert ("above-limit" in codes(made, "stop")) == refused
    assert (given(made, "trastuzumab-emtansine")[0].dose is None) == refused


def test_dose_levels_of_emtansine() -> None:
    """3.0 x 68 = 204 mg; 2.4 x 68 = 163.2, down: 163 mg; below that none."""
    for level, dose in (("-1", "204 mg"), ("-2", "163 mg"), ("-3", None)):
        lowered = event("dose_level", TODAY, number=1, level=level, scope="rest_of_treatment", reason="toxicity")
        assert amount(given(plan("trastuzumab-emtansine", lowered), "trastuzumab-emtansine")[0]) == dose


# ---- anthracyclines, vinorelbine, eribulin, carboplatin


@pytest.mark.parametrize(
    ("regimen", "choices", "kind", "limit", "below"),
    [
        ("epirubicin-cyclophosphamide", {}, "neutrophils", "1.5", "1.49"),
        ("epirubicin-cyclophosphamide", {}, "platelets", "100", "99"),
        ("doxorubicin-weekly", {}, "neutrophils", "1", "0.99"),
        ("doxorubicin-weekly", {}, "platelets", "100", "99"),
        ("cyclophosphamide-liposomal-doxorubicin", {}, "neutrophils", "1.5", "1.49"),
        ("cyclophosphamide-liposomal-doxorubicin", {}, "platelets", "100", "99"),
        ("pegylated-liposomal-doxorubicin", {}, "neutrophils", "1.5", "1.49"),
        ("pegylated-liposomal-doxorubicin", {}, "platelets", "75", "74"),
        ("docetaxel", {"docetaxel_dose": "75"}, "neutrophils", "1.5", "1.49"),
        ("paclitaxel-weekly", {}, "neutrophils", "1", "0.99"),
        ("paclitaxel-weekly", {}, "platelets", "100", "99"),
        ("vinorelbine-iv", {"vinorelbine_form": "25 mg/m2 weekly into a vein"}, "neutrophils", "1.5", "1.49"),
        ("vinorelbine-iv", {"vinorelbine_form": "25 mg/m2 weekly into a vein"}, "platelets", "100", "99"),
        ("vinorelbine-oral", {"vinorelbine_form": "60 then 80 mg/m2 weekly by mouth"}, "neutrophils", "1.5", "1.49"),
        ("vinorelbine-oral", {"vinorelbine_form": "60 then 80 mg/m2 weekly by mouth"}, "platelets", "100", "99"),
        ("eribulin", {}, "neutrophils", "1", "0.99"),
        ("eribulin", {}, "platelets", "75", "74"),
        ("carboplatin-gemcitabine", {}, "neutrophils", "2", "1.99"),
        ("carboplatin-gemcitabine", {}, "platelets", "100", "99"),
    ],
)
def test_counts_are_enough_at_the_limit_and_not_below(
    regimen: str, choices: dict[str, str], kind: str, limit: str, below: str
) -> None:
    for found, stopped in ((limit, False), (below, True)):
        made = plan(regimen, values=(value(kind, found, "10^9/L", TODAY),), choices=choices)
        assert ("value-below-limit" in codes(made, "stop")) == stopped


@pytest.mark.parametrize(("neutrophils", "released"), [("1.5", True), ("1.49", False)])
def test_gemcitabine_has_a_limit_of_its_own_below_that_of_carboplatin(neutrophils: str, released: bool) -> None:
    made = plan("carboplatin-gemcitabine", values=(value("neutrophils", neutrophils, "10^9/L", TODAY),))
    first = {item.drug: item.status for item in made.administrations if item.number == 1}
    assert first == {"carboplatin": "withheld", "gemcitabine": "planned" if released else "withheld"}


def heavy(weight: str, regimen: str, height: str = "180", **choices: str) -> Plan:
    values = [item for item in healthy_values(TODAY) if item["kind"] not in ("weight", "height")]
    values += [value("weight", weight, "kg", TODAY), value("height", height, "cm", TODAY)]
    return plan_of(treatment(course(regimen, choices=choices), measurements=values))


@pytest.mark.parametrize(("weight", "dose"), [("80", "60 mg"), ("81", "60 mg"), ("79", "60 mg"), ("77", "59 mg")])
def test_vinorelbine_into_a_vein_stops_at_60_mg(weight: str, dose: str) -> None:
    """180 cm: 80 kg is 2 m2 x 30 = 60; 81 kg 2.0125 x 30 = 60.4; 79 kg 1.9875 x 30 = 59.62; 77 kg 1.9621 x 30 = 58.86."""
    made = heavy(weight, "vinorelbine-iv", vinorelbine_form="30 mg/m2 weekly into a vein")
    assert amount(given(made, "vinorelbine")[0]) == dose


@pytest.mark.parametrize(
    ("weight", "first", "fourth"),
    # 180 cm: 76 kg is 1.9494 m2, in the printed row from 1.85: 110 and 150; 76.1 kg is 1.9507 m2, in the last row: 120 and 160,
    # as is 90 kg, 2.1213 m2: x 60 = 127.3, at most 120; x 80 = 169.7, at most 160.
    [("76", "110 mg", "150 mg"), ("76.1", "120 mg", "160 mg"), ("90", "120 mg", "160 mg"), ("70", "110 mg", "150 mg")],
)
def test_oral_vinorelbine_stops_at_120_and_160_mg(weight: str, first: str, fourth: str) -> None:
    """70 kg is 1.8708 m2, in the row from 1.85: 110 and 150."""
    made = heavy(weight, "vinorelbine-oral", vinorelbine_form="60 then 80 mg/m2 weekly by mouth")
    assert [amount(item) for item in made.intakes][:4] == [first, first, first, fourth]


def test_oral_vinorelbine_can_stay_at_60() -> None:
    """80 one level down is 60 mg/m2: 105.9 -> 110 mg, from the fourth time on."""
    stay = event("dose_level", TODAY, number=4, level="-1", scope="rest_of_treatment", reason="toxicity")
    made = plan("vinorelbine-oral", stay, choices={"vinorelbine_form": "60 then 80 mg/m2 weekly by mouth"})
    assert {amount(item) for item in made.intakes} == {"110 mg"}


@pytest.mark.parametrize(("ordered", "refused"), [("2.156", False), ("2.17", False), ("2.178", True), ("2.478", True)])
def test_eribulin_above_1_23_mg_per_m2_is_refused(ordered: str, refused: bool) -> None:
    """1.23 x 1.765408 = 2.17145 mg. 1.4 taken as base would be 2.47 mg."""
    made = plan("eribulin", event("dose", TODAY, number=1, amount=ordered, unit="mg", scope="this"))
    assert (given(made, "eribulin")[0].dose is None) == refused


def test_eribulin_is_not_computed_at_child_pugh_c() -> None:
    made = plan_of(treatment(course("eribulin"), facts={"child_pugh": "C"}))
    assert given(made, "eribulin")[0].dose is None
    assert "no-figure" in codes(made, "stop")


@pytest.mark.parametrize(("creatinine", "asked"), [("1.5", False), ("1.51", True)])
def test_eribulin_asks_below_a_clearance_of_40(creatinine: str, asked: bool) -> None:
    """75 x 68 x 0.85 / (72 x 1.5) = 40.14, shown and judged as 40.1; / (72 x 1.51) = 39.87, judged as 39.8."""
    values = [item for item in healthy_values(TODAY) if item["kind"] != "creatinine"]
    made = plan_of(treatment(course("eribulin"), measurements=[*values, value("creatinine", creatinine, "mg/dL", TODAY)]))
    assert ("renal-reduction-to-consider" in codes(made)) == asked
    assert amount(given(made, "eribulin")[0]) == "2.156 mg"


@pytest.mark.parametrize(("creatinine", "given_at_all"), [("3.01", True), ("3.02", False)])
def test_carboplatin_below_a_clearance_of_20_is_for_the_prescriber(creatinine: str, given_at_all: bool) -> None:
    """75 x 68 x 0.85 / (72 x 3.01) = 20.003, judged as 20; / (72 x 3.02) = 19.94, judged as 19.9."""
    values = [item for item in healthy_values(TODAY) if item["kind"] != "creatinine"]
    values.append(value("creatinine", creatinine, "mg/dL", TODAY, confirmed={"reason": "known kidney disease", "by": "NV"}))
    made = plan_of(treatment(course("carboplatin-gemcitabine"), measurements=values))
    assert (given(made, "carboplatin")[0].dose is not None) == given_at_all


# ---- capecitabine


@pytest.mark.parametrize(
    ("first_dose", "rests"),
    [
        ("morning of day 1", [("2026-03-16", "2026-03-22")]),
        # Days 1, 2 to 14 and 15 follow each other: rest only after the last.
        ("evening of day 1", [None, None, ("2026-03-17", "2026-03-22")]),
    ],
)
def test_the_rest_of_capecitabine_begins_after_its_last_intake(first_dose: str, rests: list[tuple[str, str] | None]) -> None:
    made = plan("capecitabine", choices={"capecitabine_pattern": "14 on 7 off", "capecitabine_first_dose": first_dose})
    found = [item.rest for item in made.intakes if item.cycle == 1]
    assert [rest and (rest[0].isoformat(), rest[1].isoformat()) for rest in found] == rests


@pytest.mark.parametrize(("kind", "limit", "below"), [("neutrophils", "1.5", "1.49"), ("platelets", "100", "99")])
def test_capecitabine_starts_at_the_limit_and_not_below(kind: str, limit: str, below: str) -> None:
    choices = {"capecitabine_pattern": "14 on 7 off", "capecitabine_first_dose": "morning of day 1"}
    for found, stopped in ((limit, False), (below, True)):
        made = plan("capecitabine", values=(value(kind, found, "10^9/L", TODAY),), choices=choices)
        assert ("value-below-limit" in codes(made, "stop")) == stopped


def test_capecitabine_without_a_method_for_its_tablets_has_dates_and_no_dose() -> None:
    made = plan("capecitabine", choices={"capecitabine_pattern": "14 on 7 off", "capecitabine_first_dose": "morning of day 1"})
    assert {amount(item) for item in made.intakes} == {None}
    assert "decision-missing" in codes(made, "stop")


# ---- methotrexate on two named weekdays

TWO_DAYS = {"methotrexate_weekdays": "Monday and Tuesday"}


def test_methotrexate_is_taken_on_the_two_named_weekdays_only() -> None:
    made = plan("cyclophosphamide-methotrexate", choices=TWO_DAYS)
    periods = [item for item in made.intakes if item.drug == "methotrexate-oral"]
    assert {(item.first.weekday(), item.last.weekday()) for item in periods} == {(0, 1)}
    assert None not in {amount(item) for item in periods}


@pytest.mark.parametrize("weekdays", ["Sunday and Monday", "Tuesday and Wednesday"])
def test_a_start_on_another_weekday_gives_no_methotrexate(weekdays: str) -> None:
    made = plan("cyclophosphamide-methotrexate", choices={"methotrexate_weekdays": weekdays})
    assert {amount(item) for item in made.intakes if item.drug == "methotrexate-oral"} == {None}
    assert "not-on-fixed-weekdays" in codes(made, "stop")
    assert None not in {amount(item) for item in made.intakes if item.drug == "cyclophosphamide-oral"}


@pytest.mark.parametrize(("days", "given_on"), [(7, True), (6, False), (8, False)])
def test_methotrexate_is_delayed_by_whole_weeks(days: int, given_on: bool) -> None:
    late = event("delay", TODAY, drug="methotrexate-oral", number=2, days=days, scope="rest_of_treatment", reason="toxicity")
    made = plan("cyclophosphamide-methotrexate", late, choices=TWO_DAYS)
    periods = [item for item in made.intakes if item.drug == "methotrexate-oral"]
    assert amount(periods[0]) == "2.5 mg"
    assert {amount(item) for item in periods[1:]} == ({"2.5 mg"} if given_on else {None})


def test_without_named_weekdays_there_is_no_methotrexate() -> None:
    made = plan("cyclophosphamide-methotrexate")
    assert {amount(item) for item in made.intakes if item.drug == "methotrexate-oral"} == {None}
    assert "decision-missing" in codes(made, "stop")


# ---- two courses at once


@pytest.mark.parametrize(
    ("one", "other", "code", "severity"),
    [
        ("epirubicin-cyclophosphamide", "trastuzumab-three-weekly", "anthracycline-with-her2-antibody", "stop"),
        ("trastuzumab-sc", "pegylated-liposomal-doxorubicin", "anthracycline-with-her2-antibody", "stop"),
        ("trastuzumab-three-weekly", "trastuzumab-emtansine", "antibody-twice", "stop"),
        ("trastuzumab-sc", "trastuzumab-deruxtecan", "antibody-twice", "stop"),
        ("doxorubicin-weekly", "pegylated-liposomal-doxorubicin", "look-alikes-together", "caution"),
    ],
)
def test_courses_of_chapter_4_that_do_not_go_together(one: str, other: str, code: str, severity: str) -> None:
    file = treatment(course(one), course(other, id="c2"), facts={"her2": "positive"})
    assert code in codes(plan_of(file), severity)


def test_pertuzumab_by_itself_beside_the_product_that_holds_it_too_is_the_same_antibody_twice() -> None:
    lines = (course("docetaxel-trastuzumab-pertuzumab"), course("paclitaxel-pertuzumab-trastuzumab-sc", id="c2"))
    made = plan_of(treatment(*lines, facts={"her2": "positive"}, days=10))
    twice = {dict(item.values)["other_drug"] for item in made.findings if item.code == "antibody-twice"}
    assert twice == {"pertuzumab", "trastuzumab"}


@pytest.mark.parametrize(("ceased", "stop"), [(21, False), (22, True)])
def test_emtansine_may_follow_trastuzumab_that_was_ceased(ceased: int, stop: bool) -> None:
    """Trastuzumab ends the day before its cease; emtansine begins on day 21. While both run emtansine has no dose."""
    lines = (course("trastuzumab-three-weekly"), course("trastuzumab-emtansine", later(TODAY, 21), id="c2"))
    end = event("cease", TODAY, drug="trastuzumab", **{"from": later(TODAY, ceased)})
    made = plan_of(treatment(*lines, facts={"her2": "positive"}, events=[end], days=40))
    assert ("antibody-twice" in codes(made, "stop")) == stop
    assert {item.dose is None for item in given(made, "trastuzumab-emtansine")} == {stop}


@pytest.mark.parametrize("other", ["paclitaxel-weekly", "eribulin", "carboplatin-gemcitabine"])
def test_trastuzumab_goes_beside_other_chemotherapy(other: str) -> None:
    file = treatment(course("trastuzumab-three-weekly"), course(other, id="c2"), facts={"her2": "positive"})
    assert codes(plan_of(file), "stop", "caution") == set()


# ---- a late dose


@pytest.mark.parametrize("regimen", ["trastuzumab-deruxtecan", "trastuzumab-emtansine"])
@pytest.mark.parametrize(("given_on", "third"), [(21, 42), (24, 45), (28, 49), (35, 56)])
def test_the_three_weeks_count_from_a_late_conjugate(regimen: str, given_on: int, third: int) -> None:
    """Due on day 21; the next one is 21 days after the day on which it was really given."""
    real, today = later(TODAY, given_on), later(TODAY, given_on)
    done = [
        event("given", TODAY, number=1, given_on=TODAY, amount="244", unit="mg"),
        event("given", real, id="e2", number=2, given_on=real, amount="244", unit="mg"),
    ]
    file = treatment(
        course(regimen), today=today, extra_open_days=every_day_open(TODAY, DAYS), facts={"her2": "positive"}, events=done
    )
    doses = given(plan_of(file), regimen)
    assert [item.date.isoformat() for item in doses[:3] if item.date] == [TODAY, real, later(TODAY, third)]


@pytest.mark.parametrize(
    ("reason", "severity", "code"),
    [
        ("", "stop", "anthracycline-with-her2-antibody"),
        ("   ", "stop", "anthracycline-with-her2-antibody"),
        ("no other choice, cardiologist agrees, NV 2026-03-02", "caution", "anthracycline-with-her2-antibody-by-reason"),
    ],
)
def test_both_are_given_only_with_a_recorded_reason(reason: str, severity: str, code: str) -> None:
    choices = {"anthracycline_with_her2_antibody": reason}
    plan = plan_of(treatment(course("epirubicin-cyclophosphamide", choices=choices), course("trastuzumab-three-weekly", id="c2")))
    (found,) = [item for item in plan.findings if item.code.startswith("anthracycline-with")]
    assert (found.code, found.severity) == (code, severity)
    assert dict(found.values).get("reason", "") == reason.strip()
    doses = [item.dose for item in plan.administrations if item.drug == "trastuzumab"]
    assert (doses[0] is None) == (severity == "stop")
