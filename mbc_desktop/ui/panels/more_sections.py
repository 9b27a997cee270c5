"""The sections of the facts that few treatments need: what was given before, the biology of the disease, days that differ."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from mbc_desktop.patient.facts import Facts
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.draft import Draft, with_broken
from mbc_desktop.ui.override import override
from mbc_desktop.ui.panels.measurement_section import OTHER, MeasurementSection, other_kinds
from mbc_desktop.ui.panels.record_list import RecordList, draft_holding
from mbc_desktop.ui.typed_state import CONFIRMED_BEFORE, date_text, number_text, typed_date, typed_number
from mbc_desktop.ui.widgets.choice_box import ChoiceBox
from mbc_desktop.ui.widgets.date_edit import DateEdit
from mbc_desktop.ui.widgets.late_section import LateSection
from mbc_desktop.ui.widgets.quantity_edit import QuantityEdit

_SPECIMENS = ("primary", "metastasis")
_MUTATIONS = ("mutated", "not_mutated")
_CHOICES: dict[str, tuple[str, ...]] = {
    "line": ("first", "second", "third_or_later"),
    "who": ("0", "1", "2", "3", "4"),
    "visceral_crisis": ("yes", "no"),
    "er_from": _SPECIMENS,
    "pr_from": _SPECIMENS,
    "her2_from": _SPECIMENS,
    "esr1": _MUTATIONS,
    "pik3ca": _MUTATIONS,
    "akt1": _MUTATIONS,
    "pten": _MUTATIONS,
}
_DATES = ("er_on", "pr_on", "her2_on")
_SCORES = ("pd_l1_percent", "pd_l1_cps")
_ORDER = (
    "line", "who", "visceral_crisis", "er_from", "er_on", "pr_from", "pr_on", "her2_from", "her2_on", "pd_l1_percent",
    "pd_l1_cps", "esr1", "pik3ca", "akt1", "pten",
)  # fmt: skip


class OtherValuesSection(LateSection):
    """Every kind of measured value that fields.toml has and no other section shows."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "facts.other_values")

    @override
    def build(self) -> None:
        self._values = MeasurementSection(self._desk, OTHER)
        self._values.heading.hide()
        self.add_wide(self._values)
        self.fields = self._values.fields

    @override
    def fill(self) -> None:
        self._values.show_draft()

    @override
    def filled(self) -> bool:
        return any(one.kind in self._kinds() for one in self._desk.session.draft.measurements)

    @override
    def holds(self, field: str) -> bool:
        return field.partition(".")[2] in self._kinds()

    def _kinds(self) -> tuple[str, ...]:
        fields = self._desk.session.fields
        return other_kinds(tuple(fields.numbers.values())) if fields else ()


class HistorySection(LateSection):
    """Drugs and radiotherapy given before, here or elsewhere."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "facts.history")

    @override
    def build(self) -> None:
        from mbc_desktop.ui.record_kinds import earlier_drugs, earlier_radiotherapy

        session, words = self._desk.session, self._desk.words
        if session.library is not None and session.fields is not None:
            self.drugs = RecordList(self._desk, earlier_drugs(words, session.library, session.fields), draft_holding(self._desk))
            self.radiotherapy = RecordList(self._desk, earlier_radiotherapy(words, session.fields), draft_holding(self._desk))
            self.add_wide(self.drugs)
            self.add_wide(self.radiotherapy)

    @override
    def filled(self) -> bool:
        return bool(self._desk.session.draft.history)


class DaysSection(LateSection):
    """Absences of the patient, days closed or open for this treatment only."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "facts.days")

    @override
    def build(self) -> None:
        from mbc_desktop.ui.record_kinds import absences, closures, extra_open_days

        fields, words = self._desk.session.fields, self._desk.words
        if fields is not None:
            holding = draft_holding(self._desk)
            self.add_wide(RecordList(self._desk, absences(words, fields), holding))
            self.add_wide(RecordList(self._desk, closures(words, fields), holding))
            self.add_wide(RecordList(self._desk, extra_open_days(words, fields), holding))

    @override
    def filled(self) -> bool:
        draft = self._desk.session.draft
        return bool(draft.absences or draft.closures or draft.extra_open_days)


class BiologySection(LateSection):
    """Line of treatment, performance score, where and when the receptors were determined, mutations, metastases."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "facts.biology")
        self._boxes: dict[str, ChoiceBox] = {}
        self._dates: dict[str, DateEdit] = {}
        self._scores: dict[str, QuantityEdit] = {}

    @override
    def build(self) -> None:
        from mbc_desktop.ui.record_kinds import metastases

        for name in _ORDER:
            field = self._choice(name) if name in _CHOICES else self._date(name) if name in _DATES else self._score(name)
            self.add(f"facts.field.{name}", field)
            self.fields[f"facts.{name}"] = field
        fields = self._desk.session.fields
        if fields is not None:
            self.add_wide(RecordList(self._desk, metastases(self._desk.words, fields), draft_holding(self._desk)))

    @override
    def holds(self, field: str) -> bool:
        return field.partition(".")[2] in _ORDER

    @override
    def filled(self) -> bool:
        facts = self._desk.session.draft.facts
        return bool(facts.metastases) or any(getattr(facts, name) is not None for name in _ORDER)

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

    def _store(self, name: str, value: object, broken: str | None) -> None:
        session = self._desk.session
        # The values offered are exactly those of the field's type.
        facts: Facts = replace(session.draft.facts, **{name: value})  # type: ignore[arg-type]
        draft: Draft = replace(session.draft, facts=facts)
        session.change(with_broken(draft, {f"facts.{name}": broken}), step=f"facts.{name}")
