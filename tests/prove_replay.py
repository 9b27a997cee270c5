"""`make prove-replay`: random histories, entered one by one and all at once, and taken back. Writes docs/proofs/replay.md; fails
on a difference."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from mbc_desktop.planning.answers.plan_json import plan_json
from mbc_desktop.planning.files.event_entry import entries_of, file_with_events
from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.planning.files.treatment_text import write_treatment
from mbc_desktop.planning.plan_treatment import plan_treatment
from mbc_desktop.planning.proposals.what_if import what_if
from mbc_desktop.planning.request import Request
from tests.planning.treatments import library
from tests.proofs import Proof, proof_arguments, prove
from tests.replay_cases import both_targets, random_history

BATCH = 50
PROOF = Proof(
    name="replay",
    title="a plan is a replay of its events",
    shows="""`make prove-replay` draws histories (one to three courses of the whole library, up to seven events of every kind,
named by number, by day, by cycle or by nothing) and shows of each: entering the events one by one through the
preview, or all at once, or into the file one by one, gives the same plan byte for byte; taking the last one back
gives the bytes of before, of the file and of the plan; and the quick way of finding the dose that an event is about
finds what planning everything anew for each event finds. A sample runs in every test.""",
)


def differences(request: Request) -> Iterator[str]:
    """What is not the same in one history."""
    at_once = plan_treatment(request, library())
    start = replace(request, events=())
    now, before = start, plan_treatment(start, library())
    text = write_treatment(start, with_today=True)
    for event in request.events:
        preview = what_if(now, (event,), library(), before=before)
        undone = replace(preview.request, events=preview.request.events[:-1])
        if write_treatment(now, with_today=True) != write_treatment(undone, with_today=True):
            yield f"taking {event.id} back leaves something in the file"
        # Planned anew for the last one only: that is what a person takes back, and a third of the time.
        if event is request.events[-1] and _bytes(plan_treatment(undone, library())) != _bytes(before):
            yield f"taking {event.id} back leaves something in the plan"
        now, before = replace(now, events=(*now.events, event)), preview.after
        text = file_with_events(text, entries_of((event,)))
    if _bytes(before) != _bytes(at_once):
        yield "one by one is not all at once"
    read = read_treatment(text, today=request.today, library=library())
    if read != request or write_treatment(read, with_today=True) != write_treatment(request, with_today=True):
        yield "the file that grew is not the file of all"
    for quick, plain in both_targets(request):
        if quick != plain:
            yield f"quick {[(e.id, e.target) for e in quick.events]} is not {[(e.id, e.target) for e in plain.events]}"


def _bytes(plan: object) -> str:
    return json.dumps(plan_json(plan), ensure_ascii=False)  # type: ignore[arg-type]


def replayed(job: tuple[str, int, int]) -> tuple[int, list[str]]:
    """One batch of histories."""
    seed, first, last = job
    found: list[str] = []
    for number in range(first, last):
        request = random_history(Random(f"{seed}/{number}"))  # noqa: S311 - chosen, not secret
        found += [f"{number}: {text}" for text in differences(request)]
    return last - first, found


def main() -> int:
    """Replays, writes the report, prints one line."""
    given = proof_arguments(str(__doc__), cases=10_000)
    jobs = [(given.seed, first, min(first + BATCH, given.cases)) for first in range(0, given.cases, BATCH)]
    return prove(PROOF, replayed, jobs, given)


if __name__ == "__main__":
    sys.exit(main())
