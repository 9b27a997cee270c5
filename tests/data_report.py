"""The report of `make prove-data`: who noticed how many wrong digits, and which nobody noticed, with the reason."""

from __future__ import annotations

import subprocess
import tomllib
from collections import Counter
from collections.abc import Sequence
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

from tests.data_mutants import Mutant
from tests.data_verdict import Verdict

ROOT = Path(__file__).parents[1]
REASONS = Path(__file__).parent / "cases" / "data_mutation_survivors.toml"
ENOUGH = 98
"""Per cent."""


def score(verdicts: Sequence[Verdict]) -> float:
    """Per cent noticed by the loader or a case."""
    return 100 * sum(item.by != "nobody" for item in verdicts) / max(len(verdicts), 1)


@cache
def _reasons() -> dict[str, str]:
    found: dict[str, str] = tomllib.loads(REASONS.read_text(encoding="utf-8"))["reasons"]
    return found


def reason_for(mutant: Mutant) -> str:
    """Why nobody notices this one, "" when that is not written down. Written as "file key number" = "reason"; * = anything."""
    name = f"{mutant.file} {mutant.key} {mutant.number}"
    return next((reason for place, reason in _reasons().items() if fnmatch(name, place)), "")


def report(verdicts: Sequence[Verdict], *, every: int, seed: int, seconds: float, wall: float, parts: int) -> str:
    """The report of a run."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=ROOT, check=False)
    by = Counter(item.by for item in verdicts)
    survivors = [item for item in verdicts if item.by == "nobody"]
    with_second = 100 * sum(item.by != "nobody" or item.transcribed for item in verdicts) / max(len(verdicts), 1)
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
        f"| processor time, clock time, parts | {seconds / 60:.1f} minutes, {wall / 60:.1f} minutes, {parts} |",
        "",
        "| files | digits | loader | cases | nobody | score |",
        "|---|---|---|---|---|---|",
        *_by_folder(verdicts),
        "",
        "## What no rule and no case notices",
        "",
        "| file and key | number | digits | second transcription | why |",
        "|---|---|---|---|---|",
        *_survivor_lines(survivors),
    ]
    return "\n".join(lines) + "\n"


def _by_folder(verdicts: Sequence[Verdict]) -> list[str]:
    folders = sorted({item.mutant.file.partition("/")[0] for item in verdicts})
    lines = []
    for folder in folders:
        own = [item for item in verdicts if item.mutant.file.partition("/")[0] == folder]
        by = Counter(item.by for item in own)
        lines.append(f"| {folder} | {len(own)} | {by['loader']} | {by['case']} | {by['nobody']} | {score(own):.1f} % |")
    return lines


def _survivor_lines(survivors: Sequence[Verdict]) -> list[str]:
    grouped: dict[tuple[str, str, str, bool], int] = Counter()
    for item in survivors:
        mutant = item.mutant
        grouped[f"{mutant.file} `{mutant.key}`", mutant.number, reason_for(mutant) or "**not explained**", item.transcribed] += 1
    return [
        f"| {place} | {number} | {count} | {'yes' if transcribed else 'no'} | {reason} |"
        for (place, number, reason, transcribed), count in sorted(grouped.items())
    ]
