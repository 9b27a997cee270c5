"""The agenda of the day hospital: a week or a day over all treatments of a folder, how full each day is, who is opened."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QToolButton, QVBoxLayout, QWidget

from mbc_desktop.planning.agenda import agenda
from mbc_desktop.planning.plan import Plan
from mbc_desktop.ui.agenda_reader import AgendaReader, PlannedFile
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.override import override
from mbc_desktop.ui.panels.agenda_day import AgendaColumn
from mbc_desktop.ui.theme import GRID, larger
from mbc_desktop.ui.widgets.icons import icon
from mbc_desktop.ui.widgets.view_switch import ViewSwitch

DAYS = {"week": 5, "day": 1}


class AgendaPage(QWidget):
    """Reads the folder again whenever it is looked at. `opened` carries the file of a patient."""

    opened = Signal(Path)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._first, self._view = desk, _monday(desk.session.today), "week"
        self._files: tuple[PlannedFile, ...] = ()
        library = desk.session.library
        self._reader = AgendaReader(library, self) if library is not None else None
        self._title, self._said, self.progress = QLabel(), QLabel(), QProgressBar()
        self._choose, self._stop = QPushButton(), QPushButton()
        self.switch = ViewSwitch(desk.words, tuple(DAYS))
        self.columns = tuple(AgendaColumn(desk) for _ in range(DAYS["week"]))
        self._lay_out()
        self.switch.chosen.connect(self.show_view)
        self._choose.clicked.connect(self._ask_folder)
        self._stop.clicked.connect(self._stop_reading)
        for column in self.columns:
            column.opened.connect(self._open)
        if self._reader is not None:
            self._reader.finished.connect(self.show_files)
            self._reader.progressed.connect(self._progress)
        for changed in (desk.words.changed, desk.look.changed):
            changed.connect(self._show)
        self._show()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.read()

    def read(self) -> None:
        """Reads and plans the folder beside the main thread."""
        folder, session = self._desk.preferences.agenda_folder, self._desk.session
        if folder is not None and self._reader is not None:
            self._busy(True)
            self._reader.read(folder, session.site, session.today)

    def show_files(self, files: tuple[PlannedFile, ...]) -> None:
        """Shows what was read."""
        self._files = files
        self._busy(False)
        self._show()

    def show_view(self, view: str) -> None:
        """A week from Monday, or one day."""
        self._view = view
        today = self._desk.session.today
        self._first = _monday(self._first) if view == "week" else max(self._first, min(today, self._first + timedelta(days=4)))
        self.switch.show_chosen(view)
        self._show()

    def turn(self, step: int) -> None:
        """Goes a week, or a day, on or back."""
        self._first += timedelta(days=step * (7 if self._view == "week" else 1))
        self._show()

    def _plans(self) -> tuple[Plan, ...]:
        return tuple(one.plan for one in self._files if one.plan is not None)

    def _show(self) -> None:
        words, plans, count = self._desk.words, self._plans(), DAYS[self._view]
        last = self._first + timedelta(days=count - 1)
        found = {day.date: day for day in agenda(plans, first=self._first, last=last, site=self._desk.session.site)}
        for place, column in enumerate(self.columns):
            column.setVisible(place < count)
            if place < count:
                day = self._first + timedelta(days=place)
                column.show_day(day, found.get(day), plans, detailed=count == 1)
        span = words.say("facts.span", first=self._first, last=last) if count > 1 else words.texts.long_date(self._first)
        self._title.setText(span)
        unread = sum(one.plan is None for one in self._files)
        said = words.say("diary.read", count=len(plans)) if self._desk.preferences.agenda_folder else words.say("diary.no_folder")
        self._said.setText(f"{said} {words.say('diary.unread', count=unread)}" if unread else said)

    def _open(self, plan: int) -> None:
        readable = [one for one in self._files if one.plan is not None]
        self.opened.emit(readable[plan].path)

    def _ask_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self._desk.words.say("diary.choose"))
        if name:
            self._desk.preferences.agenda_folder = Path(name)
            self.read()

    def _progress(self, number: int, of: int) -> None:
        self.progress.setMaximum(of)
        self.progress.setValue(number)

    def _stop_reading(self) -> None:
        if self._reader is not None:
            self._reader.stop()
        self._busy(False)

    def _busy(self, busy: bool) -> None:
        self.progress.setVisible(busy)
        self._stop.setVisible(busy)

    def _turner(self, picture: str, step: int) -> QToolButton:
        button = QToolButton()
        button.setIconSize(QSize(16, 16))
        button.setIcon(icon(picture, self._desk.look.colours.text))
        button.clicked.connect(lambda: self.turn(step))
        self._desk.words.put(button, button.setAccessibleName, f"diary.{picture}")
        return button

    def _lay_out(self) -> None:
        words = self._desk.words
        self._title.setFont(larger(self.font(), 4))
        words.put(self._choose, self._choose.setText, "diary.choose")
        words.put(self._stop, self._stop.setText, "diary.stop")
        words.put(self.progress, self.progress.setAccessibleName, "diary.progress")
        bar = QHBoxLayout()
        bar.addWidget(self._title, 1)
        for part in (self.switch, self._turner("previous", -1), self._turner("next", 1)):
            bar.addWidget(part)
        foot = QHBoxLayout()
        foot.addWidget(self._said, 1)
        for below in (self.progress, self._stop, self._choose):
            foot.addWidget(below)
        self._busy(False)
        days = QHBoxLayout()
        days.setSpacing(GRID)
        for column in self.columns:
            days.addWidget(column, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        whole.setSpacing(GRID)
        whole.addLayout(bar)
        whole.addLayout(days, 1)
        whole.addLayout(foot)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
