"""Pictures of every page of the window in every language, in two themes and two sizes, to be looked at one by one.

usage: python packaging/all_screens.py FOLDER [--language nl] [--size ward]
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.texts import complete_languages
from mbc_desktop.ui.preferences import Preferences
from mbc_desktop.ui.session import Session
from mbc_desktop.ui.start import finish, make_window

if TYPE_CHECKING:
    from mbc_desktop.planning.request import Language
    from mbc_desktop.ui.main_window import MainWindow
    from mbc_desktop.ui.theme import ThemeName

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 3, 16)
THEMES: tuple[ThemeName, ...] = ("light", "dark")
SIZES = {"ward": (1366, 768), "large": (1920, 1080)}
ITEM = "c1/fulvestrant/3"
SETTLED_MS, PAGES_MS = 60, 1200
Stage = tuple[str, Callable[[], QWidget]]


def main() -> int:
    """Draws all of it; 0 when every picture was written."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--language", choices=complete_languages(), action="append")
    parser.add_argument("--size", choices=tuple(SIZES), action="append")
    arguments = parser.parse_args()
    qInstallMessageHandler(lambda *_: None)
    QApplication.instance() or QApplication(["mbc-desktop", "-style", "fusion"])
    arguments.folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for language in arguments.language or complete_languages():
        for theme in THEMES:
            for size in arguments.size or SIZES:
                count += _draw_all(arguments.folder, language, theme, size)
    print(f"{count} pictures in {arguments.folder}")
    return 0


def _draw_all(folder: Path, language: Language, theme: ThemeName, size: str) -> int:
    with TemporaryDirectory() as own:
        window = _window(Path(own), language, theme, SIZES[size])
        stages = _stages(window)
        for name, prepare in stages:
            part = prepare()
            # Pages of a PDF are drawn, and the store is imported, beside the main thread.
            _settle(PAGES_MS if name in ("documents", "patients") else SETTLED_MS)
            part.grab().save(str(folder / f"{name}-{language}-{theme}-{size}.png"))
            if part is not window:
                part.close()
        window.desk.session.start_new(language)
        window.hide()
        window.deleteLater()
        QApplication.processEvents()
    return len(stages)


def _window(folder: Path, language: Language, theme: ThemeName, size: tuple[int, int]) -> MainWindow:
    preferences = Preferences(folder / "preferences.ini")
    preferences.language, preferences.theme, preferences.user = language, theme, "NV"
    window = make_window(preferences)
    window.resize(*size)
    window.show()
    finish(window, session=Session(clock=lambda: TODAY, language=language))
    session, example = window.desk.session, ROOT / "resources" / "example" / "voorbeeld.mbc.json"
    if session.library is None:
        sys.exit("the library cannot be read")
    text = example.read_text(encoding="utf-8")
    session.open(read_treatment(text, today=TODAY, library=session.library, obey_today=False), None)
    _settle()
    return window


def _stages(window: MainWindow) -> list[Stage]:
    from mbc_desktop.ui.about import AboutDialog
    from mbc_desktop.ui.help import HelpDialog
    from mbc_desktop.ui.pages.settings_page import PARTS, SettingsPage
    from mbc_desktop.ui.panels.lab_report_dialog import LabReportDialog
    from mbc_desktop.ui.panels.spinal_dialogs import OrderDialog
    from mbc_desktop.ui.proposals import ProposalDialog

    calendar, selection = window.plan_page.calendar, window.desk.selection

    def view(name: str) -> QWidget:
        window.show_page("plan")
        calendar.show_view(name)
        return window

    def item() -> QWidget:
        calendar.show_view("month")
        selection.select_item(ITEM, "c1", date(2026, 3, 30))
        return window

    def event() -> QWidget:
        window.plan_page.commands.begin("delay", values={"days": 7})
        return window.plan_page.commands.dialog

    def course() -> QWidget:
        selection.clear()
        window.plan_page.courses._toggle("c1")
        return window

    def page(name: str) -> QWidget:
        window.show_page(name)
        return window

    def settings(part: str) -> QWidget:
        window.show_page("settings")
        shown = window._pages["settings"]
        if isinstance(shown, SettingsPage):
            shown.show_part(part)
        return window

    def dialog(made: QWidget) -> QWidget:
        made.show()
        return made

    def report() -> QWidget:
        made = LabReportDialog(window.desk, window)
        names = [window.words.say(f"ui.field.{kind}") for kind in ("creatinine", "calcium")]
        ranges = ("0,85 mg/dL 0,50-0,95", "2,31 mmol/L (2,15-2,55)")
        lines = (" ".join(line) for line in zip(names, ranges, strict=True))
        made.report.setPlainText("\n".join(("12/03/2026", *lines)))
        made.show()
        return made

    stages: list[Stage] = [("plan", partial(view, "month")), ("item", item), ("event", event), ("course", course)]
    stages += [(name, partial(view, name)) for name in ("quarter", "timeline")]
    stages += [(name, partial(page, name)) for name in window.pages if name not in ("plan", "settings")]
    stages += [(f"settings-{part}", partial(settings, part)) for part in PARTS]
    stages += [
        ("report", report),
        ("help", lambda: dialog(HelpDialog(window.desk, window.asking, window, "plan"))),
        ("about", lambda: dialog(AboutDialog(window.desk, window))),
        ("spinal", lambda: dialog(OrderDialog(window.desk, window))),
        ("proposal", lambda: dialog(ProposalDialog(window.desk, "alignment", window))),
    ]
    return stages


def _settle(milliseconds: int = SETTLED_MS) -> None:
    for _ in range(4):
        QApplication.processEvents()
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


if __name__ == "__main__":
    sys.exit(main())
