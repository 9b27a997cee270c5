"""Turning a sheet into pictures of its pages beside the main thread, one by one, so that the window never waits for them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from mbc_desktop.core.record import dataclass
from mbc_desktop.ui.beside import Beside, Steps
from mbc_desktop.ui.paper.pdf_pages import page_images, page_shapes
from mbc_desktop.ui.widgets.page_picture import Picture, pack


@dataclass(frozen=True, slots=True)
class _Laid:
    heights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Page:
    number: int
    picture: Picture


class PageRenderer(QObject):
    """`laid_out` carries the height of each page for a width of 1, once the sheet is made; `page_ready` each page as it is drawn,
    by its number from 0; `failed` why there is none. A new task drops the one before."""

    laid_out = Signal(tuple)
    page_ready = Signal(int, object)
    failed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._beside = Beside(self)
        self._beside.came.connect(self._take)
        self._beside.failed.connect(self.failed)

    def draw(self, make: Callable[[], bytes], *, width: int, ratio: float) -> None:
        """Makes a PDF, then its pages, each `width` dots wide, for a screen with `ratio` dots in a pixel."""
        self._beside.run(lambda: _steps(make, width, ratio))

    def drop(self) -> None:
        """Draws nothing more."""
        self._beside.drop()

    def _take(self, step: object) -> None:
        if isinstance(step, _Laid):
            self.laid_out.emit(step.heights)
        elif isinstance(step, _Page):
            self.page_ready.emit(step.number, step.picture)


def _steps(make: Callable[[], bytes], width: int, ratio: float) -> Steps:
    pdf = make()
    yield _Laid(page_shapes(pdf))
    for number, image in enumerate(page_images(pdf, width=width)):
        yield _Page(number, pack(image, ratio))
