"""Every rule of every drug as a sentence that can be read aloud, in four languages: no key of the data files among the words."""

from __future__ import annotations

import re
from datetime import date

import pytest

from mbc_desktop.documents.blocks import plain
from mbc_desktop.documents.sheets.regimen_page import PageWords, compose_regimen_page
from mbc_desktop.documents.sheets.regimen_rules import rule_rows
from mbc_desktop.library_verb.page_lines import page_lines
from mbc_desktop.planning.request import Language
from mbc_desktop.regimen.site import NO_SITE
from mbc_desktop.texts.phrases import texts_for
from mbc_desktop.texts.texts import load_texts
from tests.planning.treatments import library

LANGUAGES: tuple[Language, ...] = ("nl", "fr", "de", "en")
KEY = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b|\bitem\b|\bverdict\b|\bNone\b")


def said(drug: str, language: Language = "en") -> list[str]:
    words = PageWords(texts_for(library(), load_texts(language)), library())
    return [" | ".join(plain(cell) for cell in row.cells[:2]) for row in rule_rows(library().drugs[drug], words)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_of_the_data_stands_among_the_words(language: Language) -> None:
    for id in library().regimens:
        lines = page_lines(id, library(), NO_SITE, language=language, pdf=None, today=date(2026, 11, 27))
        # The sources are addresses, the code of the regimen is its own name.
        body = "\n".join(line for line in lines if not line.startswith("  [") and id not in line)
        assert KEY.findall(body) == [], id


def test_limits_of_liver_tests_are_read_as_a_pharmacist_says_them() -> None:
    """Docetaxel (chemotherapy reference, section 8)."""
    (row,) = [line for line in said("docetaxel") if line.startswith("Adjustment")]
    assert "bilirubin above 1 times the upper limit of the laboratory: not recommended, no dose" in row
    assert row.endswith("alkaline phosphatase above 2.5 times the upper limit of the laboratory: lowered to 75\u00a0mg per m²")


def test_the_lowest_row_of_a_table_is_said_by_the_edge_above_it() -> None:
    """Zoledronic acid: above 60, from 50, 40, 30, below 30."""
    (row,) = [line for line in said("zoledronic-acid") if line.startswith("Adjustment")]
    edges = re.findall(r"(above|from|below) (\d+)\u00a0mL/min", row)
    assert edges == [("above", "60"), ("from", "50"), ("from", "40"), ("from", "30"), ("below", "30")]
    assert "below 30\u00a0mL/min: not recommended, no dose" in row


def test_what_is_counted_over_a_lifetime_and_diluted_stands_there() -> None:
    assert any(line.startswith("Lifetime dose | at most 900\u00a0mg per m² in a lifetime") for line in said("epirubicin"))
    assert "Concentration | at least 0.3\u00a0mg/mL, at most 1.2\u00a0mg/mL" in said("paclitaxel")
    assert "Limit | at most 120\u00a0mg each time, at doses up to 60\u00a0mg per m²" in said("vinorelbine-oral")


def test_what_holds_beside_another_drug_or_a_fact_of_the_patient_is_read_aloud() -> None:
    """Capivasertib acts on any of three genes; pertuzumab goes with either form of trastuzumab; QT (Kisqali)."""
    assert any(
        line.startswith("Caution | PIK3CA, AKT1 and PTEN: not mutated. The mutation that") for line in said("capivasertib")
    )
    (pair,) = [line for line in said("pertuzumab") if line.startswith("Only together")]
    assert "only together with trastuzumab or subcutaneous trastuzumab" in pair
    for drug in ("tamoxifen", "ribociclib"):
        assert any(line.startswith("Never together | Tamoxifen and ribociclib must not be combined") for line in said(drug))


def test_the_page_holds_what_an_approval_covers_beyond_the_drugs() -> None:
    """The measures beside the treatment, the distances, and every question, those of its drugs too (A27)."""
    page = compose_regimen_page("epirubicin-cyclophosphamide", library(), NO_SITE, load_texts("en"), today=date(2026, 11, 27))
    headings = [getattr(block, "text", "") for block in page.blocks]
    assert {"Beside the treatment", "With radiotherapy", "Questions to the hospital"} <= set(headings)
    lines = page_lines("epirubicin-cyclophosphamide", library(), NO_SITE, language="en", pdf=None, today=date(2026, 11, 27))
    text = "\n".join(lines)
    assert "A27" in text
    assert "within 14 days after the last fraction" in text
    bevacizumab = page_lines("paclitaxel-bevacizumab", library(), NO_SITE, language="en", pdf=None, today=date(2026, 11, 27))
    assert any("last dose 28 days before or earlier, first dose 28 days after or later" in line for line in bevacizumab)
