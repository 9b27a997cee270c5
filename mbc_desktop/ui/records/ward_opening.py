"""Making records and opening them: a place, a passphrase, the first administrator."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from mbc_desktop.records import people
from mbc_desktop.records import store as stores
from mbc_desktop.records.header import SHORTEST_PASSPHRASE
from mbc_desktop.records.store_error import StoreError
from mbc_desktop.records.told import error_text
from mbc_desktop.ui.records.form_dialog import Line

if TYPE_CHECKING:
    from mbc_desktop.records.store import Store
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
        hint = say("ui.records.first_person", phrase=SHORTEST_PASSPHRASE, word=people.SHORTEST_PASSWORD)
        self._commands.form(
            "ui.records.create", lines, lambda values: self._create(path, values), "ui.records.create", hint
        ).open()

    def open(self, path: Path | None = None) -> None:
        """Opens records: with the key from the vault, else asks for the passphrase."""
        say = self._window.words.say
        path = path or self._window.asking.file_to_open(say("ui.records.open"), say("ui.records.pattern"), None)
        if path is None:
            return
        place = path
        self._commands.background.run(
            "opening",
            lambda: _with_kept_key(place),
            lambda store: self._opened(place, store),
            lambda error: self._commands.restoring.tell_lost(place, error),
        )

    def _opened(self, path: Path, store: Store | None) -> None:
        """Goes on with a store, or asks for the passphrase when the vault has no key."""
        if store is not None:
            self._commands.use(store)
        else:
            self._ask(path)

    def _ask(self, path: Path, refused: str = "") -> None:
        keep = Line(name="keep", label="ui.records.keep_key", kind="tick")
        form = self._commands.form(
            "ui.records.open", (PASSPHRASE, keep), lambda values: self._open(path, values), "ui.records.open", path.name
        )
        form.open()
        if refused:
            form.refuse(refused)

    def _create(self, path: Path, values: Mapping[str, str]) -> str:
        """Refuses what is wrong at once; makes the records beside the window."""
        if values["passphrase"] != values["again"]:
            return self._window.words.say("ui.records.not_equal")
        new = people.NewAccount(
            staff_number=values["staff_number"],
            name=values["name"],
            login=values["login"],
            role="administrator",
            password=values["password"],
        )
        refused = self._commands.refused(lambda: _check(new, values["passphrase"], path))
        if not refused:
            self._commands.close_store()
            passphrase, keep = values["passphrase"], bool(values["keep"])
            self._commands.in_background("creating", lambda: _made(path, passphrase, new, keep=keep), self._commands.use)
        return refused

    def _open(self, path: Path, values: Mapping[str, str]) -> str:
        """Opens beside the window; a wrong passphrase is asked for again."""
        passphrase, keep = values["passphrase"], bool(values["keep"])

        def refused(error: StoreError) -> None:
            text = error_text(error, self._window.words.texts)
            if error.code == "wrong_passphrase":
                self._ask(path, text)
            else:
                self._commands.restoring.tell_lost(path, error)

        self._commands.close_store()
        self._commands.background.run(
            "opening", lambda: _with_passphrase(path, passphrase, keep=keep), self._commands.use, refused
        )
        return ""


def _check(new: people.NewAccount, passphrase: str, path: Path) -> None:
    from mbc_desktop.records.header import check_passphrase

    check_passphrase(passphrase)
    people.check_account(new)
    if path.exists():
        raise StoreError("exists", file=path.name)


def _made(path: Path, passphrase: str, new: people.NewAccount, *, keep: bool) -> Store:
    from mbc_desktop.records.key_vault import keep_key

    store = stores.create_store(path, passphrase)
    people.first_account(store, new)
    if keep:
        keep_key(store.header, store.key)
    return store


def _with_kept_key(path: Path) -> Store | None:
    from mbc_desktop.records import key_vault
    from mbc_desktop.records.header import read_header

    key = key_vault.kept_key(read_header(path))
    return stores.open_store(path, key) if key is not None else None


def _with_passphrase(path: Path, passphrase: str, *, keep: bool) -> Store:
    from mbc_desktop.records.header import passphrase_key, read_header
    from mbc_desktop.records.key_vault import keep_key

    key = passphrase_key(path, passphrase)
    if keep:
        keep_key(read_header(path), key)
    return stores.open_store(path, key)
