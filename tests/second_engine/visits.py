"""Injections and infusions: a template of visits, what happened to it, and the real day of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.second_engine.belgium import Doors
from tests.second_engine.civil import months_later

LONGEST = 366
"""No visit is looked for further behind the horizon."""

Length = tuple[int, str]
"""How long a cycle lasts: (28, "days") or (1, "months")."""


@dataclass(frozen=True)
class Rule:
    """How the visits of a drug may move: the window, which way first, whether the next interval counts from the real
    day, and the least number of days between two of them."""

    window: tuple[int, int]
    way: str
    from_real_day: bool
    least: int


@dataclass(frozen=True)
class Template:
    """Days of the first cycle (0 = its first day), days of every other one, the length of a cycle, and the rule by cycle."""

    first: tuple[int, ...]
    others: tuple[int, ...]
    length: Length
    rule: Callable[[int], Rule]


@dataclass
class Happened:
    """By number of the visit: lasting delays in days, the day on which it was given, whether it was omitted, a new length from it
    on."""

    delays: dict[int, int] = field(default_factory=dict)
    given: dict[int, int] = field(default_factory=dict)
    omitted: set[int] = field(default_factory=set)
    lengths: dict[int, Length] = field(default_factory=dict)


@dataclass(frozen=True)
class Visit:
    """One visit: its number and cycle, the template's day, the day after events, the real day (None: none is open), its state."""

    number: int
    cycle: int
    nominal: int
    due: int
    day: int | None
    state: str


def after(start: int, length: Length, times: int) -> int:
    """A number of cycle lengths after a day, always counted from that day."""
    count, unit = length
    return start + count * times if unit == "days" else months_later(start, count * times)


def place(due: int, rule: Rule, doors: Doors, start: int, last: int | None) -> int | None:
    """Of all open days in the window, in order of preference, the first far enough from the last visit; else the first of all."""
    low, high = rule.window if last is not None else (0, 7)
    way = rule.way if last is not None else "later"
    days = [due + step for step in range(low, high + 1) if due + step >= start and doors.open(due + step)]
    if way == "later":
        days = sorted(day for day in days if day >= due)
    elif way == "earlier":
        days = sorted((day for day in days if day <= due), reverse=True)
    else:
        days.sort(key=lambda day: (abs(day - due), day < due))
    fitting = [day for day in days if last is None or day - last >= rule.least]
    return (fitting or days or [None])[0]


def _awaited(happened: Happened, number: int, horizon: int) -> bool:
    """Whether a later one was given already: it belongs to the plan although its due day lies behind the horizon."""
    return any(later > number and day <= horizon for later, day in happened.given.items())


def visits(template: Template, start: int, horizon: int, doors: Doors, happened: Happened) -> list[Visit]:
    """All visits that are due up to the horizon, inclusive."""
    found: list[Visit] = []
    # A cycle begins where this line has got to: anchor, the cycle that began there, the length since; once as the template has it
    # and once as events have moved it.
    plain = moved = (start, 1, template.length)
    number, cycle, last, behind = 0, 1, None, 0
    while after(moved[0], moved[2], cycle - moved[1]) <= (
        horizon if not _awaited(happened, number, horizon) else horizon + LONGEST
    ):
        rule = template.rule(cycle)
        for offset in template.first if cycle == 1 else template.others:
            number += 1
            lasting = happened.delays.get(number, 0)
            moved = (after(moved[0], moved[2], cycle - moved[1]) + lasting, cycle, moved[2]) if lasting else moved
            due = after(moved[0], moved[2], cycle - moved[1]) + offset
            # The visit before lay behind its due day and no open day keeps the least interval: the line follows, if that helps.
            own, then = place(due, rule, doors, start, last), place(due + behind, rule, doors, start, last)
            if behind > 0 and last is not None and None not in (own, then) and own - last < rule.least <= then - last:
                moved = (after(moved[0], moved[2], cycle - moved[1]) + behind, cycle, moved[2])
                due += behind
            day = happened.given.get(number, place(due, rule, doors, start, last))
            state = "given" if number in happened.given else "omitted" if number in happened.omitted else "coming"
            if due <= horizon or state == "given":
                found.append(Visit(number, cycle, after(plain[0], plain[2], cycle - plain[1]) + offset, due, day, state))
            if day is None:
                continue
            last, behind = day, day - due if state != "omitted" else 0
            late = number in happened.given and not rule.window[0] <= day - due <= rule.window[1]
            # A visit on its due day leaves the anchor where it was: months are counted from there, never step on step.
            if day != due and (rule.from_real_day or late):
                moved = (after(moved[0], moved[2], cycle - moved[1]) + day - due, cycle, moved[2])
                behind = 0
        longer = [length for first, length in happened.lengths.items() if first <= number + 1]
        if longer and longer[-1] != moved[2]:
            plain = (after(plain[0], plain[2], cycle - plain[1]), cycle, longer[-1])
            moved = (after(moved[0], moved[2], cycle - moved[1]), cycle, longer[-1])
        cycle += 1
    return found
