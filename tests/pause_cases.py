"""Tablets three weeks out of four, held, resumed and delayed at random: whether the rest week is ever lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from tests.planning.treatments import TODAY, File, course, event, later, plan_of, taken, treatment

SCOPES = ("this", "rest_of_cycle", "rest_of_treatment")
ON_DAYS, OFF_DAYS, CYCLE_DAYS = 21, 7, 28


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


def faults(chance: Random) -> Iterator[str]:
    """What is wrong with the tablets after some pauses."""
    start = later(TODAY, -chance.randint(0, 60))
    plan = plan_of(treatment(course("palbociclib-letrozole", start), days=150, events=random_pauses(chance)))
    periods = [item for item in taken(plan, "palbociclib") if item.status != "held"]
    days = [item.first + timedelta(days=at) for item in periods for at in range((item.last - item.first).days + 1)]
    if len(days) != len(set(days)):
        yield "a day twice"
    for day in days:
        if sum(day <= other < day + timedelta(days=CYCLE_DAYS) for other in days) > ON_DAYS:
            yield f"more than {ON_DAYS} days of tablets in {CYCLE_DAYS} from {day}"
    last_of: dict[int, date] = {}
    for item in periods:
        last_of[item.cycle] = max(item.last, last_of.get(item.cycle, item.last))
    for item in periods:
        before = last_of.get(item.cycle - 1)
        if before is not None and (item.first - before).days <= OFF_DAYS:
            yield f"cycle {item.cycle} begins {(item.first - before).days} days after the last tablet"
