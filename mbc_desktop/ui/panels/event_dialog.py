"""Entering what happened or was decided: the kind, its figures, how far it reaches, why; beside it every date that would move."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from mbc_desktop.planning.request import SCOPED, Event, EventKind, Reason, Scope
from mbc_desktop.regimen.library import Library
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.entry.draft import Draft
from mbc_desktop.ui.entry.event_entry import Subject, corrected, next_event_id, target_for, with_event
from mbc_desktop.ui.entry.event_text import subject_text
from mbc_desktop.ui.look.theme import GRID, larger, within_screen
from mbc_desktop.ui.panels.change_preview import ChangePreview
from mbc_desktop.ui.panels.event_fields import event_fields
from mbc_desktop.ui.widgets.choice_box import ChoiceBox
from mbc_desktop.ui.widgets.field_set import FieldSet, Values
from mbc_desktop.ui.widgets.line_edit import LineEdit

GRADES = ("1", "2", "3", "4", "5")
NO_VALUES: Values = {}

_NOBODY_YET = "?"


class EventDialog(QDialog):
    """Enters one event, or (`wrong`) corrects one that was entered before. The plan follows when it is applied, as one step."""

    def __init__(
        self, desk: Desk, library: Library, subject: Subject, kind: EventKind, window: QWidget, *, values: Values = NO_VALUES,
        scope: Scope = "this", wrong: Event | None = None,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._library, self._subject, self._wrong = desk, library, subject, wrong
        self._values, self._scope_wanted = dict(values), scope
        # A second click of an impatient hand enters nothing more.
        self._entered = False
        words = desk.words
        self.kind, self.scope, self.reason, self.grade = (ChoiceBox(words) for _ in range(4))
        self.note, self.by = LineEdit(), LineEdit(desk.session.signed_in or desk.preferences.user)
        self.preview = ChangePreview(desk)
        self.apply, self._cancel = QPushButton(), QPushButton()
        self._form = QFormLayout()
        self.fields = self._make_fields(kind)
        self._fill_lists(kind)
        self._lay_out()
        self._listen()
        self._show()
        first = self.fields.first()
        (first or self.reason).setFocus()

    def event_entered(self) -> Event | None:
        """The event as it stands in the fields; None while something is missing."""
        by = self.by.text().strip()
        return self._event(by) if by else None

    def _event(self, by: str) -> Event | None:
        draft, values = self._desk.session.draft, self.fields.values()
        if values is None:
            return None
        kind = self._kind()
        event = Event(
            id=next_event_id(draft.events),
            kind=kind,
            course=self._subject.course,
            on=self._desk.session.today,
            by=by,
            target=target_for(self._subject, kind),
            scope=self._scope(),
            reason=next((one for one in get_args(Reason) if one == self.reason.value()), None),
            grade=int(self.grade.value()) if self.grade.isEnabled() and self.grade.value() else None,
            note=self.note.text().strip(),
        )
        return replace(event, **values)  # type: ignore[arg-type]

    def draft_entered(self) -> Draft | None:
        """The treatment with the event in it."""
        return self._draft_with(self.event_entered())

    def _draft_with(self, event: Event | None) -> Draft | None:
        session = self._desk.session
        if event is None:
            return None
        if self._wrong is not None:
            return corrected(session.draft, self._wrong, on=session.today, by=event.by, right=event)
        return with_event(session.draft, event)

    def accept(self) -> None:
        """Enters the event."""
        draft = self.draft_entered()
        if draft is None or not self.preview.possible or self._entered:
            return
        self._entered = True
        if not self._desk.session.signed_in:
            self._desk.preferences.user = self.by.text().strip()
        self._desk.session.close_step()
        self._desk.session.change(draft)
        self._follow()
        super().accept()

    def _follow(self) -> None:
        """Goes along with the selected item to its new day."""
        selection, plan = self._desk.selection, self._desk.session.plan
        if plan is None or not selection.item:
            return
        given = next((one for one in plan.administrations if one.id == selection.item), None)
        fraction = next((one for one in plan.fractions if one.id == selection.item), None)
        day = fraction.date if fraction else (given.date or given.due) if given else selection.day
        selection.select_item(selection.item, selection.course, day)

    def _make_fields(self, kind: EventKind) -> FieldSet:
        limits = self._desk.session.fields
        fields = event_fields(self._desk.words, self._library, limits, kind, self._subject) if limits else ()
        return FieldSet(self._desk, fields, self._values)

    def _kind(self) -> EventKind:
        return next((kind for kind in get_args(EventKind) if kind == self.kind.value()), self._subject.kinds[0])

    def _scope(self) -> Scope:
        scoped = self._kind() in SCOPED
        return next((one for one in get_args(Scope) if scoped and one == self.scope.value()), "this")

    def _fill_lists(self, kind: EventKind) -> None:
        self.kind.offer([(one, f"act.kind.{one}") for one in self._subject.kinds])
        self.kind.show_value(kind)
        self.scope.offer([(one, f"scope.{one}") for one in get_args(Scope)])
        self.scope.show_value(self._scope_wanted)
        self.reason.offer([("", "ui.course.not_chosen"), *((one, f"reason.{one}") for one in get_args(Reason))])
        self.grade.offer_texts([("", "-"), *((one, one) for one in GRADES)])

    def _listen(self) -> None:
        self.kind.chosen.connect(lambda _: self._change_kind())
        for box in (self.scope, self.reason, self.grade):
            box.chosen.connect(lambda _: self._show())
        self.by.textEdited.connect(lambda _: self._show())
        self.fields.changed.connect(self._show)
        self.apply.clicked.connect(self.accept)
        self._cancel.clicked.connect(self.reject)

    def _change_kind(self) -> None:
        old = self.fields
        self.fields = self._make_fields(self._kind())
        self.fields.changed.connect(self._show)
        self._left.replaceWidget(old, self.fields)
        old.deleteLater()
        self.setTabOrder(self.kind, self.fields)
        self._show()

    def _show(self) -> None:
        scoped = self._kind() in SCOPED
        self._form.setRowVisible(self.scope, scoped)
        self.grade.setEnabled(self.reason.value() == "toxicity")
        by = self.by.text().strip()
        # What would change is shown before anybody has signed for it.
        draft, before = self._draft_with(self._event(by or _NOBODY_YET)), self._desk.session.draft
        self.preview.compare(draft.events[len(before.events) :] if draft is not None else ())
        self.apply.setEnabled(self.preview.possible and bool(by))

    def _lay_out(self) -> None:
        words = self._desk.words
        words.put(self, self.setWindowTitle, "act.correct_title" if self._wrong else "act.title")
        title = QLabel(subject_text(words, self._library, self._desk.session.draft, self._subject.course, self._subject.target))
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setWordWrap(True)
        title.setFont(larger(self.font(), 3))
        self._form.setContentsMargins(0, 0, 0, 0)
        # As in the fields of the event itself: the name above, the field as wide as all others.
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self._form.setVerticalSpacing(GRID // 2)
        self.note.setMaxLength(400)
        self.by.setMaxLength(12)
        words.put(self.by, self.by.setPlaceholderText, "act.by_needed")
        self.by.setReadOnly(bool(self._desk.session.signed_in))
        self._left = QVBoxLayout()
        self._left.setSpacing(GRID // 2)
        self._left.addWidget(title)
        self._left.addSpacing(GRID // 2)
        self._left.addWidget(self._labelled("act.kind_label", self.kind))
        self._left.addWidget(self.fields)
        for key, field in (("scope", self.scope), ("reason", self.reason), ("grade", self.grade), ("note", self.note),
                           ("by", self.by)):  # fmt: skip
            name = QLabel()
            name.setBuddy(field)
            words.put(name, name.setText, f"act.{key}")
            words.put(field, field.setAccessibleName, f"act.{key}")
            self._form.addRow(name, field)
        self._left.addLayout(self._form)
        self._left.addStretch(1)
        self._lay_out_whole()

    def _lay_out_whole(self) -> None:
        words = self._desk.words
        row = QHBoxLayout()
        row.setSpacing(3 * GRID)
        row.addLayout(self._left, 5)
        row.addWidget(self.preview, 6)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button, key in ((self._cancel, "act.cancel"), (self.apply, "act.apply")):
            words.put(button, button.setText, key)
            buttons.addWidget(button)
        self.apply.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addLayout(row, 1)
        column.addLayout(buttons)
        # From the last field on, Tab and Enter take what was typed; they never throw it away.
        self.setTabOrder(self.apply, self._cancel)
        within_screen(self, 100 * GRID, 62 * GRID)

    def _labelled(self, key: str, field: ChoiceBox) -> QWidget:
        both = QWidget()
        form = QFormLayout(both)
        form.setContentsMargins(0, 0, 0, 0)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setVerticalSpacing(GRID // 2)
        name = QLabel()
        name.setBuddy(field)
        self._desk.words.put(name, name.setText, key)
        self._desk.words.put(field, field.setAccessibleName, key)
        form.addRow(name, field)
        return both
