"""`mbc-desktop event preview FILE EVENT` (or `plan FILE --what-if EVENT`) and `event add FILE EVENT`: what an event would do, and
entering it in the treatment file."""

from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from mbc_desktop.core.files import write_file_safely
from mbc_desktop.core.folders import find_schedules
from mbc_desktop.plan_verb import BAD_INPUT, exit_code, one_line, reason_of, site_of
from mbc_desktop.planning.files.event_entry import Json, entries_of, file_with_events, read_entries
from mbc_desktop.planning.files.treatment_error import TreatmentError
from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.planning.proposals.what_if import WhatIf, what_if
from mbc_desktop.planning.request import Event, Request
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.library_error import LibraryError
from mbc_desktop.regimen.loader import load_library
from mbc_desktop.regimen.site import Site


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    """Adds the verb to the command line."""
    parser: argparse.ArgumentParser = subparsers.add_parser("event", help="what an event would change, and entering it")
    verbs = parser.add_subparsers(dest="event_verb", metavar="VERB", required=True)
    for name, told in (
        ("preview", "every date and dose an event would change; nothing is written"),
        ("add", "enter the event in FILE, and tell what it changes"),
    ):
        verb = verbs.add_parser(name, help=told)
        verb.add_argument("file", metavar="FILE", type=Path, help="the treatment file")
        verb.add_argument(
            "event", metavar="EVENT", type=Path, help="JSON: an event, or a list, with the keys of a treatment file"
        )
        add_places(verb)
        verb.add_argument("--json", action="store_true", help="as data instead of sentences")
    return parser


def add_places(parser: argparse.ArgumentParser) -> None:
    """The two options that say which data a plan is computed with."""
    parser.add_argument("--site", type=Path, metavar="FILE", help="the hospital: closures, decisions, telephone numbers")
    parser.add_argument("--library", type=Path, metavar="DIR", help="another folder of drugs, regimens and decisions")


def run_what_if(arguments: argparse.Namespace, *, today: date, out: TextIO, complain: TextIO) -> int:
    """Runs `plan FILE --what-if EVENT`: as data, or as sentences with --table."""
    if len(arguments.files) > 1 or arguments.files == ["-"] or arguments.pdf is not None or arguments.ics is not None:
        complain.write("--what-if: a preview is of one treatment file, and makes no sheets\n")
        return BAD_INPUT
    places = {"site": arguments.site, "library": arguments.library}
    asked = argparse.Namespace(
        event_verb="preview", file=Path(arguments.files[0]), event=arguments.what_if, json=arguments.form != "table", **places
    )
    return run_event(asked, today=today, out=out, complain=complain)


def run_event(arguments: argparse.Namespace, *, today: date, out: TextIO, complain: TextIO) -> int:
    """Runs the verb. 0: the plan with the event has no stop; 3: it has one; 2: bad input, with one line."""
    try:
        library = load_library(arguments.library or find_schedules())
        site = site_of(arguments.site, library)
        preview = preview_of(arguments.file, arguments.event, today=today, library=library, site=site)
        if arguments.event_verb == "add":
            enter(arguments.file, preview.events, today=today, library=library)
    except LibraryError as error:
        complain.write(f"{one_line(str(error))}\n")
        return BAD_INPUT
    except (TreatmentError, OSError, UnicodeDecodeError) as error:
        place = error.filename if isinstance(error, OSError) else arguments.file
        complain.write(f"{place}: {one_line(reason_of(error))}\n")
        return BAD_INPUT
    write_preview(preview, library, out, as_json=arguments.json)
    return exit_code(preview.after)


def preview_of(path: Path, entry: Path, *, today: date, library: Library, site: Site) -> WhatIf:
    """What the events of the second file would do to the treatment of the first. Raises TreatmentError for what cannot be."""
    text = path.read_text(encoding="utf-8")
    request = read_treatment(text, today=today, library=library)
    taken = frozenset(event.id for event in request.events)
    entries = read_entries(entry.read_text(encoding="utf-8"), today=request.today, taken=taken)
    return what_if(request, _events(text, entries, request, library), library, site)


def enter(path: Path, events: tuple[Event, ...], *, today: date, library: Library) -> None:
    """Writes the events into the treatment file. Nothing is written that this program would not read again."""
    text = file_with_events(path.read_text(encoding="utf-8"), entries_of(events))
    read_treatment(text, today=today, library=library)
    write_file_safely(path, text.encode())


def _events(text: str, entries: tuple[Json, ...], request: Request, library: Library) -> tuple[Event, ...]:
    read = read_treatment(file_with_events(text, entries), today=request.today, library=library)
    return read.events[len(request.events) :]


def write_preview(preview: WhatIf, library: Library, out: TextIO, *, as_json: bool) -> None:
    """The preview as data, or as sentences in the language of the sheets."""
    if as_json:
        from mbc_desktop.planning.answers.proposal_json import what_if_json

        out.write(json.dumps(what_if_json(preview), ensure_ascii=False, indent=1) + "\n")
        return
    from mbc_desktop.texts import load_texts, offered_language
    from mbc_desktop.texts.what_if_text import what_if_changes, what_if_headline, what_if_objections

    texts = load_texts(offered_language(preview.after.request.language))
    lines = [
        what_if_headline(preview, texts),
        *(f"! {line}" for line in what_if_objections(preview, library, texts)),
        *(f"- {line}" for line in what_if_changes(preview, library, texts)),
    ]
    out.write("".join(f"{line}\n" for line in lines))
