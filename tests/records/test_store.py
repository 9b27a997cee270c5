"""The encrypted file: made once, never over another, opened with its key, one writer, damaged means read-only."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from mbc_desktop.records import connection
from mbc_desktop.records.header import header_path, passphrase_key, read_header, write_header
from mbc_desktop.records.place import is_remote, linux_mounts, mac_mounts, mount_kind
from mbc_desktop.records.store import Opening, Store, create_store, open_store
from mbc_desktop.records.store_error import StoreError
from mbc_desktop.records.tables import METADATA
from tests.records.conftest import CHEAP, PASSPHRASE, Hands


def failing(code: str) -> object:
    return pytest.raises(StoreError, match=f"^{code}")


def test_a_new_store_is_sound_and_its_chain_has_one_link(store: Store) -> None:
    assert store.read_only == ""
    assert store.head().seq == 1
    assert store.check()


def test_the_file_is_encrypted(store: Store) -> None:
    content = store.path.read_bytes()
    assert not content.startswith(b"SQLite format")
    assert b"setting" not in content


def test_nothing_is_made_over_a_store_its_journal_or_its_header(store: Store, clock: Hands) -> None:
    path = store.path
    store.close()
    with failing("exists"):
        create_store(path, PASSPHRASE, cost=CHEAP, clock=clock)
    content = path.read_bytes()
    path.unlink()
    with failing("store_missing"):
        create_store(path, PASSPHRASE, cost=CHEAP, clock=clock)
    journal = path.with_name(path.name + "-journal")
    journal.write_bytes(content)
    with failing("exists"):
        create_store(path, PASSPHRASE, cost=CHEAP, clock=clock)


def test_what_an_interrupted_making_leaves_can_be_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "afdeling.mbcdb"
    with monkeypatch.context() as patch:
        patch.setattr("mbc_desktop.records.store._make_file", broken)
        with pytest.raises(OSError, match="No space"):
            create_store(path, PASSPHRASE, cost=CHEAP)
    assert not path.exists()
    assert not header_path(path).exists()
    create_store(path, PASSPHRASE, cost=CHEAP).close()


def test_a_wrong_passphrase_is_told_apart_from_a_damaged_file(store: Store, clock: Hands) -> None:
    path = store.path
    store.close()
    with failing("wrong_passphrase"):
        passphrase_key(path, PASSPHRASE + "!")
    key = passphrase_key(path, PASSPHRASE)
    path.write_bytes(b"\0" * 4096 + path.read_bytes()[4096:])
    with failing("damaged"):
        open_store(path, key, Opening(clock=clock))


@pytest.mark.parametrize("place", [0.3, 0.6, 0.95])
def test_a_damaged_page_makes_the_store_read_only(store: Store, clock: Hands, place: float) -> None:
    path, key = store.path, store.key
    store.close()
    content = bytearray(path.read_bytes())
    content[int(len(content) * place)] ^= 1
    path.write_bytes(bytes(content))
    opened = open_store(path, key, Opening(clock=clock))
    try:
        assert opened.read_only == "damaged"
        with failing("damaged"):
            opened.refuse_writing()
    finally:
        opened.close()


def test_a_missing_store_is_never_replaced_by_an_empty_one(store: Store) -> None:
    path, key = store.path, store.key
    store.close()
    path.unlink()
    with failing("store_missing"):
        open_store(path, key)
    assert not path.exists()


def test_a_missing_or_damaged_header_is_said(store: Store) -> None:
    path, key = store.path, store.key
    store.close()
    header_path(path).write_text("{", encoding="utf-8")
    with failing("header_damaged"):
        open_store(path, key)
    header_path(path).unlink()
    with failing("header_missing"):
        open_store(path, key)


def test_the_second_instance_is_told_who_writes_and_may_read(store: Store, clock: Hands) -> None:
    with failing("busy") as told:
        open_store(store.path, store.key, Opening(clock=clock))
    assert set(told.value.values) == {"host", "user", "since"}
    assert all(told.value.values.values())
    reader = open_store(store.path, store.key, Opening(read_only=True, clock=clock))
    try:
        assert reader.head() == store.head()
        with failing("read_only"):
            reader.refuse_writing()
    finally:
        reader.close()
    path, key = store.path, store.key
    store.close()
    open_store(path, key, Opening(clock=clock)).close()


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("synchronous", 0),
        ("foreign_keys", 0),
        ("temp_store", 1),
        ("trusted_schema", 1),
    ],
)
def test_another_setting_is_refused(store: Store, monkeypatch: pytest.MonkeyPatch, setting: str, value: object) -> None:
    # What the file answers is not what was asked for.
    wanted = tuple((name, "other" if name == setting else known) for name, known in connection.SETTINGS)
    path, key = store.path, store.key
    store.close()
    monkeypatch.setattr(connection, "SETTINGS", wanted)
    with failing("settings"):
        open_store(path, key)
    assert value != dict(wanted)[setting]


def test_a_schema_of_a_later_program_is_refused(store: Store) -> None:
    path, key = store.path, store.key
    store.raw.execute("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    with failing("newer_schema"):
        open_store(path, key)


def test_the_migrations_make_the_tables_that_the_program_knows(store: Store) -> None:
    for table in METADATA.sorted_tables:
        found = {row[1]: (row[2], bool(row[3]) or bool(row[5])) for row in store.raw.execute(f"PRAGMA table_xinfo({table.name})")}
        known = {column.name: (str(column.type), not column.nullable) for column in table.columns}
        generated = {column.name for column in table.columns if column.computed is not None}
        assert {name: kind for name, (kind, _) in found.items()} == {name: kind for name, (kind, _) in known.items()}, table.name
        assert all(found[name][1] == known[name][1] for name in known if name not in generated), table.name
    strict = store.raw.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict"
    ).fetchall()
    assert {row[0] for row in strict} <= {"alembic_version", "sqlite_schema"}


@pytest.mark.parametrize("value", ["", "70,5", "-1", "1e3", "nan", "inf", ".5", "5.", "1.2.3", " 70", "７０"])
def test_a_value_that_is_no_plain_decimal_cannot_be_stored(store: Store, value: str) -> None:
    with store.connection.begin(), pytest.raises(Exception, match="CHECK"):
        store.connection.execute(
            text(
                "INSERT INTO measurement (patient_id, since, position, kind, value, unit, measured_on)"
                " VALUES (1, 1, 0, 'weight', :value, 'kg', '2026-03-01')"
            ),
            {"value": value},
        )


def test_the_header_keeps_the_head_as_a_witness(store: Store) -> None:
    path, head = store.path, store.head()
    store.close()
    assert read_header(path).head == head


def test_a_header_that_cannot_be_written_says_so(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("mbc_desktop.records.header.write_file_safely", full)
    with failing("not_written"):
        write_header(store.path, store.header)


def test_network_shares_are_refused() -> None:
    assert is_remote(Path("//server/share/afdeling.mbcdb"))
    assert is_remote(Path("\\\\server\\share\\afdeling.mbcdb"))
    assert not is_remote(Path.home())
    mounts = linux_mounts(
        "24 1 259:1 / / rw,relatime shared:1 - ext4 /dev/root rw\n"
        "30 24 0:40 / /mnt/ward\\040share rw shared:9 - cifs //server/share rw\n"
        "31 24 0:41 / /srv/data rw shared:9 - nfs4 server:/data rw\n"
    )
    assert mount_kind(Path("/mnt/ward share/a/b"), mounts) == "cifs"
    assert mount_kind(Path("/srv/data/b"), mounts) == "nfs4"
    assert mount_kind(Path("/srv/database"), mounts) == "ext4"
    mac = mac_mounts("/dev/disk3s1 on / (apfs, local)\n//v@server/share on /Volumes/share (smbfs, nodev, mounted by v)\n")
    assert mount_kind(Path("/Volumes/share/a"), mac) == "smbfs"
    assert mount_kind(Path("/Applications/v"), mac) == "apfs"


def test_a_store_on_a_network_share_is_not_made_and_not_opened(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    path, key = store.path, store.key
    store.close()
    monkeypatch.setattr("mbc_desktop.records.place.is_remote", lambda _: True)
    with failing("network_place"):
        open_store(path, key)
    with failing("network_place"):
        create_store(path.with_name("andere.mbcdb"), PASSPHRASE, cost=CHEAP)


def test_a_short_passphrase_is_refused(tmp_path: Path) -> None:
    with failing("passphrase_short"):
        create_store(tmp_path / "a.mbcdb", "elf tekens!", cost=CHEAP)
    assert not list(tmp_path.glob("a.mbcdb"))
