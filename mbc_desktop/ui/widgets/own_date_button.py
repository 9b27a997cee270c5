"""The small button that gives one value a date of its own."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from mbc_desktop.ui.desk import Look
from mbc_desktop.ui.look.theme import small_picture
from mbc_desktop.ui.widgets.icons import icon
from mbc_desktop.ui.words import Words

OWN_DATE_KEY = "Ctrl+D"


class OwnDateButton(QToolButton):
    """Pressed while the value has its own date. `label` is the key of the value's name."""

    def __init__(self, words: Words, look: Look, label: str) -> None:
        super().__init__()
        self._words, self._look, self._label = words, look, label
        self.setCheckable(True)
        self.setAutoRaise(True)
        self.setIconSize(small_picture())
        # Not on the way from value to value: the key does the same.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        words.changed.connect(self._say)
        look.changed.connect(self._say)
        self._say()

    def _say(self) -> None:
        text = self._words.say("ui.field.own_date", field=self._words.say(self._label), shortcut=OWN_DATE_KEY)
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.setIcon(icon("history", self._look.colours.muted))
