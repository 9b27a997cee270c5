"""Slips of one token in a data file, as a hand would make them: another dose, unit, day, route, frequency, edge or sign.

Every token of the transcribed files is found by script; which of them are planted is drawn with a seed."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.regimen.transcription import Second

KINDS = {
    "dose": "amount amounts dose dose_gy strength options preselected if_decided per_m2 content concentration lower_to"
    " dose_75_percent dose_50_percent tablets_500 tablets_150 volume_ml infusion_ml remove_ml draw_step_ml minutes"
    " observe_minutes at_most for_dose lower_to percent percent_from from_amount",
    "day": "days cycles first last sequence before_days after_days before_minutes clear_days",
    "frequency": "times every_days every per_week per_week_options fractions every_cycles minimum_days maximum_days min_gap_days"
    " warn_gap_days stop_gap_days from_days",
    "edge": "at_least above below normal_up_to rise_if_normal rise_if_raised resume_within ask_from_mmol ask_from_mg window hard"
    " soft decimals fresh_days refuse_days low high",
}
KIND_OF = {key: kind for kind, keys in KINDS.items() for key in keys.split()}
TOLD = frozenset(("take", "food", "missed", "urgent", "contraception", "storage"))
"""Sections of the patients' sheets: the number at the end of a code is planted on, not the digits of its name."""
UNITS = {
    "mg": "g", "mg/m2": "mg/kg", "mg/kg": "mg/m2", "mg/dL": "umol/L", "umol/L": "mg/dL", "10^9/L": "/uL", "g/dL": "g/L",
    "g/L": "g/dL", "ms": "%", "kg": "cm", "cm": "kg", "mmol/L": "mg/dL", "%": "ms", "Gy": "cGy", "mL/min": "mL", "d": "h",
    "mg/mL.min": "mg",
}  # fmt: skip
ROUTES = {"IM": "SC", "SC": "IM", "IV": "IM", "PO": "IV"}
WORDS = {
    "shift": {"later": "earlier", "earlier": "later", "nearest": "later", "none": "later"},
    "anchor": {"planned": "actual", "actual": "planned"},
    "when": {"start": "cycle", "cycle": "start"},
    "pattern": {"daily": "spaced", "spaced": "daily"},
    "kind": {"fixed": "per_kg", "per_kg": "per_m2", "per_m2": "fixed"},
    "per": {"per_m2": "per_kg", "fixed": "per_m2"},
}
SIGNS = {"at_least": "above", "above": "at_least", "below": "at_least"}

_KEY = re.compile(r"\b([a-z_0-9]+) = ")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_TOLD_NUMBER = re.compile(r"(?<= )\d+(?:\.\d+)?(?=\")")
_MINUS = re.compile(r"(?<![\w.\"-])-(?=\d)")
_NAME = re.compile(r'(?:key|id) = "([^"]*)"')
_TEXT = re.compile(r'"([^"]*)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One token of one file and what stands there instead."""

    file: str
    line: int
    start: int
    old: str
    new: str
    kind: str

    def planted(self, text: str) -> str:
        """The text of the file with the fault in it."""
        lines = text.split("\n")
        at = lines[self.line]
        assert at.startswith(self.old, self.start), self
        lines[self.line] = at[: self.start] + self.new + at[self.start + len(self.old) :]
        return "\n".join(lines)


def all_faults(folder: Path, second: Second, dice: random.Random) -> list[Fault]:
    """One fault for every token of every transcribed file."""
    found: list[Fault] = []
    for file in transcribed_files(folder, second):
        inside = subject = ""
        for at, line in enumerate((folder / file).read_text(encoding="utf-8").split("\n")):
            if line.startswith("["):
                inside, subject = line.strip("[]"), ""
            if named := _NAME.match(line):
                subject = named[1]
            if not line.startswith("#") and _is_transcribed(file, inside, subject, second):
                found += _faults_of_line(file, at, line, dice)
    return found


def transcribed_files(folder: Path, second: Second) -> list[str]:
    """The files whose every clinical number stands in the second transcription."""
    named = {"drugs": second.tables["drug"], "regimens": second.regimen, "radiotherapy": second.tables["radiotherapy"]}
    named["dose_tables"] = second.tables["table"]
    files = [
        path.relative_to(folder).as_posix()
        for sub, subjects in named.items()
        for path in sorted((folder / sub).glob("*.toml"))
        if path.stem in subjects
    ]
    return [*files, "decisions.toml", "fields.toml", "support.toml", "combinations.toml", "procedures.toml", "instructions.toml"]


def _is_transcribed(file: str, inside: str, subject: str, second: Second) -> bool:
    """Of the shared files only what has been transcribed: of the field limits those of typed values, for dates and cross-checks
    are no numbers of a treatment. What a file tells about its own past is none either."""
    match file:
        case "decisions.toml":
            return subject in second.tables["decision"]
        case "fields.toml":
            return subject in second.tables["field"] or inside.startswith("ages")
        case _:
            return not inside.startswith("history")


def _faults_of_line(file: str, at: int, line: str, dice: random.Random) -> Iterator[Fault]:
    keys = list(_KEY.finditer(line))
    for number, match in enumerate(keys):
        key, start = match[1], match.end()
        end = keys[number + 1].start() if number + 1 < len(keys) else len(line)
        if "{" in line[start:end] and number + 1 < len(keys):
            end = start
        if key in SIGNS:
            yield Fault(file=file, line=at, start=match.start(1), old=key, new=SIGNS[key], kind="sign")
        if key in ("unit", "route", "routes") or key in WORDS:
            yield from _word_faults(file, at, line, start, end, key)
        if key in TOLD:
            for token in _TOLD_NUMBER.finditer(line, start, end):
                new = another_number(token[0], dice)
                yield Fault(file=file, line=at, start=token.start(), old=token[0], new=new, kind="day")
        if key in KIND_OF:
            for minus in _MINUS.finditer(line, start, end):
                yield Fault(file=file, line=at, start=minus.start(), old="-", new="", kind="sign")
            for token in _NUMBER.finditer(line, start, end):
                new = another_number(token[0], dice)
                yield Fault(file=file, line=at, start=token.start(), old=token[0], new=new, kind=KIND_OF[key])


def _word_faults(file: str, at: int, line: str, start: int, end: int, key: str) -> Iterator[Fault]:
    others = UNITS if key == "unit" else ROUTES if key in ("route", "routes") else WORDS[key]
    kind = "unit" if key in ("unit", "kind", "per") else "route" if key in ("route", "routes") else "day"
    for text in _TEXT.finditer(line, start, end):
        if text[1] in others:
            yield Fault(file=file, line=at, start=text.start(1), old=text[1], new=others[text[1]], kind=kind)


def another_number(text: str, dice: random.Random) -> str:
    """The number with one slip of a hand: a digit beside it, two digits turned round, a mark moved, a zero more."""
    slips = [text[:-1] + str((int(text[-1]) + 1) % 10), text[:-1] + str((int(text[-1]) - 1) % 10)]
    digits = text.replace(".", "")
    if "." in text:
        slips += [digits.lstrip("0") or "0"]
    else:
        slips += [text + "0" if text != "0" else "1"]
        if len(digits) == 2 and digits[0] != digits[1] and digits[1] != "0":
            slips.append(digits[::-1])
    different = [slip for slip in slips if float(slip) != float(text) and (slip == "0" or not re.match(r"0\d", slip))]
    return dice.choice(different)
