"""A connection to the encrypted file, with the settings under which nothing that was acknowledged can be lost, or none at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import StaticPool

from mbc_desktop.records.header import Key
from mbc_desktop.records.store_error import StoreError

SETTINGS = (
    ("journal_mode", "delete"),
    ("synchronous", 3),
    ("foreign_keys", 1),
    ("temp_store", 2),
    ("trusted_schema", 0),
    ("recursive_triggers", 1),
    ("cell_size_check", 1),
    ("secure_delete", 1),
)
"""Rollback journal, removed with its folder flushed (EXTRA = 3); references checked; nothing temporary on disk (MEMORY = 2)."""

BUSY_MS = 5000
OLDEST_SQLITE = (3, 51, 3)
"""SQLite before this has a race in another journal mode; a build that old is not one we were tested with."""

DATABASE_ERRORS = (sqlcipher.Error,)


def connect(path: Path, key: Key, *, read_only: bool = False) -> Any:
    """An open connection that has read the first page with this key. Raises StoreError (not_opened, settings, damaged)."""
    mode = "ro" if read_only else "rw"
    try:
        connection = sqlcipher.connect(
            f"{path.resolve().as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False
        )
    except sqlcipher.Error as error:
        raise StoreError("not_opened", file=path.name) from error
    try:
        prepare(connection, key)
    except StoreError:
        connection.close()
        raise
    except sqlcipher.Error as error:
        connection.close()
        raise StoreError("damaged", file=path.name) from error
    return connection


def prepare(connection: Any, key: Key) -> None:
    """Gives the key and the settings, and makes sure that they hold. Raises StoreError (settings)."""
    # The library would write its own complaints to the screen; what is wrong is told once, by StoreError.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.secret.hex()}'\"")
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    for name, value in SETTINGS:
        connection.execute(f"PRAGMA {name} = {value}")
    wrong = [name for name, value in SETTINGS if connection.execute(f"PRAGMA {name}").fetchone()[0] != value]
    if not connection.execute("PRAGMA cipher_version").fetchone():
        wrong.append("cipher")
    if sqlcipher.sqlite_version_info < OLDEST_SQLITE:
        wrong.append(f"SQLite {sqlcipher.sqlite_version}")
    if wrong:
        raise StoreError("settings", names=", ".join(wrong))


def engine_on(connection: Any) -> Engine:
    """SQLAlchemy on this one connection."""
    return create_engine("sqlite://", module=sqlcipher, creator=lambda: connection, poolclass=StaticPool)


def is_sound(connection: Any) -> bool:
    """Whether every page can be read with its seal and every tree of the file is in order."""
    try:
        if connection.execute("PRAGMA cipher_integrity_check").fetchall():
            return False
        return [row[0] for row in connection.execute("PRAGMA quick_check(1)")] == ["ok"]
    except sqlcipher.Error:
        return False
