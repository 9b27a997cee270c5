"""One dose with its steps, and every dose of a plan of two years of five courses that are dosed on weight, surface or kidneys."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from benchmarks.measure import Row, middle, percentile
from benchmarks.treatments import TWO_YEARS, file_of_courses
from mbc_desktop.core.folders import find_schedules
from mbc_desktop.dosing.dose import Step
from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.planning.plan_treatment import plan_treatment
from mbc_desktop.planning.replay import dose_desk
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.loader import load_library

TODAY = date(2026, 3, 2)
FRAME_MS = 16.7
DOSE_MS = 0.3
TIMES_A_ROUND = 10
COURSES = ("paclitaxel-bevacizumab", "carboplatin-gemcitabine", "docetaxel-trastuzumab-pertuzumab", "eribulin", "zoledronic-acid")


def five_courses(number: int) -> str:
    """A treatment file of two years; `number` makes it different from every other."""
    start = (TODAY + timedelta(days=1 + number % 5)).isoformat()
    courses = [{"id": f"c{place}", "regimen": regimen, "start": start} for place, regimen in enumerate(COURSES, 1)]
    return file_of_courses(number, today=TODAY, horizon=TODAY + TWO_YEARS, courses=courses)


def rows(rounds: int) -> Iterator[Row]:
    """Median and 95th percentile of one dose and of all doses of a plan; every plan is of another request."""
    library = load_library(find_schedules())
    texts = [five_courses(number) for number in range((rounds + 1) * TIMES_A_ROUND)]
    requests = [read_treatment(text, today=TODAY, library=library) for text in texts]
    planned: list[float] = []
    for request in requests:
        begun = time.perf_counter()
        plan = plan_treatment(request, library)
        planned.append((time.perf_counter() - begun) * 1000)
    turns = [list(_timed(_asked(texts[number], library))) for number in range(rounds)]
    doses, together = [dose for turn in turns for dose in turn], [sum(turn) for turn in turns]
    steps = [step for item in plan.administrations if item.dose for step in item.dose.steps]
    each = len(steps) / sum(bool(item.dose) for item in plan.administrations)
    alone, named = each * _building(steps), f"building its {each:.1f} steps alone"
    what, every = "a dose with its steps", f"every dose of two years, five courses, {len(plan.administrations)} administrations"
    yield Row(what=f"{what}: median", ours=middle(doses), baseline=alone, baseline_is=named, goal=DOSE_MS, of_ours=True)
    yield Row(what=f"{what}: 95th percentile", ours=percentile(doses, 95))
    yield Row(what=f"{every}: median", ours=middle(together), goal=FRAME_MS, of_ours=True)
    yield Row(what=f"{every}: 95th percentile", ours=percentile(together, 95))
    yield Row(what="that whole plan, dates and findings too: median", ours=middle(planned))


def _asked(text: str, library: Library) -> list[Callable[[], Any]]:
    """Every dose that a plan asks for, to be asked again."""
    asked: list[Callable[[], Any]] = []
    compute = dose_desk.compute_dose

    def noted(*values: Any, **named: Any) -> Any:
        asked.append(lambda: compute(*values, **named))
        return compute(*values, **named)

    dose_desk.compute_dose = noted  # type: ignore[assignment]
    try:
        plan_treatment(read_treatment(text, today=TODAY, library=library), library)
    finally:
        dose_desk.compute_dose = compute  # type: ignore[assignment]
    return asked


def _timed(asked: list[Callable[[], Any]]) -> Iterator[float]:
    for ask in asked:
        begun = time.perf_counter()
        ask()
        yield (time.perf_counter() - begun) * 1000


def _building(steps: list[Step]) -> float:
    """Milliseconds for building one step."""
    begun = time.perf_counter()
    for step in steps:
        Step(rule=step.rule, amount=step.amount, source=step.source, grade=step.grade, values=step.values)
    return (time.perf_counter() - begun) * 1000 / len(steps)
