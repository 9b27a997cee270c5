"""The baseline of the window: an empty QMainWindow, shown, painted, gone."""

from __future__ import annotations

import sys

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from benchmarks.marks import say_mark

SCREEN = QSize(1366, 728)


class EmptyWindow(QMainWindow):
    """Says when its first paint is over, and closes."""

    painted = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """The first one counts."""
        super().paintEvent(event)
        if not self.painted:
            self.painted = True
            QTimer.singleShot(0, self._leave)

    def _leave(self) -> None:
        say_mark("painted")
        QApplication.quit()


def main() -> int:
    """Runs until the window has been painted."""
    application = QApplication(sys.argv)
    window = EmptyWindow()
    window.resize(SCREEN)
    window.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
