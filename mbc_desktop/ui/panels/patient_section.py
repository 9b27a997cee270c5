"""Who it is about: names, number, birth date, sex. Sex has no default."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from mbc_desktop.core.typed_text import read_name, read_patient_number
from mbc_desktop.patient.facts import Sex
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.entry.draft import PatientDraft, with_broken
from mbc_desktop.ui.entry.typed_state import CONFIRMED_BEFORE, date_text, typed_date, typed_text
from mbc_desktop.ui.widgets.choice_box import ChoiceBox
from mbc_desktop.ui.widgets.date_edit import DateEdit
from mbc_desktop.ui.widgets.section import Section
from mbc_desktop.ui.widgets.text_edit import TextEdit

_SEXES: dict[str, Sex] = {"female": "female", "male": "male"}


class PatientSection(Section):
    """The fields of the patient, kept level with the session."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "ui.section.patient")
        words, look = desk.words, desk.look
        self._family = TextEdit(read_name, words, look, label="ui.field.family_name", kind="name")
        self._given = TextEdit(read_name, words, look, label="ui.field.given_name", kind="name")
        self._number = TextEdit(read_patient_number, words, look, label="ui.field.number", kind="patient_number")
        policy = desk.session.fields.dates["date_of_birth"] if desk.session.fields else None
        self._born = DateEdit(policy, words, look, label="ui.field.birth_date", today=lambda: desk.session.today, echo_below=True)
        self._sex = ChoiceBox(words)
        self._sex.offer((("", "shell.banner.unknown"), *((sex, f"sex.{sex}") for sex in _SEXES)))
        words.put(self._sex, self._sex.setAccessibleName, "ui.field.sex")
        self.fields: dict[str, QWidget] = {
            "patient.family_name": self._family,
            "patient.given_name": self._given,
            "patient.number": self._number,
            "patient.birth_date": self._born,
            "patient.sex": self._sex,
        }
        for name, field in self.fields.items():
            self.add(f"ui.field.{name.partition('.')[2]}", field)
        for edit, step in ((self._family, "family_name"), (self._given, "given_name"), (self._number, "number")):
            edit.changed.connect(lambda _, step=step: self._take(step))
            edit.confirmed.connect(lambda _, step=step: self._take(step))
        self._born.changed.connect(lambda _: self._take("birth_date"))
        self._born.confirmed.connect(lambda _: self._take("birth_date"))
        self._sex.chosen.connect(lambda _: self._take("sex"))
        self.show_draft()

    def show_draft(self) -> None:
        """Fills every field from the session."""
        draft = self._desk.session.draft
        patient = draft.patient
        texts = (
            (self._family, "patient.family_name", patient.family_name),
            (self._given, "patient.given_name", patient.given_name),
            (self._number, "patient.number", patient.number),
        )
        for edit, field, text in texts:
            typed = draft.text_of(field)
            edit.show_text(text if typed is None else typed, confirmed=CONFIRMED_BEFORE if text else "")
        typed = draft.text_of("patient.birth_date")
        born: date | None = patient.birth_date
        self._born.show_text(date_text(born) if typed is None else typed, confirmed=CONFIRMED_BEFORE if born else "")
        self._sex.show_value(patient.sex)

    def _take(self, step: str) -> None:
        session = self._desk.session
        family, given, number = typed_text(self._family), typed_text(self._given), typed_text(self._number)
        born = typed_date(self._born)
        patient = PatientDraft(
            family_name=family.value or "",
            given_name=given.value or "",
            number=number.value or "",
            birth_date=born.value,
            sex=_SEXES.get(self._sex.value()),
        )
        broken = {
            "patient.family_name": family.broken,
            "patient.given_name": given.broken,
            "patient.number": number.broken,
            "patient.birth_date": born.broken,
        }
        session.change(with_broken(replace(session.draft, patient=patient), broken), step=f"patient.{step}")
