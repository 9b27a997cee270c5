"""Which languages are offered, and what a language still lacks against Dutch, the first one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from mbc_desktop.texts.catalogue import Catalogue, text_folder
from mbc_desktop.texts.compiled import Entry
from mbc_desktop.texts.template import places_of, read_template

if TYPE_CHECKING:
    from mbc_desktop.planning.request import Language

FIRST_LANGUAGE: Language = "nl"


def complete_languages(folder: Path | None = None) -> tuple[Language, ...]:
    """The languages that a menu may offer: those whose language.toml says they are complete (a test holds it to its word)."""
    return tuple(language for language in _languages(folder or text_folder()) if _word(folder, language, "complete") == "yes")


def offered_language(language: Language, folder: Path | None = None) -> Language:
    """The language itself when it is complete, else Dutch: a sheet is never made in a language that is still being prepared."""
    return language if language in complete_languages(folder) else FIRST_LANGUAGE


def language_name(language: Language, folder: Path | None = None) -> str:
    """The language's name for itself: "Nederlands", "français"."""
    return _word(folder, language, "name")


def differences(language: Language, folder: Path | None = None) -> tuple[str, ...]:
    """What the language lacks or has too much against Dutch: keys, and places of a sentence. Empty = complete."""
    place = folder or text_folder()
    first = Catalogue(place / FIRST_LANGUAGE, FIRST_LANGUAGE).all()
    other = Catalogue(place / language, language).all()
    missing = tuple(f"missing: {key}" for key in first if key not in other)
    extra = tuple(f"extra: {key}" for key in other if key not in first)
    return missing + extra + tuple(f"other places: {key}" for key in first if key in other and _differ(first[key], other[key]))


def _languages(folder: Path) -> tuple[Language, ...]:
    # The records of a request cost more than the first paint of the window can wait for.
    from mbc_desktop.planning.request import Language

    return tuple(language for language in get_args(Language) if (folder / language / "language.toml").is_file())


def _word(folder: Path | None, language: Language, key: str) -> str:
    # Only the one small file, and without a parser: the menu asks for it while the window starts.
    text = ((folder or text_folder()) / language / "language.toml").read_text(encoding="utf-8")
    found = re.search(rf'^{key} = "([^"\\]*)"$', text, re.MULTILINE)
    return found[1] if found else ""


def _differ(first: Entry, other: Entry) -> bool:
    if isinstance(first, tuple) or isinstance(other, tuple):
        return not (isinstance(first, tuple) and isinstance(other, tuple) and len(first) == len(other))
    return _names(first) != _names(other)


def _names(entry: str | Mapping[str, str]) -> frozenset[str]:
    # The other form of a plural says all; "one" may write the number as a word.
    sentence = entry if isinstance(entry, str) else entry["other"]
    return frozenset(place.name for place in places_of(read_template(sentence)))
