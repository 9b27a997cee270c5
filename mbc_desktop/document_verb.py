"""`mbc-desktop document KIND FILE`: a sheet by name, of a drug, a course, a day or of the library itself; as PDF or text."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from mbc_desktop.core.files import write_file_safely
from mbc_desktop.core.folders import find_schedules
from mbc_desktop.plan_verb import BAD_INPUT, OK, Setting, exit_code, note_prints, one_line, reason_of, site_of, worse
from mbc_desktop.planning.files.treatment_error import TreatmentError
from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.planning.plan_treatment import plan_treatment
from mbc_desktop.regimen.library_error import LibraryError
from mbc_desktop.regimen.loader import load_library

if TYPE_CHECKING:
    from mbc_desktop.documents.blocks import Document
    from mbc_desktop.documents.registry import Sheet
    from mbc_desktop.planning.plan import Plan
    from mbc_desktop.texts import Texts

OF_A_PLAN = (
    "patient_calendar", "patient_calendar_large", "instruction_sheet", "radiotherapy_sheet", "check_sheet", "course_overview",
    "radiotherapy_card", "intrathecal_sheet",
)  # fmt: skip
OF_A_DAY = ("day_agenda", "preparation_list")
OF_THE_LIBRARY = ("site_decisions",)
SET = "print_set"
MANY = 20
"""From so many treatment files on, two processes make the sheets: below that their start costs more than they save."""


@dataclass(frozen=True, slots=True)
class _Made:
    """A sheet with the end of its file's name, the plan it was made from, and the drug or course it is about."""

    document: Document
    name: str
    plan: Plan | None = None
    subject: str = ""


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    """Adds the verb to the command line."""
    parser: argparse.ArgumentParser = subparsers.add_parser("document", help="make a sheet by its name")
    kinds = (*OF_A_PLAN, SET, *OF_A_DAY, *OF_THE_LIBRARY)
    parser.add_argument("kind", metavar="KIND", choices=kinds, help=f"one of {', '.join(kinds)}")
    parser.add_argument("files", metavar="FILE", nargs="*", type=Path, help="treatment files; none for a sheet of the library")
    parser.add_argument("--about", default="", metavar="ID", help="only this drug, course or regimen; else every one")
    parser.add_argument("--day", type=date.fromisoformat, metavar="DATE", help="the day of an agenda or list (2026-03-02)")
    parser.add_argument("--out", type=Path, metavar="DIR", help="the folder to write into (the folder of the call)")
    parser.add_argument("--text", action="store_true", help="plain text on standard output, nothing is written")
    parser.add_argument("--language", choices=("nl", "fr", "de", "en"), help="another language than that of the file")
    parser.add_argument("--without-name", action="store_true", help="leave out who the patient is")
    parser.add_argument("--site", type=Path, metavar="FILE", help="the hospital: closures, decisions, telephone numbers")
    parser.add_argument("--library", type=Path, metavar="DIR", help="another folder of drugs, regimens and decisions")
    parser.add_argument("--by", default="", metavar="INITIALS", help="who makes the sheet, as noted in FILE")
    return parser


def run_document(arguments: argparse.Namespace, *, today: date, out: TextIO, complain: TextIO) -> int:
    """Runs the verb. 0: made; 3: made from a plan with a stop; 2: bad input, with one line, and nothing is written."""
    try:
        library = load_library(arguments.library or find_schedules())
        setting = Setting(library=library, site=site_of(arguments.site, library), today=today)
        plans = tuple((path, _plan(path, setting)) for path in arguments.files)
        if len(plans) >= MANY and not arguments.text and arguments.kind in (*OF_A_PLAN, SET):
            return _make_many(arguments, plans, setting, out, complain)
        made = list(_made(arguments, plans, setting))
        contents = [(item, _content(item.document, text=arguments.text)) for item in made]
    except (LibraryError, TreatmentError, OSError, UnicodeDecodeError, LookupError) as error:
        complain.write(f"{one_line(reason_of(error).strip(chr(39)))}\n")
        return BAD_INPUT
    folder: Path = arguments.out or Path()
    for item, content in contents:
        if arguments.text:
            out.write(content.decode())
            continue
        try:
            folder.mkdir(parents=True, exist_ok=True)
            write_file_safely(folder / item.name, content)
        except OSError as error:
            complain.write(f"{item.name}: {reason_of(error)}\n")
            return BAD_INPUT
        out.write(f"{folder / item.name}\n")
    _note(arguments, plans, [(item.plan, item.document.id, item.subject) for item in made], setting, complain)
    return _worst(plans)


def _make_many(
    arguments: argparse.Namespace, plans: tuple[tuple[Path, Plan], ...], setting: Setting, out: TextIO, complain: TextIO
) -> int:
    """Makes the sheets of many treatments by two processes and tells a terminal how far it is. A sheet that cannot be made is
    named and costs the others nothing."""
    from mbc_desktop.documents.batch import Job, make_batch
    from mbc_desktop.documents.page.sheet_options import SheetOptions
    from mbc_desktop.texts import offered_language

    folder: Path = arguments.out or Path()
    folder.mkdir(parents=True, exist_ok=True)
    jobs = [
        Job(
            plan=plan,
            sheet=sheet,
            language=offered_language(arguments.language or plan.request.language),
            path=folder / _file_name(path, sheet),
            options=SheetOptions(with_name=not arguments.without_name),
        )
        for path, plan in plans
        for sheet in _sheets(arguments, path, plan)
    ]
    result = make_batch(
        jobs, setting.library, setting.site, progress=lambda done, of: _tell(complain, f"\r{done} / {of}" + "\n" * (done == of))
    )
    refused = dict(result.refused)
    for job in jobs:
        if job.path in refused:
            complain.write(f"{job.path}: {refused[job.path]}\n")
        else:
            out.write(f"{job.path}\n")
    left = [(job.plan, job.sheet.document, job.sheet.subject) for job in jobs if job.path not in refused]
    _note(arguments, plans, left, setting, complain)
    return BAD_INPUT if refused else _worst(plans)


