"""The squares of the code at the foot of a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from types import ModuleType

from mbc_desktop.core.stand_in import stand_in


def squares(code: str) -> Sequence[Sequence[int]]:
    """The rows of the QR code of a text: 1 for a dark square, 0 for a light one."""
    # Every mask can be read; weighing the eight against each other takes longer than drawing the page.
    rows: Sequence[Sequence[int]] = _encoder().encode(code, error="m", micro=False, boost_error=False, mask=2).matrix
    return rows


@cache
def _encoder() -> ModuleType:
    """segno's encoder without the rest of segno, which brings along what writes pictures, and with that a web client, its
    encryption and a reader of mail: two megabytes, and a third of the time of the first sheet."""
    with stand_in("segno"):
        return import_module("segno.encoder")
