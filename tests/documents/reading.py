"""Reading sheets back: the words of a document, and the words that a PDF reader finds on its pages."""

from __future__ import annotations

import re

import pypdfium2

from mbc_desktop.documents.blocks import Document, Month, lines


def page_texts(pdf: bytes) -> list[str]:
    """What a reader finds on each page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def squeezed(text: str) -> str:
    """The text without white and hyphens, so that where a line ends does not matter (a reader joins a word there)."""
    return re.sub(r"[\s\u00a0\u202f\ufffe\x02-]+", "", text)


def document_lines(document: Document) -> list[str]:
    """The words of all blocks in reading order."""
    return [line for block in document.blocks for line in lines(block)]


def months(document: Document) -> list[Month]:
    """The months of a calendar."""
    return [block for block in document.blocks if isinstance(block, Month)]


def cell(document: Document, month: int, day: int) -> list[str]:
    """What one day says, a mark per text: "1 palbociclib", "geen palbociclib geen tabletten"."""
    for block in months(document):
        for week in block.weeks:
            for item in filter(None, week.days):
                if (item.date.month, item.date.day) == (month, day):
                    return [f"{mark.led} {mark.detail}".strip() for mark in item.marks]
    raise AssertionError(f"no day {day} in month {month}")


def note(document: Document, month: int, day: int) -> str:
    """The note beside a day's number."""
    for block in months(document):
        for week in block.weeks:
            for item in filter(None, week.days):
                if (item.date.month, item.date.day) == (month, day):
                    return item.note
    raise AssertionError(f"no day {day} in month {month}")
