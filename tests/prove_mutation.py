"""`make prove-mutation`: every small slip in dosing and patient, one at a time, and whether a test sees it. Writes
docs/proofs/mutation.md. A slip that no test can see has its reason in tests/cases/mutation_survivors.toml."""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterable
from functools import cache
from random import Random
from typing import Any

import pytest

from tests.mutant_runner import ROOT, Runner, Slip
from tests.mutants import mutants

REPORT = ROOT / "docs" / "proofs" / "mutation.md"
KEPT = ROOT / "build" / "mutation" / "seen.jsonl"
REASONS = ROOT / "tests" / "cases" / "mutation_survivors.toml"
ROOMS = ("patient", "dosing")
HOME = ("tests/patient", "tests/dosing")
FURTHER = (
    "tests/test_calc_verb.py",
    "tests/test_parse_verb.py",
    "tests/planning/test_dose_adjustments.py",
    "tests/planning/test_release.py",
    "tests/planning/test_gates_of_the_day.py",
)
"""The tests that may notice: those of the two rooms, and the quick ones that reach them from outside."""
SEED = "2026-11-27"
ENOUGH = 95.0


def all_slips(only: str = "") -> list[Slip]:
    """Every slip of both rooms, in the order of the files."""
    files = [path for room in ROOMS for path in sorted((ROOT / "mbc_desktop" / room).glob("*.py"))]
    named = [(str(path.relative_to(ROOT)), path.read_text("utf-8")) for path in files]
    return [Slip(file, mutant) for file, text in named if _is_part(file, only) for mutant in mutants(text)]


def _is_part(file: str, only: str) -> bool:
    return any(part in file for part in only.split(","))


def reasons() -> dict[str, str]:
    """Why no test can see a slip, by the slip's key."""
    groups = tomllib.loads(REASONS.read_text("utf-8"))["equivalent"]
    return {slip: group["why"] for group in groups for slip in group["slips"]}


class Results:
    """What became of each slip, kept on disk as it comes: a run that was cut off, or was made in parts, goes on with --resume."""

    def __init__(self, *, resume: bool, keep: bool) -> None:
        self.seen: dict[str, bool] = {}
        self.seconds, self.commits, self.keep = 0.0, {_commit()}, keep
        self.begun = time.perf_counter()
        self.earlier: dict[str, dict[str, Any]] = {}
        if keep:
            KEPT.parent.mkdir(parents=True, exist_ok=True)
            lines = KEPT.read_text("utf-8").splitlines() if resume and KEPT.exists() else []
            self.earlier = {row["of"]: row for row in map(json.loads, lines) if row["seen"]}
            KEPT.write_text("".join(f"{line}\n" for line in lines), "utf-8")

    def known(self, slip: Slip) -> bool:
        """Whether an earlier part saw this slip in this very text of its module; what survived is tried again."""
        row = self.earlier.get(_fingerprint(slip))
        if row is not None:
            self.seen[slip.key()] = True
            self.seconds += row["seconds"]
            self.commits.add(row["commit"])
        return row is not None

    def answer(self, slip: Slip, seen: bool) -> None:
        """Keeps one result, and says one that no test saw."""
        self.seen[slip.key()] = seen
        seconds, self.begun = time.perf_counter() - self.begun, time.perf_counter()
        self.seconds += seconds
        if self.keep:
            row = {"of": _fingerprint(slip), "key": slip.key(), "seen": seen, "seconds": round(seconds, 3), "commit": _commit()}
            with KEPT.open("a", encoding="utf-8") as kept:
                kept.write(json.dumps(row) + "\n")
        if not seen:
            print(f"not seen: {slip.key()}", flush=True)


@cache
def _commit() -> str:
    words = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(words, capture_output=True, text=True, cwd=ROOT, check=False).stdout.strip()


def _fingerprint(slip: Slip) -> str:
    return hashlib.sha256((slip.key() + ROOT.joinpath(slip.file).read_text("utf-8")).encode()).hexdigest()


