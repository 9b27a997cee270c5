"""The sheet of a regimen as lines of text, and as PDF."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from mbc_desktop.core.files import write_file_safely
from mbc_desktop.documents.blocks import Blanks, Block, Fields, Heading, Paragraph, Table, plain
from mbc_desktop.documents.sheets.regimen_page import compose_regimen_page
from mbc_desktop.planning.request import Language
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import Site
from mbc_desktop.texts import load_texts


def page_lines(id: str, library: Library, site: Site, *, language: Language, pdf: Path | None, today: date) -> list[str]:
    """The page in reading order; with `pdf` it is also written there, whole or not at all. Raises OSError."""
    page = compose_regimen_page(id, library, site, load_texts(language), today=today)
    if pdf is not None:
        # ReportLab is only wanted when a sheet is.
        from mbc_desktop.documents.drawing.pdf import document_pdf

        write_file_safely(pdf, document_pdf(page))
        return [str(pdf)]
    frame = page.frame
    head = [*frame.identity, *frame.calls, ""]
    return [*head, *(line for block in page.blocks for line in _lines(block)), "", *frame.marks]


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield from ("", block.text.upper() if block.level == 1 else block.text)
        case Paragraph():
            yield plain(block.words)
        case Fields():
            yield from (f"{field.label}: {plain(field.value)}" for field in block.fields)
        case Table():
            for row in block.rows:
                yield "  " + " | ".join(plain(cell).replace("\n", " ") for cell in row.cells if cell)
        case Blanks():
            yield from (f"{label}: ____________________" for label in block.labels)
        case _:
            return
