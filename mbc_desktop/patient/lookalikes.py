"""Patients who could be mistaken for one another: the same or nearly the same name, in any accents, capitals or order."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date

from mbc_desktop.core.record import dataclass

# Letters that Unicode does not take apart but that are typed as plain ones (case folding itself makes ss of ß).
_PLAIN = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th"})
# Cyrillic and Greek small letters that look like Latin ones.
_LOOKS_LATIN = str.maketrans("авекмнорстухіјѕαβεζηικμνορτυχ", "abekmhopctyxijsabezhikmvoptux")


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who a patient is, as far as two patients can be confused."""

    family_name: str
    given_name: str
    birth_date: date


def lookalikes(patient: Identity, others: Iterable[Identity]) -> tuple[Identity, ...]:
    """The others that `patient` could be mistaken for (code LOOKALIKE_PATIENT, a question): the same name, whatever the birth
    date, or a name that differs by one letter or by two exchanged letters together with the same birth date. The order of family
    and given name does not count."""
    return tuple(other for other in others if _alike(patient, other))


def _alike(patient: Identity, other: Identity) -> bool:
    family, given = folded(patient.family_name), folded(patient.given_name)
    theirs = folded(other.family_name), folded(other.given_name)
    if (family, given) in (theirs, theirs[::-1]):
        return True
    return patient.birth_date == other.birth_date and any(
        (family == one and one_slip(given, two)) or (given == two and one_slip(family, one))
        for one, two in (theirs, theirs[::-1])
    )


def folded(name: str) -> str:
    """The name as it is compared and searched: without accents, capitals, blanks, hyphens and apostrophes, with look-alike
    letters of other scripts as Latin."""
    bare = unicodedata.normalize("NFKD", name.casefold().translate(_PLAIN))
    return "".join(c for c in bare if c.isalpha()).translate(_LOOKS_LATIN)


def one_slip(one: str, other: str) -> bool:
    """Whether two texts differ by one letter changed, missing or added, or by two neighbours exchanged."""
    short, long = sorted((one, other), key=len)
    start = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[start:] == long[start + 1 :]
    changed = short[start + 1 :] == long[start + 1 :]
    exchanged = short[start : start + 2] == long[start : start + 2][::-1] and short[start + 2 :] == long[start + 2 :]
    return changed or exchanged
