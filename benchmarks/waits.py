"""How long the window does not answer: the longest stretch without an event being handled, for what takes longest the first time.

usage: python -m benchmarks.waits TREATMENT_FILE
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.measure import Row, middle, own_folder, run_child
from benchmarks.our_window import print_set
from benchmarks.treatments import two_years_of_four_courses
from mbc_desktop.ui.main_window import MainWindow

LONGEST_MS = 100.0
AT_LEAST_S = 0.6
"""So long is watched after each action: what it leaves to a timer counts too."""
MOST_ROUNDS = 5


def rows(rounds: int) -> Iterator[Row]:
    """Processor time of the main thread, so that a busy machine counts less; each round is a fresh process that finds the copies
    of the library and the texts."""
    said: list[dict[str, float]] = []
    with own_folder() as folder:
        treatment = Path(folder) / "four-courses.mbc.json"
        text = two_years_of_four_courses(0, today=date.today(), course_of_values=True)  # noqa: DTZ011
        treatment.write_text(text, encoding="utf-8")
        for number in range(-1, min(rounds, MOST_ROUNDS)):
            printed = run_child("benchmarks.waits", str(treatment), home=Path(folder))
            if number >= 0:
                said.append(json.loads(printed.splitlines()[-1]))
    for name in said[0]:
        yield Row(what=f"longest wait: {name}", ours=middle([one[name] for one in said]), goal=LONGEST_MS, of_ours=True)


def main() -> None:
    """Does one thing after the other in a real window, and says the longest wait of each as one line of JSON."""
    from mbc_desktop.ui.starting.start import finish, make_window

    treatment = Path(sys.argv[1])
    QApplication(["mbc-desktop", "-style", "fusion"])
    window = make_window()
    window.resize(1366, 728)
    window.show()
    QApplication.processEvents()
    finish(window)
    taken = {"what the start leaves for later": longest_wait(lambda: None)}
    for name, act in actions(window, treatment).items():
        taken[name] = longest_wait(act)
    taken["the sheets of today are made and printed, by the clock"] = longest_gap(
        lambda: print_set(window, treatment.with_suffix(".pdf"))
    )
    sys.stdout.write(json.dumps(taken) + "\n")


def actions(window: MainWindow, treatment: Path) -> dict[str, Callable[[], object]]:
    """What is done for the first time, in the order of a day."""
    pages = ("patients", "agenda", "guideline", "settings", "documents")
    return {
        "a treatment is opened": lambda: window.files.open_path(treatment),
        **{f"first visit of the page {page}": lambda page=page: window.show_page(page) for page in pages},  # type: ignore[misc]
        "back to the plan": lambda: window.show_page("plan"),
        "another theme": lambda: window.use_theme("dark"),
        "another language": lambda: window.use_language("fr"),
        # What is kept for the next start is as it was.
        "the first theme again": lambda: window.use_theme("system"),
        "the first language again": lambda: window.use_language("nl"),
    }


def longest_gap(act: Callable[[], object]) -> float:
    """Milliseconds of the longest stretch of an action beside the main thread in which no timer was answered: by the clock, for
    it is another thread that holds this one up."""
    heard = [time.perf_counter()]
    timer = QTimer()
    timer.timeout.connect(lambda: heard.append(time.perf_counter()))
    timer.start(1)
    act()
    timer.stop()
    return max(later - earlier for earlier, later in pairwise(heard)) * 1000


def longest_wait(act: Callable[[], object]) -> float:
    """Milliseconds of the longest single stretch, from the action on."""
    begun = time.thread_time()
    act()
    longest = time.thread_time() - begun
    until = time.monotonic() + AT_LEAST_S
    while time.monotonic() < until:
        begun = time.thread_time()
        QApplication.sendPostedEvents()
        QApplication.processEvents()
        longest = max(longest, time.thread_time() - begun)
    return longest * 1000


if __name__ == "__main__":
    main()
