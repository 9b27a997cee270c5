"""A sample of `make prove-pauses`, and that it would see a lost rest week."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from tests import pause_cases
from tests.planning.treatments import plan_of
from tests.prove_pauses import paused


def test_no_pause_ever_costs_the_rest_week() -> None:
    assert paused(("ci", 0, 250)) == (250, [])


def test_a_cycle_without_its_rest_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_long(file: object) -> object:
        plan = plan_of(file)  # type: ignore[arg-type]
        return replace(plan, intakes=tuple(replace(item, last=item.last + timedelta(days=3)) for item in plan.intakes))

    monkeypatch.setattr(pause_cases, "plan_of", too_long)
    found = " ".join(pause_cases.faults(Random("seen")))  # noqa: S311 - chosen, not secret
    assert "more than 21 days" in found
    assert "days after the last tablet" in found
