"""kill -9 at a random moment while saving: what was acknowledged is there, record and audit agree, nothing is corrupt."""

from __future__ import annotations

import os
import signal
import struct
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random

from mbc_desktop.planning.plan import Plan
from mbc_desktop.records.acts import SignedIn
from mbc_desktop.records.audit_chain import verify_chain
from mbc_desktop.records.data_copies import PlanData
from mbc_desktop.records.header import Key
from mbc_desktop.records.plans import Saved
from mbc_desktop.records.store_error import StoreError
from tests.records.wards import FIRST, NAME, copied, growing_plans, open_again, save_next

MOST_SAVINGS = 5
FRESH_EVERY = 25
PLANS = 400
_ACK = struct.Struct("<qq")


@dataclass(slots=True)
class Counted:
    """What the kills came to."""

    kills: int = 0
    acknowledged: int = 0
    recoveries: int = 0
    lost: int = 0
    mismatches: int = 0
    corrupt: int = 0
    seconds: float = 0.02


def kill_many(base: Path, folder: Path, key: Key, nurse: SignedIn, data: PlanData, *, kills: int, chance: Random) -> Counted:
    """Kills a saving program again and again; the store goes on from where each one left it."""
    plans, counted, last = growing_plans(data, PLANS), Counted(), FIRST
    for number in range(kills):
        if number % FRESH_EVERY == 0 or last.version > PLANS - 100:
            copied(base, folder)
            last = FIRST
        last = _kill_once(folder, key, nurse, data, plans, last, counted, chance)
        counted.kills += 1
    return counted


def _kill_once(
    folder: Path, key: Key, nurse: SignedIn, data: PlanData, plans: list[Plan], last: Saved, counted: Counted, chance: Random
) -> Saved:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _save_until_killed(folder, key, nurse, data, plans, last, writing)
    os.close(writing)
    os.read(reading, 1)
    acks = _some_acks(reading, chance.randrange(MOST_SAVINGS), counted)
    time.sleep(chance.uniform(0, 1.5 * counted.seconds))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while piece := os.read(reading, 1 << 16):
        acks += piece
    os.close(reading)
    return _examined(folder, key, [_ACK.unpack_from(acks, at) for at in range(0, len(acks) // 16 * 16, 16)], last, counted)


def _some_acks(reading: int, wanted: int, counted: Counted) -> bytes:
    """Waits for that many savings; remembers how long one takes at this moment, so that the kill falls inside one."""
    began, acks = time.monotonic(), b""
    while len(acks) < wanted * _ACK.size:
        acks += os.read(reading, wanted * _ACK.size - len(acks))
    if wanted:
        counted.seconds = (time.monotonic() - began) / wanted
    return acks


def _save_until_killed(
    folder: Path, key: Key, nurse: SignedIn, data: PlanData, plans: list[Plan], last: Saved, writing: int
) -> None:
    try:
        store = open_again(folder, key)
        os.write(writing, b"!")
        known = last
        for plan in plans[last.version :]:
            known = save_next(store, nurse, plan, data, known)
            os.write(writing, _ACK.pack(known.version, store.head().seq))
        time.sleep(10)
    finally:
        os._exit(1)


def _examined(folder: Path, key: Key, acks: list[tuple[int, int]], last: Saved, counted: Counted) -> Saved:
    counted.acknowledged += len(acks)
    counted.recoveries += (folder / f"{NAME}-journal").exists()
    version, seq = acks[-1] if acks else (last.version, 0)
    try:
        store = open_again(folder, key)
    except StoreError:
        counted.corrupt += 1
        return FIRST
    try:
        counted.corrupt += store.read_only == "damaged"
        row = store.raw.execute("SELECT version FROM patient").fetchone()
        found = row[0] if row else 0
        counted.lost += found < version or store.head().seq < seq
        counted.mismatches += bool(verify_chain(store).faults)
        return Saved(patient=1, version=found)
    finally:
        store.close()
