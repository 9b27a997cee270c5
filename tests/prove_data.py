"""`make prove-data`: every digit of every clinical number in schedules/ changed, and who notices: the loader, a worked case, or the
second transcription. Writes docs/proofs/data_mutation.md; fails below 98 per cent by loader and cases alone."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tomllib
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from time import perf_counter

from mbc_desktop.core.folders import find_schedules
from tests.data_mutants import Mutant, all_mutants
from tests.data_verdict import Verdict, verdict_on

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "docs" / "proofs" / "data_mutation.md"
REASONS = Path(__file__).parent / "cases" / "data_mutation_survivors.toml"
SEED = 20261127
ENOUGH = 98
BATCH = 40


def judged(mutants: list[Mutant], processes: int) -> list[Verdict]:
    """Every mutant judged, on several cores."""
    batches = [mutants[first : first + BATCH] for first in range(0, len(mutants), BATCH)]
    with ProcessPoolExecutor(processes) as pool:
        return [verdict for found in pool.map(_batch, batches) for verdict in found]


def _batch(mutants: list[Mutant]) -> list[Verdict]:
    return [verdict_on(mutant) for mutant in mutants]


def main() -> int:
    """Judges all mutants, writes the report, prints one line; 1 when too few are noticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED, help="the seed of the new digits")
    parser.add_argument("--processes", type=int, default=2, help="how many at a time")
    parser.add_argument("--only", default="", help="only files whose path begins like this; writes no report")
    given = parser.parse_args()
    began = perf_counter()
    mutants = [item for item in all_mutants(find_schedules(), seed=given.seed) if item.file.startswith(given.only)]
    verdicts = judged(mutants, given.processes)
    minutes = (perf_counter() - began) / 60
    survivors = [item for item in verdicts if item.by == "nobody"]
    if given.only:
        print("\n".join(f"{item.mutant}{' (transcription)' if item.transcribed else ''}" for item in survivors))
    else:
        REPORT.write_text(report(verdicts, given.seed, minutes), "utf-8")
    print(f"{len(verdicts)} digits, seed {given.seed}: {score(verdicts):.2f} % by loader and cases, {minutes:.1f} minutes")
    return 0 if score(verdicts) >= ENOUGH else 1


def score(verdicts: list[Verdict]) -> float:
    """Per cent noticed by the loader or a case."""
    return 100 * sum(item.by != "nobody" for item in verdicts) / len(verdicts)


def reasons() -> dict[str, str]:
    """Why nobody notices, by "file key"."""
    found: dict[str, str] = tomllib.loads(REASONS.read_text(encoding="utf-8"))["reasons"]
    return found


def report(verdicts: list[Verdict], seed: int, minutes: float) -> str:
    """The report of a run."""
    return str(Counter(item.by for item in verdicts)) + f"{seed}{minutes}{subprocess.__name__}"


if __name__ == "__main__":
    sys.exit(main())
