"""A sample of `make prove-calendar` and of `make prove-replay`, and that both would see a fault."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from mbc_desktop.planning.plan_treatment import plan_treatment
from tests import calendar_sweep, prove_replay
from tests.calendar_sweep import faults
from tests.planning.treatments import library
from tests.prove_replay import replayed

SAMPLES = 12
"""Start days of each regimen; those of the next regimen lie a week later, so that together they meet every season."""


def test_no_regimen_breaks_a_rule_of_its_dates_from_any_sampled_day() -> None:
    first = date(2026, 1, 1)
    found = [
        fault
        for at, name in enumerate(sorted(library().regimens))
        for number in range(SAMPLES)
        for fault in faults(name, first + timedelta(weeks=at + 61 * number))
    ]
    assert found == []


def test_every_regimen_has_a_schedule_in_the_sweep() -> None:
    assert [name for name in library().regimens if not calendar_sweep.decided(name)[0].parts] == []


def test_a_closed_day_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    start = date(2026, 9, 7)
    assert list(faults("denosumab", start)) == []
    planned = calendar_sweep.planned

    def on_sunday(name: str, day: date) -> object:
        regimen, answers, made, horizon = planned(name, day)
        first, *others = made.administrations
        moved = replace(first, date=date(2026, 9, 6))
        return regimen, answers, replace(made, administrations=(moved, *others)), horizon

    monkeypatch.setattr(calendar_sweep, "planned", on_sunday)
    assert "a closed day" in " ".join(faults("denosumab", start))


def test_a_lost_dose_a_short_interval_and_too_many_tablets_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    start = date(2026, 9, 7)
    planned = calendar_sweep.planned

    def broken(name: str, day: date) -> object:
        regimen, answers, made, horizon = planned(name, day)
        injections = list(made.administrations)
        # The second is lost; the third comes a day after the first.
        injections[2] = replace(injections[2], date=date(2026, 9, 8))
        del injections[1]
        longer = tuple(replace(item, last=item.last + timedelta(days=1)) for item in made.intakes)
        return regimen, answers, replace(made, administrations=tuple(injections), intakes=longer), horizon

    monkeypatch.setattr(calendar_sweep, "planned", broken)
    found = " ".join(faults("palbociclib-fulvestrant", start))
    assert "is lost" in found
    assert "comes too soon" in found
    assert "22 days of tablets, 21 are allowed" in found


def test_sampled_histories_are_the_same_one_by_one_and_all_at_once() -> None:
    assert replayed(("ci", 0, 60)) == (60, [])


@pytest.mark.parametrize("number", [1546, 1554, 9877])
def test_what_the_long_run_found_stays_mended(number: int) -> None:
    # Histories that the long run found.
    assert replayed(("2026-11-27", number, number + 1)) == (1, [])


def test_a_plan_that_depended_on_the_way_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def forgetful(*arguments: object) -> object:
        seen.append(1)
        plan = plan_treatment(*arguments)  # type: ignore[arg-type]
        return replace(plan, administrations=plan.administrations[: -1 - len(seen)])

    monkeypatch.setattr(prove_replay, "plan_treatment", forgetful)
    request = next(
        request
        for number in range(50)
        if (request := prove_replay.random_history(Random(f"seen/{number}"))).events  # noqa: S311 - chosen, not secret
        and plan_treatment(request, library()).administrations
    )
    assert list(prove_replay.differences(request)) != []
