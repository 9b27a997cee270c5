"""Pictures of every page of the window in every language, in two themes and two sizes, to be looked at one by one.

usage: python packaging/all_screens.py FOLDER [--language nl] [--theme contrast] [--size ward] [--percent 150] [--stage plan]
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from example_ward import EXAMPLE, LOGIN, PASSWORD, fill_folder, make_records
from PySide6.QtCore import QEventLoop, QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.texts import complete_languages
from mbc_desktop.ui.preferences import SCALES, Preferences
from mbc_desktop.ui.session import Session
from mbc_desktop.ui.starting.start import finish, make_window

if TYPE_CHECKING:
    from mbc_desktop.planning.request import Language
    from mbc_desktop.ui.look.theme import ThemeName
    from mbc_desktop.ui.main_window import MainWindow

TODAY = date(2026, 3, 16)
THEMES: tuple[ThemeName, ...] = ("light", "dark", "contrast")
USUAL = THEMES[:2]
SIZES = {"ward": (1366, 768), "large": (1920, 1080)}
TO_VERIFY = 1
ITEM = "c1/fulvestrant/3"
SETTLED_MS, PAGES_MS = 60, 1200
BESIDE = ("documents", "patients", "agenda")
Stage = tuple[str, Callable[[], QWidget]]


class Shown(NamedTuple):
    """How one window is shown."""

    language: Language
    theme: ThemeName
    size: str
    percent: int


def main() -> int:
    """Draws all of it; 0 when every picture was written."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--language", choices=complete_languages(), action="append")
    parser.add_argument("--theme", choices=THEMES, action="append")
    parser.add_argument("--size", choices=tuple(SIZES), action="append")
    parser.add_argument("--percent", type=int, choices=SCALES, default=SCALES[0])
    parser.add_argument("--stage", action="append")
    arguments = parser.parse_args()
    qInstallMessageHandler(lambda *_: None)
    QApplication.instance() or QApplication(["mbc-desktop", "-style", "fusion"])
    arguments.folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for language in arguments.language or complete_languages():
        for theme in arguments.theme or USUAL:
            for size in arguments.size or SIZES:
                look = Shown(language, theme, size, arguments.percent)
                count += _draw_all(arguments.folder, look, arguments.stage or ())
    print(f"{count} pictures in {arguments.folder}")
    return 0


def _draw_all(folder: Path, look: Shown, only: Sequence[str]) -> int:
    with TemporaryDirectory() as own:
        window = _window(Path(own), look)
        stages = [stage for stage in _stages(window, Path(own)) if not only or stage[0] in only]
        for name, prepare in stages:
            part = prepare()
            # Pages of a PDF are drawn, and the store is imported, beside the main thread.
            _settle(PAGES_MS if name.startswith(BESIDE) else SETTLED_MS)
            part.grab().save(str(folder / f"{name}-{look.language}-{look.theme}-{look.size}.png"))
            if part is not window:
                part.close()
        window.desk.session.start_new(look.language)
        window.closing.emit()
        window.hide()
        window.deleteLater()
        QApplication.processEvents()
    return len(stages)


def _window(folder: Path, look: Shown) -> MainWindow:
    preferences = Preferences(folder / "preferences.ini")
    preferences.language, preferences.theme, preferences.user = look.language, look.theme, "NV"
    preferences.scale_percent = look.percent
    window = make_window(preferences)
    window.resize(*SIZES[look.size])
    window.show()
    finish(window, session=Session(clock=lambda: TODAY, language=look.language))
    session = window.desk.session
    if session.library is None:
        sys.exit("the library cannot be read")
    text = EXAMPLE.read_text(encoding="utf-8")
    request = read_treatment(text, today=TODAY, library=session.library, obey_today=False)
    session.open(replace(request, language=look.language), None)
    _settle()
    return window


def _stages(window: MainWindow, own: Path) -> list[Stage]:
    from mbc_desktop.ui.about import AboutDialog
    from mbc_desktop.ui.help import HelpDialog
    from mbc_desktop.ui.pages.settings_page import PARTS, SettingsPage
    from mbc_desktop.ui.panels.lab_report_dialog import LabReportDialog
    from mbc_desktop.ui.panels.spinal_dialogs import OrderDialog
    from mbc_desktop.ui.proposals import ProposalDialog

    calendar, selection = window.plan_page.calendar, window.desk.selection

    def view(name: str) -> QWidget:
        window.show_page("plan")
        window.plan_page.columns.show_part("calendar")
        calendar.show_view(name)
        return window

    def item() -> QWidget:
        calendar.show_view("month")
        selection.select_item(ITEM, "c1", date(2026, 3, 30))
        window.plan_page.columns.show_part("details")
        return window

    def event() -> QWidget:
        window.plan_page.commands.begin("delay", values={"days": 7})
        return window.plan_page.commands.dialog

    def course() -> QWidget:
        selection.clear()
        window.plan_page.columns.show_part("facts")
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
        ("proposal", lambda: dialog(ProposalDialog(window.desk, "start", window))),
    ]
    return [*stages, *_ward_stages(window, own)]


def _ward_stages(window: MainWindow, own: Path) -> list[Stage]:
    """The pages about all patients once there are some: from a folder, then from records with a pharmacist at the seat."""
    from mbc_desktop.ui.pages.agenda_page import AgendaPage
    from mbc_desktop.ui.pages.patients_page import PatientsPage
    from mbc_desktop.ui.records.audit_dialog import AuditDialog
    from mbc_desktop.ui.records.form_dialog import FormDialog
    from mbc_desktop.ui.records.verification_dialog import VerificationDialog
    from mbc_desktop.ui.records.worklist_dialog import WorklistDialog

    def agenda(view: str) -> QWidget:
        window.preferences.agenda_folder = fill_folder(own / "folder")
        window.show_page("agenda")
        page = window._pages["agenda"]
        if isinstance(page, AgendaPage):
            page.show_view(view)
            page.read()
        return window

    def patients() -> PatientsPage:
        window.show_page("patients")
        page, library = window._pages["patients"], window.desk.session.library
        if not isinstance(page, PatientsPage) or library is None:
            sys.exit("the page of the patients cannot be made")
        if page.commands.ward is None:
            page.commands.use(make_records(own / "ward.mbcdb", library, TODAY))
        if page.commands.ward is not None and page.commands.ward.who is None:
            page.commands.ward.sign_in(LOGIN, PASSWORD)
            for form in window.findChildren(FormDialog):
                form.close()
        return page

    def found() -> QWidget:
        patients().search.setText("voorbeeld")
        return window

    def opened(open_it: Callable[[PatientsPage], object], kind: type[QDialog]) -> QWidget:
        page = patients()
        page.found.setCurrentRow(TO_VERIFY)
        open_it(page)
        return window.findChildren(kind)[-1]

    stages: list[Stage] = [(f"agenda-{view}", partial(agenda, view)) for view in ("week", "day", "late")]
    stages += [("patients-found", found), ("worklist", partial(opened, PatientsPage.worklist, WorklistDialog))]
    stages += [("verification", partial(opened, PatientsPage.verification, VerificationDialog))]
    return [*stages, ("audit", partial(opened, PatientsPage.audit, AuditDialog))]


def _settle(milliseconds: int = SETTLED_MS) -> None:
    for _ in range(4):
        QApplication.processEvents()
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


if __name__ == "__main__":
    sys.exit(main())
