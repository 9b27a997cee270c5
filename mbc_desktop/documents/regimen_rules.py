"""Every rule of a drug as rows: what it is called, what it says, where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from mbc_desktop.documents.blocks import Row, phrase, strong
from mbc_desktop.regimen.clinical_lines import record_lines
from mbc_desktop.regimen.drug import Drug
from mbc_desktop.regimen.grading import Graded

if TYPE_CHECKING:
    from mbc_desktop.documents.regimen_page import PageWords

KINDS = ("forms", "levels", "infusion", "adjust", "limits", "holds", "checks", "timing")
_PLAIN = (("divisible", "1"), ("optional", "no"), ("severity", "caution"), ("every_cycles", "1"), ("round_down", "no"))
"""What a rule that says nothing special holds anyway."""
_STEP = {"forms": "form", "limits": "limit", "holds": "hold", "checks": "check"}


def rule_rows(drug: Drug, words: PageWords) -> Iterator[Row]:
    """One row for each form, level ladder, adjustment, limit, hold, check and timing rule of a drug."""
    for kind in KINDS:
        value = getattr(drug, kind)
        for item in value if isinstance(value, tuple) else filter(None, (value,)):
            yield _row(kind, item, words)


def _row(kind: str, item: Graded, words: PageWords) -> Row:
    name = words.texts.word(f"library.step.{_STEP.get(kind, kind)}")
    told = str(getattr(item, "id", "") or getattr(item, "kind", "") or getattr(item, "phase", ""))
    if kind == "checks":
        told = words.texts.word(f"check.{told}")
    content = "; ".join(_said(place, value, words) for place, value in record_lines(item) if (place[-1], value) not in _PLAIN)
    return Row(
        cells=(strong(f"{name} {told}".strip()), phrase(content), phrase(words.source(item.source, item.grade))),
    )


def _said(place: tuple[str, ...], value: str, words: PageWords) -> str:
    """ "bij Child-Pugh B: dosis 1" from the steps of the place and the key."""
    *steps, key = place
    where = " ".join(_step(step, words) for step in steps)
    return f"{where} {_word('library.key', key, words)} {_value(key, value, words)}".strip()


def _value(key: str, value: str, words: PageWords) -> str:
    """Codes in words; numbers and ids as they are."""
    if key in ("of", "by"):
        return next(
            (words.texts.word(f"{table}.{value}") for table in ("fact", "derived") if words.texts.has(f"{table}.{value}")), value
        )
    if key == "unit":
        return words.texts.unit(value)
    if key in ("decision", "rebanding"):
        return words.texts.word(f"decision.{value}")
    if value.replace(".", "", 1).isdecimal():
        return words.texts.number(Decimal(value))
    return _word("library.code", value, words)


def _step(step: str, words: PageWords) -> str:
    kind, _, rest = step.partition(" ")
    return f"{_word('library.step', kind, words)} {rest}".strip()


def _word(table: str, code: str, words: PageWords) -> str:
    return words.texts.word(f"{table}.{code}") if words.texts.has(f"{table}.{code}") else code
