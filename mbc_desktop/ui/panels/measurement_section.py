"""Measurements that are usually of one day: body, laboratory, heart. The day is typed once, and can differ by value."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QToolButton, QWidget

from mbc_desktop.patient.facts import Measurement
from mbc_desktop.patient.plausibility import FieldPolicy
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.entry.draft import with_broken
from mbc_desktop.ui.entry.typed_state import date_text
from mbc_desktop.ui.panels.measurement_checks import objection_to
from mbc_desktop.ui.panels.measurement_entry import Entry, GroupDate, kept, latest, shared_date
from mbc_desktop.ui.panels.measurement_row import MeasurementRow, read_group_date
from mbc_desktop.ui.widgets.date_edit import DateEdit
from mbc_desktop.ui.widgets.section import Section

# For each group: the field that judges its dates, and its kinds in the order of the form.
GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "body": ("weight_date", ("weight", "height")),
    "laboratory": ("lab_date", ("creatinine", "calcium", "albumin", "neutrophils", "platelets", "haemoglobin")),
    "heart": ("earlier_day", ("qtcf", "lvef")),
    "other": ("lab_date", ()),
}
OTHER = "other"
"""The group of all kinds of measured value that no other group names."""
_WITH_RANGE = ("calcium",)
# The height of a grown person, her genes and the heart before the treatment do not age.
_AGELESS = ("lvef_baseline", "dpyd_activity_score", "uracil")
_UNDATED_LIMITS = dict.fromkeys(("height", *_AGELESS), "earlier_day")
_PARTS = ("value", "on", "low", "high")


class MeasurementSection(Section):
    """One group of the form, kept level with the session. `report_wanted` asks to read a report of the laboratory."""

    report_wanted = Signal()

    def __init__(self, desk: Desk, group: str) -> None:
        super().__init__(desk, "facts.other_values" if group == OTHER else f"ui.section.{group}")
        self._group = group
        date_label = f"ui.field.{'laboratory' if group == OTHER else group}_date"
        date_field, kinds = GROUPS[group]
        fields = desk.session.fields
        policies = fields.numbers.values() if fields else ()
        self._date = DateEdit(
            fields.dates[date_field] if fields else None,
            desk.words,
            desk.look,
            label=date_label,
            today=lambda: desk.session.today,
            echo_below=True,
            with_age=True,
        )
        self.add(date_label, self._date)
        if group == "laboratory":
            paste = QToolButton()
            desk.words.put(paste, paste.setText, "lab.paste")
            desk.words.put(paste, paste.setAccessibleName, "lab.title")
            paste.setToolTip("Ctrl+L")
            paste.clicked.connect(self.report_wanted)
            self.add_beside_heading(paste)
        self._rows: dict[str, MeasurementRow] = {}
        for kind in kinds or other_kinds(tuple(policies)):
            own = tuple(policy for policy in policies if policy.kind == kind)
            row = MeasurementRow(desk, kind, own, _UNDATED_LIMITS.get(kind, date_field), with_range=kind in _WITH_RANGE)
            row.edited.connect(lambda part, kind=kind: self._take(kind, part))
            self.add(row.label, row)
            self._rows[kind] = row
        self.fields: dict[str, QWidget] = {f"group.{group}": self._date}
        for kind, row in self._rows.items():
            parts = {"": row.value, ".low": row.low, ".high": row.high}
            self.fields |= {f"measurement.{kind}{part}": edit for part, edit in parts.items() if edit is not None}
        self._date.changed.connect(lambda _: self._take_all())
        self._date.confirmed.connect(lambda _: self._take_all())
        self.show_draft()

    def show_draft(self) -> None:
        """Fills every field from the session; what stands there now becomes the base that a new value is added to."""
        draft = self._desk.session.draft
        shown = [latest(self._of(kind)) for kind in self._rows]
        common = shared_date(tuple(one for one in shown if one is not None))
        typed = draft.text_of(f"group.{self._group}.on")
        if typed is not None or common is not None:
            self._date.show_text(typed if typed is not None else date_text(common), confirmed=_reason(shown, common))
        elif not draft.broken:
            self._date.show_text("")
        for kind, row in self._rows.items():
            broken = {part: text for part in _PARTS if (text := draft.text_of(f"measurement.{kind}.{part}")) is not None}
            row.show_measurements(self._of(kind), common, broken)

    def _of(self, kind: str) -> tuple[Measurement, ...]:
        return tuple(one for one in self._desk.session.draft.measurements if one.kind == kind)

    def _group_date(self) -> GroupDate:
        return read_group_date(self._date) if self._date.text().strip() else GroupDate()

    def _take(self, kind: str, part: str) -> None:
        self._store((kind,), f"measurement.{kind}.{part}")

    def _take_all(self) -> None:
        self._store(tuple(self._rows), f"group.{self._group}.on")

    def _store(self, kinds: tuple[str, ...], step: str) -> None:
        session, group = self._desk.session, self._group_date()
        draft, text = session.draft, self._date.text()
        unreadable = text.strip() and group.day is None
        broken: dict[str, str | None] = {f"group.{self._group}.on": text if unreadable else None}
        entries = {kind: row.entry(group) for kind, row in self._rows.items()}
        typed = {kind: entry.measurement for kind, entry in entries.items()}
        # Another height can speak against the same weight.
        affected = dict.fromkeys((*kinds, *(("weight",) if "height" in kinds else ())))
        for kind in affected:
            row = self._rows[kind]
            objection = objection_to(kind, typed, row.base, session.fields) if session.fields else None
            if row.object(objection):
                entries[kind] = Entry(measurement=None, broken={"value": row.value.text()})
            others = tuple(one for one in draft.measurements if one.kind != kind)
            draft = replace(draft, measurements=(*others, *kept(row.base, entries[kind])))
            broken |= {f"measurement.{kind}.{part}": entries[kind].broken.get(part) for part in _PARTS}
        session.change(with_broken(draft, broken), step=step)
        # What stands under a value is read after the calendar, and comes after it.
        for kind in affected:
            self._rows[kind].say_about(entries[kind].measurement, date_missing=not entries[kind].broken.get("on", "-").strip())


def _reason(shown: list[Measurement | None], common: date | None) -> str:
    """The reason with which the values of the group's day were confirmed, if they were."""
    return next((one.confirmed_reason for one in shown if one is not None and one.on == common), "")


def other_kinds(policies: tuple[FieldPolicy, ...]) -> tuple[str, ...]:
    """The kinds of measured value that no group names: whatever grows old is measured, and the few that do not."""
    named = {kind for _, kinds in GROUPS.values() for kind in kinds}
    measured = (one.kind for one in policies if one.refuse_days is not None or one.kind in _AGELESS)
    return tuple(dict.fromkeys(kind for kind in measured if kind not in named))
