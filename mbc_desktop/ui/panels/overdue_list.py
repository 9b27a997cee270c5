"""Whoever is late: doses whose day has passed without anybody saying that they were given, farthest beyond their window first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.proposals.recall import recall_list
from mbc_desktop.texts.proposal_text import recall_lines
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.look.theme import GRID

_PLAN_ROLE = int(Qt.ItemDataRole.UserRole)


class OverdueList(QWidget):
    """`opened` carries the place of the plan in the list that was given."""

    opened = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setSpacing(GRID // 2)
        # Measured again at another width: a line that wraps would push the last one out.
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setAlternatingRowColors(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        desk.words.put(self.list, self.list.setAccessibleName, "views.late")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        self.list.itemActivated.connect(self._open)

    def show_plans(self, plans: Sequence[Plan]) -> None:
        """Lists the overdue doses of these plans."""
        library, texts = self._desk.session.library, self._desk.words.texts
        self.list.clear()
        if library is None:
            return
        # Plan by plan, for two files can be of one patient: each line leads to its own.
        found = [(dose, place) for place, plan in enumerate(plans) for dose in recall_list((plan,), library)]
        overdue = sorted(
            found, key=lambda pair: (-pair[0].days_beyond, -pair[0].days_late, pair[0].patient.family_name, pair[0].drug)
        )
        for dose, place in overdue:
            item = QListWidgetItem(recall_lines((dose,), library, texts)[0])
            item.setData(_PLAN_ROLE, place)
            self.list.addItem(item)
        if not overdue:
            nobody = QListWidgetItem(recall_lines((), library, texts)[0])
            nobody.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(nobody)

    def _open(self, item: QListWidgetItem) -> None:
        self.opened.emit(int(item.data(_PLAN_ROLE)))