def _tell(terminal: TextIO, text: str) -> None:
    if terminal.isatty():
        terminal.write(text)
        terminal.flush()


def _worst(plans: tuple[tuple[Path, Plan], ...]) -> int:
    worst = OK
    for _, plan in plans:
        worst = worse(worst, exit_code(plan))
    return worst


def _plan(path: Path, setting: Setting) -> Plan:
    try:
        request = read_treatment(path.read_text(encoding="utf-8"), today=setting.today, library=setting.library)
        return plan_treatment(request, setting.library, setting.site)
    except (TreatmentError, OSError, UnicodeDecodeError) as error:
        raise LookupError(f"{path}: {reason_of(error)}") from error


def _made(arguments: argparse.Namespace, plans: tuple[tuple[Path, Plan], ...], setting: Setting) -> Iterator[_Made]:
    """Every sheet that was asked for. Raises LookupError, with a sentence, for one that cannot be."""
    kind: str = arguments.kind
    if kind in OF_THE_LIBRARY:
        yield from _of_the_library(arguments, setting)
        return
    if not plans:
        raise LookupError(f"{kind}: name the treatment file it is made from")
    if kind in OF_A_DAY:
        yield _of_a_day(arguments, tuple(plan for _, plan in plans), setting)
        return
    for path, plan in plans:
        yield from _of_a_plan(arguments, path, plan, setting)


def _of_a_plan(arguments: argparse.Namespace, path: Path, plan: Plan, setting: Setting) -> Iterator[_Made]:
    from mbc_desktop.documents.page.sheet_options import SheetOptions
    from mbc_desktop.documents.registry import sheet_document

    options = SheetOptions(with_name=not arguments.without_name)
    for sheet in _sheets(arguments, path, plan):
        texts = _texts(arguments.language or plan.request.language)
        document = sheet_document(sheet, plan, setting.library, setting.site, texts, options)
        yield _Made(document, _file_name(path, sheet), plan, sheet.subject)


def _sheets(arguments: argparse.Namespace, path: Path, plan: Plan) -> tuple[Sheet, ...]:
    """The sheets of one plan that were asked for. Raises LookupError when it has none of that kind."""
    from mbc_desktop.documents.registry import print_set, sheets_of

    about: str = arguments.about
    if arguments.kind == SET:
        sheets = tuple(print_set(plan))
    else:
        sheets = tuple(item for item in sheets_of(plan) if item.document == arguments.kind and about in ("", item.subject))
    if not sheets:
        raise LookupError(f"{path}: holds nothing for {arguments.kind} {about}".rstrip())
    return sheets


def _file_name(path: Path, sheet: Sheet) -> str:
    from mbc_desktop.documents.registry import sheet_file_name

    return f"{path.name.split('.')[0]}-{sheet_file_name(sheet)}.pdf"


def _of_a_day(arguments: argparse.Namespace, plans: tuple[Plan, ...], setting: Setting) -> _Made:
    from mbc_desktop.documents.sheets.day_agenda import compose_day_agenda
    from mbc_desktop.documents.sheets.preparation_list import compose_preparation_list

    day: date = arguments.day or setting.today
    compose = compose_day_agenda if arguments.kind == "day_agenda" else compose_preparation_list
    document = compose(plans, day, setting.library, setting.site, _texts(arguments.language or "nl"))
    return _Made(document, f"{arguments.kind.replace('_', '-')}-{day.isoformat()}.pdf")


def _of_the_library(arguments: argparse.Namespace, setting: Setting) -> Iterator[_Made]:
    from mbc_desktop.documents.sheets.site_decisions import compose_site_decisions

    texts = _texts(arguments.language or "nl")
    yield _Made(compose_site_decisions(setting.library, setting.site, texts, today=setting.today), "site-decisions.pdf")


def _texts(language: Any) -> Texts:
    from mbc_desktop.texts import load_texts, offered_language

    return load_texts(offered_language(language))


def _content(document: Document, *, text: bool) -> bytes:
    """The sheet as PDF, or as text. Raises LookupError when a character cannot be printed."""
    if text:
        from mbc_desktop.documents.formats.plain_text import document_text

        return document_text(document).encode()
    from mbc_desktop.documents.drawing.fonts import GlyphError
    from mbc_desktop.documents.drawing.pdf import document_pdf

    try:
        return document_pdf(document)
    except GlyphError as error:
        raise LookupError(str(error)) from error


def _note(
    arguments: argparse.Namespace,
    plans: tuple[tuple[Path, Plan], ...],
    made: Sequence[tuple[Plan | None, str, str]],
    setting: Setting,
    complain: TextIO,
) -> None:
    """Notes in each treatment file which of its sheets (their plan, document and subject) left the program."""
    for path, plan in plans:
        left = [(document, subject) for of, document, subject in made if of is plan]
        if left:
            complain.write(note_prints(path, plan, setting, list(dict.fromkeys(left)), by=arguments.by))
