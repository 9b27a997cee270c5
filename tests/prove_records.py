"""`make prove-records`: kills, power cuts, failing disks, forgeries, canary names and figures of the store. Writes
docs/proofs/records.md; fails when anything was lost, forged unseen or found in the clear."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random

from mbc_desktop.records.acts import SignedIn
from mbc_desktop.records.audit_chain import head_code, verify_chain
from mbc_desktop.records.backup import back_up
from mbc_desktop.records.data_copies import PlanData
from mbc_desktop.records.header import Key
from tests.records import canaries, faults, figures, kills, power_cut
from tests.records.tampering import KINDS, tampered, without_guards
from tests.records.wards import FIRST, copied, founded, growing_plans, open_again, plan_data, save_next

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "docs" / "proofs" / "records.md"
PARTS = ("kills", "power", "faults", "tampering", "canaries", "act", "crowd")


@dataclass(frozen=True, slots=True)
class Bench:
    """Where the proofs run: `quick` is memory where the system has it (a kill spares what was written there), `disk` is not."""

    quick: Path
    disk: Path
    base: Path
    key: Key
    nurse: SignedIn
    data: PlanData
    seed: str

    def chance(self, part: str) -> Random:
        return Random(f"{self.seed}/{part}")  # noqa: S311 - chosen, not secret


Part = tuple[list[str], bool]
"""The lines of the report, and whether the part holds."""


def prove_kills(bench: Bench, count: int) -> Part:
    found = kills.kill_many(
        bench.base, bench.quick / "kills", bench.key, bench.nurse, bench.data, kills=count, chance=bench.chance("kills")
    )
    lines = [
        f"| kill -9 at a random moment while saving | {found.kills:,} |",
        f"| acknowledged savings before the kills | {found.acknowledged:,} |",
        f"| stores that had to play back their journal | {found.recoveries:,} |",
        f"| acknowledged savings lost | {found.lost} |",
        f"| records that do not agree with the audit chain | {found.mismatches} |",
        f"| corrupt stores | {found.corrupt} |",
    ]
    return lines, not (found.lost or found.mismatches or found.corrupt) and found.acknowledged >= found.kills


def prove_power(bench: Bench, count: int) -> Part:
    lines, holds = [], True
    for name, synchronous, states in (
        ("EXTRA (the program's)", 3, count),
        ("FULL", 2, count // 10),
        ("OFF (negative control)", 0, count // 10),
    ):
        made = power_cut.record(
            bench.base, bench.quick / "power", bench.key, bench.nurse, bench.data, acts=80, synchronous=synchronous
        )
        counted: Counter[str] = Counter()
        chance = bench.chance(f"power {synchronous}")
        examiner = power_cut.Examiner(made, bench.quick / "state", bench.key)
        for files, acked in power_cut.states(made, chance, states):
            counted[examiner.verdict(files, acked).partition(":")[0] or "whole"] += 1
        kinds = " | ".join(f"{counted[kind]:,}" for kind in ("whole", "lost", "corrupt", "mismatch"))
        lines.append(f"| {name} | {states:,} | {examiner.opened:,} | {len(made.seen):,} | {kinds} |")
        if synchronous == 3:
            holds = holds and counted["whole"] == states
        if synchronous == 0:
            holds = holds and counted["whole"] < states / 2
    return lines, holds


def prove_faults(bench: Bench, step: int) -> Part:
    store = open_again(bench.base, bench.key)
    bench.nurse.seen = store.now()
    back_up(store, bench.nurse, bench.base / "backups")
    store.close()
    tried = faults.Bench(bench.base, bench.quick / "faults", bench.key, bench.nurse, growing_plans(bench.data, 2)[1], bench.data)
    lines, holds = [], True
    for way in faults.WAYS:
        found = faults.try_way(way, tried, step=step)
        told = ", ".join(f"{code} {count}" for code, count in found.told.most_common())
        lines.append(f"| {way} | {found.operations} | {found.tries} | {told} | {found.saved_after_all} | {len(found.wrong)} |")
        for text in found.wrong[:5]:
            print(text)
        holds = holds and not found.wrong
    return lines, holds


def prove_tampering(bench: Bench, positions: int) -> Part:
    folder = copied(bench.base, bench.quick / "tampering")
    store = open_again(folder, bench.key)
    last = FIRST
    for plan in growing_plans(bench.data, 60)[1:]:
        last = save_next(store, bench.nurse, plan, bench.data, last)
    while store.head().seq < 120:
        from mbc_desktop.records.plans import note_view

        note_view(store, bench.nurse, last.patient)
    code, end, lines, holds = head_code(store.head()), store.head().seq, [], True
    without_guards(store.raw)
    for kind in KINDS:
        chance, seen = bench.chance(kind), 0
        for _ in range(positions):
            with tampered(store.raw, kind, chance.randrange(1, end + 1), end):
                seen += bool(verify_chain(store, on_paper=[code]).faults)
        lines.append(f"| {kind} | {positions:,} | {seen:,} |")
        holds = holds and seen == positions
    holds = holds and not verify_chain(store, on_paper=[code]).faults
    store.close()
    return lines, holds


def prove_canaries(bench: Bench, count: int) -> Part:
    names = canaries.canary_names(bench.chance("canaries"), count)
    found, searched, files = canaries.leaks(bench.base, bench.quick / "canaries", bench.key, bench.nurse, bench.data, names)
    lines = [
        f"| canary names | {count:,} |",
        f"| bytes searched (every write to database, journal and backup; every file left) | {searched:,} |",
        f"| files left | {files} |",
        f"| names found, in four spellings | {len(found)} |",
    ]
    return lines, not found


def prove_act(bench: Bench, _: int) -> Part:
    found = figures.act_figures(bench.base, bench.disk / "act", bench.key, bench.nurse)
    return [f"| {name} | {value} |" for name, value in found.items()], float(found["ratio of the middles"]) <= 1.5


def prove_crowd(bench: Bench, patients: int) -> Part:
    found = figures.crowd_figures(
        bench.base, bench.disk / "crowd", bench.key, bench.nurse, bench.data, patients, bench.chance("crowd")
    )
    limits = {
        "opening with a stored key (ms)": 5,
        "open a patient (ms)": 100,
        "search as you type (ms)": 50,
        "agenda of a day (ms)": 200,
    }
    holds = all(float(found[name].split()[0]) < limit for name, limit in limits.items()) and found["faults"] == "0"
    return [f"| {name} | {value} |" for name, value in found.items()], holds


PROVING = {
    "kills": (prove_kills, 2000),
    "power": (prove_power, 20000),
    "faults": (prove_faults, 1),
    "tampering": (prove_tampering, 1000),
    "canaries": (prove_canaries, 1000),
    "act": (prove_act, 0),
    "crowd": (prove_crowd, 10000),
}

HEADS = {
    "kills": "## kill -9\n\n| | |\n|---|---|",
    "power": "## Power cut\n\nUnsynced writes survive in part, torn at 512 bytes; an unsynced name may be there.\n\n"
    "| synchronous | states | different ones, each opened | operations seen | whole | lost | corrupt | mismatch |\n"
    "|---|---|---|---|---|---|---|---|",
    "faults": "## Each write, sync, truncation, deletion, rename failing once and for ever\n\n"
    "| way of saving | operations | tries | what was told | told as failed though saved | wrong |\n|---|---|---|---|---|---|",
    "tampering": "## Forgery of the audit chain\n\n| kind | positions | detected |\n|---|---|---|",
    "canaries": "## Names in the clear\n\n| | |\n|---|---|",
    "act": "## What an act costs\n\n| | |\n|---|---|",
    "crowd": "## Ten thousand patients with five years each\n\n| | |\n|---|---|",
}

INTRODUCTION = """# Proof: nothing lost, nothing forged

