"""The fields of one kind of measurement: value, unit, where it matters the laboratory's range, its own date if it has one."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mbc_desktop.core.quantity import Quantity
from mbc_desktop.core.typed_date import read_calendar_date
from mbc_desktop.patient.cross_checks import Objection
from mbc_desktop.patient.date_plausibility import DatePolicy
from mbc_desktop.patient.facts import Measurement
from mbc_desktop.patient.plausibility import FieldPolicy
from mbc_desktop.regimen.site import Site
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.entry.typed_state import date_text, number_text
from mbc_desktop.ui.panels.measurement_entry import Entry, GroupDate, group_day, latest, previous
from mbc_desktop.ui.panels.measurement_note import Trend, is_too_old, note_text, strike_out, with_new
from mbc_desktop.ui.widgets.confirmation import Confirmation
from mbc_desktop.ui.widgets.date_edit import DateEdit
from mbc_desktop.ui.widgets.limit_edit import LimitEdit, range_line
from mbc_desktop.ui.widgets.own_date_button import OWN_DATE_KEY, OwnDateButton
from mbc_desktop.ui.widgets.quantity_edit import QuantityEdit
from mbc_desktop.ui.widgets.reading_text import objection_text
from mbc_desktop.ui.widgets.typed_edit import write_in
from mbc_desktop.ui.widgets.unit_quantity_edit import UnitQuantityEdit


class MeasurementRow(QWidget):
    """One row of the form. `edited` names the field that was edited."""

    edited = Signal(str)

    def __init__(self, desk: Desk, kind: str, policies: tuple[FieldPolicy, ...], date_field: str, *, with_range: bool) -> None:
        super().__init__()
        self.kind = kind
        self._desk = desk
        own = f"ui.field.{kind}"
        self.label = own if desk.words.texts.has(own) else f"fact.{kind}"
        self.value = UnitQuantityEdit(policies, desk.words, desk.look, label=self.label)
        self._policies = {policy.unit: policy for policy in policies}
        dates = desk.session.fields.dates if desk.session.fields else {}
        self.own_date = _own_date(desk, dates.get(date_field))
        self.low = _limit_edit(desk, policies[0], "ui.field.low") if with_range else None
        self.high = _limit_edit(desk, policies[0], "ui.field.high") if with_range else None
        self._note, self._objection = _wrapping(), _wrapping()
        for limit in (self.low, self.high):
            if limit is not None:
                limit.changed.connect(lambda _: self.edited.emit("range"))
        self._toggle = OwnDateButton(desk.words, desk.look, self.label)
        self._toggle.toggled.connect(self.own_date.setVisible)
        shortcut = QShortcut(QKeySequence(OWN_DATE_KEY), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._go_to_own_date)
        self._base: tuple[Measurement, ...] = ()
        self._untouched, self._kept = False, False
        self._objection.hide()
        self._cross: Confirmation | None = None
        self._cross_reason = ""
        self._said_of: tuple[Measurement | None, bool] = (None, False)
        self._against: Objection | None = None
        self._lay_out()
        self.own_date.hide()
        self._connect()

    def _connect(self) -> None:
        self.value.changed.connect(lambda _: self._type("value"))
        self.value.confirmed.connect(lambda _: self.edited.emit("value"))
        self.value.unit_chosen.connect(self._use_unit)
        self._desk.words.changed.connect(self._say_again)
        self.own_date.changed.connect(lambda _: self.edited.emit("on"))
        self.own_date.confirmed.connect(lambda _: self.edited.emit("on"))

    @property
    def base(self) -> tuple[Measurement, ...]:
        """The measurements of this kind as they were when the treatment was opened or last saved."""
        return self._base

    def show_measurements(self, base: tuple[Measurement, ...], group_date: date | None, broken: dict[str, str]) -> None:
        """Fills the fields with the latest measurement, or with the unreadable texts that stand in its place."""
        self._base = base
        self._cross_reason = ""
        shown = latest(base)
        self._untouched = shown is not None and shown.on == group_date and not broken
        self._kept = False
        reason = shown.confirmed_reason if shown else ""
        unit = (
            shown.quantity.unit
            if shown is not None
            else ""
            if broken
            else _unit_of_site(self._desk.session.site, self._policies, self.kind)
        )
        if unit:
            # The text of the value before must not be judged by the unit of this one: that would count as typed.
            for edit in (self.value, self.low, self.high):
                if edit is not None:
                    edit.show_text("")
            self.value.use_unit(unit)
            self._use_limits(unit)
        amount = number_text(self._desk.words, shown.quantity.amount) if shown else ""
        self.value.show_text(broken.get("value", amount), confirmed=reason)
        own = shown is not None and shown.on != group_date
        self.own_date.show_text(broken.get("on", date_text(shown.on) if shown and own else ""), confirmed=reason)
        for name, edit, limit in (("low", self.low, shown and shown.low), ("high", self.high, shown and shown.high)):
            if edit is not None:
                edit.show_text(broken.get(name, number_text(self._desk.words, limit or None)))
        self._toggle.setChecked(bool(self.own_date.text()))
        self.value.require(bool(base))
        self.say_about(shown)

    def entry(self, group: GroupDate) -> Entry:
        """What the fields say, with the date of the group where the row has none of its own."""
        broken: dict[str, str] = {}
        amount = self.value.value()
        if amount is None and (self.value.text().strip() or self._base):
            broken["value"] = self.value.text()
        dated = self._dated(group, broken)
        low, high = self._bound("low", self.low, broken), self._bound("high", self.high, broken)
        reason = self.value.reason_given() or self._cross_reason or dated.reason
        if amount is not None and (dated.day is None or (dated.stale and reason)):
            # A reason for an unusual value is no reason for an old one: the date then waits for its own.
            broken.setdefault("on", self.own_date.text())
        if amount is None or dated.day is None or broken:
            return Entry(measurement=None, broken=broken)
        typed = Measurement(
            kind=self.kind,
            quantity=Quantity(amount, self.value.chosen_unit()),
            on=dated.day,
            low=low,
            high=high,
            confirmed_reason=reason,
            confirmed_by=_confirmed_by(self._base, dated.day, reason, self._desk.preferences.user),
        )
        return Entry(measurement=typed, broken={})

    def object(self, objection: Objection | None) -> bool:
        """Shows what speaks against the value beside others, and asks for a reason where one helps; True while the value may not
        be used."""
        self._against = objection
        asks = objection is not None and objection.verdict == "warn"
        if objection is None or not asks:
            self._cross_reason = ""
        elif self._cross is None:
            self._cross = Confirmation(self._desk.words, self)
            self._cross.given.connect(self._take_cross_reason)
            self._column.addWidget(self._cross)
        if self._cross is not None:
            self._cross.setVisible(asks)
        self._objection.setText(objection_text(self._desk.words.texts, objection) if objection else "")
        self._objection.setVisible(objection is not None)
        tone = self._desk.look.colours.severities["caution" if asks else "stop"]
        write_in(self._objection, tone.text)
        return objection is not None and not (asks and (self._cross_reason or self.value.reason_given()))

    def say_about(self, typed: Measurement | None, *, date_missing: bool = False) -> None:
        """Says under the row that a date is missing, or what was measured before."""
        words, today = self._desk.words, self._desk.session.today
        policy = self._policies.get(typed.quantity.unit) if typed is not None else None
        note = words.say("ui.measure.date_missing") if date_missing else ""
        if typed is not None and not date_missing:
            note = note_text(words, typed, previous(self._base, typed), policy, today, kept=self._kept)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        strike_out(self.value.line, is_too_old(typed, policy, today))
        self._trend.show_values(with_new(self._base, typed))
        self._said_of = typed, date_missing

    def _say_again(self) -> None:
        """Says the same in another language."""
        typed, date_missing = self._said_of
        self.say_about(typed, date_missing=date_missing)
        if self._against is not None:
            self._objection.setText(objection_text(self._desk.words.texts, self._against))

    def _type(self, part: str) -> None:
        self._untouched = False
        self.edited.emit(part)

    def _dated(self, group: GroupDate, broken: dict[str, str]) -> GroupDate:
        """The day of the row, or else that of the group."""
        own = bool(self.own_date.text().strip())
        dated = read_group_date(self.own_date) if own else group_day(group, latest(self._base), untouched=self._untouched)
        self._kept = not own and dated is not group
        if own and dated.day is None:
            broken["on"] = self.own_date.text()
        return dated

    def _take_cross_reason(self, reason: str) -> None:
        self._cross_reason = reason
        self.edited.emit("value")

    def _bound(self, name: str, edit: QuantityEdit | None, broken: dict[str, str]) -> Decimal | None:
        if edit is None or not edit.text().strip():
            return None
        if edit.value() is None:
            broken[name] = edit.text()
        return edit.value()

    def _use_unit(self, unit: str) -> None:
        self._use_limits(unit)
        self._type("unit")

    def _use_limits(self, unit: str) -> None:
        for edit in (self.low, self.high):
            if edit is not None:
                # A laboratory's own range is no value of the patient: only the impossible is refused.
                edit.use_policy(replace(self._policies[unit], soft=None, doubts=()))

    def _go_to_own_date(self) -> None:
        self._toggle.setChecked(True)
        self.own_date.setFocus()

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(2)
        first.addWidget(self.value, 1)
        first.addWidget(self._toggle, 0, Qt.AlignmentFlag.AlignTop)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(first)
        if self.low is not None and self.high is not None:
            column.addLayout(range_line(self._desk.words, self.low, self.high))
        column.addWidget(self.own_date)
        column.addWidget(self._objection)
        column.addWidget(self._note)
        self._trend = Trend(self._desk, self.kind, column)


def read_group_date(edit: DateEdit) -> GroupDate:
    """The day in a date field of measurements. Old is not wrong: the engine decides what an old value may still be used for."""
    reading = edit.reading()
    stale = (reading.reason or "").startswith("STALE") and not edit.reason_given()
    day = read_calendar_date(edit.text()).value if stale else edit.value()
    return GroupDate(day, stale, edit.reason_given())


def _confirmed_by(base: tuple[Measurement, ...], on: date, reason: str, user: str) -> str:
    """Who gave the reason: whoever gave it before for the same day, else who works now."""
    same = next((one for one in base if one.on == on and one.confirmed_reason == reason), None)
    return "" if not reason else same.confirmed_by if same else user


def _unit_of_site(site: Site, units: Container[str], kind: str) -> str:
    """The unit of this hospital's laboratory, where that is one of the field's; "" otherwise."""
    return next((item.unit for item in site.ranges if item.kind == kind and item.unit in units), "")


def _wrapping() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _own_date(desk: Desk, policy: DatePolicy | None) -> DateEdit:
    """The field for a day that differs from that of the group."""
    return DateEdit(
        policy,
        desk.words,
        desk.look,
        label="ui.field.own_date_short",
        today=lambda: desk.session.today,
        echo_below=True,
        with_age=True,
    )


def _limit_edit(desk: Desk, policy: FieldPolicy, label: str) -> LimitEdit:
    """One end of the laboratory's range."""
    return LimitEdit(replace(policy, soft=None, doubts=()), desk.words, desk.look, label=label)
