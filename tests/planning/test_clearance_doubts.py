"""A clearance that is too good to be true, beside the edge of a band, or in another band by another weight: said, and no dose
changes. The patient is a woman of 65: (140 - 65) x kg x 0.85 / (72 x creatinine) mL/min."""

from __future__ import annotations

import pytest

from mbc_desktop.planning.plan import Plan
from tests.planning.test_regimen_cases import site_of
from tests.planning.treatments import TODAY, course, given, plan_of, treatment, value

Said = list[tuple[str, str, dict[str, str]]]


def plan_for(
    regimen: str, kg: str, creatinine: str, *, cm: str = "165", unit: str = "mg/dL", drop: str = "", **choices: str
) -> Plan:
    file = treatment(course(regimen, choices=choices), days=3)
    file["measurements"][:3] = [
        value(kind, amount, of, TODAY)
        for kind, amount, of in (("weight", kg, "kg"), ("height", cm, "cm"), ("creatinine", creatinine, unit))
        if kind != drop
    ]
    return plan_of(file, site_of({"capecitabine_tablets": "label table"}))


def said(plan: Plan) -> Said:
    every = (*plan.findings, *plan.notes)
    return [
        (item.severity, item.code, dict(item.values))
        for item in every
        if item.code in ("clearance-very-high", "clearance-near-edge", "clearance-by-weight")
    ]


@pytest.mark.parametrize(
    ("regimen", "creatinine", "expected"),
    [
        # 75 x 68 x 0.85 / 72 = 60.2083: by 0.46 it is 130.8877, by 0.47 128.1028.
        ("zoledronic-acid", "0.46", [("info", "clearance-very-high", {"value": "130.8"})]),
        ("zoledronic-acid", "0.47", []),
        ("carboplatin-gemcitabine", "0.46", [("caution", "clearance-very-high", {"value": "130.9"})]),
        ("carboplatin-gemcitabine", "0.47", []),
        # A letrozole tablet asks for the kidneys only at their worst.
        ("letrozole", "0.40", []),
    ],
)
def test_a_clearance_above_130_is_doubted_where_a_dose_rests_on_it(regimen: str, creatinine: str, expected: Said) -> None:
    assert said(plan_for(regimen, "68", creatinine)) == expected


def test_the_floor_under_creatinine_is_looked_at_first() -> None:
    """Counted as 0.7 mg/dL: 60.2083 / 0.7 = 86 mL/min."""
    assert said(plan_for("carboplatin-gemcitabine", "68", "0.40", carboplatin_creatinine_floor="0.7")) == []
    assert said(plan_for("carboplatin-gemcitabine", "68", "0.40", drop="weight")) == []


@pytest.mark.parametrize(
    ("creatinine", "unit", "expected"),
    [
        # 60.2083 / 0.96 = 62.717; / 0.97 = 62.07, rounded down 62.0, two from 60; / 0.98 = 61.437. On 60 by 60.2083 / 60 = 1.00.
        ("0.96", "mg/dL", None),
        ("0.97", "mg/dL", {"value": "62", "edge": "60", "creatinine": "0.97", "at_edge": "1", "unit": "mg/dL"}),
        ("0.98", "mg/dL", {"value": "61.4", "edge": "60", "creatinine": "0.98", "at_edge": "1", "unit": "mg/dL"}),
        ("1.00", "mg/dL", {"value": "60.2", "edge": "60", "creatinine": "1", "at_edge": "1", "unit": "mg/dL"}),
        ("1.03", "mg/dL", {"value": "58.4", "edge": "60", "creatinine": "1.03", "at_edge": "1", "unit": "mg/dL"}),
        ("1.10", "mg/dL", None),
        # 60.2083 / 1.25 = 48.1667: 50 by 60.2083 / 50 = 1.2042.
        ("1.25", "mg/dL", {"value": "48.1", "edge": "50", "creatinine": "1.25", "at_edge": "1.2", "unit": "mg/dL"}),
        # 60.2083 x 88.4 / 90 = 59.1379; 60 by 60.2083 x 88.4 / 60 = 88.7.
        ("90", "umol/L", {"value": "59.1", "edge": "60", "creatinine": "90", "at_edge": "89", "unit": "umol/L"}),
    ],
)
def test_a_clearance_beside_an_edge_says_which_creatinine_moves_it(
    creatinine: str, unit: str, expected: dict[str, str] | None
) -> None:
    wanted = [] if expected is None else [("info", "clearance-near-edge", expected)]
    assert said(plan_for("zoledronic-acid", "68", creatinine, unit=unit)) == wanted


def test_the_adjusted_weight_is_held_beside_the_actual_one_of_a_heavy_patient() -> None:
    """160 cm: ideal 45.5 + 2.3 x (160 / 2.54 - 60) = 52.382 kg; 95 kg adjusted 52.382 + 0.4 x 42.618 = 69.429. Creatinine 1.3:
    75 x 95 x 0.85 / 93.6 = 64.70, adjusted 47.28: 4 mg by the one, 3.3 mg by the other. The preselected one stands."""
    plan = plan_for("zoledronic-acid", "95", "1.3", cm="160")
    assert said(plan) == [("caution", "clearance-by-weight", {"value": "64.7", "adjusted": "47.2", "decision": "crcl_weight"})]
    dose = given(plan, "zoledronic-acid")[0].dose
    assert dose is not None
    assert dose.amount.text() == "4 mg"


@pytest.mark.parametrize(
    ("kg", "creatinine", "choices", "asked"),
    [
        # Somebody decided: nothing is asked, and the adjusted weight gives 3.3 mg.
        ("95", "1.3", {"crcl_weight": "actual"}, False),
        ("95", "1.3", {"crcl_weight": "adjusted"}, False),
        # Both weights in one band: 75 x 95 x 0.85 / 72 = 84.1 and 61.5.
        ("95", "1.0", {}, False),
        # 120 per cent of 52.382 kg are 62.86: 62.8 kg is no heavy patient, 63 is. 75 x 63 x 0.85 / (72 x 1.09) = 51.17, adjusted
        # (52.382 + 0.4 x 10.618 = 56.629 kg) 46.00; 62.8 kg: 51.01.
        ("62.8", "1.09", {}, False),
        ("63", "1.09", {}, True),
    ],
)
def test_the_weight_is_asked_about_only_where_it_matters(kg: str, creatinine: str, choices: dict[str, str], asked: bool) -> None:
    plan = plan_for("zoledronic-acid", kg, creatinine, cm="160", **choices)
    assert ("clearance-by-weight" in {code for _, code, _ in said(plan)}) == asked


@pytest.mark.parametrize("drop", ["weight", "height", "creatinine"])
def test_what_is_not_known_is_not_doubted(drop: str) -> None:
    assert said(plan_for("zoledronic-acid", "95", "1.3", cm="160", drop=drop)) == []
