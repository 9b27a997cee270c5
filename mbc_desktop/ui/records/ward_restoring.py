"""Bringing records back from a backup, step by step: which backup, how old it is, what would be missing, only then the restore.
A store that is damaged, or that lost a file, is brought back by whoever has its passphrase."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from mbc_desktop.records.acts import require
from mbc_desktop.records.store_error import StoreError
from mbc_desktop.records.told import error_text, loss_lines
from mbc_desktop.ui.records.form_dialog import Line

if TYPE_CHECKING:
    from mbc_desktop.records.acts import SignedIn
    from mbc_desktop.records.header import Key
    from mbc_desktop.records.restore import Loss
    from mbc_desktop.records.store import Store
    from mbc_desktop.ui.main_window import MainWindow
    from mbc_desktop.ui.records.ward_commands import WardCommands

LOST = frozenset({"damaged", "not_opened", "store_missing", "header_missing", "header_damaged"})
"""What only a backup mends."""
PASSPHRASE = Line(name="passphrase", label="records.field.passphrase", kind="secret")


class WardRestoring:
    """The way back."""

    def __init__(self, window: MainWindow, commands: WardCommands) -> None:
        self._window, self._commands = window, commands

    def restore(self) -> None:
        """Restores the records that are open."""
        ward = self._commands.ward
        backup = self._backup() if ward is not None else None
        if ward is not None and backup is not None:
            self._look(ward.store.path, backup, ward.store.key, ward.store, ward.who)

    def tell_lost(self, path: Path, error: StoreError) -> None:
        """Says why records cannot be opened; where only a backup helps, offers one."""
        if error.code not in LOST:
            self._commands.tell_error(error)
            return
        say, keys = self._window.words.say, ("ui.records.restore", "act.cancel")
        text = error_text(error, self._window.words.texts)
        if self._window.asking.choose(say("ui.records.failed"), text, keys) != keys[0]:
            return
        backup = self._backup()
        if backup is not None:
            take = lambda values: self._take(path, backup, values)  # noqa: E731 - one line of one dialog
            self._commands.form("ui.records.restore", (PASSPHRASE,), take, "ui.records.restore", backup.name).open()

    def _backup(self) -> Path | None:
        say = self._window.words.say
        return self._window.asking.file_to_open(say("ui.records.restore"), say("ui.records.backup_pattern"), None)

    def _take(self, path: Path, backup: Path, values: Mapping[str, str]) -> str:
        from mbc_desktop.records.header import passphrase_key

        found: list[Key] = []
        refused = self._commands.refused(lambda: found.append(passphrase_key(backup, values["passphrase"])))
        if not refused:
            self._look(path, backup, found[0], None, None)
        return refused

    def _look(self, path: Path, backup: Path, key: Key, store: Store | None, who: SignedIn | None) -> None:
        from mbc_desktop.records.backup import inspect_backup
        from mbc_desktop.records.restore import loss_of
        from mbc_desktop.records.store import system_clock

        def look() -> Loss:
            return loss_of(inspect_backup(backup, key), path, store, system_clock())

        def go_on(loss: Loss) -> None:
            self._confirm(path, backup, key, store, who, loss)

        self._commands.in_background("reading_backup", look, go_on)

    def _confirm(
        self, path: Path, backup: Path, key: Key, store: Store | None, who: SignedIn | None, loss: Loss
    ) -> None:  # fmt: skip
        from mbc_desktop.records.restore import restore

        say, keys = self._window.words.say, ("ui.records.restore", "act.cancel")
        lines = "\n".join(loss_lines(loss, self._window.words.texts))
        if self._window.asking.choose(say("ui.records.restore_really"), lines, keys) != keys[0]:
            return
        # Whoever may not is told so while the store is still open.
        if store is not None and not store.read_only and not self._commands.tell_refusal(lambda: _may(store, who)):
            return

        def work() -> Store:
            restored, _ = restore(backup, path, key, store=store, who=who)
            return restored

        def refused(error: StoreError) -> None:
            self._commands.close_store()
            self._commands.tell_error(error)

        self._commands.background.run("restoring", work, self._commands.use, refused)


def _may(store: Store, who: SignedIn | None) -> None:
    if who is None:
        raise StoreError("not_allowed", action="restore_backup", role="administrator")
    require(store, who, "restore_backup")
