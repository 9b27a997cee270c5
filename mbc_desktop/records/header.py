"""The small file beside the store: which store it is, how the passphrase leads to its key, and the last head of its chain.

The key of the file is drawn once and never changes. Here it lies masked: combined bit by bit with as many bytes that Argon2id
makes of the passphrase and a salt of this masking alone (a one-time pad). Another passphrase therefore changes this file only,
which is replaced whole or not at all. Nothing in it is secret without the passphrase, and the passphrase opens nothing without
it: every backup carries it."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, replace
from pathlib import Path

from mbc_desktop.core.disk_reason import disk_reason
from mbc_desktop.core.files import write_file_safely
from mbc_desktop.records.store_error import StoreError

FORMAT = 2
KEY_BYTES = 32
ENDING = ".key.json"
SHORTEST_PASSPHRASE = 12
SHORTEST_SALT = 8
MOST_MEMORY_KIB = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one guess costs, as Argon2id counts it. The defaults are the second recommended choice of RFC 9106."""

    memory_kib: int = 65536
    passes: int = 3
    lanes: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The last link of the audit chain: how many there are, and the hash of the last one."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Key:
    """The 32 bytes that open the file. Never shown."""

    secret: bytes

    def __repr__(self) -> str:
        return "Key(...)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """`id` names the store for ever; `masked` is its key under the passphrase ("" in the first format: there Argon2id makes the
    key itself); `check` tells a wrong passphrase from a damaged file; `head` is a witness outside the file; `abandoned` are the
    heads that a restore left behind."""

    id: str
    salt: str
    cost: Cost
    masked: str
    check: str
    head: Head
    abandoned: tuple[Head, ...] = ()


def header_path(store: Path) -> Path:
    """Where the header of a store lies."""
    return store.with_name(store.name + ENDING)


def new_header(passphrase: str, cost: Cost) -> tuple[Header, Key]:
    """A header for a new store, and the key it leads to. Raises StoreError (passphrase_short)."""
    key = Key(secrets.token_bytes(KEY_BYTES))
    made = Header(id=secrets.token_hex(16), salt="", cost=cost, masked="", check=_check(key), head=Head(seq=0, hash=""))
    return with_passphrase(made, key, passphrase, cost), key


def check_passphrase(passphrase: str) -> None:
    """Raises StoreError (passphrase_short) for one that cannot be one."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise StoreError("passphrase_short", shortest=str(SHORTEST_PASSPHRASE))


def with_passphrase(header: Header, key: Key, passphrase: str, cost: Cost) -> Header:
    """The header under which this passphrase, and no other, leads to the key. Raises StoreError (passphrase_short)."""
    check_passphrase(passphrase)
    salt = secrets.token_hex(16)
    return replace(header, salt=salt, cost=cost, masked=_combined(key.secret, _derive(passphrase, salt, cost)).hex())


def read_header(store: Path) -> Header:
    """The header beside a store. Raises StoreError (header_missing, header_damaged, newer_schema)."""
    path = header_path(store)
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if int(content["format"]) > FORMAT:
            raise StoreError("newer_schema", file=path.name)
        heads = [Head(seq=int(one["seq"]), hash=str(one["hash"])) for one in [content["head"], *content["abandoned"]]]
        return Header(
            id=str(content["id"]),
            salt=_salt(str(content["salt"])),
            cost=_cost(**{name: int(content["argon2id"][name]) for name in ("memory_kib", "passes", "lanes")}),
            masked=_masked(content),
            check=str(content["check"]),
            head=heads[0],
            abandoned=tuple(heads[1:]),
        )
    except FileNotFoundError:
        raise StoreError("header_missing", file=path.name) from None
    except (OSError, ValueError, KeyError, TypeError):
        raise StoreError("header_damaged", file=path.name) from None


def write_header(store: Path, header: Header) -> None:
    """Writes the header beside a store, whole or not at all. Raises StoreError (not_written)."""
    content = {
        "format": FORMAT if header.masked else 1,
        "id": header.id,
        "salt": header.salt,
        "argon2id": {"memory_kib": header.cost.memory_kib, "passes": header.cost.passes, "lanes": header.cost.lanes},
        **({"masked": header.masked} if header.masked else {}),
        "check": header.check,
        "head": {"seq": header.head.seq, "hash": header.head.hash},
        "abandoned": [{"seq": one.seq, "hash": one.hash} for one in header.abandoned],
    }
    try:
        write_file_safely(header_path(store), (json.dumps(content, indent=1) + "\n").encode())
    except OSError as error:
        raise StoreError("not_written", file=header_path(store).name, reason=disk_reason(error)) from error


def with_head(header: Header, head: Head) -> Header:
    """The header with a newer witness."""
    return replace(header, head=head)


def passphrase_key(store: Path, passphrase: str) -> Key:
    """The key that the passphrase leads to; takes as long as Argon2id is meant to take. Raises StoreError (wrong_passphrase)."""
    return opened_with(read_header(store), passphrase)


def opened_with(header: Header, passphrase: str) -> Key:
    """The same of a header that is already read."""
    made = _derive(passphrase, header.salt, header.cost)
    return checked(header, Key(_combined(bytes.fromhex(header.masked), made)) if header.masked else Key(made))


def checked(header: Header, key: Key) -> Key:
    """The key, when it is the key of this store. Raises StoreError (wrong_passphrase)."""
    if not secrets.compare_digest(header.check, _check(key)):
        raise StoreError("wrong_passphrase")
    return key


def _masked(content: dict[str, object]) -> str:
    """The masked key as it stands in the file. Raises ValueError, KeyError for one that cannot be one."""
    if content["format"] == 1:
        return ""
    text = str(content["masked"])
    if len(bytes.fromhex(text)) != KEY_BYTES:
        raise ValueError("not a key")
    return text


def _salt(text: str) -> str:
    if len(bytes.fromhex(text)) < SHORTEST_SALT:
        raise ValueError("not a salt")
    return text


def _cost(*, memory_kib: int, passes: int, lanes: int) -> Cost:
    """A cost that this computer can pay: a damaged digit must not ask for a terabyte."""
    if not (8 * lanes <= memory_kib <= MOST_MEMORY_KIB and 1 <= passes <= 100 and 1 <= lanes <= 64):
        raise ValueError("not a cost")
    return Cost(memory_kib=memory_kib, passes=passes, lanes=lanes)


def _combined(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def _derive(passphrase: str, salt: str, cost: Cost) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(
        passphrase.encode(),
        bytes.fromhex(salt),
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def _check(key: Key) -> str:
    return hashlib.sha256(b"mbc-key-check-v1" + key.secret).hexdigest()[:32]
