"""Lines of a list whose parts stand under one another, as in a table; for whoever hears them they stay one line."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from mbc_desktop.ui.look.theme import GRID
from mbc_desktop.ui.override import override

BETWEEN = "    "
"""What stands between two parts of a line."""


class ColumnsDelegate(QStyledItemDelegate):
    """Each part is as far to the right as the longest of those before it needs."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        parts = shown.text.split(BETWEEN)
        shown.text = ""
        shown.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, shown, painter, shown.widget)
        selected = bool(shown.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        painter.save()
        painter.setFont(shown.font)
        painter.setPen(shown.palette.color(role))
        left, right = shown.rect.left() + GRID // 2, shown.rect.right() + 1
        for part, width in zip(parts, self._widths(shown, index), strict=False):
            place = QRect(left, shown.rect.top(), right - left, shown.rect.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, part)
            left += width + 3 * GRID
        painter.restore()

    @staticmethod
    def _widths(shown: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> list[int]:
        model = index.model()
        lines = [str(model.index(row, 0).data()).split(BETWEEN) for row in range(model.rowCount())]
        most = max(map(len, lines), default=0)
        return [max(shown.fontMetrics.horizontalAdvance(line[n]) for line in lines if n < len(line)) for n in range(most)]
