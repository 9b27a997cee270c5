"""A dose explains itself: what its steps print leads to the amount that is printed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as some

from mbc_desktop.core.decimals import CONTEXT, to_step
from mbc_desktop.dosing.dose import Dose
from tests.planning.endocrine_vectors import with_values
from tests.planning.treatments import TODAY, course, event, library, plan_of, treatment, value

REGIMENS = sorted(library().regimens)


def doses(regimen: str, weight: str, height: str, creatinine: str, level: int) -> list[Dose]:
    """Every dose of a regimen for a patient."""
    lowered = [event("dose_level", TODAY, level=f"-{level}", scope="rest_of_treatment")] if level else []
    file = with_values(
        treatment(course(regimen), days=60, events=lowered),
        value("weight", weight, "kg", TODAY),
        value("height", height, "cm", TODAY),
        value("creatinine", creatinine, "mg/dL", TODAY),
    )
    plan = plan_of(file)
    return [item.dose for item in (*plan.administrations, *plan.intakes) if item.dose]


@given(
    regimen=some.sampled_from(REGIMENS),
    weight=some.integers(min_value=350, max_value=1500),
    height=some.integers(min_value=140, max_value=200),
    creatinine=some.integers(min_value=40, max_value=300),
    level=some.integers(min_value=0, max_value=2),
)
def test_the_steps_lead_to_the_dose(regimen: str, weight: int, height: int, creatinine: int, level: int) -> None:
    for dose in doses(regimen, str(Decimal(weight) / 10), str(height), str(Decimal(creatinine) / 100), level):
        assert dose.steps
        assert dose.steps[-1].amount == dose.amount
        assert dose.amount.amount > 0
        for step in dose.steps:
            assert step.source
            values = dict(step.values)
            if step.rule == "per-m2":
                assert step.amount.amount == CONTEXT.multiply(Decimal(values["per_m2"]), Decimal(values["bsa_m2"]))
                # The square of the surface is kg x cm / 3600, to 30 digits.
                square = Fraction(Decimal(values["bsa_m2"])) ** 2
                exact = Fraction(Decimal(values["weight_kg"])) * Fraction(Decimal(values["height_cm"])) / 3600
                assert values.get("formula") != "mosteller" or abs(square - exact) < Fraction(1, 10**30)
            elif step.rule == "per-kg":
                assert step.amount.amount == CONTEXT.multiply(Decimal(values["per_kg"]), Decimal(values["weight_kg"]))
            elif step.rule == "round-to-drawable":
                rounded = to_step(Decimal(values["exact"]), step=Decimal(values["step"]), rounding="half_up")
                assert step.amount.amount == rounded
                assert abs(rounded - Decimal(values["exact"])) * 2 <= Decimal(values["step"])
        amounts = [step.amount.amount for step in dose.steps if not step.rule.startswith("round")]
        assert amounts == sorted(amounts, reverse=True), "no adjustment raises a dose"


def test_half_a_step_is_half_a_step_though_the_surface_never_ends() -> None:
    # 52.9 kg x 160 cm = 8464 = 92^2; 92 / 60 = 23/15 = 1.5333... m2; x 75 mg/m2 = 115 mg: half a step of 2 mg, upward.
    file = with_values(
        treatment(course("docetaxel-trastuzumab-pertuzumab"), days=10),
        value("weight", "52.9", "kg", TODAY),
        value("height", "160", "cm", TODAY),
    )
    docetaxel = next(item for item in plan_of(file).administrations if item.drug == "docetaxel")
    assert docetaxel.dose is not None
    assert docetaxel.dose.amount.text() == "116 mg"
