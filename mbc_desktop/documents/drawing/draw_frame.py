"""What stands on every page: who it is about, what it is, page x of y, and from which plan it was made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from itertools import groupby

from reportlab.pdfgen.canvas import Canvas

from mbc_desktop.core.record import dataclass
from mbc_desktop.documents.blocks import BREAK, Frame, Phrase, Words, phrase, strong
from mbc_desktop.documents.drawing.draw_text import draw_lines
from mbc_desktop.documents.drawing.pen import BLACK, GREY, Pen
from mbc_desktop.documents.drawing.squares import squares
from mbc_desktop.documents.drawing.structure import Role
from mbc_desktop.documents.drawing.style import Style
from mbc_desktop.documents.drawing.wrap import Line, text_width, wrap
from mbc_desktop.texts.texts import NO_BREAK_SPACE

_CODE_FORM = "code"
_GAP = 6.0
_BAND = 2.5
"""The white above and below the words in the band."""
_SEPARATOR = "   ·   "


@dataclass(frozen=True, slots=True, eq=False)
class FrameLines:
    """The frame's words in lines, the same on every page but for the page number."""

    frame: Frame
    style: Style
    width: float
    identity: tuple[Line, ...]
    place: tuple[Line, ...]
    calls: tuple[Line, ...]
    notes: tuple[Line, ...]
    status: tuple[Line, ...]

    @property
    def header(self) -> float:
        """The height of the header with the white under it."""
        return self.head + self.band + 4 + _GAP

    @property
    def head(self) -> float:
        """The height of the identity and what stands beside it."""
        style = self.style
        beside = (len(self.place) + 1) * style.leading(style.small)
        return max(len(self.identity) * style.leading(style.body), beside)

    @property
    def band(self) -> float:
        """The height of the band that says why the sheet is provisional."""
        return len(self.status) * self.style.leading(self.style.body) + 2 * _BAND if self.status else 0.0

    @property
    def footer(self) -> float:
        """The height of the footer with the white above it."""
        style = self.style
        text = len(self.calls) * style.leading(style.body) + len(self.notes) * style.leading(style.small)
        return max(text, style.code if self.frame.code else 0) + 4 + _GAP


def frame_lines(frame: Frame, style: Style, width: float) -> FrameLines:
    """Breaks the frame's words into lines for a page of that width between its margins."""
    beside = width - (style.code + 8 if frame.code else 0)
    title = text_width((Words(frame.name, strong=True), Words(_SEPARATOR + _page_text(frame, 88, 88))), style.small)
    # A point more than the text, or the last word falls over the edge by a rounding of the ninth decimal.
    corner = 1 + max(title, min(text_width(phrase(frame.place), style.small), width * 0.36))
    rules = strong("  ".join(frame.rules))
    return FrameLines(
        frame=frame,
        style=style,
        width=width,
        identity=_beside_or_below(
            strong(frame.identity[0]), strong(_joined(frame.identity[1:])), style.body, width - corner - 12
        ),
        place=wrap(phrase(frame.place), style.small, corner) if frame.place else (),
        calls=tuple(line for call in frame.calls for line in wrap(strong(call), style.body, beside)),
        notes=_beside_or_below(rules, phrase(_joined(frame.marks)), style.small, beside),
        status=wrap(strong(frame.status), style.body, width - 2 * style.body) if frame.status else (),
    )


def _page_text(frame: Frame, page: int, pages: int) -> str:
    return frame.page.replace("{page}", str(page)).replace("{pages}", str(pages))


def _beside_or_below(first: Phrase, second: Phrase, size: float, width: float) -> tuple[Line, ...]:
    """Both on one line when it can hold them, else the second below the first."""
    on_one = (*first, Words(_SEPARATOR, strong=second[0].strong), *second)
    if text_width(on_one, size) <= width:
        return wrap(on_one, size, width)
    return wrap((*first, BREAK, *second), size, width)


def _joined(parts: tuple[str, ...]) -> str:
    """The parts with dots between; a short part is never broken, so that a number stays with its word."""
    return _SEPARATOR.join(part.replace(" ", NO_BREAK_SPACE) if len(part) < 40 else part for part in parts)


def draw_frame(pen: Pen, lines: FrameLines, x: float, top: float, bottom: float, *, page: int, pages: int) -> None:
    """Header under `top`, footer above `bottom`; a screen reader reads them on the first page only."""
    _header(pen, lines, x, top, page=page, pages=pages)
    _footer(pen, lines, x, bottom, first=page == 1)


def define_code(canvas: Canvas, code: str) -> None:
    """Makes the form with the square that a scanner reads."""
    matrix = squares(code)
    side = len(matrix)
    bars = [f"{start} {side - 1 - row} {end - start} 1 re" for row, modules in enumerate(matrix) for start, end in _bars(modules)]
    canvas.beginForm(_CODE_FORM, 0, 0, 1, 1)
    canvas.addLiteral(f"{1 / side:.6f} 0 0 {1 / side:.6f} 0 0 cm")
    # Its own black: a scanner does not read the grey of what was drawn before.
    canvas.addLiteral("\n".join(["0 g", *bars, "f"]))
    canvas.endForm()


def _bars(modules: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The dark stretches of a row: (first, after last)."""
    position = 0
    for dark, stretch in groupby(modules, key=bool):
        length = len(tuple(stretch))
        if dark:
            yield position, position + length
        position += length


def _header(pen: Pen, lines: FrameLines, x: float, top: float, *, page: int, pages: int) -> None:
    style, frame = lines.style, lines.frame
    read = _read(pen, first=page == 1)
    number = Words(_SEPARATOR + _page_text(frame, page, pages))
    (title,) = wrap((Words(frame.name, strong=True), number), style.small, lines.width)
    baseline = top + style.ascent(style.small)
    for line in (title, *lines.place):
        with read("H1" if line is title else "P"):
            pen.line(line, x + lines.width - line.width, baseline, style.small, BLACK if line is title else GREY)
        baseline += style.leading(style.small)
    with read("P"):
        draw_lines(pen, lines.identity, x, top, style.body, style)
    rule = top + lines.header - _GAP
    if lines.status:
        band_top = top + lines.head + 2
        pen.fill(x, band_top, lines.width, lines.band)
        with read("P"):
            draw_lines(pen, lines.status, x + style.body / 2, band_top + _BAND, style.body, style)
    pen.rules([(x, rule, x + lines.width, rule)], thickness=0.9, colour=GREY)


def _footer(pen: Pen, lines: FrameLines, x: float, bottom: float, *, first: bool) -> None:
    style = lines.style
    read = _read(pen, first=first)
    top = bottom - lines.footer + _GAP
    pen.rules([(x, top, x + lines.width, top)], thickness=0.6, colour=GREY)
    top += 4
    if lines.frame.code:
        pen.form(_CODE_FORM, x + lines.width - style.code, top, style.code)
    if lines.calls:
        with read("P"):
            draw_lines(pen, lines.calls, x, top, style.body, style)
    with read("P"):
        draw_lines(pen, lines.notes, x, top + len(lines.calls) * style.leading(style.body), style.small, style)


def _read(pen: Pen, *, first: bool) -> Callable[[Role], AbstractContextManager[None]]:
    """How a line of the frame is drawn: as a part of the tree on the first page, else as furniture."""
    return (lambda role: pen.tags.inside(role)) if first else (lambda role: nullcontext())
