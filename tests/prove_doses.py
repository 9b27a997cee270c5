"""`make prove-doses`: a million random orders through both implementations. Writes docs/proofs/doses.md; 1 on a difference."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
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


@dataclass
class Done:
    """What was compared so far, by one or several runs of one seed and one commit."""

    seed: str
    commit: str
    lines: dict[str, int] = field(default_factory=dict)
    treatments: int = 0
    doses: int = 0
    minutes: float = 0
    found: list[str] = field(default_factory=list)

    @property
    def orders(self) -> int:
        """Drug lines so far."""
        return sum(self.lines.values())


def kept(file: Path | None, seed: str, commit: str) -> Done:
    """What earlier parts left in the file; nothing where there is none, or where it is of another seed or commit."""
    if file is not None and file.exists():
        done = Done(**json.loads(file.read_text("utf-8")))
        if (done.seed, done.commit) == (seed, commit):
            return done
    return Done(seed, commit)


def main() -> int:
    """Compares until so many orders are done, writes the report, prints one line; 1 when anything differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=1_000_000, help="how many orders (drug lines of random treatments)")
    parser.add_argument("--seed", default="2026-11-27", help="the seed")
    parser.add_argument("--processes", type=int, default=2, help="how many at a time")
    parser.add_argument("--minutes", type=float, default=0, help="stop after so many minutes, however many were done")
    parser.add_argument("--resume", type=Path, help="go on where the run that wrote this file stopped (same seed and commit)")
    given = parser.parse_args()
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=ROOT, check=False)
    done = kept(given.resume, given.seed, commit.stdout.strip())
    compare(done, given)
    if given.resume is not None:
        given.resume.parent.mkdir(parents=True, exist_ok=True)
        given.resume.write_text(json.dumps(asdict(done)), "utf-8")
    REPORT.write_text(report(done), "utf-8")
    print(f"{done.orders} orders, seed {done.seed}: {len(done.found)} differences, {done.minutes:.1f} minutes")
    return 1 if done.found else 0


def compare(done: Done, given: argparse.Namespace) -> None:
    """Draws and compares until enough is done, or the minutes are over."""
    began, before = perf_counter(), done.minutes
    with ProcessPoolExecutor(given.processes) as pool:
        while done.orders < given.orders and (not given.minutes or perf_counter() - began < given.minutes * 60):
            # Part of what is left, and at most a minute's work.
            count = min(20, max(1, (given.orders - done.orders) // (BATCH * 20)))
            jobs = [(given.seed, done.treatments + BATCH * number) for number in range(count)]
            for counted, amounts, differing in pool.map(batch, jobs):
                done.lines = dict(Counter(done.lines) + counted)
                done.doses += amounts
                done.found += differing
            done.treatments += BATCH * count
            done.minutes = before + (perf_counter() - began) / 60


def report(done: Done) -> str:
    """The report; what was found in earlier runs is kept."""
    history = REPORT.read_text("utf-8").partition(HISTORY)[2] if REPORT.exists() else "\n"
    rows = "\n".join(f"| {regimen} | {count:,} |" for regimen, count in sorted(done.lines.items()))
    differing = "\n".join(f"- {text}" for text in done.found[:SHOWN]) or "None."
    return f"""# Proof: two implementations, one dose

`make prove-doses` puts seeded random treatments through the program and through `tests/second_doses`, which was written from the
clinical references and shares nothing with it: fractions where a dose is rational, fifty digits where it is not, brute force
where the program searches, its own transcription of every drug and regimen. Every regimen and every answer to the open questions
is drawn; patients of 35 to 149 kg and 140 to 195 cm, every level and percentage, every Child-Pugh class, liver tests around
every edge, tests for DPD deficiency, CYP3A4 inhibitors, every gap before an antibody, every way of rounding,
oral vinorelbine after up to ten weeks of counts. Compared are each
dose as it is given, the unrounded dose to nine decimals, times a day, days between, tablets and vials. An order is one drug line
of one treatment. A sample runs in every test.

| | |
|---|---|
| orders | {done.orders:,} |
| treatments | {done.treatments:,} |
| doses compared | {done.doses:,} |
| seed | {done.seed} |
| commit | {done.commit} |
| differences | {len(done.found)} |
| time | {done.minutes:.1f} minutes |

| regimen | orders |
|---|---|
{rows}

## Differences of this run

{differing}

{HISTORY}{history}"""


if __name__ == "__main__":
    sys.exit(main())
