"""Building the text of the inspector. Everything that comes in is plain text and is escaped here, once."""

from __future__ import annotations

import re
from collections.abc import Iterable

from PySide6.QtWidgets import QApplication

from mbc_desktop.ui.look.theme import POINTS, Colours, Tone

# The standard library's escape brings all names of HTML characters along.
_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;", "\u202f": "\u00a0"})
"""Qt takes a narrow no-break space for any space: a line could end in the middle of a number, "1" above "500 mg"."""


WORD_JOINER = "\u2060"
"""No line ends here."""


def _kept_whole(text: str) -> str:
    """A unit stays on one line: "mg/dL"."""
    return re.sub(r"(?<=[A-Za-z])/(?=[A-Za-z])", f"/{WORD_JOINER}", text)


def escape(text: str) -> str:
    """The text with nothing in it that could be markup."""
    return text.translate(_ESCAPED)


class RichText:
    """Headings, lines, tables of names and values, and links to items, in the colours of the theme."""

    def __init__(self, colours: Colours, *, letter: float | None = None) -> None:
        """`letter` is the size of the letter in points; that of the window unless it is another."""
        self._colours = colours
        self._size = (letter or QApplication.font().pointSizeF()) / POINTS
        self._parts: list[str] = []

    def title(self, text: str) -> None:
        """What the whole text is about."""
        style = f"font-size:{self._points(14)}pt; font-weight:700"
        self._parts.append(f'<p style="margin:0"><span style="{style}">{escape(text)}</span></p>')

    def subtitle(self, text: str) -> None:
        """A line under the title."""
        self._parts.append(f'<p style="margin:0 0 4px 0; color:{self._colours.muted}">{escape(text)}</p>')

    def heading(self, text: str) -> None:
        """The name of a section."""
        style = f"margin:14px 0 4px 0; font-weight:700; color:{self._colours.accent}"
        self._parts.append(f'<p style="{style}">{escape(text)}</p>')

    def paragraph(self, text: str) -> None:
        """A sentence or some, with room around."""
        self._parts.append(f'<p style="margin:7px 0; line-height:120%">{escape(text)}</p>')

    def line(self, text: str, *, muted: bool = False, strong: bool = False) -> None:
        """A sentence."""
        colour = self._colours.muted if muted else self._colours.text
        weight = 700 if strong else 400
        self._parts.append(f'<p style="margin:1px 0; color:{colour}; font-weight:{weight}">{escape(text)}</p>')

    def figure(self, text: str) -> None:
        """The one number that matters most."""
        self._parts.append(
            f'<p style="margin:2px 0"><span style="font-size:{self._points(17)}pt; font-weight:700">{escape(text)}</span></p>'
        )

    def box(self, text: str, tone: Tone) -> None:
        """A sentence on a ground of its own: a state that must not be overlooked."""
        self._parts.append(
            f'<table width="100%" cellpadding="6" style="margin-top:6px"><tr><td bgcolor="{tone.surface}">'
            f'<span style="color:{tone.text}; font-weight:700">{escape(text)}</span></td></tr></table>'
        )

    def facts(self, rows: Iterable[tuple[str, str]]) -> None:
        """Names with their values, one under the other; rows without a value are left out."""
        cells = "".join(
            f'<tr><td width="44%" style="color:{self._colours.muted}; padding:1px 6px 1px 0">{escape(name)}</td>'
            f'<td style="padding:1px 0">{escape(value)}</td></tr>'
            for name, value in rows
            if value
        )
        if cells:
            self._parts.append(f'<table width="100%" cellspacing="0" cellpadding="0">{cells}</table>')

    def step(self, number: int, sentence: str, amount: str, origin: str) -> None:
        """One step of a derivation: what was done, the amount after it, where the rule comes from."""
        self._parts.append(
            f'<table width="100%" cellspacing="0" cellpadding="4" style="margin-top:3px"><tr>'
            f'<td width="18" bgcolor="{self._colours.sunken}" valign="top" style="color:{self._colours.muted}">{number}</td>'
            f'<td bgcolor="{self._colours.sunken}">{escape(sentence)}<br>'
            f'<span style="color:{self._colours.muted}; font-size:{self._points(8)}pt">{escape(origin)}</span></td>'
            f'<td bgcolor="{self._colours.sunken}" align="right" valign="top" style="font-weight:700; white-space:pre">'
            f"{escape(amount)}</td></tr></table>"
        )

    def judged(self, verdict: str, good: bool, sentence: str, origin: str) -> None:
        """What one rule said: the verdict as a word, on a ground of its own where it is not good."""
        tone = self._colours.severities["caution"]
        ground, ink = (self._colours.sunken, self._colours.muted) if good else (tone.surface, tone.text)
        self._parts.append(
            f'<table width="100%" cellspacing="0" cellpadding="4" style="margin-top:3px"><tr>'
            f'<td bgcolor="{ground}" style="color:{ink}"><span style="font-weight:700">{escape(verdict)}</span> '
            f'<span style="color:{self._colours.text}">{escape(sentence)}</span><br>'
            f'<span style="color:{self._colours.muted}; font-size:{self._points(8)}pt">{escape(origin)}</span></td></tr></table>'
        )

    def result(self, name: str, value: str, inputs: str) -> None:
        """A computed number with what it was computed from."""
        ground, muted = self._colours.sunken, self._colours.muted
        self._parts.append(
            f'<table width="100%" cellspacing="0" cellpadding="4" style="margin-top:3px"><tr><td bgcolor="{ground}">'
            f'{escape(name)}<br><span style="font-weight:700; font-size:{self._points(11)}pt">{escape(value)}</span><br>'
            f'<span style="color:{muted}; font-size:{self._points(8)}pt">{escape(_kept_whole(inputs))}</span></td></tr></table>'
        )

    def rule(self) -> None:
        """A line across, between two things."""
        self._parts.append("<hr>")

    def link(self, target: str, text: str) -> None:
        """A line that leads to an item."""
        style = f"color:{self._colours.accent}; text-decoration:none"
        self._parts.append(f'<p style="margin:3px 0"><a href="{escape(target)}" style="{style}">{escape(text)}</a></p>')

    def _points(self, points: float) -> str:
        return f"{points * self._size:g}"

    def html(self) -> str:
        """The whole text."""
        return f'<body style="color:{self._colours.text}">{"".join(self._parts)}</body>'
