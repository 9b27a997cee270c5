"""The agenda of the day hospital: a week, a day, or whoever is late; how full each day is, who is opened. Over the ward's records
while somebody is signed in to them, else over all treatments of a folder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mbc_desktop.planning.beside.agenda import agenda
from mbc_desktop.planning.plan import Plan
from mbc_desktop.texts import plain_date
from mbc_desktop.ui.agenda.agenda_reader import AgendaReader, PlannedFile
from mbc_desktop.ui.agenda.ward_agenda import WardAgenda
from mbc_desktop.ui.asking import Asking
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.look.theme import GRID
from mbc_desktop.ui.override import override
from mbc_desktop.ui.pages.agenda_frame import AgendaFrame
from mbc_desktop.ui.panels.agenda_day import AgendaColumn, patient_name
from mbc_desktop.ui.panels.overdue_list import OverdueList

if TYPE_CHECKING:
    from mbc_desktop.ui.records.ward import Ward

DAYS = {"week": 5, "day": 1, "late": 5}
VIEWS = tuple(DAYS)
LOOK_BACK = 90
"""So many days of visits are looked through for doses that nobody said were given."""


class AgendaPage(QWidget):
    """Reads again whenever it is looked at. `opened` carries a patient's file, `patient_wanted` the number in the records."""

    opened = Signal(Path)
    patient_wanted = Signal(int)

    def __init__(self, desk: Desk, asking: Asking, ward: Callable[[], Ward | None]) -> None:
        super().__init__()
        self._desk, self._asking, self._ward = desk, asking, ward
        self._first, self._view = _monday(desk.session.today), "week"
        self._files: tuple[PlannedFile, ...] = ()
        self._from_ward: WardAgenda | None = None
        self._refused = ""
        library = desk.session.library
        self._reader = AgendaReader(library, self) if library is not None else None
        self.frame = AgendaFrame(desk, VIEWS, DAYS["week"])
        self.late = OverdueList(desk)
        self.switch, self.columns, self.progress = self.frame.switch, self.frame.columns, self.frame.progress
        self.frame.days.addWidget(self.late, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        whole.addWidget(self.frame)
        self._listen()
        self._show()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.read()

    def read(self) -> None:
        """Reads and plans what is looked at: beside the main thread out of a folder, patient by patient out of the records."""
        self._refused = ""
        folder, session, ward = self._desk.preferences.agenda_folder, self._desk.session, self._open_ward()
        if ward is not None:
            self._busy(True)
            back = LOOK_BACK if self._view == "late" else 0
            self._of_ward(ward).read(self._first - timedelta(days=back), self._first + timedelta(days=6))
        elif folder is not None and self._reader is not None:
            self._busy(True)
            self._reader.read(folder, session.site, session.today)
        else:
            self.show_files(())

    def show_files(self, files: tuple[PlannedFile, ...]) -> None:
        """Shows what was read."""
        self._files = files
        self._desk.session.other_plans = self._plans()
        self._busy(False)
        self._show()

    def show_view(self, view: str) -> None:
        """A week from Monday, one day, or the list of whoever is late."""
        self._view = view
        today = self._desk.session.today
        if view == "day":
            self._first = max(self._first, min(today, self._first + timedelta(days=4)))
        else:
            self._first = _monday(today if view == "late" else self._first)
        self.switch.show_chosen(view)
        self._read_span()

    def turn(self, step: int) -> None:
        """Goes a week, or a day, on or back."""
        self._first += timedelta(days=step * (1 if self._view == "day" else 7))
        self._read_span()

    def _read_span(self) -> None:
        """The records are asked for the days that are shown; a folder has been read whole."""
        if self._open_ward() is not None:
            self.read()
        self._show()

    def _open_ward(self) -> Ward | None:
        ward = self._ward()
        return ward if ward is not None and ward.who is not None else None

    def _of_ward(self, ward: Ward) -> WardAgenda:
        if self._from_ward is not None:
            self._from_ward.stop()
            self._from_ward.deleteLater()
        self._from_ward = WardAgenda(ward, self)
        self._from_ward.finished.connect(self.show_files)
        self._from_ward.progressed.connect(self._progress)
        self._from_ward.refused.connect(self._refuse)
        return self._from_ward

    def _leave_ward(self) -> None:
        """What somebody was allowed to see of others leaves the screen with her."""
        if self._from_ward is not None and self._open_ward() is None:
            self._from_ward.stop()
            self._from_ward.deleteLater()
            self._from_ward = None
            self._refused = ""
            self.show_files(())
            if self.isVisible():
                self.read()

    def _refuse(self, why: str) -> None:
        self._refused = why
        self.show_files(())

    def _plans(self) -> tuple[Plan, ...]:
        return tuple(one.plan for one in self._files if one.plan is not None)

    def _show(self) -> None:
        words, plans, late = self._desk.words, self._plans(), self._view == "late"
        count = DAYS[self._view]
        last = self._first + timedelta(days=count - 1)
        found = {day.date: day for day in agenda(plans, first=self._first, last=last, site=self._desk.session.site)}
        nothing = self._nowhere()
        self.frame.show_nothing(nothing)
        for turner in self.frame.turners:
            turner.setEnabled(not late)
        for place, column in enumerate(self.columns):
            column.setVisible(place < count and not late and not nothing)
            if column.isVisibleTo(self):
                day = self._first + timedelta(days=place)
                column.show_day(day, found.get(day), plans, detailed=count == 1)
            else:
                column.list.clear()
        self.late.setVisible(late and not nothing)
        self.late.show_plans(plans if late else ())
        span = words.say("facts.span", first=self._first, last=last) if count > 1 else words.texts.long_date(self._first)
        short = f"{self._first:%d/%m} – {plain_date(last)}" if count > 1 else words.texts.short_date(self._first)
        name = words.say("views.late")
        self.frame.tell(*((name, name) if late else (span, short)), self._said())
        self.frame.choose.setVisible(self._open_ward() is None and not nothing)

    def _nowhere(self) -> str:
        """What to do first, where there is nothing to read from; "" where there is."""
        nowhere = self._open_ward() is None and self._desk.preferences.agenda_folder is None
        return self._desk.words.say("diary.no_folder") if nowhere else ""

    def _said(self) -> str:
        words, ward = self._desk.words, self._open_ward()
        if self._refused:
            return self._refused
        if self._nowhere():
            return ""
        said = words.say("diary.of_ward" if ward is not None else "diary.read", count=len(self._plans()))
        unread = sum(one.plan is None for one in self._files)
        said = f"{said} {words.say('diary.unread', count=unread)}" if unread else said
        # Whoever has no day yet stands in no column, and would be forgotten.
        waiting = [patient_name(plan) for plan in self._plans() if plan.request.courses and not _has_days(plan)]
        return f"{said} {words.say('diary.no_day', names=words.texts.listing(tuple(waiting)))}" if waiting else said

    def _open(self, plan: int, day: date | None = None) -> None:
        """Opens the treatment, in its calendar the day on which it stood here."""
        chosen = [one for one in self._files if one.plan is not None][plan]
        if chosen.path is not None:
            self.opened.emit(chosen.path)
        else:
            self.patient_wanted.emit(chosen.patient)
        opened = self._desk.session.draft.patient.number
        if day is not None and chosen.plan is not None and opened == chosen.plan.request.patient.number:
            self._desk.selection.select_day(day)

    def _open_of(self, column: AgendaColumn, plan: int) -> None:
        self._open(plan, self._first + timedelta(days=self.columns.index(column)))

    def _ask_folder(self) -> None:
        folder = self._asking.folder(self._desk.words.say("diary.choose"))
        if folder is not None:
            self._desk.preferences.agenda_folder = folder
            self.read()

    def _progress(self, number: int, of: int) -> None:
        self.progress.setMaximum(of)
        self.progress.setValue(number)

    def _stop_reading(self) -> None:
        if self._reader is not None:
            self._reader.stop()
        if self._from_ward is not None:
            self._from_ward.stop()
        self._busy(False)

    def _busy(self, busy: bool) -> None:
        self.progress.setVisible(busy)
        self.frame.stop.setVisible(busy)

    def _listen(self) -> None:
        self.switch.chosen.connect(self.show_view)
        self.frame.turned.connect(self.turn)
        self.frame.choose.clicked.connect(self._ask_folder)
        self.frame.stop.clicked.connect(self._stop_reading)
        for column in self.columns:
            column.opened.connect(partial(self._open_of, column))
        self.late.opened.connect(self._open)
        if self._reader is not None:
            self._reader.finished.connect(self.show_files)
            self._reader.progressed.connect(self._progress)
        for changed in (self._desk.words.changed, self._desk.look.changed):
            changed.connect(self._show)
        self._desk.session.changed.connect(self._leave_ward)
        self._busy(False)


def _has_days(plan: Plan) -> bool:
    return bool(plan.administrations or plan.intakes or plan.fractions)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
