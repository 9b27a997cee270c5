"""A month as a grid that fills its page: seven days from Monday, what happens on each by mark and word, the legend below.

The type of a day is never made smaller. A month that is too full for its page first has its legend in type of 10.5 points, then
gives it up, so that it comes after the last month; then its weeks are divided over as many pages as they need."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace

from mbc_desktop.core.record import dataclass
from mbc_desktop.documents.blocks import Day, Heading, Mark, Month, Phrase, Week, Words, led, phrase, strong
from mbc_desktop.documents.drawing.draw_legend import MARK, MARK_ROOM, SMALLER, legend_piece
from mbc_desktop.documents.drawing.draw_text import draw_lines, heading_pieces
from mbc_desktop.documents.drawing.flow import Piece
from mbc_desktop.documents.drawing.pen import BLACK, GREY, PALE, RULE, SHADE, Colour, Pen
from mbc_desktop.documents.drawing.style import Style
from mbc_desktop.documents.drawing.wrap import Line, text_width, wrap
from mbc_desktop.texts.texts import NO_BREAK_SPACE

_GUTTER = 18.0
_PAD = 2.5
_DAY_SIZE = 15.0
_DAY_ROOM = 16.0
_NOTE_SIZE = 9.5
_SHOWN_ALONE = ("injection", "infusion")
"""The marks of a day that its words do not repeat: "denosumab" does not say that it is pricked."""
_TIGHT = 1.12
"""The leading inside a day, where each line is a phrase of its own."""


@dataclass(frozen=True, slots=True, eq=False)
class _Geometry:
    style: Style
    width: float

    @property
    def column(self) -> float:
        return (self.width - _GUTTER) / 7

    @property
    def leading(self) -> float:
        return self.style.body * _TIGHT

    @property
    def head(self) -> float:
        """The height of title and weekdays."""
        return self.style.leading(self.style.heading) + self.style.leading(self.style.body) + 6

    def left(self, weekday: int) -> float:
        """Where the column of a weekday (0 = Monday) begins."""
        return _GUTTER + weekday * self.column


@dataclass(frozen=True, slots=True, eq=False)
class _Cell:
    """A day with its text broken into lines."""

    day: Day
    number: Line
    note: tuple[Line, ...]
    marks: tuple[tuple[Mark, tuple[Line, ...]], ...]

    def height(self, geometry: _Geometry) -> float:
        """Of the day with all its marks."""
        return self.top(geometry) + sum(len(lines) for _, lines in self.marks) * geometry.leading + 2 * _PAD

    def top(self, geometry: _Geometry) -> float:
        """Where the marks begin: under the number, and under the note where that needs more than the room beside the number."""
        return max(_DAY_ROOM, 4 + len(self.note) * geometry.style.leading(_NOTE_SIZE))


_Rows = tuple[tuple[Week, tuple[_Cell | None, ...], float], ...]


def month_pieces(block: Month, style: Style, width: float, height: float) -> list[Piece]:
    """The pages of a month; `height` is that of a page's body."""
    geometry = _Geometry(style, width)
    cells = [tuple(_cell(day, geometry) if day else None for day in week.days) for week in block.weeks]
    rows: _Rows = tuple(
        (week, row, max(cell.height(geometry) for cell in row if cell)) for week, row in zip(block.weeks, cells, strict=True)
    )
    room = height - geometry.head
    legend = _fitting_legend(block, style, width, room - sum(row[2] for row in rows))
    beside = room - legend.height - legend.gap
    if sum(row[2] for row in rows) <= beside:
        return [_page(block, block.title, rows, geometry, beside, bookmark=block.title), legend]
    pages, fits = [], False
    for first, last in _shares([row[2] for row in rows], room):
        share = rows[first:last]
        # The legend joins the last weeks where there is room for both.
        fits = last == len(rows) and sum(row[2] for row in share) <= beside
        height = beside if fits else room
        title, bookmark = (block.title, block.title) if first == 0 else (block.continued, "")
        pages.append(_page(block, title, share, geometry, height, bookmark=bookmark))
    return [*pages, *([legend] if fits else _legend_for_later(block, style, width))]


def _fitting_legend(block: Month, style: Style, width: float, left: float) -> Piece:
    """The legend as large as the text, or smaller where that would not fit into the height that is left."""
    legend = legend_piece(block.legend, style, width)
    return legend if legend.height + legend.gap <= left else legend_piece(block.legend, style, width, scale=SMALLER)


def _legend_for_later(block: Month, style: Style, width: float) -> list[Piece]:
    """The legend under the name of its month, to be drawn after the last month: alone it would waste a page."""
    heading = heading_pieces(Heading(text=block.title, level=2), style, width)
    return [replace(piece, later=True) for piece in (*heading, legend_piece(block.legend, style, width))]


