"""What lies in a radiotherapy field, as ticks: drugs keep a distance by it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from mbc_desktop.regimen.combination import INSIDE
from mbc_desktop.ui.override import override
from mbc_desktop.ui.words import Words

NONE = "none"
_COLUMNS = 3


class FieldTicks(QWidget):
    """One tick for each organ, and one for none of them. `chosen` carries the words of a treatment file: "bowel lung", "none", or
    nothing while nobody has said what lies in the field."""

    chosen = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._ticks = {name: QCheckBox() for name in (*INSIDE, NONE)}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        for number, (name, tick) in enumerate(self._ticks.items()):
            words.put(tick, tick.setText, f"inside.{name}" if name != NONE else "ui.course.field_none")
            tick.clicked.connect(partial(self._clicked, name))
            grid.addWidget(tick, number // _COLUMNS, number % _COLUMNS)

    @override
    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """To the first tick. No focus proxy: with one, Tab never comes to the others."""
        next(iter(self._ticks.values())).setFocus(reason)

    def show_value(self, value: str | None) -> None:
        """Shows what the treatment says."""
        named = (value or "").split()
        for name, tick in self._ticks.items():
            tick.setChecked(name in named)

    def _clicked(self, clicked: str) -> None:
        """None of them and one of them exclude each other."""
        for name, tick in self._ticks.items():
            if name != clicked and NONE in (name, clicked):
                tick.setChecked(False)
        self.chosen.emit(" ".join(name for name, tick in self._ticks.items() if tick.isChecked()))
