"""How long two stereotactic fractions may lie apart: a question from 5 days on, a stop from 9 days on (8 days is the longest that
any trial took, 4 the longest that needs no word). The days are counted by hand; September 2026 has no holiday."""

from __future__ import annotations

import pytest

from tests.planning.treatments import irradiation, plan_of, treatment


@pytest.mark.parametrize(
    ("days", "closed", "first", "second", "codes"),
    [
        # Thursday 10 to Monday 14 September: 4 days.
        ("Mon Thu", [], "2026-09-10", "2026-09-14", []),
        # Thursday 10 to Tuesday 15 September: 5 days.
        ("Tue Thu", [], "2026-09-10", "2026-09-15", ["fraction-gap-long"]),
        # Wednesday 9 to Thursday 17 September, the 16th closed: 8 days.
        ("Wed Thu", ["2026-09-16"], "2026-09-09", "2026-09-17", ["fraction-gap-long"]),
        # Tuesday 8 to Thursday 17 September, the 10th and the 15th closed: 9 days.
        ("Tue Thu", ["2026-09-10", "2026-09-15"], "2026-09-08", "2026-09-17", ["fraction-gap-too-long"]),
    ],
)
def test_a_gap_is_questioned_from_5_days_and_stopped_from_9(
    days: str, closed: list[str], first: str, second: str, codes: list[str]
) -> None:
    line = irradiation("5x7", start=first, choices={"days": days, "per_week": "2"})
    closures = [{"from": day, "until": day, "unit": "radiotherapy", "why": "service"} for day in closed]
    plan = plan_of(treatment(line, today=first, closures=closures))
    assert [fraction.date.isoformat() for fraction in plan.fractions[:2]] == [first, second]
    found = [item.code for item in plan.findings if item.code.startswith("fraction-gap") and dict(item.values)["number"] == "2"]
    assert found == codes
