"""What has happened in this treatment, the newest on top: to read back, to correct, to take back."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from mbc_desktop.planning.request import Event
from mbc_desktop.texts.event_words import reason_words
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.entry.event_text import event_text, subject_text
from mbc_desktop.ui.item_commands import ItemCommands
from mbc_desktop.ui.look.theme import GRID

_EVENT_ROLE = int(Qt.ItemDataRole.UserRole)


class EventList(QWidget):
    """The list with its two buttons; what no longer counts is struck through."""

    def __init__(self, desk: Desk, commands: ItemCommands) -> None:
        super().__init__()
        self._desk, self._commands = desk, commands
        self._shown: tuple[object, ...] = ()
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.correct, self.withdraw = QPushButton(), QPushButton()
        words = desk.words
        words.put(self.list, self.list.setAccessibleName, "act.events")
        words.put(self.correct, self.correct.setText, "act.correct")
        words.put(self.withdraw, self.withdraw.setText, "act.withdraw")
        row = QHBoxLayout()
        for button in (self.correct, self.withdraw):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID // 2, GRID, GRID)
        column.setSpacing(GRID // 2)
        column.addWidget(self.list, 1)
        column.addLayout(row)
        self.correct.clicked.connect(lambda: self._with_chosen(commands.correct))
        self.withdraw.clicked.connect(lambda: self._with_chosen(commands.withdraw))
        self.list.itemActivated.connect(lambda _: self._with_chosen(commands.correct))
        self.list.currentRowChanged.connect(lambda _: self._enable())
        desk.session.changed.connect(self._show)
        desk.words.changed.connect(self._show)
        self._show()

    def chosen(self) -> Event | None:
        """The event that is marked in the list."""
        row = self.list.currentRow()
        name = self.list.item(row).data(_EVENT_ROLE) if row >= 0 else ""
        return next((event for event in self._desk.session.draft.events if event.id == name), None)

    def _with_chosen(self, command: object) -> None:
        event = self.chosen()
        if event is not None and callable(command):
            command(event)

    def _enable(self) -> None:
        event, events = self.chosen(), self._desk.session.draft.events
        counts = event is not None and event in _counting(events)
        self.correct.setEnabled(counts and event is not None and event.kind != "correct")
        self.withdraw.setEnabled(counts)

    def _show(self) -> None:
        session, words, library = self._desk.session, self._desk.words, self._desk.session.library
        events = session.draft.events
        saved = tuple(session.is_saved(event.id) for event in events)
        shown: tuple[object, ...] = (events, saved, words.language, library is not None)
        if shown == self._shown or library is None:
            return
        self._shown = shown
        kept, counting = self.list.currentRow(), _counting(events)
        self.list.clear()
        newest_first = sorted(events, key=lambda one: one.on)[::-1]
        for event in newest_first:
            what = event_text(words, library, event)
            about = subject_text(words, library, session.draft, event.course, event.target)
            entered = words.say("act.entered", on=event.on, by=event.by)
            lines = [
                words.texts.labelled(about, what),
                ", ".join(part for part in (reason_words(event, words.texts), entered) if part),
            ]
            lines += [words.say("act.void")] if event not in counting else []
            item = QListWidgetItem("\n".join(lines))
            font = item.font()
            font.setStrikeOut(event not in counting)
            item.setFont(font)
            item.setData(_EVENT_ROLE, event.id)
            self.list.addItem(item)
        if not events:
            empty = QListWidgetItem(words.say("act.no_events"))
            empty.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(empty)
        self.list.setCurrentRow(min(kept, self.list.count() - 1))
        self._enable()


def _counting(events: tuple[Event, ...]) -> Collection[Event]:
    """The events that nobody corrected; the replay is not needed before there is one."""
    if not events:
        return ()
    from mbc_desktop.planning.replay.event_lookup import uncorrected

    return uncorrected(events)
