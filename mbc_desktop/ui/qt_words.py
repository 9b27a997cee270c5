"""Qt's own words (file dialog, print dialog, context menus of text fields) in the language of the window."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QObject, QTranslator
from PySide6.QtWidgets import QApplication

from mbc_desktop.ui.words import Words


class QtWords(QObject):
    """Keeps Qt's translation level with the words of the window. A language that Qt does not bring stays English."""

    def __init__(self, words: Words, parent: QObject) -> None:
        super().__init__(parent)
        self._words = words
        self._translator: QTranslator | None = None
        words.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        if self._translator is not None:
            QApplication.removeTranslator(self._translator)
            self._translator.deleteLater()
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        self._translator = QTranslator(self)
        if self._translator.load(f"qtbase_{self._words.language}", folder):
            QApplication.installTranslator(self._translator)
