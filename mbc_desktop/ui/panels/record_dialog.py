"""A small dialog around a short form: an earlier drug, an absence, a closed day."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.look.theme import GRID
from mbc_desktop.ui.widgets.field_set import Field, FieldSet, Values


class RecordDialog(QDialog):
    """Hands the values to `take` when they are complete and the person says so."""

    def __init__(
        self,
        desk: Desk,
        title: str,
        fields: Sequence[Field],
        values: Values,
        take: Callable[[Values], object],
        window: QWidget,
        complete: Callable[[Values], bool] = lambda _: True,
    ) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._take, self._entered, self._complete = take, False, complete
        self.fields = FieldSet(desk, fields, values)
        self.ok, cancel = QPushButton(), QPushButton()
        desk.words.put(self, self.setWindowTitle, title)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button, key in ((cancel, "act.cancel"), (self.ok, "act.apply")):
            desk.words.put(button, button.setText, key)
            buttons.addWidget(button)
        self.ok.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(self.fields)
        column.addStretch(1)
        column.addLayout(buttons)
        # From the last field on, Tab and Enter take what was typed; they never throw it away.
        self.setTabOrder(self.ok, cancel)
        self.ok.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        self.fields.changed.connect(self._enable)
        self._enable()
        self.resize(48 * GRID, self.sizeHint().height())
        first = self.fields.first()
        if first is not None:
            first.setFocus()

    def accept(self) -> None:
        """Hands the values on."""
        values = self._values()
        if values is not None and not self._entered:
            self._entered = True
            self._take(values)
            super().accept()

    def _enable(self) -> None:
        self.ok.setEnabled(self._values() is not None)

    def _values(self) -> Values | None:
        values = self.fields.values()
        return values if values is not None and self._complete(values) else None
