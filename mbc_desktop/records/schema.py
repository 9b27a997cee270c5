"""The schema of an open store: taken forward by Alembic when it is older than the program, refused when it is newer."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from mbc_desktop.records.connection import DATABASE_ERRORS
from mbc_desktop.records.store_error import StoreError

if TYPE_CHECKING:
    from alembic.config import Config

    from mbc_desktop.records.store import Store

NEWEST = "0002"
_STEPS = Path(__file__).parent / "migrations"


def bring_up_to_date(store: Store) -> None:
    """Takes the steps that are still to be taken, in one transaction, after a copy of the file was put beside it. Raises
    StoreError (newer_schema, older_schema for a store that is only read)."""
    found = schema_of(store)
    if found == NEWEST:
        return
    if found > NEWEST:
        raise StoreError("newer_schema", file=store.path.name)
    if store.read_only == "asked":
        raise StoreError("older_schema", file=store.path.name)
    if found:
        shutil.copy2(store.path, store.path.with_name(f"{store.path.name}.before-{NEWEST}"))
    _take_steps(store, found)


def is_older(store: Store) -> bool:
    """Whether steps are still to be taken."""
    return schema_of(store) < NEWEST


def schema_of(store: Store) -> str:
    """The number of the last step taken; "" for a file without tables."""
    try:
        row = store.raw.execute("SELECT version_num FROM alembic_version").fetchone()
    except DATABASE_ERRORS as error:
        if "no such table" in str(error):
            return ""
        raise StoreError("damaged", file=store.path.name) from error
    return str(row[0]) if row else ""


def _take_steps(store: Store, found: str) -> None:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_STEPS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = store.connection
    with store.turn:
        try:
            store.connection.exec_driver_sql("BEGIN EXCLUSIVE")
            _upgrade(config)
            if found:
                _link(store, found)
            store.connection.commit()
        except DBAPIError as error:
            store.connection.rollback()
            raise StoreError("not_saved", file=store.path.name, reason=str(error.orig)) from error
        except BaseException:
            store.connection.rollback()
            raise


def _upgrade(config: Config) -> None:
    from alembic import command

    command.upgrade(config, "head")


def _link(store: Store, found: str) -> None:
    """The chain says in the same transaction that the schema was taken forward."""
    from mbc_desktop.records.acts import link_of_the_store

    link_of_the_store(store, "schema_changed", {"from": found, "to": NEWEST})
