"""A key pressed in the real window until the calendar has been repainted, and until everything it changed has been painted.

usage: python -m benchmarks.keystroke KEYS TREATMENT_FILE
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow

from benchmarks.measure import Row, own_folder, percentile, run_child
from benchmarks.treatments import two_years_of_four_courses
from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.widgets.trend_plot import TrendPlot

FRAME_MS = 1000 / 60
PATIENCE_S = 2.0


class Painted(QObject):
    """When the calendar stood repainted. The session tells the calendar of a plan first, which paints itself and is on the screen
    when it returns; whoever listens after it is told then."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self.times = 0
        self.at: float | None = None
        self._counted = 0
        window.plan_page.calendar.month_view.installEventFilter(self)
        window.desk.session.planned.connect(self._note)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Sees every event before the calendar does."""
        self.times += event.type() == QEvent.Type.Paint
        return False

    def begin(self) -> None:
        """The next paint is the one that is waited for."""
        self.at, self._counted = None, self.times

    def _note(self) -> None:
        # A calendar that was not painted by then is not done before everything is.
        if self.times > self._counted:
            self.at = time.perf_counter()


def rows(rounds: int) -> Iterator[Row]:
    """Two fields, the course of the values drawn below them: a weight, which changes doses, and a start day, which changes every
    cell. `rounds` times 20 keys each."""
    with own_folder() as folder:
        treatment = Path(folder) / "four-courses.mbc.json"
        treatment.write_text(two_years_of_four_courses(0, today=date.today(), course_of_values=True), encoding="utf-8")  # noqa: DTZ011
        said = json.loads(run_child("benchmarks.keystroke", str(rounds * 20), str(treatment), home=Path(folder)).splitlines()[-1])
    for name, what in (("weight", "key in a weight"), ("start", "key in a start day (calendar changes whole)")):
        for until, end in (("calendar", "to the calendar repainted"), ("all", "to all repainted")):
            for percent, word in ((50, "median"), (95, "95th percentile")):
                yield Row(
                    what=f"{what}, {end}: {word}",
                    ours=percentile(said[f"{name} {until}"], percent),
                    baseline=percentile(said["bare all"], percent),
                    baseline_is="key in a bare QLineEdit",
                    goal=FRAME_MS if percent == 95 and until == "calendar" else None,
                    of_ours=True,
                )


def main() -> None:
    """Presses the keys and says how long each took, as one line of JSON."""
    from mbc_desktop.ui.starting.start import finish, make_window

    keys, treatment = int(sys.argv[1]), Path(sys.argv[2])
    QApplication(sys.argv[:1])
    window = make_window()
    window.resize(1366, 768)
    window.show()
    finish(window, treatment)
    settle()
    bare_window, bare = bare_field()
    if sum(plot.isVisibleTo(window) for plot in window.findChildren(TrendPlot)) < 3:
        raise RuntimeError("the window draws no course of the values")
    fields = {"weight": weight_line(window), "start": start_line(window)}
    painted = Painted(window)
    taken: defaultdict[str, list[float]] = defaultdict(list)
    for name, line in fields.items():
        text = line.text()
        before = painted.times
        for number in range(keys):
            for pressed, into, last in (("bare", bare, "1"), (name, line, text[-1])):
                for until, milliseconds in press(into, number, last, painted).items():
                    taken[f"{pressed} {until}"].append(milliseconds)
        if name == "start" and painted.times - before < keys:
            raise RuntimeError(f"the calendar was painted {painted.times - before} times by {keys} keys")
    bare_window.close()
    sys.stdout.write(json.dumps(taken) + "\n")


def press(line: QLineEdit, number: int, last: str, painted: Painted) -> dict[str, float]:
    """Takes the last character away or puts it back, and waits until nothing is left to paint; milliseconds until the calendar
    stood, and until all did."""
    line.setFocus()
    line.end(False)
    settle()
    painted.begin()
    begun = time.perf_counter()
    if number % 2 == 0:
        QTest.keyClick(line, Qt.Key.Key_Backspace)
    else:
        QTest.keyClicks(line, last)
    settle()
    ended = time.perf_counter()
    return {"calendar": ((painted.at or ended) - begun) * 1000, "all": (ended - begun) * 1000}


def settle() -> None:
    """Lets everything that waits happen, timers that are due included."""
    QApplication.sendPostedEvents()
    QApplication.processEvents()
    QApplication.processEvents()


def weight_line(window: MainWindow) -> QLineEdit:
    """The weight of the facts form."""
    window.plan_page.facts.show_field("measurement.weight")
    return focused_line(window)


def start_line(window: MainWindow) -> QLineEdit:
    """The start day of the first course, unfolded."""
    card = window.plan_page.courses.card("c1")
    card.unfold(True)
    settle()
    card.focus_start()
    return focused_line(window)


def focused_line(window: MainWindow) -> QLineEdit:
    """The line of the window that has the keyboard."""
    settle()
    line = window.focusWidget()
    if not isinstance(line, QLineEdit) or not line.text():
        raise RuntimeError(f"the keyboard is in {line!r}, not in a filled line")
    return line


def bare_field() -> tuple[QMainWindow, QLineEdit]:
    """A window with one line and nothing behind it; small, because a window that is covered whole is not painted."""
    window = QMainWindow()
    line = QLineEdit("11")
    window.setCentralWidget(line)
    window.resize(240, 80)
    window.show()
    settle()
    return window, line


if __name__ == "__main__":
    main()
