"""A picture of the window with a treatment in it, as it would look on a ward screen."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from mbc_desktop.planning.request import Language, Request
from mbc_desktop.ui.look.theme import ThemeName

if TYPE_CHECKING:
    from mbc_desktop.ui.main_window import MainWindow

WIDTH, HEIGHT = 1366, 768
SETTLING_ROUNDS = 10
SIZE_HINTS = "propagateSizeHints"


def window_png(
    request: Request,
    path: Path,
    *,
    language: Language = "nl",
    theme: ThemeName = "light",
    page: str = "plan",
    item: str = "",
    size: tuple[int, int] = (WIDTH, HEIGHT),
) -> None:
    """Writes a picture of the main window with this treatment on the request's own day; `item` is selected when it is named."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    from mbc_desktop.ui.preferences import Preferences
    from mbc_desktop.ui.session import Session
    from mbc_desktop.ui.starting.start import finish, make_window

    before = qInstallMessageHandler(_say_what_matters)
    application = QApplication.instance() or QApplication(["mbc-desktop", "-style", "fusion"])
    with TemporaryDirectory() as folder:
        preferences = Preferences(Path(folder) / "preferences.ini")
        preferences.language, preferences.theme = language, theme
        window = make_window(preferences)
        window.resize(*size)
        window.show()
        finish(window, session=Session(clock=lambda: request.today, language=language))
        window.desk.session.open(request, None)
        window.show_page(page)
        if item:
            _select(window, item, request.today)
        # A layout inside a layout inside a layout settles in as many rounds.
        for _ in range(SETTLING_ROUNDS):
            application.processEvents()
        window.grab().save(str(path))
        window.hide()
        window.deleteLater()
        application.processEvents()
    qInstallMessageHandler(before)


def _select(window: MainWindow, item: str, today: date) -> None:
    plan = window.desk.session.plan
    given = next((one for one in plan.administrations if one.id == item), None) if plan else None
    window.desk.selection.select_item(item, item.partition("/")[0], (given.date or given.due) if given else today)


def _say_what_matters(kind: object, context: object, text: str) -> None:
    # The screenless platform complains of every size hint: nothing that a person who asked for a picture could act upon.
    if SIZE_HINTS not in text:
        sys.stderr.write(f"{text}\n")
