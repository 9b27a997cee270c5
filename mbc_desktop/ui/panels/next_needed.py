"""Enter in a field on the left goes to the next one that the treatment still waits for; Tab goes through all of them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget

from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.entry.needed_fields import SEARCH, Needed, needed_fields
from mbc_desktop.ui.panels.course_panel import CoursePanel
from mbc_desktop.ui.panels.facts_form import FactsForm
from mbc_desktop.ui.panels.measurement_row import MeasurementRow
from mbc_desktop.ui.panels.measurement_section import GROUPS
from mbc_desktop.ui.widgets.confirmation import Confirmation
from mbc_desktop.ui.widgets.typed_edit import TypedEdit

_COURSE_PARTS = ("start", "region", "fractions", "dose", "look_alike", "cycle", "last_given")


class NextNeeded:
    """Finds the way through the facts and the courses; `done` takes the keyboard once nothing more is missing."""

    def __init__(self, desk: Desk, facts: FactsForm, courses: CoursePanel, done: Callable[[], object]) -> None:
        self._desk, self._facts, self._courses, self._done = desk, facts, courses, done

    def go_on(self) -> bool:
        """Moves the keyboard on from the field it is in; False where Enter means something else."""
        here = QApplication.focusWidget()
        if here is None or isinstance(here, QPushButton | QToolButton):
            return False
        if not (self._facts.isAncestorOf(here) or self._courses.isAncestorOf(here)):
            return False
        if not self._objects(here):
            self._go_to(self._next(self._name_of(here)))
        return True

    def _objects(self, here: QWidget) -> bool:
        """Whether what was just typed cannot stand as it is: the keyboard stays with it, or goes to the question about it."""
        edit, row = _around(here, TypedEdit), _around(here, MeasurementRow)
        wrong = isinstance(edit, TypedEdit) and bool(edit.text().strip()) and not edit.may_be_stored()
        inside = row or edit
        asked = [one for one in inside.findChildren(Confirmation) if one.isVisible() and not one.reason] if inside else []
        if asked and not asked[0].isAncestorOf(here):
            asked[0].take_keyboard()
        return wrong or bool(asked)

    def _next(self, name: str) -> str:
        """The field after the one of that name: first what a dose or a check waits for, then the rest; "" for none."""
        needed = needed_fields(self._desk.session)
        order = self._order(needed)
        first, then = self._in_order(order, needed.first), self._in_order(order, needed.then)
        walk = tuple(dict.fromkeys((*first, *then)))
        if name in walk:
            return next(iter(walk[walk.index(name) + 1 :]), "")
        place = order.index(name) if name in order else -1
        after = [one for one in first if order.index(one) > place]
        return next(iter((*after, *walk)), "")

    def _go_to(self, name: str) -> None:
        if not name:
            self._done()
        elif name == SEARCH:
            self._courses.search.setFocus()
        elif name.startswith("course."):
            self._courses.show_field(name)
        else:
            self._facts.show_field(name)

    def _order(self, needed: Needed) -> list[str]:
        """All fields as they are read: facts, search, courses. What stands in a section that nobody has unfolded comes after the
        other facts."""
        built, names = list(self._facts.built_fields()), sorted(needed.first | needed.then)
        folded = [name for name in names if name not in built and name != SEARCH and not name.startswith("course.")]
        courses: list[str] = []
        for course in self._desk.session.draft.courses:
            own = f"course.{course.id}."
            courses += dict.fromkeys((*(own + part for part in _COURSE_PARTS), *(one for one in names if one.startswith(own))))
        return [*built, *folded, SEARCH, *courses]

    def _in_order(self, order: list[str], names: frozenset[str]) -> tuple[str, ...]:
        """These fields as they are read, each value after the day it was measured on where no day stands yet."""
        return tuple(dict.fromkeys(one for name in order if name in names for one in (*self._day_of(name), name)))

    def _day_of(self, name: str) -> tuple[str, ...]:
        kind = name.split(".")[1] if name.startswith("measurement.") else ""
        group = next((group for group, (_, kinds) in GROUPS.items() if kind in kinds), "")
        day = self._facts.built_fields().get(f"group.{group}")
        return (f"group.{group}",) if isinstance(day, TypedEdit) and not day.text().strip() else ()

    def _name_of(self, here: QWidget) -> str:
        """The field that a widget belongs to; of what stands beside a field, that field."""
        if self._courses.isAncestorOf(here):
            return self._courses.name_of(here)
        row = _around(here, MeasurementRow)
        fields = self._facts.built_fields().items()
        own = (name for name, field in fields if field is here or field.isAncestorOf(here))
        beside = (name for name, field in fields if row is not None and row.isAncestorOf(field))
        return next(iter((*own, *beside)), "")


def _around(here: QWidget, kind: type[QWidget]) -> QWidget | None:
    """The nearest widget of that kind around another."""
    part: QWidget | None = here
    while part is not None and not isinstance(part, kind):
        part = part.parentWidget()
    return part
