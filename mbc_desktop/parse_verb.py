"""`mbc-desktop parse`: what a field makes of a typed text, one text from the command line or many as JSON Lines.

The clock is read by the caller; the locale is taken and never changes the answer."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any, BinaryIO, TextIO

from mbc_desktop.core.decimals import decimal_text
from mbc_desktop.core.folders import find_schedules
from mbc_desktop.core.reading import Reading
from mbc_desktop.core.typed_text import read_file_name, read_name, read_note, read_patient_number
from mbc_desktop.patient.date_plausibility import read_date
from mbc_desktop.patient.facts import Sex
from mbc_desktop.patient.national_number import read_national_number
from mbc_desktop.patient.plausibility import Fields, read_dose_override, read_number
from mbc_desktop.planning.dates.working_days import belgian_holidays

Answer = dict[str, str | None]
AnyReading = Reading[Decimal] | Reading[date] | Reading[str]

TEXT_FIELDS: Mapping[str, Callable[[str], Reading[str]]] = {
    "last_name": read_name,
    "first_name": read_name,
    "patient_number": read_patient_number,
    "note": read_note,
    "export_filename": read_file_name,
}
NATIONAL_NUMBER = "insz"
DOSE_OVERRIDE = "dose_override_mg"
CONTEXT_KEYS = ("calculated_mg", "date_of_birth", "sex")
QUESTION_KEYS = ("field", "text", "locale", "today", "context")
_DECIMAL = re.compile(r"(0|[1-9][0-9]{0,8})(\.[0-9]{1,12})?")
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What some fields need to know beside the text."""

    calculated_mg: Decimal | None = None
    date_of_birth: date | None = None
    sex: Sex | None = None


class ParseError(Exception):
    """A question that cannot be answered: which place of it, a code, and one clear sentence."""

    def __init__(self, place: str, code: str, text: str) -> None:
        super().__init__(f"{place}: {text}")
        self.place = place
        self.code = code
        self.text = text


def answer(
    field: str,
    text: str,
    locale: str = "",
    *,
    today: date,
    context: Mapping[str, str] | None = None,
    fields: Fields | None = None,
) -> Answer:
    """Verdict, value, unit and reason code of a typed text. `locale` (nl_BE, fr_BE, de_DE, en_GB, ...) never changes the answer.

    The value is a decimal without trailing zeros, an ISO date or a text, and None when refused; the unit is None for dates and
    texts. `context` may hold `calculated_mg` (for a dose typed over a calculated one), `date_of_birth` and `sex` (for a national
    number). Raises ParseError."""
    policies = fields or _shipped_fields()
    reading = _reader(field, policies, today, _read_context(context or {}))(text)
    unit = reading.unit if field in policies.numbers else None
    return {"verdict": reading.verdict, "value": _written(reading.value), "unit": unit, "reason": reading.reason}


def answer_lines(lines: Iterable[bytes], out: TextIO, *, today: date, fields: Fields | None = None) -> int:
    """Answers JSON Lines with JSON Lines, in order. A bad line gets `{"error": {"place", "code", "text"}}` in its place and the
    stream goes on; an empty line gets nothing. Gives 0, or 2 when a line was bad."""
    worst = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            said: object = _answer_line(line, today, fields)
        except ParseError as error:
            worst = 2
            said = {"error": {"place": f"line {number}, {error.place}", "code": error.code, "text": error.text}}
        out.write(f"{json.dumps(said)}\n")
        out.flush()
    return worst


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    """Adds the verb to the command line."""
    parser: argparse.ArgumentParser = subparsers.add_parser("parse", help="say what a field makes of a typed text")
    parser.add_argument("field", metavar="FIELD", help='the field, or "-" to read JSON Lines from standard input')
    parser.add_argument("text", metavar="TEXT", nargs="?", help="what was typed; put -- before a text that starts with a hyphen")
    parser.add_argument("--locale", default="", help="the language and country of the screen; never changes the answer")
    parser.add_argument("--context", metavar="KEY=VALUE", action="append", default=[], help=f"one of {', '.join(CONTEXT_KEYS)}")
    return parser


def run_parse(
    arguments: argparse.Namespace,
    *,
    today: date,
    lines: BinaryIO | None = None,
    out: TextIO | None = None,
    complain: TextIO | None = None,
) -> int:
    """Runs the verb: 0 when answered, whatever the verdict; 2 for a question without an answer, with one line that says why."""
    out = out or sys.stdout
    if arguments.field == "-" and arguments.text is None:
        return answer_lines(lines or sys.stdin.buffer, out, today=today)
    try:
        if arguments.text is None:
            raise ParseError("text", "missing-key", "the text is missing")
        context = dict(_key_and_value(pair) for pair in arguments.context)
        said = answer(arguments.field, arguments.text, arguments.locale, today=today, context=context)
    except ParseError as error:
        (complain or sys.stderr).write(f"{error}\n")
        return 2
    out.write(f"{json.dumps(said)}\n")
    return 0


