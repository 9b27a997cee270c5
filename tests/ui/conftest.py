"""A real window for the tests: its own settings file, a fixed day, no dialog that waits for nobody."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mbc_desktop.ui.asking import Asking
from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.preferences import Preferences
from mbc_desktop.ui.session import Session
from mbc_desktop.ui.starting.start import finish, make_window


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What the screenless platform cannot do is no fault of the window."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


TODAY = date(2026, 3, 16)


class Answers(Asking):
    """Answers every dialog as the test says, and remembers what was said."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str, str]] = []
        self.asked: list[tuple[str, ...]] = []
        self.answer = ""
        self.path: Path | None = None

    def tell(self, title: str, text: str, details: str = "") -> None:
        self.told.append((title, text, details))

    def choose(self, title: str, text: str, buttons: tuple[str, ...] | list[str]) -> str:  # type: ignore[override]
        self.asked.append(tuple(buttons))
        return self.answer or buttons[-1]

    def file_to_open(self, title: str, pattern: str, folder: Path | None) -> Path | None:
        return self.path

    def folder(self, title: str) -> Path | None:
        return self.path

    def file_to_write(self, title: str, pattern: str, proposal: Path, ending: str) -> Path | None:
        return self.path


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, answers: Answers) -> MainWindow:
    """A window that is ready for use, in Dutch, on Monday 16 March 2026."""
    preferences = Preferences(tmp_path / "preferences.ini")
    preferences.theme = "light"
    preferences.assisted = True
    made = make_window(preferences)
    qtbot.addWidget(made, before_close_func=_forget_changes)
    made.resize(1366, 768)
    made.show()
    qtbot.waitExposed(made)
    finish(made, session=Session(clock=lambda: TODAY))
    made.asking = made.files._asking = made.documents._asking = answers
    made.plan_page.facts.complete()
    QApplication.processEvents()
    return made


def _forget_changes(window: MainWindow) -> None:
    if window.desk.session.dirty:
        window.desk.session.start_new("nl")
