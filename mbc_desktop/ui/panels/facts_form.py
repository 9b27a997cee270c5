"""The left side of the plan page: everything known about the patient, in the order in which it is told."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.panels.disease_section import DiseaseSection
from mbc_desktop.ui.panels.fact_sections import BiologySection, MedicinesSection
from mbc_desktop.ui.panels.measurement_section import GROUPS, OTHER, MeasurementSection
from mbc_desktop.ui.panels.more_sections import DaysSection, HistorySection, OtherValuesSection
from mbc_desktop.ui.panels.patient_section import PatientSection
from mbc_desktop.ui.panels.undo_keys import leave_undo_to_window
from mbc_desktop.ui.theme import GRID, smaller
from mbc_desktop.ui.widgets.typed_edit import TypedEdit


class FactsForm(QScrollArea):
    """All sections under one another; refilled when the whole treatment is another one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._patient = PatientSection(desk)
        self._groups = tuple(MeasurementSection(desk, group) for group in GROUPS if group != OTHER)
        self._disease = DiseaseSection(desk)
        self._fields: dict[str, QWidget] = dict(self._patient.fields)
        for group in self._groups:
            self._fields |= group.fields
        self._fields |= self._disease.fields
        inside = QWidget()
        inside.setBackgroundRole(QPalette.ColorRole.Base)
        column = QVBoxLayout(inside)
        column.setContentsMargins(GRID // 2, GRID, GRID // 2, GRID)
        column.setSpacing(GRID // 2)
        few = (OtherValuesSection, MedicinesSection, BiologySection, HistorySection, DaysSection)
        self.more = tuple(section(desk) for section in few)
        for section in (self._patient, *self._groups, self._disease, *self.more):
            column.addWidget(section)
        column.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusProxy(self._fields["patient.family_name"])
        desk.session.replaced.connect(self._show)
        leave_undo_to_window(inside)
        small = smaller(self.font(), 1.5)
        for edit in inside.findChildren(TypedEdit):
            edit.echo.setFont(small)
            edit.unit.setFont(small)

    def field(self, name: str) -> QWidget:
        """The field of that id ("patient.sex", "measurement.weight", "facts.er"). Raises KeyError for another."""
        return self._fields[name]

    def show_field(self, field: str) -> None:
        """Brings a field into view and puts the keyboard there."""
        late = (found for section in self.more if (found := section.unfold_for(field)) is not None)
        widget = self._fields.get(field) or next(late, None)
        if widget is not None:
            self.ensureWidgetVisible(widget)
            widget.setFocus()

    def _show(self) -> None:
        self._patient.show_draft()
        for group in self._groups:
            group.show_draft()
        self._disease.show_draft()
        for section in self.more:
            section.show_draft()
