"""The sentences of one language as they lie in resources/text/<language>/*.toml, read when they are first needed, or taken from a
copy that was made of the very same files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from mbc_desktop.core.folders import find_resources
from mbc_desktop.texts.compiled import Entry, read_copy, write_copy

PLURAL_CATEGORIES = frozenset({"zero", "one", "two", "few", "many", "other"})
_TABLE = re.compile(r"^\[+([A-Za-z0-9_-]+)", re.MULTILINE)

Plural = dict[str, str]


class TextError(Exception):
    """A sentence that is missing, or a value that its sentence cannot take. Names the key and the language."""

    def __init__(self, key: str, language: str, reason: str) -> None:
        super().__init__(f'text "{key}" ({language}): {reason}')
        self.key = key
        self.language = language
        self.reason = reason


class Catalogue:
    """All keys of one language folder: "finding.interval-short" is the key `interval-short` of the table `[finding]`.

    `copy` is where a copy of all entries may lie. Without one, only the files that hold a table named by the first word of a key
    are parsed for it: the window is on the screen before the last sentence of the check sheet has been read."""

    def __init__(self, folder: Path, language: str, copy: Path | None = None) -> None:
        self.language = language
        self._copy = copy
        self._files = {path.name: path.read_bytes() for path in sorted(folder.glob("*.toml"))}
        known = read_copy(copy, self._files) if copy else None
        self._entries: dict[str, Entry] = known or {}
        self._is_copy = known is not None
        self._waiting = {} if known else {name: content.decode("utf-8") for name, content in self._files.items()}
        self._files_of: dict[str, list[str]] = {}
        for name, text in self._waiting.items():
            for table in dict.fromkeys(_TABLE.findall(text)):
                self._files_of.setdefault(table, []).append(name)
        self._read_from: dict[str, str] = {}

    def find(self, key: str) -> Entry | None:
        """The entry of that key, or None. Raises TextError when a file is not readable or repeats a key of another."""
        entry = self._entries.get(key)
        if entry is None:
            for name in self._files_of.get(key.partition(".")[0], ()):
                self._read(name)
            entry = self._entries.get(key)
        return entry

    def all(self) -> dict[str, Entry]:
        """Every entry by key; reads what has not been read yet."""
        for name in tuple(self._waiting):
            self._read(name)
        return dict(self._entries)

    def keep_copy(self) -> None:
        """Leaves a copy for the next start, unless this one came from it. Raises TextError as `all` does; a folder that cannot be
        written costs the next start some time, nothing else."""
        if self._copy is not None and not self._is_copy:
            write_copy(self._copy, self._files, self.all())

    def _read(self, name: str) -> None:
        text = self._waiting.pop(name, None)
        if text is None:
            return
        import tomllib

        try:
            tables = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise TextError(name, self.language, str(error)) from error
        for key, entry in _flat("", tables, name, self.language):
            if key in self._entries:
                raise TextError(key, self.language, f"given twice: in {self._read_from[key]} and in {name}")
            self._entries[key] = entry
            self._read_from[key] = name


def text_folder() -> Path:
    """The folder that holds one folder of texts per language."""
    return find_resources() / "text"


def _flat(prefix: str, table: dict[str, object], file: str, language: str) -> Iterator[tuple[str, Entry]]:
    for name, value in table.items():
        key = f"{prefix}{name}"
        match value:
            case str():
                yield key, value
            case list() if all(isinstance(item, str) for item in value):
                yield key, tuple(value)
            case dict() if "other" in value and PLURAL_CATEGORIES.issuperset(value):
                yield key, value
            case dict():
                yield from _flat(f"{key}.", value, file, language)
            case _:
                raise TextError(key, language, f"{file} holds something that is no text")
