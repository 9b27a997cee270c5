"""Finding everything in a record that carries a source and a grade."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Protocol, cast

from mbc_desktop.core.source import Grade


class Graded(Protocol):
    """What says where its numbers come from, and how far to trust them."""

    @property
    def source(self) -> str: ...

    @property
    def grade(self) -> Grade: ...


def graded_records(record: object, place: str = "") -> Iterator[tuple[str, Graded]]:
    """The record itself and everything inside it that has a grade, each with its place in the file ("" = the record itself)."""
    if isinstance(record, tuple):
        for number, item in enumerate(record):
            if not isinstance(item, str | int):
                yield from graded_records(item, f"{place}[{number}]")
    elif is_dataclass(record) and not isinstance(record, type):
        names = _names(type(record))
        if "grade" in names:
            yield place, cast(Graded, record)
        for name in names:
            value = getattr(record, name)
            # Most values are words and numbers, which hold nothing.
            if isinstance(value, tuple) or hasattr(value, "__dataclass_fields__"):
                yield from graded_records(value, f"{place}.{name}" if place else name)


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
