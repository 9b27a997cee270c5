"""Tabs whose names follow the language, with how much is behind each of them where that matters."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QTabWidget, QWidget

from mbc_desktop.ui.desk import Desk


class NamedTabs(QTabWidget):
    """One tab for each part, each with the key of its name."""

    def __init__(self, desk: Desk, parts: Sequence[tuple[QWidget, str]]) -> None:
        super().__init__()
        self._words = desk.words
        self._keys = tuple(key for _, key in parts)
        self._counts = [0] * len(parts)
        self.setDocumentMode(True)
        for part, key in parts:
            self.addTab(part, desk.words.say(key))
        desk.words.changed.connect(self._name)

    def count_at(self, place: int, count: int) -> None:
        """Says how much there is behind a tab; 0 says nothing."""
        if self._counts[place] != count:
            self._counts[place] = count
            self._name()

    def _name(self) -> None:
        for place, (key, count) in enumerate(zip(self._keys, self._counts, strict=True)):
            name = self._words.say(key)
            self.setTabText(place, f"{name} ({count})" if count else name)
