"""A heading that says the same in fewer letters where there is no room for all of them, so that nothing beside it moves."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from mbc_desktop.ui.override import override


class FittingLabel(QLabel):
    """Asks for no more room than its short text needs."""

    def __init__(self) -> None:
        super().__init__()
        self._full = self._short = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def say(self, full: str, short: str) -> None:
        """Shows one of two texts that mean the same."""
        self._full, self._short = full, short
        self.setAccessibleName(full)
        self._fit()
        self.updateGeometry()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._short) + 1, super().minimumSizeHint().height())

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._full) + 1, super().sizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        fits = self.fontMetrics().horizontalAdvance(self._full) <= self.width()
        self.setText(self._full if fits else self._short)
