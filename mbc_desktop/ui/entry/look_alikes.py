"""Medicines that are taken for one another: which word tells one from the others, and whether somebody has typed it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from mbc_desktop.regimen.drug import Drug
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.regimen import drugs_of
from mbc_desktop.ui.entry.course_draft import CourseDraft, with_choice
from mbc_desktop.ui.entry.regimen_search import fold

CHOICE = "look_alike_confirmed"
_ROUTE_WORDS = {
    "IV": ("iv", "infuus", "intraveneus", "perfusion", "intraveineux", "infusion", "intravenös", "intravenous"),
    "SC": ("sc", "onderhuids", "sous-cutané", "subkutan", "subcutaneous"),
    "PO": ("po", "tablet", "tabletten", "comprimé", "comprimés", "tablets", "oraal", "oral"),
}
"""What tells two products of one name apart; words that are read, not shown."""

_TELLS_NOTHING = frozenset(("niet", "non", "nicht", "en"))

Answer = Literal["right", "other", "unclear"]


def resembling(library: Library, regimen: str) -> tuple[str, ...]:
    """The drugs of a regimen that are taken for one that the regimen does not hold, in the regimen's order."""
    own = drugs_of(library.regimens[regimen])
    return tuple(drug for drug in own if any(other not in own for other in others_of(library, drug)))


def others_of(library: Library, drug: str) -> tuple[str, ...]:
    """What a drug is taken for."""
    return tuple(other for other in library.drugs[drug].look_alikes if other in library.drugs)


def answer_to(typed: str, drug: str, library: Library) -> tuple[Answer, str]:
    """What a typed word says: that this drug is meant, that another one is (with its id), or neither."""
    word = _plain(typed)
    if word and word in _telling(drug, library):
        return "right", drug
    for other in others_of(library, drug):
        if word and word in _telling(other, library):
            return "other", other
    return "unclear", ""


def confirmed_of(course: CourseDraft) -> tuple[str, ...]:
    """The drugs of which somebody typed the word in this course."""
    return tuple(dict(course.choices).get(CHOICE, "").split())


def with_confirmed(course: CourseDraft, drug: str) -> CourseDraft:
    """The course in which this drug is confirmed."""
    return with_choice(course, CHOICE, " ".join(dict.fromkeys((*confirmed_of(course), drug))))


def _telling(drug: str, library: Library) -> frozenset[str]:
    """The words that mean this drug and none that it is taken for: its whole names, and the parts that only it has."""
    others = [library.drugs[other] for other in others_of(library, drug)]
    names, parts = _words(library.drugs[drug])
    foreign_names = {name for other in others for name in _words(other)[0]}
    foreign_parts = {part for other in others for part in _words(other)[1]}
    telling = (names - foreign_names) | (parts - foreign_parts)
    if any(other.inn == library.drugs[drug].inn for other in others):
        # Two products of one name: how it is given tells them apart.
        telling |= _route_words(library.drugs[drug]) - {word for other in others for word in _route_words(other)}
    return frozenset(telling)


def _route_words(drug: Drug) -> set[str]:
    return {_plain(word) for route in drug.routes for word in _ROUTE_WORDS.get(route, ())}


def _words(drug: Drug) -> tuple[set[str], set[str]]:
    names = {_plain(name) for name in (*_inns(drug), *drug.brands, *drug.search)}
    return names, {part for name in names for part in name.split() if len(part) > 1} - _TELLS_NOTHING


def _inns(drug: Drug) -> Iterator[str]:
    yield from (drug.inn.nl, drug.inn.fr, drug.inn.de, drug.inn.en)


def _plain(text: str) -> str:
    return " ".join(re.split(r"[\s/-]+", fold(text))).strip()
