"""A monkey before the window: random keys, clicks, drags and commands, at a seat of a ward's records and without one."""

from __future__ import annotations

import os
import random
import shutil
import sys
import threading
import traceback
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, qInstallMessageHandler
from PySide6.QtGui import QAction
from PySide6.QtPrintSupport import QPrinter
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
    QTabBar,
    QWidget,
)
from shiboken6 import isValid

from mbc_desktop.ui.keeping.safety import keep_safe
from mbc_desktop.ui.pages.settings_page import PARTS, SettingsPage
from mbc_desktop.ui.paper import printing
from mbc_desktop.ui.paper.print_progress import PrintProgress
from mbc_desktop.ui.preferences import Preferences
from mbc_desktop.ui.records.lock_screen import LockScreen
from mbc_desktop.ui.session import Session
from mbc_desktop.ui.starting.start import finish, make_window
from tests.monkey_answers import EXAMPLE, Answers
from tests.monkey_rare import Rare
from tests.monkey_seat import Seat

TODAY = date(2026, 3, 16)
TEXTS = (
    "68", "0,85", "1.160", "-3", "12/03/2026", "4/5/1961", "31/02/2026", "fulvestrant", "Ibrance", "10x3", "zometa", "Voorbeeld",
    "é ñ ß", "0", "99999999", "<1", "NV", "\u202e", "7", "165", "Creatinine 0,85 mg/dL",
)  # fmt: skip
KEYS = (
    Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down,
    Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Space,
)  # fmt: skip


