"""From the start of a process to a painted window, to one that can be used, and the memory it then holds; against an empty
window."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from benchmarks.measure import Row, in_turns, middle, own_folder, run_child
from benchmarks.treatments import two_years_of_four_courses

FEW = 2
Marks = dict[str, dict[str, float]]


def rows(rounds: int) -> Iterator[Row]:
    """Start and memory; each round is a fresh process of each window, in turns."""
    with own_folder() as folder:
        home = Path(folder)
        treatment = home / "four-courses.mbc.json"
        # The window goes by the day it is, so the treatment is one of today.
        treatment.write_text(two_years_of_four_courses(0, today=date.today()), encoding="utf-8")  # noqa: DTZ011
        ours: list[Marks] = []
        empty: list[Marks] = []
        first: list[Marks] = []
        printed: list[Marks] = []
        in_turns(
            rounds,
            _run(empty, "benchmarks.empty_window", home=home),
            _run(ours, "benchmarks.our_window", str(treatment), home=home),
            _run(first, "benchmarks.our_window"),
        )
        # Forty-five pages take long; what they leave in memory differs little from time to time.
        in_turns(min(rounds, FEW), _run(printed, "benchmarks.our_window", str(treatment), str(home / "printed.pdf"), home=home))
    yield _row("start to first paint", ours, "painted", "at", empty, goal=1.3)
    yield _row("start to usable (library loaded and checked)", ours, "usable", "at", empty, goal=2.3)
    yield _row("the same, the first start of all", first, "usable", "at", empty)
    yield _row("memory at first paint", ours, "painted", "kib", empty)
    yield _row("memory after loading", ours, "usable", "kib", empty, goal=1.8)
    yield _row("memory with a treatment open (two years, four courses)", ours, "opened", "kib", empty)
    yield _row("memory after printing what the patient is handed", printed, "printed", "kib", empty, goal=2.3)


def _run(kept: list[Marks], module: str, *arguments: str, home: Path | None = None) -> Callable[[int], float]:
    """Without a home of its own, each run finds a new one: nothing is left there from an earlier start."""

    def run(number: int) -> float:
        with own_folder() as new:
            begun = time.monotonic()
            printed = run_child(module, *arguments, home=home or Path(new))
        said = [json.loads(line) for line in printed.splitlines() if line.startswith("{")]
        if number >= 0:
            kept.append({mark["mark"]: {"at": (mark["at"] - begun) * 1000, "kib": mark["kib"] / 1024} for mark in said})
        return 0.0

    return run


def _row(what: str, ours: list[Marks], mark: str, value: str, empty: list[Marks], *, goal: float | None = None) -> Row:
    return Row(
        what=what,
        ours=middle([marks[mark][value] for marks in ours]),
        baseline=middle([marks["painted"][value] for marks in empty]),
        baseline_is="empty QMainWindow, painted",
        unit="ms" if value == "at" else "MiB",
        goal=goal,
    )
