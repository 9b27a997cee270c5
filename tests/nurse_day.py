"""A day of a nurse: patient after patient is opened, looked at on every page, printed and left. What the window takes then."""

from __future__ import annotations

import gc
import json
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.paper.print_progress import PrintProgress

PAGES = ("documents", "guideline", "agenda", "settings", "plan")
# Other texts, other sheets, another calendar for each.
REGIMENS = (
    "palbociclib-fulvestrant", "ribociclib-letrozole", "abemaciclib-fulvestrant", "trastuzumab-emtansine", "paclitaxel-weekly",
    "docetaxel-trastuzumab-pertuzumab", "capecitabine", "trastuzumab-deruxtecan", "fulvestrant", "tamoxifen",
)  # fmt: skip


def patient_file(folder: Path, example: Path, number: int, *, horizon: str = "2026-08-31") -> Path:
    """The file of one more invented patient."""
    content = json.loads(example.read_text(encoding="utf-8"))
    content["horizon"] = horizon
    content["patient"] |= {"number": f"{number:07d}"}
    content["courses"][0]["regimen"] = REGIMENS[number % len(REGIMENS)]
    path = folder / f"{number}.mbc.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def serve(window: MainWindow, path: Path, folder: Path, *, sheets: Sequence[str] = ("patient_calendar", "check_sheet")) -> None:
    """One patient: opened, seen on every page, printed."""
    assert window.files.open_path(path)
    for page in PAGES:
        window.show_page(page)
        QApplication.processEvents()
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(folder / "printed.pdf"))
    printer.setFullPage(True)
    for sheet in sheets:
        content = window.documents.pdf(sheet)
        assert content is not None
        PrintProgress(window.words, window).print([content], printer)
    for view in ("quarter", "timeline", "month"):
        window.plan_page.calendar.show_view(view)
        window.plan_page.calendar.turn(1)
    settle()


def settle() -> None:
    """Lets everything that waits be done, deletions too."""
    for _ in range(3):
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
