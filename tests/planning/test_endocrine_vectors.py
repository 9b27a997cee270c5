"""Endocrine treatment and bone agents through treatment files: our own worked cases, and the shared vectors where they lie beside
the checkout."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.planning import endocrine_vectors as vectors

CASES = Path(__file__).parents[1] / "cases" / "treatments" / "endocrine_and_bone.json"
SHARED = Path(__file__).parents[3] / "shared" / "vectors" / "endocrine_bone_renal.json"


def own_cases() -> list[dict[str, Any]]:
    """Our cases, each with its arithmetic."""
    found: list[dict[str, Any]] = json.loads(CASES.read_bytes())
    return found


@pytest.mark.parametrize("case", own_cases(), ids=lambda case: str(case["id"]))
def test_plan_gives_the_worked_answer(case: dict[str, Any]) -> None:
    assert case["arithmetic"]
    assert vectors.differences(case["group"], case["given"], case["expected"]) == []


def test_every_group_has_cases_of_its_own() -> None:
    assert {case["group"] for case in own_cases()} == set(vectors.GROUPS)


@pytest.mark.skipif(not SHARED.exists(), reason="the shared vectors lie beside the project's own checkout only")
def test_no_shared_vector_differs() -> None:
    groups = {group["id"]: group["vectors"] for group in json.loads(SHARED.read_bytes())["groups"]}
    found = [
        f"{vector['id']}: {difference}"
        for group in vectors.GROUPS
        for vector in groups[group]
        if vectors.is_ours(group, vector["input"])
        for difference in vectors.differences(group, vector["input"], vector["expected"])
    ]
    assert found == []
