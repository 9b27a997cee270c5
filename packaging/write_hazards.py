"""Make docs/hazards.md from docs/hazards.toml; say what is wrong with the data instead, when something is.

usage: .venv/bin/python packaging/write_hazards.py

Whether a hazard is closed is not written down anywhere: it follows from what is. Tests and nothing open is closed, tests
and something open is partly closed, no tests is open.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "docs" / "hazards.toml"
PAGE = ROOT / "docs" / "hazards.md"


def _numbers(first: int, last: int) -> tuple[str, ...]:
    return tuple(f"H{number:02}" for number in range(first, last + 1))


GROUPS: Mapping[str, tuple[str, ...]] = {
    "Input, units, identity": _numbers(1, 26),
    "Schedule": _numbers(30, 41),
    "Protocol data": (*_numbers(45, 51), "H97"),
    "Output": _numbers(55, 65),
    "Storage and operation": _numbers(70, 80),
    "Security, privacy, people": (*_numbers(85, 96), "H98", "H99"),
}
IDS = tuple(id for ids in GROUPS.values() for id in ids)

SEVERITIES = {1: "minor", 2: "significant", 3: "considerable", 4: "major", 5: "catastrophic"}
LATER = (
    "the whole guideline as a library",
    "doses and the self-test",
    "the calendar and its events",
    "paper and exports",
    "the desktop",
    "records and verification",
    "release and installers",
)
"""The pieces of later work that a hazard may wait for."""
STATES = ("closed", "partly closed", "open")

INTRODUCTION = """\
# Hazards

What can go wrong for a patient, what this program does against it today, and the tests that prove it. A hazard is **closed**
when tests prove its control whole, **partly closed** when they prove a part and the rest is named, and **open** when no test
proves anything against it yet, even where a control exists. Severity runs from 1 (minor) to 5 (catastrophic) on the scale of
DCB0129; it is that of the harm, not of what remains after the control. None of this replaces the second person who checks
every dose.

Written by `packaging/write_hazards.py` from `docs/hazards.toml`: change that file, not this one. A test fails when a row is
missing, when a named test does not exist, or when this page is not what the script makes.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazard:
    """One hazard: what can go wrong and whom it harms, what stands against it and where, the tests, what stays open and
    which later work closes that. `absent` names drugs that the library did not hold when the row was written."""

    id: str
    hazard: str
    harm: str
    severity: int
    control: str = ""
    where: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    open: str = ""
    later: str = ""
    absent: tuple[str, ...] = ()

    @property
    def state(self) -> str:
        """Closed, partly closed or open, as tests and open rest say."""
        if not self.tests:
            return "open"
        return "partly closed" if self.open else "closed"


def main() -> int:
    """Write the page; without a page, the list of faults and exit code 1."""
    hazards = read_hazards(DATA.read_text(encoding="utf-8"))
    found = list(faults(hazards))
    if found:
        print("\n".join(found), file=sys.stderr)
        return 1
    PAGE.write_text(page(hazards), encoding="utf-8")
    print(PAGE.relative_to(ROOT))
    return 0


def read_hazards(text: str) -> tuple[Hazard, ...]:
    """The rows of the data file. A key that no hazard has is a TypeError."""
    rows: list[dict[str, Any]] = tomllib.loads(text)["hazards"]
    lists = ("where", "tests", "absent")
    return tuple(Hazard(**{**row, **{key: tuple(row.get(key, ())) for key in lists}}) for row in rows)


def faults(hazards: tuple[Hazard, ...]) -> Iterator[str]:
    """What is wrong: rows missing, unknown or out of order, rows that say nothing, tests and files that do not exist."""
    ids = tuple(item.id for item in hazards)
    if ids != IDS:
        yield from (f"{id}: is missing" for id in IDS if id not in ids)
        yield from (f"{id}: is no hazard of the list" for id in ids if id not in IDS)
        yield from (f"{id}: stands more than once" for id in IDS if ids.count(id) > 1)
        if sorted(ids) == sorted(IDS):
            yield "the rows are not in the order of the list"
    for item in hazards:
        yield from (f"{item.id}: {fault}" for fault in _faults_of(item))


