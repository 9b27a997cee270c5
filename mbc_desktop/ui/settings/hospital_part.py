"""Who the hospital is: what stands on every sheet, and whom a patient calls."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QWidget

from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.site_editing import SiteEditing
from mbc_desktop.ui.theme import GRID

FIELDS = ("name", "unit_name", "telephone_day", "telephone_night", "fever_limit")


class HospitalPart(QWidget):
    """Written when a field is left, not at every key: each writing is a file on the disk."""

    def __init__(self, desk: Desk, editing: SiteEditing) -> None:
        super().__init__()
        self._editing = editing
        self.lines = {name: QLineEdit() for name in FIELDS}
        form = QFormLayout(self)
        form.setHorizontalSpacing(3 * GRID)
        form.setVerticalSpacing(2 * GRID)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        for name, line in self.lines.items():
            label = QLabel()
            label.setBuddy(line)
            line.setMaxLength(120)
            desk.words.put(label, label.setText, f"setup.field.{name}")
            desk.words.put(line, line.setAccessibleName, f"setup.field.{name}")
            line.editingFinished.connect(self._store)
            form.addRow(label, line)
        hint = QLabel()
        hint.setWordWrap(True)
        desk.words.put(hint, hint.setText, "setup.hospital_hint")
        form.addRow(QLabel(), hint)
        editing.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        for name, line in self.lines.items():
            line.setText(str(getattr(self._editing.site, name)))

    def _store(self) -> None:
        typed = {name: line.text().strip() for name, line in self.lines.items()}
        # All five are plain texts.
        self._editing.change(replace(self._editing.site, **typed))  # type: ignore[arg-type]
