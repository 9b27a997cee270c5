"""What is known about the disease and the precautions: receptor status, menopause, liver, teeth, ovaries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from mbc_desktop.patient.facts import Facts
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.entry.draft import with_broken
from mbc_desktop.ui.entry.typed_state import CONFIRMED_BEFORE, date_text, typed_date
from mbc_desktop.ui.widgets.choice_box import ChoiceBox
from mbc_desktop.ui.widgets.date_edit import DateEdit
from mbc_desktop.ui.widgets.section import Section

_RECEPTOR = ("positive", "negative")
_CHOICES: dict[str, tuple[str, ...]] = {
    "menopausal_status": ("premenopausal", "perimenopausal", "postmenopausal"),
    "er": _RECEPTOR,
    "pr": _RECEPTOR,
    "her2": ("positive", "low", "negative"),
    "child_pugh": ("A", "B", "C"),
    "dialysis": ("yes", "no"),
}
_DATES: dict[str, Callable[[Facts, date | None], Facts]] = {
    "dental_check_on": lambda facts, day: replace(facts, dental_check_on=day),
    "oophorectomy_on": lambda facts, day: replace(facts, oophorectomy_on=day),
    "radiocastration_confirmed_on": lambda facts, day: replace(facts, radiocastration_confirmed_on=day),
    "asymptomatic_on": lambda facts, day: replace(facts, asymptomatic_on=day),
    "port_placed_on": lambda facts, day: replace(facts, port_placed_on=day),
}


class DiseaseSection(Section):
    """The fields of the facts, kept level with the session."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "ui.section.disease")
        self._choices: dict[str, ChoiceBox] = {}
        self._dates: dict[str, DateEdit] = {}
        for name, values in _CHOICES.items():
            box = ChoiceBox(desk.words)
            box.offer((("", "ui.fact.unknown"), *((value, f"ui.fact.{value.lower()}") for value in values)))
            desk.words.put(box, box.setAccessibleName, f"ui.field.{name}")
            box.chosen.connect(lambda value, name=name: self._choose(name, value))
            self._choices[name] = box
            self.add(f"ui.field.{name}", box)
        policy = desk.session.fields.dates["earlier_day"] if desk.session.fields else None
        for name in _DATES:
            label = f"ui.field.{name}"
            edit = DateEdit(policy, desk.words, desk.look, label=label, today=lambda: desk.session.today, echo_below=True)
            edit.changed.connect(lambda _, name=name: self._date(name))
            edit.confirmed.connect(lambda _, name=name: self._date(name))
            self._dates[name] = edit
            self.add(f"ui.field.{name}", edit)
        self.fields: dict[str, QWidget] = {f"facts.{name}": box for name, box in self._choices.items()}
        self.fields |= {f"facts.{name}": edit for name, edit in self._dates.items()}
        self.show_draft()

    def show_draft(self) -> None:
        """Fills every field from the session."""
        draft = self._desk.session.draft
        for name, box in self._choices.items():
            value = getattr(draft.facts, name)
            box.show_value(value if isinstance(value, str) else None)
        for name, edit in self._dates.items():
            day = getattr(draft.facts, name)
            typed = draft.text_of(f"facts.{name}")
            edit.show_text(date_text(day) if typed is None else typed, confirmed=CONFIRMED_BEFORE if day else "")

    def _choose(self, name: str, value: str) -> None:
        session = self._desk.session
        # The values offered are exactly those of the field's type.
        facts = replace(session.draft.facts, **{name: value or None})  # type: ignore[arg-type]
        session.change(replace(session.draft, facts=facts), step=f"facts.{name}")

    def _date(self, name: str) -> None:
        session = self._desk.session
        typed = typed_date(self._dates[name])
        draft = replace(session.draft, facts=_DATES[name](session.draft.facts, typed.value))
        session.change(with_broken(draft, {f"facts.{name}": typed.broken}), step=f"facts.{name}")
