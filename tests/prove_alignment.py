"""`make prove-alignment`: random small cases of visits to align, the search against trying everything. Writes
docs/proofs/alignment.md; fails on a difference."""

from __future__ import annotations

import sys
from random import Random

from mbc_desktop.planning.proposals.visit_alignment import align_visits
from tests.alignment_cases import everything, random_case
from tests.proofs import Proof, proof_arguments, prove

BATCH = 250
PROOF = Proof(
    name="alignment",
    title="no better way to share visits",
    shows="""`make prove-alignment` draws small cases (one to four therapies of one to three doses, windows of up to eight days,
least and greatest intervals, an earlier dose, closed and extra open days, days on which the patient comes anyway)
and compares the search with every combination of days: visits, deviation, and the dates themselves. 300 of them run
in every test.""",
)


def compared(job: tuple[str, int, int]) -> tuple[int, list[str]]:
    """One batch: every case in which the search and trying everything differ."""
    seed, first, last = job
    found: list[str] = []
    for number in range(first, last):
        therapies, calendar, coming = random_case(Random(f"{seed}/{number}"))  # noqa: S311 - chosen, not secret
        best, expected = align_visits(therapies, calendar, coming=coming), everything(therapies, calendar, coming)
        if (best and (best.visits, best.deviation_days, best.dates)) != expected:
            found.append(f"{number}: {best} is not {expected}")
    return last - first, found


def main() -> int:
    """Compares, writes the report, prints one line."""
    given = proof_arguments(str(__doc__), cases=10_000)
    jobs = [(given.seed, first, min(first + BATCH, given.cases)) for first in range(0, given.cases, BATCH)]
    return prove(PROOF, compared, jobs, given)


if __name__ == "__main__":
    sys.exit(main())
