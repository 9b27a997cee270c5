"""What would become different in the plan, line by line, before anything is done."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListWidget, QVBoxLayout, QWidget

from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.draft import Draft
from mbc_desktop.ui.session import ContradictionError
from mbc_desktop.ui.theme import GRID
from mbc_desktop.ui.widgets.announce import announce


class ChangePreview(QWidget):
    """Compares the plan of the session with the one that another draft would give."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.possible = False
        self.heading, self.list = QLabel(), QListWidget()
        self.heading.setWordWrap(True)
        font = self.heading.font()
        font.setBold(True)
        self.heading.setFont(font)
        self.list.setWordWrap(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        desk.words.put(self.list, self.list.setAccessibleName, "act.preview")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.heading)
        column.addWidget(self.list, 1)

    def compare(self, draft: Draft | None) -> None:
        """Shows what the draft would change; None = not everything is filled in yet."""
        from mbc_desktop.planning.plan_difference import plan_difference
        from mbc_desktop.texts.difference_text import change_text

        session, say = self._desk.session, self._desk.words.say
        self.possible, lines = False, []
        before, library = session.plan, session.library
        if draft is None or before is None or library is None:
            heading = say("act.not_complete")
        else:
            try:
                after = session.preview(draft)
            except ContradictionError as error:
                heading = say("act.impossible", place=str(error))
            else:
                self.possible = after is not None
                changes = plan_difference(before, after) if after is not None else ()
                lines = [change_text(change, library, self._desk.words.texts) for change in changes]
                heading = say("act.changes", count=len(lines)) if lines else say("act.no_changes")
        self.heading.setText(heading)
        self.list.clear()
        self.list.addItems(lines)
        announce(self.list, "; ".join((heading, *lines[:5])))
