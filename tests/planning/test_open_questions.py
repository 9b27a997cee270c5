"""An open question lists the answers that the chosen regimen can take."""

from __future__ import annotations

import pytest

from tests.planning.treatments import course, plan_of, treatment


@pytest.mark.parametrize(
    ("regimen", "decision", "options"),
    [
        ("vinorelbine-oral", "vinorelbine_form", "60 then 80 mg/m2 weekly by mouth | 60 mg/m2 on days 1 and 8 by mouth"),
        (
            "vinorelbine-iv",
            "vinorelbine_form",
            "25 mg/m2 weekly into a vein | 30 mg/m2 weekly into a vein | 30 mg/m2 on days 1 and 8 into a vein",
        ),
        # No phase is chosen by the dose: all stand.
        ("doxorubicin-three-weekly", "doxorubicin_dose", "60 | 75"),
        # What the guideline means is asked in full.
        ("tc-weekly", "tc_weekly", "paclitaxel-carboplatin | docetaxel-cyclophosphamide | other"),
    ],
)
def test_only_what_the_regimen_holds_is_offered(regimen: str, decision: str, options: str) -> None:
    plan = plan_of(treatment(course(regimen), days=30, facts={"her2": "negative", "earlier_anthracycline": "none"}))
    asked = [dict(item.values) for item in plan.findings if item.code == "decision-missing"]
    (found,) = [values for values in asked if values["decision"] == decision]
    assert found.get("options") == options
