"""The left side of the documents page: the sheets, the patient's language, the ways out."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QListWidget, QPushButton

from mbc_desktop.texts import complete_languages, language_name
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.look.theme import GRID, larger, scaled
from mbc_desktop.ui.widgets.choice_box import ChoiceBox
from mbc_desktop.ui.widgets.surface import Surface

WIDTH = 296


class SheetSide(Surface):
    """Buttons and lists; what they do is said by the page."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        words = desk.words
        self.setFixedWidth(scaled(WIDTH))
        self.column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        self.column.setSpacing(GRID)
        self.list, self.language = QListWidget(), ChoiceBox(words)
        self.language.offer_texts([(language, language_name(language)) for language in complete_languages()])
        self.print, self.export, self.copy, self.set, self.calendar_file, self.check = (QPushButton() for _ in range(6))
        heading, language = QLabel(), QLabel()
        heading.setFont(larger(self.font(), 4))
        language.setBuddy(self.language)
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setWordWrap(True)
        self.list.setSpacing(3)
        words.put(heading, heading.setText, "ui.document.heading")
        words.put(language, language.setText, "ui.document.language")
        words.put(self.language, self.language.setAccessibleName, "ui.document.language")
        words.put(self.list, self.list.setAccessibleName, "ui.document.heading")
        named = (
            (self.print, "ui.document.print"),
            (self.set, "sheets.print_set"),
            (self.export, "ui.document.export"),
            (self.copy, "sheets.copy"),
            (self.calendar_file, "sheets.calendar_file"),
            (self.check, "sheets.check"),
        )
        for button, key in named:
            words.put(button, button.setText, key)
        words.put(self.copy, self.copy.setToolTip, "sheets.copy_hint")
        self.column.addWidget(heading)
        self.column.addWidget(self.list, 1)
        self.column.addWidget(language)
        self.column.addWidget(self.language)
        for button, _ in named:
            self.column.addWidget(button)

    def enable(self, possible: bool) -> None:
        """Lets sheets leave, while there is something to make them of."""
        for button in (self.print, self.export, self.copy, self.set, self.calendar_file):
            button.setEnabled(possible)
