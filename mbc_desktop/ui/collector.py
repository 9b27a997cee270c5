"""Python's garbage is collected in the window's own thread alone. Left to itself the collector runs in whichever thread asks for
memory, and a dialog that waits to be collected must never end in a thread that makes sheets: Qt does not survive that."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1000


class Collector(QObject):
    """Looks once a second whether there is enough to collect, by Python's own thresholds; until its window goes."""

    def __init__(self, window: QObject) -> None:
        super().__init__(window)
        gc.disable()
        timer = QTimer(self)
        timer.timeout.connect(collect_what_is_due)
        timer.start(EVERY_MS)
        self.destroyed.connect(lambda: gc.enable())


def collect_what_is_due() -> None:
    """Collects the oldest generation that is over its threshold."""
    counts, most = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if counts[generation] > most[generation]:
            gc.collect(generation)
            return
