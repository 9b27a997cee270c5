"""No sentence holds a notation that has led to a wrong dose."""

from __future__ import annotations

import re

import pytest

from mbc_desktop.planning.request import Language
from mbc_desktop.texts import load_texts
from mbc_desktop.texts.catalogue import Catalogue, text_folder

LANGUAGES: tuple[Language, ...] = ("nl", "en", "fr", "de")

FORBIDDEN = {
    "microgram is written in full": r"[µμ]g\b|\bmcg\b",
    "units are written in full": r"\d\s*(?:IU|IE|UI|E)\b",
    "no trailing zero": r"\d[.,]\d*0\b(?!\d|\s*(?:m²|\^))",
    "no naked decimal": r"(?:^|[^\d])[.,]\d",
    "no Latin shorthand": r"\b(?:qd|bid|tid|q\d+w|q\d+d|sc|po|prn)\b",
    "a number and its unit stay together": r"\d (?:mg|mL|Gy|kg|cm)\b|\} (?:mg|mL|Gy|kg|cm)\b|:number\} \{",
    "no three dots for what is left out": r"\.\.\.",
}
# The names of formulas and decisions quote the guideline; a formula has exponents.
ALLOWED = {"formula.bsa_boyd", "formula.egfr_ckd_epi_2009"}


def sentences(language: Language) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, entry in Catalogue(text_folder() / language, language).all().items():
        texts = (entry,) if isinstance(entry, str) else entry if isinstance(entry, tuple) else tuple(entry.values())
        found += [(key, text) for text in texts]
    return found


@pytest.mark.parametrize("rule", FORBIDDEN)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_holds_a_dangerous_notation(language: Language, rule: str) -> None:
    pattern = re.compile(FORBIDDEN[rule])
    owned = [item for item in sentences(language) if item[0].split(".")[0] not in ("ui", "input") and item[0] not in ALLOWED]
    assert [(key, text) for key, text in owned if pattern.search(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_begins_or_ends_with_a_space_or_is_empty(language: Language) -> None:
    assert [key for key, text in sentences(language) if text != text.strip() or not text] == []


def test_the_decimal_mark_of_each_language_is_its_own() -> None:
    assert [load_texts(language).word("language.decimal_mark") for language in LANGUAGES] == [",", ".", ",", ","]


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_no_decimal_point_where_the_comma_is_used(language: Language) -> None:
    point = re.compile(r"\d\.\d")
    owned = [item for item in sentences(language) if item[0].split(".")[0] not in ("ui", "input", "option")]
    assert [(key, text) for key, text in owned if point.search(text)] == []
