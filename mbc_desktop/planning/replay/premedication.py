"""Tablets that prepare a drug: where that drug is not given, they are not taken."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from mbc_desktop.planning.replay.course_plan import CoursePlan
from mbc_desktop.regimen.regimen import Regimen

_NOT_GIVEN = frozenset(("omitted", "ceased", "held"))


def with_their_drug(made: CoursePlan, regimen: Regimen) -> CoursePlan:
    """The course, its premedication at home as the drug it belongs to (`ends_with` of its order): left out of a cycle in which
    that drug is omitted, ceased or on hold. While the drug is only not released yet, the tablets stay: they start the day before,
    when the values of the day are not known."""
    belongs_to = {
        (part.id, order.drug): order.ends_with
        for part in regimen.parts
        for phase in part.phases
        for order in phase.orders
        if order.role == "premedication" and order.take is not None and order.ends_with
    }
    if not belongs_to:
        return made
    states: defaultdict[tuple[str, int, str], set[str]] = defaultdict(set)
    for item in made.administrations:
        states[item.part, item.cycle, item.drug].add(item.status)
    kept = []
    for period in made.intakes:
        drug = belongs_to.get((period.part, period.drug), "") if period.role == "premedication" else ""
        of_drug = states.get((period.part, period.cycle, drug), set())
        if of_drug and of_drug <= _NOT_GIVEN:
            continue
        kept.append(period)
    return replace(made, intakes=tuple(kept))
