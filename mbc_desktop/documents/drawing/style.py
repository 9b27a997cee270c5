"""Sizes and distances in points, per reader: a patient reads on a kitchen wall, staff at a desk."""

from __future__ import annotations

from mbc_desktop.core.record import dataclass
from mbc_desktop.documents.blocks import Audience

A4_SHORT = 595.28
A4_LONG = 841.89


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """`body` is the size of everything the reader must read; `small` that of the notes on validity and of column headings; `code`
    the side of the square for a scanner."""

    body: float
    small: float
    heading: float
    subheading: float
    cell_space: float
    margin_side: float
    margin_top: float
    margin_bottom: float
    code: float

    def leading(self, size: float) -> float:
        """From one baseline to the next."""
        return size * 1.19

    def ascent(self, size: float) -> float:
        """From the top of a line to its baseline."""
        return size * 0.95


_LARGE = Style(
    body=18, small=12, heading=28, subheading=22, cell_space=6, margin_side=34, margin_top=28, margin_bottom=24, code=40
)
_STYLES: dict[Audience, Style] = {
    "patient": Style(
        body=12, small=9, heading=20, subheading=14, cell_space=3.5, margin_side=18, margin_top=16, margin_bottom=14, code=27
    ),
    "staff": Style(
        body=8.8, small=7.4, heading=13, subheading=10.5, cell_space=2.4, margin_side=40, margin_top=28, margin_bottom=24, code=34
    ),
}


def style_for(audience: Audience, *, large: bool = False) -> Style:
    """The style of a sheet for this reader; `large` for one who sees little."""
    return _LARGE if large else _STYLES[audience]
