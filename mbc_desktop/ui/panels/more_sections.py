"""The sections of the facts that few treatments need: what was given before, other measured values, days that differ."""

from __future__ import annotations

from dataclasses import replace

from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.entry.draft import with_broken
from mbc_desktop.ui.entry.typed_state import CONFIRMED_BEFORE, date_text, typed_date
from mbc_desktop.ui.override import override
from mbc_desktop.ui.panels.measurement_section import OTHER, MeasurementSection, other_kinds
from mbc_desktop.ui.panels.record_list import RecordList, draft_holding
from mbc_desktop.ui.widgets.date_edit import DateEdit
from mbc_desktop.ui.widgets.late_section import LateSection

HORIZON = "days.horizon"


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
        from mbc_desktop.ui.entry.record_kinds import earlier_drugs, earlier_radiotherapy

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
        from mbc_desktop.ui.entry.record_kinds import absences, closures, extra_open_days

        session, words = self._desk.session, self._desk.words
        fields = session.fields
        self._horizon = DateEdit(
            fields.dates["calendar_day"] if fields else None, words, self._desk.look, label="facts.field.horizon",
            today=lambda: session.today, echo_below=True,
        )  # fmt: skip
        self._horizon.changed.connect(lambda _: self._store_horizon())
        self._horizon.confirmed.connect(lambda _: self._store_horizon())
        self.fields[HORIZON] = self._horizon
        if fields is not None:
            holding = draft_holding(self._desk)
            self.add_wide(RecordList(self._desk, absences(words, fields), holding))
            self.add_wide(RecordList(self._desk, closures(words, fields), holding))
            self.add_wide(RecordList(self._desk, extra_open_days(words, fields), holding))
        self.add("facts.field.horizon", self._horizon)

    @override
    def fill(self) -> None:
        draft = self._desk.session.draft
        day, typed = draft.horizon, draft.text_of(HORIZON)
        self._horizon.show_text(date_text(day) if typed is None else typed, confirmed=CONFIRMED_BEFORE if day else "")

    @override
    def holds(self, field: str) -> bool:
        return field == HORIZON

    @override
    def filled(self) -> bool:
        draft = self._desk.session.draft
        named = bool(draft.horizon or draft.text_of(HORIZON))
        return named or bool(draft.absences or draft.closures or draft.extra_open_days)

    def _store_horizon(self) -> None:
        """The last day of the plan; left empty it goes along with today."""
        session, typed = self._desk.session, typed_date(self._horizon)
        session.change(with_broken(replace(session.draft, horizon=typed.value), {HORIZON: typed.broken}), step=HORIZON)
