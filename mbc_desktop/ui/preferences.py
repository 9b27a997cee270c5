"""What the program remembers between two runs: language, theme, window, recent files, who uses it. Nothing about a
patient but the paths of recent files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings

from mbc_desktop.ui.look.theme import THEMES, ThemeName

if TYPE_CHECKING:
    from mbc_desktop.planning.request import Language

RECENT = 8
SCALES = (100, 125, 150, 175, 200)
LANGUAGES: tuple[Language, ...] = ("nl", "fr", "de", "en")


class Preferences:
    """Typed reading and writing of the settings file; what is not readable counts as not set."""

    def __init__(self, path: Path | None = None) -> None:
        """Settings of this user, or those in the file at `path`."""
        if path is None:
            self._settings = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "mbc_desktop", "mbc_desktop")
        else:
            self._settings = QSettings(str(path), QSettings.Format.IniFormat)

    @property
    def language(self) -> Language:
        """The language of the window; Dutch at first."""
        stored = self._text("language")
        return next((language for language in LANGUAGES if language == stored), "nl")

    @language.setter
    def language(self, language: Language) -> None:
        self._settings.setValue("language", language)

    @property
    def theme(self) -> ThemeName:
        """The theme; that of the desktop at first."""
        stored = self._text("theme")
        return next((theme for theme in THEMES if theme == stored), "system")

    @theme.setter
    def theme(self, theme: ThemeName) -> None:
        self._settings.setValue("theme", theme)

    @property
    def scale_percent(self) -> int:
        """How large everything is drawn, 100 to 200 per cent of the desktop's own size."""
        stored = self._text("scale_percent")
        return next((percent for percent in SCALES if str(percent) == stored), SCALES[0])

    @scale_percent.setter
    def scale_percent(self, percent: int) -> None:
        self._settings.setValue("scale_percent", str(percent))

    @property
    def assisted(self) -> bool:
        """Whether the first-run assistant has been seen."""
        return self._text("assisted") == "yes"

    @assisted.setter
    def assisted(self, seen: bool) -> None:
        self._settings.setValue("assisted", "yes" if seen else "")

    @property
    def user(self) -> str:
        """The initials that go with a confirmation and a print."""
        return self._text("user")

    @user.setter
    def user(self, user: str) -> None:
        self._settings.setValue("user", user)

    @property
    def site_file(self) -> Path | None:
        """The file with the hospital's own calendar and decisions."""
        stored = self._text("site_file")
        return Path(stored) if stored else None

    @site_file.setter
    def site_file(self, path: Path | None) -> None:
        self._settings.setValue("site_file", str(path) if path else "")

    @property
    def agenda_folder(self) -> Path | None:
        """The folder whose treatments the agenda shows."""
        stored = self._text("agenda_folder")
        return Path(stored) if stored else None

    @agenda_folder.setter
    def agenda_folder(self, path: Path | None) -> None:
        self._settings.setValue("agenda_folder", str(path) if path else "")

    @property
    def recent(self) -> tuple[Path, ...]:
        """The files last opened or saved, newest first."""
        return tuple(Path(line) for line in self._text("recent").split("\n") if line)

    def add_recent(self, path: Path) -> None:
        """Puts a file at the head of the recent ones."""
        paths = [path, *(other for other in self.recent if other != path)]
        self._settings.setValue("recent", "\n".join(str(one) for one in paths[:RECENT]))

    def drop_recent(self, path: Path) -> None:
        """Takes a file out of the recent ones."""
        self._settings.setValue("recent", "\n".join(str(one) for one in self.recent if one != path))

    def state(self, name: str) -> QByteArray | None:
        """The stored geometry or splitter state of that name."""
        value = self._settings.value(f"state/{name}")
        return value if isinstance(value, QByteArray) else None

    def keep_state(self, name: str, state: QByteArray) -> None:
        """Stores a geometry or splitter state."""
        self._settings.setValue(f"state/{name}", state)

    def sync(self) -> None:
        """Writes to the disk now."""
        self._settings.sync()

    def _text(self, name: str) -> str:
        value = self._settings.value(name, "")
        return value if isinstance(value, str) else ""