class Monkey:
    """Acts on one window; `errors` are the traces of what was not caught, `done` counts what was tried."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.chance = random.Random(seed)  # noqa: S311
        self.errors: list[str] = []
        self.done: Counter[str] = Counter()
        sys.excepthook = lambda kind, error, trace: self.errors.append("".join(traceback.format_exception(kind, error, trace)))
        sys.unraisablehook = lambda said: self.errors.append(f"unraisable: {said.exc_value!r} in {said.object!r}")
        threading.excepthook = lambda said: self.errors.append(f"in a thread: {said.exc_value!r}")
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
        # As at a first start: the assistant comes, and work is kept from here on.
        keep_safe(self.window, folder=folder / "unsaved", channel=f"monkey-{os.getpid()}")
        preferences.site_file = folder / "site.toml"
        printing.ask_and_print = self._print
        self._folder, self._seat = folder, Seat(self.window, self.chance, self._place, folder)
        self._seat.first_visit()
        self.window.files.open_path(self.example)
        seat, rare = self._seat, Rare(self.window, self.chance, self._place)
        self._acts = {
            "click": (30, self.click), "type": (20, self.type), "key": (20, self.key), "drag": (6, self.drag),
            "command": (12, self.command), "choose": (10, self.choose), "page": (4, self.page), "close": (8, self.close_dialogs),
            "example": (1, self.open_example), "size": (1, self.resize), "tab": (4, self.tab), "seat": (5, seat.take),
            "patient": (4, seat.patient), "two persons": (1, seat.two_persons), "menu": (3, rare.menu),
            "rare": (1, rare.open_one),
        }  # fmt: skip

    def act(self) -> None:
        """Does one thing."""
        names = list(self._acts)
        name = self.chance.choices(names, [self._acts[one][0] for one in names])[0]
        if isinstance(self._place(), LockScreen) and self.chance.random() < 0.5:
            # Nobody stands long before a lock to which she has the key.
            name = "seat"
        self.done[name] += 1
        try:
            self._acts[name][1]()
            QApplication.processEvents()
        except Exception:
            self.errors.append(traceback.format_exc())
        while isinstance(menu := QApplication.activePopupWidget(), QMenu):
            menu.close()

    def _listen(self, kind: object, context: object, text: str) -> None:
        if "This plugin does not support" not in text and "propagateSizeHints" not in text:
            self.errors.append(f"Qt: {text}")

    def _print(self, contents: list[bytes], window: QWidget, words: object) -> printing.Printed | None:
        """Stands for the person before the print dialog: thinks better of it, has a printer that is gone, or prints."""
        fate = self.chance.random()
        if fate < 0.4:
            return None
        if fate < 0.6:
            raise printing.PrinterGoneError(0, len(contents))
        printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
        printer.setOutputFileName(str(self._folder / "printed.pdf"))
        return PrintProgress(self.window.words, window).print(contents[:1], printer)

    def tab(self) -> None:
        """Turns to another part of a page or a dialog."""
        target = self._any(QTabBar)
        if isinstance(target, QTabBar) and target.count():
            target.setCurrentIndex(self.chance.randrange(target.count()))

    def _place(self) -> QWidget:
        """Where the hands are: the dialog that is open, else the window."""
        modal = QApplication.activeModalWidget()
        if isinstance(modal, QDialog):
            # What stands behind it is out of reach.
            return modal
        dialogs = [one for one in self.window.findChildren(QDialog) if one.isVisible()]
        return dialogs[-1] if dialogs else self.window

    def _any(self, *kinds: type[QWidget]) -> QWidget | None:
        found = [one for one in within_reach(self._place()) if isinstance(one, kinds) and one.isEnabled()]
        return self.chance.choice(found) if found else None

    def click(self) -> None:
        target = self._any(QAbstractButton, QAbstractItemView)
        row = None
        if isinstance(target, QAbstractItemView):
            # Half of the time something that stands in the list, else anywhere in it.
            row = self._row(target) if self.chance.random() < 0.5 else None
            target = target.viewport()
        # Whoever scrolls to a row may choose it, and what followed from another one is gone.
        if target is not None and isValid(target) and target.width() > 2 and target.height() > 2:
            place = row or QPoint(self.chance.randrange(target.width()), self.chance.randrange(target.height()))
            QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=place)

    def _row(self, view: QAbstractItemView) -> QPoint | None:
        rows = view.model().rowCount() if view.model() is not None else 0
        if not rows:
            return None
        index = view.model().index(self.chance.randrange(rows), 0)
        view.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        return view.visualRect(index).center()

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

    def leave_everything(self) -> None:
        """Back to where a nurse begins: nobody at the seat, no dialog, the example on the plan page of a window as at first."""
        for one in self.window.findChildren(QDialog):
            if isinstance(one, LockScreen):
                one.leave()
            else:
                one.reject()
        self._seat.leave()
        self.window.use_language("nl")
        self.window.use_theme("light")
        self.window.use_size(100)
        self.window.desk.session.start_new("nl")
        for name in self.window.pages:
            # What is made when it is first seen has been made once this has been done once.
            self.window.show_page(name)
            self._turn_through()
        self.window.show_page("plan")
        self.window.plan_page.calendar.show_view("month")
        self.open_example()
        # Last: what was written larger or in another language kept the window wide.
        QApplication.processEvents()
        self.window.resize(1366, 768)

    def _turn_through(self) -> None:
        """Shows every tab of the page, and every part of the settings."""
        for bar in self.window.findChildren(QTabBar):
            for place in (*range(bar.count()), 0):
                bar.setCurrentIndex(place)
        settings = self.window.findChild(SettingsPage)
        for part in PARTS if settings is not None else ():
            settings.show_part(part)

    def open_example(self) -> None:
        shutil.copy(EXAMPLE, self.example)
        self.window.files.open_path(self.example)

    def resize(self) -> None:
        self.window.resize(self.chance.randrange(1000, 2000), self.chance.randrange(650, 1200))


def within_reach(root: QWidget) -> Iterator[QWidget]:
    """What can be seen in it. Fields are not looked into: what stands there is Qt's own and dies when Qt likes, and no Python
    object of it may outlive it."""
    for child in root.children():
        if isinstance(child, QWidget) and child.isVisible() and not child.isWindow():
            yield child
            if not isinstance(child, QComboBox | QLineEdit):
                yield from within_reach(child)
