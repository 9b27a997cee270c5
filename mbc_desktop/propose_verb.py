"""`mbc-desktop propose alignment|absences|start FILE` and `mbc-desktop recall FILE...`: what the program proposes, and who is
overdue. A proposal is only entered with --apply."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from mbc_desktop.core.folders import find_schedules
from mbc_desktop.event_verb import add_places, enter
from mbc_desktop.plan_verb import BAD_INPUT, OK, one_line, reason_of, site_of
from mbc_desktop.planning.files.treatment_error import TreatmentError
from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.plan_treatment import plan_treatment
from mbc_desktop.planning.request import DrugCourse, Event
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.library_error import LibraryError
from mbc_desktop.regimen.loader import load_library
from mbc_desktop.regimen.site import Site
from mbc_desktop.texts import Texts, load_texts, offered_language


def add_parsers(subparsers: Any) -> None:
    """Adds both verbs to the command line."""
    propose: argparse.ArgumentParser = subparsers.add_parser("propose", help="fewer visits, a plan around absences, a start day")
    verbs = propose.add_subparsers(dest="proposal", metavar="WHAT", required=True)
    for name, told in (
        ("alignment", "bring all visits together on as few days as possible"),
        ("absences", "the best plan around the days on which the patient is away"),
        ("radiotherapy", "what would keep each drug at its distance from an irradiation"),
    ):
        verb = verbs.add_parser(name, help=told)
        verb.add_argument("--apply", action="store_true", help="enter the proposal in FILE")
        verb.add_argument("--by", default="", metavar="INITIALS", help="who enters it; needed with --apply")
    start = verbs.add_parser("start", help="how often each weekday as a start would meet a closed day")
    start.add_argument("--course", default="", metavar="ID", help="which course (default: the first one with drugs)")
    for verb in verbs.choices.values():
        verb.add_argument("file", metavar="FILE", type=Path, help="the treatment file")
    recall: argparse.ArgumentParser = subparsers.add_parser("recall", help="whose doses are overdue, over many treatment files")
    recall.add_argument("files", metavar="FILE", nargs="+", type=Path, help="treatment files")
    for verb in (*verbs.choices.values(), recall):
        add_places(verb)
        verb.add_argument("--json", action="store_true", help="as data instead of sentences")


def run_propose(arguments: argparse.Namespace, *, today: date, out: TextIO, complain: TextIO) -> int:
    """Runs `propose`. 0, or 2 for bad input, with one line."""
    if getattr(arguments, "apply", False) and not arguments.by:
        complain.write("--by: say who enters the proposal\n")
        return BAD_INPUT
    try:
        library, site = _data(arguments)
        plan = _plan(arguments.file, today, library, site)
        lines, data, events = _proposal(arguments, plan, library, site)
        if events and getattr(arguments, "apply", False):
            enter(arguments.file, events, today=today, library=library)
    except (LibraryError, TreatmentError, OSError, UnicodeDecodeError) as error:
        return _complain(error, arguments.file, complain)
    out.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n" if arguments.json else "".join(f"{line}\n" for line in lines))
    return OK


def run_recall(arguments: argparse.Namespace, *, today: date, out: TextIO, complain: TextIO) -> int:
    """Runs `recall`. 0, or 2 when a file cannot be read, with one line; the other files are answered all the same."""
    from mbc_desktop.planning.answers.proposal_json import recall_json
    from mbc_desktop.planning.proposals.recall import recall_list
    from mbc_desktop.texts.proposal_text import recall_lines

    worst, plans = OK, list[Plan]()
    try:
        library, site = _data(arguments)
    except (LibraryError, OSError) as error:
        return _complain(error, Path(), complain)
    for path in arguments.files:
        try:
            plans.append(_plan(path, today, library, site))
        except (TreatmentError, OSError, UnicodeDecodeError) as error:
            worst = _complain(error, path, complain)
    overdue = recall_list(plans, library)
    if arguments.json:
        out.write(json.dumps([recall_json(item) for item in overdue], ensure_ascii=False, indent=1) + "\n")
    else:
        out.write("".join(f"{line}\n" for line in recall_lines(overdue, library, _texts(plans))))
    return worst


def _proposal(
    arguments: argparse.Namespace, plan: Plan, library: Library, site: Site
) -> tuple[Sequence[str], object, tuple[Event, ...]]:
    from mbc_desktop.planning.answers import proposal_json as data
    from mbc_desktop.texts import proposal_text as words

    texts = _texts([plan])
    match arguments.proposal:
        case "alignment":
            from mbc_desktop.planning.proposals.alignment_proposal import propose_alignment

            aligned = propose_alignment(plan, library, site, by=arguments.by)
            lines = words.alignment_lines(aligned, library, texts)
            return lines, data.alignment_json(aligned), aligned.events if aligned else ()
        case "absences":
            from mbc_desktop.planning.proposals.absence_proposal import plan_around_absences

            around = plan_around_absences(plan, library, site, by=arguments.by)
            return words.absence_lines(around, library, texts), data.absence_json(around), around.events if around else ()
        case "radiotherapy":
            from mbc_desktop.planning.radiotherapy.radiotherapy_proposal import radiotherapy_proposals

            solved = radiotherapy_proposals(plan, by=arguments.by)
            events = tuple(event for _, made in solved for event in made)
            return words.radiotherapy_lines(solved, library, texts), data.radiotherapy_json(solved), events
        case _:
            from mbc_desktop.planning.proposals.start_day import start_days

            days = start_days(plan.request, _course(arguments.course, plan), library, site)
            return words.start_day_lines(days, texts), [data.start_day_json(day) for day in days], ()


def _course(wanted: str, plan: Plan) -> str:
    names = [course.id for course in plan.request.courses if isinstance(course, DrugCourse)]
    if not names or (wanted and wanted not in names):
        raise TreatmentError("courses", "UNKNOWN_COURSE", f'there is no drug course "{wanted}"' if wanted else "no drug course")
    return wanted or names[0]


def _data(arguments: argparse.Namespace) -> tuple[Library, Site]:
    library = load_library(arguments.library or find_schedules())
    return library, site_of(arguments.site, library)


def _plan(path: Path, today: date, library: Library, site: Site) -> Plan:
    return plan_treatment(read_treatment(path.read_text(encoding="utf-8"), today=today, library=library), library, site)


def _texts(plans: list[Plan]) -> Texts:
    return load_texts(offered_language(plans[0].request.language if plans else "nl"))


def _complain(error: Exception, path: Path, complain: TextIO) -> int:
    if isinstance(error, LibraryError):
        complain.write(f"{one_line(str(error))}\n")
    else:
        place = error.filename if isinstance(error, OSError) else path
        complain.write(f"{place}: {one_line(reason_of(error))}\n")
    return BAD_INPUT
