"""Computing a plan of two years and four courses anew, against only building the same records."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from typing import Any

from benchmarks.measure import Row, in_turns, middle, percentile
from benchmarks.treatments import two_years_of_four_courses
from mbc_desktop.core.folders import find_schedules
from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.plan_treatment import plan_treatment
from mbc_desktop.regimen.loader import load_library

TODAY = date(2026, 3, 2)
TIMES_A_ROUND = 20


def rows(rounds: int) -> Iterator[Row]:
    """Median and 95th percentile over all plans; every plan is of another request."""
    library = load_library(find_schedules())
    count = (rounds + 1) * TIMES_A_ROUND
    requests = [
        read_treatment(two_years_of_four_courses(number, today=TODAY), today=TODAY, library=library) for number in range(count)
    ]
    plans: list[Plan] = []
    planned: list[float] = []
    built: list[float] = []

    def plan(number: int) -> float:
        begun = time.perf_counter()
        plans.append(plan_treatment(requests[number + 1], library))
        return (time.perf_counter() - begun) * 1000

    def build(number: int) -> float:
        records = _records(plans[-1])
        begun = time.perf_counter()
        for kind, values in records:
            kind(**values)
        return (time.perf_counter() - begun) * 1000

    for first in range(0, count, rounds + 1):
        ours, baseline = in_turns(rounds, lambda number, first=first: plan(number + first), build)  # type: ignore[misc]
        planned += ours
        built += baseline
    named = f"building its {len(_records(plans[-1]))} records alone"
    yield Row(
        what="plan of two years, four courses: median",
        ours=middle(planned),
        baseline=middle(built),
        baseline_is=named,
        goal=10,
        of_ours=True,
    )
    yield Row(
        what="plan of two years, four courses: 95th percentile",
        ours=percentile(planned, 95),
        baseline=percentile(built, 95),
        baseline_is=named,
        goal=10,
        of_ours=True,
    )


def _records(plan: Plan) -> list[tuple[type, dict[str, Any]]]:
    items: tuple[Any, ...] = (*plan.administrations, *plan.intakes, *plan.fractions, *plan.checks, *plan.visits)
    return [(type(item), {field.name: getattr(item, field.name) for field in fields(item)}) for item in items]
