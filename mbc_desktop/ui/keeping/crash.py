"""When the program itself fails: one dialog, no plan on the screen, the work kept in a file beside the settings or in the ward's
records."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import monotonic
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal

from mbc_desktop.ui.asking import Asking
from mbc_desktop.ui.desk import Desk

AGAIN_S = 30
"""What fails each time the window is painted would otherwise be told each time the dialog goes."""


class CrashHook(QObject):
    """Takes every error that nothing caught, of every thread. A plan computed before an error is not to be trusted after it, so
    it goes. What is told names the kind of error and its place in the program, never its words: those could hold a dose."""

    _taken = Signal(str)

    def __init__(self, desk: Desk, asking: Asking) -> None:
        super().__init__()
        self._desk, self._asking = desk, asking
        self._talking = False
        self._told: dict[str, float] = {}
        # Later, and in the window's own thread: no dialog may open in the middle of a painting, nor outside of it.
        self._taken.connect(self._end, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Sends uncaught errors here from now on."""
        sys.excepthook = self.take
        threading.excepthook = lambda said: self.take(said.exc_type, said.exc_value, said.exc_traceback)

    def take(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        """Has the work kept, the plan hidden and the person told once the window is at it again."""
        # There may be nowhere to write to.
        with suppress(Exception):
            traceback.print_exception(kind, error, trace)
        if not issubclass(kind, KeyboardInterrupt | SystemExit):
            # Without a window there is nothing to keep.
            with suppress(RuntimeError):
                self._taken.emit(_place(kind, trace))

    def _end(self, what: str) -> None:
        """Each of the three is tried, whatever becomes of the others."""
        kept = _tried(self._keep)
        _tried(self._desk.session.conceal)
        if self._talking or monotonic() - self._told.get(what, -AGAIN_S) < AGAIN_S:
            return
        self._talking = True
        _tried(lambda: self._tell(kept or "", what))
        self._told[what] = monotonic()
        self._talking = False

    def _tell(self, kept: str, what: str) -> None:
        say = self._desk.words.say
        self._asking.tell(say("ui.crash.title"), f"{say('ui.crash.text')}\n\n{kept or say('ui.crash.not_kept')}", what)

    def _keep(self) -> str:
        """The work as it stands, in the ward's records or else in a file that File > Open reads; says where."""
        from mbc_desktop.ui.keeping.recovery import recovery_folder, write_recovery

        session, say = self._desk.session, self._desk.words.say
        if session.draft_keeper is not None:
            return say("ui.crash.kept_in_records") if session.draft_keeper() else ""
        path = recovery_folder() / "recovered.mbc.json"
        return say("ui.crash.kept", file=str(path)) if write_recovery(session, path) else ""


def _tried(act: Callable[[], object]) -> str | None:
    try:
        done = act()
    except Exception:
        with suppress(Exception):
            traceback.print_exc()
        return None
    return done if isinstance(done, str) else None


def _place(kind: type[BaseException], trace: TracebackType | None) -> str:
    last = traceback.extract_tb(trace)[-1:]
    return ", ".join([kind.__name__, *(f"{Path(frame.filename).name}:{frame.lineno}" for frame in last)])
