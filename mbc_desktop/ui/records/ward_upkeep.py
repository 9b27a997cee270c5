"""What keeps records safe and in use: backups, the restore, the whole record of a patient, users."""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mbc_desktop.records.backup import Backup
    from mbc_desktop.ui.main_window import MainWindow
    from mbc_desktop.ui.records.ward import Ward
    from mbc_desktop.ui.records.ward_commands import WardCommands


def back_up_when_due(ward: Ward) -> None:
    """The backup of the schedule, beside the window. One that fails is tried again with the next turn."""
    from mbc_desktop.records.backup import back_up_if_due
    from mbc_desktop.records.store_error import StoreError

    who = ward.who
    if who is None or ward.store.read_only:
        return

    def run() -> None:
        with suppress(StoreError):
            back_up_if_due(ward.store, who)

    threading.Thread(target=run, daemon=True).start()


class WardUpkeep:
    """The commands of whoever looks after the records."""

    def __init__(self, window: MainWindow, commands: WardCommands) -> None:
        self._window, self._commands = window, commands

    def back_up(self) -> None:
        """Asks for a folder, makes a backup there, and says what was proved."""
        from mbc_desktop.records.backup import back_up

        ward, say = self._commands.ward, self._window.words.say
        folder = self._window.asking.folder(say("ui.records.backup_now")) if ward else None
        if ward is None or folder is None:
            return

        def tell(made: Backup) -> None:
            text = say("records.verb.backup", file=made.path.name, patients=made.patients, seq=made.head.seq)
            self._window.asking.tell(say("ui.records.backup"), text)

        self._commands.in_background("backing_up", lambda: back_up(ward.store, ward.seat(), folder), tell)

    def export(self) -> None:
        """Asks for a folder and writes the whole record of the open patient as JSON and PDF."""
        from mbc_desktop.records.whole_record import whole_record
        from mbc_desktop.ui.records.record_files import write_record

        ward, say = self._commands.ward, self._window.words.say
        if ward is None or ward.patient is None:
            self._window.asking.tell(say("ui.records.failed"), say("ui.records.no_plan"))
            return
        folder, patient = self._window.asking.folder(say("ui.records.export")), ward.patient
        if folder is None:
            return

        def work() -> Path:
            return write_record(whole_record(ward.store, ward.seat(), patient), folder, self._window.words.texts)

        def tell(path: Path) -> None:
            self._window.asking.tell(say("ui.records.export"), say("records.verb.exported", file=path.name))

        self._commands.in_background("exporting", work, tell)
