"""The real window by its real entrance, saying when it was painted and when it could be used; then it closes.

usage: python -m benchmarks.our_window [TREATMENT_FILE [PDF_TO_PRINT]]
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.marks import say_mark

if TYPE_CHECKING:
    from mbc_desktop.ui.main_window import MainWindow


def main() -> int:
    """Goes the way of `mbc-desktop` without a verb, with ears at two points; with a file, also opens it, and with a second one
    prints."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from mbc_desktop import cli
    from mbc_desktop.ui.starting import start

    really_start, really_finish = start.start, start.finish
    # Out of the sight of the program, which would open it before it is usable.
    treatment, sys.argv[1:] = sys.argv[1:], []

    def start_and_listen(window: MainWindow, *given: Any, **named: Any) -> None:
        # Connected first, so that it is told before the window goes on.
        window.painted.connect(lambda: say_mark("painted"))
        really_start(window, *given, **named)

    def finish_and_tell(window: MainWindow, *given: Any, **named: Any) -> None:
        really_finish(window, *given, **named)
        # Layout and painting of the forms that were just built.
        QApplication.sendPostedEvents()
        say_mark("usable")
        if window.desk.session.library is None:
            raise RuntimeError("the window has no library")
        QTimer.singleShot(0, lambda: open_and_leave(window))

    def open_and_leave(window: MainWindow) -> None:
        if treatment:
            window.files.open_path(Path(treatment[0]))
            QApplication.processEvents()
            say_mark("opened")
        if len(treatment) > 1:
            print_set(window, Path(treatment[1]))
            say_mark("printed")
        QApplication.quit()

    start.start, start.finish = start_and_listen, finish_and_tell
    return cli.main([])


def print_set(window: MainWindow, file: Path) -> None:
    """What the patient is handed, drawn page by page as for a printer."""
    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QApplication

    from mbc_desktop.ui.paper.print_progress import PrintProgress

    contents = [content for sheet in window.documents.print_set() if (content := window.documents.pdf(sheet)) is not None]
    if not contents:
        raise RuntimeError("there is nothing to print")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(file))
    printer.setFullPage(True)
    PrintProgress(window.words, window).print(contents, printer)
    QApplication.processEvents()


if __name__ == "__main__":
    sys.exit(main())
