"""One page on the screen. A treatment of two years has forty: packed, they take a sixteenth of the memory."""

from __future__ import annotations

import zlib
from functools import lru_cache

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from mbc_desktop.core.record import dataclass
from mbc_desktop.ui.override import override
from mbc_desktop.ui.widgets.fill import fill

FASTEST = 1
PAPER = "#ffffff"


@dataclass(frozen=True, slots=True)
class Picture:
    """A packed picture of a page: width, height and bytes in a line; `ratio` is the number of dots in a pixel of the screen."""

    packed: bytes
    measures: tuple[int, int, int]
    format: QImage.Format
    ratio: float


def forget_unpacked() -> None:
    """Gives back what was unpacked: at three times the size a page is some forty megabytes, and nobody looks at it any more."""
    _unpacked.cache_clear()


def pack(image: QImage, ratio: float) -> Picture:
    """Packs a picture, in any thread."""
    measures = image.width(), image.height(), image.bytesPerLine()
    return Picture(zlib.compress(image.constBits(), FASTEST), measures, image.format(), ratio)


class PagePicture(QWidget):
    """Blank paper until its picture comes, which is unpacked while it is seen."""

    keeps_size = True

    def __init__(self) -> None:
        super().__init__()
        self._picture: Picture | None = None

    @property
    def blank(self) -> bool:
        """Whether nothing is drawn on it yet."""
        return self._picture is None

    def lay_out(self, size: QSize, *, keep: bool) -> None:
        """Takes a size; with `keep` the same page stays to be seen in the new size until it has been drawn in it."""
        self.setFixedSize(size)
        if not keep:
            self.show_picture(None)

    def show_picture(self, picture: Picture | None) -> None:
        """Shows a picture, or blank paper."""
        if picture is not self._picture:
            self._picture = picture
            self.update()

    def image(self) -> QImage:
        """The picture; an empty one for blank paper."""
        return QImage() if self._picture is None else _unpacked(self._picture)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, image = QPainter(self), self.image()
        if image.isNull():
            fill(painter, self.rect(), QColor(PAPER))
        elif image.deviceIndependentSize().toSize() == self.size():
            painter.drawImage(QPoint(0, 0), image)
        else:
            painter.drawImage(QRect(QPoint(0, 0), self.size()), image)
        painter.end()


@lru_cache(maxsize=2)
def _unpacked(picture: Picture) -> QImage:
    # The picture is copied: Qt would go on reading from bytes that Python has given back.
    image = QImage(zlib.decompress(picture.packed), *picture.measures, picture.format).copy()
    image.setDevicePixelRatio(picture.ratio)
    return image
