"""The table, for the screen and for docs/proofs/benchmarks.md."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

from benchmarks.measure import ROOT, Row

HEADINGS = ("what", "ours", "baseline", "ratio", "goal", "met", "the baseline is")
PEERS = ("PySide6-Essentials", "pydantic", "reportlab", "typst")


def table(rows: Sequence[Row]) -> str:
    """The rows under their headings, in columns, as Markdown."""
    cells = [HEADINGS, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEADINGS))]
    lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in cells]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def page(rows: Sequence[Row], *, rounds: int, busy: str) -> str:
    """The whole page of a run."""
    missed = [row.what for row in rows if row.met is False]
    return f"""\
# Benchmarks

Written by `make bench`. Every figure is the median of {rounds} rounds (starts: twice as many) in which this program and its
baseline took turns, after one round that does not count; goals with a percentile say so. Windows are drawn without a screen
(Qt's offscreen platform). Starts are of fresh processes with the files in the system's cache; the first start of all finds no
copy of the checked library. A goal with an x is a ratio; one with a unit is a limit on our own figure, whatever the baseline.
A busy machine makes the figures in milliseconds worse, the ratios hardly.

- machine: {_machine()}
- software: {_software()}
- commit: {_commit()}
- date: {date.today().isoformat()}
- load of the machine before and after (average of a minute): {busy}

{table(rows)}

Missed: {"; ".join(missed) if missed else "none"}.
"""  # noqa: DTZ011


def load() -> str:
    """How busy the machine was in the last minute."""
    return f"{os.getloadavg()[0]:.2f}" if hasattr(os, "getloadavg") else "not known"


def _cells(row: Row) -> tuple[str, ...]:
    goal = "" if row.goal is None else f"{row.goal:.3g} {row.unit}" if row.of_ours else f"{row.goal:g} x"
    met = {True: "yes", False: "NO", None: ""}[row.met]
    return (
        row.what,
        f"{_figure(row.ours)} {row.unit}",
        "" if row.baseline is None else f"{_figure(row.baseline)} {row.unit}",
        "" if row.ratio is None else f"{row.ratio:.2f} x",
        f"at most {goal}" if goal else "",
        met,
        row.baseline_is,
    )


def _figure(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _machine() -> str:
    information = Path("/proc/cpuinfo")
    names = (
        [line.partition(":")[2].strip() for line in information.read_text().splitlines() if line.startswith("model name")]
        if (information.is_file())
        else []
    )
    return f"{os.cpu_count()} cores, {names[0] if names else platform.processor() or platform.machine()}, {platform.system()}"


def _software() -> str:
    named = [f"{name} {version(name)}" for name in PEERS]
    return ", ".join([f"Python {sys.version.split()[0]}", *named])


def _commit() -> str:
    found = subprocess.run(["git", "rev-parse", "--short=10", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    if found.returncode != 0:
        return "not known"
    changed = subprocess.run(
        ["git", "status", "--porcelain", "mbc_desktop", "schedules", "resources"], cwd=ROOT, capture_output=True, text=True
    )
    return found.stdout.strip() + (" with uncommitted changes" if changed.stdout.strip() else "")
