"""Keeping unsaved work where a crash or a power cut cannot reach it, and offering it again at the next start."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, QTimer, Signal

from mbc_desktop.core.files import write_file_safely
from mbc_desktop.ui.session import Session

DELAY_MS, LONGEST_MS = 2000, 8000
"""After the last key, so that no key waits for the disk; and after the first one that is not kept yet, for whoever types on
without a pause: no more than this can be lost."""
NAME, UNREADABLE = "unsaved.mbc.json", "unsaved-unreadable.mbc.json"


def recovery_folder() -> Path:
    """Where unsaved work is kept, beside the settings of this user."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation))


def write_recovery(session: Session, path: Path) -> bool:
    """Writes what has been entered, however little a treatment file could do with it; False where there is no room for it."""
    from mbc_desktop.ui.keeping.recovery_text import recovery_text

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file_safely(path, recovery_text(session.draft, today=session.today).encode())
    except OSError:
        return False
    return True


class Recovery(QObject):
    """Writes the session to the recovery file a moment after each change, and takes the file away when all is saved.
    `kept` says after each writing whether it could be written."""

    kept = Signal(bool)

    def __init__(self, session: Session, parent: QObject, folder: Path | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.path = (folder or recovery_folder()) / NAME
        self._soon, self._latest = QTimer(self), QTimer(self)
        for timer, after in ((self._soon, DELAY_MS), (self._latest, LONGEST_MS)):
            timer.setSingleShot(True)
            timer.setInterval(after)
            timer.timeout.connect(self.keep)
        session.changed.connect(self._follow)

    def keep(self) -> None:
        """Writes now what is unsaved."""
        self._rest()
        if self._session.draft_keeper is not None:
            self._session.draft_keeper()
        elif self._session.dirty:
            self.kept.emit(write_recovery(self._session, self.path))

    def forget(self) -> None:
        """Takes the file away: the work is saved, or the person let it go."""
        self._rest()
        try:
            self.path.unlink(missing_ok=True)
        except OSError:
            # A folder that cannot be written to keeps an older copy; it is offered again, and can be refused again.
            return

    def left_behind(self) -> bool:
        """Whether an earlier run left unsaved work."""
        return self.path.is_file()

    def set_aside(self) -> None:
        """Keeps a file that could not be read out of the way of the work that is entered now."""
        try:
            self.path.replace(self.path.with_name(UNREADABLE))
        except OSError:
            return

    def _follow(self) -> None:
        if not self._session.dirty:
            self.forget()
            return
        self._soon.start()
        if not self._latest.isActive():
            self._latest.start()

    def _rest(self) -> None:
        self._soon.stop()
        self._latest.stop()
