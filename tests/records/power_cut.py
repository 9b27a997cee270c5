"""A power cut at any moment: what was written but not synced survives in part, torn at 512 bytes; a name whose folder was not
synced may be there or not. Made from what the watched disk saw of the encrypted store itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from mbc_desktop.records import connection
from mbc_desktop.records.acts import SignedIn
from mbc_desktop.records.audit_chain import verify_chain
from mbc_desktop.records.data_copies import PlanData
from mbc_desktop.records.header import Head, Key, header_path
from mbc_desktop.records.store_error import StoreError
from tests.records.disk import DISK, Operation
from tests.records.wards import FIRST, NAME, copied, growing_plans, open_again, save_next

SECTOR = 512


@dataclass(slots=True)
class _Entry:
    """One file on the simulated disk: what surely lies there, what may, whether its name does."""

    sure: bytearray = field(default_factory=bytearray)
    perhaps: list[Operation] = field(default_factory=list)
    named: bool = False
    going: bool = False


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the disk saw, the file before it, and what was acknowledged."""

    seen: list[Operation]
    before: bytes
    header: bytes


def record(base: Path, folder: Path, key: Key, nurse: SignedIn, data: PlanData, *, acts: int, synchronous: int = 3) -> Recorded:
    """Saves version after version on the watched disk. `synchronous` 0 is the negative control."""
    copied(base, folder)
    settings = tuple((name, synchronous if name == "synchronous" else value) for name, value in connection.SETTINGS)
    usual, connection.SETTINGS = connection.SETTINGS, settings
    before, header = (folder / NAME).read_bytes(), header_path(folder / NAME).read_bytes()
    plans = growing_plans(data, acts)
    try:
        with DISK.watched() as watch:
            store = open_again(folder, key)
            watch.recording, last = True, FIRST
            for plan in plans[1:]:
                last = save_next(store, nurse, plan, data, last)
                head = store.head()
                watch.note("ack", head.seq, head.hash)
            watch.recording = False
            store.close()
    finally:
        connection.SETTINGS = usual
    return Recorded(watch.seen, before, header)


def states(made: Recorded, chance: Random, count: int) -> Iterator[tuple[dict[str, bytes], Head]]:
    """What the disk may hold after a cut at `count` random moments, and the last head that had been acknowledged by then."""
    moments = sorted(chance.randrange(len(made.seen) + 1) for _ in range(count))
    disk = {NAME: _Entry(sure=bytearray(made.before), named=True)}
    acked, done = Head(seq=0, hash=""), 0
    for moment in moments:
        for operation in made.seen[done:moment]:
            if operation[0] == "ack":
                acked = Head(seq=operation[1], hash=operation[2])
            else:
                _apply(disk, operation)
        done = moment
        yield {name: content for name, entry in disk.items() if (content := _left(entry, chance)) is not None}, acked


class Examiner:
    """Opens states in one folder in memory. The same bytes are opened once: many cuts between two syncs leave the same disk."""

    def __init__(self, made: Recorded, folder: Path, key: Key) -> None:
        self._made, self._folder, self._key = made, folder, key
        self._known: dict[bytes, tuple[str, list[str]]] = {}

    @property
    def opened(self) -> int:
        """How many different states were opened."""
        return len(self._known)

    def verdict(self, files: dict[str, bytes], acked: Head) -> str:
        """ "" when the store opens sound with everything that was acknowledged; else what is wrong."""
        mark = hashlib.sha256()
        for name, content in sorted(files.items()):
            mark.update(f"{name}/{len(content)}/".encode() + content)
        if mark.digest() not in self._known:
            self._known[mark.digest()] = self._opened(files)
        fault, hashes = self._known[mark.digest()]
        if fault.startswith("corrupt"):
            return fault
        if acked.seq and acked.hash not in hashes[acked.seq - 1 : acked.seq]:
            return f"lost: link {acked.seq} of {len(hashes)}"
        return fault

    def _opened(self, files: dict[str, bytes]) -> tuple[str, list[str]]:
        """What is wrong with this state by itself, and the hashes of its chain from link 1 on."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for old in self._folder.iterdir():
            old.unlink()
        for name, content in files.items():
            (self._folder / name).write_bytes(content)
        header_path(self._folder / NAME).write_bytes(self._made.header)
        try:
            store = open_again(self._folder, self._key)
        except StoreError as error:
            return f"corrupt: {error}", []
        try:
            if store.read_only == "damaged":
                return "corrupt: damaged", []
            hashes = [row[0] for row in store.raw.execute("SELECT hash FROM audit ORDER BY seq")]
            report = verify_chain(store)
            return (f"mismatch: {report.faults[0]}" if report.faults else ""), hashes
        finally:
            store.close()


def _apply(disk: dict[str, _Entry], operation: Operation) -> None:
    kind, name = operation[0], operation[1]
    match kind:
        case "create":
            disk[name] = _Entry()
        case "write" | "truncate":
            disk.setdefault(name, _Entry(named=True)).perhaps.append(operation)
        case "sync":
            entry = disk[name]
            for one in entry.perhaps:
                _write(entry.sure, one)
            # The library syncs the folder with the first sync of a file it made.
            entry.perhaps, entry.named = [], True
        case "delete":
            if operation[2]:
                disk.pop(name, None)
            else:
                disk[name].going = True


def _left(entry: _Entry, chance: Random) -> bytes | None:
    if (entry.going or not entry.named) and chance.random() < 0.5:
        return None
    content, mood = bytearray(entry.sure), chance.choice(("none", "all", "some", "torn"))
    for one in entry.perhaps:
        if mood == "all" or (mood == "some" and chance.random() < 0.5):
            _write(content, one)
        elif mood == "torn" and one[0] == "write":
            _tear(content, one, chance)
    return bytes(content)


def _write(content: bytearray, operation: Operation) -> None:
    if operation[0] == "truncate":
        del content[operation[2] :]
        return
    offset, data = operation[2], operation[3]
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


def _tear(content: bytearray, operation: Operation, chance: Random) -> None:
    """Each sector of one write survives or does not."""
    _, name, offset, data = operation
    start = 0
    while start < len(data):
        end = min(len(data), start + SECTOR - (offset + start) % SECTOR)
        if chance.random() < 0.5:
            _write(content, ("write", name, offset + start, data[start:end]))
        start = end
