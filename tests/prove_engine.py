"""`make prove-engine`: a million random treatments through both engines. Writes docs/proofs/engine.md; fails on a difference."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from random import Random
from time import perf_counter

from tests.engine_comparison import differences
from tests.second_engine.random_orders import random_file

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "docs" / "proofs" / "engine.md"
HISTORY = "## What the two engines did not agree on"
BATCH = 1000
SHOWN = 20


def compared(job: tuple[str, int, int]) -> tuple[Counter[str], list[str]]:
    """One batch: how many treatments of each kind, and every difference with the number that makes it again."""
    seed, first, last = job
    kinds: Counter[str] = Counter()
    found: list[str] = []
    for number in range(first, last):
        file = random_file(Random(f"{seed}/{number}"))  # noqa: S311 - chosen, not secret
        line = file["courses"][0]
        kinds[line.get("regimen", "radiotherapy")] += 1
        found += [f"{number}: {text}" for text in differences(file)]
    return kinds, found


def main() -> int:
    """Compares, writes the report, prints one line; 1 when anything differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=1_000_000, help="how many treatments")
    parser.add_argument("--seed", default="2026-11-23", help="the seed")
    parser.add_argument("--processes", type=int, default=2, help="how many at a time")
    given = parser.parse_args()
    began = perf_counter()
    jobs = [(given.seed, first, min(first + BATCH, given.orders)) for first in range(0, given.orders, BATCH)]
    kinds: Counter[str] = Counter()
    found: list[str] = []
    with ProcessPoolExecutor(given.processes) as pool:
        for counted, differing in pool.map(compared, jobs):
            kinds += counted
            found += differing
    minutes = (perf_counter() - began) / 60
    REPORT.write_text(report(given.orders, given.seed, kinds, found, minutes), "utf-8")
    print(f"{given.orders} treatments, seed {given.seed}: {len(found)} differences, {minutes:.1f} minutes")
    return 1 if found else 0


def report(orders: int, seed: str, kinds: Counter[str], found: list[str], minutes: float) -> str:
    """The report; what was found in earlier runs is kept."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=ROOT, check=False)
    history = REPORT.read_text("utf-8").partition(HISTORY)[2] if REPORT.exists() else "\n"
    rows = "\n".join(f"| {kind} | {count:,} |" for kind, count in sorted(kinds.items()))
    differing = "\n".join(f"- {text}" for text in found[:SHOWN]) or "None."
    return f"""# Proof: two engines, one answer

`make prove-engine` puts seeded random treatments through the program and through `tests/second_engine`, which shares nothing
with it: day numbers in place of a date library, fractions in place of decimals, clearance in SI units, no square roots. Compared
are every date (template, after events, real), tablet period, fraction, dose and drawn volume. 2,500 of them run in every test.

| | |
|---|---|
| treatments | {orders:,} |
| seed | {seed} |
| commit | {commit.stdout.strip()} |
| differences | {len(found)} |
| time | {minutes:.1f} minutes |

| course | treatments |
|---|---|
{rows}

## Differences of this run

{differing}

{HISTORY}{history}"""


if __name__ == "__main__":
    sys.exit(main())
