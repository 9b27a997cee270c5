"""A thousand treatments through the command line in one process, against a process that only parses and writes the same JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from benchmarks.measure import Row, in_turns, middle, own_folder, run_child
from benchmarks.treatments import one_of_a_thousand

TODAY = date(2026, 3, 2)


def rows(rounds: int, *, treatments: int = 1000) -> Iterator[Row]:
    """Milliseconds for each treatment, the start of the process included."""
    lines = "".join(f"{one_of_a_thousand(number, today=TODAY)}\n" for number in range(treatments)).encode()
    answers = b""

    def ours(_: int) -> float:
        nonlocal answers
        begun = time.perf_counter()
        answers = run_child("mbc_desktop.cli", "plan", "-", "--jsonl", given=lines).encode()
        return (time.perf_counter() - begun) * 1000 / treatments

    with own_folder() as folder:
        kept = Path(folder) / "answers.jsonl"

        def floor(_: int) -> float:
            if not kept.exists():
                kept.write_bytes(answers)
            begun = time.perf_counter()
            run_child("benchmarks.stream", str(kept), given=lines)
            return (time.perf_counter() - begun) * 1000 / treatments

        taken, baseline = in_turns(rounds, ours, floor)
    came_back = answers.decode().splitlines()
    refused = sum(line.startswith('{"error"') for line in came_back)
    if refused or len(came_back) != treatments:
        raise RuntimeError(f"{len(came_back)} plans of {treatments}, {refused} refused")
    yield Row(
        what=f"{treatments} treatments through plan --jsonl, each",
        ours=middle(taken),
        baseline=middle(baseline),
        baseline_is="a process that parses and writes the same JSON",
        goal=10,
        of_ours=True,
    )


def main() -> None:
    """The floor: parse each line that comes in, write an answer that was computed before."""
    with Path(sys.argv[1]).open(encoding="utf-8") as kept:
        for line, answer in zip(sys.stdin, kept, strict=True):
            json.loads(line)
            sys.stdout.write(json.dumps(json.loads(answer), ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
