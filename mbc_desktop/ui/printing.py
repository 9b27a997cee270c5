"""Pages of a PDF on paper and on the screen: the same picture in both places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

POINTS_PER_INCH = 72
PRINT_DPI = 300


def page_images(pdf: bytes, *, dpi: float = 0, width: int = 0) -> Iterator[QImage]:
    """The pages as pictures, one at a time: at `dpi` dots per inch, or `width` dots wide."""
    import pypdfium2  # type: ignore[import-untyped]

    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            scale = width / page.get_width() if width else dpi / POINTS_PER_INCH
            bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
            # The picture is copied: the bitmap's memory goes at once, not when somebody thinks of it.
            image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888).copy()
            bitmap.close()
            page.close()
            yield image
    finally:
        document.close()


class PrinterGoneError(Exception):
    """The printer that was chosen does not take the pages: switched off, out of reach, gone."""


def ask_and_print(contents: Sequence[bytes], window: QWidget) -> bool:
    """Asks for a printer and prints every page of every PDF at its own size; False when the person thought better of it. Raises
    PrinterGoneError."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setFullPage(True)
    if QPrintDialog(printer, window).exec() != QPrintDialog.DialogCode.Accepted:
        return False
    print_pages(contents, printer)
    return True


def print_pages(contents: Sequence[bytes], printer: object) -> None:
    """Draws every page onto a printer (a QPrinter), turned as the page is. Raises PrinterGoneError."""
    from PySide6.QtGui import QPageLayout
    from PySide6.QtPrintSupport import QPrinter

    if not isinstance(printer, QPrinter):
        raise TypeError("pages are printed on a QPrinter")
    painter = QPainter()
    images = (image for pdf in contents for image in page_images(pdf, dpi=PRINT_DPI))
    try:
        for number, image in enumerate(images):
            wide = image.width() > image.height()
            printer.setPageOrientation(QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait)
            if not (painter.begin(printer) if number == 0 else printer.newPage()):
                raise PrinterGoneError
            target = QRectF(printer.pageRect(QPrinter.Unit.DevicePixel))
            scaled = image.size().scaled(target.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            painter.drawImage(QRectF(0, 0, scaled.width(), scaled.height()), image)
    finally:
        if painter.isActive():
            painter.end()
