"""Finding a regimen as people type it: guideline words, brands, four languages, without accents, with a slip of the pen."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import Literal

from mbc_desktop.core.decimals import CONTEXT, decimal_text
from mbc_desktop.core.record import dataclass
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.radiotherapy import RadiotherapyScheme
from mbc_desktop.regimen.regimen import Regimen, drugs_of

_WORD = re.compile(r"[a-z0-9]+")
_FAR = 99
# Letters that keep their stroke when accents are taken off.
_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "×": "x"})

_RADIOTHERAPY = ("radiotherapie", "bestraling", "radiotherapy", "Strahlentherapie", "radiothérapie")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosable:
    """A regimen or radiotherapy scheme that can be added, with the folded words it is found by, and the whole names of its drugs,
    each as its words."""

    kind: Literal["drug", "radiotherapy"]
    id: str
    size: int
    words: tuple[str, ...]
    names: tuple[tuple[str, ...], ...] = ()


def fold(text: str) -> str:
    """Lower case without accents."""
    if text.isascii():
        # Nearly every word: nothing to take off.
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_STROKES))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def choosables_of(library: Library) -> tuple[Choosable, ...]:
    """All that can be added to a plan."""
    drugs = tuple(
        Choosable(
            kind="drug",
            id=regimen.id,
            size=len(drugs_of(regimen)),
            words=_words(_names(regimen, library)),
            names=tuple(dict.fromkeys(_words((name,)) for name in _names(regimen, library))),
        )
        for regimen in library.regimens.values()
    )
    courses = tuple(
        Choosable(
            kind="radiotherapy",
            id=scheme.id,
            size=1,
            words=_words(
                (
                    scheme.id,
                    *scheme.search,
                    *(rule.region for rule in scheme.regions),
                    *_total(scheme),
                    *_RADIOTHERAPY,
                )
            ),
        )
        for scheme in library.radiotherapy.values()
    )
    return drugs + courses


def _total(scheme: RadiotherapyScheme) -> tuple[str, ...]:
    """The dose of the whole course: "20 Gy" is what planners call five times four."""
    if scheme.fractions is None or scheme.dose_gy is None:
        return ()
    return (f"{decimal_text(CONTEXT.multiply(scheme.dose_gy, scheme.fractions))} Gy",)


def with_title(choosable: Choosable, title: str) -> Choosable:
    """The same, found by the words of its title as well: "every week" is read in the list and typed again."""
    return replace(choosable, words=_words((*choosable.words, title)))


def search(choosables: tuple[Choosable, ...], text: str, *, most: int = 12) -> tuple[Choosable, ...]:
    """What matches every typed word, best first; nothing for an empty text."""
    typed = _WORD.findall(fold(text))
    if not typed:
        return ()
    scored = ((sum(scores), one) for one in choosables if all(scores := [_score(word, one.words) for word in typed]))
    ranked = sorted(scored, key=lambda entry: (-entry[0], entry[1].size, _longer(typed, entry[1]), entry[1].id))
    return tuple(one for _, one in ranked[:most])


def _longer(typed: list[str], one: Choosable) -> int:
    """By how many words the nearest of its names is longer than what was typed: whoever types "trastuzumab" or "Herceptin" means
    that drug, and not one whose name only begins so."""
    begun = [len(name) - len(typed) for name in one.names if len(name) >= len(typed) and _begins(typed, name)]
    return min(begun, default=_FAR)


def _begins(typed: list[str], name: tuple[str, ...]) -> bool:
    return name[: len(typed) - 1] == tuple(typed[:-1]) and name[len(typed) - 1].startswith(typed[-1])


def _names(regimen: Regimen, library: Library) -> tuple[str, ...]:
    names = [regimen.id, *regimen.search]
    for drug in (library.drugs[name] for name in drugs_of(regimen)):
        names += [drug.id, drug.inn.nl, drug.inn.fr, drug.inn.de, drug.inn.en, *drug.brands, *drug.search]
    return tuple(names)


def _words(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for name in names for word in _WORD.findall(fold(name))))


def _score(typed: str, words: tuple[str, ...]) -> int:
    """0 = no word fits; 4 the whole word, 3 its beginning, 2 inside it, 1 its beginning but for a slip or two."""
    if typed in words:
        return 4
    if any(word.startswith(typed) for word in words):
        return 3
    if len(typed) >= 3 and any(typed in word for word in words):
        return 2
    slips = 0 if len(typed) < 4 else 1 if len(typed) < 8 else 2
    return int(slips > 0 and any(_within(typed, word, slips) for word in words))


def _within(typed: str, word: str, slips: int) -> bool:
    """Whether `typed` becomes a beginning of `word` by at most `slips` letters changed, added, dropped or swapped. The first
    letter has to be right: people rarely miss it, and look-alike drugs differ there."""
    if typed[0] != word[0] or len(word) < len(typed) - slips:
        return False
    return min(_distances(typed, word[: len(typed) + slips])) <= slips


def _distances(typed: str, word: str) -> list[int]:
    """The edit distance (with swaps) of `typed` to every beginning of `word`."""
    before: list[int] = []
    row = list(range(len(word) + 1))
    for i, letter in enumerate(typed, start=1):
        older, before, row = before, row, [i]
        for j, other in enumerate(word, start=1):
            least = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == word[j - 2] and typed[i - 2] == other:
                least = min(least, older[j - 2] + 1)
            row.append(least)
    return row
