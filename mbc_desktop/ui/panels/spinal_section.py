"""What goes into the spinal fluid or into the liver: written out by the prescriber each time, computed by nobody."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from mbc_desktop.patient.plausibility import Fields
from mbc_desktop.planning.intrathecal import PERSONS, IntrahepaticNote, IntrathecalOrder
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.entry.draft import Draft
from mbc_desktop.ui.entry.record_kinds import certain_day
from mbc_desktop.ui.entry.spinal_orders import differs, is_confirmed, without_order
from mbc_desktop.ui.look.theme import GRID, small_picture
from mbc_desktop.ui.override import override
from mbc_desktop.ui.panels.record_list import RecordKind, RecordList, draft_holding
from mbc_desktop.ui.widgets.field_set import Field
from mbc_desktop.ui.widgets.icons import icon
from mbc_desktop.ui.widgets.late_section import LateSection
from mbc_desktop.ui.words import Words


class SpinalSection(LateSection):
    """The orders, each with who typed its dose again, and the notes about the liver."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "spinal.title")

    @override
    def build(self) -> None:
        self.orders = OrderList(self._desk)
        self.add_wide(self.orders)
        fields = self._desk.session.fields
        if fields is not None:
            self.notes = RecordList(self._desk, liver_notes(self._desk.words, fields), draft_holding(self._desk))
            self.add_wide(self.notes)

    @override
    def filled(self) -> bool:
        return bool(self._desk.session.draft.intrathecal or self._desk.session.draft.intrahepatic)

    @override
    def holds(self, field: str) -> bool:
        return field == "intrathecal"

    @override
    def unfold_for(self, field: str) -> QWidget | None:
        super().unfold_for(field)
        return self.orders.first() if self.holds(field) else None


class OrderList(QWidget):
    """One row for each order. The dose stands there only once two persons have typed it: the second never reads it first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown: tuple[IntrathecalOrder, ...] = ()
        self.add_button = QPushButton()
        self.confirm_buttons: list[QPushButton] = []
        desk.words.put(self.add_button, lambda text: self.add_button.setText(f"+ {text}"), "spinal.add")
        self.add_button.clicked.connect(self._write)
        self._rows = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, GRID // 2)
        column.setSpacing(GRID // 2)
        column.addLayout(self._rows)
        column.addWidget(self.add_button)
        desk.session.changed.connect(self.show_orders)
        desk.words.changed.connect(self._again)
        self.show_orders()

    def first(self) -> QWidget:
        """Where the keyboard goes: the dose that waits to be typed, else the button for a new order."""
        return self.confirm_buttons[0] if self.confirm_buttons else self.add_button

    def show_orders(self) -> None:
        """Shows the orders as the session holds them."""
        orders = self._desk.session.draft.intrathecal
        if orders == self._shown:
            return
        self._shown = orders
        self.confirm_buttons.clear()
        while (old := self._rows.takeAt(0)) is not None:
            if (row := old.widget()) is not None:
                row.hide()
                row.deleteLater()
        for order in orders:
            self._rows.addWidget(self._row(order))

    def _again(self) -> None:
        self._shown = ()
        self.show_orders()

    def _row(self, order: IntrathecalOrder) -> QWidget:
        words, row, remove, said = self._desk.words, QWidget(), QToolButton(), QLabel()
        drug = words.say(f"ward.intrathecal_drug.{order.drug}")
        said.setText(f"{order_text(words, order)}\n{_state(words, order)}")
        said.setTextFormat(Qt.TextFormat.PlainText)
        said.setWordWrap(True)
        remove.setAutoRaise(True)
        remove.setIconSize(small_picture())
        remove.setIcon(icon("remove", self._desk.look.colours.muted))
        remove.setAccessibleName(words.say("facts.remove", what=drug))
        remove.clicked.connect(partial(self._remove, order.id))
        head = QHBoxLayout()
        head.addWidget(said, 1)
        head.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, GRID // 2)
        column.setSpacing(2)
        column.addLayout(head)
        if not is_confirmed(order) and not differs(order):
            again = QPushButton(words.say("spinal.confirm"))
            again.clicked.connect(partial(self._confirm, order))
            self.confirm_buttons.append(again)
            column.addWidget(again)
        return row

    def _write(self) -> None:
        from mbc_desktop.ui.panels.spinal_dialogs import OrderDialog

        self.writing = OrderDialog(self._desk, self.window())
        self.writing.open()

    def _confirm(self, order: IntrathecalOrder, _: bool = False) -> None:
        from mbc_desktop.ui.panels.spinal_dialogs import ConfirmDialog

        self.confirming = ConfirmDialog(self._desk, order, self.window())
        self.confirming.open()

    def _remove(self, order: str, _: bool = False) -> None:
        session = self._desk.session
        session.close_step()
        session.change(without_order(session.draft, order))
        self.add_button.setFocus()


def order_text(words: Words, order: IntrathecalOrder) -> str:
    """Drug, days, and the dose once two persons agree on it."""
    drug = words.say(f"ward.intrathecal_drug.{order.drug}")
    dose = [words.texts.amount(order.dose_mg, "mg")] if is_confirmed(order) else []
    days = words.say("spinal.span", count=len(order.dates), first=order.dates[0], last=order.dates[-1])
    return ", ".join((drug, *dose, days))


def _state(words: Words, order: IntrathecalOrder) -> str:
    if differs(order):
        return words.say("spinal.differs")
    if is_confirmed(order):
        return words.say("spinal.confirmed", by=words.texts.listing(tuple(one.by for one in order.confirmed)))
    return words.say("spinal.waits", typed=len(order.confirmed), of=PERSONS)


def liver_notes(words: Words, limits: Fields) -> RecordKind[Draft, IntrahepaticNote]:
    """Treatment into the liver: a day and the prescriber's own words."""
    return RecordKind(
        add="spinal.add_liver",
        fields=lambda: (
            Field(name="on", kind="date", label="facts.field.on", policy=limits.dates["calendar_day"]),
            Field(name="note", kind="text", label="spinal.own_words"),
        ),
        read=lambda draft: draft.intrahepatic,
        write=lambda draft, items: replace(draft, intrahepatic=items),
        describe=lambda item: f"{words.texts.short_date(item.on)}: {item.note}",
        values=lambda item: {"on": item.on, "note": item.note},
        make=lambda entered: IntrahepaticNote(on=certain_day(entered, "on"), note=str(entered["note"])),
    )
