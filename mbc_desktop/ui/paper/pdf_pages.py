"""Pages of a PDF as pictures: the same for paper and screen. PDFium is called without the helpers of its package, which are
two megabytes, and draws straight into the picture."""

from __future__ import annotations

import atexit
import ctypes
import math
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import RLock
from typing import Any

from PySide6.QtGui import QImage

POINTS_PER_INCH = 72
WHITE = 0xFFFFFFFF
_ONE_AT_A_TIME = RLock()
"""PDFium is not made for two threads."""


class UnreadablePdfError(Exception):
    """What was to be drawn is no PDF, or a broken one."""


def page_images(pdf: bytes, *, dpi: float = 0, width: int = 0) -> Iterator[QImage]:
    """The pages as pictures, one at a time: at `dpi` dots per inch, or `width` dots wide. Raises UnreadablePdfError."""
    with _opened(pdf) as document:
        for number in range(_call("FPDF_GetPageCount", document)):
            yield _image(document, number, dpi, width)


def page_shapes(pdf: bytes) -> tuple[float, ...]:
    """The height of each page, for a width of 1. Raises UnreadablePdfError."""
    with _opened(pdf) as document:
        sizes = [_size(document, number) for number in range(_call("FPDF_GetPageCount", document))]
    return tuple(height / width for width, height in sizes)


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    # PDFium reads from these bytes as long as the document is open.
    document = _call("FPDF_LoadMemDocument64", pdf, len(pdf), None)
    if not document:
        raise UnreadablePdfError
    try:
        yield document
    finally:
        _call("FPDF_CloseDocument", document)


def _size(document: Any, number: int) -> tuple[float, float]:
    size = _library().FS_SIZEF()
    _call("FPDF_GetPageSizeByIndexF", document, number, size)
    return size.width, size.height


def _image(document: Any, number: int, dpi: float, width: int) -> QImage:
    pdfium = _library()
    across, down = _size(document, number)
    scale = width / across if width else dpi / POINTS_PER_INCH
    image = QImage(math.ceil(across * scale), math.ceil(down * scale), QImage.Format.Format_RGBX8888)
    image.fill(WHITE)
    dots = (ctypes.c_ubyte * image.sizeInBytes()).from_buffer(image.bits())
    with _ONE_AT_A_TIME:
        page = pdfium.FPDF_LoadPage(document, number)
        bitmap = pdfium.FPDFBitmap_CreateEx(
            image.width(), image.height(), pdfium.FPDFBitmap_BGRx, ctypes.cast(dots, ctypes.c_void_p), image.bytesPerLine()
        )
        try:
            flags = pdfium.FPDF_ANNOT | pdfium.FPDF_REVERSE_BYTE_ORDER
            pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, image.width(), image.height(), 0, flags)
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)
            pdfium.FPDF_ClosePage(page)
    return image


def _call(name: str, *arguments: Any) -> Any:
    with _ONE_AT_A_TIME:
        return getattr(_library(), name)(*arguments)


@cache
def _library() -> Any:
    """PDFium, ready to be called; it is taken down with the program."""
    import pypdfium2_raw as pdfium  # type: ignore[import-untyped]

    pdfium.FPDF_InitLibraryWithConfig(pdfium.FPDF_LIBRARY_CONFIG(version=2))
    atexit.register(pdfium.FPDF_DestroyLibrary)
    return pdfium
