"""The marks of the sheets, each told from the others without colour: therapies by what they look like, severities by outline.
Each is drawn once per document as a form on a square of side 1 (origin at the lower left) and then only referred to."""

from __future__ import annotations

import math
from collections.abc import Callable

from reportlab.pdfgen.canvas import Canvas

from mbc_desktop.documents.blocks import Shape

_BLUE = (0.07, 0.30, 0.60)
_TEAL = (0.0, 0.40, 0.42)
_PURPLE = (0.36, 0.16, 0.52)
_ORANGE = (0.72, 0.33, 0.0)
_RED = (0.70, 0.07, 0.10)
_GREY = (0.33, 0.33, 0.33)


def define_shapes(canvas: Canvas, shapes: frozenset[Shape]) -> None:
    """Makes the forms that the document refers to, in a fixed order."""
    for shape in sorted(shapes):
        canvas.beginForm(shape, 0, 0, 1, 1)
        canvas.setLineCap(1)
        canvas.setLineJoin(1)
        _DRAW[shape](canvas)
        canvas.endForm()


def _colours(canvas: Canvas, colour: tuple[float, float, float], thickness: float) -> None:
    canvas.setFillColorRGB(*colour)
    canvas.setStrokeColorRGB(*colour)
    canvas.setLineWidth(thickness)


def _polygon(canvas: Canvas, points: list[tuple[float, float]], *, fill: bool, stroke: bool = False) -> None:
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    path.close()
    canvas.drawPath(path, fill=fill, stroke=stroke)


def _injection(canvas: Canvas) -> None:
    """A syringe, needle down to the left."""
    _colours(canvas, _BLUE, 0.09)
    canvas.line(0.05, 0.05, 0.33, 0.33)
    _polygon(canvas, [(0.24, 0.40), (0.40, 0.24), (0.78, 0.62), (0.62, 0.78)], fill=True)
    canvas.line(0.70, 0.70, 0.88, 0.88)
    canvas.line(0.78, 0.98, 0.98, 0.78)


def _infusion(canvas: Canvas) -> None:
    """An infusion bag, half full, with its tube."""
    _colours(canvas, _TEAL, 0.08)
    canvas.roundRect(0.22, 0.34, 0.56, 0.58, 0.10, stroke=1, fill=0)
    canvas.rect(0.22, 0.38, 0.56, 0.30, stroke=0, fill=1)
    canvas.line(0.5, 0.34, 0.5, 0.04)
    canvas.line(0.38, 0.97, 0.62, 0.97)


def _tablet(canvas: Canvas) -> None:
    """An open circle with room for a cross."""
    _colours(canvas, _PURPLE, 0.10)
    canvas.circle(0.5, 0.5, 0.43, stroke=1, fill=0)


def _rest(canvas: Canvas) -> None:
    """Two upright bars: pause."""
    _colours(canvas, _GREY, 0.1)
    canvas.rect(0.20, 0.10, 0.20, 0.80, stroke=0, fill=1)
    canvas.rect(0.60, 0.10, 0.20, 0.80, stroke=0, fill=1)


def _radiotherapy(canvas: Canvas) -> None:
    """A sun: a disc with eight rays."""
    _colours(canvas, _ORANGE, 0.09)
    canvas.circle(0.5, 0.5, 0.21, stroke=0, fill=1)
    for ray in range(8):
        angle = ray * math.pi / 4
        x, y = math.cos(angle), math.sin(angle)
        canvas.line(0.5 + 0.32 * x, 0.5 + 0.32 * y, 0.5 + 0.46 * x, 0.5 + 0.46 * y)


def _blood(canvas: Canvas) -> None:
    """A drop."""
    _colours(canvas, _RED, 0.05)
    path = canvas.beginPath()
    path.moveTo(0.5, 0.98)
    path.curveTo(0.58, 0.76, 0.84, 0.56, 0.84, 0.34)
    path.curveTo(0.84, 0.15, 0.69, 0.02, 0.5, 0.02)
    path.curveTo(0.31, 0.02, 0.16, 0.15, 0.16, 0.34)
    path.curveTo(0.16, 0.56, 0.42, 0.76, 0.5, 0.98)
    path.close()
    canvas.drawPath(path, fill=1, stroke=0)


def _check(canvas: Canvas) -> None:
    """A solid lozenge."""
    _colours(canvas, _GREY, 0.05)
    _polygon(canvas, [(0.5, 0.02), (0.98, 0.5), (0.5, 0.98), (0.02, 0.5)], fill=True)


def _stop(canvas: Canvas) -> None:
    """A filled octagon with a bar."""
    _colours(canvas, _RED, 0.05)
    edge = 0.29
    _polygon(
        canvas,
        [(edge, 0), (1 - edge, 0), (1, edge), (1, 1 - edge), (1 - edge, 1), (edge, 1), (0, 1 - edge), (0, edge)],
        fill=True,
    )
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(0.2, 0.41, 0.6, 0.18, stroke=0, fill=1)


def _caution(canvas: Canvas) -> None:
    """An open triangle with an exclamation mark."""
    _colours(canvas, _ORANGE, 0.09)
    _polygon(canvas, [(0.05, 0.08), (0.95, 0.08), (0.5, 0.94)], fill=False, stroke=True)
    canvas.line(0.5, 0.62, 0.5, 0.40)
    canvas.circle(0.5, 0.23, 0.05, stroke=0, fill=1)


def _advice(canvas: Canvas) -> None:
    """A rounded box with two lines of writing."""
    _colours(canvas, _BLUE, 0.08)
    canvas.roundRect(0.05, 0.12, 0.9, 0.76, 0.18, stroke=1, fill=0)
    canvas.lines([(0.27, 0.60, 0.73, 0.60), (0.27, 0.40, 0.57, 0.40)])


def _info(canvas: Canvas) -> None:
    """A circle with an i."""
    _colours(canvas, _GREY, 0.08)
    canvas.circle(0.5, 0.5, 0.45, stroke=1, fill=0)
    canvas.line(0.5, 0.56, 0.5, 0.26)
    canvas.circle(0.5, 0.75, 0.055, stroke=0, fill=1)


_DRAW: dict[Shape, Callable[[Canvas], None]] = {
    "injection": _injection,
    "infusion": _infusion,
    "tablet": _tablet,
    "rest": _rest,
    "radiotherapy": _radiotherapy,
    "blood": _blood,
    "check": _check,
    "stop": _stop,
    "caution": _caution,
    "advice": _advice,
    "info": _info,
}