@lru_cache(maxsize=1)
def _shipped_fields() -> Fields:
    # The file boundary needs pydantic, which no other verb should wait for.
    from mbc_desktop.regimen.fields_file import load_fields

    return load_fields(find_schedules())


def _reader(field: str, fields: Fields, today: date, context: Context) -> Callable[[str], AnyReading]:
    """The function that reads a text for that field."""
    if field == DOSE_OVERRIDE:
        limits = fields.checks.dose_override
        return partial(read_dose_override, policy=fields.numbers[field], calculated_mg=context.calculated_mg, limits=limits)
    if field in fields.numbers:
        return partial(read_number, policy=fields.numbers[field])
    if field in fields.dates:
        return partial(read_date, policy=fields.dates[field], today=today, holidays=belgian_holidays)
    if field in TEXT_FIELDS:
        return TEXT_FIELDS[field]
    if field == NATIONAL_NUMBER:
        return partial(read_national_number, birth_date=context.date_of_birth, sex=context.sex)
    names = ", ".join(sorted({*fields.numbers, *fields.dates, *TEXT_FIELDS, NATIONAL_NUMBER}))
    raise ParseError("field", "unknown-field", f"there is no field {field!a}; there are {names}")


def _answer_line(line: bytes, today: date, fields: Fields | None) -> Answer:
    question = _question(line)
    context = _texts(question.pop("context", {}), CONTEXT_KEYS, place="context.")
    asked = _texts(question, QUESTION_KEYS)
    for key in ("field", "text"):
        if key not in asked:
            raise ParseError(key, "missing-key", f"{key} is missing")
    day = _iso_date("today", asked["today"]) if "today" in asked else today
    return answer(asked["field"], asked["text"], asked.get("locale", ""), today=day, context=context, fields=fields)


def _texts(values: object, keys: tuple[str, ...], *, place: str = "") -> dict[str, str]:
    """An object of the question whose values are all texts."""
    if not isinstance(values, dict):
        raise ParseError(place.rstrip("."), "wrong-type", "this is an object")
    texts: dict[str, str] = {}
    for key, value in values.items():
        if key not in keys:
            raise ParseError(f"{place}{key}", "unknown-key", f"{key!a} is not a key here; there are {', '.join(keys)}")
        if not isinstance(value, str):
            raise ParseError(f"{place}{key}", "wrong-type", "this is a text")
        texts[key] = value
    return texts


def _question(line: bytes) -> dict[str, object]:
    try:
        question = json.loads(line.decode("utf-8-sig"), object_pairs_hook=_without_repeated_keys)
    except UnicodeDecodeError as error:
        raise ParseError("text", "not-utf-8", f"the line is not UTF-8 (byte {error.start})") from error
    except json.JSONDecodeError as error:
        raise ParseError(f"character {error.colno}", "not-json", f"the line is not JSON: {error.msg}") from error
    except RecursionError as error:
        raise ParseError("text", "not-json", "the line is nested too deep") from error
    if not isinstance(question, dict):
        raise ParseError("text", "not-json", "the line is not a JSON object")
    return question


def _without_repeated_keys(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ParseError("text", "repeated-key", "the line holds a key twice")
    return found


def _read_context(context: Mapping[str, str]) -> Context:
    for key in context:
        if key not in CONTEXT_KEYS:
            raise ParseError("context", "unknown-key", f"{key!a} is not a key here; there are {', '.join(CONTEXT_KEYS)}")
    calculated, born = context.get("calculated_mg"), context.get("date_of_birth")
    if calculated is not None and _DECIMAL.fullmatch(calculated) is None:
        raise ParseError("context.calculated_mg", "not-a-number", "a dose is written as a decimal: 127.5")
    return Context(
        calculated_mg=None if calculated is None else Decimal(calculated),
        date_of_birth=None if born is None else _iso_date("context.date_of_birth", born),
        sex=_sex(context.get("sex")),
    )


def _sex(value: str | None) -> Sex | None:
    match value:
        case "female" | "male" | None:
            return value
        case _:
            raise ParseError("context.sex", "not-a-sex", "sex is female or male")


def _iso_date(place: str, value: str) -> date:
    if _ISO_DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise ParseError(place, "not-a-date", "a date is written 2026-03-02")


def _key_and_value(pair: str) -> tuple[str, str]:
    key, mark, value = pair.partition("=")
    if not mark:
        raise ParseError("context", "not-key-value", f"{pair!a} is not KEY=VALUE")
    return key, value


def _written(value: Decimal | date | str | None) -> str | None:
    match value:
        case Decimal():
            return decimal_text(value)
        case date():
            return value.isoformat()
        case _:
            return value
