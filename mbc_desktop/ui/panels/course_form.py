"""What the forms of both kinds of course share: a start date, and fields that write back into the session."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Literal

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from mbc_desktop.core.typed_text import read_note
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.entry.course_draft import CourseDraft, with_choice
from mbc_desktop.ui.entry.draft import with_broken, with_course
from mbc_desktop.ui.entry.typed_state import CONFIRMED_BEFORE, date_text, typed_date
from mbc_desktop.ui.panels.start_together import StartTogether
from mbc_desktop.ui.widgets.choice_box import ChoiceBox
from mbc_desktop.ui.widgets.date_edit import DateEdit
from mbc_desktop.ui.widgets.quantity_edit import QuantityEdit
from mbc_desktop.ui.widgets.text_edit import TextEdit

NumberField = Literal["cycle_number", "rt_fractions", "rt_dose_per_fraction", "weight"]


class CourseForm(QWidget):
    """The fields of one course, name above field."""

    def __init__(self, desk: Desk, course: CourseDraft) -> None:
        super().__init__()
        self._desk, self._id = desk, course.id
        self._names: dict[QWidget, QLabel] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.start = self.date_field("start_date", "ui.course.start", "start", lambda draft, day: replace(draft, start=day))
        self.together: StartTogether | None = None

    def course(self) -> CourseDraft:
        """The course as the session holds it; an empty one of the same id once it has been removed."""
        courses = self._desk.session.draft.courses
        return next((one for one in courses if one.id == self._id), CourseDraft(id=self._id, kind="drug", subject=""))

    def show_course(self) -> None:
        """Fills every field from the session."""
        self.show_start()

    def show_start(self) -> None:
        """Fills the start date from the session."""
        self.show_date(self.start, "start", self.course().start)

    def add(self, label: str, field: QWidget) -> QLabel:
        """Adds a field under its name; returns the name's label."""
        name = QLabel()
        name.setWordWrap(True)
        name.setBuddy(field)
        self._desk.words.put(name, lambda text: name.setText(text[:1].upper() + text[1:]), label)
        self._column.addWidget(name)
        self._column.addWidget(field)
        self._names[field] = name
        return name

    def begin_with(self, together: StartTogether) -> None:
        """Puts the tick for the courses that begin on the same day below the start date."""
        self.together = together
        self._column.insertWidget(self._column.indexOf(self.start) + 1, together)
        together.tell()
        together.clicked.connect(lambda: self.store(self.course(), "start", self.typed("start")))

    def parts(self) -> dict[str, QWidget]:
        """The fields that the plan may be waiting for, by name."""
        return {"start": self.start}

    def name_of(self, field: QWidget) -> QLabel:
        """The label above a field."""
        return self._names[field]

    def date_field(
        self, policy: str, label: str, name: str, write: Callable[[CourseDraft, date | None], CourseDraft]
    ) -> DateEdit:
        """Adds a date field that writes into the course by `write`."""
        dates = self._desk.session.fields.dates if self._desk.session.fields else {}
        edit = DateEdit(
            dates.get(policy),
            self._desk.words,
            self._desk.look,
            label=label,
            today=lambda: self._desk.session.today,
            echo_below=True,
        )

        def take(_: object) -> None:
            typed = typed_date(edit)
            self.store(write(self.course(), typed.value), name, typed.broken)

        edit.changed.connect(take)
        edit.confirmed.connect(take)
        self.add(label, edit)
        return edit

    def number_field(
        self,
        policy: NumberField,
        label: str,
        name: str,
        write: Callable[[CourseDraft, Decimal | None], CourseDraft],
        *,
        between: tuple[str, str] | None = None,
    ) -> QuantityEdit:
        """Adds a number field that writes into the course by `write`; `between` = limits of its own."""
        numbers = self._desk.session.fields.numbers if self._desk.session.fields else {}
        rule = numbers.get(policy)
        if rule is not None and between is not None:
            rule = replace(rule, id=name, hard=(Decimal(between[0]), Decimal(between[1])), soft=None)
        edit = QuantityEdit(rule, self._desk.words, self._desk.look, label=label)

        def take(_: object) -> None:
            value = edit.value()
            broken = edit.text() if value is None and edit.text().strip() else None
            self.store(write(self.course(), value), name, broken)

        edit.changed.connect(take)
        edit.confirmed.connect(take)
        self.add(label, edit)
        return edit

    def text_field(self, label: str, name: str, write: Callable[[CourseDraft, str], CourseDraft]) -> TextEdit:
        """Adds a field for a short text that writes into the course by `write`."""
        edit = TextEdit(read_note, self._desk.words, self._desk.look, label=label, kind="note")

        def take(_: object) -> None:
            typed = edit.value()
            self.store(write(self.course(), typed or ""), name, None if typed or not edit.text().strip() else edit.text())

        edit.changed.connect(take)
        self.add(label, edit)
        return edit

    def show_part(self, field: QWidget, shown: bool) -> None:
        """Shows or hides a field with its name."""
        field.setVisible(shown)
        self.name_of(field).setVisible(shown)

    def add_plain(self, field: QWidget) -> None:
        """Adds something that carries its own name."""
        self._column.addWidget(field)

    def choice(self, label: str, key: str) -> ChoiceBox:
        """Adds a list that writes one of the course's choices."""
        box = ChoiceBox(self._desk.words)
        box.chosen.connect(lambda value: self.store(with_choice(self.course(), key, value), key, None))
        self._desk.words.put(box, box.setAccessibleName, label)
        self.add(label, box)
        return box

    def store(self, course: CourseDraft, name: str, broken: str | None) -> None:
        """Writes the course back; `broken` is the text of the field when it cannot be read."""
        session, field = self._desk.session, f"course.{self._id}.{name}"
        draft = with_course(session.draft, course)
        if name == "start" and self.together is not None:
            draft = self.together.with_start(draft, course.start)
        session.change(with_broken(draft, {field: broken}), step=field)

    def typed(self, name: str) -> str | None:
        """The unreadable text of a field of this course."""
        return self._desk.session.draft.text_of(f"course.{self._id}.{name}")

    def show_date(self, edit: DateEdit, name: str, day: date | None) -> None:
        """Shows a date of the course, or the text that cannot be read."""
        typed = self.typed(name)
        edit.show_text(date_text(day) if typed is None else typed, confirmed=CONFIRMED_BEFORE if day else "")
