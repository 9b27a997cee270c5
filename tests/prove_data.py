"""`make prove-data`: every digit of every clinical number in schedules/ changed, and who notices: the loader, a worked case or
the second transcription. Writes docs/proofs/data_mutation.md; fails below 98 per cent by loader and cases alone."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tomllib
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from fnmatch import fnmatch
from pathlib import Path
from random import Random
from time import perf_counter

from mbc_desktop.core.folders import find_schedules
from tests.data_mutants import Mutant, all_mutants
from tests.data_verdict import Verdict, verdict_on

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "docs" / "proofs" / "data_mutation.md"
REASONS = Path(__file__).parent / "cases" / "data_mutation_survivors.toml"
SEED = 20261127
ENOUGH = 98
BATCH = 10


def judged(mutants: list[Mutant], processes: int) -> list[Verdict]:
    """Every mutant judged, on several cores."""
    batches = [mutants[first : first + BATCH] for first in range(0, len(mutants), BATCH)]
    with ProcessPoolExecutor(processes) as pool:
        return [verdict for found in pool.map(_batch, batches) for verdict in found]


def _batch(mutants: list[Mutant]) -> list[Verdict]:
    # What is known to change nothing is not put to the cases that take seconds.
    return [verdict_on(mutant, thorough=not reason_for(mutant)) for mutant in mutants]


def main() -> int:
    """Judges all mutants, writes the report, prints one line; 1 when too few are noticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED, help="the seed of the new digits")
    parser.add_argument("--processes", type=int, default=2, help="how many at a time")
    parser.add_argument("--only", default="", help="only files whose path begins like this; writes no report")
    parser.add_argument("--sample", type=int, default=0, help="so many digits, drawn with the seed (0 = all)")
    given = parser.parse_args()
    began = perf_counter()
    mutants = [item for item in all_mutants(find_schedules(), seed=given.seed) if item.file.startswith(given.only)]
    every = len(mutants)
    if given.sample:
        mutants = Random(given.seed).sample(mutants, given.sample)  # noqa: S311 - a repeatable draw, no secret
    verdicts = judged(mutants, given.processes)
    minutes = (perf_counter() - began) / 60
    survivors = [item for item in verdicts if item.by == "nobody"]
    if given.only:
        print("\n".join(f"{item.mutant}{' (transcription)' if item.transcribed else ''}" for item in survivors))
    else:
        REPORT.write_text(report(verdicts, every, given.seed, minutes), "utf-8")
    print(f"{len(verdicts)} digits, seed {given.seed}: {score(verdicts):.2f} % by loader and cases, {minutes:.1f} minutes")
    return 0 if score(verdicts) >= ENOUGH else 1


def score(verdicts: list[Verdict]) -> float:
    """Per cent noticed by the loader or a case."""
    return 100 * sum(item.by != "nobody" for item in verdicts) / max(len(verdicts), 1)


def reason_for(mutant: Mutant) -> str:
    """Why nobody notices this one, "" when that is not written down. Written as "file key number" = "reason"; * = anything."""
    for place, reason in tomllib.loads(REASONS.read_text(encoding="utf-8"))["reasons"].items():
        if fnmatch(f"{mutant.file} {mutant.key} {mutant.number}", place):
            return str(reason)
    return ""


def report(verdicts: list[Verdict], every: int, seed: int, minutes: float) -> str:
    """The report of a run."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=ROOT, check=False)
    by = Counter(item.by for item in verdicts)
    survivors = [item for item in verdicts if item.by == "nobody"]
    with_second = 100 * sum(item.by != "nobody" or item.transcribed for item in verdicts) / len(verdicts)
    lines = [
        "# Proof: every digit of every clinical number",
        "",
        "`make prove-data` changes each digit of each clinical number in `schedules/` to another one, reads the file again",
        "as the program does and asks who notices. Not changed: ids, versions, dates, titles, addresses, chapter numbers,",
        "names, units, comments. A hash never counts. This page is made by that command.",
        "",
        "| what | result |",
        "|---|---|",
        f"| commit, seed | {commit.stdout.strip()}, {seed} |",
        f"| digits put wrong, of all | {len(verdicts)} of {every} |",
        f"| noticed by a rule of the loader | {by['loader']} |",
        f"| noticed by a worked case | {by['case']} |",
        f"| **score, loader and cases** | **{score(verdicts):.2f} %** (at least {ENOUGH} asked) |",
        f"| score with the second transcription too | {with_second:.2f} % |",
        f"| noticed by the second transcription alone | {sum(item.transcribed for item in survivors)} |",
        f"| noticed by nobody | {sum(not item.transcribed for item in survivors)} |",
        f"| time | {minutes:.1f} minutes |",
        "",
        "| files | digits | loader | cases | nobody |",
        "|---|---|---|---|---|",
        *_by_folder(verdicts),
        "",
        "## What no rule and no case notices",
        "",
        "| file and key | number | digits | second transcription | why |",
        "|---|---|---|---|---|",
        *_survivor_lines(survivors),
    ]
    return "\n".join(lines) + "\n"


def _by_folder(verdicts: list[Verdict]) -> list[str]:
    folders = sorted({item.mutant.file.partition("/")[0] for item in verdicts})
    lines = []
    for folder in folders:
        counted = Counter(item.by for item in verdicts if item.mutant.file.partition("/")[0] == folder)
        lines.append(f"| {folder} | {counted.total()} | {counted['loader']} | {counted['case']} | {counted['nobody']} |")
    return lines


def _survivor_lines(survivors: list[Verdict]) -> list[str]:
    grouped: dict[tuple[str, str, str, bool], int] = Counter()
    for item in survivors:
        mutant = item.mutant
        grouped[f"{mutant.file} `{mutant.key}`", mutant.number, reason_for(mutant) or "**not explained**", item.transcribed] += 1
    return [
        f"| {place} | {number} | {count} | {'yes' if transcribed else 'no'} | {reason} |"
        for (place, number, reason, transcribed), count in grouped.items()
    ]


if __name__ == "__main__":
    sys.exit(main())
