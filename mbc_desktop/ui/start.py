"""From an application to a window that can be used: look and words first, then the first paint, then everything slow."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale, QTimer
from PySide6.QtWidgets import QApplication

from mbc_desktop.ui.crash import CrashHook
from mbc_desktop.ui.desk import Desk, Look
from mbc_desktop.ui.loading import load_engine, load_site_file
from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.preferences import Preferences
from mbc_desktop.ui.selection import Selection
from mbc_desktop.ui.session import Session
from mbc_desktop.ui.theme import load_letter
from mbc_desktop.ui.words import Words


def make_window(preferences: Preferences | None = None, session: Session | None = None) -> MainWindow:
    """A main window that is not shown yet, with the look and the language of the preferences."""
    preferences = preferences or Preferences()
    QApplication.setApplicationName("mbc_desktop")
    QApplication.setOrganizationName("mbc_desktop")
    QApplication.setStyle("Fusion")
    # Qt must not read or write a number by the habits of a country: the program has its own words for them.
    QLocale.setDefault(QLocale.c())
    load_letter()
    session = session or Session(language=preferences.language)
    desk = Desk(
        session=session,
        selection=Selection(session.today),
        words=Words(preferences.language),
        look=Look(preferences.theme),
        preferences=preferences,
    )
    return MainWindow(desk)


def start(window: MainWindow, path: Path | None = None) -> None:
    """Lets the window finish itself after its first paint, and opens a file then."""
    CrashHook(window.desk, window.asking).install()
    window.painted.connect(lambda: QTimer.singleShot(0, lambda: finish(window, path)))


def finish(window: MainWindow, path: Path | None = None) -> None:
    """Loads engine and library, builds the forms, reads the hospital's file and the treatment file."""
    from mbc_desktop.regimen.library_error import LibraryError

    desk, say = window.desk, window.desk.words.say
    try:
        library = load_engine(desk.session)
    except (LibraryError, OSError) as error:
        window.asking.tell(say("ui.library.title"), say("ui.library.broken"), str(error))
        return
    desk.words.name_drugs(library.drugs)
    window.finish()
    window.plan_page.facts.setFocus()
    site = desk.preferences.site_file
    if site is not None:
        try:
            load_site_file(desk.session, site)
        except (LibraryError, OSError) as error:
            window.asking.tell(say("ui.library.title"), say("ui.library.site_broken"), str(error))
    if path is not None:
        window.files.open_path(path)
