"""One day of the agenda: who comes and for what, how full the day is, what the laboratory and the pharmacy have to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from mbc_desktop.planning.beside.agenda import AgendaDay, Attendance
from mbc_desktop.planning.plan import Plan
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.look.theme import GRID

_PLAN_ROLE = int(Qt.ItemDataRole.UserRole)


class AgendaColumn(QWidget):
    """`opened` carries the place of the plan in the list."""

    opened = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._name, self._load = QLabel(), QLabel()
        font = self._name.font()
        font.setBold(True)
        self._name.setFont(font)
        self._load.setWordWrap(True)
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setSpacing(GRID // 2)
        # Measured again at another width: a line that wraps would push the last one out.
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setAlternatingRowColors(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        for part in (self._name, self._load):
            column.addWidget(part)
        column.addWidget(self.list, 1)
        self.list.itemActivated.connect(self._open)

    def show_day(self, day: date, found: AgendaDay | None, plans: Sequence[Plan], *, detailed: bool) -> None:
        """Shows a day; `detailed` with its blood samples, preparations and tasks."""
        words = self._desk.words
        name = words.texts.short_date(day)
        self._name.setText(name)
        # A day by itself has its date above it already.
        self._name.setVisible(not detailed)
        self.list.setAccessibleName(name)
        self.list.clear()
        if found is not None and not (detailed or found.attendances):
            # Blood is taken elsewhere and something is to be ordered, but nobody comes: that is for the view of the day.
            found = None
        self._show_load(found)
        if found is None:
            empty = QListWidgetItem(words.say("diary.nobody"))
            empty.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(empty)
            return
        for attendance in found.attendances:
            self._add(attendance.plan, _attendance(attendance, plans, self._desk))
        if detailed:
            for plan, checks in _samples(found).items():
                named = words.texts.listing(tuple(words.say(f"check.{kind}") for kind in checks))
                self._add(plan, words.texts.labelled(patient_name(plans[plan]), named))
            for plan, task in found.tasks:
                drug = f"{words.drug(task.drug)}, " if task.drug else ""
                what = f"{drug}{words.say(f'task.{task.kind}')}, {words.say('diary.before', day=task.before)}"
                self._add(plan, words.texts.labelled(patient_name(plans[plan]), what))

    def _show_load(self, found: AgendaDay | None) -> None:
        words, colours = self._desk.words, self._desk.look.colours
        if found is None:
            self._load.setText(" ")
            return
        key = "over_capacity" if found.over_capacity else "load" if found.capacity is None else "of_capacity"
        said = words.say(f"agenda.{key}", minutes=found.chair_minutes, capacity=found.capacity or 0)
        self._load.setText(words.say("diary.load", count=len(found.attendances), load=said))
        palette = QPalette(self._load.palette())
        ink = colours.severities["stop"].text if found.over_capacity else colours.muted
        palette.setColor(QPalette.ColorRole.WindowText, QColor(ink))
        self._load.setPalette(palette)

    def _add(self, plan: int, text: str) -> None:
        item = QListWidgetItem(text)
        item.setData(_PLAN_ROLE, plan)
        self.list.addItem(item)

    def _open(self, item: QListWidgetItem) -> None:
        self.opened.emit(int(item.data(_PLAN_ROLE)))


def _samples(found: AgendaDay) -> dict[int, tuple[str, ...]]:
    """The kinds of sample by plan: one line for a patient, however many tubes are filled."""
    kinds: dict[int, tuple[str, ...]] = {}
    for plan, check in found.samples:
        kinds[plan] = tuple(dict.fromkeys((*kinds.get(plan, ()), check.kind)))
    return kinds


def patient_name(plan: Plan) -> str:
    """FAMILY NAME given name (number)."""
    patient = plan.request.patient
    return f"{patient.family_name.upper()} {patient.given_name} ({patient.number})"


def _attendance(attendance: Attendance, plans: Sequence[Plan], desk: Desk) -> str:
    words = desk.words
    lines = [patient_name(plans[attendance.plan])]
    for given in attendance.administrations:
        dose = words.texts.quantity(given.dose.amount) if given.dose else words.say("status.withheld")
        lines.append(f"{words.drug(given.drug)} {dose}")
    if attendance.chair.minutes:
        lines.append(words.say("agenda.chair", minutes=attendance.chair.minutes))
    if attendance.chair.unknown:
        lines.append(words.say("diary.without_time", drugs=words.texts.listing(tuple(map(words.drug, attendance.chair.unknown)))))
    return "\n".join(lines)
