"""A monkey before the window: random keys, clicks, drags and commands, and nothing may fail.

usage: python -m tests.prove_monkey [--actions 10000] [--seed 1]
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import shutil
import subprocess
import sys
import time
import traceback
from collections import Counter
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, Qt, qInstallMessageHandler
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)

from mbc_desktop.ui import printing
from mbc_desktop.ui.asking import Asking
from mbc_desktop.ui.preferences import Preferences
from mbc_desktop.ui.session import Session
from mbc_desktop.ui.start import finish, make_window

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "docs" / "proofs" / "monkey.md"
EXAMPLE = ROOT / "resources" / "example" / "voorbeeld.mbc.json"
TODAY = date(2026, 3, 16)
TEXTS = (
    "68", "0,85", "1.160", "-3", "12/03/2026", "4/5/1961", "31/02/2026", "fulvestrant", "Ibrance", "10x3", "zometa", "Voorbeeld",
    "é ñ ß", "0", "99999999", "<1", "NV", "\u202e", "7", "165", "Creatinine 0,85 mg/dL",
)  # fmt: skip
KEYS = (
    Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down,
    Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Space,
)  # fmt: skip
WARM_UP = 0.3
"""The part of the actions after which every page, form and text has been met once; memory is compared from there on."""


class Answers(Asking):
    """Answers every question by chance; files go to a folder of the monkey's own."""

    def __init__(self, chance: random.Random, folder: Path, example: Path) -> None:
        self._chance, self._folder, self._example = chance, folder, example

    def tell(self, title: str, text: str, details: str = "") -> None:
        """Listens."""

    def choose(self, title: str, text: str, buttons: object) -> str:
        return self._chance.choice(list(buttons)) if isinstance(buttons, tuple | list) else ""

    def file_to_open(self, title: str, pattern: str, folder: Path | None) -> Path | None:
        return self._chance.choice((self._example, self._folder / "missing.mbc.json", None))

    def folder(self, title: str) -> Path | None:
        return self._chance.choice((self._folder, self._folder / "none", None))

    def file_to_write(self, title: str, pattern: str, proposal: Path, ending: str) -> Path | None:
        return self._chance.choice((self._folder / f"monkey{ending}", self._folder / "none" / f"x{ending}", None))


