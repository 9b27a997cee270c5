"""Who the hospital is: what stands on every sheet, whom a patient calls, how much a day can hold."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from mbc_desktop.core.decimals import decimal_text
from mbc_desktop.patient.plausibility import FieldPolicy
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.entry.typed_state import number_text
from mbc_desktop.ui.keeping.site_editing import SiteEditing
from mbc_desktop.ui.look.theme import GRID, scaled
from mbc_desktop.ui.panels.record_list import Holding, RecordList
from mbc_desktop.ui.settings.lab_ranges import lab_ranges
from mbc_desktop.ui.widgets.line_edit import LineEdit
from mbc_desktop.ui.widgets.quantity_edit import QuantityEdit

FIELDS = ("name", "unit_name", "telephone_day", "telephone_night")
FEVER = (Decimal(37), Decimal(40))
"""Degrees Celsius: outside it a limit for calling is a slip of the pen."""
MINUTES = (Decimal(1), Decimal(100_000))


class HospitalPart(QWidget):
    """Written when a field is left, not at every key: each writing is a file on the disk. A number that cannot be is not
    written, and its field says why."""

    def __init__(self, desk: Desk, editing: SiteEditing) -> None:
        super().__init__()
        self._desk, self._editing = desk, editing
        self.lines = {name: LineEdit() for name in FIELDS}
        self.fever = self._number("fever_limit", FEVER, decimals=1)
        self.minutes = self._number("chair_minutes_a_day", MINUTES, decimals=0)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(3 * GRID)
        form.setVerticalSpacing(2 * GRID)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        for name, line in self.lines.items():
            line.setMaxLength(120)
            desk.words.put(line, line.setAccessibleName, f"setup.field.{name}")
            line.editingFinished.connect(self._store)
            self._add(form, name, line)
        for name, edit in (("fever_limit", self.fever), ("chair_minutes_a_day", self.minutes)):
            edit.line.editingFinished.connect(self._store)
            edit.setMaximumWidth(scaled(22 * GRID))
            self._add(form, name, edit)
        hint = QLabel()
        hint.setWordWrap(True)
        desk.words.put(hint, hint.setText, "setup.hospital_hint")
        form.addRow(QLabel(), hint)
        if desk.session.fields is not None:
            holding = Holding(get=lambda: editing.site, put=editing.change, changed=editing.changed)
            self.ranges = RecordList(desk, lab_ranges(desk.words, desk.session.fields), holding)
            self._add(form, "lab_ranges", self.ranges)
        editing.changed.connect(self._show)
        self._show()

    def _add(self, form: QFormLayout, name: str, field: QWidget) -> None:
        label = QLabel()
        label.setBuddy(field)
        self._desk.words.put(label, label.setText, f"setup.field.{name}")
        form.addRow(label, field)

    def _number(self, name: str, hard: tuple[Decimal, Decimal], *, decimals: int) -> QuantityEdit:
        fields = self._desk.session.fields
        policy: FieldPolicy | None = None
        if fields is not None:
            own = fields.numbers["cycle_number"]
            policy = replace(own, id=name, unit="", spellings=(), decimals=decimals, hard=hard, soft=None)
        return QuantityEdit(policy, self._desk.words, self._desk.look, label=f"setup.field.{name}")

    def _show(self) -> None:
        site, words = self._editing.site, self._desk.words
        for name, line in self.lines.items():
            line.setText(str(getattr(site, name)))
        shown = site.fever_limit.replace(".", words.say("language.decimal_mark"))
        for edit, text in ((self.fever, shown), (self.minutes, number_text(words, site.chair_minutes_a_day))):
            # What cannot be read stays there with its objection until it is put right.
            if edit.value() is not None or not edit.text().strip():
                edit.show_text(text)

    def _store(self) -> None:
        site = self._editing.site
        typed = {name: line.text().strip() for name, line in self.lines.items()}
        fever, minutes = self.fever.value(), self.minutes.value()
        if fever is not None or not self.fever.text().strip():
            site = replace(site, fever_limit="" if fever is None else decimal_text(fever))
        if minutes is not None or not self.minutes.text().strip():
            site = replace(site, chair_minutes_a_day=None if minutes is None else int(minutes))
        # All four are plain texts.
        self._editing.change(replace(site, **typed))  # type: ignore[arg-type]