def _faults_of(item: Hazard) -> Iterator[str]:
    """What a row says and does not say."""
    if not item.hazard or not item.harm or item.severity not in SEVERITIES:
        yield "needs a hazard, a harm and a severity from 1 to 5"
    if item.tests and not item.control:
        yield "has tests of a control that is not told"
    if not item.tests and not item.open:
        yield "has neither a test nor a reason why it is open"
    if bool(item.open) != bool(item.later):
        yield "what is open and the later work that closes it belong together"
    if item.later and item.later not in LATER:
        yield f"unknown later work: {item.later}"
    if bool(item.control) != bool(item.where):
        yield "a control and the place where it stands belong together"
    yield from _lost_names(item)


def _lost_names(item: Hazard) -> Iterator[str]:
    """Names that lead nowhere, or to something that has come since."""
    yield from (f"there is no {place}" for place in item.where if not (ROOT / place).exists())
    for drug in item.absent:
        if any((ROOT / "schedules" / "drugs").glob(f"*{drug}*.toml")):
            yield f"was written without {drug}, which has come: write the row anew"
    for name in dict.fromkeys(item.tests):
        file, _, function = name.partition("::")
        if function not in tests_of(file):
            yield f"there is no test {name}"
        if item.tests.count(name) > 1:
            yield f"names {name} twice"


@cache
def tests_of(file: str) -> frozenset[str]:
    """The names of the test functions of a file, with their class where they have one; none when there is no such file."""
    path = ROOT / file
    if not (file.startswith("tests/") and path.name.startswith("test_") and path.is_file()):
        return frozenset()
    return frozenset(_named(ast.parse(path.read_text(encoding="utf-8")), ""))


def _named(tree: ast.Module | ast.ClassDef, before: str) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            yield before + node.name
        elif isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            yield from _named(node, f"{before}{node.name}::")


def page(hazards: tuple[Hazard, ...]) -> str:
    """The whole page as Markdown."""
    parts = [INTRODUCTION, _summary(hazards), _worst(hazards)]
    for title, ids in GROUPS.items():
        parts += [f"## {title}\n", *(_section(item) for item in hazards if item.id in ids)]
    return "\n".join(parts).rstrip("\n") + "\n"


def _summary(hazards: tuple[Hazard, ...]) -> str:
    lines = ["| group | closed | partly closed | open |", "|---|---|---|---|"]
    for title, ids in (*GROUPS.items(), ("**all**", IDS)):
        states = [item.state for item in hazards if item.id in ids]
        lines.append(f"| {title} | " + " | ".join(str(states.count(state)) for state in STATES) + " |")
    return "\n".join(lines) + "\n"


def _worst(hazards: tuple[Hazard, ...]) -> str:
    """The catastrophic ones that are not closed, by the work they wait for."""
    lines = ["Catastrophic (5) and not closed, by the work that closes them:\n"]
    for later in LATER:
        names = [f"{item.id} {item.hazard}" for item in hazards if item.severity == 5 and item.later == later]
        if names:
            lines.append(f"- **{later}**: " + "; ".join(names))
    return "\n".join(lines) + "\n"


def _section(item: Hazard) -> str:
    lines = [
        f"### {item.id} {item.hazard}\n",
        f"**{item.state}** · severity {item.severity} ({SEVERITIES[item.severity]}) · harm: {item.harm}\n",
    ]
    if item.control:
        places = ", ".join(f"[{place}](../{place})" for place in item.where)
        lines.append(f"Control: {item.control} In {places}.\n")
    if item.tests:
        lines += ["Proved by:\n", *(f"- `{name}`" for name in item.tests), ""]
    if item.open:
        lines.append(f"Open: {item.open} Closed by: {item.later}.\n")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
