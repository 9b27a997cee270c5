"""Several regimens out of one search: "kisqali faslodex xgeva" is no regimen of the library, but two that begin together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice, product

from mbc_desktop.ui.entry.regimen_search import Choosable, names_it, ranked, scores, typed_words

MOST_WORDS, MOST_TOGETHER, MOST_SHOWN = 8, 3, 6
_APART = re.compile(r"[,;+&]")

Together = tuple[Choosable, ...]
_Groups = tuple[tuple[int, ...], ...]
_Found = tuple[tuple[int, Choosable], ...]


def is_list(text: str) -> bool:
    """Whether somebody has put a comma, a plus or a semicolon between names."""
    return any(typed_words(part) for part in _APART.split(text)[1:])


def search_together(choosables: tuple[Choosable, ...], text: str) -> tuple[Together, ...]:
    """Sets of two or three regimens of which every typed word belongs to one, as few as possible, best first; () where the words
    cannot be shared out. What belongs together need not stand together: "kisqali xgeva faslodex" finds the same."""
    words = typed_words(text)
    if not 2 <= len(words) <= MOST_WORDS:
        return ()
    fitting = tuple(scores(choosables, word) for word in words)

    @cache
    def found_by(group: tuple[int, ...]) -> _Found:
        own = tuple(words[place] for place in group)
        found = ranked(choosables, own, tuple(fitting[place] for place in group))
        # "paclitaxel week xgeva" names two drugs: no word of their rhythm may become a third.
        named = tuple((score, one) for score, one in found if any(names_it(word, one) for word in own))
        return tuple((score, one) for score, one in named if score == named[0][0])

    for number in range(2, min(MOST_TOGETHER, len(words)) + 1):
        splits = [groups for groups in _shared_out(len(words), number) if all(map(found_by, groups))]
        if splits:
            best = min(splits, key=lambda groups: _rank(groups, tuple(map(found_by, groups))))
            sets = product(*(tuple(one for _, one in found_by(group)) for group in best))
            # Nobody begins the same regimen twice on one day.
            return tuple(islice((one for one in sets if len(set(one)) == number), MOST_SHOWN))
    return ()


def _rank(groups: _Groups, found: tuple[_Found, ...]) -> tuple[int, int, int]:
    """The less the better: the words fit well, those of one regimen stand together, few drugs that nobody named."""
    best = [hits[0] for hits in found]
    apart = sum(group[-1] - group[0] + 1 - len(group) for group in groups)
    return -sum(score for score, _ in best), apart, sum(one.size for _, one in best)


def _shared_out(words: int, groups: int) -> Iterator[_Groups]:
    """Every way to share out so many words over so many groups, each in the order in which it was begun."""

    def share(place: int, so_far: _Groups) -> Iterator[_Groups]:
        if place == words:
            if len(so_far) == groups:
                yield so_far
            return
        for number, group in enumerate(so_far):
            yield from share(place + 1, (*so_far[:number], (*group, place), *so_far[number + 1 :]))
        if len(so_far) < groups:
            yield from share(place + 1, (*so_far, (place,)))

    return share(0, ())
