"""What events would change in the plan, line by line, before anything is done: objections first, then every date and dose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from mbc_desktop.planning.request import Event
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.look.theme import GRID
from mbc_desktop.ui.widgets.announce import announce

if TYPE_CHECKING:
    from mbc_desktop.planning.proposals.what_if import WhatIf


class ChangePreview(QWidget):
    """Holds the plan of the session against the one that it would be with some more events."""

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

    def compare(self, events: tuple[Event, ...]) -> None:
        """Shows what these events would change; none = not everything is filled in yet."""
        heading, objections, changes = self._lines(events)
        self.heading.setText(heading)
        self.list.clear()
        for line in objections:
            item = QListWidgetItem(f"⚠ {line}")
            font = item.font()
            font.setBold(True)
            item.setFont(font)
            self.list.addItem(item)
        self.list.addItems(changes)
        announce(self.list, "; ".join((heading, *objections, *changes[:5])))

    def _lines(self, events: tuple[Event, ...]) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
        from mbc_desktop.planning.files.treatment_error import TreatmentError
        from mbc_desktop.planning.proposals.what_if import what_if
        from mbc_desktop.texts.what_if_text import what_if_changes, what_if_headline, what_if_objections

        session, say, texts = self._desk.session, self._desk.words.say, self._desk.words.texts
        before, library = session.plan, session.library
        self.possible = False
        if not events or before is None or library is None:
            return say("act.not_complete"), (), ()
        try:
            preview = what_if(before.request, events, library, session.site, before=before)
        except TreatmentError as error:
            return say("act.impossible", place=error.place), (), ()
        self.possible = True
        objections, changes = what_if_objections(preview, library, texts), what_if_changes(preview, library, texts)
        return what_if_headline(preview, texts), objections, (*changes, *self._left_behind(preview))

    def _left_behind(self, preview: WhatIf) -> Iterator[str]:
        """What stays on the day from which a dose is taken away: whoever cannot come that day has to hear of it."""
        words, here = self._desk.words, {one.id: one.date for one in preview.after.administrations}
        put_off = {(one.course, one.target.drug, one.target.number) for one in preview.events if one.kind in ("move", "delay")}
        for moved in preview.before.administrations:
            day = moved.date
            if day is None or (moved.course, moved.drug, moved.number) not in put_off or here.get(moved.id) == day:
                continue
            given = [words.drug(one.drug) for one in preview.after.administrations if one.date == day and one.role == "treatment"]
            tests = [words.say(f"check.{one.kind}") for one in preview.after.checks if one.date == day]
            if named := tuple(dict.fromkeys((*given, *tests))):
                yield words.say("act.stays", day=day, what=words.texts.listing(named))
