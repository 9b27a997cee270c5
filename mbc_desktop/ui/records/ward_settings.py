"""What an administrator looks after: users, who must be verified by two, backups and the lock, and the table of permissions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QTableWidget, QTableWidgetItem, QTabWidget, QVBoxLayout

from mbc_desktop.records.permissions import PERMISSIONS, ROLES
from mbc_desktop.ui.look.theme import GRID, within_screen
from mbc_desktop.ui.records.keeping_tab import KeepingTab
from mbc_desktop.ui.records.policy_tab import PolicyTab
from mbc_desktop.ui.records.users_tab import UsersTab

if TYPE_CHECKING:
    from mbc_desktop.ui.main_window import MainWindow
    from mbc_desktop.ui.records.ward import Ward
    from mbc_desktop.ui.records.ward_commands import WardCommands


class WardSettings(QDialog):
    """Four tabs. Each saves by itself, as one act of whoever is signed in."""

    def __init__(self, window: MainWindow, ward: Ward, commands: WardCommands) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        say = window.words.say
        self.setWindowTitle(say("ui.records.settings").removesuffix("…"))
        self.users, self.policy, self.keeping = (
            UsersTab(window, ward, commands),
            PolicyTab(window, ward, commands),
            KeepingTab(window, ward, commands),
        )
        tabs, close = QTabWidget(), QPushButton(say("ui.records.close"))
        for name, tab in (("users", self.users), ("policy", self.policy), ("keeping", self.keeping)):
            tabs.addTab(tab, say(f"ui.records.tab.{name}"))
        self.permissions = _permissions(window)
        tabs.addTab(self.permissions, say("ui.records.tab.permissions"))
        close.setAutoDefault(False)
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setSpacing(GRID)
        column.addWidget(tabs, 1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        within_screen(self, 120 * GRID, 80 * GRID)


def _permissions(window: MainWindow) -> QTableWidget:
    """The one table of who may do what, as the program obeys it."""
    say = window.words.say
    table = QTableWidget(len(PERMISSIONS), len(ROLES))
    table.setAccessibleName(say("ui.records.tab.permissions"))
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setHorizontalHeaderLabels([say(f"records.role.{role}") for role in ROLES])
    table.setVerticalHeaderLabels([say(f"records.action.{action}") for action in PERMISSIONS])
    for row, roles in enumerate(PERMISSIONS.values()):
        for column, role in enumerate(ROLES):
            item = QTableWidgetItem("✓" if role in roles else "–")
            item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
            table.setItem(row, column, item)
    table.resizeColumnsToContents()
    return table
