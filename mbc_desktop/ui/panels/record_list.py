"""Things of one kind under one another (earlier drugs, absences, closed days): each is changed or removed, one can be added."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from mbc_desktop.core.record import dataclass
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.entry.draft import Draft
from mbc_desktop.ui.look.theme import GRID, small_picture
from mbc_desktop.ui.panels.record_dialog import RecordDialog
from mbc_desktop.ui.widgets.field_set import Field, Values
from mbc_desktop.ui.widgets.icons import icon
from mbc_desktop.ui.widgets.wrapping_button import WrappingButton

Holder = TypeVar("Holder")
Record = TypeVar("Record")


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding(Generic[Holder]):
    """Where the records are kept: the treatment, or the hospital. `changed` follows every change of it."""

    get: Callable[[], Holder]
    put: Callable[[Holder], object]
    changed: SignalInstance


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordKind(Generic[Holder, Record]):
    """How records of one kind are read from what holds them and written back, shown as a line, and turned into fields and back.
    `add` is the key of the button's words."""

    add: str
    fields: Callable[[], Sequence[Field]]
    read: Callable[[Holder], tuple[Record, ...]]
    write: Callable[[Holder, tuple[Record, ...]], Holder]
    describe: Callable[[Record], str]
    values: Callable[[Record], Values]
    make: Callable[[Values], Record]
    complete: Callable[[Values], bool] = lambda _: True
    """Whether what was entered is a record, beyond each field by itself."""


class RecordList(QWidget, Generic[Holder, Record]):
    """The records of one kind."""

    def __init__(self, desk: Desk, kind: RecordKind[Holder, Record], holding: Holding[Holder]) -> None:
        super().__init__()
        self._desk, self._kind, self._holding = desk, kind, holding
        self._shown: tuple[Record, ...] | None = None
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self.add_button = QPushButton()
        desk.words.put(self.add_button, lambda text: self.add_button.setText(f"+ {text}"), kind.add)
        self.add_button.clicked.connect(lambda: self._open(None))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, GRID // 2)
        self.column.setSpacing(GRID // 2)
        self.column.addLayout(self._rows)
        self.column.addWidget(self.add_button)
        holding.changed.connect(self.show_records)
        desk.words.changed.connect(self._again)
        self.show_records()

    def show_records(self) -> None:
        """Shows the records as the session holds them."""
        records = self._kind.read(self._holding.get())
        if records == self._shown:
            return
        self._shown = records
        while (old := self._rows.takeAt(0)) is not None:
            if (row := old.widget()) is not None:
                row.hide()
                row.deleteLater()
        for place, record in enumerate(records):
            self._rows.addWidget(self._row(place, self._kind.describe(record)))

    def begin(self, values: Values) -> None:
        """Opens the dialog for a new record in which these values stand already."""
        self._open(None, values)

    def _again(self) -> None:
        self._shown = None
        self.show_records()

    def _row(self, place: int, text: str) -> QWidget:
        row, change, remove = QWidget(), WrappingButton(text), QToolButton()
        change.clicked.connect(partial(self._change, place))
        remove.setAutoRaise(True)
        remove.setIconSize(small_picture())
        remove.setIcon(icon("remove", self._desk.look.colours.muted))
        remove.setAccessibleName(self._desk.words.say("facts.remove", what=text))
        remove.clicked.connect(partial(self._remove, place))
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        line.addWidget(change, 1)
        line.addWidget(remove)
        return row

    def _change(self, place: int, _: bool = False) -> None:
        self._open(place)

    def _remove(self, place: int, _: bool = False) -> None:
        records = self._kind.read(self._holding.get())
        self._store((*records[:place], *records[place + 1 :]))
        self.add_button.setFocus()

    def _open(self, place: int | None, given: Values | None = None) -> None:
        records = self._kind.read(self._holding.get())
        values: Values = (given or {}) if place is None else self._kind.values(records[place])

        def take(entered: Values) -> None:
            made = self._kind.make(entered)
            self._store((*records, made) if place is None else (*records[:place], made, *records[place + 1 :]))

        self.dialog = RecordDialog(
            self._desk, self._kind.add, self._kind.fields(), values, take, self.window(), self._kind.complete
        )
        self.dialog.open()

    def _store(self, records: tuple[Record, ...]) -> None:
        self._holding.put(self._kind.write(self._holding.get(), records))


def draft_holding(desk: Desk) -> Holding[Draft]:
    """The treatment of the session; each change is a step of its own."""

    def put(draft: Draft) -> None:
        desk.session.close_step()
        desk.session.change(draft)

    return Holding(get=lambda: desk.session.draft, put=put, changed=desk.session.changed)
