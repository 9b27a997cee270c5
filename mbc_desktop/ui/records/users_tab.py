"""The users of a ward: who they are, another role, out of use and back, a new password."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from mbc_desktop.records import people
from mbc_desktop.records.people import Account
from mbc_desktop.records.permissions import ROLES, Role
from mbc_desktop.ui.look.theme import GRID
from mbc_desktop.ui.records.form_dialog import Line
from mbc_desktop.ui.records.ward_opening import PASSWORD

if TYPE_CHECKING:
    from mbc_desktop.ui.main_window import MainWindow
    from mbc_desktop.ui.records.ward import Ward
    from mbc_desktop.ui.records.ward_commands import WardCommands

ROLE = Line(name="role", label="records.field.role", kind="choice", options=tuple((one, f"records.role.{one}") for one in ROLES))


class UsersTab(QWidget):
    """A table of users, and what can be done with the chosen one."""

    def __init__(self, window: MainWindow, ward: Ward, commands: WardCommands) -> None:
        super().__init__()
        self._window, self._ward, self._commands = window, ward, commands
        say = window.words.say
        self.table = QTableWidget(0, 5)
        self.table.setAccessibleName(say("ui.records.tab.users"))
        names = [say(f"records.field.{name}") for name in ("login", "name", "staff_number", "role")]
        self.table.setHorizontalHeaderLabels([*names, say("ui.records.in_use")])
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setSectionResizeMode(self.table.columnCount() - 1, QHeaderView.ResizeMode.Stretch)
        below = QHBoxLayout()
        ways: tuple[tuple[str, Callable[[], object]], ...] = (
            ("add_user", self.add), ("change_role", self.change_role), ("in_or_out", self.in_or_out),
            ("reset_password", self.reset),
        )  # fmt: skip
        for key, command in ways:
            button = QPushButton(say(f"ui.records.{key}"))
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, one=command: one())
            below.addWidget(button)
        below.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(GRID)
        column.addWidget(self.table, 1)
        column.addLayout(below)
        self._known: tuple[Account, ...] = ()
        self.fill()

    def fill(self) -> None:
        """Reads the users again."""
        say, row = self._window.words.say, max(0, self.table.currentRow())
        self._known = people.accounts(self._ward.store)
        self.table.setRowCount(len(self._known))
        for place, one in enumerate(self._known):
            used = say("ui.records.yes" if one.active else "ui.records.no")
            texts = (one.login, one.name, one.staff_number, say(f"records.role.{one.role}"), used)
            for column, text in enumerate(texts):
                self.table.setItem(place, column, QTableWidgetItem(text))
        self.table.setCurrentCell(min(row, len(self._known) - 1), 0)

    def add(self) -> None:
        """Asks for a new user."""
        named = tuple(Line(name=name, label=f"records.field.{name}") for name in ("name", "staff_number", "login"))
        self._form("add_user", (*named, ROLE, PASSWORD), self._add)

    def change_role(self) -> None:
        """Another role for the chosen user."""
        one = self._chosen()

        def change(values: Mapping[str, str]) -> None:
            people.change_account(self._ward.store, self._ward.seat(), one.id, role=_role(values["role"]))

        self._form("change_role", (ROLE,), change, hint=f"{one.login}, {one.name}")

    def in_or_out(self) -> None:
        """Takes the chosen user out of use, or back."""
        one, ward = self._chosen(), self._ward
        self._commands.tell_refusal(lambda: people.change_account(ward.store, ward.seat(), one.id, active=not one.active))
        self.fill()

    def reset(self) -> None:
        """A new password for the chosen user, who changes it at the next signing in."""
        one = self._chosen()

        def change(values: Mapping[str, str]) -> None:
            people.reset_password(self._ward.store, self._ward.seat(), one.id, values["password"])

        hint = self._window.words.say("ui.records.reset_hint", name=one.name)
        self._form("reset_password", (PASSWORD,), change, hint=hint)

    def _add(self, values: Mapping[str, str]) -> None:
        new = people.NewAccount(
            staff_number=values["staff_number"], name=values["name"], login=values["login"], role=_role(values["role"]),
            password=values["password"],
        )  # fmt: skip
        people.add_account(self._ward.store, self._ward.seat(), new)

    def _form(self, key: str, lines: tuple[Line, ...], change: Callable[[Mapping[str, str]], None], hint: str = "") -> None:
        def take(values: Mapping[str, str]) -> str:
            refused = self._commands.refused(lambda: change(values))
            self.fill()
            return refused

        self._commands.form(f"ui.records.{key}", lines, take, "ui.records.do_it", hint).open()

    def _chosen(self) -> Account:
        return self._known[max(0, self.table.currentRow())]


def _role(text: str) -> Role:
    return next((one for one in ROLES if one == text), ROLES[0])
