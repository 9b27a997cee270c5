"""What the engine proposes for the whole plan (fewer visits, a way around absences): its price in words, applied as one step."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QListWidget, QPushButton, QVBoxLayout, QWidget

from mbc_desktop.planning.request import Event
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.theme import GRID

Sort = Literal["alignment", "absences"]


class ProposalDialog(QDialog):
    """Lists what would move; nothing happens before somebody applies it."""

    def __init__(self, desk: Desk, sort: Sort, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self.list = QListWidget()
        self.apply, cancel = QPushButton(), QPushButton()
        self.events, lines = self._proposal(sort)
        words, hint = desk.words, QLabel()
        hint.setWordWrap(True)
        words.put(self, self.setWindowTitle, f"proposal.{sort}")
        words.put(hint, hint.setText, f"proposal.{sort}_hint")
        words.put(self.list, self.list.setAccessibleName, f"proposal.{sort}")
        words.put(self.apply, self.apply.setText, "act.apply")
        words.put(cancel, cancel.setText, "act.cancel")
        self.list.addItems(lines or (words.say("proposal.nothing"),))
        self.list.setWordWrap(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.apply.setEnabled(bool(self.events))
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
        self.apply.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        self.resize(80 * GRID, 56 * GRID)

    def accept(self) -> None:
        """Enters the events of the proposal."""
        session = self._desk.session
        session.close_step()
        session.change(replace(session.draft, events=(*session.draft.events, *self.events)))
        super().accept()

    def _proposal(self, sort: Sort) -> tuple[tuple[Event, ...], tuple[str, ...]]:
        from mbc_desktop.planning.absence_proposal import plan_around_absences
        from mbc_desktop.planning.alignment_proposal import propose_alignment
        from mbc_desktop.texts.proposal_text import absence_lines, alignment_lines

        session, texts = self._desk.session, self._desk.words.texts
        plan, library = session.plan, session.library
        if plan is None or library is None:
            return (), ()
        by = session.signed_in or self._desk.preferences.user or "?"
        if sort == "alignment":
            aligned = propose_alignment(plan, library, session.site, by=by)
            return aligned.events if aligned else (), alignment_lines(aligned, library, texts)
        around = plan_around_absences(plan, library, session.site, by=by)
        return around.events if around else (), absence_lines(around, library, texts)
