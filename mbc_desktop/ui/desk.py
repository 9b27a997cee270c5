"""What every part of the window is handed: the session, the selection, the words, the look, what is remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from mbc_desktop.core.record import dataclass
from mbc_desktop.ui.look.theme import Colours, ThemeName, apply_theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from mbc_desktop.ui.preferences import Preferences
    from mbc_desktop.ui.selection import Selection
    from mbc_desktop.ui.session import Session
    from mbc_desktop.ui.words import Words


class Look(QObject):
    """The theme and the size of the moment; `changed` follows a change of one of them."""

    changed = Signal()

    def __init__(self, theme: ThemeName) -> None:
        super().__init__()
        self.theme = theme
        self.colours: Colours = apply_theme(theme)

    def use_size(self, percent: int, window: QWidget) -> None:
        """Draws the window and everything before it in another size, from 100 to 200 per cent."""
        from mbc_desktop.ui.look.type_size import use_type_size

        use_type_size(percent, window)
        self.changed.emit()

    def use(self, theme: ThemeName) -> None:
        """Shows the whole program in another theme."""
        self.theme = theme
        self.colours = apply_theme(theme)
        self.changed.emit()


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The shared things of one window."""

    session: Session
    selection: Selection
    words: Words
    look: Look
    preferences: Preferences
