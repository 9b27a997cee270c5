"""From an application to a window that can be used: look and words first, then the first paint, then everything slow."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QTimer
from PySide6.QtWidgets import QApplication

from mbc_desktop.ui.desk import Desk, Look
from mbc_desktop.ui.look.theme import load_letter
from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.preferences import Preferences
from mbc_desktop.ui.words import Words

if TYPE_CHECKING:
    from mbc_desktop.regimen.library import Library
    from mbc_desktop.ui.session import Session

IDLE_MS = 30
"""After the first layout and paint of the forms: what nobody waits for yet comes then."""


def make_window(preferences: Preferences | None = None) -> MainWindow:
    """The shell of a main window, not shown yet, with the look and the language of the preferences. The application is one of the
    style Fusion, as `app` makes it."""
    preferences = preferences or Preferences()
    name_application()
    # Qt must not read or write a number by the habits of a country: the program has its own words for them.
    QLocale.setDefault(QLocale.c())
    load_letter(preferences.scale_percent)
    return MainWindow(Look(preferences.theme), Words(preferences.language), preferences)


def name_application() -> None:
    """Says whose settings and folders these are."""
    QApplication.setApplicationName("mbc_desktop")
    QApplication.setOrganizationName("mbc_desktop")


def start(window: MainWindow, path: Path | None = None) -> None:
    """Lets the window finish itself after its first paint, and opens a file then."""
    # What is imported now stays for good: collecting garbage meanwhile would only cost time.
    gc.disable()
    window.painted.connect(lambda: finish(window, path, guarded=True))


def finish(window: MainWindow, path: Path | None = None, *, session: Session | None = None, guarded: bool = False) -> None:
    """Furnishes the window, loads the library, builds the forms, reads the hospital's file and the treatment file. `guarded`:
    errors that nothing caught go to the crash dialog from here on."""
    from mbc_desktop.regimen.library_error import LibraryError
    from mbc_desktop.ui.collector import Collector
    from mbc_desktop.ui.keeping.crash import CrashHook
    from mbc_desktop.ui.memory import give_back_memory, keep_no_holes
    from mbc_desktop.ui.selection import Selection
    from mbc_desktop.ui.session import Session
    from mbc_desktop.ui.starting.loading import load_library_into
    from mbc_desktop.ui.widgets.focus_ring import FocusRing

    Collector(window)
    words = window.words
    session = session or Session(language=words.language)
    chosen, look = Selection(session.today), window.look
    window.furnish(Desk(session=session, selection=chosen, words=words, look=look, preferences=window.preferences))
    FocusRing(look, window)
    if guarded:
        CrashHook(window.desk, window.asking).install()
    try:
        library = load_library_into(session)
    except (LibraryError, OSError) as error:
        window.asking.tell(words.say("ui.library.title"), words.say("ui.library.broken"), str(error))
        return
    words.name_drugs(library.drugs)
    window.finish()
    window.plan_page.go_to("facts")
    _read_site(window, session)
    if path is not None:
        window.files.open_path(path)
    if guarded:
        QTimer.singleShot(IDLE_MS, window, lambda: _keep_safe(window))
    QTimer.singleShot(IDLE_MS, window, words.texts.keep_copy)
    QTimer.singleShot(IDLE_MS, window, keep_no_holes)
    # From patient to patient: half a millisecond, once the one before is gone.
    session.begun.connect(lambda: QTimer.singleShot(IDLE_MS, window, give_back_memory))
    QTimer.singleShot(IDLE_MS, window, lambda: _warm(window, library))
    gc.freeze()


def _read_site(window: MainWindow, session: Session) -> None:
    from mbc_desktop.regimen.library_error import LibraryError
    from mbc_desktop.ui.starting.loading import load_site_file

    if window.preferences.site_file is not None:
        try:
            load_site_file(session, window.preferences.site_file)
        except (LibraryError, OSError) as error:
            say = window.words.say
            window.asking.tell(say("ui.library.title"), say("ui.library.site_broken"), str(error))


def _warm(window: MainWindow, library: Library) -> None:
    """Brings the engine beside the window; once it is there, what a course needs of Qt, and the proof."""
    from mbc_desktop.ui.beside import Beside
    from mbc_desktop.ui.starting.loading import warm_engine, warm_reading

    beside = Beside(window)
    beside.came.connect(lambda _: QTimer.singleShot(IDLE_MS, window, _warm_course))
    beside.came.connect(lambda _: _prove(window, library))
    beside.ended.connect(lambda: QTimer.singleShot(IDLE_MS, window, warm_reading))
    for over in (beside.ended, beside.failed):
        over.connect(beside.deleteLater)
    beside.failed.connect(_raise)
    beside.run(warm_engine)


def _warm_course() -> None:
    from mbc_desktop.ui.entry import several_regimens  # noqa: F401
    from mbc_desktop.ui.panels import course_card, next_needed  # noqa: F401


def _raise(error: Exception) -> None:
    raise error


def _prove(window: MainWindow, library: Library) -> None:
    """Computes the fixed vectors with the installed data. A difference is named, and the program stops: nothing that it says
    can be trusted any more."""
    from mbc_desktop.planning.findings.self_test import self_test

    differences = self_test(library)
    if differences:
        words = window.words
        names = ", ".join(f"{item.name}: {item.computed} / {item.expected}" for item in differences)
        window.asking.tell(words.say("ui.self_test.title"), words.say("ui.self_test.stop"), names)
        QApplication.exit(1)


def _keep_safe(window: MainWindow) -> None:
    from mbc_desktop.ui.keeping.safety import keep_safe

    keep_safe(window)
