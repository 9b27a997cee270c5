"""Radiotherapy and calendar vectors through treatment files: our own worked cases, and the shared ones where they lie beside the
checkout."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.planning import calendar_vectors as vectors
from tests.planning.treatments import library

CASES = Path(__file__).parents[1] / "cases" / "treatments" / "calendar.json"
SHARED = Path(__file__).parents[3] / "shared" / "vectors" / "radiotherapy_calendar.json"


def own_cases() -> list[dict[str, Any]]:
    """Our cases, each with its arithmetic."""
    found: list[dict[str, Any]] = json.loads(CASES.read_bytes())
    return found


def named_differences(given: dict[str, Any], expected: dict[str, Any]) -> list[str]:
    """A daily course that the library lists must have the same dates under its own name."""
    scheme = f"{given.get('fractions')}x{given.get('dose_per_fraction_gy')}"
    if given["rule"] != "rt_daily" or scheme not in library().radiotherapy:
        return []
    found = vectors.scheme_dates(given)
    return [] if found == expected["dates"] else [f"{scheme}: {found} is not {expected['dates']}"]


@pytest.mark.parametrize("case", own_cases(), ids=lambda case: str(case["id"]))
def test_plan_gives_the_worked_answer(case: dict[str, Any]) -> None:
    assert case["arithmetic"]
    assert vectors.differences(case["given"], case["expected"]) == []
    assert named_differences(case["given"], case["expected"]) == []


@pytest.mark.skipif(not SHARED.exists(), reason="the shared vectors lie beside the project's own checkout only")
def test_no_shared_vector_differs() -> None:
    asked = [vector for vector in json.loads(SHARED.read_bytes())["vectors"] if vectors.can_be_said(vector["input"])]
    assert len(asked) >= 46
    found = [
        f"{vector['id']}: {difference}"
        for vector in asked
        for difference in (
            *vectors.differences(vector["input"], vector["expected"]),
            *named_differences(vector["input"], vector["expected"]),
        )
    ]
    assert found == []