def _shares(heights: list[float], room: float) -> list[tuple[int, int]]:
    """The weeks in as few pages as possible, about as many on each: (first, after last) per page."""
    for pages in range(1, len(heights) + 1):
        size = -(-len(heights) // pages)
        shares = [(start, min(start + size, len(heights))) for start in range(0, len(heights), size)]
        if all(sum(heights[first:last]) <= room for first, last in shares):
            return shares
    return [(index, index + 1) for index in range(len(heights))]


def _page(block: Month, title: str, rows: _Rows, geometry: _Geometry, room: float, *, bookmark: str) -> Piece:
    spare = max(0.0, room - sum(row[2] for row in rows)) / len(rows)

    def draw(pen: Pen, x: float, top: float) -> None:
        style = geometry.style
        if bookmark:
            with pen.tags.heading(1):
                draw_lines(pen, wrap(strong(title), style.heading, geometry.width), x, top, style.heading, style)
        else:
            draw_lines(pen, wrap(strong(title), style.heading, geometry.width), x, top, style.heading, style)
        if bookmark and block.note:
            with pen.tags.inside("P"):
                _title_note(pen, block, geometry, x, top)
        _weekdays(pen, block, geometry, x, top + style.leading(style.heading) + 2, first=bool(bookmark))
        row_top = top + geometry.head
        _frame(pen, geometry, x, row_top, [height + spare for _, _, height in rows])
        for week, cells, height in rows:
            with pen.tags.inside("Table", key=block), pen.tags.inside("TR"):
                _week(pen, week, cells, geometry, x, row_top, height + spare)
            row_top += height + spare

    return Piece(height=geometry.head + room, draw=draw, new_page=True, bookmark=bookmark)


def _title_note(pen: Pen, block: Month, geometry: _Geometry, x: float, top: float) -> None:
    """The note at the right of the title, on its baseline; smaller when the title leaves too little room for it."""
    style = geometry.style
    room = geometry.width - text_width(strong(block.title), style.heading) - _GUTTER
    size = style.body if text_width(strong(block.note), style.body) <= room else style.small
    (line,) = wrap(strong(block.note), size, geometry.width)
    pen.line(line, x + geometry.width - line.width, top + style.ascent(style.heading), size)


def _weekdays(pen: Pen, block: Month, geometry: _Geometry, x: float, top: float, *, first: bool) -> None:
    """The headings of the columns; on a later page of the same month they are furniture."""
    style = geometry.style
    baseline = top + style.ascent(style.body)
    label = wrap(phrase(block.week_label), style.small, _GUTTER * 2)[0]
    names = [wrap(strong(name), style.body, geometry.column * 2)[0] for name in block.weekdays]

    def write(line: Line, left: float, size: float, ink: Colour) -> None:
        if first:
            with pen.tags.inside("TH", scope="Column"):
                pen.line(line, left, baseline, size, ink)
        else:
            pen.line(line, left, baseline, size, ink)

    with pen.tags.inside("Table", key=block) if first else nullcontext(), pen.tags.inside("TR") if first else nullcontext():
        write(label, x, style.small, GREY)
        for index, line in enumerate(names):
            write(line, x + geometry.left(index) + (geometry.column - line.width) / 2, style.body, BLACK)


def _week(
    pen: Pen, week: Week, cells: tuple[_Cell | None, ...], geometry: _Geometry, x: float, top: float, height: float
) -> None:
    (label,) = wrap(phrase(week.label), geometry.style.small, _GUTTER * 2)
    with pen.tags.inside("TH", scope="Row"):
        pen.line(label, x + (_GUTTER - 4 - label.width) / 2, top + _PAD + _DAY_SIZE * 0.9, geometry.style.small, GREY)
    for index, cell in enumerate(cells):
        if cell is None:
            with pen.tags.inside("TD"):
                continue
        left = x + geometry.left(index)
        if cell.day.closed or index > 4:
            pen.fill(left + 0.5, top + 0.5, geometry.column - 1, height - 1, SHADE if cell.day.closed else PALE)
        with pen.tags.inside("TD"):
            _day(pen, cell, geometry, left + _PAD, top + _PAD)


def _day(pen: Pen, cell: _Cell, geometry: _Geometry, left: float, top: float) -> None:
    style = geometry.style
    baseline = top + _DAY_SIZE * 0.86
    pen.line(cell.number, left, baseline, _DAY_SIZE)
    for line in cell.note:
        pen.line(line, left + cell.number.width + 5, baseline, _NOTE_SIZE)
        baseline += style.leading(_NOTE_SIZE)
    baseline = top + cell.top(geometry) + style.body * 0.93
    for mark, lines in cell.marks:
        pen.shape(mark.shape, left, baseline - MARK + 1.4, MARK, said=mark.shape not in _SHOWN_ALONE)
        for line in lines:
            pen.line(line, left + MARK_ROOM, baseline, style.body)
            baseline += geometry.leading


def _frame(pen: Pen, geometry: _Geometry, x: float, top: float, heights: list[float]) -> None:
    left, right = x + _GUTTER, x + geometry.width
    lines = [(left, top, right, top)]
    bottom = top
    for height in heights:
        bottom += height
        lines.append((left, bottom, right, bottom))
    lines += [(x + geometry.left(column), top, x + geometry.left(column), bottom) for column in range(8)]
    pen.rules(lines, thickness=0.7, colour=RULE)


def _cell(day: Day, geometry: _Geometry) -> _Cell:
    width = geometry.column - 2 * _PAD
    (number,) = wrap(strong(str(day.date.day)), _DAY_SIZE, width)
    note = wrap(phrase(day.note), _NOTE_SIZE, width - number.width - 5) if day.note else ()
    room = width - MARK_ROOM
    marks = tuple((mark, wrap(_mark_words(mark, geometry, room), geometry.style.body, room)) for mark in day.marks)
    return _Cell(day, number, note, marks)


def _mark_words(mark: Mark, geometry: _Geometry, width: float) -> Phrase:
    """Lead and name, then the detail, which is kept whole ("3 van 10") when a line can hold it."""
    together = text_width((*strong(led(mark.lead, "")), *phrase(mark.name)), geometry.style.body) <= width
    said = mark.lead if together else mark.lead_alone or mark.lead
    lead = (Words(led(said, ""), strong=True),) if said else ()
    whole = text_width(phrase(mark.detail), geometry.style.body) <= width
    detail = mark.detail.replace(" ", NO_BREAK_SPACE) if whole else mark.detail
    return (*lead, Words(f"{mark.name} {detail}" if detail else mark.name))
