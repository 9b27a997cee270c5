"""What the long proofs share: seeded batches on a few processes, and a report with seed, commit and result."""

from __future__ import annotations

import argparse
import subprocess
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TypeVar

ROOT = Path(__file__).parents[1]
SHOWN = 20

Job = TypeVar("Job")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A proof by many cases: its name (of the command and the report), what it shows, and what was found before."""

    name: str
    title: str
    shows: str
    history: str = "None."


def proof_arguments(described: str, *, cases: int, seed: str = "2026-11-27") -> argparse.Namespace:
    """The options of a proof: how many cases, from which seed, on how many processes."""
    parser = argparse.ArgumentParser(description=described)
    parser.add_argument("--cases", type=int, default=cases, help="how many cases")
    parser.add_argument("--seed", default=seed, help="the seed")
    parser.add_argument("--processes", type=int, default=2, help="how many at a time")
    return parser.parse_args()


def prove(proof: Proof, work: Callable[[Job], tuple[int, list[str]]], jobs: Iterable[Job], given: argparse.Namespace) -> int:
    """Does all jobs (each gives how many cases it looked at, and its faults), writes the report; 1 when anything was found."""
    began, count, found = perf_counter(), 0, list[str]()
    with ProcessPoolExecutor(given.processes) as pool:
        for looked_at, faults in pool.map(work, list(jobs)):
            count += looked_at
            found += faults
    minutes = (perf_counter() - began) / 60
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=ROOT, check=False)
    listed = "\n".join(f"- {text}" for text in found[:SHOWN]) or "None."
    report = f"""# Proof: {proof.title}

{proof.shows}

| | |
|---|---|
| cases | {count:,} |
| seed | {given.seed} |
| commit | {commit.stdout.strip()} |
| faults | {len(found)} |
| time | {minutes:.1f} minutes on {given.processes} processes |

## Faults of this run

{listed}

## What earlier runs found

{proof.history}
"""
    (ROOT / "docs" / "proofs" / f"{proof.name}.md").write_text(report, "utf-8")
    print(f"{count} cases, seed {given.seed}: {len(found)} faults, {minutes:.1f} minutes")
    return 1 if found else 0
