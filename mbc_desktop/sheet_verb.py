"""`mbc-desktop sheet check CODE FILE`: whether a sheet on paper still holds, and if not, what has changed since."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from mbc_desktop.plan_verb import BAD_INPUT, OK, one_line, reason_of, site_of
from mbc_desktop.planning.comparison.fingerprint import read_code
from mbc_desktop.planning.comparison.sheet_check import SheetAnswer, check_sheet
from mbc_desktop.planning.files.treatment_error import TreatmentError
from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.planning.request import Language
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.library_error import LibraryError
from mbc_desktop.regimen.loader import load_library_at

NOT_CURRENT = 3


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    """Adds the verb to the command line."""
    parser: argparse.ArgumentParser = subparsers.add_parser("sheet", help="hold a sheet on paper against the plan of today")
    verbs = parser.add_subparsers(dest="sheet_verb", metavar="VERB", required=True)
    check = verbs.add_parser("check", help="whether the sheet with this code still holds, and what has changed since")
    check.add_argument("code", metavar="CODE", help="the code at the foot of the sheet: 7K3QX-9M2TA-C")
    check.add_argument("file", metavar="FILE", type=Path, help="the treatment file")
    check.add_argument("--site", type=Path, metavar="FILE", help="the hospital: closures, decisions, telephone numbers")
    check.add_argument(
        "--library", type=Path, metavar="DIR", help="a folder of your own beside the shipped one, or a whole other library"
    )
    return parser


def run_sheet(arguments: argparse.Namespace, *, today: date, out: TextIO, complain: TextIO) -> int:
    """Runs the verb. 0: the sheet is current; 3: it was replaced, or is of another treatment; 2: bad input, with one line."""
    code = read_code(arguments.code)
    if code is None:
        complain.write("CODE: ten signs and a check letter, as at the foot of the sheet; this one is incomplete or wrong\n")
        return BAD_INPUT
    try:
        library = load_library_at(arguments.library)
        site = site_of(arguments.site, library)
        request = read_treatment(arguments.file.read_text(encoding="utf-8"), today=today, library=library)
    except LibraryError as error:
        complain.write(f"{one_line(str(error))}\n")
        return BAD_INPUT
    except (TreatmentError, OSError, UnicodeDecodeError) as error:
        place = error.filename if isinstance(error, OSError) else arguments.file
        complain.write(f"{place}: {one_line(reason_of(error))}\n")
        return BAD_INPUT
    answer = check_sheet(code, request, library, site)
    _write(answer, library, request.language, out)
    return OK if answer.verdict == "current" else NOT_CURRENT


def _write(answer: SheetAnswer, library: Library, language: Language, out: TextIO) -> None:
    """The answer in the language of the sheets: the verdict first, then what it rests on."""
    from mbc_desktop.texts import load_texts, offered_language
    from mbc_desktop.texts.sheet_check_text import answer_lines, verdict_text

    texts = load_texts(offered_language(language))
    for line in (verdict_text(answer, texts), *answer_lines(answer, library, texts)):
        out.write(f"{line}\n")
