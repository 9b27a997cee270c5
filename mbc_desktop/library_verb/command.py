"""The verbs of `mbc-desktop library` and what each needs."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from mbc_desktop.library_verb import approvals, listings, own_folder
from mbc_desktop.library_verb.answer import Answer
from mbc_desktop.planning.files.treatment_error import TreatmentError
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.library_checks import site_faults
from mbc_desktop.regimen.library_error import LibraryError
from mbc_desktop.regimen.loader import load_library_at, load_site
from mbc_desktop.regimen.site import NO_SITE, Site

OK, BAD_INPUT = 0, 2
LANGUAGES = ("nl", "fr", "de", "en")


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    """Adds the verb and its own verbs to the command line."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "library", help="check, show and approve drugs, regimens, open questions"
    )
    verbs = parser.add_subparsers(dest="library_verb", metavar="VERB", required=True)
    made = [
        verbs.add_parser("check", help="read and check a whole library folder, or one of your own: every fault in one line"),
        _listed(verbs),
        _shown(verbs),
        verbs.add_parser("unconfirmed", help="every number that no source confirms yet"),
        _decisions(verbs),
        _guideline(verbs),
        *_approvals(verbs),
        verbs.add_parser(
            "template", help="a regimen to start from, with comments: put it into regimens/ of a folder of your own"
        ),
    ]
    for verb in made:
        verb.add_argument(
            "--library", type=Path, metavar="DIR", help="a folder of your own beside the shipped one, or a whole other library"
        )
        verb.add_argument("--json", action="store_true", help="for programs: one JSON text")
    return parser


def _listed(verbs: Any) -> argparse.ArgumentParser:
    verb: argparse.ArgumentParser = verbs.add_parser("list", help="name what the library holds")
    verb.add_argument("--kind", choices=listings.KINDS, help="only this kind")
    verb.add_argument("--not-in-guideline", action="store_true", help="only regimens that the guideline does not name")
    _site(verb)
    return verb


def _shown(verbs: Any) -> argparse.ArgumentParser:
    verb: argparse.ArgumentParser = verbs.add_parser(
        "show", help="a regimen as a page; everything about a drug, course or decision"
    )
    verb.add_argument("id", metavar="ID", help="an id of `library list`, or the key of a decision")
    verb.add_argument("--language", choices=LANGUAGES, help="only the page, in this language")
    verb.add_argument("--pdf", type=Path, metavar="FILE", help="write the page of a regimen as PDF")
    _site(verb)
    return verb


def _decisions(verbs: Any) -> argparse.ArgumentParser:
    verb: argparse.ArgumentParser = verbs.add_parser("decisions", help="the open questions of the guideline and their answers")
    verb.add_argument("--language", choices=LANGUAGES, help="each question in words, with why it is asked and what depends on it")
    _site(verb)
    return verb


def _guideline(verbs: Any) -> argparse.ArgumentParser:
    verb: argparse.ArgumentParser = verbs.add_parser("guideline", help="the guideline, or what it says about one patient")
    verb.add_argument("file", metavar="FILE", nargs="?", type=Path, help="a treatment file")
    verb.add_argument("--language", choices=LANGUAGES, default="nl", help="the language of the answer")
    _site(verb)
    return verb


def _approvals(verbs: Any) -> list[argparse.ArgumentParser]:
    approve = verbs.add_parser("approve", help="approve a regimen as it is now, with the drugs it uses")
    approve.add_argument("--by", required=True, metavar="NAME", help="who approves")
    difference = verbs.add_parser("diff", help="what changed in a regimen since it was approved")
    for verb in (approve, difference):
        verb.add_argument("id", metavar="ID", help="the regimen")
    held = verbs.add_parser("approvals", help="which regimens the hospital has approved, and whether that still holds")
    for verb in (approve, difference, held):
        verb.add_argument(
            "--site", type=Path, metavar="FILE", required=True, help="the hospital; approvals.toml stands beside its file"
        )
    return [approve, held, difference]


def _site(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--site", type=Path, metavar="FILE", help="the answers and approvals of a hospital")


def run(arguments: argparse.Namespace, *, today: date) -> int:
    """Runs the verb. 0: done; 2: a file is bad or the id does not exist, with one line that says so."""
    try:
        answer = _answered(arguments, today)
    except (LibraryError, TreatmentError) as error:
        sys.stderr.write(f"{error}\n")
        return BAD_INPUT
    except OSError as error:
        sys.stderr.write(f"{error.filename}: {error.strerror or 'cannot be read or written'}\n")
        return BAD_INPUT
    if arguments.json:
        sys.stdout.write(json.dumps(answer.data, ensure_ascii=False, indent=2) + "\n")
    else:
        (sys.stderr if answer.code else sys.stdout).write("".join(f"{line}\n" for line in answer.lines))
    return answer.code


def _answered(arguments: argparse.Namespace, today: date) -> Answer:
    if arguments.library_verb == "template":
        return own_folder.template()
    if arguments.library_verb == "check":
        return own_folder.checked(arguments.library)
    library = load_library_at(arguments.library)
    path = getattr(arguments, "site", None)
    site = load_site(path) if path else NO_SITE
    for place, reason in site_faults(site, library):
        raise LibraryError(path.name if path else "site", place, reason)
    return _about(arguments, library, site, today)


def _about(arguments: argparse.Namespace, library: Library, site: Site, today: date) -> Answer:
    match arguments.library_verb:
        case "list":
            return listings.listed(library, site, kind=arguments.kind, beyond=arguments.not_in_guideline)
        case "show":
            return listings.shown(library, site, id=arguments.id, language=arguments.language, pdf=arguments.pdf, today=today)
        case "unconfirmed":
            return listings.unconfirmed(library)
        case "guideline":
            return listings.guideline(library, site, file=arguments.file, language=arguments.language, today=today)
        case "approve":
            return approvals.approved(library, site, id=arguments.id, path=arguments.site, by=arguments.by, today=today)
        case "approvals":
            return approvals.approvals(library, site)
        case "diff":
            return approvals.difference(library, site, id=arguments.id)
        case _:
            return listings.decisions(library, site, language=arguments.language)
