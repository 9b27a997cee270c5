"""The dose groups of shared/vectors/chemotherapy.json, where they lie beside the checkout: no difference. The same rules, worked
by hand, stand in tests/cases and tests/dosing/test_second_doses_by_hand.py, which need nothing beside the checkout."""

from __future__ import annotations

import pytest

from tests.planning.dose_vectors import CASES, GROUPS, Case
from tests.planning.published_doses import published
from tests.planning.treatments import library

CHECKED = GROUPS | {"published": published}
ELSEWHERE = {"schedules", "chair_time"}
"""Dates and minutes: test_chemotherapy_vectors.py and the cases of the regimens."""


def cases(group: str) -> list[Case]:
    """The cases of a group; none where the vectors are absent."""
    return CASES.get(group, [])


NUMBERED = [(group, number) for group in CHECKED for number in range(len(cases(group)))]


@pytest.mark.parametrize(("group", "number"), NUMBERED, ids=[f"{group}-{number}" for group, number in NUMBERED])
def test_no_difference(group: str, number: int) -> None:
    assert list(CHECKED[group](cases(group)[number])) == []


def test_every_group_is_here_or_elsewhere() -> None:
    assert set(CASES) - set(CHECKED) - ELSEWHERE == set()
    assert library().regimens
