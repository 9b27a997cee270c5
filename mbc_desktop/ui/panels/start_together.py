"""The tick below a start date that gives the same day to the courses that were added with this one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QCheckBox

from mbc_desktop.regimen.library import Library
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.entry.course_draft import CourseDraft
from mbc_desktop.ui.entry.draft import Draft, with_broken, with_course
from mbc_desktop.ui.labels import course_title


class StartTogether(QCheckBox):
    """Ticked for as long as every one of `others` has the start of the course `leader`: a day of its own for one of them takes
    the tick away, and nothing moves that nobody sees."""

    def __init__(self, desk: Desk, library: Library, leader: str, others: tuple[str, ...]) -> None:
        super().__init__()
        self._desk, self._library, self._leader, self._others = desk, library, leader, others
        self.setChecked(True)
        desk.words.changed.connect(self.tell)
        # Another treatment has other courses, whatever they are called.
        desk.session.begun.connect(self._forget)

    def with_start(self, draft: Draft, start: date | None) -> Draft:
        """The draft in which the others begin on that day too; as it is while the tick is off."""
        for other in self._courses(draft) if self.isChecked() else ():
            draft = with_course(draft, replace(other, start=start))
            draft = with_broken(draft, {f"course.{other.id}.start": None})
        return draft

    def tell(self) -> None:
        """Names the others, and takes the tick away once one of them begins on another day."""
        draft = self._desk.session.draft
        others, words = self._courses(draft), self._desk.words
        own = next((one.start for one in draft.courses if one.id == self._leader), None)
        if any(other.start != own for other in others):
            self.setChecked(False)
        names = tuple(course_title(words, self._library, other, brands=False) for other in others)
        self.setText(words.say("ui.course.same_start", courses=words.texts.listing(names)) if names else "")
        self.setToolTip(self.text())
        self.setVisible(bool(names))

    def _courses(self, draft: Draft) -> tuple[CourseDraft, ...]:
        return tuple(one for one in draft.courses if one.id in self._others)

    def _forget(self) -> None:
        self._others = ()
        self.hide()
