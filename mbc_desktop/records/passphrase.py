"""Another passphrase for a store. The key of the file stays what it is; only the header that leads to it is written anew."""

from __future__ import annotations

from mbc_desktop.records.acts import SignedIn, act, require
from mbc_desktop.records.header import Cost, check_passphrase, opened_with, with_head, with_passphrase, write_header
from mbc_desktop.records.store import RESERVE_COST, Store


def change_passphrase(store: Store, who: SignedIn, old: str, new: str, *, cost: Cost = RESERVE_COST) -> None:
    """From now on the new passphrase opens the store, and the old one no longer. It is noted before it is done: whatever stops
    the program between, one of the two opens the store, and the chain says who wanted it.

    A backup made before keeps the passphrase of its day. Raises StoreError (wrong_passphrase, passphrase_short, not_written)."""
    require(store, who, "change_passphrase")
    check_passphrase(new)
    key = opened_with(store.header, old)
    with act(store, who, "change_passphrase"):
        pass
    with store.turn:
        header = with_head(with_passphrase(store.header, key, new, cost), store.head())
        write_header(store.path, header)
        store.header = header
