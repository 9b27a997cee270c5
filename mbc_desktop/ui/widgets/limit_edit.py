"""A number that shares its unit with the field above it: one end of a laboratory's range."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel

from mbc_desktop.ui.look.theme import scaled
from mbc_desktop.ui.override import override
from mbc_desktop.ui.widgets.quantity_edit import QuantityEdit
from mbc_desktop.ui.words import Words

WIDTH = 44


class LimitEdit(QuantityEdit):
    """A number field without its own unit and echo, which stand with the value it belongs to."""

    @override
    def _say(self) -> None:
        # Another language or unit says the unit again; here it would push the names of all fields out of sight.
        super()._say()
        self.unit.hide()

    @override
    def _show(self) -> None:
        super()._show()
        self.unit.hide()
        self.echo.hide()


def range_line(words: Words, low: LimitEdit, high: LimitEdit) -> QHBoxLayout:
    """Both ends in one line: "normal from ... to ..."."""
    line = QHBoxLayout()
    line.setSpacing(4)
    for edit, key in ((low, "ui.measure.normal_from"), (high, "ui.measure.normal_to")):
        name = QLabel()
        name.setBuddy(edit)
        # On the line of the number beside it.
        name.setContentsMargins(0, edit.fontMetrics().height() // 4, 0, 0)
        words.put(name, name.setText, key)
        line.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        edit.line.setMinimumWidth(scaled(WIDTH))
        line.addWidget(edit, 1)
    return line
