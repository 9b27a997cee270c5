"""The quietest days on which an administration could be, beside everybody whom the agenda read last. A choice opens the move."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QListWidget, QPushButton, QVBoxLayout, QWidget

from mbc_desktop.planning.beside.agenda import quiet_days
from mbc_desktop.planning.plan import Administration, Plan
from mbc_desktop.texts.proposal_text import days_off_text
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.look.theme import GRID, within_screen
from mbc_desktop.ui.words import Words


class QuietDaysDialog(QDialog):
    """Lists the open days inside the window, the quietest first. `take` gets the chosen day; nothing moves here."""

    def __init__(self, desk: Desk, plan: Plan, item: Administration, take: Callable[[date], object], window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._take, self._item = take, item
        own = plan.request.patient.number
        others = [other for other in desk.session.other_plans if other.request.patient.number != own]
        self.days = quiet_days(plan, item, others, desk.session.site)
        words, hint = desk.words, QLabel()
        self.list = QListWidget()
        self.apply, cancel = QPushButton(), QPushButton()
        hint.setWordWrap(True)
        self.setWindowTitle(words.say("diary.quiet"))
        hint.setText(words.say("diary.quiet_beside", count=len(others)) if others else words.say("diary.quiet_alone"))
        self.list.setAccessibleName(words.say("agenda.quiet", drug=item.drug, number=item.number))
        self.list.addItems(self._lines(words, busy=bool(others)) or (words.say("agenda.quiet_none"),))
        self.list.setSpacing(2)
        words.put(self.apply, self.apply.setText, "diary.quiet_take")
        words.put(cancel, cancel.setText, "act.cancel")
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.apply)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        for part in (QLabel(self.list.accessibleName()), hint, self.list):
            column.addWidget(part)
        column.addLayout(buttons)
        self.apply.setDefault(True)
        self.apply.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        self.list.itemActivated.connect(lambda _: self.accept())
        self.list.setCurrentRow(0)
        self.list.setFocus()
        self.apply.setEnabled(bool(self.days))
        within_screen(self, 64 * GRID, 48 * GRID)

    def _lines(self, words: Words, *, busy: bool) -> tuple[str, ...]:
        """A line for each day; how full it is only where that is known (`busy`)."""
        said = "agenda.quiet_day" if busy else "diary.quiet_day_alone"
        offs = (days_off_text(day.days_off, words.texts) for day in self.days)
        each = zip(self.days, offs, strict=True)
        return tuple(words.say(said, day=day.date, minutes=day.chair_minutes, off=off) for day, off in each)

    def accept(self) -> None:
        """Goes on with the move to the chosen day, with everything that it would change shown first."""
        row = self.list.currentRow()
        if 0 <= row < len(self.days):
            super().accept()
            self._take(self.days[row].date)
