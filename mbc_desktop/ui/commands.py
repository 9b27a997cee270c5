"""Which command stands in which menu, with its key."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

from mbc_desktop.ui.panels.calendar_panel import VIEWS

if TYPE_CHECKING:
    from mbc_desktop.ui.main_window import MainWindow
    from mbc_desktop.ui.proposals import Sort

_Key = QKeySequence.StandardKey


def fill_menus(window: MainWindow) -> None:
    """Fills all menus of the window."""
    _fill_file(window)
    _fill_edit(window)
    _fill_view(window)
    window.menus.add(window.menus.help, "help.menu", partial(_help, window), "F1")
    window.menus.add(window.menus.help, "ui.menu.about", partial(_about, window))


def _fill_file(window: MainWindow) -> None:
    # The commands for sheets are asked for when one is given: making them is not for the start of the window.
    menus, files = window.menus, window.files
    menus.add(menus.file, "ui.menu.new", partial(_begin_anew, window), _Key.New)
    menus.add(menus.file, "ui.menu.open", partial(_to_plan, window, files.open), _Key.Open)
    menus.add_recent(menus.file, window.open_file)
    menus.add(menus.file, "ui.menu.save", files.save, _Key.Save)
    menus.add(menus.file, "ui.menu.save_as", files.save_as, "Ctrl+Shift+S")
    menus.file.addSeparator()
    menus.add(menus.file, "ui.menu.export_calendar", lambda: window.documents.export("patient_calendar"), "Ctrl+E")
    menus.add(menus.file, "ui.menu.export_check", lambda: window.documents.export("check_sheet"), "Ctrl+Shift+E")
    menus.add(menus.file, "ui.menu.export_ics", lambda: window.documents.export_calendar_file())
    menus.add(menus.file, "ui.menu.print", lambda: window.documents.print("patient_calendar"), _Key.Print)
    menus.add(menus.file, "ui.menu.check_sheet", lambda: window.documents.check_sheet(), "Ctrl+K")
    menus.file.addSeparator()
    menus.add(menus.file, "ui.menu.quit", window.close, "Ctrl+Q")


def _fill_edit(window: MainWindow) -> None:
    menus, session = window.menus, window.desk.session
    menus.add(menus.edit, "course.find_menu", partial(_find_regimen, window), _Key.Find)
    menus.add(menus.edit, "lab.menu", partial(_paste_report, window), "Ctrl+L")
    for sort in ("alignment", "absences", "radiotherapy", "start", "continue"):
        menus.add(menus.edit, f"proposal.{sort}_menu", partial(propose, window, sort))
    window.plan_page.proposal_wanted.connect(partial(propose, window))
    window.plan_page.guideline_wanted.connect(partial(window.show_page, "guideline"))
    window.plan_page.report_wanted.connect(partial(_paste_report, window))
    window.plan_page.decision_wanted.connect(partial(_to_decision, window))
    menus.edit.addSeparator()
    undo = menus.add(menus.edit, "ui.menu.undo", session.undo, _Key.Undo)
    redo = menus.add(menus.edit, "ui.menu.redo", session.redo, _Key.Redo)
    # What hands know from any program, whichever of the two this system calls its own.
    redo.setShortcuts([QKeySequence(key) for key in ("Ctrl+Y", "Ctrl+Shift+Z")])

    def enable() -> None:
        undo.setEnabled(session.can_undo)
        redo.setEnabled(session.can_redo)

    session.changed.connect(enable)


def _fill_view(window: MainWindow) -> None:
    menus, calendar = window.menus, window.plan_page.calendar
    for number, page in enumerate(window.pages, start=1):
        menus.add(menus.view, f"shell.page.{page}", partial(window.show_page, page), f"Ctrl+{number}")
    menus.view.addSeparator()
    menus.add(menus.view, "ui.calendar.previous", partial(_in_calendar, window, partial(calendar.turn, -1)), "Alt+PgUp")
    menus.add(menus.view, "ui.calendar.next", partial(_in_calendar, window, partial(calendar.turn, 1)), "Alt+PgDown")
    menus.add(menus.view, "ui.calendar.today", partial(_in_calendar, window, calendar.go_today), "Alt+Home")
    for view, key in zip(VIEWS, ("Alt+1", "Alt+2", "Alt+3"), strict=True):
        menus.add(menus.view, f"views.{view}", partial(_in_calendar, window, partial(calendar.show_view, view)), key)
    menus.view.addSeparator()
    menus.add_languages(menus.view, window.use_language)
    menus.add_themes(menus.view, window.use_theme)
    menus.add_sizes(menus.view, window.use_size)


def _to_plan(window: MainWindow, begin: Callable[[], bool]) -> None:
    """Whatever page one comes from, a treatment that was begun is shown."""
    if begin():
        window.show_page("plan")


def _begin_anew(window: MainWindow) -> None:
    """Whoever has just asked for a new patient types the name next."""
    if window.files.new():
        window.show_page("plan")
        window.plan_page.begin_anew()


def _to_decision(window: MainWindow, key: str) -> None:
    """Goes to a question that only the hospital answers."""
    from mbc_desktop.ui.pages.settings_page import SettingsPage

    window.show_page("settings")
    page = window.page_of("settings")
    if isinstance(page, SettingsPage):
        page.show_decision(key)


def _in_calendar(window: MainWindow, show: Callable[[], object]) -> None:
    """Nothing turns behind another part of the page."""
    window.plan_page.columns.show_part("calendar")
    show()


def _find_regimen(window: MainWindow) -> None:
    window.show_page("plan")
    window.plan_page.find_regimen()


def _paste_report(window: MainWindow) -> None:
    from mbc_desktop.ui.panels.lab_report_dialog import LabReportDialog

    window.show_page("plan")
    LabReportDialog(window.desk, window).open()


def _about(window: MainWindow) -> None:
    from mbc_desktop.ui.about import AboutDialog

    AboutDialog(window.desk, window).open()


def _help(window: MainWindow) -> None:
    from mbc_desktop.ui.help import HelpDialog

    HelpDialog(window.desk, window.asking, window, window.page).show()


def propose(window: MainWindow, sort: Sort) -> None:
    """Opens what the engine proposes of that sort."""
    from mbc_desktop.ui.proposals import ProposalDialog

    ProposalDialog(window.desk, sort, window).open()
