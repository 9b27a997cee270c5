"""The field for another regimen: found as it is found anywhere in the program, by brand, misspelt, in four languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit

from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.labels import regimen_title
from mbc_desktop.ui.override import override
from mbc_desktop.ui.panels.search_box import SearchBox

if TYPE_CHECKING:
    from mbc_desktop.ui.entry.several_regimens import Together


class RegimenField(SearchBox):
    """Holds the regimen that was taken out of the list; what is only typed is none. `changed` follows every key."""

    changed = Signal()

    def __init__(self, desk: Desk, value: str) -> None:
        super().__init__(desk, radiotherapy=False)
        self._value = ""
        self.textEdited.connect(self._typed)
        self._show(value)

    def value(self) -> str:
        """The regimen's id; "" while none was taken."""
        return self._value

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        if self._value:
            # It is chosen already: nothing is offered until somebody types.
            QLineEdit.focusInEvent(self, event)
        else:
            super().focusInEvent(event)

    @override
    def _choose(self, hit: Together) -> None:
        super()._choose(hit)
        self._show(hit[0].id)
        self.changed.emit()

    def _show(self, regimen: str) -> None:
        library = self._desk.session.library
        self._value = regimen if library is not None and regimen in library.regimens else ""
        if library is not None and self._value:
            self.setText(regimen_title(self._desk.words, library, regimen, brands=False))

    def _typed(self, _: str) -> None:
        self._value = ""
        self.changed.emit()
