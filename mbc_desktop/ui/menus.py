"""The menus: every command once, with its key, its words put in the language of the moment."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import get_args

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from mbc_desktop.planning.request import Language
from mbc_desktop.texts import complete_languages, language_name
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.look.theme import THEMES
from mbc_desktop.ui.preferences import SCALES

Command = Callable[[], object]
Key = QKeySequence.StandardKey | str


class Menus:
    """Fills the menus of a window. Commands are disabled until `enable`, when the library is there."""

    def __init__(self, window: QMainWindow, desk: Desk, menus: tuple[QMenu, QMenu, QMenu, QMenu]) -> None:
        self._window, self._desk = window, desk
        self._waiting: list[QAction] = []
        self.file, self.edit, self.view, self.help = menus

    def add(self, menu: QMenu, key: str, command: Command, shortcut: Key | None = None) -> QAction:
        """One command with its words and key; disabled until the library is there."""
        action = QAction(self._window)
        self._desk.words.put(action, action.setText, key)
        if shortcut is not None:
            action.setShortcut(QKeySequence(shortcut))
        action.triggered.connect(lambda: command())
        action.setEnabled(False)
        menu.addAction(action)
        self._waiting.append(action)
        return action

    def add_recent(self, menu: QMenu, open_path: Callable[[Path], object]) -> None:
        """The submenu of recent files, filled each time it is shown."""
        recent = self._menu("ui.menu.recent", menu)

        def fill() -> None:
            recent.clear()
            for path in self._desk.preferences.recent:
                recent.addAction(path.name).triggered.connect(lambda _=False, one=path: open_path(one))
            if recent.isEmpty():
                recent.addAction(self._desk.words.say("ui.menu.no_recent")).setEnabled(False)

        recent.aboutToShow.connect(fill)

    def add_languages(self, menu: QMenu, use: Callable[[Language], object]) -> None:
        """One entry for each language whose texts are complete, under its own name."""
        names = {language: language_name(language) for language in complete_languages()}
        self._choices(menu, "ui.menu.language", names, lambda: self._desk.words.language, self._use_language(use))

    def add_themes(self, menu: QMenu, use: Callable[[str], object]) -> None:
        """The themes to choose from."""
        submenu = self._menu("ui.menu.theme", menu)
        group = QActionGroup(submenu)
        for theme in THEMES:
            action = QAction(group)
            action.setCheckable(True)
            self._desk.words.put(action, action.setText, f"ui.theme.{theme}")
            action.setChecked(theme == self._desk.look.theme)
            action.triggered.connect(lambda _=False, one=theme: use(one))
            submenu.addAction(action)
        self._desk.look.changed.connect(lambda: group.actions()[THEMES.index(self._desk.look.theme)].setChecked(True))

    def add_sizes(self, menu: QMenu, use: Callable[[int], object]) -> None:
        """The sizes of the letter to choose from, and a key for the next one."""
        submenu, preferences = self._menu("ui.menu.size", menu), self._desk.preferences
        group = QActionGroup(submenu)
        for percent in SCALES:
            action = QAction(f"{percent} %", group)
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, one=percent: use(one))
            submenu.addAction(action)

        def show() -> None:
            group.actions()[SCALES.index(preferences.scale_percent)].setChecked(True)

        def step(by: int) -> None:
            use(SCALES[max(0, min(len(SCALES) - 1, SCALES.index(preferences.scale_percent) + by))])

        submenu.addSeparator()
        self.add(submenu, "ui.menu.larger", lambda: step(1)).setShortcuts([QKeySequence(key) for key in ("Ctrl++", "Ctrl+=")])
        self.add(submenu, "ui.menu.smaller", lambda: step(-1), "Ctrl+-")
        self._desk.look.changed.connect(show)
        show()

    def enable(self) -> None:
        """Enables what waited for the library."""
        for action in self._waiting:
            action.setEnabled(True)

    def _menu(self, key: str, parent: QMenu) -> QMenu:
        menu = parent.addMenu("")
        self._desk.words.put(menu, menu.setTitle, key)
        return menu

    def _use_language(self, use: Callable[[Language], object]) -> Callable[[str], object]:
        return lambda chosen: [use(language) for language in get_args(Language) if language == chosen]

    def _choices(
        self, menu: QMenu, key: str, names: dict[Language, str], current: Callable[[], str], use: Callable[[str], object]
    ) -> None:
        submenu = self._menu(key, menu)
        group = QActionGroup(submenu)
        for value, name in names.items():
            action = QAction(name, group)
            action.setCheckable(True)
            action.setChecked(value == current())
            action.triggered.connect(lambda _=False, one=value: use(one))
            submenu.addAction(action)
        values = list(names)
        self._desk.words.changed.connect(lambda: group.actions()[values.index(self._desk.words.language)].setChecked(True))
