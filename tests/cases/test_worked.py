"""Every worked case of tests/cases/worked: dates, doses, tablets, checks, windows, limits on both sides."""

from __future__ import annotations

import pytest

from tests.planning.treatments import library
from tests.worked.checks import WorkedCheck, worked_checks


@pytest.mark.parametrize("check", worked_checks(), ids=lambda check: check.id)
def test_the_plan_is_as_worked_by_hand(check: WorkedCheck) -> None:
    assert check.differences(library()) == []


def test_every_regimen_and_every_radiotherapy_course_has_a_worked_case() -> None:
    worked = {subject for check in worked_checks() for subject in check.subjects}
    assert {*library().regimens, *library().radiotherapy} <= worked
