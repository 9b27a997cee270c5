"""The same answer twice: as lines for people and as data for programs."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from mbc_desktop.core.decimals import decimal_text
from mbc_desktop.core.interval import Interval


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a verb says, and its exit code."""

    lines: list[str]
    data: object
    code: int = 0


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Columns as wide as their widest word; no blanks at the end."""
    if not rows:
        return ["none"]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def plain(value: Any) -> Any:
    """A record as data of JSON, without what was left out of its file."""
    match value:
        case Interval():
            return value.text()
        case Decimal():
            return decimal_text(value)
        case date():
            return value.isoformat()
        case tuple():
            return [plain(item) for item in value]
        case _ if dataclasses.is_dataclass(value):
            pairs = ((field.name, getattr(value, field.name)) for field in dataclasses.fields(value))
            return {name: plain(item) for name, item in pairs if item is not None and item not in ("", ())}
        case _:
            return value


def indented(value: object) -> Iterator[str]:
    """Data as lines: a word before each value, deeper things further in."""
    if isinstance(value, Mapping):
        for name, item in value.items():
            if isinstance(item, Mapping) or (isinstance(item, list) and any(isinstance(inner, dict) for inner in item)):
                yield f"{name}:"
                yield from (f"  {line}" for line in indented(item))
            elif isinstance(item, list):
                yield f"{name}: {', '.join('end' if inner is None else str(inner) for inner in item)}"
            else:
                yield f"{name}: {item}"
    elif isinstance(value, list):
        for item in value:
            lines = list(indented(item))
            yield from (f"{'-' if number == 0 else ' '} {line}" for number, line in enumerate(lines))
