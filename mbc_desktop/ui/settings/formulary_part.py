"""The formulary of the hospital: for each medicine what the pharmacy stocks, how it rounds, how many pieces a pack holds."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QScrollArea, QVBoxLayout, QWidget

from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import Site, Stocked
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.entry.regimen_search import fold
from mbc_desktop.ui.keeping.site_editing import SiteEditing
from mbc_desktop.ui.labels import drug_titles
from mbc_desktop.ui.look.theme import GRID
from mbc_desktop.ui.settings.stocked_form import StockedForm
from mbc_desktop.ui.widgets.search_line import SearchLine

_DRUG_ROLE = int(Qt.ItemDataRole.UserRole)


class FormularyPart(QWidget):
    """The medicines left, the fields of the chosen one right. Every change is written at once, or refused in one sentence."""

    def __init__(self, desk: Desk, editing: SiteEditing, library: Library) -> None:
        super().__init__()
        self._desk, self._editing, self._library = desk, editing, library
        self.list, self.form = QListWidget(), StockedForm(desk, library)
        self.filter = SearchLine(self.list)
        self._lay_out()
        self.filter.textEdited.connect(lambda _: self._fill())
        self.list.currentItemChanged.connect(lambda *_: self._show())
        self.form.changed.connect(self._store)
        for changed in (editing.changed, desk.words.changed):
            changed.connect(self._fill)
        self._fill()

    def show_drug(self, drug: str) -> None:
        """Goes to a medicine."""
        self.filter.clear()
        self._fill()
        for row in range(self.list.count()):
            if self.list.item(row).data(_DRUG_ROLE) == drug:
                self.list.setCurrentRow(row)

    def _drug(self) -> str:
        row = self.list.currentRow()
        return str(self.list.item(row).data(_DRUG_ROLE)) if row >= 0 else ""

    def _fill(self) -> None:
        words, chosen, typed = self._desk.words, self._drug(), fold(self.filter.text().strip())
        own = {item.drug for item in self._editing.site.formulary}
        titles = drug_titles(words, self._library)
        names = {drug: titles[drug] for drug, item in self._library.drugs.items() if item.forms}
        self.list.blockSignals(True)
        self.list.clear()
        for drug in sorted(names, key=lambda one: fold(names[one])):
            if typed in fold(names[drug]):
                text = words.say("formulary.has_own", drug=names[drug]) if drug in own else names[drug]
                item = QListWidgetItem(text)
                item.setData(_DRUG_ROLE, drug)
                self.list.addItem(item)
                if drug == chosen:
                    self.list.setCurrentItem(item)
        if self.list.currentRow() < 0 and self.list.count():
            self.list.setCurrentRow(0)
        self.list.blockSignals(False)
        self._show()

    def _show(self) -> None:
        drug = self._drug()
        self.form.setVisible(bool(drug))
        if drug:
            self.form.show_drug(drug, _stocked(self._editing.site, drug))

    def _store(self) -> None:
        site, stocked = self._editing.site, self.form.stocked()
        others = [item for item in site.formulary if item.drug != stocked.drug]
        kept = [*others, *([] if stocked == Stocked(drug=stocked.drug) else [stocked])]
        self._editing.change(replace(site, formulary=tuple(sorted(kept, key=lambda item: item.drug))))
        # What was refused does not stay on the screen as if it were written.
        self._show()

    def _lay_out(self) -> None:
        words, hint = self._desk.words, QLabel()
        hint.setWordWrap(True)
        words.put(hint, hint.setText, "formulary.hint")
        words.put(self.filter, self.filter.setPlaceholderText, "formulary.filter")
        words.put(self.filter, self.filter.setAccessibleName, "formulary.filter")
        words.put(self.list, self.list.setAccessibleName, "setup.part.formulary")
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setWordWrap(True)
        left = QVBoxLayout()
        left.setSpacing(GRID)
        left.addWidget(self.filter)
        left.addWidget(self.list, 1)
        room = QScrollArea()
        room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.form.setBackgroundRole(QPalette.ColorRole.Base)
        room.setWidget(self.form)
        room.setWidgetResizable(True)
        room.setFrameShape(QScrollArea.Shape.NoFrame)
        row = QHBoxLayout()
        row.setSpacing(3 * GRID)
        row.addLayout(left, 4)
        row.addWidget(room, 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(hint)
        column.addLayout(row, 1)


def _stocked(site: Site, drug: str) -> Stocked:
    return next((item for item in site.formulary if item.drug == drug), Stocked(drug=drug))