`make prove-records` (one part: `PART=kills`, smaller: `COUNT=200`). The disk is watched by a layer under SQLCipher itself
(`tests/records/disk.py`), so what is cut, torn and failed are the writes of the encrypted store as the program makes them. Seeded
samples of every part run in every test (`tests/records/test_proof_samples.py`).
"""


def main() -> int:
    """Runs the parts, puts each into the report, prints one line a part; 1 when one does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=PARTS, action="append", help="only this part (may be given again)")
    parser.add_argument("--count", type=int, help="another number of tries")
    parser.add_argument("--seed", default="2026-11-27", help="the seed")
    given = parser.parse_args()
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
    quick = Path(tempfile.mkdtemp(prefix="prove-records-", dir=memory if memory.is_dir() else None))
    disk = Path(tempfile.mkdtemp(prefix="prove-records-"))
    wrong = 0
    try:
        (quick / "base").mkdir()
        data = plan_data()
        key, nurse = founded(quick / "base", data)
        bench = Bench(quick, disk, quick / "base", key, nurse, data, given.seed)
        for part in given.part or PARTS:
            prove, usual = PROVING[part]
            count = given.count or usual
            began = time.perf_counter()
            lines, holds = prove(bench, count)
            minutes = (time.perf_counter() - began) / 60
            _put(part, lines, given.seed, minutes, holds)
            print(f"{part}: {'holds' if holds else 'DOES NOT HOLD'}, {minutes:.1f} minutes")
            wrong += not holds
    finally:
        shutil.rmtree(quick, ignore_errors=True)
        shutil.rmtree(disk, ignore_errors=True)
    return 1 if wrong else 0


def _put(part: str, lines: list[str], seed: str, minutes: float, holds: bool) -> None:
    """Replaces one part of the report; the others stay as they were made."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=ROOT, check=False
    ).stdout.strip()
    known = REPORT.read_text("utf-8") if REPORT.exists() else ""
    texts = {name: _section(known, name) for name in PARTS}
    end = f"\nSeed {seed}, commit {commit}, {minutes:.1f} minutes: {'holds' if holds else 'does NOT hold'}.\n"
    texts[part] = "\n".join([HEADS[part], *lines]) + "\n" + end
    REPORT.write_text("\n".join([INTRODUCTION, *(text for text in texts.values() if text)]), "utf-8")


def _section(text: str, part: str) -> str:
    title = HEADS[part].partition("\n")[0]
    _, found, rest = text.partition(title + "\n")
    return f"{title}\n{rest.partition(chr(10) + '## ')[0].rstrip()}\n" if found else ""


if __name__ == "__main__":
    sys.exit(main())
