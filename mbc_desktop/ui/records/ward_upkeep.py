"""What keeps records safe and in use: backups, the restore, the whole record of a patient, users."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mbc_desktop.records.acts import require
from mbc_desktop.records.store_error import StoreError
from mbc_desktop.records.told import loss_lines

if TYPE_CHECKING:
    from mbc_desktop.records.backup import Backup
    from mbc_desktop.records.restore import Loss
    from mbc_desktop.records.store import Store
    from mbc_desktop.ui.main_window import MainWindow
    from mbc_desktop.ui.records.ward import Ward
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

        def tell(made: Backup) -> None:
            text = say("records.verb.backup", file=made.path.name, patients=made.patients, seq=made.head.seq)
            self._window.asking.tell(say("ui.records.backup"), text)

        self._commands.in_background("backing_up", lambda: back_up(ward.store, ward.seat(), Path(name)), tell)

    def restore(self) -> None:
        """Asks for a backup, says how old it is and what would be missing, and restores it when that is wanted."""
        from mbc_desktop.records.backup import inspect_backup
        from mbc_desktop.records.restore import loss_of

        ward, say = self._commands.ward, self._window.words.say
        if ward is None:
            return
        path = self._window.asking.file_to_open(say("ui.records.restore"), say("ui.records.backup_pattern"), None)
        if path is None:
            return
        store = ward.store

        def look() -> Loss:
            return loss_of(inspect_backup(path, store.key), store.path, store, store.now())

        self._commands.in_background("reading_backup", look, lambda loss: self._restore(ward, path, loss))

    def _restore(self, ward: Ward, path: Path, loss: Loss) -> None:
        from mbc_desktop.records.restore import restore

        say, store = self._window.words.say, ward.store
        keys = ("ui.records.restore", "act.cancel")
        lines = loss_lines(loss, self._window.words.texts)
        if self._window.asking.choose(say("ui.records.restore_really"), "\n".join(lines), keys) != keys[0]:
            return
        who = ward.who
        # Whoever may not is told so while the store is still open.
        if not store.read_only and not self._commands.tell_refusal(lambda: require(store, ward.seat(), "restore_backup")):
            return

        def work() -> Store:
            restored, _ = restore(path, store.path, store.key, store=store, who=who)
            return restored

        def refused(error: StoreError) -> None:
            self._commands.close_store()
            self._commands.tell_error(error)

        self._commands.background.run("restoring", work, self._commands.use, refused)

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

        def work() -> Path:
            return write_record(whole_record(ward.store, ward.seat(), patient), Path(name), self._window.words.texts)

        def tell(path: Path) -> None:
            self._window.asking.tell(say("ui.records.export"), say("records.verb.exported", file=path.name))

        if name:
            self._commands.in_background("exporting", work, tell)
