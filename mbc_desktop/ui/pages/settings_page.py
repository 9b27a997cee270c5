"""The settings page: language, theme, who uses the program, the hospital's own file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import get_args

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from mbc_desktop.planning.request import Language
from mbc_desktop.regimen.library_error import LibraryError
from mbc_desktop.regimen.site import NO_SITE
from mbc_desktop.texts import complete_languages, language_name
from mbc_desktop.ui.asking import Asking
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.loading import load_site_file
from mbc_desktop.ui.theme import GRID, THEMES, larger
from mbc_desktop.ui.widgets.choice_box import ChoiceBox

WIDTH = 720


class SettingsPage(QWidget):
    """Every setting takes effect at once and is remembered."""

    def __init__(
        self, desk: Desk, asking: Asking, use_language: Callable[[Language], object], use_theme: Callable[[str], object]
    ) -> None:
        super().__init__()
        self._desk, self._asking = desk, asking
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.language, self.theme = ChoiceBox(desk.words), ChoiceBox(desk.words)
        self.language.offer_texts([(language, language_name(language)) for language in complete_languages()])
        self.theme.offer([(theme, f"ui.theme.{theme}") for theme in THEMES])
        self.user = QLineEdit(desk.preferences.user)
        self.user.setMaxLength(12)
        self._site = QLabel()
        self._site.setTextFormat(Qt.TextFormat.PlainText)
        self._choose, self._clear = QPushButton(), QPushButton()
        self._lay_out()
        self.language.chosen.connect(
            lambda chosen: [use_language(language) for language in get_args(Language) if language == chosen]
        )
        self.theme.chosen.connect(use_theme)
        self.user.textEdited.connect(self._use_user)
        self._choose.clicked.connect(self._choose_site)
        self._clear.clicked.connect(self._clear_site)
        desk.words.changed.connect(self._show)
        desk.look.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        self.language.show_value(self._desk.words.language)
        self.theme.show_value(self._desk.look.theme)
        path = self._desk.preferences.site_file
        self._site.setText(path.name if path else self._desk.words.say("ui.settings.site_none"))
        self._clear.setEnabled(path is not None)

    def _use_user(self, text: str) -> None:
        self._desk.preferences.user = text.strip()

    def _choose_site(self) -> None:
        say = self._desk.words.say
        path = self._asking.file_to_open(say("ui.settings.site_title"), say("ui.settings.site_pattern"), None)
        if path is not None:
            self._use_site(path)

    def _use_site(self, path: Path) -> None:
        say = self._desk.words.say
        try:
            load_site_file(self._desk.session, path)
        except (LibraryError, OSError) as error:
            self._asking.tell(say("ui.settings.site_title"), say("ui.library.site_broken"), str(error))
            return
        self._desk.preferences.site_file = path
        self._show()

    def _clear_site(self) -> None:
        self._desk.preferences.site_file = None
        self._desk.session.use_site(NO_SITE)
        self._show()

    def _lay_out(self) -> None:
        words = self._desk.words
        heading, hint = QLabel(), QLabel()
        heading.setFont(larger(self.font(), 4))
        words.put(heading, heading.setText, "ui.settings.heading")
        words.put(hint, hint.setText, "ui.settings.user_hint")
        words.put(self._choose, self._choose.setText, "ui.settings.site_choose")
        words.put(self._clear, self._clear.setText, "ui.settings.site_clear")
        site = QHBoxLayout()
        site.setSpacing(GRID)
        site.addWidget(self._site, 1)
        site.addWidget(self._choose)
        site.addWidget(self._clear)
        form = QFormLayout()
        form.setHorizontalSpacing(3 * GRID)
        form.setVerticalSpacing(2 * GRID)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        for key, field in (("language", self.language), ("theme", self.theme), ("user", self.user)):
            name = QLabel()
            name.setBuddy(field)
            words.put(name, name.setText, f"ui.settings.{key}")
            words.put(field, field.setAccessibleName, f"ui.settings.{key}")
            form.addRow(name, field)
        form.addRow(QLabel(), hint)
        name = QLabel()
        words.put(name, name.setText, "ui.settings.site")
        form.addRow(name, site)
        inside = QWidget()
        inside.setMaximumWidth(WIDTH)
        column = QVBoxLayout(inside)
        column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(heading)
        column.addLayout(form)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(inside)
        row.addStretch(1)
