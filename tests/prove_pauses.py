"""`make prove-pauses`: ten thousand random pauses of tablets. Writes docs/proofs/pauses.md; fails on a lost rest week."""

from __future__ import annotations

import sys
from random import Random

from tests.pause_cases import faults
from tests.proofs import Proof, proof_arguments, prove

BATCH = 100
PROOF = Proof(
    name="pauses",
    title="no pause costs the rest week",
    shows="""`make prove-pauses` holds, resumes and delays palbociclib at random: never more than 21 days of tablets in any 28, no
day twice, and at least seven days without tablets between two cycles. 250 of them run in every test.""",
)


def paused(job: tuple[str, int, int]) -> tuple[int, list[str]]:
    """One batch of pauses."""
    seed, first, last = job
    found: list[str] = []
    for number in range(first, last):
        found += [f"{number}: {text}" for text in faults(Random(f"{seed}/{number}"))]  # noqa: S311 - chosen, not secret
    return last - first, found


def main() -> int:
    """Pauses, writes the report, prints one line."""
    given = proof_arguments(str(__doc__), cases=10_000)
    jobs = [(given.seed, first, min(first + BATCH, given.cases)) for first in range(0, given.cases, BATCH)]
    return prove(PROOF, paused, jobs, given)


if __name__ == "__main__":
    sys.exit(main())
