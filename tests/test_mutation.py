"""A sample of what `make prove-mutation` does: slips in dosing and patient, each seen by a test or explained; and the slips
themselves."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.mutants import mutants
from tests.prove_mutation import ROOT, all_slips, reasons

COUNT = 40

SMALL = '''"""A rule."""
LIMIT = Decimal("2.5")

def least(a: int, *, b: bool = False) -> int:
    """What it does."""
    if a is None:
        raise ValueError("none")
    check(a)
    return max(a, 3) if b and a < LIMIT else a + 1
'''


def test_a_sample_of_slips_is_seen() -> None:
    words = [sys.executable, "-m", "tests.prove_mutation", "--sample", str(COUNT), "--processes", "1"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert f"{COUNT} of {COUNT} slips seen" in done.stdout


def test_every_explained_slip_stands_in_the_program() -> None:
    assert sorted(set(reasons()) - {slip.key() for slip in all_slips()}) == []


def test_every_kind_of_slip_is_made_once() -> None:
    assert [mutant.key() for mutant in mutants(SMALL)] == [
        "module: LIMIT = Decimal(['2.5' -> '3.5'])",
        "least: def least(a: int, *, b: bool=[False -> True]) -> int:",
        "least: if a is [ -> not ]None:",
        "least: [raise ValueError('none') -> pass]",
        "least: [check(a) -> pass]",
        "least: return [max(a, 3) if b and a < LIMIT else a + 1 -> None]",
        "least: return max(a, 3) if [b and a < LIMIT -> not (b and a < LIMIT)] else a + 1",
        "least: return max(a, 3) if b [and -> or] a < LIMIT else a + 1",
        "least: return max(a, 3) if b and a [< -> <=] LIMIT else a + 1",
        "least: return [max -> min](a, 3) if b and a < LIMIT else a + 1",
        "least: return max(a, [3 -> 4]) if b and a < LIMIT else a + 1",
        "least: return max(a, 3) if b and a < LIMIT else a [+ -> -] 1",
        "least: return max(a, 3) if b and a < LIMIT else a + [1 -> 2]",
    ]


@pytest.mark.parametrize("source", ["x = 1\n", "def f(a):\n    return a\n"])
def test_slips_are_told_apart(source: str) -> None:
    keys = [mutant.key() for mutant in mutants(source)]
    assert len(keys) == len(set(keys)) > 0
