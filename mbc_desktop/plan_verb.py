"""`mbc-desktop plan`: treatment files in, plans out, as JSON, as a table for people, as sheets; or one treatment a line,
one plan a line."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from mbc_desktop.core.files import write_file_safely
from mbc_desktop.planning.answers.plan_json import plan_json
from mbc_desktop.planning.comparison.prints import file_with_prints, known_token, print_of
from mbc_desktop.planning.files.treatment_error import TreatmentError
from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.plan_treatment import plan_treatment
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.library_checks import site_faults
from mbc_desktop.regimen.library_error import LibraryError
from mbc_desktop.regimen.loader import load_library_at, load_site
from mbc_desktop.regimen.site import NO_SITE, Site

OK, DEFECT, BAD_INPUT, WITH_STOP = 0, 1, 2, 3
EXPORTS = ("csv", "xlsx", "fhir", "text")
"""The forms beside paper; each is an option of its own."""
SHEETS = ("patient_calendar", "check_sheet")
"""What --pdf writes; every other sheet is asked for by name (mbc-desktop document)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What every plan of one run is computed with."""

    library: Library
    site: Site
    today: date
    conventions: bool = False

    def json_of(self, plan: Plan) -> dict[str, object]:
        """The plan as JSON, with what other conventions give where that was asked for."""
        return plan_json(plan, conventions_of=self.site if self.conventions else None)


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    """Adds the verb to the command line."""
    parser: argparse.ArgumentParser = subparsers.add_parser("plan", help="compute the plan of a treatment file")
    parser.add_argument(
        "files", metavar="FILE", nargs="+", help='treatment files; "-" reads one treatment per line from standard input'
    )
    parser.add_argument("--site", type=Path, metavar="FILE", help="the hospital: closures, decisions, telephone numbers")
    parser.add_argument(
        "--library", type=Path, metavar="DIR", help="a folder of your own beside the shipped one, or a whole other library"
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_const", dest="form", const="json", help="the whole plan, indented (the default)")
    form.add_argument("--jsonl", action="store_const", dest="form", const="jsonl", help="the whole plan, one line per treatment")
    form.add_argument("--table", action="store_const", dest="form", const="table", help="dates and doses for people")
    parser.add_argument(
        "--pdf",
        type=Path,
        metavar="DIR",
        help="also write the sheets into this folder, and note in FILE that they left the program",
    )
    parser.add_argument(
        "--ics", type=Path, metavar="FILE", help="also write the patient's calendar as a file for calendar programs"
    )
    for kind, what in (
        ("csv", "a table for spreadsheets"),
        ("xlsx", "a workbook"),
        ("fhir", "a FHIR R4 bundle"),
        ("text", "plain text for the patient record"),
    ):
        parser.add_argument(f"--{kind}", type=Path, metavar="FILE", help=f"also write the plan as {what}")
    parser.add_argument("--by", default="", metavar="INITIALS", help="who makes the sheets, as noted in FILE")
    parser.add_argument(
        "--conventions", action="store_true", help="in JSON: what every dose would be by the other formulas, weights and methods"
    )
    parser.add_argument(
        "--what-if", type=Path, metavar="EVENT", help="tell what the events of this file would change; nothing is written"
    )
    parser.set_defaults(form="json")
    return parser


def run_plan(arguments: argparse.Namespace, *, today: date, lines: BinaryIO, out: TextIO, complain: TextIO) -> int:
    """Runs the verb. 0: no plan has a stop; 3: one has; 2: bad input, with one line that names file, place and reason."""
    try:
        library = load_library_at(arguments.library)
        site = site_of(arguments.site, library)
        setting = Setting(library=library, site=site, today=today, conventions=arguments.conventions)
    except LibraryError as error:
        complain.write(f"{one_line(str(error))}\n")
        return BAD_INPUT
    except OSError as error:
        complain.write(f"{error.filename}: {reason_of(error)}\n")
        return BAD_INPUT
    asked = [kind for kind in ("ics", *EXPORTS) if getattr(arguments, kind) is not None]
    if asked and (len(arguments.files) > 1 or arguments.files == ["-"]):
        complain.write(f"--{asked[0]}: such a file is of one treatment file\n")
        return BAD_INPUT
    if arguments.files == ["-"]:
        return plan_lines(lines, out, setting)
    if len(arguments.files) > 1 and arguments.form == "json":
        arguments.form = "jsonl"
    worst = OK
    for name in arguments.files:
        try:
            plan = _plan_file(Path(name), setting)
            out.write(_written(plan, arguments.form, setting))
            _write_documents(plan, setting, arguments, Path(name), complain)
        except (TreatmentError, OSError, UnicodeDecodeError) as error:
            complain.write(f"{name}: {one_line(reason_of(error))}\n")
            worst = worse(worst, BAD_INPUT)
        else:
            worst = worse(worst, exit_code(plan))
    return worst


def plan_lines(lines: Iterable[bytes], out: TextIO, setting: Setting) -> int:
    """One treatment per line in, one plan per line out, in order; a bad line answers with its error in its place and the
    stream goes on."""
    worst = OK
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            request = read_treatment(line.strip().decode("utf-8"), today=setting.today, library=setting.library)
            plan = plan_treatment(request, setting.library, setting.site)
        except UnicodeDecodeError:
            answer: dict[str, object] = {"error": {"place": f"line {number}", "code": "ENCODING_NOT_UTF8", "text": "not UTF-8"}}
            worst = worse(worst, BAD_INPUT)
        except TreatmentError as error:
            # A treatment of one line needs no second line number.
            inside = "" if error.place.startswith("line ") else error.place
            place = f"line {number}, {inside}" if inside else f"line {number}"
            answer = {"error": {"place": place, "code": error.code, "text": error.text}}
            worst = worse(worst, BAD_INPUT)
        except Exception as error:
            # An error of the program in one treatment must not cost the answers to the others.
            reason = f"a defect of the program ({type(error).__name__})"
            answer = {"error": {"place": f"line {number}", "code": "DEFECT", "text": reason}}
            worst = worse(worst, DEFECT)
        else:
            answer = setting.json_of(plan)
            worst = worse(worst, exit_code(plan))
        out.write(json.dumps(answer, ensure_ascii=False, separators=(",", ":")) + "\n")
        out.flush()
    return worst


def exit_code(plan: Plan) -> int:
    """3 for a plan with a stop, else 0."""
    return WITH_STOP if any(item.severity == "stop" for item in plan.findings) else OK


def worse(one: int, other: int) -> int:
    """The worse of two exit codes: a defect before bad input before a stop before all well."""
    return next(code for code in (DEFECT, BAD_INPUT, WITH_STOP, OK) if code in (one, other))


def write_sheets(plan: Plan, setting: Setting, folder: Path, name: str) -> list[Path]:
    """Writes the patient calendar and the check sheet as PDF and gives their paths."""
    # ReportLab is only wanted when a sheet is: the other uses of this verb must not wait for it.
    from mbc_desktop.documents.drawing.fonts import GlyphError
    from mbc_desktop.documents.drawing.pdf import document_pdf
    from mbc_desktop.documents.registry import compose
    from mbc_desktop.texts import load_texts, offered_language

    folder.mkdir(parents=True, exist_ok=True)
    texts = load_texts(offered_language(plan.request.language))
    written: list[Path] = []
    for id in SHEETS:
        path = folder / f"{name}-{id.replace('_', '-')}.pdf"
        try:
            sheet = document_pdf(compose(id, plan, setting.library, setting.site, texts))
        except GlyphError as error:
            raise TreatmentError("", "NO_GLYPH", str(error)) from None
        write_file_safely(path, sheet)
        written.append(path)
    return written


def write_calendar(plan: Plan, setting: Setting, path: Path) -> tuple[str, str]:
    """Writes the calendar as a file for calendar programs; gives the document's id and the token of the treatment."""
    from mbc_desktop.documents.formats.calendar_file import DOCUMENT_ID, calendar_file, new_token
    from mbc_desktop.planning.comparison.sheet_check import earlier_plans
    from mbc_desktop.texts import load_texts, offered_language

    earlier = earlier_plans(plan.request, DOCUMENT_ID, plan.fingerprint, setting.library, setting.site)
    texts = load_texts(offered_language(plan.request.language))
    token = known_token(plan.request.prints) or new_token()
    write_file_safely(path, calendar_file(plan, setting.library, texts, earlier, token=token))
    return DOCUMENT_ID, token


