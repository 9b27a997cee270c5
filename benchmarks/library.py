"""Reading and checking the whole library once pydantic is imported, and taking it from the checked copy."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.measure import Row, middle
from mbc_desktop.core.folders import find_schedules
from mbc_desktop.regimen.load_cached import load_library_quickly
from mbc_desktop.regimen.loader import load_library
from mbc_desktop.regimen.toml_text import parse_toml

GOAL_MS = 150.0


def rows(rounds: int) -> Iterator[Row]:
    """Processor time, so that a busy machine counts less: all files read strictly and checked whole, beside reading their TOML
    alone; and the start that believes the copy."""
    folder = find_schedules()
    load_library(folder)
    whole = [_spent(lambda: load_library(folder)) for _ in range(rounds)]
    files = [(path.read_bytes(), path.name) for path in sorted(folder.rglob("*.toml"))]
    parsed = [_spent(lambda: [parse_toml(content, name=name) for content, name in files]) for _ in range(rounds)]
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / "library"
        load_library_quickly(folder, copy)
        quick = [_spent(lambda: load_library_quickly(folder, copy)) for _ in range(rounds)]
    what = f"the whole library, {len(files)} files, read and checked: median"
    alone = "reading its TOML alone"
    yield Row(what=what, ours=middle(whole), baseline=middle(parsed), baseline_is=alone, goal=GOAL_MS, of_ours=True)
    later = "the same from the checked copy, as every later start does: median"
    yield Row(what=later, ours=middle(quick), goal=GOAL_MS, of_ours=True)


def _spent(act: Callable[[], object]) -> float:
    begun = time.process_time()
    act()
    return (time.process_time() - begun) * 1000
