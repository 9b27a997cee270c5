"""How the window looks: Fusion, one palette in a light and a dark form, the bundled letter, an 8-pixel grid.

Every text stands at 4.5 to 1 or more on what lies under it (tests/ui/test_theme.py measures it)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from mbc_desktop.core.folders import find_resources

if TYPE_CHECKING:
    from mbc_desktop.core.finding import Severity

GRID = 8
DARK_BELOW = 128
ThemeName = Literal["system", "light", "dark"]
THEMES: tuple[ThemeName, ...] = ("system", "light", "dark")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tone:
    """A surface with the text and the edge that belong on it."""

    surface: str
    text: str
    edge: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """All colours of one theme. `therapies` are given to the therapies of a plan in their order."""

    dark: bool
    window: str
    surface: str
    sunken: str
    text: str
    muted: str
    line: str
    accent: str
    on_accent: str
    banner: str
    on_banner: str
    on_banner_muted: str
    outside: str
    closed: str
    hatch: str
    window_lit: str
    severities: dict[Severity, Tone]
    therapies: tuple[Tone, ...]


LIGHT = Colours(
    dark=False,
    window="#eef2f5",
    surface="#ffffff",
    sunken="#f5f7f9",
    text="#17242f",
    muted="#52626f",
    line="#d3dbe2",
    accent="#0f5f83",
    on_accent="#ffffff",
    banner="#123c52",
    on_banner="#ffffff",
    on_banner_muted="#c2d6e1",
    outside="#f5f7f9",
    closed="#f1f3f5",
    hatch="#d5dce2",
    window_lit="#fff6d9",
    severities={
        "stop": Tone(surface="#fdecea", text="#8f1d14", edge="#b3261e"),
        "caution": Tone(surface="#fff4dc", text="#6b4300", edge="#b26a00"),
        "advice": Tone(surface="#e6f1f7", text="#0d4f6e", edge="#0f5f83"),
        "info": Tone(surface="#eef1f4", text="#3c4a56", edge="#64748b"),
    },
    therapies=(
        Tone(surface="#dcebf7", text="#0f3d66", edge="#1f6fb2"),
        Tone(surface="#d9f0ea", text="#0a4a40", edge="#0f8272"),
        Tone(surface="#e9e2f6", text="#402a73", edge="#7450c4"),
        Tone(surface="#fbe6d6", text="#6b3206", edge="#c05f15"),
        Tone(surface="#f8dfea", text="#6f1742", edge="#b83a78"),
        Tone(surface="#eaeed3", text="#424a08", edge="#77851a"),
    ),
)

DARK = Colours(
    dark=True,
    window="#12191f",
    surface="#1b242c",
    sunken="#161e25",
    text="#e6edf2",
    muted="#a3b3c0",
    line="#33424e",
    accent="#5fb3dc",
    on_accent="#06202e",
    banner="#0c2836",
    on_banner="#f2f8fb",
    on_banner_muted="#a9c4d2",
    outside="#161e25",
    closed="#1f2931",
    hatch="#34434f",
    window_lit="#3d3719",
    severities={
        "stop": Tone(surface="#43201d", text="#ffc9c2", edge="#ff8a7d"),
        "caution": Tone(surface="#40310f", text="#ffdd9c", edge="#e8a93a"),
        "advice": Tone(surface="#15364a", text="#bfe3f6", edge="#5fb3dc"),
        "info": Tone(surface="#28333c", text="#cbd6df", edge="#8fa1af"),
    },
    therapies=(
        Tone(surface="#1c3a56", text="#cfe6fb", edge="#6fb1ec"),
        Tone(surface="#143f38", text="#c4f0e5", edge="#4cc2ad"),
        Tone(surface="#352a56", text="#e2d8fb", edge="#a98df0"),
        Tone(surface="#4d2f17", text="#fbdcc2", edge="#e99a58"),
        Tone(surface="#4b2137", text="#fad3e4", edge="#e77fb0"),
        Tone(surface="#363b14", text="#e7edbb", edge="#b3c24c"),
    ),
)


def colours_of(theme: ThemeName) -> Colours:
    """The colours of a theme; "system" follows the desktop."""
    if theme == "system":
        return DARK if _desktop_palette().window().color().lightness() < DARK_BELOW else LIGHT
    return DARK if theme == "dark" else LIGHT


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
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.muted))
    return palette


def load_letter() -> None:
    """Makes the bundled letter the letter of the window."""
    fonts = find_resources() / "fonts"
    number = QFontDatabase.addApplicationFont(str(fonts / "MbcSans-Regular.ttf"))
    QFontDatabase.addApplicationFont(str(fonts / "MbcSans-Bold.ttf"))
    families = QFontDatabase.applicationFontFamilies(number)
    if families:
        font = QFont(families[0])
        font.setPointSizeF(10)
        QApplication.setFont(font)


def apply_theme(theme: ThemeName) -> Colours:
    """Gives the whole program the palette of a theme; returns its colours."""
    colours = colours_of(theme)
    QApplication.setPalette(palette_of(colours))
    return colours


def smaller(font: QFont, by: float = 1.0, *, bold: bool = False) -> QFont:
    """The same letter, some points smaller."""
    other = QFont(font)
    other.setPointSizeF(max(7.0, font.pointSizeF() - by))
    other.setBold(bold)
    return other


def larger(font: QFont, by: float, *, bold: bool = True) -> QFont:
    """The same letter, some points larger."""
    other = QFont(font)
    other.setPointSizeF(font.pointSizeF() + by)
    other.setBold(bold)
    return other