def write_export(kind: str, plan: Plan, setting: Setting, path: Path) -> None:
    """Writes the plan in one of the forms beside paper."""
    from mbc_desktop.documents.formats.exports import export
    from mbc_desktop.texts import load_texts, offered_language

    texts = load_texts(offered_language(plan.request.language))
    write_file_safely(path, export(kind, plan, setting.library, setting.site, texts))


def _write_documents(plan: Plan, setting: Setting, arguments: argparse.Namespace, path: Path, tell: TextIO) -> None:
    """Writes what was asked for, tells the paths, and notes in the treatment file what left the program."""
    made: list[tuple[str, str]] = []
    token = ""
    if arguments.pdf is not None:
        for written in write_sheets(plan, setting, arguments.pdf, path.name.split(".")[0]):
            tell.write(f"{written}\n")
        made += [(sheet, "") for sheet in SHEETS]
    if arguments.ics is not None:
        document, token = write_calendar(plan, setting, arguments.ics)
        made.append((document, ""))
        tell.write(f"{arguments.ics}\n")
    for kind in EXPORTS:
        target: Path | None = getattr(arguments, kind)
        if target is not None:
            write_export(kind, plan, setting, target)
            tell.write(f"{target}\n")
    if made:
        tell.write(note_prints(path, plan, setting, made, by=arguments.by, token=token))


