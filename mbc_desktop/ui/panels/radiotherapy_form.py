"""The fields of a radiotherapy course: start, region, pattern; where the scheme is free, fractions and dose with their total."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QWidget

from mbc_desktop.core.decimals import CONTEXT, decimal_text
from mbc_desktop.planning.findings.approved_content import pin_of_scheme
from mbc_desktop.planning.radiotherapy.cord_dose import CORD_REGIONS
from mbc_desktop.planning.radiotherapy.cord_limits import HIGHEST_DOSE
from mbc_desktop.regimen.library import Library
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.entry.course_draft import FREE_SCHEME, CourseDraft, with_choice
from mbc_desktop.ui.entry.typed_state import number_text
from mbc_desktop.ui.override import override
from mbc_desktop.ui.panels.course_form import CourseForm
from mbc_desktop.ui.panels.field_ticks import FieldTicks
from mbc_desktop.ui.widgets.choice_box import ChoiceBox
from mbc_desktop.ui.widgets.quantity_edit import QuantityEdit

_TIME = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")


class RadiotherapyForm(CourseForm):
    """The form of a radiotherapy scheme that the library knows."""

    def __init__(self, desk: Desk, course: CourseDraft, library: Library) -> None:
        super().__init__(desk, course)
        self._scheme = library.radiotherapy[course.subject]
        self.region = ChoiceBox(desk.words)
        regions = (rule.region for rule in self._scheme.regions)
        self.region.offer((("", "ui.course.not_chosen"), *((region, f"region.{region}") for region in regions)))
        self.region.chosen.connect(lambda region: self.store(replace(self.course(), region=region), "region", None))
        desk.words.put(self.region, self.region.setAccessibleName, "ui.course.region")
        self.add("ui.course.region", self.region)
        self._numbers: tuple[tuple[QuantityEdit, str], ...] = ()
        self.total = QLabel()
        if course.subject == FREE_SCHEME:
            self._add_free_fields()
        self._days: dict[str, QCheckBox] = {}
        self._boxes: dict[str, ChoiceBox] = {}
        if self._scheme.pattern == "spaced":
            self._add_spacing()
        else:
            self._boxes["emergency"] = self.choice("ui.course.emergency", "emergency")
            self._boxes["emergency"].offer((("", "ui.yes_no.no"), ("yes", "ui.yes_no.yes")))
            self._nailing = self.date_field("earlier_day", "ui.course.nailing_on", "nailing_on", _with_nailing)
            self._nailing_wait = self.number_field(
                "cycle_number", "ui.course.nailing_wait_days", "nailing_wait_days", _with_nailing_wait, between=("0", "60")
            )
        self._add_of_place()
        self._add_what_drugs_ask()
        self._level = self.text_field("course.level", "level", lambda course, text: replace(course, level=text))
        self._time = self.text_field("course.treatment_time", "treatment_time", _with_time)
        self.pin = QCheckBox()
        desk.words.put(self.pin, self.pin.setText, "course.pin")
        self.pin.clicked.connect(lambda pinned: self._store_pin(pinned, library))
        self.add_plain(self.pin)
        desk.session.changed.connect(self._say_total)
        self.show_course()

    @override
    def show_course(self) -> None:
        super().show_course()
        course = self.course()
        choices = dict(course.choices)
        self.region.show_value(course.region)
        self._level.show_text(course.level)
        self._time.show_text(course.treatment_time)
        self.pin.setChecked(course.pin is not None)
        for edit, name in self._numbers:
            typed = self.typed(name)
            value = course.fractions if name == "fractions" else course.dose_gy
            edit.show_text(number_text(self._desk.words, value) if typed is None else typed)
        for key, box in self._boxes.items():
            box.show_value(choices.get(key))
        self._inside.show_value(choices.get("field"))
        for day, tick in self._days.items():
            tick.setChecked(day in choices.get("days", "").split())
        if self._scheme.pattern != "spaced":
            nailing = choices.get("nailing_on")
            self.show_date(self._nailing, "nailing_on", date.fromisoformat(nailing) if nailing else None)
            self._show_choice(self._nailing_wait, "nailing_wait_days", choices)
        self._show_choice(self._cord, HIGHEST_DOSE, choices)
        self._show_parts()
        self._say_total()

    @override
    def parts(self) -> dict[str, QWidget]:
        numbers = {name: edit for edit, name in self._numbers}
        return super().parts() | {"region": self.region, "field": self._inside} | numbers | self._boxes

    def _add_free_fields(self) -> None:
        fractions = self.number_field("rt_fractions", "ui.course.fractions", "fractions", _with_fractions)
        dose = self.number_field("rt_dose_per_fraction", "ui.course.dose", "dose", _with_dose)
        self._numbers = ((fractions, "fractions"), (dose, "dose"))
        self._column.addWidget(self.total)

    def _add_spacing(self) -> None:
        days = QWidget()
        row = QHBoxLayout(days)
        row.setContentsMargins(0, 0, 0, 0)
        for number, day in enumerate(_WEEKDAYS):
            tick = QCheckBox()
            self._desk.words.put(tick, partial(self._name_day, tick, number), "ui.course.days")
            tick.clicked.connect(lambda _: self._store_days())
            self._days[day] = tick
            row.addWidget(tick)
        row.addStretch(1)
        self.add("ui.course.days", days)
        per_week = self._boxes["per_week"] = self.choice("ui.course.per_week", "per_week")
        usual = self._scheme.per_week
        options = self._scheme.per_week_options or ((usual,) if usual else ())
        per_week.offer_texts([("", str(usual or "")), *((str(one), str(one)) for one in options if one != usual)])
        gap = self._boxes["min_gap_days"] = self.choice("ui.course.min_gap_days", "min_gap_days")
        least = self._scheme.min_gap_days
        gap.offer_texts([("", str(least)), *((str(one), str(one)) for one in range(1, 15) if one != least)])
        holiday = self._boxes["holiday"] = self.choice("ui.course.holiday", "holiday")
        holiday.offer((("", "ui.course.holiday_value.drop"), ("substitute", "ui.course.holiday_value.substitute")))

    def _add_of_place(self) -> None:
        """What only some regions ask: where in the lung a lesion lies, and the highest dose of the plan on the spinal cord."""
        self._boxes["lung_location"] = self.choice("ui.course.lung_location", "lung_location")
        places = ((place, f"ui.course.lung_location_value.{place}") for place in ("peripheral", "central"))
        self._boxes["lung_location"].offer((("", "ui.course.not_chosen"), *places))
        self._cord = self.number_field(
            "rt_dose_per_fraction", "ui.course.cord_dmax_gy", HIGHEST_DOSE, _with_cord_dose, between=("1", "99.99")
        )
        self._desk.session.changed.connect(self._show_parts)

    def _show_parts(self) -> None:
        """A field stands there where the region or the technique asks for it, and always while something stands in it."""
        course, choices = self.course(), dict(self.course().choices)
        stereotactic = self._scheme.pattern == "spaced" or choices.get("technique") == "stereotactic"
        near_cord = course.region in CORD_REGIONS or (course.region == "bone" and stereotactic)
        located = any(rule.location for rule in self._scheme.regions if rule.region == course.region)
        self.show_part(self._boxes["lung_location"], located or "lung_location" in choices)
        self.show_part(self._cord, near_cord or bool(self._cord.text()))
        if self._scheme.pattern != "spaced":
            self.show_part(self._nailing_wait, bool(self._nailing.text() or self._nailing_wait.text()))

    def _show_choice(self, edit: QuantityEdit, name: str, choices: Mapping[str, str]) -> None:
        """A choice that is a number, or the text that cannot be read."""
        typed, value = self.typed(name), choices.get(name)
        edit.show_text(number_text(self._desk.words, Decimal(value) if value else None) if typed is None else typed)

    def _add_what_drugs_ask(self) -> None:
        """What lies in the field, by which technique, and whether a drug may follow: the distance of drugs rests on it."""
        self._inside = FieldTicks(self._desk.words)
        self._inside.chosen.connect(lambda inside: self.store(with_choice(self.course(), "field", inside), "field", None))
        self.add("ui.course.field", self._inside)
        technique = self._boxes["technique"] = self.choice("ui.course.technique", "technique")
        usual = "stereotactic" if self._scheme.pattern == "spaced" else "conventional"
        other = "conventional" if usual == "stereotactic" else "stereotactic"
        technique.offer((("", f"ui.course.technique_value.{usual}"), (other, f"ui.course.technique_value.{other}")))
        self._boxes["drug_sequence_confirmed"] = self.choice("ui.course.drug_sequence", "drug_sequence_confirmed")
        self._boxes["drug_sequence_confirmed"].offer((("", "ui.yes_no.no"), ("yes", "ui.yes_no.yes")))

    def _store_pin(self, pinned: bool, library: Library) -> None:
        pin = pin_of_scheme(self._scheme, library) if pinned else None
        self.store(replace(self.course(), pin=pin), "pin", None)

    def _name_day(self, tick: QCheckBox, number: int, _: str) -> None:
        names = self._desk.words.texts
        tick.setText(names.words("date.weekdays_short")[number])
        tick.setAccessibleName(names.words("date.weekdays")[number])

    def _store_days(self) -> None:
        chosen = " ".join(day for day, tick in self._days.items() if tick.isChecked())
        self.store(with_choice(self.course(), "days", chosen), "days", None)

    def _say_total(self) -> None:
        course, words = self.course(), self._desk.words
        if course.subject != FREE_SCHEME:
            return
        known = course.fractions is not None and course.dose_gy is not None
        self.total.setVisible(known)
        if course.fractions is not None and course.dose_gy is not None:
            total = CONTEXT.multiply(course.dose_gy, course.fractions)
            numbers = {"dose": words.texts.number(course.dose_gy), "total": words.texts.number(total)}
            self.total.setText(words.say("ui.course.total", fractions=course.fractions, **numbers))


def _with_fractions(course: CourseDraft, number: Decimal | None) -> CourseDraft:
    return replace(course, fractions=None if number is None else int(number))


def _with_dose(course: CourseDraft, dose: Decimal | None) -> CourseDraft:
    return replace(course, dose_gy=dose)


def _with_nailing(course: CourseDraft, day: date | None) -> CourseDraft:
    return with_choice(course, "nailing_on", day.isoformat() if day else "")


def _with_nailing_wait(course: CourseDraft, days: Decimal | None) -> CourseDraft:
    return with_choice(course, "nailing_wait_days", "" if days is None else decimal_text(days))


def _with_cord_dose(course: CourseDraft, dose: Decimal | None) -> CourseDraft:
    return with_choice(course, HIGHEST_DOSE, "" if dose is None else decimal_text(dose))


def _with_time(course: CourseDraft, text: str) -> CourseDraft:
    """A time of day as a file writes it; another text counts as none, and the field says so."""
    return replace(course, treatment_time=text if _TIME.fullmatch(text) else "")
