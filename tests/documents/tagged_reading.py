"""What a screen reader finds in a file: the tree as PDFium gives it page by page, each part with its text."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium


@dataclass(slots=True)
class Part:
    """One part of the tree on one page: its role, its word for a mark, what it holds itself, and its parts, in order."""

    role: str
    alt: str
    kids: list[Part | str] = field(default_factory=list)

    def text(self) -> str:
        """All text in it, in reading order."""
        return " ".join(kid if isinstance(kid, str) else kid.text() for kid in self.kids)

    def all(self) -> Iterator[Part]:
        """The part and all parts in it."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Part):
                yield from kid.all()


def pages_of(pdf: bytes) -> list[list[Part]]:
    """The tree of each page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_page(page) for page in document]


def _page(page: pypdfium2.PdfPage) -> list[Part]:
    texts = _texts(page)
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    count = pdfium.FPDF_StructTree_CountChildren(tree)
    parts = [_part(pdfium.FPDF_StructTree_GetChildAtIndex(tree, index), texts) for index in range(count)]
    pdfium.FPDF_StructTree_Close(tree)
    return parts


def _texts(page: pypdfium2.PdfPage) -> dict[int, str]:
    """The text of each marked stretch of the page."""
    found: defaultdict[int, str] = defaultdict(str)
    text_page = page.get_textpage()
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        thing = pdfium.FPDFPage_GetObject(page, index)
        number = pdfium.FPDFPageObj_GetMarkedContentID(thing)
        if pdfium.FPDFPageObj_GetType(thing) == pdfium.FPDF_PAGEOBJ_TEXT and number >= 0:
            found[number] += _written(thing, text_page)
    return found


def _written(thing: Any, text_page: Any) -> str:
    size = pdfium.FPDFTextObj_GetText(thing, text_page, None, 0)
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    pdfium.FPDFTextObj_GetText(thing, text_page, buffer, size)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")


def _part(element: Any, texts: dict[int, str]) -> Part:
    part = Part(_said(pdfium.FPDF_StructElement_GetType, element), _said(pdfium.FPDF_StructElement_GetAltText, element))
    for index in range(pdfium.FPDF_StructElement_CountChildren(element)):
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, index)
        if child:
            part.kids.append(_part(child, texts))
            continue
        number = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, index)
        if number in texts:
            part.kids.append(texts[number])
    return part


def _said(call: Callable[..., int], element: Any) -> str:
    size = call(element, None, 0)
    buffer = ctypes.create_string_buffer(size + 2)
    call(element, buffer, size)
    return buffer.raw[:size].decode("utf-16-le").rstrip("\0")
