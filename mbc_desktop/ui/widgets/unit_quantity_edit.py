"""A number field whose unit can be chosen: the number typed stays, and is judged again by the limits of the new unit."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from mbc_desktop.patient.plausibility import FieldPolicy
from mbc_desktop.ui.desk import Look
from mbc_desktop.ui.look.theme import scaled
from mbc_desktop.ui.override import override
from mbc_desktop.ui.widgets.choice_box import ChoiceBox
from mbc_desktop.ui.widgets.quantity_edit import QuantityEdit
from mbc_desktop.ui.words import Words

NUMBER_WIDTH, UNIT_WIDTH = 72, 28


class UnitQuantityEdit(QuantityEdit):
    """A quantity in one of the units of `policies`. With a single unit it looks like any number field."""

    unit_chosen = Signal(str)

    def __init__(self, policies: tuple[FieldPolicy, ...], words: Words, look: Look, *, label: str) -> None:
        self._policies = {policy.unit: policy for policy in policies}
        self.units = ChoiceBox(words)
        super().__init__(policies[0], words, look, label=label, echo_below=len(policies) > 1)
        self.units.setMinimumContentsLength(5)
        self._offer_units()
        self.units.chosen.connect(self._choose)
        outer = self.layout()
        row = outer.itemAt(0) if outer is not None else None
        inner = row.layout() if row is not None else None
        # Numbers under one another are equally wide, whatever their unit and echo take.
        self.line.setFixedWidth(scaled(NUMBER_WIDTH))
        self.unit.setMinimumWidth(scaled(UNIT_WIDTH))
        if isinstance(inner, QHBoxLayout):
            inner.addStretch(1)
            if len(policies) > 1:
                inner.insertWidget(1, self.units)
        self.units.setVisible(len(policies) > 1)

    def use_unit(self, unit: str) -> None:
        """Goes by another unit; an unknown one changes nothing."""
        if unit in self._policies:
            self.units.show_value(unit)
            self.use_policy(self._policies[unit])

    def chosen_unit(self) -> str:
        """The unit in which the number is meant."""
        return self.units.value()

    @override
    def _say(self) -> None:
        super()._say()
        if len(self._policies) > 1:
            # The list beside the field names the unit.
            self.unit.hide()
            self.units.setAccessibleName(self._words.say("ui.field.unit", field=self._words.say(self._label)))

    def _offer_units(self) -> None:
        self.units.offer_texts([(unit, self._words.texts.unit(unit)) for unit in self._policies])

    def _choose(self, unit: str) -> None:
        self.use_policy(self._policies[unit])
        self.unit_chosen.emit(unit)
