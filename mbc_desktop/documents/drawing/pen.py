"""Drawing on one page, measured from its top left corner in points. Fills and rules go down at once, all text last in one
stretch: text is never covered.

The operators are written as they stand in the file: a month has a thousand numbers, and formatting them one by one through the
canvas takes most of the time of a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Literal

from reportlab.pdfgen.canvas import Canvas

from mbc_desktop.documents.blocks import Shape
from mbc_desktop.documents.drawing.fonts import Face
from mbc_desktop.documents.drawing.structure import Element, Role, Scope, Structure
from mbc_desktop.documents.drawing.wrap import Line

Colour = tuple[float, float, float]

BLACK: Colour = (0.0, 0.0, 0.0)
GREY: Colour = (0.36, 0.36, 0.36)
"""Dark enough for small print on a tired copier."""
RULE: Colour = (0.62, 0.62, 0.62)
SHADE: Colour = (0.925, 0.925, 0.925)
PALE: Colour = (0.965, 0.965, 0.965)

_FURNITURE = "/Artifact BMC"
_END = "EMC"


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


class Tags:
    """What is being drawn, for screen readers: the tree of the document, and the words for its marks. Without a tree nothing is
    marked."""

    def __init__(self, structure: Structure | None = None, alternatives: Mapping[Shape, str] | None = None) -> None:
        self.structure = structure
        self.alternatives = alternatives or {}
        self._inside: list[Element] = []

    @property
    def element(self) -> Element | None:
        """The part that is being drawn; None = furniture."""
        return self._inside[-1] if self._inside else None

    @contextmanager
    def inside(self, role: Role, *, key: object = None, scope: Scope = "") -> Iterator[None]:
        """What is drawn within belongs to a part of that role, the same part again for the same `key`."""
        if self.structure is None:
            yield
            return
        self._inside.append(self.structure.element(role, self.element or self.structure.root, key=key, scope=scope))
        yield
        self._inside.pop()

    @contextmanager
    def heading(self, level: Literal[1, 2]) -> Iterator[None]:
        """What is drawn within is a heading below the title of the document."""
        with self.inside(self.structure.heading(level) if self.structure else "H2"):
            yield

    def figure(self, shape: Shape) -> Element | None:
        """The part for a mark; None where no word is needed."""
        alt = self.alternatives.get(shape, "")
        if self.structure is None or not self._inside or not alt:
            return None
        return self.structure.element("Figure", self._inside[-1], alt=alt)


class Pen:
    """Draws one page of a canvas."""

    def __init__(self, canvas: Canvas, lettering: Lettering, height: float, tags: Tags | None = None) -> None:
        self._canvas = canvas
        self._lettering = lettering
        self._height = height
        self.tags = tags or Tags()
        self._text_of: Element | None = None
        self._open = False
        self._shapes: list[str] = []
        self._text: list[str] = []
        self._font = ("", 0.0)
        self._ink: Colour | None = None
        self._fill: Colour | None = None
        self._stroke: tuple[Colour, float] | None = None

    def line(self, line: Line, x: float, baseline: float, size: float, ink: Colour = BLACK) -> None:
        """Writes one line of text with its left end at `x`."""
        text = self._text
        if self.tags.structure is not None:
            self._belongs(self.tags.structure)
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

    def shape(self, shape: Shape, x: float, top: float, size: float, *, said: bool = False) -> None:
        """Draws a mark in a square of `size`; `said` = the words beside it say what it shows."""
        self.form(shape, x, top, size, None if said else self.tags.figure(shape))

    def form(self, name: str, x: float, top: float, size: float, figure: Element | None = None) -> None:
        """Draws a form that was defined on a square of side 1; `figure` is its part of the tree, if it has one."""
        self._flush()
        structure = self.tags.structure
        begins, ends = (_FURNITURE, _END) if structure is not None else ("", "")
        if structure is not None and figure is not None:
            begins = f"/Figure <</MCID {structure.mark(figure)}>>BDC"
        self._canvas.addLiteral(f"{begins} q {size:g} 0 0 {size:g} {x:.2f} {self._height - top - size:.2f} cm".lstrip())
        self._canvas.doForm(name)
        self._canvas.addLiteral(f"Q {ends}".rstrip())

    def finish(self) -> None:
        """Puts what is left on the page, the text last."""
        self._flush()
        if self._open:
            self._text.append(_END)
        self._canvas.addLiteral("\n".join(["BT", *self._text, "ET"]))

    def _flush(self) -> None:
        if self._shapes:
            marked = self._shapes if self.tags.structure is None else [_FURNITURE, *self._shapes, _END]
            self._canvas.addLiteral("\n".join(marked))
            self._shapes = []

    def _belongs(self, structure: Structure) -> None:
        """Marks the text that follows as part of what is being drawn; where nothing came between, the stretch goes on."""
        element = self.tags.element
        if self._open and element is self._text_of and (element is None or not isinstance(element.kids[-1], Element)):
            return
        if self._open:
            self._text.append(_END)
        self._text.append(_FURNITURE if element is None else f"/{element.role} <</MCID {structure.mark(element)}>>BDC")
        self._text_of, self._open = element, True


def _colour(colour: Colour) -> str:
    return " ".join(f"{part:g}" for part in colour)
