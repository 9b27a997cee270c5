"""The fields of a regimen that few courses need: how many cycles, until when, the weight that doses keep, the version."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QWidget

from mbc_desktop.core.quantity import Quantity
from mbc_desktop.planning.findings.approved_content import pin_of
from mbc_desktop.regimen.regimen import Regimen
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.entry.course_draft import CourseDraft
from mbc_desktop.ui.entry.typed_state import number_text

if TYPE_CHECKING:
    from mbc_desktop.ui.panels.course_form import CourseForm


class MoreCourseFields:
    """Adds its fields at the end of a form, under a tick that shows them."""

    def __init__(self, form: CourseForm, desk: Desk, regimen: Regimen) -> None:
        self._form, self._desk, self._regimen = form, desk, regimen
        self.more, self.pin = QCheckBox(), QCheckBox()
        desk.words.put(self.more, self.more.setText, "course.more")
        form.add_plain(self.more)
        self.cycles = form.number_field("cycle_number", "course.cycles", "cycles", _with_cycles)
        self.until = form.date_field("calendar_day", "course.until", "until", _with_until)
        self.weight = form.number_field("weight", "course.reference_weight", "reference_weight", _with_weight)
        desk.words.put(self.pin, self.pin.setText, "course.pin")
        self.pin.clicked.connect(self._store_pin)
        form.add_plain(self.pin)
        fields = (self.cycles, self.until, self.weight)
        named = [part for field in fields for part in (form.name_of(field), field)]
        self._parts: tuple[QWidget, ...] = (*named, self.pin)
        self.more.toggled.connect(self._show)
        self._show(False)

    def show_course(self) -> None:
        """Fills the fields; unfolds when one of them holds something."""
        course, words = self._form.course(), self._desk.words
        for edit, name, value in (
            (self.cycles, "cycles", course.cycles),
            (self.weight, "reference_weight", course.reference_weight.amount if course.reference_weight else None),
        ):
            typed = self._form.typed(name)
            edit.show_text(number_text(words, value) if typed is None else typed)
        self._form.show_date(self.until, "until", course.until)
        self.pin.setChecked(course.pin is not None)
        if self.cycles.text() or self.weight.text() or self.until.text() or course.pin:
            self.more.setChecked(True)

    def _store_pin(self, pinned: bool) -> None:
        library = self._desk.session.library
        if library is None:
            return
        pin = pin_of(self._regimen, library) if pinned else None
        self._form.store(replace(self._form.course(), pin=pin), "pin", None)

    def _show(self, shown: bool) -> None:
        for part in self._parts:
            part.setVisible(shown)


def _with_cycles(course: CourseDraft, number: Decimal | None) -> CourseDraft:
    return replace(course, cycles=None if number is None else int(number))


def _with_until(course: CourseDraft, day: date | None) -> CourseDraft:
    return replace(course, until=day)


def _with_weight(course: CourseDraft, number: Decimal | None) -> CourseDraft:
    return replace(course, reference_weight=None if number is None else Quantity(number, "kg"))
