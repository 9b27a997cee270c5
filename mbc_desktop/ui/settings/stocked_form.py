"""The fields of one medicine in the formulary."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mbc_desktop.patient.plausibility import FieldPolicy
from mbc_desktop.regimen.drug import Form
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import Stocked
from mbc_desktop.texts.phrases import PIECES
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.entry.typed_state import number_text
from mbc_desktop.ui.look.theme import GRID, larger, scaled
from mbc_desktop.ui.widgets.choice_box import ChoiceBox
from mbc_desktop.ui.widgets.quantity_edit import QuantityEdit

LARGEST_PACK = Decimal(999)


class StockedForm(QWidget):
    """`changed` follows every tick and choice, and a pack size when its field is left."""

    changed = Signal()

    def __init__(self, desk: Desk, library: Library) -> None:
        super().__init__()
        self._desk, self._library, self._shown = desk, library, Stocked(drug="")
        self.ticks: dict[str, QCheckBox] = {}
        self.packs: dict[str, QuantityEdit] = {}
        self.rounding = ChoiceBox(desk.words)
        self._title, self._rows = QLabel(), QVBoxLayout()
        self._title.setWordWrap(True)
        self._title.setFont(larger(self.font(), 2))
        self._rows.setSpacing(GRID // 2)
        self._lay_out()
        self.rounding.chosen.connect(lambda _: self.changed.emit())

    def stocked(self) -> Stocked:
        """What stands in the fields; a pack size that cannot be read is left out."""
        sizes = {form: edit.value() for form, edit in self.packs.items()}
        return Stocked(
            drug=self._shown.drug,
            products=tuple(form for form, tick in self.ticks.items() if tick.isChecked()),
            rounding=self.rounding.value(),
            packs=tuple((form, int(size)) for form, size in sizes.items() if size is not None),
        )

    def show_drug(self, drug: str, stocked: Stocked) -> None:
        """Fills the fields; makes them anew for another medicine."""
        forms = self._library.drugs[drug].forms
        if drug != self._shown.drug or set(self.ticks) != {form.id for form in forms}:
            self._build(forms)
        self._shown = stocked
        words = self._desk.words
        self._title.setText(words.drug_with_brand(drug))
        for form in forms:
            self.ticks[form.id].setText(form_text(self._desk, form))
            self.ticks[form.id].setChecked(form.id in stocked.products)
        sizes = dict(stocked.packs)
        for id, edit in self.packs.items():
            if not edit.text().strip() or edit.value() is not None or id in sizes:
                edit.show_text(number_text(words, sizes.get(id)))
        decision = self._library.decisions.get("rounding")
        options = decision.options if decision is not None else ()
        self.rounding.offer_texts([("", words.say("formulary.as_all")), *((one, words.texts.option(one)) for one in options)])
        self.rounding.show_value(stocked.rounding)

    def _build(self, forms: tuple[Form, ...]) -> None:
        for old in (*self.ticks.values(), *self.packs.values()):
            old.hide()
            old.deleteLater()
        self.ticks.clear()
        self.packs.clear()
        while (item := self._rows.takeAt(0)) is not None:
            if (label := item.widget()) is not None:
                label.hide()
                label.deleteLater()
        for form in forms:
            tick = self.ticks[form.id] = QCheckBox()
            tick.clicked.connect(lambda _: self.changed.emit())
            self._rows.addWidget(tick)
            if form.form in PIECES:
                self._rows.addWidget(self._pack(form))

    def _pack(self, form: Form) -> QWidget:
        """How many pieces a pack holds, its name before the field, under the tick that it belongs to."""
        edit = self.packs[form.id] = QuantityEdit(self._policy(), self._desk.words, self._desk.look, label="formulary.pack")
        edit.line.editingFinished.connect(self.changed)
        edit.setMaximumWidth(scaled(22 * GRID))
        name, both = QLabel(self._desk.words.say("formulary.pack")), QWidget()
        name.setBuddy(edit)
        row = QHBoxLayout(both)
        row.setContentsMargins(3 * GRID, 0, 0, GRID)
        row.addWidget(name)
        row.addWidget(edit)
        row.addStretch(1)
        return both

    def _policy(self) -> FieldPolicy | None:
        fields = self._desk.session.fields
        if fields is None:
            return None
        return replace(fields.numbers["cycle_number"], id="pack", hard=(Decimal(1), LARGEST_PACK), soft=None)

    def _lay_out(self) -> None:
        words, products, rounding = self._desk.words, QLabel(), QLabel()
        for label, key in ((products, "formulary.products"), (rounding, "formulary.rounding")):
            label.setWordWrap(True)
            words.put(label, label.setText, key)
        words.put(self.rounding, self.rounding.setAccessibleName, "formulary.rounding")
        rounding.setBuddy(self.rounding)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, GRID, 0)
        column.setSpacing(GRID)
        column.addWidget(self._title)
        column.addWidget(products)
        column.addLayout(self._rows)
        column.addWidget(rounding)
        column.addWidget(self.rounding)
        column.addStretch(1)


def form_text(desk: Desk, form: Form) -> str:
    """One product: "1 vial, 100 mg, 5 mL"; a size that is only used where it is ticked says so."""
    texts = desk.words.texts
    parts = [texts.say(f"form.{form.form}", count=1), texts.amount(form.strength, form.unit)]
    parts += [texts.amount(form.volume_ml, "mL")] if form.volume_ml is not None else []
    parts += [desk.words.say("formulary.only_if_ticked")] if form.formulary_only else []
    return ", ".join(parts)
