"""The legend: marks with their words, one after the other like running text; an entry wider than the page is broken."""

from __future__ import annotations

from mbc_desktop.core.record import dataclass
from mbc_desktop.documents.blocks import LegendEntry, Phrase, Words
from mbc_desktop.documents.drawing.flow import Piece
from mbc_desktop.documents.drawing.pen import Pen
from mbc_desktop.documents.drawing.style import Style
from mbc_desktop.documents.drawing.wrap import Line, wrap

MARK = 10.5
"""The side of a mark beside text of the patient's size."""
MARK_ROOM = 12.5
_BETWEEN = 16.0
_TIGHT = 1.12
"""The leading of the legend, as inside a day."""
SMALLER = 0.875
"""What the type of a legend may shrink to, so that it stays on the page of its month: 10.5 points for a patient."""


@dataclass(frozen=True, slots=True, eq=False)
class _PlacedEntry:
    entry: LegendEntry
    lines: tuple[Line, ...]
    x: float
    top: float


def legend_piece(entries: tuple[LegendEntry, ...], style: Style, width: float, *, scale: float = 1.0) -> Piece:
    """All entries, in type of `scale` times that of the text; the piece is empty without entries."""
    size = style.body * scale
    placed = _place(entries, size, width)
    leading = size * _TIGHT
    height = max((item.top + len(item.lines) * leading for item in placed), default=0.0)

    def draw(pen: Pen, x: float, top: float) -> None:
        for item in placed:
            baseline = top + item.top + style.ascent(size)
            with pen.tags.inside("L", key=entries), pen.tags.inside("LI"), pen.tags.inside("LBody"):
                pen.shape(item.entry.shape, x + item.x, baseline - MARK + 1.4, MARK)
                for line in item.lines:
                    pen.line(line, x + item.x + MARK_ROOM + 2, baseline, size)
                    baseline += leading

    return Piece(height=height, draw=draw, gap=6.0 if entries else 0.0)


def _place(entries: tuple[LegendEntry, ...], size: float, width: float) -> list[_PlacedEntry]:
    placed: list[_PlacedEntry] = []
    x = top = 0.0
    lines_here = 1
    for entry in entries:
        lines = wrap(_words(entry), size, width - MARK_ROOM - 2)
        need = MARK_ROOM + 2 + max(line.width for line in lines)
        if x and x + need > width:
            top += lines_here * size * _TIGHT
            x, lines_here = 0.0, 1
        placed.append(_PlacedEntry(entry, lines, x, top))
        lines_here = max(lines_here, len(lines))
        x += need + _BETWEEN
    return placed


def _words(entry: LegendEntry) -> Phrase:
    if not entry.name:
        return (Words(entry.text),)
    return (Words(f"{entry.name}: " if entry.text else entry.name, strong=True), *((Words(entry.text),) if entry.text else ()))
