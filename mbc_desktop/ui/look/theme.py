"""How the window looks: Fusion, our own palette in a light, a dark and a high-contrast form, the bundled letter, an 8-pixel
grid."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from mbc_desktop.core.folders import find_resources
from mbc_desktop.ui.look.palettes import CONTRAST, DARK, LIGHT, Colours, Tone

__all__ = ["CONTRAST", "DARK", "GRID", "LIGHT", "THEMES", "Colours", "ThemeName", "Tone"]

GRID = 8
POINTS = 10.0
"""The size of the letter at 100 per cent."""

DARK_BELOW = 128
ThemeName = Literal["system", "light", "dark", "contrast"]
THEMES: tuple[ThemeName, ...] = ("system", "light", "dark", "contrast")


_EDGED = ("QLineEdit", "QComboBox", "QPushButton", "QToolButton", "QCheckBox", "QTableView", "QListWidget")


def colours_of(theme: ThemeName) -> Colours:
    """The colours of a theme; "system" follows the desktop."""
    if theme == "system":
        return DARK if _desktop_palette().window().color().lightness() < DARK_BELOW else LIGHT
    return {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}[theme]


def _desktop_palette() -> QPalette:
    # Asking for the colour scheme, or for the style, would load all of Qt's enumerations before the first paint: a palette that
    # nobody has changed yet is the desktop's own. Later the style's own palette follows the desktop.
    palette = QApplication.palette()
    return palette if palette.resolveMask() == 0 else QApplication.style().standardPalette()


def palette_of(colours: Colours) -> QPalette:
    """The Qt palette of these colours."""
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: colours.window,
        QPalette.ColorRole.WindowText: colours.text,
        QPalette.ColorRole.Base: colours.surface,
        QPalette.ColorRole.AlternateBase: colours.sunken,
        QPalette.ColorRole.Text: colours.text,
        QPalette.ColorRole.Button: colours.surface,
        QPalette.ColorRole.ButtonText: colours.text,
        QPalette.ColorRole.BrightText: colours.on_accent,
        QPalette.ColorRole.ToolTipBase: colours.surface,
        QPalette.ColorRole.ToolTipText: colours.text,
        QPalette.ColorRole.PlaceholderText: colours.muted,
        QPalette.ColorRole.Highlight: colours.accent,
        QPalette.ColorRole.HighlightedText: colours.on_accent,
        QPalette.ColorRole.Link: colours.accent,
        QPalette.ColorRole.Accent: colours.accent,
        QPalette.ColorRole.Mid: colours.line,
        # The line below tabs; Qt's own is white in every theme.
        QPalette.ColorRole.Light: colours.line,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.muted))
    return palette


def load_letter(percent: int = 100) -> None:
    """Makes the bundled letter the letter of the window, in this size."""
    fonts = find_resources() / "fonts"
    number = QFontDatabase.addApplicationFont(str(fonts / "MbcSans-Regular.ttf"))
    QFontDatabase.addApplicationFont(str(fonts / "MbcSans-Bold.ttf"))
    families = QFontDatabase.applicationFontFamilies(number)
    if families:
        font = QFont(families[0])
        font.setPointSizeF(POINTS * percent / 100)
        QApplication.setFont(font)


def apply_theme(theme: ThemeName) -> Colours:
    """Gives the whole program the palette of a theme; returns its colours."""
    colours = colours_of(theme)
    palette = palette_of(colours)
    QApplication.setPalette(palette)
    # Fusion draws the edges of fields and buttons in a darker shade of the window: too faint to be seen by everybody.
    palette.setColor(QPalette.ColorRole.Window, QColor(colours.edge))
    for name in _EDGED:
        # The binding takes a text here, whatever its stubs say.
        QApplication.setPalette(palette, name)  # type: ignore[arg-type]
    # The handle of a scroll bar is a button: as black as its groove, nobody finds it who needs high contrast. Where it is as
    # white as its groove, the same edge as that of a field tells it apart.
    if colours.dark:
        palette.setColor(QPalette.ColorRole.Window, QColor(colours.window))
    palette.setColor(QPalette.ColorRole.Button, QColor(colours.handle))
    palette.setColor(QPalette.ColorRole.ButtonText, QColor(colours.window if colours.dark else colours.text))
    QApplication.setPalette(palette, "QScrollBar")  # type: ignore[arg-type]
    return colours


def scaled(pixels: int) -> int:
    """A measure of 100 per cent at the size of the moment."""
    return round(pixels * QApplication.font().pointSizeF() / POINTS)


def small_picture() -> QSize:
    """The size of a picture on a button."""
    return QSize(scaled(16), scaled(16))


def within_screen(widget: QWidget, width: int, height: int) -> None:
    """Gives a dialog the size that it has at 100 per cent, enlarged with the letter, but never more than the screen."""
    room = widget.screen().availableSize()
    widget.resize(min(scaled(width), room.width()), min(scaled(height), room.height()))


def smaller(font: QFont, by: float = 1.0, *, bold: bool = False) -> QFont:
    """The same letter, smaller by so many points at 100 per cent, and in proportion at other sizes."""
    other = QFont(font)
    size = QApplication.font().pointSizeF() / POINTS
    other.setPointSizeF(max(7.0 * size, font.pointSizeF() - by * size))
    other.setBold(bold)
    return other


def larger(font: QFont, by: float, *, bold: bool = True) -> QFont:
    """The same letter, larger by so many points at 100 per cent, and in proportion at other sizes."""
    other = QFont(font)
    other.setPointSizeF(font.pointSizeF() + by * QApplication.font().pointSizeF() / POINTS)
    other.setBold(bold)
    return other
