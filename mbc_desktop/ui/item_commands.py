"""What can be done with what is selected: the same commands for the buttons, the menu of the calendar, and a drop."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu, QWidget

from mbc_desktop.planning.request import Absence, Event, EventKind, Scope
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.entry.event_entry import (
    Subject,
    corrected,
    subject_of_course,
    subject_of_event,
    subject_of_item,
    without_event,
)

if TYPE_CHECKING:
    from mbc_desktop.planning.plan import Administration

NOTHING: Mapping[str, object] = {}
_FROM_A_DAY = ("hold", "cease", "replace", "progression")
_STILL_COMING = ("planned", "provisional", "withheld")


class ItemCommands:
    """Opens the dialog of an event. Its modules are imported when the first one opens: a start enters nothing."""

    def __init__(self, desk: Desk, window: QWidget, read: Callable[[], object]) -> None:
        """`read` puts the keyboard into the inspector."""
        self._desk, self._window, self._read = desk, window, read

    def subject(self) -> Subject | None:
        """What the selection is about: the item, else the course."""
        session, selection = self._desk.session, self._desk.selection
        if session.plan is None or session.library is None:
            return None
        if selection.item:
            return subject_of_item(session.plan, session.library, selection.item)
        return subject_of_course(session.draft, selection.course) if selection.course else None

    def begin(self, kind: EventKind, *, values: Mapping[str, object] = NOTHING, scope: Scope = "this") -> None:
        """Opens the dialog for an event about the selection."""
        subject = self.subject()
        if subject is not None and kind in subject.kinds:
            self._open(subject, kind, values={**_usual(subject, kind, self._desk.session.today), **values}, scope=scope)

    def begin_interval(self, course: str, drug: str) -> None:
        """Opens the dialog for another interval from the next administration of a drug on."""
        plan, today = self._desk.session.plan, self._desk.session.today
        ahead = [
            one for one in (plan.administrations if plan else ())
            if (one.course, one.drug) == (course, drug) and one.due > today and one.status in _STILL_COMING
        ]  # fmt: skip
        if ahead:
            following = min(ahead, key=lambda one: one.due)
            self._desk.selection.select_item(following.id, course, following.date or following.due)
            self.begin("interval")

    def begin_for_course(self, course: str) -> None:
        """Opens the dialog for an event about a whole course."""
        subject = subject_of_course(self._desk.session.draft, course)
        if subject is not None:
            self._open(subject, subject.kinds[0])

    def move_to(self, day: date) -> None:
        """What was dropped on a later day is delayed, with three scopes to choose from; an earlier day moves only this one."""
        subject = self.subject()
        if subject is None or subject.planned is None or day == subject.planned:
            return
        days = (day - subject.planned).days
        kind: EventKind = "delay" if days > 0 else "move"
        self.begin(kind, values={"to": day, "days": days if days > 0 else None})

    def correct(self, event: Event) -> None:
        """Opens the dialog in which an event that was saved is entered anew."""
        values = {name: getattr(event, name) for name in Event.__slots__}
        self._open(subject_of_event(event, self._desk.session.draft), event.kind, values=values, scope=event.scope, wrong=event)

    def withdraw(self, event: Event) -> None:
        """Takes an event back: out of the list while nobody has saved it, by a correction afterwards."""
        session = self._desk.session
        session.close_step()
        if session.is_saved(event.id):
            by = self._desk.preferences.user or event.by
            session.change(corrected(session.draft, event, on=session.today, by=by))
        else:
            session.change(without_event(session.draft, event.id))

    def menu(self, parent: QWidget) -> QMenu:
        """All that can be done with the selection."""
        menu = QMenu(parent)
        subject = self.subject()
        menu.addAction(self._desk.words.say("act.details")).triggered.connect(lambda: self._read())
        if self._administration() is not None:
            menu.addAction(self._desk.words.say("diary.quiet") + "…").triggered.connect(lambda: self.find_quiet_day())
        day = self._desk.selection.day
        if self._desk.session.plan is not None and day >= self._desk.session.today:
            menu.addAction(self._desk.words.say("act.away", day=day)).triggered.connect(lambda: self.note_away(day))
        menu.addSeparator()
        for kind in subject.kinds if subject else ():
            menu.addAction(self._desk.words.say(f"act.kind.{kind}") + "…").triggered.connect(partial(self._chosen, kind))
        return menu

    def find_quiet_day(self) -> None:
        """Shows the quietest days on which the selected administration could be."""
        from mbc_desktop.ui.agenda.quiet_days import QuietDaysDialog

        plan, item = self._desk.session.plan, self._administration()
        if plan is not None and item is not None:
            self.quiet = QuietDaysDialog(self._desk, plan, item, lambda day: self.begin("move", values={"to": day}), self._window)
            self.quiet.open()

    def note_away(self, day: date) -> None:
        """Notes that the patient cannot come on a day, and shows where the visits of that day could go."""
        session = self._desk.session
        session.close_step()
        absences = dict.fromkeys((*session.draft.absences, Absence(first=day, last=day)))
        session.change(replace(session.draft, absences=tuple(absences)), refill=True)
        if session.plan is not None and any(one.code == "patient-absent" for one in session.plan.findings):
            from mbc_desktop.ui.proposals import ProposalDialog

            ProposalDialog(self._desk, "absences", self._window).open()

    def _administration(self) -> Administration | None:
        """The selected administration, while it is still to come."""
        plan, chosen = self._desk.session.plan, self._desk.selection.item
        found = (one for one in (plan.administrations if plan else ()) if one.id == chosen and one.status in _STILL_COMING)
        return next(found, None)

    def pop_up(self, place: QPoint) -> None:
        """Shows the menu of the selection at a place of the screen."""
        menu = self.menu(self._window)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)
        if place != QCursor.pos():
            # Called by a key: a screen reader says nothing of a menu of which no entry is chosen.
            menu.setActiveAction(next(one for one in menu.actions() if one.isEnabled() and not one.isSeparator()))

    def _chosen(self, kind: EventKind, _: bool = False) -> None:
        self.begin(kind)

    def _open(
        self, subject: Subject, kind: EventKind, *, values: Mapping[str, object] = NOTHING, scope: Scope = "this",
        wrong: Event | None = None,
    ) -> None:  # fmt: skip
        from mbc_desktop.ui.panels.event_dialog import EventDialog

        library = self._desk.session.library
        if library is None:
            return
        self.dialog = EventDialog(self._desk, library, subject, kind, self._window, values=values, scope=scope, wrong=wrong)
        self.dialog.open()


def _usual(subject: Subject, kind: EventKind, today: date) -> dict[str, object]:
    """What stands in the fields when the dialog opens: the planned day, for something given that is not ahead of us; for what
    ends or changes a treatment the planned day too, or today where that is over."""
    if kind in _FROM_A_DAY:
        return {"day": max(subject.planned or today, today)}
    if kind == "given" and subject.planned is not None and subject.planned <= today:
        return {"given_on": subject.planned}
    return {}
