"""A sentence with named places for values: "om de {days:number} dagen, vanaf {day:longdate}"."""

from __future__ import annotations

from string import Formatter

from mbc_desktop.core.record import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value goes: its name, and the format its value is written in ("" = as it is)."""

    name: str
    form: str


Template = tuple[str | Place, ...]


def read_template(text: str) -> Template:
    """Cuts a sentence into words and places; "{{" and "}}" are braces. Raises ValueError for a place without a plain name."""
    pieces: list[str | Place] = []
    for words, name, form, conversion in Formatter().parse(text):
        if words:
            pieces.append(words)
        if name is not None:
            if not name.isidentifier() or conversion is not None:
                raise ValueError(f"a place needs a plain name, not {{{name}}}")
            pieces.append(Place(name, form or ""))
    return tuple(pieces)


def places_of(template: Template) -> frozenset[Place]:
    """The places of a sentence, in any order."""
    return frozenset(piece for piece in template if isinstance(piece, Place))
