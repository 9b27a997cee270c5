"""What the engine proposes for the whole plan (fewer visits, a way around absences, distances from irradiations, a better weekday
to start): its price in words, applied as one step."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QListWidget, QPushButton, QVBoxLayout, QWidget

from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.request import DrugCourse, Event
from mbc_desktop.regimen.library import Library
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.entry.draft import Draft, with_course
from mbc_desktop.ui.entry.successor import continued
from mbc_desktop.ui.look.theme import GRID, within_screen

Sort = Literal["alignment", "absences", "radiotherapy", "start", "continue"]
SORTS: tuple[Sort, ...] = ("alignment", "absences", "radiotherapy", "start", "continue")
Proposed = tuple[tuple[str, ...], Draft | None]
"""The lines, and the treatment as it would be; None where there is nothing to apply."""


class ProposalDialog(QDialog):
    """Lists what would move; nothing happens before somebody applies it. Of the weekdays to start on, the chosen one is."""

    def __init__(self, desk: Desk, sort: Sort, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._sort, self._applied = desk, sort, False
        self._starts: tuple[Draft, ...] = ()
        self.list = QListWidget()
        self.apply, cancel = QPushButton(), QPushButton()
        lines, self._changed = self._proposal()
        words, hint = desk.words, QLabel()
        hint.setWordWrap(True)
        words.put(self, self.setWindowTitle, f"proposal.{sort}")
        words.put(hint, hint.setText, f"proposal.{sort}_hint")
        words.put(self.list, self.list.setAccessibleName, f"proposal.{sort}")
        words.put(self.apply, self.apply.setText, "act.apply")
        words.put(cancel, cancel.setText, "act.cancel")
        self._list(lines or (words.say("proposal.nothing"),))
        self.list.setWordWrap(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setSpacing(2)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.apply)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(hint)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        # Enter on what is chosen takes it.
        self.apply.setDefault(True)
        self.setTabOrder(self.apply, cancel)
        self.apply.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        self.list.currentRowChanged.connect(lambda _: self._enable())
        if sort == "start" and lines:
            self.list.setCurrentRow(0)
            self.list.setFocus()
        self._enable()
        within_screen(self, 80 * GRID, 56 * GRID)

    def accept(self) -> None:
        """Changes the treatment as proposed."""
        draft, session = self._wanted(), self._desk.session
        if draft is not None and not self._applied:
            self._applied = True
            session.close_step()
            session.change(draft, refill=True)
            super().accept()

    def _list(self, lines: tuple[str, ...]) -> None:
        self.list.addItems(lines)
        if self._changed is None and not self._starts:
            # What only says that there is nothing to do is not chosen, and looks so.
            self.list.setSelectionMode(QListWidget.SelectionMode.NoSelection)

    def _wanted(self) -> Draft | None:
        row = self.list.currentRow()
        return self._starts[row] if 0 <= row < len(self._starts) else self._changed

    def _enable(self) -> None:
        draft = self._wanted()
        self.apply.setEnabled(draft is not None and draft != self._desk.session.draft)

    def _proposal(self) -> Proposed:
        session = self._desk.session
        plan, library = session.plan, session.library
        if plan is None or library is None:
            return (), None
        match self._sort:
            case "alignment":
                return self._alignment(plan, library)
            case "absences":
                return self._absences(plan, library)
            case "radiotherapy":
                return self._radiotherapy(plan, library)
            case "start":
                return self._start(plan, library)
            case "continue":
                return continued(self._desk, plan, library)

    def _alignment(self, plan: Plan, library: Library) -> Proposed:
        from mbc_desktop.planning.proposals.alignment_proposal import propose_alignment
        from mbc_desktop.texts.proposal_text import alignment_lines

        found = propose_alignment(plan, library, self._desk.session.site, by=self._by())
        return alignment_lines(found, library, self._desk.words.texts), self._with(found.events if found else ())

    def _absences(self, plan: Plan, library: Library) -> Proposed:
        from mbc_desktop.planning.proposals.absence_proposal import plan_around_absences
        from mbc_desktop.texts.proposal_text import absence_lines

        found = plan_around_absences(plan, library, self._desk.session.site, by=self._by())
        return absence_lines(found, library, self._desk.words.texts), self._with(found.events if found else ())

    def _radiotherapy(self, plan: Plan, library: Library) -> Proposed:
        from mbc_desktop.planning.radiotherapy.radiotherapy_proposal import radiotherapy_proposals
        from mbc_desktop.texts.proposal_text import radiotherapy_lines

        solved = radiotherapy_proposals(plan, by=self._by())
        events = tuple(event for _, made in solved for event in made)
        return radiotherapy_lines(solved, library, self._desk.words.texts), self._with(events)

    def _start(self, plan: Plan, library: Library) -> Proposed:
        """Every weekday on which the selected course, or else the first one with drugs, could start."""
        from mbc_desktop.planning.proposals.start_day import start_days
        from mbc_desktop.texts.proposal_text import start_day_lines

        session, wanted = self._desk.session, self._desk.selection.course
        courses = [one for one in plan.request.courses if isinstance(one, DrugCourse)]
        course = next((one for one in courses if one.id == wanted), next(iter(courses), None))
        if course is None:
            return (), None
        days = start_days(plan.request, course.id, library, session.site)
        own = next(one for one in session.draft.courses if one.id == course.id)
        self._starts = tuple(with_course(session.draft, replace(own, start=day.start)) for day in days)
        return start_day_lines(days, self._desk.words.texts), None

    def _with(self, events: tuple[Event, ...]) -> Draft | None:
        draft = self._desk.session.draft
        return replace(draft, events=(*draft.events, *events)) if events else None

    def _by(self) -> str:
        return self._desk.session.signed_in or self._desk.preferences.user or "?"