class Monkey:
    """Acts on one window; `errors` are the traces of what was not caught, `done` counts what was tried."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.chance = random.Random(seed)  # noqa: S311
        self.errors: list[str] = []
        self.done: Counter[str] = Counter()
        sys.excepthook = lambda kind, error, trace: self.errors.append("".join(traceback.format_exception(kind, error, trace)))
        qInstallMessageHandler(self._listen)
        preferences = Preferences(folder / "preferences.ini")
        preferences.user = "NV"
        self.window = make_window(preferences)
        self.window.resize(1366, 768)
        self.window.show()
        finish(self.window, session=Session(clock=lambda: TODAY))
        # What the monkey saves lands in a copy.
        self.example = Path(shutil.copy(EXAMPLE, folder))
        answers = Answers(self.chance, folder, self.example)
        self.window.asking = self.window.files._asking = self.window.documents._asking = answers
        preferences.site_file = folder / "site.toml"
        printing.ask_and_print = lambda *_: printing.Printed(1, 1) if self.chance.random() < 0.5 else None
        self.window.files.open_path(self.example)
        self._acts = {
            "click": (30, self.click), "type": (20, self.type), "key": (20, self.key), "drag": (6, self.drag),
            "command": (12, self.command), "choose": (10, self.choose), "page": (4, self.page), "close": (8, self.close_dialogs),
            "example": (1, self.open_example), "size": (1, self.resize),
        }  # fmt: skip

    def act(self) -> None:
        """Does one thing."""
        names = list(self._acts)
        name = self.chance.choices(names, [self._acts[one][0] for one in names])[0]
        self.done[name] += 1
        try:
            self._acts[name][1]()
            QApplication.processEvents()
        except Exception:
            self.errors.append(traceback.format_exc())
        for menu in [one for one in QApplication.topLevelWidgets() if isinstance(one, QMenu) and one.isVisible()]:
            menu.close()

    def _listen(self, kind: object, context: object, text: str) -> None:
        if "This plugin does not support" not in text and "propagateSizeHints" not in text:
            self.errors.append(f"Qt: {text}")

    def _place(self) -> QWidget:
        """Where the hands are: the dialog that is open, else the window."""
        dialogs = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
        return dialogs[-1] if dialogs else self.window

    def _any(self, *kinds: type[QWidget]) -> QWidget | None:
        found = [
            one for kind in kinds for one in self._place().findChildren(kind)
            if one.isVisible() and one.isEnabled() and not one.objectName().startswith("qt_")
        ]  # fmt: skip
        return self.chance.choice(found) if found else None

    def click(self) -> None:
        target = self._any(QAbstractButton, QAbstractItemView)
        if isinstance(target, QAbstractItemView):
            target = target.viewport()
        if target is not None and target.width() > 2 and target.height() > 2:
            place = QPoint(self.chance.randrange(target.width()), self.chance.randrange(target.height()))
            QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=place)

    def type(self) -> None:
        target = self._any(QLineEdit, QPlainTextEdit)
        if target is not None:
            target.setFocus()
            if isinstance(target, QLineEdit) and self.chance.random() < 0.7:
                target.selectAll()
            text = self.chance.choice(TEXTS)
            if text.isascii():
                QTest.keyClicks(target, text)
            elif isinstance(target, QLineEdit):
                target.insert(text)
            elif isinstance(target, QPlainTextEdit):
                target.insertPlainText(text)

    def key(self) -> None:
        target = QApplication.focusWidget() or self.window.plan_page.calendar.month_view
        control = self.chance.random() < 0.15
        modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(target, self.chance.choice(KEYS), modifier)

    def drag(self) -> None:
        self.window.show_page("plan")
        calendar = self.window.plan_page.calendar
        calendar.show_view("month")
        month = calendar.month_view
        items = [(item, day) for day in month.cells.days for item in month.cells.items_of(day)]
        if not items:
            return
        (item, _), _ = self.chance.choice(items)
        start, end = (
            month.cells.place_of(item).center(),
            month.cells.grid.cell(self.chance.choice(month.cells.grid.days())).center(),
        )
        QTest.mousePress(month, Qt.MouseButton.LeftButton, pos=start)
        QTest.mouseMove(month, end)
        QTest.mouseRelease(month, Qt.MouseButton.LeftButton, pos=end)

    def command(self) -> None:
        actions = [
            one for one in self.window.findChildren(QAction)
            if one.isEnabled() and not one.menu() and one.text() and "Ctrl+Q" not in one.shortcut().toString()
            and "Ctrl+P" not in one.shortcut().toString()
        ]  # fmt: skip
        self.chance.choice(actions).trigger()

    def choose(self) -> None:
        target = self._any(QComboBox)
        if isinstance(target, QComboBox) and target.count():
            place = self.chance.randrange(target.count())
            target.setCurrentIndex(place)
            target.activated.emit(place)

    def page(self) -> None:
        self.window.show_page(self.chance.choice(self.window.pages))

    def close_dialogs(self) -> None:
        place = self._place()
        if isinstance(place, QDialog):
            place.reject()

    def open_example(self) -> None:
        shutil.copy(EXAMPLE, self.example)
        self.window.files.open_path(self.example)

    def resize(self) -> None:
        self.window.resize(self.chance.randrange(1000, 2000), self.chance.randrange(650, 1200))


def resident_kib() -> int:
    """The memory of this process, KiB."""
    text = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in text.splitlines() if line.startswith("VmRSS")).split()[1])


def run(actions: int, seed: int) -> tuple[Monkey, int, int]:
    """Lets a monkey act; returns it with the memory after the warm-up and at the end, KiB."""
    with TemporaryDirectory() as folder:
        monkey = Monkey(seed, Path(folder))
        start = 0
        for number in range(actions):
            monkey.act()
            if number == int(actions * WARM_UP):
                start = _settled_kib(monkey)
        end = _settled_kib(monkey)
        monkey.close_dialogs()
        monkey.window.desk.session.start_new("nl")
        monkey.window.close()
    return monkey, start, end


def _settled_kib(monkey: Monkey) -> int:
    """The memory with the same treatment open and every dialog closed."""
    for one in QApplication.topLevelWidgets():
        if isinstance(one, QDialog):
            one.reject()
    monkey.window.desk.session.start_new("nl")
    monkey.open_example()
    for _ in range(5):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, 52)
    gc.collect()
    return resident_kib()


def main() -> int:
    """Runs, prints and writes the report; 1 when something failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actions", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    QApplication.instance() or QApplication(["mbc-desktop", "-style", "fusion"])
    begun = time.monotonic()
    monkey, start, end = run(arguments.actions, arguments.seed)
    growth = 100 * (end - start) / start
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    lines = [
        "# The monkey",
        "",
        "Written by `make prove-monkey`: random clicks, keys, texts, drags and commands in the real window without a screen.",
        "",
        f"- actions: {arguments.actions}, seed {arguments.seed}, commit {commit.strip()}, {round(time.monotonic() - begun)} s",
        f"- of which: {', '.join(f'{name} {count}' for name, count in monkey.done.most_common())}",
        f"- errors that nothing caught, Qt warnings included: {len(monkey.errors)}",
        f"- memory with the example open: {start / 1024:.1f} MiB after {round(WARM_UP * 100)} % of the actions, "
        f"{end / 1024:.1f} MiB at the end ({growth:+.1f} %)",
    ]
    print("\n".join(lines))
    for error, count in Counter(monkey.errors).most_common(10):
        print(f"{count} x\n{error}", file=sys.stderr)
    if arguments.actions >= 10_000:
        REPORT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    # A short run has not met everything once: its memory says nothing.
    return int(bool(monkey.errors) or (arguments.actions >= 10_000 and growth >= 5))


if __name__ == "__main__":
    sys.exit(main())
