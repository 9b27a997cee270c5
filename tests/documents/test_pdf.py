"""The pages themselves, read back: nothing lost, nothing invented, the same bytes each time."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdf
import pypdfium2
import pytest

from mbc_desktop.documents.blocks import Document
from mbc_desktop.documents.drawing.pdf import document_pdf
from mbc_desktop.documents.registry import DOCUMENTS, compose
from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.request import Language
from mbc_desktop.texts import load_texts, plain_date
from tests.documents.example_plan import LETROZOLE_PLAN, LIBRARY, PLAN, SITE
from tests.documents.reading import document_lines, page_texts, squeezed

MOST_BYTES_PER_PAGE = 20 * 1024
EVERY_DOCUMENT = pytest.mark.parametrize("document_id", DOCUMENTS)
BOTH_LANGUAGES = pytest.mark.parametrize("language", ["nl", "en"])


def made(document_id: str, language: Language = "nl", plan: Plan = LETROZOLE_PLAN) -> Document:
    return compose(document_id, plan, LIBRARY, SITE, load_texts(language))


@EVERY_DOCUMENT
@BOTH_LANGUAGES
def test_every_word_of_the_blocks_is_on_the_pages(document_id: str, language: Language) -> None:
    document = made(document_id, language)
    found = squeezed("".join(page_texts(document_pdf(document))))
    assert [line for line in document_lines(document) if squeezed(line) not in found] == []


@EVERY_DOCUMENT
def test_the_pages_hold_no_more_letters_than_blocks_and_frame(document_id: str) -> None:
    document = made(document_id)
    pages = page_texts(document_pdf(document))
    frame = document.frame
    fixed = [*frame.identity, frame.place, frame.name, *frame.calls, *frame.rules, *frame.marks]
    expected = sorted(squeezed("".join(document_lines(document))) + squeezed("".join(fixed)) * len(pages))
    read = squeezed("".join(pages))
    for number in range(1, len(pages) + 1):
        read = read.replace(squeezed(frame.page.format(page=number, pages=len(pages))), "", 1)
    # The dots between the parts of the frame, the colon after a legend's name or a label, and repeated headings of tables remain.
    surplus = list(read)
    for letter in expected:
        surplus.remove(letter)
    repeated = squeezed("".join(column for column in _headings(document)) * len(pages))
    assert set(surplus) - set(repeated) <= set("·:")


def _headings(document: Document) -> list[str]:
    from mbc_desktop.documents.blocks import Group, Table

    blocks = [inner for block in document.blocks for inner in (block.blocks if isinstance(block, Group) else (block,))]
    return [column.title for block in blocks if isinstance(block, Table) for column in block.columns]


@EVERY_DOCUMENT
@BOTH_LANGUAGES
def test_every_page_carries_its_eight_items(document_id: str, language: Language) -> None:
    document = made(document_id, language)
    patient = PLAN.request.patient
    pages = page_texts(document_pdf(document))
    for number, page in enumerate(pages, 1):
        wanted = (
            f"{patient.family_name.upper()} {patient.given_name}",
            plain_date(patient.birth_date),
            patient.number,
            document.name,
            document.frame.page.format(page=number, pages=len(pages)),
            plain_date(PLAN.request.today),
            PLAN.code,
            PLAN.library_version,
            *document.frame.rules,
            *document.frame.calls,
        )
        assert [item for item in wanted if squeezed(item) not in squeezed(page)] == []


@EVERY_DOCUMENT
def test_the_same_document_gives_the_same_bytes(document_id: str) -> None:
    assert document_pdf(made(document_id)) == document_pdf(made(document_id))


@EVERY_DOCUMENT
@BOTH_LANGUAGES
def test_a_page_is_at_most_twenty_kilobytes(document_id: str, language: Language) -> None:
    document = made(document_id, language)
    content = document_pdf(document)
    assert len(content) <= MOST_BYTES_PER_PAGE * len(page_texts(content))
    alone = replace(document, blocks=document.blocks[:1])
    assert len(document_pdf(alone)) <= MOST_BYTES_PER_PAGE


@EVERY_DOCUMENT
def test_fonts_are_embedded_and_every_letter_has_a_glyph(document_id: str) -> None:
    reader = pypdf.PdfReader(io.BytesIO(document_pdf(made(document_id))))
    fonts = {name: font.get_object() for page in reader.pages for name, font in page["/Resources"]["/Font"].items()}
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts.values())
    # The first code of each part of a font is the box for a missing glyph.
    content = b"".join(page.get_contents().get_data() for page in reader.pages if page.get_contents() is not None)
    codes = [text for line in content.decode("latin-1").splitlines() if line.endswith("> Tj") for text in [line[1:-4]]]
    assert codes
    assert not any(code == "00" for text in codes for code in (text[at : at + 2] for at in range(0, len(text), 2)))


@EVERY_DOCUMENT
def test_the_file_names_its_language_and_title_but_no_patient(document_id: str) -> None:
    document = made(document_id)
    content = document_pdf(document)
    reader = pypdf.PdfReader(io.BytesIO(content))
    assert reader.root_object["/Lang"] == "nl"
    assert reader.metadata is not None
    assert reader.metadata.title == document.name
    assert not any("voorbeeld" in str(value).lower() for value in reader.metadata.values())
    assert len(reader.outline) >= 2


@EVERY_DOCUMENT
def test_all_text_lies_inside_the_page(document_id: str) -> None:
    with pypdfium2.PdfDocument(document_pdf(made(document_id))) as document:
        for page in document:
            width, height = page.get_size()
            text = page.get_textpage()
            for number in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(number)
                assert left >= 12
                assert right <= width - 12
                assert bottom >= 8
                assert top <= height - 8


def test_a_drug_and_its_dose_stand_on_one_line_of_the_list() -> None:
    pages = page_texts(document_pdf(made("patient_calendar", plan=PLAN)))
    lines = [" ".join(line.split()) for page in pages for line in page.splitlines()]
    assert any("fulvestrant (Faslodex) 500 mg" in line for line in lines)
    assert any("zoledroninezuur (Zometa) dosis volgt" in line for line in lines)


def test_a_dose_and_its_steps_stay_on_one_page() -> None:
    pages = page_texts(document_pdf(made("check_sheet", plan=PLAN)))
    (page,) = (page for page in pages if "5 mL uit 1 flacon" in page.replace("\u00a0", " "))
    assert "Nierfunctie: klaring 71,7" in page
    assert "zoledroninezuur (Zometa), in een ader" in page.replace("\u00a0", " ")
