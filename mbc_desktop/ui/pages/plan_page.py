"""The plan page: facts and courses | calendar | inspector and findings."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QSplitter, QWidget

from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.look.theme import GRID, scaled
from mbc_desktop.ui.override import override
from mbc_desktop.ui.pages.plan_columns import PlanColumns
from mbc_desktop.ui.panels.calendar_panel import CalendarPanel
from mbc_desktop.ui.widgets.surface import Surface
from mbc_desktop.ui.widgets.tab_order import walk_through

if TYPE_CHECKING:
    from mbc_desktop.ui.entry.regimen_search import Choosable
    from mbc_desktop.ui.panels.next_needed import NextNeeded

LEFT, CENTRE, RIGHT = 348, 660, 288
LEAST_LEFT, LEAST_RIGHT = 348, 208
"""Narrower than that a field loses its unit, and a step of a dose stands one word a line."""


class PlanPage(QWidget):
    """The calendar stands at once; the sides are built once the library is there (`finish`). `proposal_wanted` carries the sort
    of it."""

    proposal_wanted = Signal(str)
    decision_wanted = Signal(str)
    report_wanted = Signal()
    guideline_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.calendar = CalendarPanel(desk)
        self._left, self._right = Surface(), Surface()
        self._left.setMinimumWidth(scaled(LEAST_LEFT))
        self._right.setMinimumWidth(scaled(LEAST_RIGHT))
        self._waiting = QLabel()
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        desk.words.put(self._waiting, self._waiting.setText, "shell.loading")
        self._left.column.addWidget(self._waiting)
        self.columns = PlanColumns(desk, self._left, self.calendar, self._right, (scaled(LEFT), CENTRE, scaled(RIGHT)))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.columns)
        self._splitters: dict[str, QSplitter] = {}
        self._next: NextNeeded | None = None
        self._finished = False

    def finish(self) -> None:
        """Builds the sides. Their modules are imported here, after the first paint."""
        from mbc_desktop.ui.item_commands import ItemCommands
        from mbc_desktop.ui.panels.course_panel import CoursePanel
        from mbc_desktop.ui.panels.event_list import EventList
        from mbc_desktop.ui.panels.facts_form import FactsForm
        from mbc_desktop.ui.panels.findings_list import FindingsList
        from mbc_desktop.ui.panels.inspector import Inspector
        from mbc_desktop.ui.panels.item_actions import ItemActions
        from mbc_desktop.ui.widgets.named_tabs import NamedTabs

        self.facts, self.courses = FactsForm(self._desk), CoursePanel(self._desk)
        self.inspector, self.findings = Inspector(self._desk), FindingsList(self._desk)
        self.commands = ItemCommands(self._desk, self.window(), self.inspector.setFocus)
        self.item_actions, self.events = ItemActions(self._desk, self.commands), EventList(self._desk, self.commands)
        self._waiting.hide()
        left = self._fill(self._left, self.facts, self.courses, (58, 42))
        self._tabs = NamedTabs(self._desk, ((self.findings, "ui.findings.name"), (self.events, "act.events")))
        right = self._fill(self._right, _stacked(self.item_actions, self.inspector), self._tabs, (64, 36))
        self._splitters = {"plan_left": left, "plan_right": right}
        self.calendar.entered.connect(partial(self.go_to, "details"))
        self.calendar.menu_wanted.connect(self.commands.pop_up)
        self.calendar.month_view.dropped.connect(self.commands.move_to)
        self._desk.selection.changed.connect(self._follow)
        self.inspector.left.connect(partial(self.go_to, "calendar"))
        self.findings.field_wanted.connect(lambda _: self.columns.show_part("facts"))
        self.findings.field_wanted.connect(self.facts.show_field)
        self.findings.field_wanted.connect(self.courses.show_field)
        self.findings.proposal_wanted.connect(self.proposal_wanted)
        self.findings.guideline_wanted.connect(self.guideline_wanted)
        self.facts.report_wanted.connect(self.report_wanted)
        self.findings.decision_wanted.connect(self.decision_wanted)
        self.courses.event_wanted.connect(self.commands.begin_for_course)
        self.findings.interval_offered.connect(self.commands.begin_interval)
        for moved in (self.courses.rearranged, self.columns.arranged):
            moved.connect(self._walk_in_order)
        QTimer.singleShot(0, self, self._walk_in_order)
        self.restore_state()
        self._finished = True

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not (entered and self._finished and self._go_on()):
            super().keyPressEvent(event)

    def begin_anew(self) -> None:
        """For another patient: the calendar at today, the keyboard at the family name."""
        self.calendar.go_today()
        self.go_to("facts")

    def go_to(self, part: str) -> None:
        """Brings "facts", "calendar" or "details" into sight and puts the keyboard there."""
        self.columns.show_part(part)
        {"facts": self.facts, "calendar": self.calendar, "details": self.inspector}[part].setFocus()

    def find_regimen(self) -> None:
        """Puts the keyboard where a regimen is looked for."""
        self.columns.show_part("facts")
        self.courses.search.setFocus()
        # What is typed now takes the place of what was looked for before.
        self.courses.search.selectAll()

    def begin_course(self, chosen: Choosable) -> None:
        """Adds a course and puts the keyboard into its start date."""
        self.columns.show_part("facts")
        self.courses.begin(chosen)

    def _go_on(self) -> bool:
        """Enter among the facts and courses: on to what is still needed. False where it means something else."""
        if self._next is None:
            from mbc_desktop.ui.panels.next_needed import NextNeeded

            self._next = NextNeeded(self._desk, self.facts, self.courses, partial(self.go_to, "calendar"))
        return self._next.go_on()

    def _walk_in_order(self) -> None:
        """The Tab key goes from the facts to the courses, then to the calendar, then to what is told about it."""
        told = (self.item_actions, self.inspector, self._tabs.tabBar(), self.findings, self.events)
        walk_through(self.courses, self.calendar, *told)

    def restore_state(self) -> None:
        """Gives the parts the sizes they had when the program was last closed."""
        for name, splitter in (*self._splitters.items(), *self._across()):
            state = self._desk.preferences.state(name)
            if state is not None:
                splitter.restoreState(state)

    def keep_state(self) -> None:
        """Remembers the sizes of the parts."""
        for name, splitter in (*self._splitters.items(), *self._across()):
            self._desk.preferences.keep_state(name, QByteArray(splitter.saveState()))

    def _follow(self) -> None:
        """What is chosen in the calendar is told beside it, also where facts and details share a column."""
        focused = QApplication.focusWidget()
        in_calendar = focused is not None and self.calendar.isAncestorOf(focused)
        if self._desk.selection.item and in_calendar and not self.columns.alone:
            self.columns.show_part("details")

    def _across(self) -> tuple[tuple[str, QSplitter], ...]:
        """The columns, while all three have room: the sizes of fewer are given by the letter."""
        return (("plan_across", self.columns.splitter),) if self.columns.together else ()

    def _fill(self, side: Surface, upper: QWidget, lower: QWidget, shares: tuple[int, int]) -> QSplitter:
        splitter = _splitter(Qt.Orientation.Vertical)
        splitter.addWidget(upper)
        splitter.addWidget(lower)
        side.column.addWidget(splitter)
        splitter.setSizes([self.height() * share // 100 for share in shares])
        return splitter


def _stacked(*parts: QWidget) -> QWidget:
    """Parts under one another; the last one takes the room that is left."""
    both = Surface()
    for part in parts:
        both.column.addWidget(part, 1 if part is parts[-1] else 0)
    return both


def _splitter(orientation: Qt.Orientation) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setChildrenCollapsible(False)
    splitter.setHandleWidth(GRID // 2)
    return splitter
