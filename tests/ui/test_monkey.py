"""A short run of the monkey; the long one is `make prove-monkey`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests import prove_monkey


def test_random_actions_make_no_error() -> None:
    command = [sys.executable, "-m", "tests.prove_monkey", "--actions", "60", "--seed", "7", "--patients", "2"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Qt warnings included: 0" in done.stdout


def test_a_run_takes_the_place_of_the_one_with_its_seed_and_length(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prove_monkey, "REPORT", tmp_path / "monkey.md")
    for line in ("| 10000, seed 2 | b |", "| 20000, seed 1 | c |", "| 10000, seed 1 | a |", "| 10000, seed 2 | d |"):
        prove_monkey.write(line)
    rows = prove_monkey.REPORT.read_text(encoding="utf-8").splitlines()[-4:]
    assert rows[0].startswith("| --- |")
    assert rows[1:] == ["| 10000, seed 1 | a |", "| 10000, seed 2 | d |", "| 20000, seed 1 | c |"]
