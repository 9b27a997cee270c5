"""Language, theme, size, who uses the program, which file the hospital stands in."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from mbc_desktop.planning.request import Language
from mbc_desktop.texts import complete_languages, language_name
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.keeping.site_editing import SiteEditing
from mbc_desktop.ui.look.theme import GRID, THEMES
from mbc_desktop.ui.preferences import SCALES
from mbc_desktop.ui.widgets.choice_box import ChoiceBox
from mbc_desktop.ui.widgets.line_edit import LineEdit
from mbc_desktop.ui.words import Words


class GeneralPart(QWidget):
    """Every setting takes effect at once and is remembered."""

    def __init__(
        self, desk: Desk, editing: SiteEditing, use_language: Callable[[Language], object], use_theme: Callable[[str], object],
        use_size: Callable[[int], object],
    ) -> None:  # fmt: skip
        super().__init__()
        self._desk, self._editing = desk, editing
        words = desk.words
        self.language, self.theme, self.scale = (ChoiceBox(words) for _ in range(3))
        self.language.offer_texts([(language, language_name(language)) for language in complete_languages()])
        self.theme.offer([(theme, f"ui.theme.{theme}") for theme in THEMES])
        self.scale.offer_texts([(str(percent), f"{percent} %") for percent in SCALES])
        self.user = LineEdit(desk.preferences.user)
        self.user.setMaxLength(12)
        self._site = QLabel()
        self._site.setTextFormat(Qt.TextFormat.PlainText)
        self._site.setWordWrap(True)
        self._choose, self._clear = QPushButton(), QPushButton()
        self._lay_out()
        self.language.chosen.connect(lambda one: [use_language(known) for known in get_args(Language) if known == one])
        self.theme.chosen.connect(use_theme)
        self.scale.chosen.connect(lambda percent: use_size(int(percent)))
        self.user.textEdited.connect(self._use_user)
        self._choose.clicked.connect(editing.choose)
        self._clear.clicked.connect(editing.clear)
        for changed in (words.changed, desk.look.changed, editing.changed):
            changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        self.language.show_value(self._desk.words.language)
        self.theme.show_value(self._desk.look.theme)
        self.scale.show_value(str(self._desk.preferences.scale_percent))
        path = self._desk.preferences.site_file
        self._site.setText(path.name if path else self._desk.words.say("ui.settings.site_none"))
        self._clear.setEnabled(path is not None)

    def _use_user(self, text: str) -> None:
        self._desk.preferences.user = text.strip()

    def _lay_out(self) -> None:
        words = self._desk.words
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(3 * GRID)
        form.setVerticalSpacing(2 * GRID)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        for key, field in (
            ("ui.settings.language", self.language),
            ("ui.settings.theme", self.theme),
            ("setup.scale", self.scale),
        ):
            form.addRow(named_field(words, key, field), field)
        hint = QLabel()
        hint.setWordWrap(True)
        words.put(hint, hint.setText, "ui.settings.user_hint")
        form.addRow(named_field(words, "ui.settings.user", self.user), above(self.user, hint))
        words.put(self._choose, self._choose.setText, "ui.settings.site_choose")
        words.put(self._clear, self._clear.setText, "ui.settings.site_clear")
        buttons, name = QHBoxLayout(), QLabel()
        buttons.setSpacing(GRID)
        buttons.addWidget(self._choose)
        buttons.addWidget(self._clear)
        buttons.addStretch(1)
        site = above(self._site)
        site.addLayout(buttons)
        words.put(name, name.setText, "ui.settings.site")
        name.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        form.addRow(name, site)


def named_field(words: Words, key: str, field: QWidget) -> QLabel:
    """The name of a field, which a screen reader says as well."""
    name = QLabel()
    name.setBuddy(field)
    # In line with the field also where more stands under it.
    name.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    name.setContentsMargins(0, GRID // 2, 0, GRID // 2)
    words.put(name, name.setText, key)
    words.put(field, field.setAccessibleName, key)
    return name


def above(*parts: QWidget) -> QVBoxLayout:
    """What belongs together stands close together."""
    column = QVBoxLayout()
    column.setSpacing(GRID // 2)
    for part in parts:
        column.addWidget(part)
    return column
