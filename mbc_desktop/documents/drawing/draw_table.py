"""Tables: every cell wraps, a row stays on one page, the headings come again on the next page."""

from __future__ import annotations

from mbc_desktop.documents.blocks import Column, Phrase, Row, Table, strong
from mbc_desktop.documents.drawing.draw_text import draw_lines
from mbc_desktop.documents.drawing.flow import Piece
from mbc_desktop.documents.drawing.pen import GREY, PALE, RULE, Pen
from mbc_desktop.documents.drawing.style import Style
from mbc_desktop.documents.drawing.wrap import Line, wrap

_MOST_LINES = 24
"""A row with more lines than this is continued in a second row, so that no row can outgrow a page."""

Cells = tuple[tuple[Line, ...], ...]


def table_pieces(block: Table, style: Style, width: float) -> list[Piece]:
    """The headings, then a piece per row."""
    edges = _edges(block.columns, width)
    first, head = _head(block, style, edges, width)
    pieces = [first] if first is not None else []
    for row in block.rows:
        cells = tuple(
            _wrapped(cell, style, edges, index, number=block.columns[index].number) for index, cell in enumerate(row.cells)
        )
        for part in _parts(cells):
            pieces.append(_row(block, row, part, style, edges, width, head))
    return pieces


def _edges(columns: tuple[Column, ...], width: float) -> list[float]:
    total = sum(column.share for column in columns)
    edges = [0.0]
    for column in columns:
        edges.append(edges[-1] + width * column.share / total)
    return edges


def _wrapped(cell: Phrase, style: Style, edges: list[float], index: int, *, number: bool) -> tuple[Line, ...]:
    space = style.cell_space * (3.5 if number else 2)
    return wrap(cell, style.body, edges[index + 1] - edges[index] - space)


def _parts(cells: Cells) -> list[Cells]:
    longest = max((len(lines) for lines in cells), default=0)
    return [tuple(lines[start : start + _MOST_LINES] for lines in cells) for start in range(0, max(longest, 1), _MOST_LINES)]


def _head(block: Table, style: Style, edges: list[float], width: float) -> tuple[Piece | None, Piece | None]:
    """The headings, and the same for the top of a later page."""
    if not any(column.title for column in block.columns):
        return None, None
    size, space = style.small, style.cell_space
    cells = [
        wrap(strong(column.title), size, edges[index + 1] - edges[index] - 2 * space)
        for index, column in enumerate(block.columns)
    ]
    height = max(len(lines) for lines in cells) * style.leading(size) + 2 * space

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.rules([(x, top + height, x + width, top + height)], thickness=0.9, colour=GREY)
        for index, lines in enumerate(cells):
            _place(pen, lines, x, top + space, size, style, edges, index, number=block.columns[index].number)

    def draw_first(pen: Pen, x: float, top: float) -> None:
        pen.rules([(x, top + height, x + width, top + height)], thickness=0.9, colour=GREY)
        with pen.tags.inside("Table", key=block), pen.tags.inside("TR"):
            for index, lines in enumerate(cells):
                with pen.tags.inside("TH", scope="Column"):
                    _place(pen, lines, x, top + space, size, style, edges, index, number=block.columns[index].number)

    # On later pages the headings are furniture: a screen reader has read them.
    again = Piece(height=height, draw=draw)
    return Piece(height=height, draw=draw_first, gap=style.body * 0.5, with_next=True), again


def _row(block: Table, row: Row, cells: Cells, style: Style, edges: list[float], width: float, head: Piece | None) -> Piece:
    size, space = style.body, style.cell_space
    height = max(max((len(lines) for lines in cells), default=1), 1) * style.leading(size) + 2 * space

    def draw(pen: Pen, x: float, top: float) -> None:
        if row.shaded:
            pen.fill(x, top, width, height, PALE)
        if block.ruled:
            pen.rules([(x, top + height, x + width, top + height)], thickness=0.4, colour=RULE)
        # A row that goes on in a second one is one row of the table.
        with pen.tags.inside("Table", key=block), pen.tags.inside("TR", key=row):
            for index, lines in enumerate(cells):
                with pen.tags.inside("TD", key=block.columns[index]):
                    _place(pen, lines, x, top + space, size, style, edges, index, number=block.columns[index].number)

    return Piece(height=height, draw=draw, head=head)


def _place(
    pen: Pen,
    lines: tuple[Line, ...],
    x: float,
    top: float,
    size: float,
    style: Style,
    edges: list[float],
    index: int,
    *,
    number: bool,
) -> None:
    left = x + edges[index] + style.cell_space
    if not number:
        draw_lines(pen, lines, left, top, size, style)
        return
    # Words in the next column begin right after; figures need more white than words.
    right = x + edges[index + 1] - 2.5 * style.cell_space
    for position, line in enumerate(lines):
        draw_lines(pen, (line,), right - line.width, top + position * style.leading(size), size, style)
