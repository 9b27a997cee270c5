"""A row of joined buttons of which one is pressed: the same thing seen in another way."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QButtonGroup, QHBoxLayout, QToolButton, QWidget

from mbc_desktop.ui.desk import Look
from mbc_desktop.ui.words import Words


class ViewSwitch(QWidget):
    """`chosen` tells which view is wanted."""

    chosen = Signal(str)

    def __init__(self, words: Words, look: Look, names: tuple[str, ...]) -> None:
        super().__init__()
        self._look = look
        self._buttons: dict[str, QToolButton] = {}
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for name in names:
            button = QToolButton()
            button.setCheckable(True)
            button.setAutoExclusive(True)
            words.put(button, button.setText, f"views.{name}")
            button.clicked.connect(lambda _=False, name=name: self.chosen.emit(name))
            group.addButton(button)
            row.addWidget(button)
            self._buttons[name] = button
        self._buttons[names[0]].setChecked(True)
        group.buttonToggled.connect(self._paint)
        look.changed.connect(self._paint)
        self._paint()

    def show_chosen(self, name: str) -> None:
        """Marks a view as the one shown."""
        self._buttons[name].setChecked(True)

    def button(self, name: str) -> QToolButton:
        """The button of a view."""
        return self._buttons[name]

    def _paint(self) -> None:
        """The pressed one stands out as much as a chosen line of a list: pressed alone is not seen in the dark."""
        for button in self._buttons.values():
            palette, colours = QApplication.palette(button), self._look.colours
            if button.isChecked():
                palette.setColor(QPalette.ColorRole.Button, QColor(colours.accent))
                palette.setColor(QPalette.ColorRole.ButtonText, QColor(colours.on_accent))
            button.setPalette(palette)
