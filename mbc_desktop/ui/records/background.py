"""What takes longer than a blink is done beside the window: a line says what is going on, and the window stays alive."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from mbc_desktop.records.store_error import StoreError

Result = TypeVar("Result")


class Background(QObject):
    """One thing at a time. `changed` follows each beginning and end; `said` is the key of what is going on, "" for nothing."""

    changed = Signal()
    _ended = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.said = ""
        self._ended.connect(self._end)

    @property
    def busy(self) -> bool:
        """Whether something is going on."""
        return bool(self.said)

    def run(
        self,
        said: str,
        work: Callable[[], Result],
        then: Callable[[Result], object],
        refused: Callable[[StoreError], object],
    ) -> bool:
        """Does the work in a thread of its own, then goes on in the window with what it gave or with why it was refused. False
        while something else is going on: nothing is begun then."""
        if self.busy:
            return False
        self.said = said
        self.changed.emit()
        threading.Thread(target=self._work, args=(work, then, refused), daemon=True).start()
        return True

    def _work(
        self, work: Callable[[], Result], then: Callable[[Result], object], refused: Callable[[StoreError], object]
    ) -> None:
        go_on: Callable[[], object]
        try:
            made = work()
        except StoreError as error:
            why = error
            go_on = lambda: refused(why)  # noqa: E731 - one of three
        except BaseException as error:
            # A defect: it is raised again in the window, where the program tells of it.
            defect = error
            go_on = lambda: _raise(defect)  # noqa: E731
        else:
            go_on = lambda: then(made)  # noqa: E731
        # The dialog may have been closed meanwhile: then nobody waits for it any more.
        with suppress(RuntimeError):
            self._ended.emit(go_on)

    def _end(self, go_on: Callable[[], object]) -> None:
        self.said = ""
        self.changed.emit()
        go_on()


def _raise(error: BaseException) -> None:
    raise error
