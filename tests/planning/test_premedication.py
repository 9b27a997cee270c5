"""The tablets that prepare docetaxel: none for a docetaxel that is not given."""

from __future__ import annotations

import pytest

from tests.planning.treatments import File, course, event, plan_of, treatment

# Monday 2 March 2026 and every 21 days: 2 and 23 March, 13 April (Easter is 5 April), 4 May. The tablets start the day before.
DAYS = ["2026-03-01", "2026-03-22", "2026-04-12", "2026-05-03"]


def first_tablets(*events: File, regimen: str = "docetaxel-trastuzumab-pertuzumab") -> list[str]:
    choices = {"docetaxel_dose": "75"} if regimen == "docetaxel" else {}
    plan = plan_of(treatment(course(regimen, choices=choices), days=70, events=list(events)))
    return [item.first.isoformat() for item in plan.intakes if item.drug == "dexamethasone"]


@pytest.mark.parametrize("regimen", ["docetaxel", "docetaxel-trastuzumab-pertuzumab"])
@pytest.mark.parametrize(
    ("what", "left"),
    [
        (event("omit", "2026-03-02", drug="docetaxel", number=2, scope="this"), [DAYS[0], *DAYS[2:]]),
        (event("omit", "2026-03-02", drug="docetaxel", number=2, scope="rest_of_treatment"), DAYS[:1]),
        (event("cease", "2026-03-02", drug="docetaxel", **{"from": "2026-04-01"}), DAYS[:2]),
        (event("hold", "2026-03-02", drug="docetaxel", **{"from": "2026-03-10"}), DAYS[:1]),
    ],
)
def test_no_tablets_for_a_docetaxel_that_is_not_given(regimen: str, what: File, left: list[str]) -> None:
    assert first_tablets(regimen=regimen) == DAYS
    assert first_tablets(what, regimen=regimen) == left


def test_the_tablets_stay_while_docetaxel_is_only_not_released() -> None:
    """They start the day before the counts are known; a day that moves moves them."""
    low = treatment(course("docetaxel", choices={"docetaxel_dose": "75"}), days=30)
    low["measurements"].append({"kind": "neutrophils", "value": "1.2", "unit": "10^9/L", "on": "2026-03-02"})
    plan = plan_of(low)
    assert next(item.status for item in plan.administrations if item.drug == "docetaxel") == "withheld"
    assert next(item.first.isoformat() for item in plan.intakes if item.drug == "dexamethasone") == DAYS[0]


def test_tablets_stop_with_docetaxel_and_not_with_the_antibody() -> None:
    stop = event("cease", "2026-03-02", drug="pertuzumab", **{"from": "2026-04-01"})
    assert first_tablets(stop) == DAYS
