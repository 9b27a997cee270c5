"""The settings of a store: how long a seat waits before it locks, when backups are made, which treatments a second person
verifies."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select

from mbc_desktop.records.acts import SignedIn, act
from mbc_desktop.records.store import DEFAULTS, Store
from mbc_desktop.records.store_error import StoreError
from mbc_desktop.records.tables import SETTING

LONGEST_IDLE = 60


def change_setting(store: Store, who: SignedIn, name: str, value: Any) -> None:
    """Another value of one setting. Raises StoreError (bad_setting) for a name or a shape that does not exist."""
    if not _fits(name, value):
        raise StoreError("bad_setting", name=name)
    with act(store, who, "change_settings", name=name, value=value) as made:
        row = store.connection.execute(select(SETTING.c.id).where(SETTING.c.name == name)).first()
        text = json.dumps(value, sort_keys=True)
        if row is None:
            made.insert(SETTING, name=name, value=text)
        else:
            made.change(SETTING, row.id, value=text)
    store.forget_settings()


def _fits(name: str, value: Any) -> bool:
    default = DEFAULTS.get(name)
    if isinstance(default, dict):
        return isinstance(value, dict) and {key: type(one) for key, one in value.items()} == {
            key: type(one) for key, one in default.items()
        }
    if name == "after_seeing":
        return value in ("refused", "noted")
    return name == "idle_minutes" and type(value) is int and 1 <= value <= LONGEST_IDLE
