"""Tabs whose names follow the language."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabWidget, QWidget

from mbc_desktop.ui.desk import Desk


class NamedTabs(QTabWidget):
    """One tab for each part, each with the key of its name."""

    def __init__(self, desk: Desk, parts: Sequence[tuple[QWidget, str]]) -> None:
        super().__init__()
        self._words = desk.words
        self._keys = tuple(key for _, key in parts)
        self.setDocumentMode(True)
        # The keyboard is at the tabs or behind them, never at the whole: a focus proxy catches the Tab key a second time.
        self.setFocusProxy(None)  # type: ignore[arg-type]
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for part, key in parts:
            self.addTab(part, desk.words.say(key))
        desk.words.changed.connect(self._name)

    def _name(self) -> None:
        for place, key in enumerate(self._keys):
            self.setTabText(place, self._words.say(key))
