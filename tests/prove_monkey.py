"""Ten thousand random actions of a monkey, then a day of a nurse: nothing may fail, and memory may not grow.

usage: python -m tests.prove_monkey [--actions 10000] [--seed 1] [--patients 40]
"""

from __future__ import annotations

import argparse
import gc
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget

from tests.monkey import Monkey
from tests.monkey_answers import EXAMPLE, ROOT
from tests.nurse_day import patient_file, serve, settle
from tests.ui.kinds import kinds, note_what_is_made

REPORT = ROOT / "docs" / "proofs" / "monkey.md"
WARM_UP = 0.3
"""The part of the actions after which every page, form and text has been met once; memory is compared from there on."""
FIRST_PATIENTS = 0.25
"""After this part of the patients every regimen of the day has been printed once."""
GROWTH = 5
"""Per cent."""


def resident_kib() -> int:
    """The memory of this process, KiB."""
    text = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in text.splitlines() if line.startswith("VmRSS")).split()[1])


def growth_of(start: int, end: int) -> float:
    """Per cent."""
    return 100 * (end - start) / start


def run(monkey: Monkey, actions: int) -> tuple[int, int]:
    """Lets a monkey act; returns the memory after the warm-up and at the end, KiB."""
    start = 0
    for number in range(actions):
        monkey.act()
        if number == int(actions * WARM_UP):
            start = _settled_kib(monkey)
    return start, _settled_kib(monkey)


def day(monkey: Monkey, folder: Path, patients: int) -> tuple[int, int]:
    """A day of a nurse in the window that the monkey left; the memory after the first patients and at the end, KiB."""
    start = 0
    for number in range(patients):
        path = patient_file(folder, EXAMPLE, number)
        serve(monkey.window, path, folder)
        path.unlink()
        if number == int(patients * FIRST_PATIENTS):
            start = _settled_kib(monkey)
    return start, _settled_kib(monkey)


def _settled_kib(monkey: Monkey) -> int:
    """The memory with the same treatment open and every dialog closed."""
    monkey.leave_everything()
    settle()
    gc.collect()
    return resident_kib()


def main() -> int:
    """Runs, prints and writes the report; 1 when something failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actions", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--patients", type=int, default=40)
    arguments = parser.parse_args()
    QApplication.instance() or QApplication(["mbc-desktop", "-style", "fusion"])
    begun, met = time.monotonic(), note_what_is_made(QWidget)
    with TemporaryDirectory() as folder:
        monkey = Monkey(arguments.seed, Path(folder))
        played = run(monkey, arguments.actions)
        served = day(monkey, Path(folder), arguments.patients)
        monkey.leave_everything()
        monkey.window.desk.session.start_new("nl")
        monkey.window.close()
    lines = report(monkey, arguments, round(time.monotonic() - begun), played, served, met)
    print("\n".join(lines))
    for error, count in Counter(monkey.errors).most_common(10):
        print(f"{count} x\n{error}", file=sys.stderr)
    whole = arguments.actions >= 10_000
    if whole:
        REPORT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    # A short run has not met everything once: its memory says nothing.
    return int(bool(monkey.errors) or (whole and max(growth_of(*played), growth_of(*served)) >= GROWTH))


def report(
    monkey: Monkey, arguments: argparse.Namespace, seconds: int, played: tuple[int, int], served: tuple[int, int], met: set[str]
) -> list[str]:
    """The lines of docs/proofs/monkey.md."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    every = {kind.__name__ for kind in kinds(QWidget)}
    never = sorted(every - met)
    return [
        "# The monkey",
        "",
        "Written by `make prove-monkey`: random clicks, keys, texts, drags and commands in the real window without a screen, at",
        "a seat of a ward's records with four users and without one; then a day of a nurse: patient after patient opened, seen",
        "on every page, printed and left.",
        "",
        f"- actions: {arguments.actions}, seed {arguments.seed}, commit {commit.strip()}, {seconds} s",
        f"- of which: {', '.join(f'{name} {count}' for name, count in monkey.done.most_common())}",
        f"- errors that nothing caught, Qt warnings included: {len(monkey.errors)}",
        f"- kinds of widget of the program made: {len(every) - len(never)} of {len(every)}"
        + (f"; never: {', '.join(never)}" if never else ""),
        f"- memory with the example open: {_said(played)}, after {round(WARM_UP * 100)} % of the actions and at the end",
        f"- {arguments.patients} patients: {_said(served)}, after {round(FIRST_PATIENTS * 100)} % of them and at the end",
    ]


def _said(memory: tuple[int, int]) -> str:
    return f"{memory[0] / 1024:.1f} MiB, {memory[1] / 1024:.1f} MiB ({growth_of(*memory):+.1f} %)"


if __name__ == "__main__":
    sys.exit(main())
