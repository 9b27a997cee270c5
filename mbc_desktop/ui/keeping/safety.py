"""What keeps work safe while the window is open: autosave and recovery, one window for each user."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from mbc_desktop.ui.keeping.recovery import Recovery
from mbc_desktop.ui.starting.come_forward import come_forward
from mbc_desktop.ui.starting.one_window import OneWindow
from mbc_desktop.ui.widgets.announce import announce

if TYPE_CHECKING:
    from mbc_desktop.ui.main_window import MainWindow

RECOVER, DROP = "safety.recover", "safety.drop"


def keep_safe(window: MainWindow, *, folder: Path | None = None, channel: str = "") -> Recovery:
    """Offers what an earlier run left unsaved, keeps what is entered from now on, and comes forward when somebody starts the
    program again."""
    say = window.words.say
    recovery = Recovery(window.desk.session, window, folder)
    if recovery.left_behind():
        answer = window.asking.choose(say("safety.title"), say("safety.text"), (RECOVER, DROP))
        if answer == RECOVER:
            if not window.files.recover(recovery.path):
                recovery.set_aside()
        else:
            recovery.forget()
    elif first_time(window):
        from mbc_desktop.ui.starting.first_run import FirstRun

        assistant = FirstRun(window.desk, window.asking, window, window.use_language, window.use_theme, window.use_size)
        # Whoever is done with the assistant begins with the name of the first patient.
        assistant.finished.connect(lambda _: window.plan_page.go_to("facts"))
        assistant.open()
    notice = QLabel()
    window.statusBar().addPermanentWidget(notice)
    recovery.kept.connect(lambda kept: _warn(notice, "" if kept else say("safety.not_kept")))
    OneWindow(window, channel).called.connect(partial(come_forward, window))
    window.closing.connect(recovery.forget)
    return recovery


def _warn(notice: QLabel, text: str) -> None:
    """A line at the foot, not a dialog: it comes while somebody types."""
    if text != notice.text():
        notice.setText(text)
        announce(notice, text)


def first_time(window: MainWindow) -> bool:
    """Whether nobody has set the program up yet, and nobody came with a treatment to open."""
    preferences, session = window.preferences, window.desk.session
    return not preferences.assisted and preferences.site_file is None and session.path is None
