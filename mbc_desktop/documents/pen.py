"""Drawing on one page, measured from its top left corner in points. Fills and rules go down at once, all text last in one
stretch: few canvas calls make a fast page, and text is never covered."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

from mbc_desktop.documents.blocks import Shape
from mbc_desktop.documents.wrap import Line

Colour = tuple[float, float, float]

BLACK: Colour = (0.0, 0.0, 0.0)
GREY: Colour = (0.36, 0.36, 0.36)
"""Dark enough for small print on a tired copier."""
RULE: Colour = (0.62, 0.62, 0.62)
SHADE: Colour = (0.925, 0.925, 0.925)
PALE: Colour = (0.965, 0.965, 0.965)


class Pen:
    """Draws one page of a canvas."""

    def __init__(self, canvas: Canvas, height: float) -> None:
        self._canvas = canvas
        self._height = height
        self._text = canvas.beginText()
        self._font: tuple[str, float] | None = None
        self._fill = self._stroke = BLACK
        # Text comes last, when the last fill has left its colour behind.
        self._ink: Colour | None = None
        self._thickness = 1.0

    def line(self, line: Line, x: float, baseline: float, size: float, ink: Colour = BLACK) -> None:
        """Writes one line of text with its left end at `x`."""
        text = self._text
        if ink != self._ink:
            text.setFillColorRGB(*ink)
            self._ink = ink
        for run in line.runs:
            if self._font != (run.face.name, size):
                text.setFont(run.face.name, size)
                self._font = (run.face.name, size)
            text.setTextOrigin(x + run.x, self._height - baseline)
            text.textOut(run.text)

    def fill(self, x: float, top: float, width: float, height: float, colour: Colour = SHADE) -> None:
        """Fills a rectangle."""
        if colour != self._fill:
            self._canvas.setFillColorRGB(*colour)
            self._fill = colour
        self._canvas.rect(x, self._height - top - height, width, height, stroke=0, fill=1)

    def box(self, x: float, top: float, width: float, height: float, *, thickness: float = 0.6, colour: Colour = RULE) -> None:
        """Draws the outline of a rectangle."""
        self._use(thickness, colour)
        self._canvas.rect(x, self._height - top - height, width, height, stroke=1, fill=0)

    def rules(self, lines: list[tuple[float, float, float, float]], *, thickness: float = 0.6, colour: Colour = RULE) -> None:
        """Draws straight lines, each (x, top, x, top)."""
        self._use(thickness, colour)
        height = self._height
        self._canvas.lines([(x1, height - top1, x2, height - top2) for x1, top1, x2, top2 in lines])

    def shape(self, shape: Shape, x: float, top: float, size: float) -> None:
        """Draws a mark in a square of `size`."""
        self.form(shape, x, top, size)

    def form(self, name: str, x: float, top: float, size: float) -> None:
        """Draws a form that was defined on a square of side 1."""
        canvas = self._canvas
        canvas.saveState()
        canvas.transform(size, 0, 0, size, x, self._height - top - size)
        canvas.doForm(name)
        canvas.restoreState()

    def finish(self) -> None:
        """Puts the text on the page."""
        self._canvas.drawText(self._text)

    def _use(self, thickness: float, colour: Colour) -> None:
        if thickness != self._thickness:
            self._canvas.setLineWidth(thickness)
            self._thickness = thickness
        if colour != self._stroke:
            self._canvas.setStrokeColorRGB(*colour)
            self._stroke = colour
