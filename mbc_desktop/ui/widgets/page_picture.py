"""One page on the screen. A treatment of two years has forty: packed, they take a sixteenth of the memory."""

from __future__ import annotations

import zlib
from functools import lru_cache

from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from mbc_desktop.ui.override import override

FASTEST = 1


class PagePicture(QWidget):
    """Shows a picture at its own size; it is unpacked while it is seen."""

    def __init__(self, image: QImage) -> None:
        super().__init__()
        self._packed = zlib.compress(image.constBits(), FASTEST)
        self._measures = image.width(), image.height(), image.bytesPerLine()
        self._format = image.format()
        self._ratio = image.devicePixelRatio()
        self.setFixedSize(image.deviceIndependentSize().toSize())

    def image(self) -> QImage:
        """The picture."""
        found = _unpacked(self._packed, self._measures, self._format)
        found.setDevicePixelRatio(self._ratio)
        return found

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawImage(QPoint(0, 0), self.image())
        painter.end()


@lru_cache(maxsize=2)
def _unpacked(packed: bytes, measures: tuple[int, int, int], kind: QImage.Format) -> QImage:
    # The picture is copied: Qt would go on reading from bytes that Python has given back.
    return QImage(zlib.decompress(packed), *measures, kind).copy()
