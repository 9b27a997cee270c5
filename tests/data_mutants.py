"""Every digit of every clinical number in schedules/, each changed to another one: the mutants of `make prove-data`.

Not clinical: ids, versions, dates, titles, addresses, numbers of chapters, names, units and comments. What stands in
sources.toml, library.toml and the example hospital is none either."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

NOT_CLINICAL_FILES = frozenset(("sources.toml", "site.toml", "library.toml"))
NOT_CLINICAL = frozenset(
    (
        "id", "version", "valid_from", "reviewed_on", "consulted_on", "status", "on", "change", "affects", "title", "section",
        "item",
        "source", "spacing_source", "grade", "spacing_grade", "inn", "nl", "fr", "de", "en", "brands", "search", "look_alikes",
        "classes", "unit", "spellings", "kind", "per", "code", "form", "phase", "timing_of", "timing_by_phase", "tables", "drug",
        "regimen", "regimens", "kept_by", "statement", "radiotherapy", "by", "decision", "decisions", "fact", "weighs", "key",
    )
)  # fmt: skip
"""Keys whose digits belong to a name: "mg/m2", "vial-100mg", "4.3", "10x3"."""
_TOKEN = re.compile(r"""(?P<comment>\#[^\n]*)|(?P<text>"(?:[^"\\\n]|\\.)*")|(?P<bare>[A-Za-z0-9_.+\-:]+)|(?P<rest>[^\s])""")
_NUMBER = re.compile(r"(?<![A-Za-z\d.])\d+(?:\.\d+)?")
_TABLE = re.compile(r"^\[+[^\]\n]*\]+", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One digit of one file and the digit that takes its place. `line` counts from 1."""

    file: str
    at: int
    line: int
    key: str
    old: str
    new: str
    number: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.key}: {self.number} with {self.old} -> {self.new}"

    def planted(self, text: str) -> str:
        """The text of the file with the other digit."""
        assert text[self.at] == self.old, self
        return text[: self.at] + self.new + text[self.at + 1 :]


def all_mutants(folder: Path, *, seed: int) -> list[Mutant]:
    """One mutant for every digit, the new digit drawn with the seed; no number gets a zero in front."""
    dice = Random(seed)  # noqa: S311 - a repeatable draw, no secret
    found: list[Mutant] = []
    for path in sorted(folder.rglob("*.toml")):
        file = path.relative_to(folder).as_posix()
        if file in NOT_CLINICAL_FILES:
            continue
        text = path.read_text(encoding="utf-8")
        for key, start, number in clinical_numbers(text):
            found += _of_number(file, text, key, start, number, dice)
    return found


def clinical_numbers(text: str) -> Iterator[tuple[str, int, str]]:
    """Key, place and digits of every clinical number of a file."""
    headers = [match.span() for match in _TABLE.finditer(text)]
    key = ""
    tokens = [token for token in _TOKEN.finditer(text) if not token["comment"]]
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        if any(start <= token.start() < end for start, end in headers):
            continue
        if token["bare"] and following is not None and following[0] == "=":
            key = token[0]
        elif (token["bare"] or token["text"]) and key not in NOT_CLINICAL:
            for number in _NUMBER.finditer(text, token.start(), token.end()):
                yield key, number.start(), number[0]


def _of_number(file: str, text: str, key: str, start: int, number: str, dice: Random) -> Iterator[Mutant]:
    whole = number.partition(".")[0]
    for place, old in enumerate(number):
        if old == ".":
            continue
        leading = place == 0 and len(whole) > 1
        new = dice.choice([digit for digit in "0123456789" if digit != old and not (leading and digit == "0")])
        line = text.count("\n", 0, start) + 1
        yield Mutant(file=file, at=start + place, line=line, key=key, old=old, new=new, number=number)
