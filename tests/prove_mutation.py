"""`make prove-mutation`: every small slip in dosing and patient, one at a time, and whether a test sees it. Writes
docs/proofs/mutation.md.

The tests are collected once. A first run notes which functions each test enters; every slip then runs in a child process with
only the tests that enter its function, quickest first, until one fails."""

from __future__ import annotations

import argparse
import functools
import importlib
import json
import os
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from tests.mutants import Mutant, mutants

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "docs" / "proofs" / "mutation.md"
KEPT = ROOT / "build" / "mutation"
EXPLAINED = "## What was not seen, and why"
TESTS = {
    "patient": ("tests/patient", "tests/test_calc_verb.py", "tests/test_parse_verb.py"),
    "dosing": (
        "tests/dosing",
        "tests/test_calc_verb.py",
        "tests/planning/test_dose_adjustments.py",
        "tests/planning/test_dose_vectors.py",
        "tests/planning/test_second_doses.py",
        "tests/planning/test_release.py",
        "tests/planning/test_chemotherapy_rules.py",
    ),
}
"""The room that is slipped in, and the tests that may notice."""
MOST_TESTS = 250
"""For one slip, the quickest that enter its function."""
LEAST_SECONDS, TIMES_LONGER = 10.0, 10.0


@dataclass
class Entered:
    """Which tests enter a function, and how long each takes."""

    tests: dict[str, list[pytest.Item]] = field(default_factory=lambda: defaultdict(list))
    seconds: dict[str, float] = field(default_factory=dict)

    def of(self, file: str, mutant: Mutant) -> list[pytest.Item]:
        """The tests for a slip, quickest first; for one outside every function those of the whole module."""
        prefix = f"{file}:{mutant.function}" if mutant.function else f"{file}:"
        found = {item.nodeid: item for key, items in self.tests.items() if key.startswith(prefix) for item in items}
        return sorted(found.values(), key=lambda item: self.seconds[item.nodeid])[:MOST_TESTS]


class Runner:
    """Takes the place of pytest's own loop over the tests."""

    def __init__(self, *, room: str, only: str, every: int, processes: int) -> None:
        self.room, self.only, self.every, self.processes = room, only, every, processes
        self.results: list[tuple[str, Mutant, str]] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """The first run, then every slip."""
        entered = _first_run(session, self.room)
        files = sorted((ROOT / "mbc_desktop" / self.room).glob("*.py"))
        jobs = [(path, mutant) for path in files if self.only in str(path) for mutant in mutants(path.read_text("utf-8"))][
            :: self.every
        ]
        running: dict[int, tuple[Path, Mutant]] = {}
        for path, mutant in jobs:
            if len(running) >= self.processes:
                self._wait(running)
            running[_start(path, mutant, entered)] = (path, mutant)
        while running:
            self._wait(running)
        return True

    def _wait(self, running: dict[int, tuple[Path, Mutant]]) -> None:
        child, status = os.wait()
        path, mutant = running.pop(child)
        seen = "survived" if os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0 else "seen"
        self.results.append((str(path.relative_to(ROOT)), mutant, seen))
        print(f"{seen} {path.relative_to(ROOT)}:{mutant.line} {mutant.function} {mutant.what}", flush=True)


def _first_run(session: pytest.Session, room: str) -> Entered:
    """Runs every test once; a test that fails without a slip is left out, and said."""
    entered = Entered()
    here = str(ROOT / "mbc_desktop" / room)
    for place, item in enumerate(session.items):
        following = session.items[place + 1] if place + 1 < len(session.items) else None
        called: set[str] = set()

        def note(frame: Any, event: str, _: object, called: set[str] = called) -> None:
            if event == "call" and frame.f_code.co_filename.startswith(here):
                called.add(f"{frame.f_code.co_filename}:{frame.f_code.co_qualname.replace('.<locals>', '')}")

        begun = time.perf_counter()
        sys.setprofile(note)
        reports = runtestprotocol(item, nextitem=following, log=False)
        sys.setprofile(None)
        if any(report.failed for report in reports):
            print(f"left out, for it fails without a slip: {item.nodeid}", flush=True)
            continue
        entered.seconds[item.nodeid] = time.perf_counter() - begun
        for name in called:
            entered.tests[name].append(item)
    return entered


def _start(path: Path, mutant: Mutant, entered: Entered) -> int:
    """A child in which the slip is made; it ends with 1 as soon as a test sees it."""
    items = entered.of(str(path), mutant)
    child = os.fork()
    if child:
        return child
    signal.alarm(int(LEAST_SECONDS + TIMES_LONGER * sum(entered.seconds[item.nodeid] for item in items)))
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, 1)
    os.dup2(sink, 2)
    try:
        _make(path, mutant)
    except Exception:
        os._exit(1)
    for item in items:
        if any(report.failed for report in runtestprotocol(item, nextitem=None, log=False)):
            os._exit(1)
    os._exit(0)


