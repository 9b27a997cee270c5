"""What keeps the records safe: where and how often a backup is made, when a seat locks, and the passphrase."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from mbc_desktop.core.typed_number import read_plain_number
from mbc_desktop.records.passphrase import change_passphrase
from mbc_desktop.records.settings import change_setting
from mbc_desktop.ui.look.theme import GRID, scaled
from mbc_desktop.ui.records.form_dialog import Line
from mbc_desktop.ui.records.ward import Ward
from mbc_desktop.ui.widgets.announce import announce
from mbc_desktop.ui.widgets.line_edit import LineEdit

if TYPE_CHECKING:
    from mbc_desktop.ui.main_window import MainWindow
    from mbc_desktop.ui.records.ward_commands import WardCommands

OLD = Line(name="old", label="records.field.passphrase", kind="secret")
NEW = Line(name="new", label="ui.records.new_passphrase", kind="secret")
AGAIN = Line(name="again", label="ui.records.repeat", kind="secret")


class KeepingTab(QWidget):
    """Four lines and a button that saves them; buttons for another passphrase and for the key on this computer."""

    def __init__(self, window: MainWindow, ward: Ward, commands: WardCommands) -> None:
        super().__init__()
        self._window, self._ward, self._commands = window, ward, commands
        say, setting = window.words.say, ward.store.setting("backup")
        self.folder = LineEdit(str(setting["folder"]))
        self.hours, self.keep = LineEdit(str(setting["every_hours"])), LineEdit(str(setting["keep"]))
        self.idle, self.answer = LineEdit(str(ward.store.setting("idle_minutes"))), QLabel()
        browse, save = QPushButton(say("ui.records.browse")), QPushButton(say("ui.button.save"))
        passphrase = QPushButton(say("ui.records.change_passphrase"))
        browse.clicked.connect(self._browse)
        save.clicked.connect(self.save)
        passphrase.clicked.connect(self.change_passphrase)
        forget = QPushButton(say("ui.records.forget_key"))
        forget.clicked.connect(self.forget_key)
        self.answer.setWordWrap(True)
        form, across = QFormLayout(), QHBoxLayout()
        form.setVerticalSpacing(GRID)
        across.addWidget(self.folder, 1)
        across.addWidget(browse)
        form.addRow(say("ui.records.backup_folder"), across)
        named = (("backup_hours", self.hours), ("backup_keep", self.keep), ("idle_minutes", self.idle))
        for key, line in named:
            line.setMaximumWidth(scaled(12 * GRID))
            form.addRow(say(f"ui.records.{key}"), line)
        for key, line in (("backup_folder", self.folder), *named):
            line.setAccessibleName(say(f"ui.records.{key}"))
        for button in (browse, passphrase, forget):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setSpacing(2 * GRID)
        column.addLayout(form)
        column.addWidget(self.answer)
        column.addWidget(save, 0, Qt.AlignmentFlag.AlignRight)
        column.addStretch(1)
        for button in (passphrase, forget):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def save(self) -> None:
        """Saves the lines that differ, after refusing what is no whole number or no folder."""
        ward, say = self._ward, self._window.words.say
        numbers = [read_plain_number(line.text(), decimals=0).value for line in (self.hours, self.keep, self.idle)]
        folder = self.folder.text().strip()
        if any(one is None or one < 1 for one in numbers):
            self._tell(say("ui.records.whole_numbers"))
            return
        if folder and not Path(folder).is_dir():
            self._tell(say("ui.records.no_folder", folder=folder))
            return
        hours, keep, idle = (int(one) for one in numbers if one is not None)
        backup = {"folder": folder, "every_hours": hours, "keep": keep}

        def work() -> None:
            if idle != ward.store.setting("idle_minutes"):
                change_setting(ward.store, ward.seat(), "idle_minutes", idle)
            if backup != ward.store.setting("backup"):
                change_setting(ward.store, ward.seat(), "backup", backup)

        self._tell(self._commands.refused(work) or say("ui.records.setting_saved"))

    def change_passphrase(self) -> None:
        """Asks for the old and the new passphrase, twice."""
        say, ward = self._window.words.say, self._ward

        def take(values: Mapping[str, str]) -> str:
            if values["new"] != values["again"]:
                return say("ui.records.not_equal")
            refused = self._commands.refused(lambda: change_passphrase(ward.store, ward.seat(), values["old"], values["new"]))
            if not refused:
                self._tell(say("ui.records.passphrase_changed"))
            return refused

        hint = say("ui.records.passphrase_hint")
        self._commands.form("ui.records.change_passphrase", (OLD, NEW, AGAIN), take, "ui.records.do_it", hint).open()

    def forget_key(self) -> None:
        """Takes the key of these records out of the vault of this computer: from now on they ask for the passphrase here."""
        from mbc_desktop.records.key_vault import forget_key

        forget_key(self._ward.store.header)
        self._tell(self._window.words.say("ui.records.key_forgotten"))

    def _browse(self) -> None:
        folder = self._window.asking.folder(self._window.words.say("ui.records.backup_folder"))
        if folder is not None:
            self.folder.setText(str(folder))

    def _tell(self, text: str) -> None:
        self.answer.setText(text)
        announce(self.answer, text)
