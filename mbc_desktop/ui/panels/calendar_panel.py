"""The middle of the plan page: month and year with the buttons to turn, the month itself, the legend."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from mbc_desktop.ui.calendar.day_text import short_month
from mbc_desktop.ui.calendar.month_view import MonthView
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.look.theme import GRID, larger, small_picture
from mbc_desktop.ui.override import override
from mbc_desktop.ui.widgets.fitting_label import FittingLabel
from mbc_desktop.ui.widgets.icons import icon
from mbc_desktop.ui.widgets.legend import Legend
from mbc_desktop.ui.widgets.view_switch import ViewSwitch

if TYPE_CHECKING:
    from mbc_desktop.planning.plan import Plan
    from mbc_desktop.ui.calendar.plan_picture import PlanPicture

VIEWS = ("month", "quarter", "timeline")


class CalendarPanel(QWidget):
    """The calendar of the session's plan; lights the window of the selected administration. `entered` and `menu_wanted` come from
    whichever view is shown."""

    entered = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.month_view = MonthView(desk.selection, desk.words, desk.look.colours, today=desk.session.today)
        self.legend = Legend(desk)
        self._views: dict[str, QWidget] = {"month": self.month_view}
        self._pictures: dict[str, PlanPicture] = {}
        self._stack = QStackedWidget()
        self._stack.addWidget(self.month_view)
        self.switch = ViewSwitch(desk.words, desk.look, VIEWS)
        self.switch.chosen.connect(self.show_view)
        self._title = FittingLabel()
        self._title.setFont(larger(self.font(), 4))
        self._previous, self._next = self._turner("previous", -1), self._turner("next", 1)
        today = self._today()
        bar = QHBoxLayout()
        bar.setContentsMargins(GRID // 2, 0, 0, 0)
        bar.setSpacing(GRID // 2)
        bar.addWidget(self._title, 1)
        bar.addWidget(self.switch)
        for button in (self._previous, today, self._next):
            bar.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.setSpacing(GRID // 2)
        column.addLayout(bar)
        column.addWidget(self._stack, 1)
        column.addWidget(self.legend)
        desk.session.planned.connect(self._show)
        desk.selection.changed.connect(self._light)
        desk.words.changed.connect(self._name_month)
        desk.look.changed.connect(self._paint)
        self.month_view.month_changed.connect(self._name_month)
        self.month_view.entered.connect(self.entered)
        self.month_view.menu_wanted.connect(self.menu_wanted)
        self._paint()
        self._name_month()

    @override
    def setFocus(self, reason: Qt.FocusReason | None = None) -> None:
        """To the view that is shown. No focus proxy: with one, Tab never stops at the buttons above the view."""
        # No enumeration as what stands for nothing: the first one asked for loads all of them, before the first paint.
        if reason is None:
            self.shown.setFocus()
        else:
            self.shown.setFocus(reason)

    @property
    def shown(self) -> QWidget:
        """The month, the quarter or the timeline."""
        return self._views[self.view]

    @property
    def view(self) -> str:
        """Which view is shown: "month", "quarter" or "timeline"."""
        return next(name for name, view in self._views.items() if view is self._stack.currentWidget())

    def show_view(self, name: str) -> None:
        """Shows another view, made when it is first wanted."""
        if name not in self._views:
            self._views[name] = self._make_view(name)
            self._stack.addWidget(self._views[name])
        self._stack.setCurrentWidget(self._views[name])
        self.switch.show_chosen(name)
        self.legend.setVisible(name != "timeline")
        self._name_month()
        self._views[name].setFocus()

    def turn(self, months: int) -> None:
        """Goes some months on or back; in the quarter three at a time."""
        self.month_view.turn(months * (3 if self.view == "quarter" else 1))

    def go_today(self) -> None:
        """Goes to the present day."""
        self.month_view.go_today()

    def _make_view(self, name: str) -> PlanPicture:
        # Not before somebody wants to see them: the window opens with the month.
        from mbc_desktop.ui.calendar.quarter_view import QuarterView
        from mbc_desktop.ui.calendar.timeline_view import TimelineView

        view: PlanPicture = QuarterView(self._desk) if name == "quarter" else TimelineView(self._desk)
        self._pictures[name] = view
        view.title_changed.connect(self._name_month)
        view.entered.connect(self.entered)
        view.menu_wanted.connect(self.menu_wanted)
        return view

    def _today(self) -> QToolButton:
        button = QToolButton()
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(self.go_today)
        self._desk.words.put(button, button.setText, "ui.calendar.today")
        return button

    def _turner(self, picture: str, months: int) -> QToolButton:
        button = QToolButton()
        button.setIconSize(small_picture())
        button.clicked.connect(lambda: self.turn(months))
        self._desk.words.put(button, button.setAccessibleName, f"ui.calendar.{picture}")
        self._desk.words.put(button, button.setToolTip, f"ui.calendar.{picture}")
        return button

    def _paint(self) -> None:
        colours = self._desk.look.colours
        self._previous.setIcon(icon("previous", colours.text))
        self._next.setIcon(icon("next", colours.text))
        self.month_view.use_colours(colours)

    def _name_month(self) -> None:
        picture = self._pictures.get(self.view)
        texts, month = self._desk.words.texts, self.month_view.cells.grid.month
        full, short = picture.title() if picture else (texts.month(month), short_month(texts, month))
        self._title.say(full[0].upper() + full[1:], short[0].upper() + short[1:])
        self._stack.setAccessibleName(full)

    def _show(self) -> None:
        session = self._desk.session
        self._light()
        self.month_view.show_plan(session.plan, today=session.today)
        self.legend.show_plan(session.plan)

    def _light(self) -> None:
        plan = self._desk.session.plan
        self.month_view.light_window(_window(plan, self._desk.selection.item) if plan else None)


def _window(plan: Plan, item: str) -> tuple[date, date] | None:
    if not item:
        return None
    return next((given.window for given in plan.administrations if given.id == item), None)