def run(slips: Iterable[Slip], results: Results, *, sample: bool, processes: int) -> None:
    """Makes the slips; `results` hears of each."""
    left = [slip for slip in slips if not results.known(slip)]
    runner = Runner(left, results.answer, home=HOME, sample=sample, processes=processes)
    pytest.main(["-q", "-p", "no:cacheprovider", "-p", "no:xdist", *HOME, *FURTHER], plugins=[runner])


def main() -> int:
    """Runs, reports and says what is open; 1 when a slip without a reason was not seen, a reason is stale, or fewer than 95 in a
    hundred were seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--only",
        default="",
        help="a part: files whose path holds this, or one of several between commas; kept for --resume, no report",
    )
    parser.add_argument("--sample", type=int, help="so many, drawn with the seed, quick tests first; no report")
    parser.add_argument("--seed", default=SEED, help="the seed of the sample")
    parser.add_argument("--resume", action="store_true", help="go on with a run that was cut off")
    parser.add_argument("--processes", type=int, default=2, help="how many at a time")
    given = parser.parse_args()
    slips, explained = all_slips(given.only), reasons()
    if given.sample:
        slips = [slip for slip in slips if slip.key() not in explained]
        slips = Random(given.seed).sample(slips, given.sample)  # noqa: S311 - a repeatable draw, no secret
    whole = not given.only and not given.sample
    results = Results(resume=given.resume or bool(given.only), keep=not given.sample)
    run(slips, results, sample=bool(given.sample), processes=given.processes)
    missed = [slip for slip in slips if not results.seen.get(slip.key())]
    open_, stale = [slip.key() for slip in missed if slip.key() not in explained], []
    if whole:
        stale = sorted(set(explained) - {slip.key() for slip in missed})
        REPORT.write_text(_report(slips, missed, explained, results), "utf-8")
    score = 100 * (len(slips) - len(missed)) / max(1, len(slips))
    print(*(f"without a reason: {key}" for key in open_), *(f"stale reason: {key}" for key in stale), sep="\n")
    print(f"{len(slips) - len(missed)} of {len(slips)} slips seen, {score:.1f} per cent; {len(open_)} without a reason")
    return 1 if not slips or open_ or stale or (whole and score < ENOUGH) else 0


def _report(slips: list[Slip], missed: list[Slip], explained: dict[str, str], results: Results) -> str:
    counted = []
    for name in (*(f"mbc_desktop/{room}/" for room in ROOMS), *sorted({slip.file for slip in slips})):
        here, unseen = (sum(slip.file.startswith(name) for slip in group) for group in (slips, missed))
        counted.append(f"| {name} | {here:,} | {here - unseen:,} | {100 * (here - unseen) / max(1, here):.1f} % |")
    why: dict[str, list[str]] = {}
    for slip in missed:
        why.setdefault(explained.get(slip.key(), "No reason: a test is missing"), []).append(f"  - `{slip.key()}`")
    listed = "\n".join(f"- {reason}:\n" + "\n".join(keys) for reason, keys in sorted(why.items())) or "None."
    table = "\n".join(counted)
    score = 100 * (len(slips) - len(missed)) / max(1, len(slips))
    return f"""# Proof: a slip in a dose is seen

`make prove-mutation` makes small slips in every module of `dosing` and `patient`, one at a time: each comparison, operator, sum
and product of decimals, condition, number, word, return, call and refusal. A slip is seen when a test fails, or runs much longer
than it should. Not touched: annotations, docstrings, messages of errors. What no test can see has its reason in
tests/cases/mutation_survivors.toml; a slip without a reason fails the command, and so does a reason that no slip needs any more.
A sample drawn with the seed runs in CI (tests/test_mutation.py).

| | |
|---|---|
| slips | {len(slips):,} (all; the order is that of the files, the seed {SEED} draws only the sample of CI) |
| seen | {len(slips) - len(missed):,} |
| score | {score:.1f} % |
| not seen, with a reason | {sum(slip.key() in explained for slip in missed):,} |
| not seen, without a reason | {sum(slip.key() not in explained for slip in missed):,} |
| commit | {", ".join(sorted(results.commits))} |
| time | {results.seconds / 60:.1f} minutes |

| | slips | seen | score |
|---|---|---|---|
{table}

## What was not seen, and why

{listed}
"""


if __name__ == "__main__":
    sys.exit(main())
