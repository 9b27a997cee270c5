"""The list of courses: the search box above, one card for each course below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QVBoxLayout, QWidget

from mbc_desktop.ui.calendar.day_items import therapies_of
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.entry.course_draft import CourseDraft, next_course_id
from mbc_desktop.ui.entry.draft import with_course, without_course
from mbc_desktop.ui.entry.regimen_search import Choosable
from mbc_desktop.ui.look.theme import GRID
from mbc_desktop.ui.panels.search_box import SearchBox

if TYPE_CHECKING:
    from mbc_desktop.regimen.library import Library
    from mbc_desktop.ui.panels.course_card import CourseCard

SETTLED_MS = 50


class CoursePanel(QWidget):
    """Adds, edits and removes courses; one card at a time is unfolded. `event_wanted` carries the course that something happened
    to."""

    event_wanted = Signal(str)
    rearranged = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._cards: dict[str, CourseCard] = {}
        self._unfolded = ""
        self.search = SearchBox(desk, together=True)
        self._hint = QLabel()
        self._hint.setWordWrap(True)
        desk.words.put(self._hint, self._hint.setText, "ui.course.none")
        self._lay_out()
        self.search.found.connect(self.begin)
        self.search.several_found.connect(self.begin_together)
        desk.session.changed.connect(self._show)
        desk.session.replaced.connect(self._refill)
        desk.selection.changed.connect(self._follow)
        self._show()

    def card(self, course: str) -> CourseCard:
        """The card of a course."""
        return self._cards[course]

    def begin(self, chosen: Choosable) -> None:
        """Adds a course and puts the keyboard into its start date."""
        self.begin_together((chosen,))

    def begin_together(self, chosen: Sequence[Choosable]) -> None:
        """Adds courses in one step. The keyboard goes into the start date of the first, which holds for all of them until
        somebody says otherwise."""
        session = self._desk.session
        draft, added = session.draft, []
        for one in chosen:
            course = CourseDraft(id=next_course_id(draft.courses), kind=one.kind, subject=one.id)
            draft = with_course(draft, course)
            added.append(course.id)
        session.change(draft)
        self._unfold(added[0])
        card = self._cards[added[0]]
        card.begin_with(tuple(added[1:]))
        # After the list of the search box has gone, which takes the keyboard back to the box.
        QTimer.singleShot(0, card, card.focus_start)
        # And once the card has found its place. It may be longer than there is room: its head and the start date stand there.
        QTimer.singleShot(SETTLED_MS, card, lambda: self._scroll.verticalScrollBar().setValue(card.y()))

    def show_field(self, field: str) -> None:
        """Unfolds the card that a field "course.c1.look_alike" belongs to and puts the keyboard there."""
        kind, _, rest = field.partition(".")
        course, _, part = rest.rpartition(".")
        card = self._cards.get(course) if kind == "course" else None
        if card is not None:
            self._unfold(card.id)
            QTimer.singleShot(0, card, lambda: card.focus_part(part))
            QTimer.singleShot(SETTLED_MS, card, self._show_keyboard)

    def name_of(self, widget: QWidget) -> str:
        """The field that a widget in here belongs to: "search", "course.c1.start"; "" for none."""
        from mbc_desktop.ui.entry.needed_fields import SEARCH

        if widget is self.search:
            return SEARCH
        card = next((one for one in self._cards.values() if one.isAncestorOf(widget)), None)
        return f"course.{card.id}.{card.part_of(widget)}" if card is not None else ""

    def _show_keyboard(self) -> None:
        """Brings into sight what has the keyboard."""
        here = QApplication.focusWidget()
        if here is not None and self._scroll.isAncestorOf(here):
            self._scroll.ensureWidgetVisible(here)

    def _remove(self, course: str) -> None:
        self._desk.session.change(without_course(self._desk.session.draft, course))
        self.search.setFocus()

    def _toggle(self, course: str) -> None:
        self._unfold("" if self._unfolded == course else course)

    def _unfold(self, course: str) -> None:
        self._unfolded = course
        for card in self._cards.values():
            card.unfold(card.id == course)
        self.rearranged.emit()

    def _follow(self) -> None:
        course = self._desk.selection.course
        if course in self._cards and not self._desk.selection.item:
            self._unfold(course)
            self._scroll.verticalScrollBar().setValue(self._cards[course].y())

    def _refill(self) -> None:
        self._show()
        for card in self._cards.values():
            card.refill()

    def _show(self) -> None:
        session = self._desk.session
        if session.library is None:
            return
        wanted = {course.id: course for course in session.draft.courses}
        for gone in [card for card in self._cards.values() if card.subject != _subject(wanted.get(card.id))]:
            del self._cards[gone.id]
            gone.hide()
            gone.deleteLater()
        for course in session.draft.courses:
            if course.id not in self._cards:
                self._insert(self._card(course, session.library))
        therapies = therapies_of(session.plan) if session.plan else ()
        for card in self._cards.values():
            card.tell()
            card.show_therapies(therapies)
        self._hint.setVisible(not self._cards)

    def _bring_into_sight(self, part: QWidget) -> None:
        """Shows a line and what is said below it, once that has found its place."""
        QTimer.singleShot(SETTLED_MS, part, lambda: self._scroll.ensureWidgetVisible(part, 0, part.height() * 4))

    def _card(self, course: CourseDraft, library: Library) -> CourseCard:
        # The forms of a course are not needed before there is one.
        from mbc_desktop.ui.panels.course_card import CourseCard

        return CourseCard(self._desk, course, library)

    def _insert(self, card: CourseCard) -> None:
        self._cards[card.id] = card
        card.toggled.connect(self._toggle)
        card.removed.connect(self._remove)
        card.event_wanted.connect(self.event_wanted)
        card.shown = self._bring_into_sight
        self._inside.insertWidget(self._inside.count() - 1, card)
        card.unfold(card.id == self._unfolded)
        self.rearranged.emit()

    def _lay_out(self) -> None:
        heading = QLabel()
        font = heading.font()
        font.setBold(True)
        heading.setFont(font)
        self._desk.words.put(heading, heading.setText, "ui.course.heading")
        inside = QWidget()
        inside.setBackgroundRole(QPalette.ColorRole.Base)
        self._inside = QVBoxLayout(inside)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(GRID // 2)
        self._inside.addWidget(self._hint)
        self._inside.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # It stands from the first moment, so that the button that unfolds a card stays under the mouse.
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID, GRID, GRID // 2)
        column.setSpacing(GRID // 2)
        column.addWidget(heading)
        column.addWidget(self.search)
        column.addWidget(self._scroll, 1)


def _subject(course: CourseDraft | None) -> str:
    return course.subject if course else ""
