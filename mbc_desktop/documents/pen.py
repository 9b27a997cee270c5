"""Drawing on one page, measured from its top left corner in points. Fills and rules go down at once, all text last in one
stretch: text is never covered.

The operators are written as they stand in the file: a month has a thousand numbers, and formatting them one by one through the
canvas takes most of the time of a page."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

from mbc_desktop.documents.blocks import Shape
from mbc_desktop.documents.fonts import Face
from mbc_desktop.documents.wrap import Line

Colour = tuple[float, float, float]

BLACK: Colour = (0.0, 0.0, 0.0)
GREY: Colour = (0.36, 0.36, 0.36)
"""Dark enough for small print on a tired copier."""
RULE: Colour = (0.62, 0.62, 0.62)
SHADE: Colour = (0.925, 0.925, 0.925)
PALE: Colour = (0.965, 0.965, 0.965)


class Lettering:
    """The text of one document as the file spells it: each stretch is encoded once, and each font learns its letters."""

    def __init__(self, canvas: Canvas) -> None:
        # The canvas itself hands this to its fonts, but has no public name for it.
        self._document = canvas._doc  # type: ignore[attr-defined]
        self._spelled: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}

    def spelled(self, face: Face, text: str) -> tuple[tuple[str, str], ...]:
        """The stretch as (font in the file, codes in hexadecimal), one for each part of the font that it needs."""
        key = (face.name, text)
        known = self._spelled.get(key)
        if known is None:
            font = face.font
            known = self._spelled[key] = tuple(
                (font.getSubsetInternalName(subset, self._document), codes.hex())
                for subset, codes in font.splitString(text, self._document)
            )
        return known


class Pen:
    """Draws one page of a canvas."""

    def __init__(self, canvas: Canvas, lettering: Lettering, height: float) -> None:
        self._canvas = canvas
        self._lettering = lettering
        self._height = height
        self._shapes: list[str] = []
        self._text: list[str] = []
        self._font = ("", 0.0)
        self._ink: Colour | None = None
        self._fill: Colour | None = None
        self._stroke: tuple[Colour, float] | None = None

    def line(self, line: Line, x: float, baseline: float, size: float, ink: Colour = BLACK) -> None:
        """Writes one line of text with its left end at `x`."""
        text = self._text
        if ink != self._ink:
            text.append(f"{_colour(ink)} rg")
            self._ink = ink
        for run in line.runs:
            text.append(f"1 0 0 1 {x + run.x:.2f} {self._height - baseline:.2f} Tm")
            for font, codes in self._lettering.spelled(run.face, run.text):
                if (font, size) != self._font:
                    text.append(f"{font} {size:g} Tf")
                    self._font = (font, size)
                text.append(f"<{codes}> Tj")

    def fill(self, x: float, top: float, width: float, height: float, colour: Colour = SHADE) -> None:
        """Fills a rectangle."""
        if colour != self._fill:
            self._shapes.append(f"{_colour(colour)} rg")
            self._fill = colour
        self._shapes.append(f"{x:.2f} {self._height - top - height:.2f} {width:.2f} {height:.2f} re f")

    def rules(self, lines: list[tuple[float, float, float, float]], *, thickness: float = 0.6, colour: Colour = RULE) -> None:
        """Draws straight lines, each (x, top, x, top)."""
        if (colour, thickness) != self._stroke:
            self._shapes.append(f"{_colour(colour)} RG {thickness:g} w")
            self._stroke = (colour, thickness)
        height = self._height
        self._shapes += [f"{x1:.2f} {height - top1:.2f} m {x2:.2f} {height - top2:.2f} l" for x1, top1, x2, top2 in lines]
        self._shapes.append("S")

    def shape(self, shape: Shape, x: float, top: float, size: float) -> None:
        """Draws a mark in a square of `size`."""
        self.form(shape, x, top, size)

    def form(self, name: str, x: float, top: float, size: float) -> None:
        """Draws a form that was defined on a square of side 1."""
        self._flush()
        self._canvas.addLiteral(f"q {size:g} 0 0 {size:g} {x:.2f} {self._height - top - size:.2f} cm")
        self._canvas.doForm(name)
        self._canvas.addLiteral("Q")

    def finish(self) -> None:
        """Puts what is left on the page, the text last."""
        self._flush()
        self._canvas.addLiteral("\n".join(["BT", *self._text, "ET"]))

    def _flush(self) -> None:
        if self._shapes:
            self._canvas.addLiteral("\n".join(self._shapes))
            self._shapes = []


def _colour(colour: Colour) -> str:
    return " ".join(f"{part:g}" for part in colour)
