"""Headings, paragraphs, notices, fields and lines to write on, as pieces of a page."""

from __future__ import annotations

from mbc_desktop.documents.blocks import Blanks, Field, Fields, Heading, Notice, Paragraph, phrase, strong
from mbc_desktop.documents.drawing.flow import Piece
from mbc_desktop.documents.drawing.pen import BLACK, GREY, PALE, Colour, Pen
from mbc_desktop.documents.drawing.style import Style
from mbc_desktop.documents.drawing.wrap import Line, wrap

_GUTTER = 14.0
_MARK_ROOM = 1.7
"""Room for a mark left of its text, as a multiple of the size of the text."""


def draw_lines(pen: Pen, lines: tuple[Line, ...], x: float, top: float, size: float, style: Style, ink: Colour = BLACK) -> None:
    """Writes lines under each other."""
    baseline = top + style.ascent(size)
    for line in lines:
        pen.line(line, x, baseline, size, ink)
        baseline += style.leading(size)


def heading_pieces(block: Heading, style: Style, width: float) -> list[Piece]:
    """A heading stays with what follows it."""
    size = style.heading if block.level == 1 else style.subheading
    lines = wrap(strong(block.text), size, width)

    def draw(pen: Pen, x: float, top: float) -> None:
        with pen.tags.heading(block.level):
            draw_lines(pen, lines, x, top, size, style)

    return [
        Piece(
            height=len(lines) * style.leading(size) + size * 0.25,
            draw=draw,
            gap=size * (0.9 if block.level == 1 else 0.7),
            with_next=True,
            new_page=block.new_page,
            bookmark=block.text if block.level == 1 else "",
        )
    ]


def paragraph_pieces(block: Paragraph, style: Style, width: float) -> list[Piece]:
    """Running text, each paragraph in one piece."""
    lines = wrap(block.words, style.body, width)
    return [_text_piece(lines, style, with_next=block.together_with_next)]


def notice_pieces(block: Notice, style: Style, width: float) -> list[Piece]:
    """A tinted line with a mark, the word for it in bold, and the sentence; what it is about stands at its right, or under it."""
    size, pad = style.body, style.body * (0.4 if block.shape in ("stop", "caution") else 0.22)
    room = size * _MARK_ROOM
    inside = width - room - 2 * size * 0.4
    label = (*strong(block.label), *phrase(": ")) if block.label else ()
    words = (*label, *block.words)
    lines = wrap(words, size, inside)
    aside = wrap(phrase(block.aside), style.small, inside) if block.aside else ()
    beside = len(lines) == len(aside) == 1 and lines[0].width + aside[0].width + 2 * size <= inside
    text_height = len(lines) * style.leading(size)
    height = text_height + (0 if beside else len(aside) * style.leading(style.small)) + 2 * pad

    def draw(pen: Pen, x: float, top: float) -> None:
        left = x + size * 0.4
        pen.fill(x, top, width, height, PALE)
        with pen.tags.inside("P"):
            pen.shape(block.shape, left, top + pad + size * 0.06, size * 1.12, said=bool(block.label))
            draw_lines(pen, lines, left + room, top + pad, size, style)
            if beside:
                pen.line(aside[0], left + room + inside - aside[0].width, top + pad + style.ascent(size), style.small, GREY)
            else:
                draw_lines(pen, aside, left + room, top + pad + text_height, style.small, style, GREY)

    return [Piece(height=height, draw=draw, gap=size * 0.3)]


def fields_pieces(block: Fields, style: Style, width: float) -> list[Piece]:
    """Labels in grey above each other, values beside them, in columns."""
    column = (width - _GUTTER * (block.columns - 1)) / block.columns
    rows = [block.fields[start : start + block.columns] for start in range(0, len(block.fields), block.columns)]
    return [_field_row(block, row, style, column, first=index == 0) for index, row in enumerate(rows)]


def _field_row(block: Fields, fields: tuple[Field, ...], style: Style, column: float, *, first: bool) -> Piece:
    size = style.body
    label_width = column * 0.40
    cells = [
        (wrap(phrase(field.label), size, label_width - 4), wrap(field.value, size, column - label_width)) for field in fields
    ]
    height = max(max(len(label), len(value)) for label, value in cells) * style.leading(size) + 1.5

    def draw(pen: Pen, x: float, top: float) -> None:
        for index, (label, value) in enumerate(cells):
            left = x + index * (column + _GUTTER)
            with pen.tags.inside("L", key=block), pen.tags.inside("LI"):
                with pen.tags.inside("Lbl"):
                    draw_lines(pen, label, left, top, size, style, GREY)
                with pen.tags.inside("LBody"):
                    draw_lines(pen, value, left + label_width, top, size, style)

    return Piece(height=height, draw=draw, gap=size * 0.4 if first else 0.0)


def blanks_pieces(block: Blanks, style: Style, width: float) -> list[Piece]:
    """Labels with a line to write on, side by side."""
    size = style.body
    column = (width - _GUTTER * (len(block.labels) - 1)) / len(block.labels)
    labels = [wrap(phrase(label), style.small, column) for label in block.labels]
    room = size * 2.1
    height = room + max(len(lines) for lines in labels) * style.leading(style.small) + 2

    def draw(pen: Pen, x: float, top: float) -> None:
        for index, lines in enumerate(labels):
            left = x + index * (column + _GUTTER)
            pen.rules([(left, top + room, left + column, top + room)], colour=GREY)
            with pen.tags.inside("P"):
                draw_lines(pen, lines, left, top + room + 1.5, style.small, style, GREY)

    return [Piece(height=height, draw=draw, gap=size * 0.5)]


def _text_piece(lines: tuple[Line, ...], style: Style, *, with_next: bool) -> Piece:
    def draw(pen: Pen, x: float, top: float) -> None:
        with pen.tags.inside("P"):
            draw_lines(pen, lines, x, top, style.body, style)

    return Piece(height=len(lines) * style.leading(style.body), draw=draw, gap=style.body * 0.45, with_next=with_next)
