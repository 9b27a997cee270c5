"""Every text stands out from what lies under it, in every theme (WCAG 2.2, AA: 4.5 to 1; in high contrast AAA: 7 to 1;
marks and edges 3 to 1)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLineEdit

from mbc_desktop.ui.look.theme import CONTRAST, DARK, LIGHT, THEMES, Colours
from mbc_desktop.ui.main_window import MainWindow


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [part / 255 for part in QColor(colour).getRgb()[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def texts(colours: Colours) -> Iterator[tuple[str, str, str]]:
    for ground in ("window", "surface", "sunken", "outside", "closed", "window_lit"):
        yield f"text on {ground}", colours.text, getattr(colours, ground)
        yield f"muted on {ground}", colours.muted, getattr(colours, ground)
    for ground in ("surface", "window", "sunken"):
        yield f"a field that cannot be filled in, on {ground}", colours.muted, getattr(colours, ground)
        yield f"a heading on {ground}", colours.accent, getattr(colours, ground)
    yield "two that agree", colours.agreed.text, colours.agreed.surface
    yield "the name of a closed day on its hatching", colours.text, colours.hatch
    yield "accent on surface", colours.accent, colours.surface
    yield "accent on window", colours.accent, colours.window
    yield "chosen", colours.on_accent, colours.accent
    yield "banner", colours.on_banner, colours.banner
    yield "banner heading", colours.on_banner_muted, colours.banner
    for severity, tone in colours.severities.items():
        yield severity, tone.text, tone.surface
        yield f"{severity} in a form", tone.text, colours.surface
    for number, tone in enumerate(colours.therapies):
        yield f"therapy {number}", tone.text, tone.surface


EVERY = pytest.mark.parametrize("colours", [LIGHT, DARK, CONTRAST], ids=["light", "dark", "contrast"])


@EVERY
def test_every_text_can_be_read(colours: Colours) -> None:
    least = 7 if colours is CONTRAST else 4.5
    poor = [f"{name}: {contrast(ink, ground):.2f}" for name, ink, ground in texts(colours) if contrast(ink, ground) < least]
    assert poor == []


@EVERY
def test_every_mark_can_be_seen(colours: Colours) -> None:
    tones = (*colours.severities.values(), *colours.therapies)
    assert [tone for tone in tones if contrast(tone.edge, tone.surface) < 3] == []


@EVERY
def test_every_line_and_ring_can_be_seen(colours: Colours) -> None:
    grounds = (colours.surface, colours.window)
    lines = {"where the keyboard is, today": colours.accent, "the line of a trend": colours.accent}
    lines |= {"a limit in a trend": colours.severities["caution"].edge, "a box of a check": colours.muted}
    lines |= {f"the bar of therapy {number}": tone.edge for number, tone in enumerate(colours.therapies)}
    poor = [name for name, line in lines.items() for ground in grounds if contrast(line, ground) < 3]
    assert poor == []
    # The ring around a pressed button is of the button's own colour; the line inside it is not.
    assert contrast(colours.accent, colours.surface) >= 3


def test_the_handle_of_a_scroll_bar_is_found_in_high_contrast() -> None:
    assert contrast(CONTRAST.handle, CONTRAST.window) >= 7


@EVERY
def test_a_closed_day_is_not_told_by_its_shade_alone(colours: Colours) -> None:
    # The name stands with it in every view; still the hatching has to be more than a suspicion.
    assert contrast(colours.hatch, colours.surface) >= 1.5


@EVERY
def test_the_edge_of_every_field_can_be_seen(colours: Colours) -> None:
    # Fusion's outline: the colour of the window, 40 per cent darker. WCAG asks 3 to 1 against what lies on both sides.
    outline = QColor(colours.edge).darker(140).name()
    assert contrast(outline, colours.surface) >= 3


def test_the_measure_is_right() -> None:
    # Black on white is 21 to 1 by definition: (1 + 0.05) / (0 + 0.05).
    assert round(contrast("#000000", "#ffffff"), 2) == 21


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_can_be_used_while_the_window_is_open(window: MainWindow, theme: str) -> None:
    window.use_theme(theme)
    assert window.look.theme == theme
    window.use_theme("light")
    assert QApplication.palette().window().color().name() == LIGHT.window
    assert QApplication.palette(QLineEdit()).window().color().name() == LIGHT.edge
