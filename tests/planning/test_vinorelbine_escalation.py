"""Oral vinorelbine rises to 80 mg/m2 after three doses, unless counts fell once below 0.5 or twice to between 0.5 and 1.0."""

from __future__ import annotations

import pytest

from tests.planning.treatments import TODAY, File, codes, course, event, later, plan_of, taken, treatment, value

START = later(TODAY, -21)
RISING = {"vinorelbine_form": "60 then 80 mg/m2 weekly by mouth"}


def after_three_doses(*nadirs: str, today: bool = True) -> File:
    """Three doses taken, with these lowest counts five days after each, and good counts today where they were measured."""
    doses = [
        event(
            "given", later(START, 7 * week), f"e{week}", drug="vinorelbine-oral", number=week + 1, given_on=later(START, 7 * week)
        )
        for week in range(3)
    ]
    file = treatment(course("vinorelbine-oral", START, choices=RISING), days=3, events=doses)
    found = [value("neutrophils", text, "10^9/L", later(START, 7 * week + 5)) for week, text in enumerate(nadirs)]
    if today:
        found += [value("neutrophils", "3.0", "10^9/L", TODAY), value("platelets", "250", "10^9/L", TODAY)]
    return file | {"measurements": [*file["measurements"], *found]}


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
    ],
)
def test_the_fourth_dose_after_these_counts(nadirs: tuple[str, ...], rises: bool) -> None:
    plan = plan_of(after_three_doses(*nadirs))
    fourth = next(item for item in taken(plan, "vinorelbine-oral") if item.first.isoformat() == TODAY)
    # 80 mg/m2 x 1.765408 m2 = 141.2 mg, the nearest of 20 and 30 mg capsules 140; it never rises where the counts fell.
    assert (fourth.dose is not None and fourth.dose.amount.text() == "140 mg") == rises
    assert ("stays-at-the-lower-dose" in codes(plan)) != rises


def test_without_any_count_the_gate_asks() -> None:
    plan = plan_of(after_three_doses(today=False))
    fourth = next(item for item in taken(plan, "vinorelbine-oral") if item.first.isoformat() == TODAY)
    asked = [item for item in fourth.gate if item.kind == "neutrophils"]
    assert asked
    assert {item.verdict for item in asked} == {"ask"}
