"""The dose of the time before: same drug, same course, what was omitted passed over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from mbc_desktop.core.quantity import Quantity
from mbc_desktop.planning.comparison.dose_before import dose_before
from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.planning.plan import Administration, Plan
from mbc_desktop.planning.plan_treatment import plan_treatment
from tests.planning.treatments import course, event, library, plan_of, taken, treatment

TODAY = date(2026, 3, 16)
TREATMENT = """{"format": 1, "patient": {"family_name": "Voorbeeld", "given_name": "Anna", "number": "1",
 "birth_date": "1961-05-04", "sex": "female"}, "measurements": [
 {"kind": "weight", "value": "68", "unit": "kg", "on": "2026-03-15"},
 {"kind": "height", "value": "165", "unit": "cm", "on": "2026-03-15"}],
 "facts": {"her2": "positive"}, "courses": [{"id": "c1", "regimen": "trastuzumab-three-weekly", "start": "2026-03-16"}]EVENTS}"""
OMITTED = """, "events": [{"id": "e1", "kind": "omit", "course": "c1", "drug": "trastuzumab", "number": 2, "scope": "this",
 "reason": "patient", "on": "2026-03-16", "by": "NV"}]"""


def planned(events: str = "") -> Plan:
    return plan_treatment(read_treatment(TREATMENT.replace("EVENTS", events), today=TODAY, library=library()), library())


def nth(plan: Plan, number: int) -> Administration:
    return next(one for one in plan.administrations if (one.drug, one.number) == ("trastuzumab", number))


def test_the_first_dose_has_none_before_it() -> None:
    plan = planned()
    assert dose_before(plan, nth(plan, 1)) is None


def test_the_loading_dose_stands_before_the_first_maintenance_dose() -> None:
    # 8 mg/kg x 68 kg = 544 mg, then 6 mg/kg x 68 kg = 408 mg: (408 - 544) / 544 = -25.0 per cent.
    plan = planned()
    found = dose_before(plan, nth(plan, 2))
    assert found is not None
    assert (found.on, found.amount.amount, found.percent) == (date(2026, 3, 16), Decimal(544), Decimal("-25.0"))
    third = dose_before(plan, nth(plan, 3))
    assert third is not None
    assert (third.amount.amount, third.percent) == (Decimal(408), Decimal("0.0"))


def test_what_was_omitted_is_passed_over() -> None:
    plan = planned(OMITTED)
    found = dose_before(plan, nth(plan, 3))
    assert found is not None
    assert found.on == date(2026, 3, 16)


def test_a_withheld_dose_is_compared_with_nothing() -> None:
    plan = planned()
    assert dose_before(plan, replace(nth(plan, 2), dose=None)) is None


def test_tablets_of_the_cycle_before_are_the_dose_before() -> None:
    """125 mg from 2 March, 100 mg from the second cycle of 30 March on: (100 - 125) / 125 = -20 per cent; the third the same."""
    lower = event("dose_level", "2026-03-02", drug="palbociclib", number=2, level="-1", scope="rest_of_treatment")
    plan = plan_of(treatment(course("palbociclib-letrozole"), days=80, events=[lower]))
    first, second, third = taken(plan, "palbociclib")[:3]
    assert dose_before(plan, first) is None
    found, same = dose_before(plan, second), dose_before(plan, third)
    assert found is not None
    assert same is not None
    assert (str(found.on), found.amount.text(), found.percent) == ("2026-03-02", "125 mg", Decimal("-20.0"))
    assert (str(same.on), same.amount.text(), same.percent) == ("2026-03-30", "100 mg", Decimal("0.0"))


def test_tablets_on_hold_gave_nothing() -> None:
    """The second cycle is on hold: before the third, of 27 April, stands the first."""
    held = [
        event("hold", "2026-03-02", "e1", drug="palbociclib", **{"from": "2026-03-30"}),
        event("resume", "2026-03-02", "e2", drug="palbociclib", **{"from": "2026-04-27"}),
    ]
    plan = plan_of(treatment(course("palbociclib-letrozole"), days=80, events=held))
    found = dose_before(plan, [item for item in taken(plan, "palbociclib") if item.status != "held"][1])
    assert found is not None
    assert (str(found.on), found.percent) == ("2026-03-02", Decimal("0.0"))


@pytest.mark.parametrize("changed", [{"times": 2}, {"every_days": 2}, {"amount": Quantity(Decimal(5), "mL")}])
def test_doses_of_another_unit_or_another_rhythm_have_no_percentage(changed: dict[str, Any]) -> None:
    plan = planned()
    now = nth(plan, 2)
    assert now.dose is not None
    found = dose_before(plan, replace(now, dose=replace(now.dose, **changed)))
    assert found is not None
    assert (found.amount.amount, found.percent) == (Decimal(544), None)
