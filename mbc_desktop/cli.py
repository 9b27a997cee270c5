"""The command line: the same engine without Qt. Without a verb the window opens, and nothing that only the verbs need is loaded
before its first paint."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from mbc_desktop import __version__

DEFECT = 1
"""The exit code for an error of the program itself, which is neither bad input nor a stop."""

if TYPE_CHECKING:
    import argparse


def main(argv: list[str] | None = None) -> int:
    """Runs one verb and gives its exit code: 0 all well, 3 a plan with a stop, 2 bad input, 1 a defect of the program. Nothing is
    ever printed as a traceback."""
    given = sys.argv[1:] if argv is None else argv
    if not given:
        return _open_window()
    _speak_utf8()
    arguments = _parser().parse_args(given)
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read the answers has stopped reading: nothing more to say, and no complaint at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        words = " ".join(str(error).split())
        sys.stderr.write(f"mbc-desktop: a defect of the program, nothing was computed ({type(error).__name__}: {words})\n")
        return DEFECT
    return code


def _speak_utf8() -> None:
    """The answers are UTF-8 whatever the language of the machine: names and units must not depend on it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _parser() -> argparse.ArgumentParser:
    import argparse

    from mbc_desktop import (
        agenda_verb,
        document_verb,
        event_verb,
        library_verb,
        parse_verb,
        plan_verb,
        propose_verb,
        records_verb,
        sheet_verb,
    )

    parser = argparse.ArgumentParser(
        prog="mbc-desktop",
        description="Doses and dates for metastatic breast cancer. A calculation aid, not CE-marked. No verb: the window.",
    )
    parser.add_argument("--version", action="version", version=f"mbc-desktop {__version__}")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    plan_verb.add_parser(verbs)
    calc = verbs.add_parser("calc", help="compute published formulas: JSON Lines in, JSON Lines out")
    calc.add_argument("file", metavar="-", nargs="?", default="-", choices=["-"], help="standard input")
    parse_verb.add_parser(verbs)
    library_verb.add_parser(verbs)
    sheet_verb.add_parser(verbs)
    document_verb.add_parser(verbs)
    event_verb.add_parser(verbs)
    propose_verb.add_parsers(verbs)
    agenda_verb.add_parser(verbs)
    records_verb.add_parser(verbs)
    verbs.add_parser(
        "self-test", help="compute a fixed set of vectors again; a difference means that the installation is damaged"
    )
    return parser


def _run(arguments: argparse.Namespace) -> int:
    # The clock of the command line is read here, once.
    today = date.today()  # noqa: DTZ011 - a treatment day is a civil date of this ward, without a time zone
    match arguments.verb:
        case "plan" if arguments.what_if is not None:
            from mbc_desktop import event_verb

            return event_verb.run_what_if(arguments, today=today, out=sys.stdout, complain=sys.stderr)
        case "plan":
            from mbc_desktop import plan_verb

            lines, out, complain = plan_verb.main_streams()
            return plan_verb.run_plan(arguments, today=today, lines=lines, out=out, complain=complain)
        case "calc":
            from mbc_desktop import calc_verb

            return calc_verb.run(sys.stdin.buffer, sys.stdout)
        case "parse":
            from mbc_desktop import parse_verb

            return parse_verb.run_parse(arguments, today=today)
        case "sheet" | "document" | "event" | "propose" | "recall" | "agenda" as verb:
            return _runner(verb)(arguments, today=today, out=sys.stdout, complain=sys.stderr)
        case "records":
            from mbc_desktop import records_verb

            return records_verb.run_records(arguments, out=sys.stdout, complain=sys.stderr)
        case "self-test":
            from mbc_desktop import self_test_verb

            return self_test_verb.run_self_test(out=sys.stdout, complain=sys.stderr)
        case _:
            from mbc_desktop import library_verb

            return library_verb.run(arguments, today=today)


def _runner(verb: str) -> Callable[..., int]:
    """What runs a verb that reads treatment files and writes sentences or sheets."""
    from mbc_desktop import agenda_verb, document_verb, event_verb, propose_verb, sheet_verb

    runners: dict[str, Callable[..., int]] = {
        "sheet": sheet_verb.run_sheet,
        "document": document_verb.run_document,
        "event": event_verb.run_event,
        "propose": propose_verb.run_propose,
        "recall": propose_verb.run_recall,
        "agenda": agenda_verb.run_agenda,
    }
    return runners[verb]


def _open_window() -> int:
    from mbc_desktop.ui import app

    return app.main([])


if __name__ == "__main__":
    sys.exit(main())
