"""Reading the treatment files of a folder and planning them, beside the main thread: with progress, and stopped when asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from mbc_desktop.core.record import dataclass
from mbc_desktop.planning.plan import Plan
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import Site

ENDING = "*.mbc.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedFile:
    """A treatment with its plan (None for one that cannot be read), out of a file or (`patient`) out of a ward's records."""

    path: Path | None
    plan: Plan | None
    patient: int = 0


class _Sender(QObject):
    done = Signal(int, object)
    progress = Signal(int, int, int)


class _Work(QRunnable):
    def __init__(self, reader: AgendaReader, turn: int, paths: tuple[Path, ...], today: date) -> None:
        super().__init__()
        self._reader, self._turn, self._paths, self._today = reader, turn, paths, today
        self.sender = _Sender()

    def run(self) -> None:
        """Called by the pool."""
        found = []
        for number, path in enumerate(self._paths, start=1):
            if self._reader.turn != self._turn:
                return
            found.append(planned(path, self._reader.library, self._reader.site, self._today))
            self.sender.progress.emit(self._turn, number, len(self._paths))
        self.sender.done.emit(self._turn, tuple(found))


class AgendaReader(QObject):
    """`finished` carries the planned files; `progressed` how many are done, and of how many."""

    finished = Signal(object)
    progressed = Signal(int, int)

    def __init__(self, library: Library, parent: QObject) -> None:
        super().__init__(parent)
        self.library, self.turn = library, 0
        self.site: Site = Site()
        self._work: list[_Work] = []
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)

    def read(self, folder: Path, site: Site, today: date) -> None:
        """Begins with the files of a folder; an earlier reading stops."""
        self.turn += 1
        self.site = site
        work = _Work(self, self.turn, tuple(sorted(folder.glob(ENDING))), today)
        work.setAutoDelete(False)
        work.sender.done.connect(self._end)
        work.sender.progress.connect(self._pass_on)
        self._work = [work, *self._work[:1]]
        self._pool.start(work)

    def stop(self) -> None:
        """Reads nothing more."""
        self.turn += 1
        self._pool.waitForDone()

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
        text = path.read_text(encoding="utf-8")
        request = read_treatment(text, today=today, library=library, obey_today=False)
        return PlannedFile(path=path, plan=plan_treatment(request, library, site))
    except (TreatmentError, OSError, UnicodeDecodeError):
        return PlannedFile(path=path, plan=None)
