"""A short run of the monkey; the long one is `make prove-monkey`."""

from __future__ import annotations

import subprocess
import sys


def test_random_actions_make_no_error() -> None:
    command = [sys.executable, "-m", "tests.prove_monkey", "--actions", "60", "--seed", "7", "--patients", "2"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Qt warnings included: 0" in done.stdout
