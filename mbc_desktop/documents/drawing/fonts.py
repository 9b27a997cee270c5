"""The bundled fonts: small ones for every sheet, full ones for a rarer letter; a character that none has is refused by name."""

from __future__ import annotations

import unicodedata
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from mbc_desktop.core.folders import find_resources
from mbc_desktop.core.record import dataclass
from mbc_desktop.documents.blocks import Words


class GlyphError(Exception):
    """A character that no bundled font has. It would vanish from the paper, so nothing is printed."""

    def __init__(self, character: str, text: str) -> None:
        code = f"U+{ord(character):04X}"
        super().__init__(f'no glyph for {code} {unicodedata.name(character, "")} in "{text}"')
        self.character = character
        self.code = code
        self.text = text


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One font file as the sheets use it: its name, the font, and the width of each character at size 1."""

    name: str
    font: TTFont
    widths: dict[int, float]

    def width(self, text: str) -> float:
        """The width at size 1."""
        widths = self.widths
        return sum([widths[ord(character)] for character in text])

    def missing(self, text: str) -> str:
        """The first character without a glyph, or ""."""
        return next((character for character in text if ord(character) not in self.widths), "")


def face_for(words: Words) -> Face:
    """The font for these words: the small one when it has every character, else the full one. Raises GlyphError."""
    small = _small(words.strong)
    if not small.missing(words.text):
        return small
    full = _full(words.strong)
    missing = full.missing(words.text)
    if missing:
        raise GlyphError(missing, words.text)
    return full


def composed(text: str) -> str:
    """The text with each letter and its accents as one character where Unicode has one: fonts have glyphs for those."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


@cache
def _small(strong: bool) -> Face:
    return _load(
        "document/MbcSans-Bold.ttf" if strong else "document/MbcSans-Regular.ttf", "MbcDocumentBold" if strong else "MbcDocument"
    )


@cache
def _full(strong: bool) -> Face:
    return _load("MbcSans-Bold.ttf" if strong else "MbcSans-Regular.ttf", "MbcFullBold" if strong else "MbcFull")


def _load(file: str, name: str) -> Face:
    font = TTFont(name, str(find_resources() / "fonts" / file), asciiReadable=False, shapable=False)
    pdfmetrics.registerFont(font)
    face = font.face
    # Control characters have glyphs in some fonts, but nothing of them is seen on paper.
    drawn = {
        code: face.charWidths[code] / 1000 for code in face.charToGlyph if not unicodedata.category(chr(code)).startswith("C")
    }
    return Face(name, font, drawn)
