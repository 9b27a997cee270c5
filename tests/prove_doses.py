"""`make prove-doses`: a million random orders through both implementations. Writes docs/proofs/doses.md; 1 on a difference."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from random import Random
from time import perf_counter

from tests.dose_comparison import compared
from tests.second_doses.random_orders import random_order

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "docs" / "proofs" / "doses.md"
HISTORY = "## What the two implementations did not agree on"
BATCH = 100
SHOWN = 20


def batch(job: tuple[str, int]) -> tuple[Counter[str], int, list[str]]:
    """One batch of treatments: orders per regimen, doses compared, and every difference with the number that draws it again."""
    seed, first = job
    lines: Counter[str] = Counter()
    doses = 0
    found: list[str] = []
    for number in range(first, first + BATCH):
        drawn = random_order(Random(f"{seed}/{number}"))  # noqa: S311 - chosen, not secret
        orders, given, texts = compared(drawn)
        lines[drawn.file["courses"][0]["regimen"]] += orders
        doses += given
        found += [f"{number}: {text}" for text in texts]
    return lines, doses, found


def main() -> int:
    """Compares until so many orders are done, writes the report, prints one line; 1 when anything differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=1_000_000, help="how many orders (drug lines of random treatments)")
    parser.add_argument("--seed", default="2026-11-27", help="the seed")
    parser.add_argument("--processes", type=int, default=2, help="how many at a time")
    parser.add_argument("--minutes", type=float, default=0, help="stop after so many minutes, however many were done")
    given = parser.parse_args()
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=ROOT, check=False)
    began = perf_counter()
    lines: Counter[str] = Counter()
    found: list[str] = []
    treatments = doses = 0
    with ProcessPoolExecutor(given.processes) as pool:
        while lines.total() < given.orders and (not given.minutes or perf_counter() - began < given.minutes * 60):
            # Part of what is left, and at most a minute's work.
            count = min(20, max(1, (given.orders - lines.total()) // (BATCH * 20)))
            jobs = [(given.seed, treatments + BATCH * number) for number in range(count)]
            for counted, amounts, differing in pool.map(batch, jobs):
                lines, doses, found = lines + counted, doses + amounts, found + differing
            treatments += BATCH * count
    minutes = (perf_counter() - began) / 60
    REPORT.write_text(report(treatments, doses, given.seed, commit.stdout.strip(), lines, found, minutes), "utf-8")
    print(f"{lines.total()} orders, seed {given.seed}: {len(found)} differences, {minutes:.1f} minutes")
    return 1 if found else 0


def report(treatments: int, doses: int, seed: str, commit: str, lines: Counter[str], found: list[str], minutes: float) -> str:
    """The report; what was found in earlier runs is kept."""
    history = REPORT.read_text("utf-8").partition(HISTORY)[2] if REPORT.exists() else "\n"
    rows = "\n".join(f"| {regimen} | {count:,} |" for regimen, count in sorted(lines.items()))
    differing = "\n".join(f"- {text}" for text in found[:SHOWN]) or "None."
    return f"""# Proof: two implementations, one dose

`make prove-doses` puts seeded random treatments through the program and through `tests/second_doses`, which was written from the
clinical references and shares nothing with it: fractions where a dose is rational, fifty digits where it is not, brute force
where the program searches, its own transcription of every drug and regimen. Every regimen and every answer to the open questions
is drawn; patients of 35 to 149 kg and 140 to 195 cm, every level and percentage, every Child-Pugh class, liver tests around
every edge, tests for DPD deficiency, CYP3A4 inhibitors, every gap before an antibody, every way of rounding. Compared are each
dose as it is given, the unrounded dose to nine decimals, times a day, days between, tablets and vials. An order is one drug line
of one treatment. A sample runs in every test.

| | |
|---|---|
| orders | {lines.total():,} |
| treatments | {treatments:,} |
| doses compared | {doses:,} |
| seed | {seed} |
| commit | {commit} |
| differences | {len(found)} |
| time | {minutes:.1f} minutes |

| regimen | orders |
|---|---|
{rows}

## Differences of this run

{differing}

{HISTORY}{history}"""


if __name__ == "__main__":
    sys.exit(main())
