"""Taking times in turns, and saying what came of it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_S = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table. `ours` and `baseline` are in `unit`; `goal` is held against their ratio, or with `of_ours` against
    `ours` itself; without a goal the line is for information."""

    what: str
    ours: float
    baseline: float | None = None
    baseline_is: str = ""
    unit: str = "ms"
    goal: float | None = None
    of_ours: bool = False

    @property
    def ratio(self) -> float | None:
        """Ours divided by the baseline."""
        return self.ours / self.baseline if self.baseline else None

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None without a goal."""
        measured = self.ours if self.of_ours else self.ratio
        return None if self.goal is None or measured is None else measured <= self.goal


def in_turns(rounds: int, *things: Callable[[int], float]) -> list[list[float]]:
    """What each thing measures, in `rounds` rounds A B A B ..., after one round that does not count. Each gets the number of the
    round, so that no round repeats another."""
    taken: list[list[float]] = [[] for _ in things]
    for number in range(-1, rounds):
        for thing, results in zip(things, taken, strict=True):
            result = thing(number)
            if number >= 0:
                results.append(result)
    return taken


def percentile(values: Sequence[float], percent: int) -> float:
    """The smallest value that at least `percent` per cent of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def middle(values: Sequence[float]) -> float:
    """The median."""
    return median(values)


def run_child(module: str, *arguments: str, given: bytes | None = None, home: Path | None = None) -> str:
    """What a fresh process of this Python says on its standard output. `home` keeps it away from the user's own settings."""
    place = {name: str(home) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "HOME")} if home else {}
    try:
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "", **place},
            input=given,
            capture_output=True,
            timeout=PATIENCE_S,
        )
    except subprocess.TimeoutExpired as error:
        # A window that shows an error waits for somebody to close the dialog.
        raise RuntimeError(f"{module} did not end:\n{(error.stderr or b'').decode()}") from None
    # A plan with a stop ends with 3.
    if done.returncode not in (0, 3):
        raise RuntimeError(f"{module} ended with {done.returncode}:\n{done.stderr.decode()}")
    return done.stdout.decode()


def own_folder() -> TemporaryDirectory[str]:
    """A folder for the settings of the windows that are measured."""
    return TemporaryDirectory(prefix="benchmarks-")
