"""The second transcription beside the library: every difference, with its subject and what it is about."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mbc_desktop.regimen.library import Library
from tests.regimen.beside_in_words import beside_lines
from tests.regimen.drugs_in_words import Line, check_lines, drug_lines
from tests.regimen.regimens_in_words import part_lines
from tests.regimen.shared_in_words import decision_lines, field_lines, radiotherapy_lines, table_lines

FILES = tuple(sorted((Path(__file__).parent.parent / "cases").glob("second_transcription*.toml")))
Table = dict[str, dict[str, list[str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Second:
    """The file as read. Each of the tables holds subjects, each subject its lines: [value, where, mark, grade, address]."""

    addresses: dict[str, str]
    regimen: dict[str, list[str]]
    tables: dict[str, Table]
    elsewhere: tuple[list[str], ...]

    @property
    def lines(self) -> int:
        """How many lines are compared with schedules/."""
        return sum(len(lines) for table in self.tables.values() for lines in table.values()) + len(self.regimen)


def second_transcription() -> Second:
    """The second transcription, as written in the files of tests/cases; nothing stands in two of them."""
    second = Second(addresses={}, regimen={}, tables={}, elsewhere=())
    for file in FILES:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        _add(second.addresses, data.pop("addresses"), file)
        _add(second.regimen, data.pop("regimen"), file)
        second = replace(second, elsewhere=(*second.elsewhere, *data.pop("elsewhere")))
        for kind, subjects in data.items():
            _add(second.tables.setdefault(kind, {}), subjects, file)
    return second


def _add(known: dict[str, Any], more: dict[str, Any], file: Path) -> None:
    twice = known.keys() & more.keys()
    assert not twice, f"{file.name}: {', '.join(sorted(twice))} stands in another file of the second transcription"
    known.update(more)


def differences(library: Library, second: Second) -> list[str]:
    """Each difference on one line: "drug zoledronic-acid: crcl [50, 60]: 3.5 mg here, 3.3 mg in schedules/"."""
    found = list(_regimens(library, second))
    for kind, lines_of in _subjects(library).items():
        for subject, lines in lines_of.items():
            if subject in second.tables[kind]:
                found += _compared(f"{kind} {subject}", lines, second.tables[kind][subject], second, library)
        if kind != "part":
            found += [f"{kind} {subject}: not in schedules/" for subject in second.tables[kind] if subject not in lines_of]
    return found


def not_transcribed(library: Library, second: Second) -> list[str]:
    """What schedules/ holds that nobody has transcribed a second time yet, as "drug everolimus"."""
    names = [
        f"{kind} {subject}"
        for kind, lines_of in _subjects(library).items()
        for subject in lines_of
        if kind not in ("part", "checks") and subject not in second.tables[kind]
    ]
    return names + [f"regimen {id}" for id in library.regimens if id not in second.regimen]


def _subjects(library: Library) -> dict[str, dict[str, tuple[Line, ...]]]:
    return {
        "drug": {id: tuple(drug_lines(drug)) for id, drug in library.drugs.items()},
        "part": {},
        "checks": {
            id: tuple(line for check in regimen.checks for line in check_lines(check))
            for id, regimen in library.regimens.items()
            if regimen.checks
        },
        "radiotherapy": {id: tuple(radiotherapy_lines(scheme)) for id, scheme in library.radiotherapy.items()},
        "decision": {key: tuple(decision_lines(decision)) for key, decision in library.decisions.items()},
        "field": {id: tuple(field_lines(field)) for id, field in library.fields.items()},
        "table": {id: tuple(table_lines(table)) for id, table in library.dose_tables.items()},
        **beside_lines(library),
    }


def _regimens(library: Library, second: Second) -> Iterator[str]:
    """A part (clock) is transcribed once and stands in several regimens: each of them is compared with it. Where a regimen has a
    part of its own under a name that another regimen also uses, the subject is "regimen/part"."""
    for id, parts in second.regimen.items():
        regimen = library.regimens.get(id)
        if regimen is None:
            yield f"regimen {id}: not in schedules/"
            continue
        if [part.id for part in regimen.parts] != parts:
            yield f"regimen {id}: parts {', '.join(parts)} here, {', '.join(part.id for part in regimen.parts)} in schedules/"
        if regimen.checks and id not in second.tables["checks"]:
            yield f"regimen {id}: checks in schedules/ only"
        for part in regimen.parts:
            own = f"{id}/{part.id}"
            expected = second.tables["part"].get(own, second.tables["part"].get(part.id))
            if expected is None:
                yield f"regimen {id}: part {part.id} in schedules/ only"
                continue
            lines = tuple(part_lines(part, library))
            yield from _compared(f"regimen {id}, part {part.id}", lines, expected, second, library)


def _compared(
    subject: str, lines: Iterable[Line], expected: dict[str, list[str]], second: Second, library: Library
) -> Iterator[str]:
    seen: set[str] = set()
    for line in lines:
        if line.what in seen:
            yield f"{subject}: {line.what}: said twice in schedules/"
        seen.add(line.what)
        if line.what not in expected:
            yield f"{subject}: {line.what}: {line.value} in schedules/ only"
            continue
        value, _, _, grade, address = expected[line.what]
        if line.value != value:
            yield f"{subject}: {line.what}: {value} here, {line.value} in schedules/"
        if line.grade and line.grade not in grade.split("|"):
            yield f"{subject}: {line.what}: grade {grade or 'none'} here, {line.grade} in schedules/"
        if address and line.source:
            given = library.sources[line.source].address
            if not any(given.endswith(second.addresses[key]) for key in address.split("|")):
                yield f"{subject}: {line.what}: address {address} here, {line.source} in schedules/"
    for what in expected:
        if what not in seen:
            yield f"{subject}: {what}: {expected[what][0]} here only"
