"""A month as a grid that fills its page: seven days from Monday, what happens on each by mark and word, the legend below.
When a month is too full for one page, its weeks are divided over as many pages as they need; the type stays as large as it is."""

from __future__ import annotations

from dataclasses import dataclass

from mbc_desktop.documents.blocks import Day, LegendEntry, Mark, Month, Phrase, Week, Words, phrase, strong
from mbc_desktop.documents.draw_text import draw_lines
from mbc_desktop.documents.flow import Piece
from mbc_desktop.documents.pen import BLACK, GREY, PALE, RULE, SHADE, Pen
from mbc_desktop.documents.style import Style
from mbc_desktop.documents.wrap import Line, wrap

_GUTTER = 22.0
_PAD = 3.0
_MARK = 10.5
_MARK_ROOM = 13.5
_DAY_SIZE = 15.0
_DAY_ROOM = 18.0
_NOTE_SIZE = 9.5
_LEGEND_COLUMNS = 3


@dataclass(frozen=True, slots=True, eq=False)
class _Geometry:
    style: Style
    width: float

    @property
    def column(self) -> float:
        return (self.width - _GUTTER) / 7

    def left(self, weekday: int) -> float:
        return _GUTTER + weekday * self.column


@dataclass(frozen=True, slots=True, eq=False)
class _Cell:
    """A day with its text broken into lines."""

    day: Day
    note: tuple[Line, ...]
    marks: tuple[tuple[Mark, tuple[Line, ...]], ...]

    def height(self, style: Style) -> float:
        text = sum(len(lines) for _, lines in self.marks) * style.leading(style.body)
        return self.top(style) + text + 2 * _PAD

    def top(self, style: Style) -> float:
        """Where the marks begin: under the number and, when the note needs more than the room beside it, under the note."""
        return max(_DAY_ROOM, len(self.note) * style.leading(_NOTE_SIZE) + 2)


def month_pieces(block: Month, style: Style, width: float, height: float) -> list[Piece]:
    """One piece per page; `height` is that of the page's body."""
    geometry = _Geometry(style, width)
    legend = _legend(block.legend, style, width)
    head_height = style.leading(style.heading) + 8 + style.leading(style.body) + 4
    rows = [tuple(_cell(day, geometry) if day else None for day in week.days) for week in block.weeks]
    heights = [max(cell.height(style) for cell in row if cell) for row in rows]
    shares = _shares(heights, height - head_height - legend.height - legend.gap)
    pieces = []
    for number, (first, last) in enumerate(shares, start=1):
        title = block.title if number == 1 else block.continued
        weeks = tuple(zip(block.weeks[first:last], rows[first:last], heights[first:last], strict=True))
        room = height - head_height - legend.height - legend.gap
        pieces.append(
            _page(block, title, weeks, geometry, head_height, room, legend, bookmark=block.title if number == 1 else "")
        )
    return pieces


