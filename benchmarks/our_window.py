"""The real window by its real entrance, saying when it was painted and when it could be used; then it closes.

usage: python -m benchmarks.our_window [TREATMENT_FILE]
"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.marks import say_mark


def main() -> int:
    """Goes the way of `mbc-desktop` without a verb, with ears at two points; with a file, also opens it."""
    # What comes from here on is loaded by the command line before the window anyway; the order makes no difference to the time.
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from mbc_desktop import cli
    from mbc_desktop.ui import start
    from mbc_desktop.ui.main_window import MainWindow

    really_start, really_finish = start.start, start.finish

    def start_and_listen(window: MainWindow, path: Path | None = None) -> None:
        window.painted.connect(lambda: say_mark("painted"))
        really_start(window, path)

    def finish_and_tell(window: MainWindow, path: Path | None = None) -> None:
        really_finish(window, path)
        QTimer.singleShot(0, lambda: tell(window))

    def tell(window: MainWindow) -> None:
        # The forms that were built have been painted by now: events that were waiting go before this timer.
        say_mark("usable")
        if window.desk.session.library is None:
            raise RuntimeError("the window has no library")
        if len(sys.argv) > 1:
            window.files.open_path(Path(sys.argv[1]))
            QApplication.processEvents()
            say_mark("opened")
        QApplication.quit()

    start.start, start.finish = start_and_listen, finish_and_tell
    return cli.main([])


if __name__ == "__main__":
    sys.exit(main())
