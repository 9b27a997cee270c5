"""Bringing five therapies of two years together, and a plan in which sixty doses are recorded by their day."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from benchmarks.measure import Row, in_turns, middle
from benchmarks.treatments import two_years_of_four_courses
from mbc_desktop.core.folders import find_schedules
from mbc_desktop.planning.dates.working_days import OpenDays
from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.planning.plan_treatment import plan_treatment
from mbc_desktop.planning.proposals.visit_alignment import AlignedTherapy, align_visits, even_therapy
from mbc_desktop.planning.request import DrugCourse, Event, Request, Target
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.loader import load_library

TODAY = date(2026, 3, 2)
DOSES = 61


def rows(rounds: int) -> Iterator[Row]:
    """The search for shared visits, and a plan with sixty-one events."""
    library = load_library(find_schedules())
    text = two_years_of_four_courses(0, today=TODAY)
    plain = read_treatment(text, today=TODAY, library=library)
    recorded = _recorded(plain, library)

    def align(number: int) -> float:
        therapies = _five(TODAY + timedelta(days=number % 5))
        return _timed(lambda: align_visits(therapies, OpenDays()))

    found, planned = in_turns(rounds, align, lambda _: _timed(lambda: plan_treatment(plain, library)))
    yield Row(
        what="visits of five therapies, two years, brought together",
        ours=middle(found),
        baseline=middle(planned),
        baseline_is="planning two years of four courses",
        goal=100,
        of_ours=True,
    )
    with_events, without = in_turns(
        rounds,
        lambda _: _timed(lambda: plan_treatment(recorded, library)),
        lambda _: _timed(lambda: plan_treatment(replace(recorded, events=()), library)),
    )
    yield Row(
        what=f"plan with {DOSES} doses recorded by their day",
        ours=middle(with_events),
        baseline=middle(without),
        baseline_is="the same plan without them",
        goal=40,
        of_ours=True,
    )


def _timed(work: object) -> float:
    begun = time.perf_counter()
    work()  # type: ignore[operator]
    return (time.perf_counter() - begun) * 1000


def _five(start: date) -> tuple[AlignedTherapy, ...]:
    """Loading aside, what one patient can have at once: each therapy begins on another day of the week."""
    made = (
        ("fulvestrant", 0, 28, 26, (-3, 3), 25),
        ("denosumab", 4, 28, 26, (-3, 7), 21),
        ("goserelin", 2, 28, 26, (-3, 0), 21),
        ("trastuzumab", 1, 21, 35, (-3, 3), 18),
        ("paclitaxel", 3, 7, 104, (-1, 1), 6),
    )
    return tuple(
        even_therapy(
            name, [start + timedelta(days=first + every * number) for number in range(count)], window=window, min_gap=gap
        )
        for name, first, every, count, window, gap in made
    )


def _recorded(plain: Request, library: Library) -> Request:
    """Weekly paclitaxel since a year and a half, every third dose a day late, all recorded by the day on which they were due."""
    start = TODAY - timedelta(days=7 * 87)
    course = DrugCourse(id="c1", regimen="paclitaxel-weekly", start=start)
    request = replace(plain, courses=(course,), events=())
    due = sorted({item.due for item in plan_treatment(request, library).administrations if item.drug == "paclitaxel"})
    events = tuple(
        Event(
            id=f"e{number}",
            kind="given",
            course="c1",
            on=day + timedelta(days=1),
            by="NV",
            target=Target(drug="paclitaxel", on=day),
            given_on=day + timedelta(days=1 if number % 3 == 0 else 0),
        )
        for number, day in enumerate(due[:DOSES], 1)
    )
    return replace(request, events=events)
