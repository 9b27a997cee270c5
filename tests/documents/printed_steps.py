"""The steps of a dose as a reader finds them on the printed check sheet, and their arithmetic done again from what is printed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

from mbc_desktop.core.folders import find_resources

PLACEHOLDER = re.compile(r"\\\{(\w+)(?::\w+)?\\\}")
NUMBER = re.compile(r"\d[\d ]*(?:[.,]\d+)?")
MILLIONTH = Decimal("0.000001")


@dataclass(frozen=True)
class PrintedStep:
    """One row of the table: its sentence and the amount after it, as printed."""

    sentence: str
    amount: Decimal


@dataclass(frozen=True)
class PrintedDose:
    """One dose of the sheet: the amount at its head and its steps."""

    amount: Decimal
    steps: tuple[PrintedStep, ...]


@cache
def sentences(language: str, file: str) -> dict[str, dict[str, str]]:
    """The catalogue of a language, so that a sentence on paper is known by its own words."""
    path: Path = find_resources() / "text" / language / f"{file}.toml"
    return tomllib.loads(path.read_text("utf-8"))


def plain(text: str) -> str:
    """The text on one line, every kind of space as one."""
    return re.sub(r"[\s\u00a0\u202f\ufffe\x02]+", " ", text)


def number(text: str, language: str) -> Decimal:
    """A number as that language prints it."""
    return Decimal(text.replace(" ", "").replace(",", "." if language != "en" else ""))


@cache
def pattern(language: str, rule: str) -> re.Pattern[str] | None:
    """What the sentence of a rule looks like on paper."""
    template = sentences(language, "computing")["step"].get(rule)
    if template is None:
        return None
    return re.compile(PLACEHOLDER.sub(r"(?P<\1>.+?)", re.escape(plain(template))).replace(r"\ ", " "))


def values(language: str, rule: str, sentence: str) -> dict[str, Decimal] | None:
    """The numbers that a sentence of this rule holds, by name; None when it is the sentence of another rule."""
    expression = pattern(language, rule)
    match = expression.fullmatch(sentence) if expression else None
    if match is None:
        return None
    return {name: number(text, language) for name, text in match.groupdict().items() if NUMBER.fullmatch(text)}


def doses_on(page: str, language: str) -> Iterator[PrintedDose]:
    """Every dose section of a page; a section is never broken over two pages."""
    words = {key: plain(text) for key, text in catalogue_words(language).items()}
    for part in re.split(rf" {re.escape(words['dose'])} (?=\d)", plain(page))[1:]:
        head = re.match(rf"(?P<amount>{NUMBER.pattern}) (?:mg|mL)\b", part)
        if head is None or words["own_figure"] not in part:
            continue
        table = part.split(words["own_figure"])[0].partition(f" {words['column_grade']} ")[2]
        yield PrintedDose(number(head["amount"], language), tuple(steps_in(table, language)))


def catalogue_words(language: str) -> dict[str, str]:
    """The words of the check sheet by their key."""
    group = next(group for group in sentences(language, "sheet").values() if isinstance(group, dict) and "own_figure" in group)
    return {key: text for key, text in group.items() if isinstance(text, str)}


def steps_in(table: str, language: str) -> Iterator[PrintedStep]:
    """The rows: number, sentence, amount with its unit, source in brackets."""
    for row in re.finditer(rf"\b\d+ (?P<sentence>\S.*?\.) (?P<amount>{NUMBER.pattern}) (?:mg|mL) \[\d+\]", table):
        yield PrintedStep(row["sentence"], number(row["amount"], language))


def rounded(value: Decimal, step: Decimal) -> Decimal:
    """The nearest multiple, a half upward."""
    return (value / step).quantize(Decimal(1), ROUND_HALF_UP) * step
