"""Breaking text into lines: at spaces and after hyphens between letters; a word wider than the line breaks where it must.
Nothing is ever cut off."""

from __future__ import annotations

import re
from functools import lru_cache

from mbc_desktop.core.record import dataclass
from mbc_desktop.documents.blocks import BREAK, Phrase, Words
from mbc_desktop.documents.drawing.fonts import Face, composed, face_for
from mbc_desktop.documents.drawing.syllables import cuts

# A space ends a piece; so does a hyphen inside a word ("trastuzumab-deruxtecan"), never one inside a code or between figures.
_PIECES = re.compile(r"(?:[^ -]|-(?!(?<=[^\W\d_]-)[^\W\d_][^\W\d_A-Z]))*(?:-| +|$)")


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Text in one face, `x` from the left of its line."""

    face: Face
    text: str
    x: float


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One line of text and its width."""

    runs: tuple[Run, ...]
    width: float


@lru_cache(maxsize=2048)
def wrap(words: Phrase, size: float, width: float) -> tuple[Line, ...]:
    """The phrase in lines of at most `width` points at `size` points. Raises GlyphError for a character without a glyph."""
    builder = _Builder(size, width)
    for part in words:
        if part is BREAK:
            builder.end_line()
            continue
        text = composed(part.text)
        face = face_for(Words(text, part.strong))
        for piece in _PIECES.findall(text):
            builder.add(face, piece)
    return builder.finished()


def text_width(words: Phrase, size: float) -> float:
    """The width of the phrase on one line."""
    return sum(face_for(part).width(composed(part.text)) * size for part in words)


class _Builder:
    """Collects pieces into lines."""

    def __init__(self, size: float, width: float) -> None:
        self._size = size
        self._width = width
        self._lines: list[Line] = []
        self._runs: list[Run] = []
        self._x = 0.0
        self._ink = 0.0

    def add(self, face: Face, piece: str) -> None:
        """Puts the piece on this line, or on the next when it does not fit; a blank at the end of a line takes no room."""
        word = piece.rstrip(" ")
        width = face.width(word) * self._size
        if self._x and self._x + width > self._width:
            self.end_line()
        while width > self._width and len(word) > 1:
            word, piece = self._break_inside(face, word, piece)
            width = face.width(word) * self._size
        self._append(face, piece)
        if word:
            self._ink = self._x + width
        self._x += face.width(piece) * self._size

    def finished(self) -> tuple[Line, ...]:
        """All lines."""
        self.end_line()
        return tuple(self._lines)

    def _append(self, face: Face, piece: str) -> None:
        if self._runs and self._runs[-1].face is face:
            last = self._runs[-1]
            self._runs[-1] = Run(face, last.text + piece, last.x)
        elif piece:
            self._runs.append(Run(face, piece, self._x))

    def _break_inside(self, face: Face, word: str, piece: str) -> tuple[str, str]:
        """Cuts what is wider than a line: a known word between its parts, anything else where the line is full."""
        taken = self._whole_parts(face, word)
        hyphen = "-" if taken and word[taken - 1] != "/" else ""
        if not taken:
            taken = 1
            while face.width(word[: taken + 1]) * self._size <= self._width:
                taken += 1
        self._append(face, word[:taken] + hyphen)
        self._ink = self._x + face.width(word[:taken] + hyphen) * self._size
        self.end_line()
        return word[taken:], piece[taken:]

    def _whole_parts(self, face: Face, word: str) -> int:
        """How many letters of a known word fit on the line with a hyphen; 0 for any other word, or where not even one part
        fits."""
        fitting = [taken for taken in cuts(word) if face.width(word[:taken] + "-") * self._size <= self._width]
        return max(fitting, default=0)

    def end_line(self) -> None:
        """Closes the line; an empty one is left out."""
        if not self._runs:
            return
        last = self._runs[-1]
        self._runs[-1] = Run(last.face, last.text.rstrip(" "), last.x)
        self._lines.append(Line(tuple(run for run in self._runs if run.text), self._ink))
        self._runs, self._x, self._ink = [], 0.0, 0.0
