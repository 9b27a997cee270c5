"""A TOML file as plain data, refused before anything is read from it when its bytes cannot be trusted."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from decimal import Decimal
from pathlib import Path

from mbc_desktop.regimen.library_error import LibraryError

LARGEST = 1024 * 1024
DEEPEST = 12
# Direction marks, joiners and the byte order mark: invisible, and able to make a text read otherwise than it is stored.
_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")


def read_bytes(path: Path, *, inside: Path, name: str) -> bytes:
    """The bytes of the file `path`, which must lie inside the folder `inside` even after following links. Errors call it `name`.

    Raises LibraryError for a link that leaves the folder, a file over 1 MiB, and a file that cannot be read.
    """
    try:
        real = path.resolve(strict=True)
        if not real.is_relative_to(inside.resolve(strict=True)):
            raise LibraryError(name, "", "is a link to a file outside the folder")
        with real.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise LibraryError(name, "", f"cannot be read ({error.strerror})") from error
    if len(content) > LARGEST:
        raise LibraryError(name, "", "is larger than 1 MiB")
    return content


def parse_toml(content: bytes, *, name: str) -> dict[str, object]:
    """The tables of a TOML text; decimal numbers stay exact.

    Raises LibraryError for text that is not UTF-8, holds control or direction characters or words of mixed script (as such or as
    escapes), is no TOML, or is nested more than 12 deep."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise LibraryError(name, "", f"is not UTF-8 (byte {error.start})") from error
    doubt = _doubt_about(text)
    if doubt is not None:
        raise LibraryError(name, f"line {text.count(chr(10), 0, doubt[0]) + 1}", doubt[1])
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise LibraryError(name, "", f"is not TOML: {error}") from error
    except RecursionError as error:
        raise LibraryError(name, "", "is nested too deep") from error
    for word in _texts_within(data, name):
        # An escape hides a character from the look at the text above.
        doubt = _doubt_about(word) if "\\" in text else None
        if doubt is not None:
            raise LibraryError(name, "", doubt[1])
    return data


def _doubt_about(text: str) -> tuple[int, str] | None:
    """Where a text holds a character that can make it read otherwise than it is stored, and which."""
    bad = _CONTROL.search(text)
    if bad is None and not text.isascii():
        bad = _INVISIBLE.search(text)
        for word in _WORD.finditer(text):
            if not word[0].isascii() and len(_scripts_of(word[0])) > 1:
                return word.start(), f"a word of mixed script: {word[0]!a}"
    return None if bad is None else (bad.start(), f"a control or direction character: U+{ord(bad[0]):04X}")


def _scripts_of(word: str) -> set[str]:
    names = (unicodedata.name(letter, "") for letter in word)
    return {script for name in names for script in _SCRIPTS if name.startswith(script)}


def _texts_within(data: dict[str, object], name: str) -> list[str]:
    """Every key and text of a file. Raises LibraryError when tables or lists lie more than 12 deep in each other."""
    found: list[str] = []
    level: list[object] = [data]
    for _ in range(DEEPEST):
        inner: list[object] = []
        for value in level:
            if isinstance(value, dict):
                inner.extend(value)
                inner.extend(value.values())
            elif isinstance(value, list):
                inner.extend(value)
            elif isinstance(value, str):
                found.append(value)
        if not inner:
            return found
        level = inner
    raise LibraryError(name, "", "is nested too deep")
