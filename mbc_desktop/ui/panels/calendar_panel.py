"""The middle of the plan page: month and year with the buttons to turn, the month itself, the legend."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from mbc_desktop.ui.calendar.month_view import MonthView
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.theme import GRID, larger
from mbc_desktop.ui.widgets.icons import icon
from mbc_desktop.ui.widgets.legend import Legend

if TYPE_CHECKING:
    from mbc_desktop.planning.plan import Plan


class CalendarPanel(QWidget):
    """The calendar of the session's plan; lights the window of the selected administration."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.month_view = MonthView(desk.selection, desk.words, desk.look.colours, today=desk.session.today)
        self._legend = Legend(desk)
        self._title = QLabel()
        self._title.setFont(larger(self.font(), 4))
        self._previous, self._next = self._turner("previous", -1), self._turner("next", 1)
        today = QPushButton()
        desk.words.put(today, today.setText, "ui.calendar.today")
        today.clicked.connect(self.month_view.go_today)
        bar = QHBoxLayout()
        bar.setContentsMargins(GRID, 0, 0, 0)
        bar.addWidget(self._title)
        bar.addStretch(1)
        for button in (self._previous, today, self._next):
            bar.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.setSpacing(GRID // 2)
        column.addLayout(bar)
        column.addWidget(self.month_view, 1)
        column.addWidget(self._legend)
        self.setFocusProxy(self.month_view)
        desk.session.changed.connect(self._show)
        desk.selection.changed.connect(self._light)
        desk.words.changed.connect(self._name_month)
        desk.look.changed.connect(self._paint)
        self.month_view.month_changed.connect(self._name_month)
        self._paint()
        self._name_month()

    def _turner(self, picture: str, months: int) -> QToolButton:
        button = QToolButton()
        button.setIconSize(QSize(16, 16))
        button.clicked.connect(lambda: self.month_view.turn(months))
        self._desk.words.put(button, button.setAccessibleName, f"ui.calendar.{picture}")
        self._desk.words.put(button, button.setToolTip, f"ui.calendar.{picture}")
        return button

    def _paint(self) -> None:
        colours = self._desk.look.colours
        self._previous.setIcon(icon("previous", colours.text))
        self._next.setIcon(icon("next", colours.text))
        self.month_view.use_colours(colours)

    def _name_month(self) -> None:
        name = self._desk.words.texts.month(self.month_view.cells.grid.month)
        self._title.setText(name[0].upper() + name[1:])

    def _show(self) -> None:
        session = self._desk.session
        self.month_view.show_plan(session.plan, today=session.today)
        self._legend.show_plan(session.plan)
        self._light()

    def _light(self) -> None:
        plan = self._desk.session.plan
        self.month_view.light_window(_window(plan, self._desk.selection.item) if plan else None)


def _window(plan: Plan, item: str) -> tuple[date, date] | None:
    if not item:
        return None
    return next((given.window for given in plan.administrations if given.id == item), None)
