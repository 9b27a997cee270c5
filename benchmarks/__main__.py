"""Measures everything, or what is named, and prints the table; a full run also writes docs/proofs/benchmarks.md.

usage: python -m benchmarks [--quick] [--only start|library|replanning|proposals|doses|keystroke|waits|page|stream ...]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from benchmarks import report
from benchmarks.measure import ROOT, Row

NAMES = ("start", "library", "replanning", "proposals", "doses", "keystroke", "waits", "page", "calendars", "stream")
ROUNDS, QUICK_ROUNDS = 11, 3
PAGE = ROOT / "docs" / "proofs" / "benchmarks.md"


def main() -> int:
    """Runs the measurements; 0 whatever they say, because a busy machine is no fault of the program."""
    arguments = _arguments()
    rounds = QUICK_ROUNDS if arguments.quick else ROUNDS
    busy = report.load()
    rows: list[Row] = []
    for name in NAMES:
        if name in arguments.only:
            print(f"{name} ...", file=sys.stderr, flush=True)
            rows += _measure(name, rounds, quick=arguments.quick)
    print(report.table(rows))
    if not arguments.quick and len(arguments.only) == len(NAMES):
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(report.page(rows, rounds=rounds, busy=f"{busy}, {report.load()}"), encoding="utf-8")
        print(PAGE.relative_to(ROOT))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Figures against their baselines, in the same run.")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_ROUNDS} rounds instead of {ROUNDS}, to try something out")
    parser.add_argument("--only", nargs="+", choices=NAMES, default=NAMES, help="some of the measurements")
    return parser.parse_args()


def _measure(name: str, rounds: int, *, quick: bool) -> Iterator[Row]:
    # Imported one by one, so that one measurement can be made where the peer of another is not installed.
    match name:
        case "start":
            from benchmarks import start

            # A start is short and easily disturbed: twice the rounds.
            yield from start.rows(2 * rounds)
        case "library":
            from benchmarks import library

            yield from library.rows(rounds)
        case "replanning":
            from benchmarks import replanning

            yield from replanning.rows(rounds)
        case "proposals":
            from benchmarks import proposals

            yield from proposals.rows(rounds)
        case "doses":
            from benchmarks import doses

            yield from doses.rows(rounds)
        case "keystroke":
            from benchmarks import keystroke

            yield from keystroke.rows(rounds)
        case "waits":
            from benchmarks import waits

            yield from waits.rows(rounds)
        case "page":
            from benchmarks import calendar_page

            yield from calendar_page.rows(rounds)
            yield from calendar_page.weasy_rows(rounds)
        case "calendars":
            from benchmarks import many_calendars

            yield from many_calendars.rows(rounds, calendars=100 if quick else 1000)
        case _:
            from benchmarks import stream

            yield from stream.rows(rounds, treatments=100 if quick else 1000)


if __name__ == "__main__":
    sys.exit(main())
