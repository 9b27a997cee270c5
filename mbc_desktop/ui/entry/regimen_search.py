"""Finding a regimen as people type it: guideline words, brands, four languages, without accents, with a slip of the pen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from mbc_desktop.core.decimals import CONTEXT, decimal_text
from mbc_desktop.core.record import dataclass
from mbc_desktop.regimen.alternatives import choices_of
from mbc_desktop.regimen.drug import Drug
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.radiotherapy import RadiotherapyScheme
from mbc_desktop.regimen.regimen import Regimen, drugs_of

_WORD = re.compile(r"[a-z0-9]+")
_FAR = 99
_ENOUGH = 3
_SLIPS, _INSIDE, _BEGINNING, _WHOLE = 1, 2, 3, 4
# Letters that keep their stroke when accents are taken off.
_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "×": "x"})

_RADIOTHERAPY = ("radiotherapie", "bestraling", "radiotherapy", "Strahlentherapie", "radiothérapie")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosable:
    """A regimen or radiotherapy scheme that can be added, with the folded words it is found by, the whole names of its drugs,
    each as its words, and the words that mean it by themselves: "week" finds a regimen, but names none."""

    kind: Literal["drug", "radiotherapy"]
    id: str
    size: int
    words: tuple[str, ...]
    names: tuple[tuple[str, ...], ...] = ()
    naming: tuple[str, ...] = ()


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
            size=sum(max(map(len, sets)) for sets in choices_of(regimen)),
            words=_words(_names(regimen, library)),
            names=tuple(dict.fromkeys(_words((name,)) for name in _names(regimen, library))),
            naming=_first_words(name for drug in drugs_of(regimen) for name in _drug_names(library.drugs[drug])),
        )
        for regimen in library.regimens.values()
    )
    courses = tuple(
        Choosable(
            kind="radiotherapy",
            id=scheme.id,
            size=1,
            naming=tuple(word for word in _words((scheme.id, *scheme.search)) if len(word) >= _ENOUGH),
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
    typed = typed_words(text)
    return tuple(one for _, one in ranked(choosables, typed, tuple(scores(choosables, word) for word in typed))[:most])


def typed_words(text: str) -> tuple[str, ...]:
    """The words of what was typed, folded."""
    return tuple(_WORD.findall(fold(text)))


def scores(choosables: tuple[Choosable, ...], word: str) -> tuple[int, ...]:
    """How well a word fits each of them; 0 = not at all."""
    return tuple(_score(word, one.words) for one in choosables)


def names_it(word: str, choosable: Choosable) -> bool:
    """Whether a word means this one by itself: a name of a drug, a brand, a scheme, or enough of its beginning."""
    return word in choosable.naming or (len(word) >= _ENOUGH and _score(word, choosable.naming) in (_SLIPS, _BEGINNING))


def ranked(
    choosables: tuple[Choosable, ...], typed: tuple[str, ...], fitting: tuple[tuple[int, ...], ...]
) -> tuple[tuple[int, Choosable], ...]:
    """Those that every word fits, with their score, best first; `fitting` holds the scores of each word."""
    if not typed:
        return ()
    scored = [(sum(row), one) for one, *row in zip(choosables, *fitting, strict=True) if all(row)]
    return tuple(sorted(scored, key=lambda entry: (-entry[0], *_rank(typed, entry[1]))))


def _rank(typed: tuple[str, ...], one: Choosable) -> tuple[int, int, int, str]:
    """Of those that fit alike: first what has most of the typed words in whole names of its own (three drugs are those three, and
    not one product of two of them), then the fewest drugs, then the nearest name."""
    whole = {word for name in one.names if set(name) <= set(typed) for word in name}
    return -len(whole), one.size, _longer(typed, one), one.id


def _longer(typed: tuple[str, ...], one: Choosable) -> int:
    """By how many words the nearest of its names is longer than what was typed: whoever types "trastuzumab" or "Herceptin" means
    that drug, and not one whose name only begins so."""
    begun = [len(name) - len(typed) for name in one.names if len(name) >= len(typed) and _begins(typed, name)]
    return min(begun, default=_FAR)


def _begins(typed: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether a name begins with what was typed, the last word perhaps unfinished, each perhaps with a slip."""
    *whole, last = zip(typed, name, strict=False)
    return all(_score(word, (other,)) in (_SLIPS, _WHOLE) for word, other in whole) and _score(last[0], (last[1],)) not in (
        0,
        _INSIDE,
    )


def _names(regimen: Regimen, library: Library) -> tuple[str, ...]:
    names = [regimen.id, *regimen.search]
    for drug in (library.drugs[name] for name in drugs_of(regimen)):
        names += [*_drug_names(drug), *drug.search]
    return tuple(names)


def _drug_names(drug: Drug) -> tuple[str, ...]:
    return drug.id, drug.inn.nl, drug.inn.fr, drug.inn.de, drug.inn.en, *drug.brands


def _first_words(names: Iterable[str]) -> tuple[str, ...]:
    """What a drug is called; what follows in its name says how it is given."""
    return tuple(dict.fromkeys(_words((name,))[0] for name in names))


def _words(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for name in names for word in _WORD.findall(fold(name))))


def _score(typed: str, words: tuple[str, ...]) -> int:
    """0 = no word fits; else the best of: the whole word, its beginning, inside it, its beginning but for a slip or two."""
    if typed in words:
        return _WHOLE
    if any(word.startswith(typed) for word in words):
        return _BEGINNING
    if len(typed) >= _ENOUGH and any(typed in word for word in words):
        return _INSIDE
    slips = 0 if len(typed) < 4 else 1 if len(typed) < 8 else 2
    return _SLIPS if slips > 0 and any(_within(typed, word, slips) for word in words) else 0


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
