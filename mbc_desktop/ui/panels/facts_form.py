"""The left side of the plan page: everything known about the patient, in the order in which it is told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.look.theme import GRID, smaller
from mbc_desktop.ui.override import override
from mbc_desktop.ui.panels.measurement_section import GROUPS, OTHER, MeasurementSection
from mbc_desktop.ui.panels.patient_section import PatientSection
from mbc_desktop.ui.panels.window_keys import leave_keys_to_window
from mbc_desktop.ui.widgets.tab_order import walk_through
from mbc_desktop.ui.widgets.typed_edit import TypedEdit

if TYPE_CHECKING:
    from mbc_desktop.ui.panels.disease_section import DiseaseSection
    from mbc_desktop.ui.widgets.late_section import LateSection
    from mbc_desktop.ui.widgets.section import Section

FIRST_GROUP = "body"
AFTER_PAINT_MS, SETTLED_MS = 1, 50
"""A timer of no time at all comes before the paint."""
LENGTH = 150 * GRID
"""About the length of the whole form: the scroll bar stands from the first moment, so that nothing jumps."""


class FactsForm(QScrollArea):
    """All sections under one another; refilled when the whole treatment is another one. Those below the first screen are built
    when the window stands, or when somebody asks for one. `report_wanted` asks to read a report of the laboratory."""

    report_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._sections: list[PatientSection | MeasurementSection | DiseaseSection | LateSection] = []
        self._late: tuple[LateSection, ...] = ()
        self._complete = False
        self._inside = QWidget()
        self._inside.setBackgroundRole(QPalette.ColorRole.Base)
        self._inside.setMinimumHeight(LENGTH)
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(GRID // 2, GRID, GRID // 2, GRID)
        self._column.setSpacing(GRID // 2)
        self._column.addStretch(1)
        self.setWidget(self._inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        first = PatientSection(desk), MeasurementSection(desk, FIRST_GROUP)
        self._fields: dict[str, QWidget] = {**first[0].fields, **first[1].fields}
        for section in first:
            self._add(section)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        desk.session.replaced.connect(self._show)
        self._rest = self._build()
        QTimer.singleShot(AFTER_PAINT_MS, self, self._go_on)

    @override
    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """To the first field. No focus proxy: with one, Tab comes back to the middle of the form and never leaves it."""
        self._fields["patient.family_name"].setFocus(reason)

    @property
    def more(self) -> tuple[LateSection, ...]:
        """The sections that are folded at first."""
        self.complete()
        return self._late

    @property
    def fields(self) -> dict[str, QWidget]:
        """Every field by its id, but those of sections that nobody has unfolded."""
        self.complete()
        return self._fields

    def complete(self) -> None:
        """Builds what is left of the sections below the first screen."""
        for _ in self._rest:
            pass

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        # Whoever is quicker than the sections goes through all of them, too.
        self.complete()
        return super().focusNextPrevChild(next)

    def _go_on(self) -> None:
        """Builds one more; the window answers between two of them."""
        if next(self._rest, None) is not None:
            QTimer.singleShot(AFTER_PAINT_MS, self, self._go_on)

    def _build(self) -> Iterator[str]:
        from mbc_desktop.ui.panels.disease_section import DiseaseSection

        for group in GROUPS:
            if group not in (FIRST_GROUP, OTHER):
                values = MeasurementSection(self._desk, group)
                values.report_wanted.connect(self.report_wanted)
                self._fields |= values.fields
                self._add(values)
                yield group
        disease = DiseaseSection(self._desk)
        self._fields |= disease.fields
        self._add(disease)
        yield "disease"
        from mbc_desktop.ui.panels.fact_sections import BiologySection, MedicinesSection
        from mbc_desktop.ui.panels.more_sections import DaysSection, HistorySection, OtherValuesSection
        from mbc_desktop.ui.panels.spinal_section import SpinalSection

        yield "imported"
        few = (OtherValuesSection, MedicinesSection, BiologySection, HistorySection, DaysSection, SpinalSection)
        self._late = tuple(section(self._desk) for section in few)
        for late in self._late:
            late.was_built.connect(lambda part=late: self._furnish(part))
            self._add(late)
            late.show_draft()
        self._complete = True
        self._inside.setMinimumHeight(0)
        self._walk_in_order()

    def field(self, name: str) -> QWidget:
        """The field of that id ("patient.sex", "measurement.weight", "facts.er"). Raises KeyError for another."""
        return self._fields[name] if name in self._fields else self.fields[name]

    def built_fields(self) -> dict[str, QWidget]:
        """Every field that stands there, those of unfolded sections too, as they are read."""
        late = (section.fields for section in self.more)
        return {name: field for part in (self._fields, *late) for name, field in part.items()}

    def show_field(self, field: str) -> None:
        """Brings a field into view and puts the keyboard there."""
        late = (found for section in self.more if (found := section.unfold_for(field)) is not None)
        widget = self._fields.get(field) or next(late, None)
        if widget is not None:
            self.ensureWidgetVisible(widget)
            widget.setFocus()
            # A section that was folded until now has not found its place yet.
            QTimer.singleShot(SETTLED_MS, widget, lambda: self.ensureWidgetVisible(widget))

    def _add(self, section: PatientSection | MeasurementSection | DiseaseSection | LateSection) -> None:
        self._sections.append(section)
        self._column.insertWidget(self._column.count() - 1, section)
        self._furnish(section)

    def _furnish(self, section: Section) -> None:
        leave_keys_to_window(section)
        small = smaller(self.font(), 1.5)
        for edit in section.findChildren(TypedEdit):
            edit.echo.setFont(small)
            edit.unit.setFont(small)
        if self._complete:
            self._walk_in_order()

    def _walk_in_order(self) -> None:
        """The Tab key goes through the form as it is read, whatever was built first."""
        walk_through(self._inside)

    def _show(self) -> None:
        for section in self._sections:
            section.show_draft()
