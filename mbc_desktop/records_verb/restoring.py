"""`mbc-desktop records restore`: how old a backup is, what would be missing, and bringing it back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from mbc_desktop.texts import Texts

if TYPE_CHECKING:
    from mbc_desktop.records.acts import SignedIn
    from mbc_desktop.records.header import Key
    from mbc_desktop.records.store import Store


def restore_lines(
    path: Path, backup: Path, passphrase: str, texts: Texts, *, yes: bool, seat: Callable[[Store], SignedIn | None]
) -> Iterator[str]:
    """What there is to say about a backup, line by line; with `yes` it is restored in between. Raises StoreError."""
    from mbc_desktop.records.backup import inspect_backup
    from mbc_desktop.records.restore import loss_of, restore
    from mbc_desktop.records.store import system_clock
    from mbc_desktop.records.told import loss_lines

    key = _key_of_either(path, backup, passphrase)
    found, store = inspect_backup(backup, key), _present(path, key)
    try:
        yield from loss_lines(loss_of(found, path, store, system_clock()), texts)
        if not yes:
            yield texts.word("records.verb.confirm")
            return
        who = seat(store) if store is not None else None
        restored, aside = restore(backup, path, key, store=store, who=who)
        restored.close()
    finally:
        if store is not None:
            store.close()
    yield texts.say("records.verb.restored", file=aside.name) if aside else texts.word("records.verb.restored_new")


def _key_of_either(store: Path, backup: Path, passphrase: str) -> Key:
    """By the passphrase of today, or by the one of the day of the backup: they lead to the same key."""
    from mbc_desktop.records.header import passphrase_key
    from mbc_desktop.records.store_error import StoreError

    try:
        return passphrase_key(backup, passphrase)
    except StoreError as error:
        if error.code != "wrong_passphrase":
            raise
        return passphrase_key(store, passphrase)


def _present(path: Path, key: Key) -> Store | None:
    """The present store, as far as it opens."""
    from mbc_desktop.records.store import open_store
    from mbc_desktop.records.store_error import StoreError

    try:
        return open_store(path, key)
    except StoreError as error:
        if error.code == "busy":
            raise
        return None
