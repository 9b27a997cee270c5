"""Tablets three weeks out of four, held, resumed and delayed at random: the rest week is never lost."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from tests.planning.treatments import TODAY, File, course, event, later, plan_of, taken, treatment

PAUSES = 250
SCOPES = ("this", "rest_of_cycle", "rest_of_treatment")


def random_pauses(chance: Random) -> list[File]:
    """Up to three holds with or without a resume, and delays of a cycle."""
    found: list[File] = []
    day = -50
    for number in range(chance.randint(1, 3)):
        day += chance.randint(1, 30)
        on = later(TODAY, min(day, 0))
        if chance.random() < 0.6:
            found.append(event("hold", on, f"h{number}", drug="palbociclib", **{"from": later(TODAY, day)}))
            day += chance.randint(1, 40)
            if chance.random() < 0.8:
                found.append(event("resume", on, f"r{number}", drug="palbociclib", **{"from": later(TODAY, day)}))
        else:
            delay = {"days": chance.randint(1, 28), "scope": chance.choice(SCOPES)}
            found.append(event("delay", on, f"d{number}", drug="palbociclib", number=chance.randint(2, 6), **delay))
    return found


def test_no_pause_ever_costs_the_rest_week() -> None:
    for number in range(PAUSES):
        chance = Random(f"pauses/{number}")  # noqa: S311 - chosen, not secret
        start = later(TODAY, -chance.randint(0, 60))
        plan = plan_of(treatment(course("palbociclib-letrozole", start), days=150, events=random_pauses(chance)))
        periods = [item for item in taken(plan, "palbociclib") if item.status != "held"]
        days = [item.first + timedelta(days=at) for item in periods for at in range((item.last - item.first).days + 1)]
        assert len(days) == len(set(days)), number
        assert all(sum(day <= other < day + timedelta(days=28) for other in days) <= 21 for day in days), number
        last_of: dict[int, date] = {}
        for item in periods:
            last_of[item.cycle] = max(item.last, last_of.get(item.cycle, item.last))
        for item in periods:
            before = last_of.get(item.cycle - 1)
            assert before is None or (item.first - before).days >= 8, number