def _shares(heights: list[float], room: float) -> list[tuple[int, int]]:
    """The weeks in as few pages as possible, about as many on each: (first, after last) per page."""
    for pages in range(1, len(heights) + 1):
        size = -(-len(heights) // pages)
        shares = [(start, min(start + size, len(heights))) for start in range(0, len(heights), size)]
        if all(sum(heights[first:last]) <= room for first, last in shares):
            return shares
    return [(index, index + 1) for index in range(len(heights))]


_Weeks = tuple[tuple[Week, tuple[_Cell | None, ...], float], ...]


def _page(
    block: Month, title: str, weeks: _Weeks, geometry: _Geometry, head_height: float, room: float, legend: Piece, *, bookmark: str
) -> Piece:
    spare = max(0.0, room - sum(height for _, _, height in weeks)) / len(weeks)

    def draw(pen: Pen, x: float, top: float) -> None:
        style = geometry.style
        draw_lines(pen, wrap(strong(title), style.heading, geometry.width), x, top, style.heading, style)
        _weekdays(pen, block, geometry, x, top + style.leading(style.heading) + 8)
        row_top = top + head_height
        for week, cells, height in weeks:
            _week(pen, week, cells, geometry, x, row_top, height + spare)
            row_top += height + spare
        _frame(pen, geometry, x, top + head_height, [height + spare for _, _, height in weeks])
        legend.draw(pen, x, row_top + legend.gap)

    height = head_height + room + legend.gap + legend.height
    return Piece(height=height, draw=draw, new_page=True, bookmark=bookmark)


def _weekdays(pen: Pen, block: Month, geometry: _Geometry, x: float, top: float) -> None:
    style = geometry.style
    week = wrap(phrase(block.week_label), style.small, _GUTTER)
    pen.line(week[0], x, top + style.ascent(style.body), style.small, GREY)
    for index, name in enumerate(block.weekdays):
        (line,) = wrap(strong(name), style.body, geometry.column * 2)
        left = x + geometry.left(index) + (geometry.column - line.width) / 2
        pen.line(line, left, top + style.ascent(style.body), style.body)


def _week(
    pen: Pen, week: Week, cells: tuple[_Cell | None, ...], geometry: _Geometry, x: float, top: float, height: float
) -> None:
    style = geometry.style
    (label,) = wrap(phrase(week.label), style.small, _GUTTER * 2)
    pen.line(label, x + (_GUTTER - 4 - label.width) / 2, top + _PAD + style.ascent(_DAY_SIZE), style.small, GREY)
    for index, cell in enumerate(cells):
        left = x + geometry.left(index)
        if cell is None:
            continue
        if cell.day.closed or index > 4:
            pen.fill(left, top, geometry.column, height, SHADE if cell.day.closed else PALE)
        _day(pen, cell, geometry, left, top)


def _day(pen: Pen, cell: _Cell, geometry: _Geometry, left: float, top: float) -> None:
    style = geometry.style
    (number,) = wrap(strong(str(cell.day.date.day)), _DAY_SIZE, geometry.column)
    pen.line(number, left + _PAD, top + _PAD + style.ascent(_DAY_SIZE) - 1, _DAY_SIZE)
    note_left = left + _PAD + number.width + 5
    baseline = top + _PAD + style.ascent(_DAY_SIZE) - 1
    for line in cell.note:
        pen.line(line, note_left, baseline, _NOTE_SIZE, BLACK)
        baseline += style.leading(_NOTE_SIZE)
    baseline = top + _PAD + cell.top(style) + style.ascent(style.body)
    for mark, lines in cell.marks:
        pen.shape(mark.shape, left + _PAD, baseline - _MARK + 1.6, _MARK)
        for line in lines:
            pen.line(line, left + _PAD + _MARK_ROOM, baseline, style.body)
            baseline += style.leading(style.body)


def _frame(pen: Pen, geometry: _Geometry, x: float, top: float, heights: list[float]) -> None:
    left, right = x + _GUTTER, x + geometry.width
    bottom = top + sum(heights)
    lines = [(left, top, right, top)]
    row_top = top
    for height in heights:
        row_top += height
        lines.append((left, row_top, right, row_top))
    lines += [(x + geometry.left(column), top, x + geometry.left(column), bottom) for column in range(8)]
    pen.rules(lines, thickness=0.7, colour=RULE)


def _cell(day: Day, geometry: _Geometry) -> _Cell:
    style = geometry.style
    width = geometry.column - 2 * _PAD
    number_width = wrap(strong(str(day.date.day)), _DAY_SIZE, width)[0].width
    note = wrap(phrase(day.note), _NOTE_SIZE, width - number_width - 5) if day.note else ()
    marks = tuple((mark, wrap(_mark_words(mark), style.body, width - _MARK_ROOM)) for mark in day.marks)
    return _Cell(day, note, marks)


def _mark_words(mark: Mark) -> Phrase:
    return (Words(f"{mark.name} ", strong=True), Words(mark.detail)) if mark.detail else strong(mark.name)


def _legend(entries: tuple[LegendEntry, ...], style: Style, width: float) -> Piece:
    """The legend in columns, each entry whole."""
    if not entries:
        return Piece(height=0, draw=lambda pen, x, top: None)
    column = width / _LEGEND_COLUMNS
    texts = [wrap(_entry_words(entry), style.body, column - _MARK_ROOM - 3 - 10) for entry in entries]
    rows = [range(start, min(start + _LEGEND_COLUMNS, len(entries))) for start in range(0, len(entries), _LEGEND_COLUMNS)]
    heights = [max(len(texts[index]) for index in row) * style.leading(style.body) + 1 for row in rows]

    def draw(pen: Pen, x: float, top: float) -> None:
        for row, height in zip(rows, heights, strict=True):
            for index in row:
                left = x + (index - row.start) * column
                pen.shape(entries[index].shape, left, top + 2, _MARK)
                draw_lines(pen, texts[index], left + _MARK_ROOM + 3, top, style.body, style)
            top += height

    return Piece(height=sum(heights), draw=draw, gap=7)


def _entry_words(entry: LegendEntry) -> Phrase:
    return (Words(f"{entry.name}: " if entry.text else entry.name, strong=True), Words(entry.text))
