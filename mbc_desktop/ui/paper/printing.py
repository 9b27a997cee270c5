"""Pages of PDFs on paper."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from mbc_desktop.core.record import dataclass
from mbc_desktop.ui.paper.pdf_pages import page_images, page_shapes

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from mbc_desktop.ui.words import Words

PRINT_DPI = 300
BANDS, ALIKE = 16, 4


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


def ask_and_print(contents: Sequence[bytes], window: QWidget, words: Words) -> Printed | None:
    """Asks for a printer and prints every page of every PDF at its own size, beside the main thread: how many pages went, or None
    when the person thought better of it before the first one. Raises PrinterGoneError."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    from mbc_desktop.ui.paper.print_progress import PrintProgress

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
                draw_page(painter, printer, image)
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


def draw_page(painter: QPainter, printer: QPrinter, image: QImage) -> None:
    """Draws a page band by band: while a picture is drawn nothing else can happen, and a whole page takes a fifth of a second."""
    from PySide6.QtPrintSupport import QPrinter

    target = QRectF(printer.pageRect(QPrinter.Unit.DevicePixel))
    scaled = image.size().scaled(target.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
    dots, line = image.constBits(), image.bytesPerLine()
    for top, bottom in pairwise(seams(image)):
        # Whole dots of the printer, so that no band is cut or doubled at its edge.
        above, below = (round(row * scaled.height() / image.height()) for row in (top, bottom))
        # Not copied: the band is part of a picture that stays until it has been drawn.
        band = QImage(dots[top * line : bottom * line], image.width(), bottom - top, line, image.format())
        painter.drawImage(QRectF(0, above, scaled.width(), below - above), band)


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
