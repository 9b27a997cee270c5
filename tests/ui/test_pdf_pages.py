"""The pictures of pages: those that PDFium draws for everybody else."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from mbc_desktop.ui.paper.pdf_pages import UnreadablePdfError, page_images, page_shapes


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """Two pages: 200 by 100 points with a red square, 100 by 300 with words."""
    target = BytesIO()
    canvas = Canvas(target, pagesize=(200, 100))
    canvas.setFillColorRGB(1, 0, 0)
    canvas.rect(0, 50, 50, 50, stroke=0, fill=1)
    canvas.showPage()
    canvas.setPageSize((100, 300))
    canvas.drawString(10, 150, "fulvestrant 500 mg")
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def test_pages_have_their_own_shape_and_colours(pdf: bytes) -> None:
    first, second = page_images(pdf, width=400)
    # 200 x 100 points at 400 dots wide: 400 x 200. 100 x 300 at 400 wide: 400 x 1200. The square is the upper left quarter.
    assert (first.width(), first.height()) == (400, 200)
    assert (second.width(), second.height()) == (400, 1200)
    assert first.pixelColor(50, 50).name() == "#ff0000"
    assert first.pixelColor(150, 50).name() == "#ffffff"
    assert page_shapes(pdf) == (0.5, 3.0)
    # 144 dots an inch are two for a point.
    assert [image.width() for image in page_images(pdf, dpi=144)] == [400, 200]


def test_every_dot_is_that_of_the_usual_way(pdf: bytes) -> None:
    with pypdfium2.PdfDocument(pdf) as document:
        for image, page in zip(page_images(pdf, dpi=100), document, strict=True):
            bitmap = page.render(scale=100 / 72, rev_byteorder=True, prefer_bgrx=True)
            # The fourth byte of a dot means nothing.
            ours, theirs = bytes(image.constBits()), bytes(bitmap.buffer)
            assert all(ours[colour::4] == theirs[colour::4] for colour in range(3))


@pytest.mark.parametrize("content", [b"", b"no pdf", b"%PDF-1.4\n"])
def test_what_is_no_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadablePdfError):
        list(page_images(content, width=100))
    with pytest.raises(UnreadablePdfError):
        page_shapes(content)


def test_a_window_left_while_pages_are_drawn_ends_well() -> None:
    script = """
from reportlab.pdfgen.canvas import Canvas
from io import BytesIO
from PySide6.QtCore import QCoreApplication
from mbc_desktop.ui.beside import Beside
from mbc_desktop.ui.paper.pdf_pages import page_images
target = BytesIO(); canvas = Canvas(target)
for number in range(200):
    canvas.drawString(10, 10, str(number)); canvas.showPage()
canvas.save()
application = QCoreApplication([])
beside = Beside(application)
beside.came.connect(lambda _: application.quit())
beside.run(lambda: page_images(target.getvalue(), dpi=200))
application.exec()
print("left")
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, "left\n", "")
