"""A list to choose from that a turn of the mouse wheel over it never changes, and that can be left unanswered."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHelpEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QToolTip

from mbc_desktop.ui.override import override
from mbc_desktop.ui.words import Words


class ChoiceBox(QComboBox):
    """Values with the words they are shown by; the value "" is "not known". `chosen` is sent only for what a person chose."""

    chosen = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._keys: tuple[tuple[str, str], ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.activated.connect(lambda place: self.chosen.emit(str(self.itemData(place))))
        words.changed.connect(self._say)

    def offer(self, options: Sequence[tuple[str, str]]) -> None:
        """Offers these values, each with the key of its words."""
        value = self.value()
        self._keys = tuple(options)
        self.clear()
        for option, key in self._keys:
            self.addItem(self._words.say(key), option)
        self.show_value(value)

    def offer_texts(self, options: Sequence[tuple[str, str]]) -> None:
        """Offers these values, each with its ready words."""
        value = self.value()
        self._keys = ()
        self.clear()
        for option, text in options:
            self.addItem(text, option)
        self.show_value(value)

    def value(self) -> str:
        """The value chosen; "" for none."""
        data = self.currentData()
        return data if isinstance(data, str) else ""

    def show_value(self, value: str | None) -> None:
        """Shows a value without telling anybody."""
        place = self.findData(value or "")
        self.setCurrentIndex(max(place, 0))

    @override
    def setAccessibleName(self, name: str) -> None:
        """On Linux Qt says the value in the place of the name; where no label stands before the list, the name is lost."""
        super().setAccessibleName(name)
        self.setAccessibleDescription(name)

    @override
    def event(self, event: QEvent) -> bool:
        # What is too long for the closed list can still be read. Kept as a tooltip of its own it would be said twice.
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.currentText(), self)
            return True
        return super().event(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        # The wheel scrolls the page, it never changes a fact in passing.
        event.ignore()

    def _say(self) -> None:
        for place, (_, key) in enumerate(self._keys):
            self.setItemText(place, self._words.say(key))
