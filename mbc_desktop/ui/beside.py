"""Long work beside the main thread. What it yields arrives in the window piece by piece; what nobody waits for any more never
arrives. The worker touches no object of Qt that lives in the window."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from queue import Empty, Full, Queue
from time import monotonic
from typing import Literal, TypeVar

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

Result = TypeVar("Result")
Steps = Generator[object, None, None]
Kind = Literal["came", "ended", "failed"]

LOOK_MS = 5
AT_A_TIME_S = 0.01
"""So long at most is taken in without letting the window answer."""
AHEAD = 2
"""So many pieces are made before somebody takes them: a page for the printer is 35 MB."""
PATIENCE_S = 0.05
CURSOR_MS = 200


class _Task:
    """One generator in a thread of its own."""

    def __init__(self, work: Callable[[], Steps], closed: threading.Event) -> None:
        self.made: Queue[tuple[Kind, object]] = Queue(AHEAD)
        self.stopped = threading.Event()
        self._work, self._closed = work, closed
        threading.Thread(target=self._run, name="beside").start()

    def _run(self) -> None:
        try:
            steps = self._work()
            for step in steps:
                if not self._put("came", step):
                    steps.close()
                    break
        except Exception as error:
            self._put("failed", error, last=True)
        else:
            self._put("ended", None, last=True)

    def _put(self, kind: Kind, what: object, *, last: bool = False) -> bool:
        """False once nobody waits for more; the last word is always left behind. A program that ends waits for nobody."""
        while not self._closed.is_set() and threading.main_thread().is_alive():
            if self.stopped.is_set():
                if not last:
                    return False
                self._clear()
            try:
                self.made.put((kind, what), timeout=PATIENCE_S)
            except Full:
                continue
            return True
        return False

    def _clear(self) -> None:
        while True:
            try:
                self.made.get_nowait()
            except Empty:
                return


class Beside(QObject):
    """One thing at a time. `came` carries each piece, then comes `ended`, or `failed` with the error."""

    came = Signal(object)
    ended = Signal()
    failed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._task: _Task | None = None
        self._closed = threading.Event()
        self.destroyed.connect(self._closed.set)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)

    @property
    def busy(self) -> bool:
        """Whether something is going on."""
        return self._task is not None

    def run(self, work: Callable[[], Steps]) -> None:
        """Begins with the generator that `work` gives; what was going on is dropped."""
        self.drop()
        self._task = _Task(work, self._closed)
        self._timer.start()

    def stop(self) -> None:
        """Asks for the end: the generator is closed at its next piece, and `ended` follows."""
        if self._task is not None:
            self._task.stopped.set()

    def drop(self) -> None:
        """Stops, and hears nothing more of it."""
        self.stop()
        self._task = None
        self._timer.stop()

    def _look(self) -> None:
        until = monotonic() + AT_A_TIME_S
        task = self._task
        while task is not None and task is self._task and monotonic() < until:
            try:
                kind, what = task.made.get_nowait()
            except Empty:
                return
            if kind == "came":
                if not task.stopped.is_set():
                    self.came.emit(what)
                continue
            self.drop()
            if kind == "ended":
                self.ended.emit()
            else:
                self.failed.emit(what)


def result_of(make: Callable[[], Result], parent: QObject) -> Result:
    """What `make` gives or raises, made beside the main thread. The window goes on painting; keys and clicks wait their turn."""
    found: list[Result] = []
    errors: list[Exception] = []
    loop, beside = QEventLoop(parent), Beside(parent)
    beside.ended.connect(loop.quit)
    beside.failed.connect(errors.append)
    beside.failed.connect(loop.quit)

    def work() -> Steps:
        found.append(make())
        yield from ()

    beside.run(work)
    waiting = QTimer(beside)
    waiting.setSingleShot(True)
    waiting.timeout.connect(lambda: QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor))
    waiting.start(CURSOR_MS)
    try:
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    finally:
        if not waiting.isActive():
            QGuiApplication.restoreOverrideCursor()
        for part in (beside, loop):
            part.deleteLater()
    if errors:
        raise errors[0]
    return found[0]
