"""A drug and its dose are never on two pages, and no line of a sheet is cut off: read back from the pages of long plans."""

from __future__ import annotations

import re
from functools import cache

import pypdfium2
import pytest

from mbc_desktop.documents.blocks import Document
from mbc_desktop.documents.drawing.pdf import document_pdf
from mbc_desktop.documents.registry import KINDS, sheet_document, sheets_of
from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.request import Language
from mbc_desktop.regimen.site import NO_SITE
from mbc_desktop.texts import Texts, load_texts
from mbc_desktop.texts.phrases import drug_with_brand, texts_for
from tests.documents.reading import page_texts
from tests.planning.treatments import course, irradiation, library, plan_of, treatment

CAPECITABINE = {"capecitabine_pattern": "14 on 7 off", "capecitabine_first_dose": "morning of day 1"}
VINORELBINE = {"vinorelbine_form": "25 mg/m2 weekly into a vein", "trastuzumab_form": "sc_600_mg"}
LONG = (
    (course("palbociclib-fulvestrant"), course("zoledronic-acid", id="c2"), irradiation("10x3", "2026-03-30")),
    (course("docetaxel-trastuzumab-pertuzumab"), course("denosumab", id="c2"), course("letrozole", id="c3")),
    (
        course("paclitaxel-weekly"),
        course("trastuzumab-weekly", id="c2"),
        course("goserelin", id="c3"),
        course("exemestane", id="c4"),
    ),
    (course("tucatinib-capecitabine-trastuzumab", choices=CAPECITABINE), course("ibandronic-acid-oral", id="c2")),
    (
        course("trastuzumab-vinorelbine-iv", choices=VINORELBINE),
        course("clodronate", id="c2"),
    ),
    (course("cyclophosphamide-methotrexate"), course("everolimus-exemestane", id="c2"), course("denosumab", id="c3")),
)


@cache
def plan(number: int, days: int) -> Plan:
    return plan_of(treatment(*LONG[number], days=days))


@cache
def sheets(number: int, days: int, language: Language) -> tuple[tuple[Document, bytes], ...]:
    """The sheets of the whole plan, with their files."""
    made = plan(number, days)
    documents = (
        sheet_document(sheet, made, library(), NO_SITE, load_texts(language))
        for sheet in sheets_of(made)
        if KINDS[sheet.document].about == "plan"
    )
    return tuple((document, document_pdf(document)) for document in documents)


def flat(text: str) -> str:
    """The text with single spaces and without hyphens at line ends."""
    return " ".join(re.sub(r"[\u00a0\u202f\ufffe\x02]", " ", text).split())


def pairs(plan: Plan, texts: Texts) -> set[str]:
    """What has to stand in one stretch: the drug as the sheet writes it, and its dose."""
    made = set()
    for item in plan.administrations:
        if item.dose is not None and item.status in ("planned", "given") and (item.date or item.due) >= plan.request.today:
            made.add(flat(f"{drug_with_brand(library().drugs[item.drug], texts.language)} {texts.quantity(item.dose.amount)}"))
    return made


@pytest.mark.parametrize(
    ("number", "days", "language"),
    [*((number, days, "nl") for number in range(len(LONG)) for days in (91, 200)), (0, 200, "de"), (3, 91, "fr")],
)
def test_every_drug_stands_with_its_dose_on_one_page(number: int, days: int, language: Language) -> None:
    texts = texts_for(library(), load_texts(language))
    wanted = pairs(plan(number, days), texts)
    assert wanted
    for document, pdf in sheets(number, days, language):
        if document.id not in ("patient_calendar", "check_sheet"):
            continue
        pages = [flat(page) for page in page_texts(pdf)]
        assert sorted(pair for pair in wanted if not any(pair in page for page in pages)) == [], document.id


@pytest.mark.parametrize("days", [91, 200])
@pytest.mark.parametrize("number", range(len(LONG)))
def test_no_page_of_the_calendar_names_a_drug_without_its_dose(number: int, days: int) -> None:
    """On its own page every drug by name and brand is followed by its dose, by why it has none, or by what the legend says."""
    texts = texts_for(library(), load_texts("nl"))
    names = {flat(drug_with_brand(library().drugs[item.drug], "nl")) for item in plan(number, days).administrations}
    followed = re.compile(rf":| [\d ]+(,\d+)? (mg|g|mL)\b| {texts.word('patient.dose_follows')}")
    (pdf,) = (pdf for document, pdf in sheets(number, days, "nl") if document.id == "patient_calendar")
    for text in map(flat, page_texts(pdf)):
        for name in names:
            for found in re.finditer(re.escape(name), text):
                before = text[: found.start()].endswith(f"{texts.word('task.tablet_pick_up')}: ")
                assert before or followed.match(text, found.end()), text[found.start() : found.end() + 30]


@pytest.mark.parametrize("number", range(len(LONG)))
def test_no_line_of_any_sheet_reaches_over_the_edge_of_the_page(number: int) -> None:
    for document, pdf in sheets(number, 200, "nl"):
        with pypdfium2.PdfDocument(pdf) as opened:
            for page in opened:
                width, height = page.get_size()
                text = page.get_textpage()
                edges = [text.get_rect(index) for index in range(text.count_rects())]
                assert min(edge[0] for edge in edges) >= 12, document.id
                assert max(edge[2] for edge in edges) <= width - 12, document.id
                assert min(edge[1] for edge in edges) >= 8, document.id
                assert max(edge[3] for edge in edges) <= height - 8, document.id
