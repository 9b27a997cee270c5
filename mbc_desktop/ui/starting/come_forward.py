"""What the window does when somebody starts the program again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog

if TYPE_CHECKING:
    from mbc_desktop.ui.main_window import MainWindow


def come_forward(window: MainWindow, path: Path | None) -> None:
    """Shows the window on top of others, with that file if one is named. A dialog that stands open is about the patient who is
    shown: it comes forward too, and the file is opened once it has gone."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    modal = QApplication.activeModalWidget()
    for one in (window, modal):
        if one is not None:
            one.raise_()
            one.activateWindow()
    if path is None:
        return
    if isinstance(modal, QDialog):
        modal.finished.connect(lambda _: QTimer.singleShot(0, window, lambda: come_forward(window, path)))
    else:
        window.open_file(path)
