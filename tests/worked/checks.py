"""The worked cases as checks on a library: each tells what differs from what was worked by hand."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from mbc_desktop.planning.files.treatment_error import TreatmentError
from mbc_desktop.planning.plan import Plan
from mbc_desktop.regimen.library import Library
from tests.worked.beside import near_irradiations, near_procedures
from tests.worked.guideline import statement_differences
from tests.worked.printed_tables import LOOKS
from tests.worked.said import ABOUT_ALL, ABOUT_ONE, BY_NAME, CYCLES, codes, from_shelf, item_of
from tests.worked.treatment import CASES, TODAY, Given, later, plan_of

Expectation = Callable[[Plan], Iterator[str]]
CASE_KEYS = {*BY_NAME, *ABOUT_ALL, "says", "silent"}
ROW_KEYS = {*ABOUT_ONE, "says", "silent", "stops"}


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkedCheck:
    """One treatment, or one look into a printed table, and what must come of it. `subjects` are the regimens, radiotherapy
    courses and tables in it, `answers` the decisions that it answers."""

    id: str
    why: str
    subjects: tuple[str, ...]
    answers: frozenset[str] = frozenset()
    found: Callable[[Library], Iterator[str]]

    def differences(self, library: Library) -> list[str]:
        """What differs; a treatment that the program refuses, or cannot plan at all, differs too."""
        try:
            return list(self.found(library))
        except (TreatmentError, ValueError) as error:
            return [f"refused: {error}"]


@cache
def worked_checks() -> tuple[WorkedCheck, ...]:
    """Every check of every file."""
    found: list[WorkedCheck] = []
    for path in sorted(CASES.glob("*.toml")):
        if path.name == "patients.toml":
            continue
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        for kind, items in tables.items():
            for number, item in enumerate(items, 1):
                found += KINDS[kind](item, f"{path.stem}/{kind}-{number}")
    return tuple(found)


def subjects_of(given: Given) -> tuple[str, ...]:
    """The regimens and radiotherapy courses of a case."""
    courses = given.get("courses", [given])
    return tuple(course.get("regimen") or course["radiotherapy"] for course in courses)


def _check(given: Given, id: str, expected: Expectation, why: str) -> WorkedCheck:
    assert why, f"{id}: no arithmetic"
    subjects = subjects_of(given)
    name = f"{id} {' '.join(subjects)} {given.get('id', '')}".strip()
    return WorkedCheck(
        id=name,
        why=why,
        subjects=(*subjects, *(f"drug {earlier['drug']}" for earlier in given.get("history", ()))),
        answers=frozenset({*given.get("site", {}), *given.get("choices", {})}),
        found=lambda library: expected(plan_of(given, library)),
    )


def _printed(item: Given, id: str) -> Iterator[WorkedCheck]:
    """Rows of a printed table, looked up by what is typed."""
    look = LOOKS[item["kind"]]
    for row in item["rows"]:
        yield WorkedCheck(
            id=f"{id} {item['table']} {row[0]}",
            why=item["why"],
            subjects=(item["table"],),
            found=lambda library, row=row: _same(item["table"], look(library, item["table"], row[0]), row[1:]),
        )


def _case(item: Given, id: str) -> Iterator[WorkedCheck]:
    """A whole case: `is` holds what the plan must say."""
    wanted, cycles = item["is"], item.get("cycles_shown", CYCLES)
    assert set(wanted) <= CASE_KEYS, f"{id}: unknown {set(wanted) - CASE_KEYS}"

    def expected(plan: Plan) -> Iterator[str]:
        for key, value in wanted.items():
            if key in BY_NAME:
                for name, lines in value.items():
                    yield from _same(f"{key} {name}", BY_NAME[key](plan, name, cycles), lines)
            elif key in ABOUT_ALL:
                yield from _same(key, ABOUT_ALL[key](plan), value)
        yield from _codes(plan, wanted)

    yield _check(item, id, expected, item["why"])


def _table(item: Given, id: str) -> Iterator[WorkedCheck]:
    """Doses of one drug, a row each: what the row changes in the treatment, and the dose that must come of it."""
    for number, row in enumerate(item["rows"], 1):
        given = {**item, **{key: value for key, value in row.items() if key not in ROW_KEYS}}
        if "level" in row:
            level = {"kind": "dose_level", "drug": item["drug"], "number": 1, "level": row["level"], "scope": "rest_of_treatment"}
            given["events"] = [*item.get("events", ()), level]
        yield _check(given, f"{id}.{number}", _row_expected(row, item["drug"], row.get("number", 1)), row.get("why", item["why"]))


def _row_expected(row: Given, drug: str, number: int) -> Expectation:
    def expected(plan: Plan) -> Iterator[str]:
        found = item_of(plan, drug, number)
        if (found is None) != (row.get("dose") == "absent"):
            yield f"{'no' if found is None else 'a'} dose {number} of {drug}"
        if found is None or row.get("dose") == "absent":
            return
        for key in ABOUT_ONE.keys() & row.keys():
            yield from _same(key, ABOUT_ONE[key](found), row[key])
        if "stops" in row:
            yield from _same("stops", sorted(codes(plan, "stop")), row["stops"])
        yield from _codes(plan, row)

    return expected


def _limit(item: Given, id: str) -> Iterator[WorkedCheck]:
    """A value that is just enough and one that is not: rows [kind, unit, enough, not enough]."""
    for number, (kind, unit, enough, short) in enumerate(item["rows"], 1):
        for value, held in ((enough, False), (short, True)):
            given = {**item, "values": [*item.get("values", ()), [kind, value, unit]]}
            yield _check(given, f"{id}.{number} {kind} {value}", _held(item["drug"], item.get("number", 1), held), item["why"])


def _held(drug: str, number: int, held: bool) -> Expectation:
    def expected(plan: Plan) -> Iterator[str]:
        found = item_of(plan, drug, number)
        if found is None:
            yield f"no dose {number} of {drug}"
        elif (found.dose is None) != held:
            yield f"{drug}: {'held' if found.dose is None else 'given'}, not {'held' if held else 'given'}"

    return expected


def _interval(item: Given, id: str) -> Iterator[WorkedCheck]:
    """How near to each other two doses of a drug may be (`shortest`: one is moved forward, `after` the day of the one before it,
    counted from the start), and how far apart (`longest`: everything is delayed, from the usual `gap`)."""
    start, drug, number = item.get("start", item.get("today", TODAY)), item["drug"], item.get("number", 2)
    for days, wrong in ((item.get("shortest"), False), (item.get("shortest", 0) - 1, True)):
        if "shortest" in item:
            move = {"kind": "move", "drug": drug, "number": number, "to": later(start, item.get("after", 0) + days)}
            yield _check({**item, "events": [move]}, f"{id} {days} d", _said("interval-short", drug, wrong), item["why"])
    for days, wrong in ((item.get("longest"), False), (item.get("longest", 0) + 1, True)):
        if "longest" in item:
            delay = {"kind": "delay", "drug": drug, "number": number, "days": days - item["gap"], "scope": "rest_of_treatment"}
            events = [delay] if days > item["gap"] else []
            yield _check({**item, "events": events}, f"{id} {days} d", _said("interval-long", drug, wrong), item["why"])


def _said(code: str, drug: str, wrong: bool) -> Expectation:
    def expected(plan: Plan) -> Iterator[str]:
        found = [item for item in plan.findings if item.code == code and item.drug == drug]
        if bool(found) != wrong:
            yield f"{code} {'is' if found else 'is not'} said about {drug}"

    return expected


def _codes(plan: Plan, wanted: Given) -> Iterator[str]:
    said = codes(plan)
    yield from (f"{code} is not said" for code in wanted.get("says", ()) if code not in said)
    yield from (f"{code} is said" for code in wanted.get("silent", ()) if code in said)


def _same(what: str, found: Any, wanted: Any) -> Iterator[str]:
    if found != wanted:
        yield f"{what}: {found}, worked by hand {wanted}"


def _shelf(item: Given, id: str) -> Iterator[WorkedCheck]:
    """What is taken from the shelf for an amount: rows [amount, pieces]; `products`: a formulary names only these."""
    drug, products = item["drug"], tuple(item.get("products", ()))
    for amount, wanted in item["rows"]:
        yield WorkedCheck(
            id=f"{id} {drug} {amount}",
            why=item["why"],
            subjects=(f"drug {drug}",),
            found=lambda library, amount=amount, wanted=wanted: _same(
                f"{amount} of {drug}", from_shelf(library.drugs[drug], item.get("form", ""), amount, products), wanted
            ),
        )


def _packs(item: Given, id: str) -> Iterator[WorkedCheck]:
    """The pack sizes that a leaflet names: rows [form, sizes]."""
    drug = item["drug"]

    def found(library: Library) -> Iterator[str]:
        packs = {pack.form: list(pack.sizes) for pack in library.drugs[drug].packs}
        yield from _same(f"packs of {drug}", packs, dict(item["rows"]))

    yield WorkedCheck(id=f"{id} {drug}", why=item["why"], subjects=(f"drug {drug}",), found=found)


def _told(item: Given, id: str) -> Iterator[WorkedCheck]:
    """What a patient is told about a drug: rows "section code number"."""
    drug = item["drug"]

    def found(library: Library) -> Iterator[str]:
        said = {f"{line.section} {line.code} {line.number}" for line in library.instructions.get(drug, ())}
        yield from (f"{drug} is not told: {row}" for row in item["rows"] if row not in said)

    yield WorkedCheck(id=f"{id} {drug}", why=item["why"], subjects=(f"drug {drug}",), found=found)


def _statement(item: Given, id: str) -> Iterator[WorkedCheck]:
    """A statement of the guideline under each reading of it."""
    for number, row in enumerate(item["rows"], 1):
        yield WorkedCheck(
            id=f"{id}.{number} {item['statement']}",
            why=item["why"],
            subjects=subjects_of(item),
            answers=frozenset(row.get("site", {})),
            found=lambda library, row=row: statement_differences(item, row, library),
        )


def _near(item: Given, id: str) -> Iterator[WorkedCheck]:
    """A dose beside an irradiation, or beside a procedure."""
    sides = near_procedures if "procedure" in item else near_irradiations
    for name, given, expected in sides(item):
        yield _check(given, f"{id} {item['drug']} {name}", expected, item["why"])


KINDS: dict[str, Callable[[Given, str], Iterator[WorkedCheck]]] = {
    "case": _case,
    "table": _table,
    "limit": _limit,
    "interval": _interval,
    "near": _near,
    "printed": _printed,
    "shelf": _shelf,
    "told": _told,
    "packs": _packs,
    "statement": _statement,
}
