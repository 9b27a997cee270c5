"""`make prove-calendar`: every regimen from every day of fifteen years. Writes docs/proofs/calendar.md; fails on a fault."""

from __future__ import annotations

import sys
from datetime import date, timedelta

from tests.calendar_sweep import faults
from tests.planning.treatments import library
from tests.proofs import Proof, proof_arguments, prove

FIRST, LAST = date(2026, 1, 1), date(2040, 12, 31)
BATCH = 366
PROOF = Proof(
    name="calendar",
    title="every regimen, every start day",
    shows="""`make prove-calendar` plans half a year of every regimen of the library from every day from 2026 to 2040, with the
Belgian holidays, and looks at the dates without the program's own date rules: no administration on a closed day, no
interval below its minimum unless a finding says so, never more days of tablets than the order has, and every dose
that the file names, none lost and none added. A sample runs in every test.""",
)


def swept(job: tuple[str, date, date]) -> tuple[int, list[str]]:
    """One regimen over some start days."""
    regimen, first, last = job
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return len(days), [fault for day in days for fault in faults(regimen, day)]


def main() -> int:
    """Sweeps, writes the report, prints one line. The seed is not used: every day is looked at."""
    given = proof_arguments(str(__doc__), cases=0, seed="none: every case")
    starts = [FIRST + timedelta(days=number) for number in range(0, (LAST - FIRST).days + 1, BATCH)]
    jobs = [
        (regimen, start, min(start + timedelta(days=BATCH - 1), LAST))
        for regimen in sorted(library().regimens)
        for start in starts
    ]
    return prove(PROOF, swept, jobs, given)


if __name__ == "__main__":
    sys.exit(main())
