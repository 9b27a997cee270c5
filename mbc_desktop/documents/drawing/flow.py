"""Pieces of a sheet and the pages they fall on: a piece is never cut, a heading never stands alone at the foot of a page."""

from __future__ import annotations

from collections.abc import Callable

from mbc_desktop.core.record import dataclass
from mbc_desktop.documents.drawing.pen import Pen

Draw = Callable[[Pen, float, float], None]
"""Draws at (x, top)."""


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """Something of a known height. `gap` is the white above it, left out at the top of a page. `head` is drawn above it when it
    opens a page (the headings of a table). A piece that may come `later` waits until the months are over."""

    height: float
    draw: Draw
    gap: float = 0.0
    with_next: bool = False
    new_page: bool = False
    head: Piece | None = None
    bookmark: str = ""
    later: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A piece and how far its top lies below the top of the page's body."""

    piece: Piece
    top: float


Page = tuple[Placed, ...]

_HAIR = 0.01
"""What fits to the last point fits, whatever the last decimal of a sum says."""


def paginate(pieces: list[Piece], height: float) -> tuple[Page, ...]:
    """The pieces on pages with a body of `height` points. A higher piece has a page to itself; callers cut it before."""
    pages: list[Page] = []
    page: list[Placed] = []
    top = 0.0
    for chain in _chains(pieces, height):
        if page and (chain[0].new_page or top + _height(chain) > height + _HAIR):
            pages.append(tuple(page))
            page, top = [], 0.0
        for piece in chain:
            if page:
                top += piece.gap
            elif piece.head is not None:
                page.append(Placed(piece.head, 0.0))
                top = piece.head.height
            page.append(Placed(piece, top))
            top += piece.height
    if page:
        pages.append(tuple(page))
    return tuple(pages)


def _chains(pieces: list[Piece], height: float) -> list[list[Piece]]:
    """Pieces that have to stay together, as far as one page can hold them."""
    chains: list[list[Piece]] = []
    joined = False
    for piece in pieces:
        if joined and _height([*chains[-1], piece]) <= height + _HAIR:
            chains[-1].append(piece)
        else:
            chains.append([piece])
        joined = piece.with_next
    return chains


def _height(chain: list[Piece]) -> float:
    return sum(piece.gap + piece.height for piece in chain)
