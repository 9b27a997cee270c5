"""Pages of a PDF on paper and on the screen: the same picture in both places."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from mbc_desktop.core.record import dataclass

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from mbc_desktop.ui.words import Words

POINTS_PER_INCH = 72
PRINT_DPI = 300
BANDS, ALIKE = 16, 4
_ONE_AT_A_TIME = Lock()
"""The library that draws pages is not made for two threads."""


class PrinterGoneError(Exception):
    """The printer that was chosen does not take the pages: switched off, out of reach, gone. `printed` pages of `of` had been
    sent."""

    def __init__(self, printed: int, of: int) -> None:
        super().__init__(f"{printed} / {of}")
        self.printed, self.of = printed, of


@dataclass(frozen=True, slots=True)
class Printed:
    """How many pages the printer was given, of how many."""

    number: int
    of: int


def page_images(pdf: bytes, *, dpi: float = 0, width: int = 0) -> Iterator[QImage]:
    """The pages as pictures, one at a time: at `dpi` dots per inch, or `width` dots wide."""
    import pypdfium2  # type: ignore[import-untyped]

    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)
    try:
        for number in range(len(document)):
            with _ONE_AT_A_TIME:
                page = document[number]
                scale = width / page.get_width() if width else dpi / POINTS_PER_INCH
                bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
                # The picture is copied: the bitmap's memory goes at once, not when somebody thinks of it.
                image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888).copy()
                bitmap.close()
                page.close()
            yield image
    finally:
        with _ONE_AT_A_TIME:
            document.close()


def page_shapes(pdf: bytes) -> tuple[float, ...]:
    """The height of each page, for a width of 1."""
    import pypdfium2

    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)
        try:
            sizes = [document.get_page_size(number) for number in range(len(document))]
        finally:
            document.close()
    return tuple(height / width for width, height in sizes)


def ask_and_print(contents: Sequence[bytes], window: QWidget, words: Words) -> Printed | None:
    """Asks for a printer and prints every page of every PDF at its own size, beside the main thread: how many pages went, or None
    when the person thought better of it before the first one. Raises PrinterGoneError."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    from mbc_desktop.ui.print_progress import PrintProgress

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, window)
    accepted = dialog.exec() == QPrintDialog.DialogCode.Accepted
    # The window owns it: without this each print of the day would leave one behind.
    dialog.deleteLater()
    if not accepted:
        return None
    return PrintProgress(words, window).print(contents, printer)


def print_pages(contents: Sequence[bytes], printer: QPrinter) -> Generator[Printed, None, None]:
    """Draws every page onto a printer, turned as the page is; says after each one how far it is. Closed before its end, it gives
    the print up and leaves no half file behind. Raises PrinterGoneError."""
    of = sum(len(page_shapes(pdf)) for pdf in contents)
    number = 0
    painter = QPainter()
    try:
        yield Printed(0, of)
        for pdf in contents:
            for image in page_images(pdf, dpi=PRINT_DPI):
                if not _begin_page(painter, printer, wide=image.width() > image.height()):
                    raise PrinterGoneError(0 if printer.outputFileName() else number, of)
                _draw_page(painter, printer, image)
                number += 1
                yield Printed(number, of)
    finally:
        if number < of:
            printer.abort()
        if painter.isActive():
            painter.end()
        if number < of and printer.outputFileName():
            with suppress(OSError):
                Path(printer.outputFileName()).unlink(missing_ok=True)


def _begin_page(painter: QPainter, printer: QPrinter, *, wide: bool) -> bool:
    from PySide6.QtGui import QPageLayout

    printer.setPageOrientation(QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait)
    return printer.newPage() if painter.isActive() else painter.begin(printer)


def _draw_page(painter: QPainter, printer: QPrinter, image: QImage) -> None:
    """Draws a page band by band: while a picture is drawn nothing else can happen, and a whole page takes a fifth of a second."""
    from PySide6.QtPrintSupport import QPrinter

    target = QRectF(printer.pageRect(QPrinter.Unit.DevicePixel))
    scaled = image.size().scaled(target.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
    for top, bottom in pairwise(seams(image)):
        # Whole dots of the printer, so that no band is cut or doubled at its edge.
        above, below = (round(row * scaled.height() / image.height()) for row in (top, bottom))
        painter.drawImage(QRectF(0, above, scaled.width(), below - above), image.copy(0, top, image.width(), bottom - top))


def seams(image: QImage) -> list[int]:
    """Where a page is cut: top, bottom, and between them rows among some that are all alike, so that nobody sees a seam."""
    height, line = image.height(), image.bytesPerLine()
    dots = image.constBits()
    found = [0]
    for band in range(1, BANDS):
        wanted = height * band // BANDS
        near = sorted(range(max(found[-1] + ALIKE, wanted - height // BANDS), wanted + 1), reverse=True)
        for row in near:
            first = (row - ALIKE) * line
            if dots[first : first + 2 * ALIKE * line - line] == dots[first + line : first + 2 * ALIKE * line]:
                found.append(row)
                break
    return [*found, height]
