"""How large everything is drawn: letters, fixed widths and small pictures, from 100 to 200 per cent, changed while the window
stands and without touching what is typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from mbc_desktop.ui.look.theme import POINTS

_UNBOUNDED = 16777215
"""What Qt calls no maximum at all."""


def use_type_size(percent: int, window: QWidget) -> None:
    """Draws the window, the dialogs before it, and all that comes later in this size. What a person typed, chose or scrolled to
    stays. Qt is not asked for every widget that it knows: some are its own, and may be on their way out."""
    before = QApplication.font()
    letter = QFont(before)
    letter.setPointSizeF(POINTS * percent / 100)
    if letter.pointSizeF() == before.pointSizeF():
        return
    ratio = letter.pointSizeF() / before.pointSizeF()
    widgets = [window, *window.findChildren(QWidget)]
    windows = [widget for widget in widgets if widget.isWindow()]
    own = [(widget, widget.font().pointSizeF()) for widget in widgets if widget.testAttribute(Qt.WidgetAttribute.WA_SetFont)]
    QApplication.setFont(letter)
    for one in windows:
        one.setUpdatesEnabled(False)
        # Qt tells them later; what follows must find everything in its new letter.
        QApplication.sendEvent(one, QEvent(QEvent.Type.ApplicationFontChange))
    for widget, points in own:
        # A letter of its own that only is bold has followed already; one with a size of its own has not.
        if widget.font().pointSizeF() == points:
            font = widget.font()
            font.setPointSizeF(points * ratio)
            widget.setFont(font)
    for widget in widgets:
        # What Qt builds into its own widgets follows by itself, and so does what computes its size from the letter.
        if not (widget.isWindow() or widget.objectName().startswith("qt_") or getattr(widget, "keeps_size", False)):
            _resize(widget, ratio)
    for one in windows:
        one.setUpdatesEnabled(True)


def _resize(widget: QWidget, ratio: float) -> None:
    least, most = widget.minimumSize(), widget.maximumSize()
    if least.width() or least.height():
        widget.setMinimumSize(round(least.width() * ratio), round(least.height() * ratio))
    if most.width() < _UNBOUNDED:
        widget.setMaximumWidth(round(most.width() * ratio))
    if most.height() < _UNBOUNDED:
        widget.setMaximumHeight(round(most.height() * ratio))
    if isinstance(widget, QAbstractButton):
        widget.setIconSize(widget.iconSize() * ratio)
