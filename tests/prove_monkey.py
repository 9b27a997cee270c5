"""Random actions of a monkey, the last ten thousand of them measured, then a day of a nurse: nothing may fail, and memory may not
grow. Each run is one line of the report; the lines of other seeds stay.

usage: python -m tests.prove_monkey [--actions 20000] [--seed 1] [--patients 40]
"""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import re
import subprocess
import sys
import threading
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
MEASURED = 10_000
"""So many actions at the end of a whole run memory is compared over; those before them load and build what is needed for the
first time."""
LATE = ("alembic", "icalendar", "openpyxl", "reportlab.pdfgen.canvas", "sqlalchemy")
"""What the program loads when it is first needed, and keeps: by chance it would be loaded in the middle of the measure."""
FIRST_PATIENTS = 0.25
"""After this part of the patients every regimen of the day has been printed once."""
GROWTH = 5
"""Per cent."""
PATIENCE_S = 20
INTRODUCTION = f"""# The monkey

Written by `make prove-monkey` (SEED=, ACTIONS=), one line for each run: random clicks, keys, texts, drags and commands in
the real window without a screen, at a seat of a ward's records with four users and without one; then a day of a nurse:
patient after patient opened, seen on every page, printed and left.

Memory is what the system counts for the process (VmRSS), with every dialog closed, nobody at the seat, and the example
open in a window of the first size. As long as something rare is done for the first time, the program loads and builds it,
and keeps it (libraries, pages, tabs, dialogs, parts of the settings, letters): so the last {MEASURED} actions are measured,
after at least as many. The figures: before these {MEASURED}, halfway through them, and at the end. From the first to the last
memory may grow by less than {GROWTH} per cent. A leak would go on growing; what was built once does not.

| actions | commit | time | errors that nothing caught, Qt warnings included | kinds of widget never made | memory | patients |
| --- | --- | --- | --- | --- | --- | --- |
"""


def resident_kib() -> int:
    """The memory of this process, KiB."""
    text = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in text.splitlines() if line.startswith("VmRSS")).split()[1])


def growth_of(memory: tuple[int, ...]) -> float:
    """From the first figure to the last, per cent."""
    return 100 * (memory[-1] - memory[0]) / memory[0]


def run(monkey: Monkey, actions: int) -> tuple[int, ...]:
    """Lets a monkey act; returns the memory before the actions that are measured, halfway through them and at the end, KiB."""
    before = max(actions - MEASURED, actions // 2)
    looked = {before, (before + actions) // 2, actions}
    found = []
    for number in range(1, actions + 1):
        monkey.act()
        if number in looked:
            found.append(_settled_kib(monkey))
    return tuple(found)


def day(monkey: Monkey, folder: Path, patients: int) -> tuple[int, ...]:
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
    """The memory with the same treatment open, every dialog closed and nothing going on."""
    monkey.leave_everything()
    settle()
    # A page that nobody waits for any more is drawn to its end first: some megabytes, beside the window.
    until = time.monotonic() + PATIENCE_S
    while threading.active_count() > 1 and time.monotonic() < until:
        settle()
    gc.collect()
    return resident_kib()


def main() -> int:
    """Runs, prints and writes the report; 1 when something failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actions", type=int, default=2 * MEASURED)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--patients", type=int, default=40)
    arguments = parser.parse_args()
    QApplication.instance() or QApplication(["mbc-desktop", "-style", "fusion"])
    begun, met = time.monotonic(), note_what_is_made(QWidget)
    for name in LATE:
        importlib.import_module(name)
    with TemporaryDirectory() as folder:
        monkey = Monkey(arguments.seed, Path(folder))
        played = run(monkey, arguments.actions)
        served = day(monkey, Path(folder), arguments.patients)
        monkey.leave_everything()
        monkey.window.desk.session.start_new("nl")
        monkey.window.close()
    never = sorted({kind.__name__ for kind in kinds(QWidget)} - met)
    run_and_time = f"| {arguments.actions}, seed {arguments.seed} | {_commit()} | {round(time.monotonic() - begun)} s"
    memory = f"{_said(played)} | {arguments.patients}: {_said(served)} |"
    line = f"{run_and_time} | {len(monkey.errors)} | {', '.join(never) or 'none'} | {memory}"
    print(line, ", ".join(f"{name} {count}" for name, count in monkey.done.most_common()), sep="\n")
    for error, count in Counter(monkey.errors).most_common(10):
        print(f"{count} x\n{error}", file=sys.stderr)
    print(f"Qt warnings included: {len(monkey.errors)} errors")
    whole = arguments.actions >= 2 * MEASURED
    if whole:
        write(line)
    # A short run has not met everything once: its memory says nothing.
    return int(bool(monkey.errors) or (whole and max(growth_of(played), growth_of(served)) >= GROWTH))


def write(line: str) -> None:
    """Puts the line of a run into the report, in the place of the line of the same length and seed."""
    kept = REPORT.read_text(encoding="utf-8").splitlines() if REPORT.exists() else []
    rows = {_run_of(row): row for row in (*kept, line) if _run_of(row) is not None}
    REPORT.write_text(INTRODUCTION + "".join(f"{rows[one]}\n" for one in sorted(rows)), encoding="utf-8")


def _run_of(row: str) -> tuple[int, int] | None:
    """How many actions a line of the report is about, and of which seed; None for other lines."""
    found = re.match(r"\| (\d+), seed (\d+) \|", row)
    return (int(found[1]), int(found[2])) if found else None


def _said(memory: tuple[int, ...]) -> str:
    return f"{', '.join(f'{kib / 1024:.1f}' for kib in memory)} MiB ({growth_of(memory):+.1f} %)"


def _commit() -> str:
    asked = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    return asked.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
