"""`make prove-data`: every digit of every clinical number in schedules/ changed, and who notices: the loader, a worked case or
the second transcription. Writes docs/proofs/data_mutation.md; fails below 98 per cent by loader and cases alone.

`--part 1/3`, `--part 2/3`, ... judge a third each and keep what they found in build/; the last one that is there writes the
report. Parts of another commit, or of another state of the files, do not count."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from pathlib import Path
from random import Random
from time import perf_counter, process_time

from mbc_desktop.core.folders import find_schedules
from tests.data_mutants import Mutant, all_mutants
from tests.data_report import ENOUGH, reason_for, report, score
from tests.data_verdict import Verdict, prepare, verdict_on

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "docs" / "proofs" / "data_mutation.md"
KEPT = ROOT / "build" / "prove-data"
SEED = 20261127
BATCH = 10


def judged(mutants: list[Mutant], processes: int) -> tuple[list[Verdict], float]:
    """Every mutant judged, and the processor time it took, seconds. Forked after everything was read, so that nothing is read
    twice and no edit of the files comes in between."""
    prepare()
    batches = [mutants[first : first + BATCH] for first in range(0, len(mutants), BATCH)]
    with ProcessPoolExecutor(processes) as pool:
        answers = list(pool.map(_batch, batches))
    return [verdict for found, _ in answers for verdict in found], sum(seconds for _, seconds in answers)


def _batch(mutants: list[Mutant]) -> tuple[list[Verdict], float]:
    began = process_time()
    # What is known to change nothing is not put to the cases that take seconds.
    found = [verdict_on(mutant, thorough=not reason_for(mutant)) for mutant in mutants]
    return found, process_time() - began


def main() -> int:
    """Judges all mutants or a part of them, writes the report, prints one line; 1 when too few are noticed."""
    given = _arguments()
    began = perf_counter()
    every = [item for item in all_mutants(find_schedules(), seed=given.seed) if item.file.startswith(given.only)]
    mutants = every
    if given.sample:
        mutants = Random(given.seed).sample(every, given.sample)  # noqa: S311 - a repeatable draw, no secret
    number, parts = (int(text) for text in given.part.split("/"))
    verdicts, seconds = judged(mutants[number - 1 :: parts], given.processes)
    wall = perf_counter() - began
    if parts > 1:
        kept = _with_other_parts(verdicts, seconds, wall, number=number, parts=parts, seed=given.seed)
        if kept is None:
            print(f"part {given.part}: {len(verdicts)} digits, {score(verdicts):.2f} %, {seconds / 60:.1f} minutes of processor")
            return 0
        verdicts, seconds, wall = kept
    survivors = [item for item in verdicts if item.by == "nobody"]
    if given.only:
        print("\n".join(f"{item.mutant}{' (transcription)' if item.transcribed else ''}" for item in survivors))
    else:
        REPORT.write_text(report(verdicts, every=len(every), seed=given.seed, seconds=seconds, wall=wall, parts=parts), "utf-8")
    print(f"{len(verdicts)} digits, seed {given.seed}: {score(verdicts):.2f} % by loader and cases, {wall / 60:.1f} minutes")
    return 0 if score(verdicts) >= ENOUGH else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED, help="the seed of the new digits")
    parser.add_argument("--processes", type=int, default=2, help="how many at a time")
    parser.add_argument("--only", default="", help="only files whose path begins like this; writes no report")
    parser.add_argument("--sample", type=int, default=0, help="so many digits, drawn with the seed (0 = all)")
    parser.add_argument("--part", default="1/1", help="which part of how many, as 2/3")
    return parser.parse_args()


def _with_other_parts(
    verdicts: list[Verdict], seconds: float, wall: float, *, number: int, parts: int, seed: int
) -> tuple[list[Verdict], float, float] | None:
    """Keeps this part; with all parts of the same state there, everything that they found."""
    KEPT.mkdir(parents=True, exist_ok=True)
    state = _state(seed, parts)
    found = {"verdicts": [asdict(item) for item in verdicts], "seconds": seconds, "wall": wall}
    (KEPT / f"{state}-{number}.json").write_text(json.dumps(found), "utf-8")
    files = [KEPT / f"{state}-{one}.json" for one in range(1, parts + 1)]
    if not all(file.is_file() for file in files):
        return None
    kept = [json.loads(file.read_text("utf-8")) for file in files]
    together = [
        Verdict(mutant=Mutant(**item["mutant"]), by=item["by"], transcribed=item["transcribed"], seen_by=item["seen_by"])
        for part in kept
        for item in part["verdicts"]
    ]
    return together, sum(part["seconds"] for part in kept), sum(part["wall"] for part in kept)


def _state(seed: int, parts: int) -> str:
    """What the parts must have in common: every byte of the data, the program and the tests."""
    digest = hashlib.sha256(f"{seed} {parts}".encode())
    for folder in ("schedules", "mbc_desktop", "tests"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".py", ".toml", ".json"):
                digest.update(f"{path.relative_to(ROOT)} ".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


if __name__ == "__main__":
    sys.exit(main())
