"""Oral vinorelbine rises to 80 mg/m2 after three doses, unless counts fell once below 0.5 or twice to between 0.5 and 1.0: then
it stays at 60; it goes back to 60 after such counts at 80, and rises again after three doses with good counts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mbc_desktop.planning.plan import Plan, TakePeriod
from tests.planning.test_regimen_cases import site_of
from tests.planning.treatments import TODAY, File, codes, course, event, later, plan_of, taken, treatment, value

DRUG = "vinorelbine-oral"
RISING = {"vinorelbine_form": "60 then 80 mg/m2 weekly by mouth"}
# 165 cm and 68 kg: 1.765408 m2. 80 mg/m2 are 141.2 mg, the printed row from 1.75 m2 has 140; 60 mg/m2 are 105.9 mg: 110.
AT_80, AT_60 = "140 mg", "110 mg"


def after_doses(*nadirs: str, today: bool = True, days: int = 3, events: list[File] | None = None) -> File:
    """One weekly dose taken for each of these lowest counts ("" = none known), five days after each, and good counts today where
    they were measured: what is due today is the next dose."""
    start = later(TODAY, -7 * len(nadirs))
    doses = [
        event("given", later(start, 7 * week), f"e{week}", drug=DRUG, number=week + 1, given_on=later(start, 7 * week))
        for week in range(len(nadirs))
    ]
    file = treatment(course(DRUG, start, choices=RISING), days=days, events=doses + (events or []))
    found = [value("neutrophils", text, "10^9/L", later(start, 7 * week + 5)) for week, text in enumerate(nadirs) if text]
    if today:
        found += [value("neutrophils", "3.0", "10^9/L", TODAY), value("platelets", "250", "10^9/L", TODAY)]
    return file | {"measurements": [*file["measurements"], *found]}


def due(plan: Plan) -> TakePeriod:
    return next(item for item in taken(plan, DRUG) if item.first.isoformat() == TODAY)


def amount(item: TakePeriod) -> str:
    return item.dose.amount.text() if item.dose else ""


@pytest.mark.parametrize(
    ("nadirs", "rises"),
    [
        (("1.8", "1.2", "1.1"), True),
        (("1.8", "0.7", "1.2"), True),
        (("1.8", "0.5", "1.2"), True),
        (("1.8", "0.49", "1.2"), False),
        (("0.7", "0.8", "1.2"), False),
        (("1.0", "1.0", "1.2"), False),
        (("1.0", "1.01", "1.2"), True),
        (("0.5", "0.5", "1.2"), False),
        (("0.1", "3.0", "3.0"), False),
        (("", "", "0.4"), False),
        (("", "0.9", ""), True),
    ],
)
def test_the_fourth_dose_after_these_counts(nadirs: tuple[str, ...], rises: bool) -> None:
    plan = plan_of(after_doses(*nadirs))
    assert amount(due(plan)) == (AT_80 if rises else AT_60)
    assert ("stays-at-the-lower-dose" in codes(plan, "caution")) != rises
    assert not codes(plan, "stop")


def test_the_lower_dose_names_its_rule_its_count_and_its_source() -> None:
    """80 x 1.765408 = 141.2 mg, then 60 x 1.765408 = 105.9 mg, by the printed row from 1.75 m2 110 mg."""
    dose = due(plan_of(after_doses("1.8", "0.4", "1.2"))).dose
    assert dose is not None
    assert [step.rule for step in dose.steps] == ["per-m2", "kept-low", "capsules-by-table"]
    kept = dose.steps[1]
    values = dict(kept.values)
    assert (values["standard"], values["now"], values["neutrophils"], values["on"]) == ("80", "60", "0.4", later(TODAY, -9))
    assert (kept.source, kept.grade) == ("vinorelbine_rx", "label")
    assert [round(step.amount.amount, 1) for step in dose.steps] == [Decimal("141.2"), Decimal("105.9"), Decimal(110)]


def test_a_person_is_asked_whether_the_lower_dose_is_meant() -> None:
    item = next(line for line in due(plan_of(after_doses("1.8", "0.4", "1.2"))).gate if line.rule == "to-80")
    assert (item.verdict, item.value, item.age_days) == ("ask", "0.4", 9)


def test_two_counts_of_one_nadir_are_one_episode() -> None:
    """0.8 and 0.7 after one dose: it fell once, and may rise; the same two after two doses may not."""
    file = after_doses("1.8", "0.8", "1.2")
    start = later(TODAY, -21)
    file["measurements"].append(value("neutrophils", "0.7", "10^9/L", later(start, 13)))
    assert amount(due(plan_of(file))) == AT_80
    file["measurements"].append(value("neutrophils", "0.9", "10^9/L", later(start, 20)))
    assert amount(due(plan_of(file))) == AT_60


@pytest.mark.parametrize(
    ("nadirs", "given"),
    [
        # Stays at the fourth; the fifth and sixth too, whatever their counts; the seventh rises after three good ones.
        (("1.8", "0.4", "1.2", "2.0"), AT_60),
        (("1.8", "0.4", "1.2", "2.0", "2.0"), AT_60),
        (("1.8", "0.4", "1.2", "2.0", "2.0", "2.0"), AT_80),
        (("1.8", "0.4", "1.2", "2.0", "0.9", "2.0"), AT_80),
        (("1.8", "0.4", "1.2", "0.9", "0.9", "2.0"), AT_60),
        (("1.8", "0.4", "1.2", "2.0", "0.49", "2.0"), AT_60),
        # A count that nobody knows is no good count.
        (("1.8", "0.4", "1.2", "2.0", "", "2.0"), AT_60),
        # Three in a row count, not the first three.
        (("1.8", "0.4", "1.2", "0.3", "2.0", "2.0"), AT_60),
        (("1.8", "0.4", "1.2", "0.3", "2.0", "2.0", "2.0"), AT_80),
        # From 80 back to 60 after one count below 0.5, or the second one up to 1.0.
        (("1.8", "1.8", "1.2", "0.5"), AT_80),
        (("1.8", "1.8", "1.2", "0.49"), AT_60),
        (("1.8", "1.8", "1.2", "0.9", "1.5"), AT_80),
        (("1.8", "1.8", "1.2", "0.9", "1.5", "1.0"), AT_60),
        (("1.8", "1.8", "1.2", "0.4", "2.0", "2.0"), AT_60),
        (("1.8", "1.8", "1.2", "0.4", "2.0", "2.0", "2.0"), AT_80),
        # An episode at 60 is not carried over to 80.
        (("1.8", "0.9", "1.2", "0.9"), AT_80),
    ],
)
def test_back_to_the_lower_dose_and_up_again(nadirs: tuple[str, ...], given: str) -> None:
    assert amount(due(plan_of(after_doses(*nadirs)))) == given


def test_the_next_weeks_stay_low_until_counts_are_known() -> None:
    plan = plan_of(after_doses("1.8", "0.4", "1.2", days=60))
    assert {amount(item) for item in taken(plan, DRUG)} == {AT_60}
    assert {amount(item) for item in taken(plan_of(after_doses("1.8", "1.4", "1.2", days=60)), DRUG)[3:]} == {AT_80}


def test_a_level_that_a_person_chose_is_not_multiplied_with_it() -> None:
    """75 % of 80 is 60, which is where the counts keep it; 50 % is 40 mg/m2: 70.6 mg, in capsules 70."""
    for level, expected in (("-1", AT_60), ("75 %", AT_60), ("90 %", AT_60), ("50 %", "70 mg")):
        lower = event("dose_level", TODAY, "low", drug=DRUG, number=4, level=level, scope="this", reason="toxicity")
        assert amount(due(plan_of(after_doses("1.8", "0.4", "1.2", events=[lower])))) == expected, level


def test_a_large_patient_kept_at_60_has_the_limit_of_60() -> None:
    """2.1 m2 (180 x 88.2 / 3600 = 4.41): 60 x 2.1 = 126 mg, at most 120; 80 x 2.1 = 168 mg, at most 160."""
    for nadirs, expected in ((("1.8", "0.4", "1.2"), "120 mg"), (("1.8", "1.4", "1.2"), "160 mg")):
        file = after_doses(*nadirs)
        kept = [item for item in file["measurements"] if item["kind"] not in ("weight", "height")]
        file["measurements"] = [value("weight", "88.2", "kg", TODAY), value("height", "180", "cm", TODAY), *kept]
        assert amount(due(plan_of(file))) == expected


@pytest.mark.parametrize(("level", "expected"), [("90 %", "150 mg"), ("100 %", "160 mg"), ("110 %", "160 mg"), ("50 %", "80 mg")])
def test_a_percentage_keeps_the_limit_of_the_ordered_dose(level: str, expected: str) -> None:
    """2.1 m2: 72 mg/m2 are 151.2 mg (150 in capsules), 80 and 88 are 168 and 184.8 mg, at most 160; 40 are 84 mg (80)."""
    lower = event("dose_level", TODAY, "low", drug=DRUG, number=4, level=level, scope="this", reason="toxicity")
    file = after_doses("1.8", "1.8", "1.2", events=[lower])
    kept = [item for item in file["measurements"] if item["kind"] not in ("weight", "height")]
    file["measurements"] = [value("weight", "88.2", "kg", TODAY), value("height", "180", "cm", TODAY), *kept]
    assert amount(due(plan_of(file))) == expected


def test_without_any_count_the_gate_asks() -> None:
    plan = plan_of(after_doses("", "", "", today=False))
    asked = [item for item in due(plan).gate if item.kind == "neutrophils"]
    assert asked
    assert {item.verdict for item in asked} == {"ask"}


def test_an_omitted_dose_is_none_of_the_three() -> None:
    """After the fall two doses with good counts and one omitted: not yet three."""
    omitted = event("omit", TODAY, "no", drug=DRUG, number=6, scope="this", reason="patient")
    file = after_doses("1.8", "0.4", "1.2", "2.0", "2.0", "2.0")
    file["events"] = [item for item in file["events"] if item.get("number") != 6] + [omitted]
    assert amount(due(plan_of(file))) == AT_60


@pytest.mark.parametrize(
    ("kilograms", "centimetres", "way", "doses"),
    [
        # 60 x 169 / 3600 is 1.678324 squared; the row from 1.65 m2 has 100 and 140. Nearest: 100.7 is 100, 134.3 is 130.
        ("60", "169", "label table", ("100 mg", "140 mg")),
        ("60", "169", "nearest sum", ("100 mg", "130 mg")),
        # 49 x 144 / 3600 = 1.96: 1.4 m2, the row from 1.35 m2: 80 and 110. Nearest: 84 is 80, 112 is 110.
        ("49", "144", "label table", ("80 mg", "110 mg")),
        # 72.25 x 180 / 3600 = 3.6125 is 1.9007 squared: the row from 1.85 m2: 110 and 150; nearest 114.04 is 110, 152.05 is 150.
        ("72.2", "180", "label table", ("110 mg", "150 mg")),
        # 1.95 m2 itself: 76.05 x 180 / 3600 = 3.8025.
        ("76", "180", "label table", ("110 mg", "150 mg")),
        ("76.1", "180", "label table", ("120 mg", "160 mg")),
        # Below 0.95 m2 nothing is printed: 26 x 120 / 3600 is 0.930949 squared: 55.9 mg, 60; 74.5 mg, 70.
        ("26", "120", "label table", ("60 mg", "70 mg")),
    ],
)
def test_the_printed_table_or_the_nearest_sum(kilograms: str, centimetres: str, way: str, doses: tuple[str, str]) -> None:
    file = treatment(course(DRUG, TODAY, choices=RISING), days=30)
    kept = [item for item in file["measurements"] if item["kind"] not in ("weight", "height")]
    file["measurements"] = [value("weight", kilograms, "kg", TODAY), value("height", centimetres, "cm", TODAY), *kept]
    file["measurements"][0]["confirmed"] = {"reason": "weighed again", "by": "NV"}
    plan = plan_of(file, site_of({"vinorelbine_capsules": way}))
    first, fourth = taken(plan, DRUG)[0], taken(plan, DRUG)[3]
    assert (amount(first), amount(fourth)) == doses
    assert first.dose is not None
    assert dict(first.dose.choices)["vinorelbine_capsules"] == way


def test_a_percentage_that_no_table_prints_is_counted_in_whole_capsules() -> None:
    """90 % of 60 is 54 mg/m2: 95.3 mg, in capsules 100 (90 lies 5.3 away, 100 4.7)."""
    lower = event("dose_level", TODAY, "low", drug=DRUG, number=1, level="90 %", scope="this", reason="toxicity")
    dose = taken(plan_of(treatment(course(DRUG, TODAY, choices=RISING), days=3, events=[lower])), DRUG)[0].dose
    assert dose is not None
    assert (dose.amount.text(), dose.steps[-1].rule) == ("100 mg", "round-to-pieces")
