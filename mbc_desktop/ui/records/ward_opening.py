"""Making records and opening them: a place, a passphrase, the first administrator."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from mbc_desktop.records import people
from mbc_desktop.ui.records.form_dialog import Line

if TYPE_CHECKING:
    from mbc_desktop.records.header import Key
    from mbc_desktop.ui.main_window import MainWindow
    from mbc_desktop.ui.records.ward_commands import WardCommands

ENDING = ".mbcdb"
PASSPHRASE = Line(name="passphrase", label="records.field.passphrase", kind="secret")
LOGIN = Line(name="login", label="records.field.login")
PASSWORD = Line(name="password", label="records.field.password", kind="secret")


class WardOpening:
    """The two ways to records."""

    def __init__(self, window: MainWindow, commands: WardCommands) -> None:
        self._window, self._commands = window, commands

    def create(self) -> None:
        """Asks where, for a passphrase and the first administrator, and makes new records."""
        say = self._window.words.say
        path = self._window.asking.file_to_write(
            say("ui.records.create"), say("ui.records.pattern"), Path("afdeling.mbcdb"), ENDING
        )
        if path is None:
            return
        again = Line(name="again", label="ui.records.repeat", kind="secret")
        named = tuple(Line(name=name, label=f"records.field.{name}") for name in ("name", "staff_number"))
        keep = Line(name="keep", label="ui.records.keep_key", kind="tick")
        lines = (PASSPHRASE, again, *named, LOGIN, PASSWORD, keep)
        hint = say("ui.records.first_person")
        self._commands.form(
            "ui.records.create", lines, lambda values: self._create(path, values), "ui.records.create", hint
        ).open()

    def open(self, path: Path | None = None) -> None:
        """Opens records: with the key from the vault, else asks for the passphrase."""
        from mbc_desktop.records.header import read_header
        from mbc_desktop.records.key_vault import kept_key

        say = self._window.words.say
        path = path or self._window.asking.file_to_open(say("ui.records.open"), say("ui.records.pattern"), None)
        if path is None:
            return
        found: list[Key | None] = []
        if not self._commands.tell_refusal(lambda: found.append(kept_key(read_header(path)))):
            return
        if found[0] is not None:
            key = found[0]
            self._commands.tell_refusal(lambda: self._commands.use(path, key))
            return
        keep = Line(name="keep", label="ui.records.keep_key", kind="tick")
        self._commands.form(
            "ui.records.open", (PASSPHRASE, keep), lambda values: self._open(path, values), "ui.records.open"
        ).open()

    def _create(self, path: Path, values: Mapping[str, str]) -> str:
        from mbc_desktop.records.key_vault import keep_key
        from mbc_desktop.records.store import create_store

        if values["passphrase"] != values["again"]:
            return self._window.words.say("ui.records.not_equal")
        new = people.NewAccount(
            staff_number=values["staff_number"],
            name=values["name"],
            login=values["login"],
            role="administrator",
            password=values["password"],
        )

        def work() -> None:
            people.check_account(new)
            store = create_store(path, values["passphrase"])
            people.first_account(store, new)
            if values["keep"]:
                keep_key(store.header, store.key)
            key = store.key
            store.close()
            self._commands.use(path, key)

        return self._commands.refused(work)

    def _open(self, path: Path, values: Mapping[str, str]) -> str:
        from mbc_desktop.records.header import passphrase_key, read_header
        from mbc_desktop.records.key_vault import keep_key

        def work() -> None:
            key = passphrase_key(path, values["passphrase"])
            if values["keep"]:
                keep_key(read_header(path), key)
            self._commands.use(path, key)

        return self._commands.refused(work)
