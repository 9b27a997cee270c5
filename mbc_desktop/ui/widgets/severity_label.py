"""How a finding reads in a list: its shape, its word, its sentence."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from mbc_desktop.core.finding import Severity
from mbc_desktop.ui.desk import Look
from mbc_desktop.ui.look.theme import GRID, scaled, smaller
from mbc_desktop.ui.override import override
from mbc_desktop.ui.widgets.fill import fill
from mbc_desktop.ui.widgets.marks import draw_severity

SEVERITY_ROLE = int(Qt.ItemDataRole.UserRole) + 1
WORD_ROLE = int(Qt.ItemDataRole.UserRole) + 2
MARK = 18
Index = QModelIndex | QPersistentModelIndex


class SeverityDelegate(QStyledItemDelegate):
    """Paints one finding as a card in the tone of its severity; the sentence wraps and is never cut off."""

    def __init__(self, look: Look, parent: QAbstractItemView) -> None:
        super().__init__(parent)
        self._look = look
        self._view = parent

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        sentence = str(index.data(Qt.ItemDataRole.DisplayRole))
        place = option.fontMetrics.boundingRect(
            QRect(0, 0, self._text_width(), 10000), Qt.TextFlag.TextWordWrap, sentence
        )  # fmt: skip
        return QSize(80, option.fontMetrics.height() + place.height() + 2 * GRID)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        severity: Severity = index.data(SEVERITY_ROLE)
        tone = self._look.colours.severities[severity]
        card = option.rect.adjusted(0, 2, 0, -2)
        painter.save()
        fill(painter, card, QColor(tone.surface))
        fill(painter, QRect(card.left(), card.top(), 4, card.height()), QColor(tone.edge))
        # Not by the state of the option: the first look at it loads all of QStyle's enumerations, while the window is starting.
        if self._view.selectionModel().isSelected(index):
            painter.setPen(QColor(tone.edge))
            painter.drawRect(card.adjusted(0, 0, -1, -1))
        size = scaled(MARK)
        mark = QRectF(card.left() + GRID + 4, card.top() + GRID - 2, size, size)
        draw_severity(painter, severity, mark, QColor(tone.edge), QColor(tone.surface))
        left = int(mark.right()) + GRID
        painter.setPen(QColor(tone.text))
        painter.setFont(smaller(option.font, 1.0, bold=True))
        painter.drawText(QRect(left, card.top() + 4, card.width(), option.fontMetrics.height()), 0, str(index.data(WORD_ROLE)))
        painter.setFont(option.font)
        text = QRect(left, card.top() + 4 + option.fontMetrics.height(), self._text_width(), card.height())
        painter.drawText(text, Qt.TextFlag.TextWordWrap, str(index.data(Qt.ItemDataRole.DisplayRole)))
        painter.restore()

    def _text_width(self) -> int:
        return max(80, self._view.width() - scaled(MARK) - 4 * GRID - 16)
