"""Every sheet of every shipped regimen and radiotherapy scheme: made, read back whole, without a notation that has led to a wrong
dose, on pages that all say whom they are about, what they are and from which plan they were made."""

from __future__ import annotations

import os
import re
from functools import cache

import pytest

from mbc_desktop.core.folders import find_schedules
from mbc_desktop.documents.blocks import Document
from mbc_desktop.documents.drawing.pdf import document_pdf
from mbc_desktop.documents.registry import KINDS, sheet_document, sheet_file_name, sheet_name, sheets_of
from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.request import Language
from mbc_desktop.regimen.loader import load_library, load_site
from mbc_desktop.texts import complete_languages, load_texts
from mbc_desktop.texts.phrases import texts_for
from tests.documents.reading import document_lines, page_texts, squeezed
from tests.planning.treatments import course, irradiation, library, plan_of, treatment

CODES = [*load_library(find_schedules()).regimens, *load_library(find_schedules()).radiotherapy]
SITE = load_site(find_schedules() / "site.toml")
DANGEROUS = (r"[µμ]g\b", r"\d,\d*0\b(?! ?%)", r"(?<![\d.,])[.,]\d", r"\bNone\b", r"\{\w+", r"\d{4,} ?(?:mg|mL|Gy)\b")


@cache
def plan(id: str) -> Plan:
    if id in library().regimens:
        return plan_of(treatment(course(id), days=140))
    more = {"fractions": 4, "dose": "5"} if id == "free" else {}
    region = "bone" if id == "free" else library().radiotherapy[id].regions[0].region
    return plan_of(treatment(irradiation(id, region=region, **more), days=60))


def pairs() -> list[tuple[str, Language]]:
    """Every treatment in Dutch and in one other language in turn; all of them in all languages where that is asked for
    (make prove-sheets)."""
    languages = complete_languages()
    if os.environ.get("MBC_SHEETS") == "all":
        return [(id, language) for id in CODES for language in languages]
    others = [language for language in languages if language != "nl"]
    return [pair for number, id in enumerate(CODES) for pair in ((id, "nl"), (id, others[number % len(others)]))]


@pytest.mark.parametrize(("id", "language"), pairs())
def test_a_sheet_reads_back_as_its_blocks(id: str, language: Language) -> None:
    texts = load_texts(language)
    for sheet in sheets_of(plan(id)):
        document = sheet_document(sheet, plan(id), library(), SITE, texts)
        pages = page_texts(document_pdf(document))
        found = squeezed("".join(pages))
        assert [line for line in document_lines(document) if squeezed(line) not in found] == []
        assert dangerous(document, language) == []
        for number, page in enumerate(pages, 1):
            page_word = texts.word("patient.page").replace("{page}", str(number)).replace("{pages}", str(len(pages)))
            assert [text for text in (page_word, *stamps(document, id)) if squeezed(text) not in squeezed(page)] == []


@pytest.mark.parametrize("id", CODES)
def test_no_sheet_holds_a_dangerous_notation(id: str) -> None:
    for sheet in sheets_of(plan(id)):
        assert dangerous(sheet_document(sheet, plan(id), library(), SITE, load_texts("nl")), "nl") == []


def dangerous(document: Document, language: Language) -> list[tuple[str, str]]:
    """Notations that have led to a wrong dose. Addresses and titles of sources are quoted as they are, and come last."""
    rules = DANGEROUS if language != "en" else (DANGEROUS[0], r"\d\.\d*0\b(?! ?%)", *DANGEROUS[2:])
    lines = [line for line in document_lines(document) if "://" not in line]
    last = load_texts(language).word("sheet.sources")
    words = lines[: lines.index(last)] if last in lines else lines
    return [(rule, line) for rule in rules for line in words if re.search(rule, line)]


def stamps(document: Document, id: str) -> tuple[str, ...]:
    """What no page may lack: two identifiers, the sheet's name, the day, the plan, the library and its approval, and on the
    sheets of patients the fever line."""
    patient = plan(id).request.patient
    texts = load_texts(document.language)
    return (
        f"{patient.family_name.upper()} {patient.given_name}",
        patient.number,
        document.name,
        "02/03/2026",
        plan(id).code,
        plan(id).library_version,
        texts.word("paper.data_unapproved"),
        document.frame.status,
        *(document.frame.calls if document.audience == "patient" else document.frame.rules),
    )


@pytest.mark.parametrize("id", CODES)
def test_a_patient_sheet_shows_neither_a_code_nor_an_id(id: str) -> None:
    for sheet in sheets_of(plan(id)):
        document = sheet_document(sheet, plan(id), library(), SITE, load_texts("nl"))
        if document.audience == "patient":
            words = " ".join(document_lines(document))
            assert not re.search(r"\b[a-z]+_[a-z_]+\b|\b(?:Gy|mL/min|m²|CTCAE|BSA)\b", words)


def test_every_sort_of_sheet_was_among_them() -> None:
    made = {sheet.document for id in CODES for sheet in sheets_of(plan(id))}
    # No regimen goes into the spinal fluid: such an order is typed by hand.
    assert made == set(KINDS) - {"intrathecal_sheet"}


@pytest.mark.parametrize("language", complete_languages())
def test_every_sheet_has_a_name_and_a_file_without_the_patient(language: Language) -> None:
    texts = texts_for(library(), load_texts(language))
    for id in CODES:
        for sheet in sheets_of(plan(id)):
            assert len(sheet_name(sheet, plan(id), library(), texts)) > 4
            assert re.fullmatch(r"[a-z0-9-]+", sheet_file_name(sheet))
            assert plan(id).request.patient.family_name.lower() not in sheet_file_name(sheet)