def note_prints(path: Path, plan: Plan, setting: Setting, made: list[tuple[str, str]], *, by: str, token: str = "") -> str:
    """Notes in the treatment file that the sheets of this plan (document, drug or course it is about) left the program, so that
    `sheet check` knows them later. Gives a line for people when that cannot be done; the sheets have been made all the same."""
    entries = tuple(
        print_of(plan, document, by=by, token=token if document == "calendar_file" else "", subject=subject)
        for document, subject in made
    )
    try:
        before = path.read_text(encoding="utf-8")
        text = file_with_prints(before, plan.request.prints, entries)
        if text != before:
            # Nothing is written that this program would not read again.
            read_treatment(text, today=setting.today, library=setting.library)
            write_file_safely(path, text.encode())
    except (TreatmentError, OSError) as error:
        return f"{path.name}: does not note that these sheets were made; sheet check will not know them ({reason_of(error)})\n"
    return ""


def site_of(path: Path | None, library: Library) -> Site:
    """The hospital of a site file; raises LibraryError when it does not fit the library."""
    if path is None:
        return NO_SITE
    site = load_site(path)
    for place, reason in site_faults(site, library):
        raise LibraryError(path.name, place, reason)
    return site


def _plan_file(path: Path, setting: Setting) -> Plan:
    request = read_treatment(path.read_text(encoding="utf-8"), today=setting.today, library=setting.library)
    return plan_treatment(request, setting.library, setting.site)


def reason_of(error: Exception) -> str:
    """Why a file cannot be used, in words for people."""
    if isinstance(error, UnicodeDecodeError):
        return "the file is not UTF-8 text"
    if isinstance(error, OSError):
        return error.strerror or "cannot be read"
    return str(error)


def one_line(text: str) -> str:
    """The text without line breaks."""
    return " ".join(text.split())


def _written(plan: Plan, form: str, setting: Setting) -> str:
    if form == "table":
        from mbc_desktop.documents.formats.plan_table import plan_table

        return plan_table(plan, setting.library)
    indent = 1 if form == "json" else None
    separators = None if form == "json" else (",", ":")
    return json.dumps(setting.json_of(plan), ensure_ascii=False, indent=indent, separators=separators) + "\n"


def main_streams() -> tuple[BinaryIO, TextIO, TextIO]:
    """Standard input as bytes, standard output and standard error."""
    return sys.stdin.buffer, sys.stdout, sys.stderr
