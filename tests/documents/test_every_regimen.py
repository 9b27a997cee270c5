"""Both sheets of every regimen and radiotherapy scheme that is shipped: made in every language, read back whole."""

from __future__ import annotations

import re
from functools import cache

import pytest

from mbc_desktop.core.folders import find_schedules
from mbc_desktop.documents.pdf import document_pdf
from mbc_desktop.documents.registry import DOCUMENTS, compose
from mbc_desktop.planning.plan import Plan
from mbc_desktop.regimen.loader import load_library, load_site
from mbc_desktop.texts import complete_languages, load_texts
from tests.documents.reading import document_lines, page_texts, squeezed
from tests.planning.treatments import course, irradiation, library, plan_of, treatment

CODES = [*load_library(find_schedules()).regimens, *load_library(find_schedules()).radiotherapy]
DANGEROUS = (r"[µμ]g\b", r"\d,\d*0\b(?! ?%)", r"(?<![\d.,])[.,]\d", r"\bNone\b", r"\{\w+", r"\d{4,} ?(?:mg|mL|Gy)")


@cache
def plan(id: str) -> Plan:
    if id in library().regimens:
        return plan_of(treatment(course(id), days=140))
    more = {"fractions": 4, "dose": "5"} if id == "free" else {}
    region = "bone" if id == "free" else library().radiotherapy[id].regions[0].region
    return plan_of(treatment(irradiation(id, region=region, **more), days=60))


@pytest.mark.parametrize("language", complete_languages())
@pytest.mark.parametrize("document_id", DOCUMENTS)
@pytest.mark.parametrize("id", CODES)
def test_a_sheet_reads_back_as_its_blocks(id: str, document_id: str, language: str) -> None:
    site = load_site(find_schedules() / "site.toml")
    document = compose(document_id, plan(id), library(), site, load_texts(language))  # type: ignore[arg-type]
    pages = page_texts(document_pdf(document))
    found = squeezed("".join(pages))
    assert [line for line in document_lines(document) if squeezed(line) not in found] == []


@pytest.mark.parametrize("id", CODES)
def test_no_sheet_holds_a_dangerous_notation(id: str) -> None:
    for document_id in DOCUMENTS:
        document = compose(document_id, plan(id), library(), load_site(find_schedules() / "site.toml"), load_texts("nl"))
        # Addresses and titles of sources are quoted as they are, and come last.
        lines = [line for line in document_lines(document) if "://" not in line]
        words = lines[: lines.index("Bronnen")] if "Bronnen" in lines else lines
        assert [(rule, line) for rule in DANGEROUS for line in words if re.search(rule, line)] == []
