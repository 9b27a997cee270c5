"""`mbc-desktop library`: what the program knows, for people and for other programs: check, list, show, unconfirmed, decisions."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from mbc_desktop.core.decimals import decimal_text
from mbc_desktop.core.folders import find_schedules
from mbc_desktop.core.interval import Interval
from mbc_desktop.planning.navigator import navigate
from mbc_desktop.planning.treatment_error import TreatmentError
from mbc_desktop.planning.treatment_file import read_treatment
from mbc_desktop.regimen.decision import Decision
from mbc_desktop.regimen.grading import graded_records
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.library_checks import site_faults
from mbc_desktop.regimen.library_error import LibraryError
from mbc_desktop.regimen.loader import load_library, load_site
from mbc_desktop.regimen.site import NO_SITE, Site
from mbc_desktop.texts import load_texts
from mbc_desktop.texts.guideline_words import guidance_lines, guideline_lines

OK, BAD_INPUT = 0, 2
KINDS = ("drugs", "regimens", "radiotherapy", "decisions")


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    """Adds the verb and its own verbs to the command line."""
    parser: argparse.ArgumentParser = subparsers.add_parser("library", help="check and show drugs, regimens and open questions")
    verbs = parser.add_subparsers(dest="library_verb", metavar="VERB", required=True)
    check = verbs.add_parser("check", help="read and check a whole library folder")
    listed = verbs.add_parser("list", help="name what the library holds")
    listed.add_argument("--kind", choices=KINDS, help="only this kind")
    shown = verbs.add_parser("show", help="everything about one drug, regimen, course or decision")
    shown.add_argument("id", metavar="ID", help="an id of `library list`, or the key of a decision")
    open_numbers = verbs.add_parser("unconfirmed", help="every number that no source confirms yet")
    decisions = verbs.add_parser("decisions", help="the open questions of the guideline and their answers")
    decisions.add_argument("--site", type=Path, metavar="FILE", help="the answers of a hospital")
    way = verbs.add_parser("guideline", help="the guideline, or what it says about the patient of a treatment file")
    way.add_argument("file", metavar="FILE", nargs="?", type=Path, help="a treatment file")
    way.add_argument("--site", type=Path, metavar="FILE", help="the answers of a hospital")
    way.add_argument("--language", choices=("nl", "en"), default="nl", help="the language of the answer")
    for verb in (check, listed, shown, open_numbers, decisions, way):
        verb.add_argument("--library", type=Path, metavar="DIR", help="another folder than the one that was shipped")
        verb.add_argument("--json", action="store_true", help="for programs: one JSON text")
    return parser


def run(arguments: argparse.Namespace, *, today: date) -> int:
    """Runs the verb. 0: done; 2: a file is bad or the id does not exist, with one line that says so."""
    try:
        library = load_library(arguments.library or find_schedules())
        site = load_site(arguments.site) if getattr(arguments, "site", None) else NO_SITE
        for place, reason in site_faults(site, library):
            raise LibraryError(arguments.site.name, place, reason)
        answer = _answer(arguments, library, site, today)
    except (LibraryError, TreatmentError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return BAD_INPUT
    if arguments.json:
        sys.stdout.write(json.dumps(answer.data, ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write("".join(f"{line}\n" for line in answer.lines))
    return OK


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """The same answer twice: as lines for people and as data for programs."""

    lines: list[str]
    data: object


def _answer(arguments: argparse.Namespace, library: Library, site: Site, today: date) -> _Answer:
    match arguments.library_verb:
        case "check":
            return _checked(library)
        case "list":
            return _listed(library, arguments.kind)
        case "show":
            return _shown(library, arguments.id)
        case "unconfirmed":
            return _unconfirmed(library)
        case "guideline":
            return _guideline(arguments, library, site, today)
        case _:
            return _decisions(library, site)


def _checked(library: Library) -> _Answer:
    counts = {kind: len(getattr(library, kind)) for kind in (*KINDS, "sources", "fields")}
    words = ", ".join(f"{number} {kind}" for kind, number in counts.items())
    data = {"version": library.version, "fingerprint": library.fingerprint, "counts": counts, "files": dict(library.hashes)}
    lines = [f"version {library.version}: {len(library.hashes)} files are good", words, f"fingerprint {library.fingerprint}"]
    return _Answer(lines=lines, data=data)


def _listed(library: Library, kind: str | None) -> _Answer:
    rows: list[dict[str, str]] = []
    for drug in library.drugs.values():
        rows.append({"kind": "drugs", "id": drug.id, "name": drug.inn.en, "words": ", ".join(drug.brands), "status": drug.status})
    for regimen in library.regimens.values():
        words = f"chapter {regimen.section}" if regimen.section else "not in the guideline"
        drugs = dict.fromkeys(
            order.drug for part in regimen.parts for phase in part.phases for order in phase.orders if order.role == "treatment"
        )
        rows.append({"kind": "regimens", "id": regimen.id, "name": ", ".join(drugs), "words": words, "status": regimen.status})
    for scheme in library.radiotherapy.values():
        regions = ", ".join(rule.region for rule in scheme.regions)
        rows.append({"kind": "radiotherapy", "id": scheme.id, "name": regions, "words": scheme.pattern, "status": scheme.status})
    for decision in library.decisions.values():
        options = " | ".join(decision.options) or "any text"
        rows.append({"kind": "decisions", "id": decision.key, "name": decision.id, "words": options, "status": decision.state})
    rows = [row for row in rows if kind is None or row["kind"] == kind]
    return _Answer(lines=_aligned([list(row.values()) for row in rows]), data=rows)


def _shown(library: Library, id: str) -> _Answer:
    """Everything of that id: a drug and a regimen may share one."""
    found: dict[str, object] = {}
    for kind in (*KINDS, "sources"):
        item = getattr(library, kind).get(id)
        if item is not None:
            found[kind] = _plain(item)
    if not found:
        raise LibraryError("library", "", f"holds no drug, regimen, course, decision or source {id}")
    lines: list[str] = []
    for kind, item in found.items():
        sha = library.hashes.get(f"{kind}/{id}.toml")
        lines += [f"{kind}/{id}", *(f"  {line}" for line in _indented(item))]
        lines += [f"  sha256: {sha}"] if sha else []
    return _Answer(lines=lines, data=found)


def _unconfirmed(library: Library) -> _Answer:
    rows = [
        {"file": f"{kind}/{id}.toml", "place": place or "-", "source": record.source}
        for kind in ("drugs", "regimens", "radiotherapy")
        for id, item in getattr(library, kind).items()
        for place, record in graded_records(item)
        if record.grade == "unconfirmed"
    ]
    rows += [
        {"file": "decisions.toml", "place": key, "source": decision.source}
        for key, decision in library.decisions.items()
        if decision.grade == "unconfirmed"
    ]
    return _Answer(lines=_aligned([list(row.values()) for row in rows]), data=rows)


def _decisions(library: Library, site: Site) -> _Answer:
    answers = {answer.key: answer for answer in site.answers}
    rows: list[dict[str, str]] = []
    for decision in library.decisions.values():
        answer = answers.get(decision.key)
        given = answer.value if answer else decision.preselected or "-"
        state = _state(decision, answered=answer is not None)
        by = " ".join(word for word in (answer.by, answer.on) if word) if answer else ""
        options = " | ".join(decision.options) or "any text"
        rows.append({"id": decision.id, "key": decision.key, "state": state, "answer": given, "by": by, "options": options})
    return _Answer(lines=_aligned([list(row.values()) for row in rows]), data=rows)


def _guideline(arguments: argparse.Namespace, library: Library, site: Site, today: date) -> _Answer:
    """The guideline itself, or its way for one patient."""
    names = {id: getattr(drug.inn, arguments.language) for id, drug in library.drugs.items()}
    texts = load_texts(arguments.language).with_drug_names(names)
    if library.guideline is None:
        return _Answer(lines=[texts.word("guideline.none")], data=[])
    if arguments.file is None:
        return _Answer(lines=list(guideline_lines(library.guideline, library, texts)), data=_plain(library.guideline))
    request = read_treatment(arguments.file.read_text(encoding="utf-8"), today=today, library=library)
    found = navigate(request, library, site)
    return _Answer(lines=list(guidance_lines(found, texts)), data=[_plain(item) for item in found])


def _state(decision: Decision, *, answered: bool) -> str:
    return (
        "decided"
        if answered
        else {"preselected": "preselected", "needs_choice": "needs a choice", "locked": "locked"}[decision.state]
    )


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Columns as wide as their widest word; no blanks at the end."""
    if not rows:
        return ["none"]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _plain(value: Any) -> Any:
    """A record as data of JSON, without what was left out of its file."""
    match value:
        case Interval():
            return value.text()
        case Decimal():
            return decimal_text(value)
        case date():
            return value.isoformat()
        case tuple():
            return [_plain(item) for item in value]
        case _ if dataclasses.is_dataclass(value):
            pairs = ((field.name, getattr(value, field.name)) for field in dataclasses.fields(value))
            return {name: _plain(item) for name, item in pairs if item is not None and item not in ("", ())}
        case _:
            return value


def _indented(value: object) -> Iterator[str]:
    """Data as lines: a word before each value, deeper things further in."""
    if isinstance(value, Mapping):
        for name, item in value.items():
            if isinstance(item, Mapping) or (isinstance(item, list) and any(isinstance(inner, dict) for inner in item)):
                yield f"{name}:"
                yield from (f"  {line}" for line in _indented(item))
            elif isinstance(item, list):
                yield f"{name}: {', '.join('end' if inner is None else str(inner) for inner in item)}"
            else:
                yield f"{name}: {item}"
    elif isinstance(value, list):
        for item in value:
            lines = list(_indented(item))
            yield from (f"{'-' if number == 0 else ' '} {line}" for number, line in enumerate(lines))
