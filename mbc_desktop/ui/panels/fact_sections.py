"""The sections of facts that are chosen or dated: line and biology of the disease, other medicines and the heart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from mbc_desktop.core.typed_text import read_note
from mbc_desktop.patient.facts import Facts
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.entry.draft import Draft, with_broken
from mbc_desktop.ui.entry.typed_state import CONFIRMED_BEFORE, date_text, number_text, typed_date, typed_number, typed_text
from mbc_desktop.ui.override import override
from mbc_desktop.ui.panels.record_list import RecordList, draft_holding
from mbc_desktop.ui.widgets.choice_box import ChoiceBox
from mbc_desktop.ui.widgets.date_edit import DateEdit
from mbc_desktop.ui.widgets.late_section import LateSection
from mbc_desktop.ui.widgets.quantity_edit import QuantityEdit
from mbc_desktop.ui.widgets.text_edit import TextEdit

_SPECIMENS, _MUTATIONS, _YES_NO = ("primary", "metastasis"), ("mutated", "not_mutated"), ("yes", "no")
_CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "line": ("first", "second", "third_or_later"),
        "who": ("0", "1", "2", "3", "4"),
        "visceral_crisis": _YES_NO,
        "er_from": _SPECIMENS,
        "pr_from": _SPECIMENS,
        "her2_from": _SPECIMENS,
        "esr1": _MUTATIONS,
        "pik3ca": _MUTATIONS,
        "akt1": _MUTATIONS,
        "pten": _MUTATIONS,
        "brca": _MUTATIONS,
        "cyp3a4_inhibitor": ("none", "moderate", "strong"),
        "cyp3a4_inducer": ("none", "strong"),
        "cyp2d6_inhibitor": ("none", "strong"),
        "qt_drug": _YES_NO,
        "anticoagulant": _YES_NO,
        "earlier_anthracycline": ("none", "given"),
        "cardiac_risk": _YES_NO,
    }
)
_DATES = ("er_on", "pr_on", "her2_on")
_TEXTS = ("preference",)
BIOLOGY = (
    "line", "who", "visceral_crisis", "er_from", "er_on", "pr_from", "pr_on", "her2_from", "her2_on", "pd_l1_percent",
    "pd_l1_cps", "esr1", "pik3ca", "akt1", "pten", "brca", "preference",
)  # fmt: skip
MEDICINES = (
    "cyp3a4_inhibitor", "cyp3a4_inducer", "cyp2d6_inhibitor", "qt_drug", "anticoagulant", "earlier_anthracycline", "cardiac_risk",
)  # fmt: skip


class FactSection(LateSection):
    """The fields of the facts named in `names`, in that order."""

    names: tuple[str, ...] = ()

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__(desk, title)
        self._boxes: dict[str, ChoiceBox] = {}
        self._dates: dict[str, DateEdit] = {}
        self._scores: dict[str, QuantityEdit] = {}
        self._lines: dict[str, TextEdit] = {}

    @override
    def build(self) -> None:
        for name in self.names:
            field = self.fields[f"facts.{name}"] = self._field(name)
            self.add(f"facts.field.{name}", field)

    @override
    def holds(self, field: str) -> bool:
        return field.partition(".")[2] in self.names

    @override
    def filled(self) -> bool:
        draft = self._desk.session.draft
        typed = any(draft.text_of(f"facts.{name}") for name in self.names)
        return typed or any(getattr(draft.facts, name) is not None for name in self.names)

    @override
    def fill(self) -> None:
        draft = self._desk.session.draft
        for name, box in self._boxes.items():
            value = getattr(draft.facts, name)
            box.show_value(value if isinstance(value, str) else None)
        for name, edit in self._dates.items():
            day, typed = getattr(draft.facts, name), draft.text_of(f"facts.{name}")
            edit.show_text(date_text(day) if typed is None else typed, confirmed=CONFIRMED_BEFORE if day else "")
        for name, score in self._scores.items():
            value, typed = getattr(draft.facts, name), draft.text_of(f"facts.{name}")
            shown = number_text(self._desk.words, value if isinstance(value, Decimal) else None)
            score.show_text(shown if typed is None else typed)
        for name, line in self._lines.items():
            text, typed = getattr(draft.facts, name), draft.text_of(f"facts.{name}")
            line.show_text((text or "") if typed is None else typed)

    def _field(self, name: str) -> ChoiceBox | DateEdit | QuantityEdit | TextEdit:
        if name in _CHOICES:
            return self._choice(name)
        if name in _DATES:
            return self._date(name)
        return self._text(name) if name in _TEXTS else self._score(name)

    def _choice(self, name: str) -> ChoiceBox:
        words = self._desk.words
        box = self._boxes[name] = ChoiceBox(words)
        box.offer((("", "ui.fact.unknown"), *((value, f"facts.value.{value}") for value in _CHOICES[name])))
        words.put(box, box.setAccessibleName, f"facts.field.{name}")
        box.chosen.connect(lambda value: self._store(name, value or None, None))
        return box

    def _date(self, name: str) -> DateEdit:
        session = self._desk.session
        policy = session.fields.dates["earlier_day"] if session.fields else None
        edit = self._dates[name] = DateEdit(
            policy, self._desk.words, self._desk.look, label=f"facts.field.{name}", today=lambda: session.today, echo_below=True
        )
        edit.changed.connect(lambda _: self._store(name, typed_date(edit).value, typed_date(edit).broken))
        edit.confirmed.connect(lambda _: self._store(name, typed_date(edit).value, typed_date(edit).broken))
        return edit

    def _score(self, name: str) -> QuantityEdit:
        numbers = self._desk.session.fields.numbers if self._desk.session.fields else {}
        policy = replace(
            numbers["prior_anthracycline"], id=name, unit="", spellings=(), hard=(Decimal(0), Decimal(100)), soft=None
        )
        edit = self._scores[name] = QuantityEdit(policy, self._desk.words, self._desk.look, label=f"facts.field.{name}")
        edit.changed.connect(lambda _: self._store(name, typed_number(edit).value, typed_number(edit).broken))
        return edit

    def _text(self, name: str) -> TextEdit:
        edit = self._lines[name] = TextEdit(
            read_note, self._desk.words, self._desk.look, label=f"facts.field.{name}", kind="note"
        )  # fmt: skip
        edit.changed.connect(lambda _: self._store(name, typed_text(edit).value or None, typed_text(edit).broken))
        return edit

    def _store(self, name: str, value: object, broken: str | None) -> None:
        session = self._desk.session
        # The values offered are exactly those of the field's type.
        facts: Facts = replace(session.draft.facts, **{name: value})  # type: ignore[arg-type]
        draft: Draft = replace(session.draft, facts=facts)
        session.change(with_broken(draft, {f"facts.{name}": broken}), step=f"facts.{name}")


class BiologySection(FactSection):
    """Line of treatment, performance score, where and when the receptors were determined, mutations, metastases."""

    names = BIOLOGY

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "facts.biology")

    @override
    def build(self) -> None:
        from mbc_desktop.ui.entry.record_kinds import metastases

        super().build()
        fields = self._desk.session.fields
        if fields is not None:
            self.add_wide(RecordList(self._desk, metastases(self._desk.words, fields), draft_holding(self._desk)))

    @override
    def filled(self) -> bool:
        return bool(self._desk.session.draft.facts.metastases) or super().filled()


class MedicinesSection(FactSection):
    """What else the patient takes that changes a dose, earlier anthracyclines, what weighs on the heart."""

    names = MEDICINES

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "facts.medicines")
