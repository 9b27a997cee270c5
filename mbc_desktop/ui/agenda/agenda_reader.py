"""Reading the treatment files of a folder and planning them, beside the main thread: with progress, and stopped when asked."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QThreadPool, Signal

from mbc_desktop.core.files import read_plain_file
from mbc_desktop.core.record import dataclass
from mbc_desktop.planning.plan import Plan
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import Site

ENDING, LARGEST_FILE = "*.mbc.json", 8 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedFile:
    """A treatment with its plan (None for one that cannot be read), out of a file or (`patient`) out of a ward's records."""

    path: Path | None
    plan: Plan | None
    patient: int = 0


class AgendaReader(QObject):
    """`finished` carries the planned files; `progressed` how many are done, and of how many."""

    finished = Signal(object)
    progressed = Signal(int, int)
    _done = Signal(int, object)
    _progress = Signal(int, int, int)
    _failed = Signal(object)

    def __init__(self, library: Library, parent: QObject) -> None:
        super().__init__(parent)
        self.library, self.turn = library, 0
        self.site: Site = Site()
        self._done.connect(self._end)
        self._progress.connect(self._pass_on)
        self._failed.connect(_raise)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)

    def read(self, folder: Path, site: Site, today: date) -> None:
        """Begins with the files of a folder; an earlier reading stops."""
        self.turn += 1
        self.site = site
        # A function, not a QRunnable: the pool would never let go of one.
        self._pool.start(partial(self._work, self.turn, tuple(sorted(folder.glob(ENDING))), today))

    def stop(self) -> None:
        """Reads nothing more."""
        self.turn += 1
        self._pool.waitForDone()

    def _work(self, turn: int, paths: tuple[Path, ...], today: date) -> None:
        """In the thread of the pool."""
        found = []
        try:
            for number, path in enumerate(paths, start=1):
                if self.turn != turn:
                    return
                found.append(planned(path, self.library, self.site, today))
                self._progress.emit(turn, number, len(paths))
        except Exception as error:
            # A defect: it is raised again in the window, where the program tells of it.
            self._failed.emit(error)
        self._done.emit(turn, tuple(found))

    def _end(self, turn: int, found: object) -> None:
        if turn == self.turn:
            self.finished.emit(found)

    def _pass_on(self, turn: int, number: int, of: int) -> None:
        if turn == self.turn:
            self.progressed.emit(number, of)


def planned(path: Path, library: Library, site: Site, today: date) -> PlannedFile:
    """A file with its plan on a day."""
    from mbc_desktop.planning.files.treatment_error import TreatmentError
    from mbc_desktop.planning.files.treatment_file import read_treatment
    from mbc_desktop.planning.plan_treatment import plan_treatment

    try:
        text = read_plain_file(path, most=LARGEST_FILE).decode("utf-8")
        request = read_treatment(text, today=today, library=library, obey_today=False)
        return PlannedFile(path=path, plan=plan_treatment(request, library, site))
    except (TreatmentError, OSError, UnicodeDecodeError):
        return PlannedFile(path=path, plan=None)


def _raise(error: Exception) -> None:
    raise error
