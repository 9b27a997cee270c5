"""Where the keyboard is: one ring for everything that draws none itself. The style draws a hair line or nothing, which in the
dark and in high contrast nobody sees."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from mbc_desktop.ui.desk import Look
from mbc_desktop.ui.override import override

WIDTH = 2


class Ring(QWidget):
    """A frame in the accent of the theme upon the widget that it was laid on; nothing for the mouse and for a screen reader."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def lay_on(self, widget: QWidget) -> None:
        """Stands upon this widget from now on."""
        self.setParent(widget)
        self.setGeometry(widget.rect())
        self.raise_()
        self.show()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        # The inner line shows the ring where what it stands upon is of the same colour, as a pressed button is.
        colours = self._look.colours
        for colour, width, inset in ((colours.accent, WIDTH, WIDTH / 2), (colours.surface, 1, WIDTH + 0.5)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset))
        painter.end()


class FocusRing(QObject):
    """Follows the keyboard through all windows of the program. A widget that draws the focus itself says so: `draws_focus`."""

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look
        self._ring = Ring(look)
        self._on: QWidget | None = None
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._on is not None and watched is self._on:
            self._ring.setGeometry(self._on.rect())
        return False

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if self._on is not None and shiboken6.isValid(self._on):
            self._on.removeEventFilter(self)
        self._on = None
        if not shiboken6.isValid(self._ring):
            # It went together with what it stood upon.
            self._ring = Ring(self._look)
        self._ring.hide()
        self._ring.setParent(None)
        if now is None or now.isWindow() or getattr(now, "draws_focus", False):
            return
        outer = now.parentWidget()
        # The inside of a list moves when it is scrolled; its frame does not.
        self._on = outer if isinstance(outer, QAbstractScrollArea) and outer.viewport() is now else now
        self._on.installEventFilter(self)
        self._ring.lay_on(self._on)
