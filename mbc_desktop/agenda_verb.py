"""`mbc-desktop agenda FILE...`: who comes on which day, for how long in the chair, what the pharmacy prepares and the laboratory
needs, and how full each day is."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TextIO

from mbc_desktop.plan_verb import BAD_INPUT, OK, one_line, reason_of, site_of
from mbc_desktop.planning.beside.agenda import AgendaDay, Attendance, agenda, quiet_days
from mbc_desktop.planning.files.treatment_error import TreatmentError
from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.plan_treatment import plan_treatment
from mbc_desktop.regimen.library_error import LibraryError
from mbc_desktop.regimen.loader import load_library_at
from mbc_desktop.regimen.site import Site
from mbc_desktop.texts import Texts, load_texts
from mbc_desktop.texts.phrases import texts_for
from mbc_desktop.texts.proposal_text import days_off_text

DAYS = 7
"""Without --until, the agenda shows a week."""


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    """Adds the verb to the command line."""
    parser: argparse.ArgumentParser = subparsers.add_parser("agenda", help="who comes on which day, over many treatment files")
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="treatment files")
    parser.add_argument("--from", dest="first", type=date.fromisoformat, metavar="DATE", help="first day (default: today)")
    parser.add_argument("--until", type=date.fromisoformat, metavar="DATE", help="last day (default: six days after the first)")
    parser.add_argument("--site", type=Path, metavar="FILE", help="the hospital: closures, decisions, chair minutes of a day")
    parser.add_argument("--library", type=Path, metavar="DIR", help="a folder of regimens of your own, or another library")
    parser.add_argument("--language", choices=("nl", "fr", "de", "en"), default="nl", help="language of the sentences")
    parser.add_argument("--quiet", default="", metavar="ID", help="the quietest days for this administration of the first file")
    parser.add_argument("--json", action="store_true", help="as data instead of sentences")
    return parser


def run_agenda(arguments: argparse.Namespace, *, today: date, out: TextIO, complain: TextIO) -> int:
    """Runs the verb. 0, or 2 when something cannot be read, with one line; the other files are answered all the same."""
    first: date = arguments.first or today
    last: date = arguments.until or first + timedelta(days=DAYS - 1)
    if last < first:
        complain.write("--until: lies before --from\n")
        return BAD_INPUT
    try:
        library = load_library_at(arguments.library)
        site = site_of(arguments.site, library)
    except (LibraryError, OSError) as error:
        complain.write(f"{one_line(reason_of(error))}\n")
        return BAD_INPUT
    worst, plans = OK, list[Plan]()
    for path in arguments.files:
        try:
            request = read_treatment(path.read_text(encoding="utf-8"), today=today, library=library)
        except (TreatmentError, OSError, UnicodeDecodeError) as error:
            complain.write(f"{one_line(f'{path}: {reason_of(error)}')}\n")
            worst = BAD_INPUT
            continue
        plans.append(plan_treatment(request, library, site))
    texts = texts_for(library, load_texts(arguments.language))
    if arguments.quiet:
        # A file that could not be read may be that of the patient herself: nobody else's window is answered in its place.
        return worst or _quiet(arguments.quiet, plans, site, texts, out=out, complain=complain)
    days = agenda(plans, first=first, last=last, site=site)
    if arguments.json:
        out.write(json.dumps([_json(day, plans) for day in days], ensure_ascii=False, indent=1) + "\n")
    else:
        out.write("".join(f"{line}\n" for day in days for line in _lines(day, plans, texts)))
    return worst


def _quiet(wanted: str, plans: list[Plan], site: Site, texts: Texts, *, out: TextIO, complain: TextIO) -> int:
    """The open days inside the window of one administration of the first plan, the quietest first, beside all other plans."""
    found = next((item for item in plans[0].administrations if item.id == wanted), None) if plans else None
    if found is None:
        complain.write(f'--quiet: the first file has no administration "{one_line(wanted)}"\n')
        return BAD_INPUT
    out.write(f"{texts.say('agenda.quiet', drug=found.drug, number=found.number)}\n")
    days = quiet_days(plans[0], found, plans[1:], site)
    if not days:
        out.write(f"  {texts.word('agenda.quiet_none')}\n")
    for day in days:
        line = texts.say("agenda.quiet_day", day=day.date, minutes=day.chair_minutes, off=days_off_text(day.days_off, texts))
        out.write(f"  {line}\n")
    return OK


def _json(day: AgendaDay, plans: list[Plan]) -> dict[str, object]:
    return {
        "date": day.date.isoformat(),
        "chair_minutes": day.chair_minutes,
        "capacity": day.capacity,
        "over_capacity": day.over_capacity,
        "attendances": [
            {
                "patient": plans[item.plan].request.patient.number,
                "items": [one.id for one in item.administrations],
                "checks": [one.id for one in item.checks],
                "chair_minutes": item.chair.minutes,
                "chair_unknown": list(item.chair.unknown),
            }
            for item in day.attendances
        ],
        "samples": [{"patient": plans[plan].request.patient.number, "check": check.id} for plan, check in day.samples],
        "preparations": [{"patient": plans[plan].request.patient.number, "item": item.id} for plan, item in day.preparations],
        "tasks": [
            {
                "patient": plans[plan].request.patient.number,
                "kind": task.kind,
                "drug": task.drug,
                "before": task.before.isoformat(),
            }
            for plan, task in day.tasks
        ],
    }


def _lines(day: AgendaDay, plans: list[Plan], texts: Texts) -> Iterator[str]:
    load = texts.say("agenda.load", minutes=day.chair_minutes)
    if day.capacity is not None:
        key = "agenda.over_capacity" if day.over_capacity else "agenda.of_capacity"
        load = texts.say(key, minutes=day.chair_minutes, capacity=day.capacity)
    yield f"{texts.long_date(day.date)}: {load}"
    for item in day.attendances:
        chair = _chair(item, texts)
        yield f"  {_who(plans[item.plan])}: {_what(item, texts)}{f' ({chair})' if chair else ''}"
    for (number, place), kinds in _samples(day).items():
        checks = ", ".join(texts.word(f"check.{kind}") for kind in kinds)
        yield f"  {_who(plans[number])}: {checks} ({texts.word(f'place.{place}')})"
    for number, task in day.tasks:
        drug = f" {texts.drug(task.drug)}" if task.drug else ""
        yield f"  {_who(plans[number])}: {texts.word(f'task.{task.kind}')}{drug} ({texts.short_date(task.before)})"


def _samples(day: AgendaDay) -> dict[tuple[int, str], list[str]]:
    """What the laboratory needs of those who do not come to the day hospital: a line for each patient and place."""
    coming = {item.plan for item in day.attendances}
    found: dict[tuple[int, str], list[str]] = {}
    for number, check in day.samples:
        if number not in coming:
            found.setdefault((number, check.place), []).append(check.kind)
    return found


def _who(plan: Plan) -> str:
    patient = plan.request.patient
    return f"{patient.family_name.upper()} {patient.given_name} ({patient.number})"


def _what(item: Attendance, texts: Texts) -> str:
    held = {one.drug for one in item.administrations if one.status == "withheld"}
    mark = texts.word("status.withheld")
    drugs = [f"{texts.drug(one.drug)} [{mark}]" if one.drug in held else texts.drug(one.drug) for one in item.administrations]
    return ", ".join(dict.fromkeys([*drugs, *(texts.word(f"check.{check.kind}") for check in item.checks)]))


def _chair(item: Attendance, texts: Texts) -> str:
    """How long in the chair; nothing to say where nothing takes time and nothing is unknown."""
    if not item.chair.minutes and not item.chair.unknown:
        return ""
    known = texts.say("agenda.chair", minutes=item.chair.minutes)
    if not item.chair.unknown:
        return known
    return texts.say("agenda.chair_unknown", chair=known, drugs=" ".join(item.chair.unknown))