def _make(path: Path, mutant: Mutant) -> None:
    """The slip in the running program: the code of every function of the module is exchanged, and changed constants are put where
    they were imported."""
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    module = importlib.import_module(name)
    fresh = ModuleType(name)
    fresh.__dict__.update(__file__=str(path), __package__=module.__package__)
    sys.modules[name] = fresh
    exec(compile(mutant.tree, str(path), "exec"), fresh.__dict__)  # noqa: S102 - our own module
    sys.modules[name] = module
    for old, new in _functions(module.__dict__, fresh.__dict__, name):
        old.__code__ = new.__code__
    if not mutant.function:
        for key, value in _constants(module.__dict__, fresh.__dict__):
            was = module.__dict__[key]
            for other in list(sys.modules.values()):
                if getattr(other, "__dict__", {}).get(key) is was:
                    setattr(other, key, value)
            module.__dict__[key] = value
    for value in vars(module).values():
        if isinstance(value, functools._lru_cache_wrapper):
            value.cache_clear()


def _functions(old: dict[str, Any], new: dict[str, Any], module: str) -> Iterator[tuple[FunctionType, FunctionType]]:
    for key, value in list(old.items()):
        one, other = _bare(value), _bare(new.get(key))
        if isinstance(one, FunctionType) and isinstance(other, FunctionType) and one.__module__ == module:
            yield one, other
        elif isinstance(value, type) and value.__module__ == module and isinstance(new.get(key), type):
            yield from _functions(dict(vars(value)), dict(vars(new[key])), module)


def _bare(value: Any) -> Any:
    """The function behind a cache, a property or a static method."""
    if isinstance(value, property):
        value = value.fget
    value = getattr(value, "__func__", value)
    return getattr(value, "__wrapped__", value)


def _constants(old: dict[str, Any], new: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in list(new.items()):
        plain = key in old and not key.startswith("__") and not isinstance(value, FunctionType | type | CodeType | ModuleType)
        if plain and repr(value) != repr(old[key]):
            yield key, value


def main() -> int:
    """Runs one room, keeps its results beside those of the other, writes the report of both, prints one line; 1 when fewer than
    95 in a hundred were seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("room", choices=sorted(TESTS), help="the package that is slipped in")
    parser.add_argument("--only", default="", help="files whose path holds this; no report")
    parser.add_argument("--every", type=int, default=1, help="every n-th slip only")
    parser.add_argument("--processes", type=int, default=2, help="how many at a time")
    given = parser.parse_args()
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=ROOT, check=False)
    begun = time.perf_counter()
    runner = Runner(room=given.room, only=given.only, every=given.every, processes=given.processes)
    pytest.main(["-q", "-p", "no:cacheprovider", "-p", "no:xdist", *TESTS[given.room]], plugins=[runner])
    rows = [(file, item.line, item.function, item.what, outcome) for file, item, outcome in runner.results]
    seen = sum(outcome == "seen" for *_, outcome in rows)
    print(f"{given.room}: {seen} of {len(rows)} slips seen, {100 * seen / max(1, len(rows)):.1f} per cent")
    if not given.only:
        minutes = (time.perf_counter() - begun) / 60
        KEPT.mkdir(parents=True, exist_ok=True)
        kept = {"commit": commit.stdout.strip(), "every": given.every, "minutes": minutes, "rows": rows}
        (KEPT / f"{given.room}.json").write_text(json.dumps(kept), "utf-8")
        REPORT.write_text(_report(), "utf-8")
    return 0 if rows and seen >= 0.95 * len(rows) else 1


def _report() -> str:
    """The report of both rooms, each as it was run last; the explanations of earlier runs are kept."""
    history = REPORT.read_text("utf-8").partition(EXPLAINED)[2] if REPORT.exists() else "\n"
    summary, counted, left = [], [], []
    for path in sorted(KEPT.glob("*.json")):
        kept = json.loads(path.read_text("utf-8"))
        rows = kept["rows"]
        seen = sum(outcome == "seen" for *_, outcome in rows)
        part = "all" if kept["every"] == 1 else f"every {kept['every']}th"
        score = f"{100 * seen / max(1, len(rows)):.1f} %"
        summary.append(
            f"| {path.stem} | {len(rows):,} ({part}) | {seen:,} | {score} | {kept['commit']} | {kept['minutes']:.0f} |"
        )
        for file in sorted({row[0] for row in rows}):
            mine = [row for row in rows if row[0] == file]
            counted.append(f"| {file} | {sum(row[4] == 'seen' for row in mine)} | {len(mine)} |")
        left += [
            f"- `{file}:{line}` {function}: {what}" for file, line, function, what, outcome in sorted(rows) if outcome != "seen"
        ]
    newline = "\n"
    return f"""# Proof: a slip in a dose is seen

`make prove-mutation` makes small slips in every module of `dosing` and `patient`, one at a time: each comparison, operator, sum
and product of decimals, condition, number, word, return and call. A slip is seen when a test fails, or runs ten times longer than
it should. Not touched: annotations, docstrings, messages of errors, fields of records.

| room | slips | seen | score | commit | minutes |
|---|---|---|---|---|---|
{newline.join(summary)}

| module | seen | slips |
|---|---|---|
{newline.join(counted)}

## Slips that no test saw

{newline.join(left) or "None."}

{EXPLAINED}{history}"""


if __name__ == "__main__":
    sys.exit(main())
