"""What those hear who cannot see the sheet: everything once, in the order of the blocks, in headings, tables and lists; read back
by PDFium, and the file by pypdf."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pypdf
import pytest

from mbc_desktop.documents.blocks import Document, Heading, Table, lines, phrase
from mbc_desktop.documents.blocks import Row as TableRow
from mbc_desktop.documents.drawing.pdf import document_pdf
from mbc_desktop.documents.registry import DOCUMENTS, compose, sheet_document, sheets_of
from mbc_desktop.planning.request import Language
from mbc_desktop.texts import load_texts
from tests.documents.example_plan import LETROZOLE_PLAN, LIBRARY, SITE
from tests.documents.reading import document_lines, page_texts, squeezed
from tests.documents.tagged_reading import Part, pages_of

NL = load_texts("nl")
SHEETS = tuple(sheets_of(LETROZOLE_PLAN))
EVERY_SHEET = pytest.mark.parametrize("number", range(len(SHEETS)), ids=[f"{one.document}-{one.subject}" for one in SHEETS])


def made(number: int, language: Language = "nl") -> Document:
    return sheet_document(SHEETS[number], LETROZOLE_PLAN, LIBRARY, SITE, load_texts(language))


def heard(pdf: bytes) -> str:
    return squeezed("".join(part.text() for page in pages_of(pdf) for part in page))


def parts(pdf: bytes) -> list[Part]:
    return [part for page in pages_of(pdf) for top in page for part in top.all()]


@EVERY_SHEET
def test_everything_is_heard_in_the_order_of_the_blocks(number: int) -> None:
    document = made(number)
    text = heard(document_pdf(document))
    frame = document.frame
    assert text.startswith(
        squeezed(f"{frame.name}   ·   {frame.page.format(page=1, pages=len(pages_of(document_pdf(document))))}")
    )
    at, skipped = 0, []
    # What is heard first on the first page: its frame. A legend that found no room comes after the last month.
    for line in (*frame.identity, *frame.calls, *frame.marks, *document_lines(document)):
        found = text.find(squeezed(line), at)
        if found < 0:
            skipped.append(line)
        else:
            at = found + len(squeezed(line))
    assert skipped == []


@EVERY_SHEET
def test_nothing_is_heard_twice(number: int) -> None:
    """The letters heard are those of the frame once and of the blocks once."""
    document = made(number)
    frame = document.frame
    once = "".join(
        (
            frame.name,
            frame.place,
            *frame.identity,
            *frame.calls,
            *frame.rules,
            *frame.marks,
            frame.status,
            *document_lines(document),
        )
    )
    text = heard(document_pdf(document))
    pages = squeezed(frame.page.format(page=1, pages=len(page_texts(document_pdf(document)))))
    surplus = sorted(text.replace(pages, "", 1))
    for letter in squeezed(once):
        surplus.remove(letter)
    # Dots between the parts of the frame, colons after the names of a legend and after labels.
    assert set(surplus) <= set("·:")


@EVERY_SHEET
def test_headings_begin_with_the_title_and_leave_no_level_out(number: int) -> None:
    levels = [int(part.role[1]) for part in parts(document_pdf(made(number))) if re.fullmatch("H[1-6]", part.role)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@EVERY_SHEET
def test_every_row_of_a_table_has_all_its_cells(number: int) -> None:
    """Empty cells too: a hearer counts columns."""
    reader = pypdf.PdfReader(io.BytesIO(document_pdf(made(number))))
    for table in (part for part in _tree(reader.root_object["/StructTreeRoot"]) if part.get("/S") == "/Table"):
        rows = [kid.get_object() for kid in table["/K"]]
        assert {row["/S"] for row in rows} == {"/TR"}
        assert {kid.get_object()["/S"] for row in rows for kid in row["/K"]} <= {"/TH", "/TD"}
        assert len({len(row["/K"]) for row in rows}) == 1


def _tree(part: Any) -> Iterator[Any]:
    yield part
    kids = part.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        inner = kid if isinstance(kid, int) else kid.get_object()
        if not isinstance(inner, int) and "/MCID" not in inner:
            yield from _tree(inner)


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_a_mark_that_no_word_repeats_has_one_for_those_who_do_not_see_it(language: Language) -> None:
    texts = load_texts(language)
    pdf = document_pdf(compose("patient_calendar", LETROZOLE_PLAN, LIBRARY, SITE, texts))
    figures = [part.alt for part in parts(pdf) if part.role == "Figure"]
    assert all(figures)
    # The legend has each kind of mark; the day names injections and infusions.
    assert {texts.word(f"paper.shape.{shape}") for shape in ("infusion", "tablet", "rest", "radiotherapy")} <= set(figures)
    assert {part.alt for part in parts(pdf) if part.role != "Figure"} == {""}


@EVERY_SHEET
def test_all_that_is_drawn_is_part_of_the_tree_or_furniture(number: int) -> None:
    reader = pypdf.PdfReader(io.BytesIO(document_pdf(made(number))))
    for page in reader.pages:
        contents = page.get_contents()
        assert contents is not None
        depth = 0
        for line in contents.get_data().decode("latin-1").splitlines():
            depth += len(re.findall(r"\bB[DM]C\b", line))
            drawn = re.search(r"(Tj|\bDo|\bre f|\bl|\bS)$", line)
            assert not drawn or depth == 1, line
            depth -= len(re.findall(r"\bEMC\b", line))
            assert depth in (0, 1)
        assert depth == 0


@EVERY_SHEET
def test_every_stretch_of_a_page_leads_back_to_its_part(number: int) -> None:
    reader = pypdf.PdfReader(io.BytesIO(document_pdf(made(number))))
    root: Any = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    owners: Any = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    assert [int(key) for key in owners[::2]] == [int(page["/StructParents"]) for page in reader.pages]
    for index, page in enumerate(reader.pages):
        assert page["/Tabs"] == "/S"
        for mcid, owner in enumerate(owners[2 * index + 1].get_object()):
            assert (page.indirect_reference, mcid) in list(_stretches(owner.get_object()))


def _stretches(part: Any) -> Iterator[tuple[Any, int]]:
    for kid in part["/K"]:
        if isinstance(kid, int):
            yield part.raw_get("/Pg"), int(kid)
        elif "/MCID" in kid.get_object():
            yield kid.get_object().raw_get("/Pg"), int(kid.get_object()["/MCID"])


def test_a_row_over_two_pages_and_a_second_level_alone_stay_one_row_and_one_step() -> None:
    document = made(0)
    table = next(block for sheet in range(len(SHEETS)) for block in made(sheet).blocks if isinstance(block, Table))
    long = replace(table, rows=(TableRow(cells=(phrase(" ".join(["woord"] * 4000)), *[()] * (len(table.columns) - 1))),))
    pdf = document_pdf(replace(document, blocks=(Heading(text="alleen", level=2), long)))
    assert len(page_texts(pdf)) > 2
    assert [part.role for part in parts(pdf) if part.role.startswith("H")][:2] == ["H1", "H2"]
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    body: Any = reader.root_object["/StructTreeRoot"]["/K"]
    (tree,) = (kid.get_object() for kid in body["/K"] if kid.get_object()["/S"] == "/Table")
    assert len(tree["/K"]) == 1 + any(column.title for column in table.columns)
    assert heard(pdf).count("woord") == 4000
    assert squeezed("".join(lines(long))) in heard(pdf)


@pytest.mark.parametrize("document_id", DOCUMENTS)
def test_the_tree_makes_no_file_larger_than_its_limit_and_no_page_different(document_id: str) -> None:
    document = compose(document_id, LETROZOLE_PLAN, LIBRARY, SITE, NL)
    tagged, plain = document_pdf(document), document_pdf(document, tagged=False)
    assert page_texts(tagged) == page_texts(plain)
    assert len(tagged) <= 20 * 1024 * len(page_texts(tagged))
