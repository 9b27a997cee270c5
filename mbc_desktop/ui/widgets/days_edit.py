"""Several days, typed one after the other: Enter or the button takes the day that stands in the field."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from mbc_desktop.patient.date_plausibility import DatePolicy
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.look.theme import GRID, small_picture
from mbc_desktop.ui.widgets.announce import announce
from mbc_desktop.ui.widgets.date_edit import DateEdit
from mbc_desktop.ui.widgets.icons import icon


class DaysEdit(QWidget):
    """`changed` follows every day that is taken or removed. A day that is typed and not yet taken counts too: nobody loses the
    last one by forgetting the button."""

    changed = Signal()

    def __init__(self, desk: Desk, policy: DatePolicy | None, label: str) -> None:
        super().__init__()
        self._desk = desk
        self._days: list[date] = []
        session, name = desk.session, QLabel()
        self.line = DateEdit(policy, desk.words, desk.look, label=label, today=lambda: session.today, echo_below=True)
        self.take_button = QPushButton()
        self.take_button.setAutoDefault(False)
        name.setBuddy(self.line)
        desk.words.put(name, name.setText, label)
        desk.words.put(self.take_button, self.take_button.setText, "spinal.one_more_day")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        row = QHBoxLayout()
        row.addWidget(self.line, 1)
        row.addWidget(self.take_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(name)
        column.addLayout(row)
        column.addLayout(self._rows)
        self.line.line.returnPressed.connect(self.take)
        self.take_button.clicked.connect(self.take)
        self.line.changed.connect(lambda _: self.changed.emit())
        self.line.confirmed.connect(lambda _: self.changed.emit())

    def value(self) -> tuple[date, ...]:
        """The days in their order; none while a text in the field cannot be read as one."""
        typed = self.line.value()
        if typed is None and self.line.text().strip():
            return ()
        return tuple(sorted({*self._days, *([typed] if typed else [])}))

    def take(self) -> None:
        """Takes the day of the field into the list and empties the field."""
        day = self.line.value()
        if day is None:
            return
        if day not in self._days:
            self._days.append(day)
            self._days.sort()
            announce(self, self._desk.words.texts.long_date(day))
        self.line.show_text("")
        self.line.setFocus()
        self._show()

    def _remove(self, day: date, _: bool = False) -> None:
        self._days.remove(day)
        self.line.setFocus()
        self._show()

    def _show(self) -> None:
        while (old := self._rows.takeAt(0)) is not None:
            if (row := old.widget()) is not None:
                row.hide()
                row.deleteLater()
        for day in self._days:
            self._rows.addWidget(self._row(day))
        self.changed.emit()

    def _row(self, day: date) -> QWidget:
        words, row, remove = self._desk.words, QWidget(), QToolButton()
        text = words.texts.long_date(day)
        remove.setAutoRaise(True)
        remove.setIconSize(small_picture())
        remove.setIcon(icon("remove", self._desk.look.colours.muted))
        remove.setAccessibleName(words.say("facts.remove", what=text))
        remove.clicked.connect(partial(self._remove, day))
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(QLabel(text), 1)
        line.addWidget(remove)
        return row
