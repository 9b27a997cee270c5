"""Turning the pages of a PDF into pictures beside the main thread, one by one, so that the window never waits for them."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal
from PySide6.QtGui import QImage

from mbc_desktop.ui.printing import page_images


class _Sender(QObject):
    page = Signal(int, QImage)
    done = Signal(int)


class _Work(QRunnable):
    """Draws one PDF; stops between two pages when another one is wanted."""

    def __init__(self, renderer: PageRenderer, turn: int, pdf: bytes, width: int) -> None:
        super().__init__()
        self._renderer, self._turn, self._pdf, self._width = renderer, turn, pdf, width
        self.sender = _Sender()

    def run(self) -> None:
        """Called by the pool."""
        for image in page_images(self._pdf, width=self._width):
            if self._renderer.turn != self._turn:
                return
            self.sender.page.emit(self._turn, image)
        self.sender.done.emit(self._turn)


class PageRenderer(QObject):
    """`page_ready` carries each page as it is drawn, `finished` comes after the last one. A new task cancels the one before."""

    page_ready = Signal(QImage)
    finished = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.turn = 0
        self._work: list[_Work] = []
        self._pool = QThreadPool(self)
        # One at a time: the library that draws pages is not made for two.
        self._pool.setMaxThreadCount(1)

    def draw(self, pdf: bytes, *, width: int) -> None:
        """Begins with the pages of a PDF, each `width` dots wide."""
        self.turn += 1
        work = _Work(self, self.turn, pdf, width)
        work.sender.page.connect(self._take)
        work.sender.done.connect(self._end)
        # The pool deletes its tasks in its own thread; the signals belong to this one.
        work.setAutoDelete(False)
        self._work = [work, *self._work[:1]]
        self._pool.start(work)

    def cancel(self) -> None:
        """Draws nothing more."""
        self.turn += 1

    def wait(self) -> None:
        """Waits for what is being drawn: before the window goes."""
        self.cancel()
        self._pool.waitForDone()

    def _take(self, turn: int, image: QImage) -> None:
        if turn == self.turn:
            self.page_ready.emit(image)

    def _end(self, turn: int) -> None:
        if turn == self.turn:
            self.finished.emit()
