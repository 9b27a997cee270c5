"""What keeps records safe and in use: backups, the restore, the whole record of a patient, users."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from mbc_desktop.records import people
from mbc_desktop.records.permissions import ROLES
from mbc_desktop.records.told import loss_lines
from mbc_desktop.ui.records.form_dialog import Line
from mbc_desktop.ui.records.ward_opening import PASSWORD

if TYPE_CHECKING:
    from mbc_desktop.ui.main_window import MainWindow
    from mbc_desktop.ui.records.ward_commands import WardCommands


class WardUpkeep:
    """The commands of whoever looks after the records."""

    def __init__(self, window: MainWindow, commands: WardCommands) -> None:
        self._window, self._commands = window, commands

    def back_up(self) -> None:
        """Asks for a folder, makes a backup there, and says what was proved."""
        from PySide6.QtWidgets import QFileDialog

        from mbc_desktop.records.backup import back_up

        ward, say = self._commands.ward, self._window.words.say
        name = QFileDialog.getExistingDirectory(self._window, say("ui.records.backup_now")) if ward else ""
        if ward is None or not name:
            return

        def work() -> None:
            made = back_up(ward.store, ward.seat(), Path(name))
            text = say("records.verb.backup", file=made.path.name, patients=made.patients, seq=made.head.seq)
            self._window.asking.tell(say("ui.records.backup"), text)

        self._commands.tell_refusal(work)

    def restore(self) -> None:
        """Asks for a backup, says how old it is and what would be missing, and restores it when that is wanted."""
        from mbc_desktop.records.backup import inspect_backup
        from mbc_desktop.records.restore import loss_of, restore

        ward, say = self._commands.ward, self._window.words.say
        if ward is None:
            return
        path = self._window.asking.file_to_open(say("ui.records.restore"), say("ui.records.backup_pattern"), None)
        if path is None:
            return

        def work() -> None:
            store = ward.store
            found = inspect_backup(path, store.key)
            lines = loss_lines(loss_of(found, store.path, store, store.now()), self._window.words.texts)
            keys = ("ui.records.restore", "act.cancel")
            if self._window.asking.choose(say("ui.records.restore_really"), "\n".join(lines), keys) != keys[0]:
                return
            restored, _ = restore(path, store.path, store.key, store=store, who=ward.who)
            restored.close()
            ward.close()
            self._commands.ward = None
            self._commands.tell_changed()

        self._commands.tell_refusal(work)

    def export(self) -> None:
        """Asks for a folder and writes the whole record of the open patient as JSON and PDF."""
        from PySide6.QtWidgets import QFileDialog

        from mbc_desktop.records.whole_record import whole_record
        from mbc_desktop.ui.records.record_files import write_record

        ward, say = self._commands.ward, self._window.words.say
        if ward is None or ward.patient is None:
            self._window.asking.tell(say("ui.records.failed"), say("ui.records.no_plan"))
            return
        name = QFileDialog.getExistingDirectory(self._window, say("ui.records.export"))
        patient = ward.patient

        def work() -> None:
            record = whole_record(ward.store, ward.seat(), patient)
            path = write_record(record, Path(name), self._window.words.texts)
            self._window.asking.tell(say("ui.records.export"), say("records.verb.exported", file=path.name))

        if name:
            self._commands.tell_refusal(work)

    def add_user(self) -> None:
        """Asks for a new user."""
        named = tuple(Line(name=name, label=f"records.field.{name}") for name in ("name", "staff_number", "login"))
        role = Line(
            name="role", label="records.field.role", kind="choice", options=tuple((one, f"records.role.{one}") for one in ROLES)
        )
        self._commands.form("ui.records.add_user", (*named, role, PASSWORD), self._add_user, "ui.records.add_user").open()

    def _add_user(self, values: Mapping[str, str]) -> str:
        ward = self._commands.ward
        role = next((one for one in ROLES if one == values["role"]), ROLES[0])
        new = people.NewAccount(
            staff_number=values["staff_number"],
            name=values["name"],
            login=values["login"],
            role=role,
            password=values["password"],
        )
        return self._commands.refused(lambda: people.add_account(ward.store, ward.seat(), new)) if ward is not None else ""
