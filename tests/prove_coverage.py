"""`make coverage`: whether the tests take every statement and every branch of the engine. Writes docs/proofs/coverage.md.

Each room has its own part of the tests, so that a part can be run again alone; what the parts reached is put together."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "docs" / "proofs" / "coverage.md"
KEPT = ROOT / "build" / "coverage"
ROOMS = ("core", "patient", "regimen", "dosing", "planning")
PARTS = {
    "core": ("tests/core", "tests/patient", "tests/dosing", "tests/test_calc_verb.py", "tests/test_parse_verb.py"),
    "regimen": (
        "tests/regimen",
        "tests/test_library_verb.py",
        "tests/test_library_approvals.py",
        "tests/test_library_own_folder.py",
    ),
    "planning": ("tests/planning",),
    "cases": ("tests/cases", "tests/test_plan_verb.py", "tests/test_event_verb.py"),
}
"""The tests of the engine, in parts of some minutes."""


def main() -> int:
    """Runs the parts (or the one that is named, beside what the others left), reports; 1 when a branch is not taken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=PARTS, help="run this part only, and count what the others reached before")
    parser.add_argument("--processes", default="2", help="how many at a time")
    given = parser.parse_args()
    begun = time.perf_counter()
    KEPT.mkdir(parents=True, exist_ok=True)
    for part in [given.part] if given.part else PARTS:
        if _pytest(part, given.processes):
            print(f"the tests of the part {part} fail: nothing is counted")
            return 1
    files = _counted()
    missed = {name: kept for name, kept in files.items() if kept["missing_lines"] or kept["missing_branches"]}
    REPORT.write_text(_report(files, missed, (time.perf_counter() - begun) / 60), "utf-8")
    print(*_lines(missed), sep="\n")
    print(f"{len(files)} modules, {len(missed)} with a statement or branch that no test takes")
    return 1 if missed else 0


def _pytest(part: str, processes: str) -> int:
    several = ["-n", processes] if processes != "1" else []
    words = [sys.executable, "-m", "pytest", "-q", *several, "--cov", "--cov-report=", *PARTS[part]]
    return subprocess.run(
        words, cwd=ROOT, env={**os.environ, "COVERAGE_FILE": str(KEPT / f"part.{part}")}, check=False
    ).returncode


def _counted() -> dict[str, Any]:
    """What all parts reached together, by module."""
    whole, answer = KEPT / "whole", KEPT / "whole.json"
    parts = [str(path) for path in sorted(KEPT.glob("part.*"))]
    for words in (["combine", "--keep", "--quiet", *parts], ["json", "--quiet", "-o", str(answer)]):
        command = [sys.executable, "-m", "coverage", words[0], f"--data-file={whole}", *words[1:]]
        subprocess.run(command, cwd=ROOT, check=True)
    files: dict[str, Any] = json.loads(answer.read_text("utf-8"))["files"]
    return files


def _lines(missed: dict[str, Any]) -> list[str]:
    return [
        f"- `{name}`: lines {kept['missing_lines'] or 'all'}; branches {kept['missing_branches'] or 'all'}"
        for name, kept in sorted(missed.items())
    ]


def _report(files: dict[str, Any], missed: dict[str, Any], minutes: float) -> str:
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=ROOT, check=False)
    rows = []
    for room in ROOMS:
        here = [kept["summary"] for name, kept in files.items() if f"/{room}/" in name]
        lines, taken = (sum(kept[key] for kept in here) for key in ("num_statements", "covered_lines"))
        branches, gone = (sum(kept[key] for kept in here) for key in ("num_branches", "covered_branches"))
        score = 100 * (taken + gone) / max(1, lines + branches)
        rows.append(f"| {room} | {len(here)} | {taken:,} of {lines:,} | {gone:,} of {branches:,} | {score:.2f} % |")
    tests = ", ".join(f"`{name}`" for names in PARTS.values() for name in names)
    table, listed = "\n".join(rows), "\n".join(_lines(missed)) or "None."
    return f"""# Proof: every branch of the engine is taken by a test

`make coverage` runs the tests of the engine with branch coverage and fails when a statement or a branch of these five rooms is
not taken. What the type checker proved to be unreachable (`assert_never`, `if TYPE_CHECKING`) does not count; nothing else is
left out, and no line of the program carries a mark that leaves it out. There is no seed: the tests draw the same examples in
every run.

| room | modules | statements | branches | both |
|---|---|---|---|---|
{table}

Commit {commit.stdout.strip()}, {minutes:.1f} minutes. Tests: {tests}.

## Not taken

{listed}
"""


if __name__ == "__main__":
    sys.exit(main())
