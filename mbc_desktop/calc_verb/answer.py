"""One request of `calc` to one answer, and a stream of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TextIO

from mbc_desktop.calc_verb import (
    body_formulas,
    bone_agent_formulas,
    calendar_formulas,
    day_formulas,
    dose_formulas,
    interval_formulas,
    kidney_formulas,
    radiotherapy_formulas,
)
from mbc_desktop.calc_verb.inputs import InputError, Inputs
from mbc_desktop.calc_verb.outputs import Answer, Formula, Formulas
from mbc_desktop.regimen.library_error import LibraryError

RULES: Formulas = {**radiotherapy_formulas.RULES, **interval_formulas.RULES, **calendar_formulas.RULES}
"""The date rules by name; the formula `dates` picks one by the key `rule`."""


def _dates(inputs: Inputs) -> Answer:
    return _named(inputs, "rule", RULES)(inputs)


FORMULAS: Formulas = {
    **body_formulas.FORMULAS,
    **kidney_formulas.FORMULAS,
    **bone_agent_formulas.FORMULAS,
    **dose_formulas.FORMULAS,
    **day_formulas.FORMULAS,
    "dates": _dates,
}
"""Every formula by its id."""


def answer(request: Mapping[str, object]) -> Answer:
    """The answer to {"formula": id, ...inputs}, or {"error": {"place", "code", "text"}}; it never raises for what a request
    holds."""
    try:
        inputs = Inputs(request)
        result = _named(inputs, "formula", FORMULAS)(inputs)
        inputs.finish()
        return result
    except InputError as error:
        return _refusal(error)
    except LibraryError as error:
        return _refusal(InputError(error.file, "bad-library", str(error)))
    except (ValueError, ArithmeticError) as error:
        return _refusal(InputError(str(request.get("formula", "")), "out-of-range", str(error)))


def answer_line(line: str | bytes, number: int) -> Answer:
    """The answer to one line of JSON, as text or as UTF-8 bytes; `number` counts the lines from 1."""
    try:
        text = line.decode("utf-8-sig") if isinstance(line, bytes) else line
        request = json.loads(text, parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_without_repetition)
    except InputError as error:
        return _refusal(error)
    except (ValueError, ArithmeticError, RecursionError):
        return _refusal(InputError(f"line {number}", "not-json", "the line is not one JSON object"))
    if not isinstance(request, dict):
        return _refusal(InputError(f"line {number}", "not-an-object", "the line is not one JSON object"))
    return answer(request)


def run(lines: Iterable[str | bytes], out: TextIO) -> int:
    """Answers every line that is not blank, in order, each at once, so that whoever asks may wait for it. A bad line gets its
    error in its place and the stream goes on. Returns the exit code: 0, or 2 when a line could not be answered."""
    worst = 0
    for number, line in enumerate(lines, 1):
        if line.strip():
            result = answer_line(line, number)
            worst = 2 if "error" in result else worst
            # Plain ASCII: the reader's code page cannot change what arrives.
            out.write(json.dumps(result) + "\n")
            out.flush()
    return worst


def _named(inputs: Inputs, key: str, formulas: Formulas) -> Formula:
    name = inputs.text(key)
    if name not in formulas:
        raise inputs.refuse(key, f"unknown-{key}", f"there is no {key} called {name}")
    return formulas[name]


def _refusal(error: InputError) -> Answer:
    return {"error": {"place": error.place, "code": error.code, "text": error.text}}


def _no_number(word: str) -> object:
    raise ValueError(f"{word} is no number")


def _without_repetition(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise InputError(key, "given-twice", f"{key} is given twice")
        found[key] = value
    return found
